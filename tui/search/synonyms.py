"""synonyms.toml: words that mean the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ..handbook.errors import ContentError
from ..handbook.files import read_toml

NUMBER = "#"
"""What stands for any number in a phrase."""


class Synonyms(NamedTuple):
    """What a book's synonyms.toml says; empty where the book has none."""

    groups: tuple[tuple[str, ...], ...] = ()
    """Words and phrases that stand for each other; the first is the book's own."""


NO_SYNONYMS = Synonyms()
"""Of a book that has none, or before they are read."""


def load_synonyms(folder: Path) -> Synonyms:
    """The synonyms of the book whose SUMMARY.md lies in `folder`.

    Raises:
        ContentError: the file is not TOML, or a line of it is no list of phrases.
    """
    file = folder / "synonyms.toml"
    tables = read_toml(file)
    if tables is None:
        return NO_SYNONYMS
    for name in tables:
        if name != "words":
            raise ContentError(file, None, f"unknown table [{name}]; known: [words]")
    groups = tuple((word, *same) for word, same in _lists(tables, "words", file))
    return Synonyms(groups)


def _lists(tables: dict[str, Any], name: str, file: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each line of a table: a name and its phrases."""
    table = tables.get(name, {})
    if not isinstance(table, dict):
        raise ContentError(file, None, f"“{name}” must be a table, [{name}]")
    for key, phrases in table.items():
        good = isinstance(phrases, list) and all(_is_phrase(each) for each in phrases)
        if not good or not _is_phrase(key):
            what = f"[{name}] “{key}” must be a list of words or phrases in quotes"
            raise ContentError(file, None, what)
        yield key, tuple(phrases)


def _is_phrase(value: object) -> bool:
    return isinstance(value, str) and any(char.isalnum() or char == NUMBER for char in value)
