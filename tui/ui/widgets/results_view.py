"""What a search found: two lines a hit, best first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ...layout.wrapping import break_lines, cell_width
from ...search.engine import Hit
from .painting import Run, paint

GAP = 2
"""Cells between a title and what stands at the right."""
INDENT = "  "
"""What the snippet stands behind."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line as it is shown: stretches of text, and the number of the hit, -1 for none."""

    runs: tuple[tuple[str, str], ...]
    hit: int = -1


class ResultsView(ScrollView, can_focus=False, inherit_bindings=False):
    """Shows hits; the keys stay in the search box, which moves the choice."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "results-view--title",
        "results-view--where",
        "results-view--match",
        "results-view--said",
        "results-view--cursor",
    }

    cursor: var[int] = var(0, init=False)
    """The number of the chosen hit."""

    @dataclass
    class HitReached(Message):
        """Another hit is at hand: its number from 0, and how many there are."""

        hit: int
        hits: int

    @dataclass
    class HitChosen(Message):
        """A hit was clicked."""

        hit: int

    def __init__(self) -> None:
        super().__init__()
        self._hits: tuple[Hit, ...] = ()
        self._said: tuple[str, ...] = ()
        self._lines: tuple[_Line, ...] = ()

    def show(self, hits: Sequence[Hit], said: Sequence[str], cursor: int = 0) -> None:
        """Show hits, one of them chosen, under what is to be said of them."""
        self._hits = tuple(hits)
        self._said = tuple(said)
        self.set_reactive(ResultsView.cursor, cursor)
        self._lay_out()
        self.watch_cursor()

    def on_resize(self) -> None:
        """Fit the lines to another width."""
        self._lay_out()
        self.watch_cursor()

    @property
    def allow_vertical_scroll(self) -> bool:
        """The wheel moves the hits, though they have no scroll bar."""
        return True

    def validate_cursor(self, cursor: int) -> int:
        """Keep the choice on a hit."""
        return max(0, min(cursor, len(self._hits) - 1))

    def watch_cursor(self) -> None:
        """Keep the chosen hit in sight; at the first one, what is said above it too."""
        rows = [row for row, line in enumerate(self._lines) if line.hit == self.cursor]
        top, height = round(self.scroll_y), self.size.height
        first = rows[0] if rows and self.cursor else 0
        if first < top:
            self.scroll_to(y=first, animate=False, immediate=True, force=True)
        elif rows and height and rows[-1] >= top + height:
            self.scroll_to(y=rows[-1] - height + 1, animate=False, immediate=True, force=True)
        self.refresh()
        self.post_message(self.HitReached(self.cursor, len(self._hits)))

    def on_click(self, event: events.Click) -> None:
        """Take the hit that was clicked."""
        row = event.get_content_offset_capture(self).y + round(self.scroll_y)
        if row < len(self._lines) and self._lines[row].hit >= 0:
            self.post_message(self.HitChosen(self._lines[row].hit))

    def render_line(self, y: int) -> Strip:
        """One line of the hits, or a blank one below them."""
        row = round(self.scroll_y) + y
        width, plain = self.size.width, self.rich_style
        if row >= len(self._lines):
            return Strip.blank(width, plain)
        line = self._lines[row]
        runs: list[Run] = [(text, plain + self._part(part)) for text, part in line.runs]
        if line.hit == self.cursor and line.hit >= 0:
            runs = paint(runs, 0, sum(len(text) for text, _ in runs), self._part("cursor"))
        return Strip([Segment(text, style) for text, style in runs]).adjust_cell_length(
            width, plain
        )

    def _lay_out(self) -> None:
        self._lines = tuple(self._all_lines(self.size.width)) if self.size.width else ()
        size = Size(self.size.width, len(self._lines))
        if size != self.virtual_size:
            self.virtual_size = size
        self.refresh()

    def _all_lines(self, width: int) -> Iterator[_Line]:
        for words in self._said:
            for start, end in break_lines(words, width):
                yield _Line(((words[start:end], "said"),))
        for number, hit in enumerate(self._hits):
            yield _title_line(hit, number, width)
            yield _snippet_line(hit, number, width)

    def _part(self, name: str) -> Style:
        if not name:
            return Style.null()
        return self.get_component_rich_style(f"results-view--{name}", partial=True)


def _title_line(hit: Hit, number: int, width: int) -> _Line:
    """The title, and where there is room for them the chapter and the number of matches."""
    count = f"{hit.matches} match{'' if hit.matches == 1 else 'es'}" if hit.matches else ""
    whole = " · ".join(part for part in (hit.chapter, count) if part)
    where = next((each for each in (whole, count) if cell_width(each) * 2 < width), "")
    title = _cut(hit.title, width - cell_width(where) - (GAP if where else 0))
    gap = " " * (width - cell_width(title) - cell_width(where))
    return _Line(((title, "title"), (gap, ""), (where, "where")), number)


def _snippet_line(hit: Hit, number: int, width: int) -> _Line:
    """The snippet, from so far on that its first match is in sight."""
    runs: list[tuple[str, str]] = [(INDENT, "")]
    at = _begin(hit, width - len(INDENT))
    if at:
        runs.append(("…", ""))
    for start, end in hit.snippet_spans:
        runs += [(hit.snippet[at:start], ""), (hit.snippet[start:end], "match")]
        at = end
    runs.append((hit.snippet[at:], ""))
    return _Line(tuple(_fitted(runs, width)), number)


def _begin(hit: Hit, width: int) -> int:
    """The character of the snippet to begin with: its first, or a word before the first match."""
    start, end = hit.snippet_spans[0] if hit.snippet_spans else (0, 0)
    if cell_width(hit.snippet[:end]) < width:
        return 0
    return hit.snippet.rfind(" ", 0, max(start - width // 3, 0)) + 1


def _fitted(runs: Sequence[tuple[str, str]], width: int) -> Iterator[tuple[str, str]]:
    """The stretches cut to a width, and filled up to it."""
    left = width
    for text, part in runs:
        kept = text if cell_width(text) <= left else _cut(text, left)
        left -= cell_width(kept)
        yield kept, part
        if left <= 0:
            return
    yield " " * left, ""


def _cut(text: str, width: int) -> str:
    """The text cut to a width in cells, with an ellipsis where it was cut."""
    if cell_width(text) <= width:
        return text
    while text and cell_width(text) > width - 1:
        text = text[:-1]
    return text + "…" if width > 0 else ""
