"""Marked text → plain text with spans, and the stretch of it that shows the matches best."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .index import CLOSES, OPENS

WIDTH = 150
"""Characters of a snippet, at most, beside its ellipses."""

_BEFORE = 30
"""Characters before the first match, at most."""

_MARK = re.compile(f"[{OPENS}{CLOSES}]")

TextRange = tuple[int, int]
"""From which character to before which one."""


def without_marks(marked: str) -> tuple[str, list[TextRange]]:
    """The text without its marks, and where the matches were."""
    spans: list[TextRange] = []
    start = 0
    for number, mark in enumerate(_MARK.finditer(marked)):
        place = mark.start() - number
        if mark[0] == OPENS:
            start = place
        else:
            spans.append((start, place))
    return _MARK.sub("", marked), spans


def merge_overlaps(spans: Iterable[TextRange]) -> list[TextRange]:
    """The spans in order, those that overlap made one."""
    found: list[TextRange] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


class Snippet(NamedTuple):
    """A stretch of a text."""

    text: str
    spans: tuple[TextRange, ...]
    """The matches in it."""
    line: int
    """The number of the text's line that it is cut from, from 0."""


def snippet_of(text: str, spans: Sequence[TextRange]) -> Snippet:
    """The stretch of a text, of many lines, with the most different matches."""
    best, most = (0, 0), -1
    for first in range(len(spans)):
        start, end = _window(text, spans[first][0])
        inside = {text[a:b].lower() for a, b in spans[first:] if b <= end}
        if len(inside) > most:
            best, most = (start, end), len(inside)
    start, end = best if spans else _window(text, 0)
    before = "… " if start > 0 and text[start - 1] != "\n" else ""
    after = " …" if end < len(text) and text[end] != "\n" else ""
    shift = len(before) - start
    shown = tuple((a + shift, b + shift) for a, b in spans if a >= start and b <= end)
    return Snippet(before + text[start:end] + after, shown, text.count("\n", 0, start))


def _window(text: str, at: int) -> TextRange:
    """Where a snippet that shows the character at `at` begins and ends: in one line, at words."""
    line_start = text.rfind("\n", 0, at) + 1
    line_end = text.find("\n", at)
    line_end = len(text) if line_end < 0 else line_end
    start = line_start
    if at - line_start > _BEFORE and line_end - line_start > WIDTH:
        start = max(line_start, min(at - _BEFORE, line_end - WIDTH))
        space = text.find(" ", start, at)
        start = space + 1 if space >= 0 and start > line_start else start
    end = min(start + WIDTH, line_end)
    if end < line_end:
        space = text.rfind(" ", at, end)
        end = space if space > at else end
    return start, end
