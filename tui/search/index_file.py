"""The index of a book kept in the cache folder, so that a search need not read the whole book again."""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from ..handbook.model import Handbook
from ..version import VERSION
from .engine import Index, KeptIndex
from .index import read_only

_AT_ONCE = 2**20
"""Bytes of the file that are read at once to check it."""


def cache_folder() -> Path:
    """Where this system keeps what can be made again."""
    import platformdirs  # noqa: PLC0415 - only a search needs it

    return platformdirs.user_cache_path("runtall", appauthor=False)


def index_file(handbook: Handbook, *, private: bool) -> IndexFile | None:
    """Where the book's index is kept; nowhere in private."""
    return None if private else IndexFile(cache_folder(), handbook)


class IndexFile:
    """The file that keeps one book's index; nothing of the reader is in it.

    It is a database, which is read where it stands, and its name ends in its checksum. Beside the words it holds what
    it was made from, and notes. Whatever is wrong with it, it counts as missing; where it cannot be written, nothing
    is kept.
    """

    def __init__(self, folder: Path, handbook: Handbook) -> None:
        self._folder = folder
        self._name = f"search-{zlib.crc32(os.fsencode(handbook.folder)):08x}"
        self._made_from = " ".join(_made_from(handbook)).encode("utf-8", "backslashreplace")

    def load(self) -> KeptIndex | None:
        """The index, unless it is stale, damaged or missing."""
        for file in self._folder.glob(f"{self._name}-*.index"):
            with suppress(OSError, sqlite3.Error):
                if file.name == self._name_of(file) and (notes := self._notes_in(file)):
                    return KeptIndex(notes, file)
        return None

    def save(self, index: Index) -> None:
        """Keep a complete index of the book as it was when this was made."""
        import tempfile  # noqa: PLC0415 - a search that finds a kept index writes none

        with suppress(OSError, sqlite3.Error):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            number, path = tempfile.mkstemp(prefix=f"{self._name}.", dir=self._folder)
            os.close(number)
            new = Path(path)
            try:
                self._write(new, index)
                kept = self._folder / self._name_of(new)
                new.replace(kept)
            finally:
                new.unlink(missing_ok=True)
            for file in self._folder.glob(f"{self._name}*.index"):
                if file != kept:
                    file.unlink(missing_ok=True)

    def _write(self, file: Path, index: Index) -> None:
        with closing(sqlite3.connect(file)) as database:
            database.execute("PRAGMA journal_mode = OFF")
            notes = index.save_to(database)
            with database:
                database.execute("CREATE TABLE kept (made_from, notes)")
                row = (self._made_from, json.dumps({**notes, "stamps": _stamps(notes)}))
                database.execute("INSERT INTO kept VALUES (?, ?)", row)

    def _name_of(self, file: Path) -> str:
        """What a file with these bytes is called."""
        checksum = 0
        with file.open("rb") as opened:
            while part := opened.read(_AT_ONCE):
                checksum = zlib.crc32(part, checksum)
        return f"{self._name}-{checksum:08x}.index"

    def _notes_in(self, file: Path) -> dict[str, Any] | None:
        """The notes of a whole file, unless something that it was made from has changed."""
        with closing(sqlite3.connect(read_only(file), uri=True)) as database:
            made_from, text = database.execute("SELECT made_from, notes FROM kept").fetchone()
        if made_from != self._made_from:
            return None
        notes: dict[str, Any] = json.loads(text)
        return notes if _stamps(notes) == notes["stamps"] else None


def _made_from(handbook: Handbook) -> Iterator[str]:
    """All that an index depends on: the program, the folder, and each file's time and size."""
    yield VERSION
    yield sqlite3.sqlite_version
    yield repr(str(handbook.folder))
    yield from map(_stamp, sorted(Path(__file__).parent.glob("*.py")))
    for name in ("SUMMARY.md", "runtall.toml", "asked.toml"):
        yield _stamp(handbook.folder / name)
    yield _stamp((handbook.root or handbook.folder) / "book.toml")
    for section in handbook.sections:
        yield _stamp(handbook.folder / section.path) if section.path else "-"


def _stamps(notes: Mapping[str, Any]) -> dict[str, str]:
    """How the files stand that the pages include."""
    return {name: _stamp(Path(name)) for name in notes["included"]}


def _stamp(file: Path) -> str:
    try:
        found = file.stat()
    except OSError:
        return "-"
    return f"{found.st_mtime_ns}:{found.st_size}"
