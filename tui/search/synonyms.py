"""synonyms.toml: words that mean the same; asked.toml: what people ask for a page with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

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
    return Synonyms(
        tuple((word, *same) for word, same in _lists(folder / "synonyms.toml", "words"))
    )


def load_asked(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """What people ask for the pages with, in their own words, by the id of the page or `glossary#term`.

    Raises:
        ContentError: asked.toml is not TOML, or a line of it is no list of phrases.
    """
    return dict(_lists(folder / "asked.toml", "pages"))


def _lists(file: Path, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each line of the one table of a file, where there is the file: a name and its phrases."""
    tables = read_toml(file) or {}
    for each in tables:
        if each != name:
            raise ContentError(file, None, f"unknown table [{each}]; known: [{name}]")
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
