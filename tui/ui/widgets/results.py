"""What a search found: two lines a hit, best first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.message import Message
from textual.reactive import var

from ...layout.wrapping import break_lines, cell_width, fitted, margin_in
from ...search.engine import Hit
from ...search.snippets import TextRange, snippet_of
from ...session.own_words import ITEM, OwnHit
from .line_list import EVERY_LOOK, MARK, LineList, ListLine, Part

GAP = 2
"""Cells between a title and what stands at the right."""
WIDEST = 120
"""Columns from the left edge of the window that a line reaches at most."""
INDENT = "  "
"""What the snippet stands behind."""
OWN = "Your own words"
"""What stands over notes and items of the reader's own, below all that the book answers."""


class ResultsView(LineList, can_focus=False):
    """Shows hits; the keys stay in the search box, which moves the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = EVERY_LOOK | {"line-list--chip"}
    SAYS_MORE: ClassVar[bool] = True

    stepping: var[bool] = var(False, init=False)
    """Whether the reader goes from hit to hit, and the terminal's cursor is on the chosen one."""

    @dataclass
    class HitReached(Message):
        """Another hit is at hand: its number from 0 among the book's, and behind them the reader's own."""

        hit: int
        hits: int
        """How many the book has."""
        own: int
        """How many the reader has."""

    @dataclass
    class HitChosen(Message):
        """A hit was clicked."""

        hit: int

    def __init__(self) -> None:
        super().__init__()
        self._hits: tuple[Hit, ...] = ()
        self._own: tuple[OwnHit, ...] = ()
        self._said: tuple[Sequence[Part], ...] = ()

    def show(
        self,
        hits: Sequence[Hit],
        own: Sequence[OwnHit],
        said: Sequence[Sequence[Part]],
        cursor: int = 0,
        *,
        still: bool = False,
    ) -> None:
        """Show hits and below them the reader's own, one of all chosen, under what is to be said of them.

        Kept `still`, no line moves, though the end of the chosen hit may be covered.
        """
        self._hits = tuple(hits)
        self._own = tuple(own)
        self._said = tuple(said)
        self.set_reactive(ResultsView.cursor, cursor)
        self._list(still=still)

    @property
    def count(self) -> int:
        """How many rows can be chosen."""
        return len(self._hits) + len(self._own)

    @property
    def more_below(self) -> str:
        """How many hits are below, and how many of those are the reader's own."""
        below = self.rows_below
        own = min(below, len(self._own))
        also = f", {own} in your own words" if own and own < below else ""
        return f"{super().more_below}{also}"

    @property
    def has_keys(self) -> bool:
        """The keys of the search box move the cursor."""
        return True

    @property
    def has_cursor(self) -> bool:
        """While the reader goes from hit to hit; else it is in the search box."""
        return self.stepping

    def watch_stepping(self) -> None:
        """Draw the chosen hit, with the cursor on it or no longer."""
        for lines in self.rows[self.cursor : self.cursor + 1]:
            self.refresh_lines(lines.start, len(lines))

    @property
    def margin(self) -> int:
        """Cells left of the text, as many as are left of the search box."""
        return margin_in(self.size.width)

    @property
    def room(self) -> int:
        """More than the measure, for what stands at the right."""
        return max(min(self.size.width - 2 * len(MARK), WIDEST) - self.margin + len(MARK), 1)

    def on_resize(self) -> None:
        """Fit the lines to another width."""
        self._list()

    def watch_cursor(self, before: int, now: int) -> None:
        """Say which hit is at hand."""
        super().watch_cursor(before, now)
        self._say_which()

    def move_by_page(self, by: int) -> None:
        """Choose the hit a page lower; a negative number goes up."""
        self.cursor += by * max(self.sight // 2 - 1, 1)

    def click_line(self, line: ListLine, column: int) -> None:  # noqa: ARG002 - the base's
        """Take the hit that was clicked."""
        if line.row is not None:
            self.post_message(self.HitChosen(line.row))

    def _list(self, *, still: bool = False) -> None:
        self.show_lines(self._all_lines(self.room) if self.size.width else ())
        if not still:
            self.keep_in_sight()
        self._say_which()

    def _say_which(self) -> None:
        self.post_message(self.HitReached(self.cursor, len(self._hits), len(self._own)))

    def _all_lines(self, width: int) -> Iterator[ListLine]:
        for parts in self._said:
            yield from _flowing(parts, width)
        for number, hit in enumerate(self._hits):
            yield _title_line(hit, number, width)
            yield _snippet_line(hit.snippet, hit.snippet_spans, number, width)
        if self._own:
            yield from [ListLine()] if self._hits else ()
            yield ListLine((Part(OWN, "heading"),))
        for number, found in enumerate(self._own, len(self._hits)):
            kind = "your item" if found.own.kind == ITEM else "your note"
            yield _line_of_two(found.own.title, kind, number, width)
            cut = snippet_of(found.own.text, found.spans)
            yield _snippet_line(cut.text, cut.spans, number, width)


def _flowing(parts: Sequence[Part], width: int) -> Iterator[ListLine]:
    """Parts with a blank between them, on as few lines as they fit on."""
    line: list[Part] = []
    for part in parts:
        if line and sum(cell_width(each.text) for each in (*line, part)) + 1 > width:
            yield ListLine(tuple(line))
            line = []
        line += [Part(" "), part] if line else [part]
    (*start, last) = line or [Part("")]
    if start:
        yield ListLine(tuple(line))
    else:
        pieces = break_lines(last.text, width)
        yield from (ListLine((last._replace(text=last.text[a:b]),)) for a, b in pieces)


def _title_line(hit: Hit, number: int, width: int) -> ListLine:
    """The title with the heading, and where it leaves room the chapter and the number of matches."""
    count = f"{hit.matches} match{'' if hit.matches == 1 else 'es'}" if hit.matches else ""
    whole = " · ".join(part for part in (hit.chapter, count) if part)
    name = f"{hit.title}: {hit.heading}" if hit.heading else hit.title
    left = width - cell_width(name) - GAP
    where = next((each for each in (whole, count) if cell_width(each) <= left), "")
    return _line_of_two(name, where, number, width)


def _line_of_two(name: str, where: str, number: int, width: int) -> ListLine:
    """What a row is called, and at the right what is said of it."""
    title = fitted(name, width - cell_width(where) - (GAP if where else 0))
    gap = " " * (width - cell_width(title) - cell_width(where))
    return ListLine((Part(title, "title"), Part(gap), Part(where, "faint")), number)


def _snippet_line(snippet: str, spans: Sequence[TextRange], number: int, width: int) -> ListLine:
    """The snippet, from so far on that its first match is in sight."""
    at = _begin(snippet, spans, width - len(INDENT))
    parts = [Part(INDENT + ("…" if at else ""))]
    for start, end in spans:
        parts.append(Part(snippet[at:start]))
        parts.append(Part(snippet[start:end], "match"))
        at = end
    parts.append(Part(snippet[at:]))
    return ListLine(tuple(_fitted(parts, width)), number)


def _begin(snippet: str, spans: Sequence[TextRange], width: int) -> int:
    """The character of the snippet to begin with: its first, or a word before the first match."""
    start, end = spans[0] if spans else (0, 0)
    if cell_width(snippet[:end]) < width:
        return 0
    return snippet.rfind(" ", 0, max(start - width // 3, 0)) + 1


def _fitted(parts: Sequence[Part], width: int) -> Iterator[Part]:
    """The parts cut to a width."""
    left = width
    for part in parts:
        kept = fitted(part.text, left)
        yield part._replace(text=kept)
        left -= cell_width(kept)
        if kept != part.text or left <= 0:
            return
