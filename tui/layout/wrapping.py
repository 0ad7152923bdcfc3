"""How wide a text stands and where its lines break, measured in terminal cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MEASURE = 72
"""Cells; longer lines of running text tire the eye."""

_FIRST_FAR_EAST = "\u2e80"
_FAR_EAST = "[\u2e80-\u9fff\uf900-\ufaff\uff01-\uffef\U00020000-\U0003ffff]"
_WORD = re.compile(r"[^ \t\n]+|\n")


def cell_width(text: str) -> int:
    """How many cells of a terminal the text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - most text needs no table of widths

    return cell_len(text)


def margin_in(width: int) -> int:
    """Blank cells left of the text in a pane; in a wide one the column is nearer to the middle."""
    return min(max((width - MEASURE) // 3, 2), 16)


def fitted(text: str, width: int) -> str:
    """The text cut to a width in cells, with an ellipsis where it was cut."""
    if cell_width(text) <= width:
        return text
    if width < 1:
        return ""
    kept = text[:width]
    while cell_width(kept) >= width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def break_lines(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Where each line of `text` begins and ends, none wider than `width` cells.

    Lines break at spaces and line breaks, and within Chinese and Japanese; a word wider than a
    line is cut.
    """
    width = max(width, 1)
    start = end = used = 0
    for begin, stop in _words(text):
        if text[begin] == "\n":
            yield start, end
            start = end = stop
            continue
        word = text[begin:stop]
        wide = cell_width(word)
        used += begin - end + wide
        if start < end and used > width:
            yield start, end
            start = end
        if start == end:
            start, used = begin, wide
        if wide > width:
            for cut in cuts(word, width):
                yield start, begin + cut
                start = begin + cut
            used = cell_width(text[start:stop])
        end = stop
    if start < end or not text:
        yield start, end


def _words(text: str) -> Iterable[tuple[int, int]]:
    """Where each word and each line break begins and ends; a run without spaces has many words."""
    # The pattern takes over a millisecond to compile, and few texts need it.
    if text.isascii() or max(text) < _FIRST_FAR_EAST or not re.search(_FAR_EAST, text):
        return map(re.Match.span, _WORD.finditer(text))
    from .kinsoku import WORD, pieces  # noqa: PLC0415 - most text has spaces

    return (
        (word.start() + at, word.start() + end)
        for word in WORD.finditer(text)
        for at, end in pieces(word[0])
    )


def cuts(word: str, width: int) -> Iterator[int]:
    """Where a word wider than `width` cells is cut, in characters from its beginning.

    Letters stay with their marks, so that a character too wide for a line stands alone in it.
    """
    width = max(width, 1)
    if word.isascii():
        yield from range(width, len(word), width)
        return
    from rich.cells import split_graphemes  # noqa: PLC0415 - most text needs no table of widths

    used = 0
    for start, _, wide in split_graphemes(word)[0]:
        if used + wide > width and used:
            yield start
            used = 0
        used += wide
