"""Stretches of one line and their styles: painting over a part of them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from ...layout.typesetting import Line

Painted = tuple[str, Style]
"""A stretch of text with one style."""
Extent = tuple[int, int, int]
"""What is marked: a block, and where in its text the mark begins and ends, in characters."""


def paint(runs: Sequence[Painted], start: int, end: int, style: Style) -> list[Painted]:
    """The runs with `style` laid over the characters from `start` to `end`."""
    painted: list[Painted] = []
    at = 0
    for text, own in runs:
        low = min(max(start - at, 0), len(text))
        high = min(max(end - at, 0), len(text))
        parts = ((text[:low], own), (text[low:high], own + style), (text[high:], own))
        painted.extend((part, look) for part, look in parts if part)
        at += len(text)
    return painted


def laid_over(strip: Strip, style: Style) -> Strip:
    """The strip with `style` laid over all of it."""
    return Strip(Segment.apply_style(strip, post_style=style), strip.cell_length)


def replace_text(runs: Sequence[Painted], start: int, text: str, style: Style) -> list[Painted]:
    """The runs with `text` written over the characters that stand from `start` on."""
    end = start + len(text)
    before = _cut(runs, 0, start)
    return [*before, (text, style), *_cut(runs, end, sum(len(each) for each, _ in runs))]


def paint_extent(runs: list[Painted], line: Line, mark: Extent, style: Style) -> list[Painted]:
    """The runs of a line with `style` over as much of the mark as the line shows."""
    block, start, end = mark
    at = 0
    for piece in line.pieces if block == line.block else ():
        low = max(start - piece.at, 0)
        high = min(end - piece.at, len(piece.text))
        if piece.at >= 0 and low < high:
            runs = paint(runs, at + low, at + high, style)
        at += len(piece.text)
    return runs


def column_of(line: Line, character: int) -> int:
    """Where a character of the block stands in the line, in characters; 0 if it does not."""
    at = 0
    for piece in line.pieces:
        if 0 <= piece.at <= character < piece.at + len(piece.text):
            return at + character - piece.at
        at += len(piece.text)
    return 0


def _cut(runs: Sequence[Painted], start: int, end: int) -> list[Painted]:
    kept: list[Painted] = []
    at = 0
    for text, style in runs:
        part = text[max(start - at, 0) : max(end - at, 0)]
        if part:
            kept.append((part, style))
        at += len(text)
    return kept
