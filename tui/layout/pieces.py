"""Stretches of text with one look, safe to show, and how they are cut into lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ..handbook.blocks import Link, Span, Style
from .wrapping import cell_width, visible

TAB = 4
"""Columns from one tab stop to the next."""


class Piece(NamedTuple):
    """A stretch of one line with one look."""

    text: str
    style: Style = Style.PLAIN
    link: Link | None = None
    at: int = -1
    """Where it stands in its block's text, in characters; -1 for what we added ourselves."""


class Run(NamedTuple):
    """A piece that is not yet cut into lines."""

    piece: Piece
    stands_in: bool = False
    """Whether it is shown for one character that cannot be shown itself."""

    def place(self, offset: int) -> int:
        """The place in the block's text of what it shows `offset` characters on."""
        return self.piece.at + (0 if self.stands_in or self.piece.at < 0 else offset)

    def cut(self, low: int, high: int) -> Piece:
        """The part of the piece from one character to another."""
        return self.piece._replace(text=self.piece.text[low:high], at=self.place(low))


Runs = Sequence[Run]
"""What stands in one line, or is to be broken into several."""


def runs_of(span: Span, at: int) -> Iterator[Run]:
    """A span as runs whose characters are all safe to show; each stand-in is its own run."""
    link = span.link if span.link is not None and span.link.leads else None
    column = 0
    for safe, group in groupby(span.text, lambda character: visible(character) == character):
        source = "".join(group)
        for text in (source,) if safe else source:
            tab = " " * (TAB - column % TAB)
            shown = tab if text == "\t" else visible(text)
            yield Run(Piece(shown, span.style, link, at), not safe)
            column += cell_width(shown)
            at += len(text)


def text_of(runs: Runs) -> str:
    """The text of all the runs."""
    return "".join(run.piece.text for run in runs)


def cut(runs: Runs, bounds: Iterable[tuple[int, int]]) -> Iterator[tuple[int, tuple[Piece, ...]]]:
    """The pieces between each pair of bounds, which ascend, and their place in the block's text."""
    at = begin = 0
    for start, end in bounds:
        while at < len(runs) - 1 and begin + len(runs[at].piece.text) <= start:
            begin += len(runs[at].piece.text)
            at += 1
        place = runs[at].place(start - begin) if runs else 0
        yield place, tuple(_between(runs, at, start - begin, end - begin))


def _between(runs: Runs, at: int, start: int, end: int) -> Iterator[Piece]:
    """The pieces from one character to another, counted from the beginning of run `at`."""
    while at < len(runs) and end > 0:
        length = len(runs[at].piece.text)
        if start < min(end, length):
            yield runs[at].cut(max(start, 0), min(end, length))
        start, end, at = start - length, end - length, at + 1
