"""The files of a book, read with care: none outside its folder, none too large, all as UTF-8."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from .errors import ContentError
from .safe_text import visible

LARGEST_FILE = 1_000_000
"""Bytes; a larger page would keep its reader waiting and is refused."""


def read_text(file: Path, book: Path | None = None, *, largest: int = LARGEST_FILE) -> str:
    """The text of a file that lies in the folder `book`; without it, in the file's own folder.

    Raises:
        ContentError: it lies elsewhere, cannot be opened, is too large, or is not UTF-8.
    """
    try:
        data = _read(file, book or file.parent, largest)
    except OSError as error:
        raise ContentError(file, None, f"cannot be read: {error.strerror}") from error
    if len(data) > largest:
        what = f"larger than {largest // 1_000_000} MB; split it into several pages"
        raise ContentError(file, None, what)
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ContentError(file, line, "not UTF-8; save the file as UTF-8 text") from error


def lines_with(file: Path, pattern: str) -> list[int]:
    """The numbers of the lines of a file where a pattern matches; `^` and `$` match at each line."""
    text = read_text(file)
    found = re.finditer(pattern, text, re.MULTILINE)
    return [text.count("\n", 0, match.start()) + 1 for match in found]


def _read(file: Path, book: Path, largest: int) -> bytes:
    if not lies_in(book, file):
        what = "a link out of the book's folder; put the file itself there"
        raise ContentError(file, None, what)
    if stat.S_IFMT(file.stat().st_mode) not in (stat.S_IFREG, stat.S_IFDIR):
        raise ContentError(file, None, "no ordinary file; put the text itself there")
    with file.open("rb") as opened:
        return opened.read(largest + 1)


def read_toml(file: Path) -> dict[str, Any] | None:
    """What a TOML file of the book says, safe to show; None when there is no such file.

    Raises:
        ContentError: it is not TOML, or a link that leads out of the book.
    """
    settings = toml_as_written(file)
    return None if settings is None else {key: _safe(value) for key, value in settings.items()}


def _safe(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [_safe(each) for each in value]
    return {key: _safe(each) for key, each in value.items()} if isinstance(value, dict) else value


def toml_as_written(file: Path) -> dict[str, Any] | None:
    """What a TOML file says, as it is written: ids and a book's title are names in the diary."""
    if not file.exists():
        return None
    refuse_link_out(file)
    text = read_text(file)
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        said = re.search(r"at line (\d+)", str(error))
        line = int(said[1]) if said else text.count("\n") + 1
        what = "nested too deep" if isinstance(error, RecursionError) else error
        raise ContentError(file, line, f"not TOML: {what}") from error


def wrong_entry(file: Path, name: str, what: str) -> ContentError:
    """The error that `what` is wrong in a TOML file, with the line that first sets `name`."""
    entry = re.compile(rf"\s*\[*\s*[\"']?{re.escape(name)}[\"']?\s*[].=]")
    lines = enumerate(read_text(file).split("\n"), 1)
    return ContentError(file, next((at for at, line in lines if entry.match(line)), None), what)


def refuse_link_out(file: Path) -> None:
    """Raise ContentError where one of the files that make a folder a book leads out of it."""
    if file.is_symlink() and not file.resolve().is_relative_to(file.parent.resolve()):
        raise ContentError(file, None, "a link out of the book's folder; put the file itself there")


def lies_in(folder: Path, file: Path) -> bool:
    """Whether a file lies in a folder, after all links on the way were followed."""
    return Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder))
