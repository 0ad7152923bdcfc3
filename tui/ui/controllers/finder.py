"""Finding words in what is open: a page, or a list; as `less` does it, letter by letter as they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ..widgets.line_list import LineList
    from ..widgets.reader import Reader


class Found(NamedTuple):
    """What the reader wants with words that were looked for."""

    words: str
    in_book: bool = False
    """Whether to search all of the book for them instead."""


class FinderOnPage:
    """Marks words on the page of a reader, and goes from one place to the next."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._page = reader.page
        self._begun_at = reader.place
        self._before = reader.marks, reader.mark_here
        self._at = 0

    @property
    def holds(self) -> bool:
        """Whether what is found is still what is marked."""
        return self._reader.page is self._page and bool(self._reader.marks)

    def find(self, words: str) -> int:
        """Mark the words and go to the first of them from where the search began; how many there are."""
        pattern = _pattern(words)
        blocks = self._page.blocks if self._page and pattern else ()
        self._reader.marks = tuple(
            (number, *found.span())
            for number, block in enumerate(blocks)
            for found in (pattern.finditer(block.text) if pattern else ())
        )
        below = (n for n, each in enumerate(self._reader.marks) if each[:2] >= self._begun_at)
        self._at = next(below, 0)
        self._show()
        return len(self._reader.marks)

    def step(self, by: int) -> str:
        """Go to the next place, or the one before; says which it is, or that there is none."""
        at = self._at + by
        if not 0 <= at < len(self._reader.marks):
            return f"This is the {'last' if by > 0 else 'first'} on this page"
        self._at = at
        self._show()
        return f"{at + 1} of {len(self._reader.marks)} on this page"

    def leave(self) -> None:
        """Leave everything as it was."""
        self._reader.marks, self._reader.mark_here = self._before
        self._reader.go_to(*self._begun_at)

    def _show(self) -> None:
        if self._reader.marks:
            self._reader.mark_here = self._at
            block, start, _ = self._reader.marks[self._at]
            self._reader.go_to(block, start)
        else:
            self._reader.go_to(*self._begun_at)


class FinderInList:
    """Goes to the rows of a list that hold some words."""

    def __init__(self, view: LineList) -> None:
        self._view = view
        self._begun_at = view.cursor
        self._found: tuple[int, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether there is anything to go to."""
        return bool(self._found)

    def find(self, words: str) -> int:
        """Go to the first row from where the search began that holds the words; how many rows do."""
        pattern = _pattern(words)
        rows = enumerate(self._view.rows) if pattern else ()
        self._found = tuple(
            row for row, lines in rows if pattern and pattern.search(self._text(lines))
        )
        below = (row for row in self._found if row >= self._begun_at)
        self._view.cursor = next(below, self._found[0] if self._found else self._begun_at)
        return len(self._found)

    def step(self, by: int) -> str:
        """Go to the next row that holds the words, or the one before; says which it is."""
        here = self._view.cursor
        on = [row for row in self._found if (row > here if by > 0 else row < here)]
        if not on:
            return f"This is the {'last' if by > 0 else 'first'} in this list"
        self._view.cursor = on[0] if by > 0 else on[-1]
        return f"{self._found.index(self._view.cursor) + 1} of {len(self._found)} in this list"

    def leave(self) -> None:
        """Leave everything as it was."""
        self._view.cursor = self._begun_at

    def _text(self, lines: range) -> str:
        """The words of a row on one line, as they would be without a width to fit."""
        parts = ("".join(part.text for part in self._view.line_at(n).parts) for n in lines)
        return " ".join(each.strip() for each in parts)


Finder = FinderOnPage | FinderInList


def _pattern(words: str) -> re.Pattern[str] | None:
    """What to look for: the words as they stand, in small or capital letters."""
    parts = words.split()
    return re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE) if parts else None
