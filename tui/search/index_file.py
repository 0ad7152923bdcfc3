"""The index of a book kept in the cache folder, so that a search need not read the whole book again."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from ..handbook.model import Handbook
from ..version import VERSION
from .engine import KeptIndex

_LENGTH_OF_SUM = 4
"""Bytes of the checksum."""


def cache_folder() -> Path:
    """Where this system keeps what can be made again."""
    import platformdirs  # noqa: PLC0415 - only a search needs it

    return platformdirs.user_cache_path("runtall", appauthor=False)


def index_file(handbook: Handbook, *, private: bool) -> IndexFile | None:
    """Where the book's index is kept; nowhere in private, or where SQLite cannot hand over a database."""
    if private or not hasattr(sqlite3.Connection, "serialize"):
        return None
    return IndexFile(cache_folder(), handbook)


class IndexFile:
    """The file that keeps one book's index; nothing of the reader is in it.

    It holds a line that says what it was made from, a checksum, a line of notes, and the database. Whatever is wrong
    with it, it counts as missing; where it cannot be written, nothing is kept.
    """

    def __init__(self, folder: Path, handbook: Handbook) -> None:
        book = os.fsencode(handbook.folder)
        self._file = folder / f"search-{zlib.crc32(book):08x}.index"
        self._made_from = " ".join(_made_from(handbook)).encode("utf-8", "backslashreplace")

    def load(self) -> KeptIndex | None:
        """The index, unless it is stale, damaged or missing."""
        try:
            with self._file.open("rb") as opened:
                if opened.readline().rstrip(b"\n") != self._made_from:
                    return None
                expected = int.from_bytes(opened.read(_LENGTH_OF_SUM), "big")
                rest = opened.read()
        except OSError:
            return None
        if zlib.crc32(rest) != expected:
            return None
        line, _, tables = rest.partition(b"\n")
        notes = json.loads(line)
        included = {name: _stamp(Path(name)) for name in notes.get("included", ())}
        return KeptIndex(notes, tables) if included == notes.get("stamps", {}) else None

    def save(self, index: KeptIndex) -> None:
        """Keep a complete index of the book as it was when this was made."""
        stamps = {name: _stamp(Path(name)) for name in index.notes.get("included", ())}
        notes = {**index.notes, "stamps": stamps}
        rest = json.dumps(notes).encode() + b"\n" + index.tables
        checksum = zlib.crc32(rest).to_bytes(_LENGTH_OF_SUM, "big")
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _replace(self._file, self._made_from + b"\n" + checksum + rest)
        except OSError:
            return


def _replace(file: Path, data: bytes) -> None:
    """Write a file so that others find the old one or the new one whole."""
    number, name = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)
    try:
        with os.fdopen(number, "wb") as opened:
            opened.write(data)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _made_from(handbook: Handbook) -> Iterator[str]:
    """All that an index depends on: the program, the folder, and each file's time and size."""
    yield VERSION
    yield sqlite3.sqlite_version
    yield repr(str(handbook.folder))
    yield from map(_stamp, sorted(Path(__file__).parent.glob("*.py")))
    for name in ("SUMMARY.md", "runtall.toml"):
        yield _stamp(handbook.folder / name)
    yield _stamp((handbook.root or handbook.folder) / "book.toml")
    for section in handbook.sections:
        yield _stamp(handbook.folder / section.path) if section.path else "-"


def _stamp(file: Path) -> str:
    try:
        found = file.stat()
    except OSError:
        return "-"
    return f"{found.st_mtime_ns}:{found.st_size}"
