"""The reader: a page whose links can be chosen, numbered, followed and clicked."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from ...handbook.blocks import Link
from ...handbook.model import Page, PlacedLink
from ...layout.typesetting import Line, margin_in
from .bindings import bindings
from .page_view import PageView
from .painting import Mark, Run, column_of, paint_mark, replace_text


class Reader(PageView):
    """Shows a page and says which link was followed."""

    HELP = """
    # The text

    Space goes a page down, and at the end of a page on to the next one.
    Links are underlined: choose one with > and <, and follow it with Enter.
    """

    BINDINGS = bindings("next-link", "previous-link", "follow-link", "number-links")

    COMPONENT_CLASSES: ClassVar[set[str]] = {"reader--chosen", "reader--number"}

    chosen: var[int | None] = var[int | None](None, init=False, bindings=True)
    """The chosen link, counted from 0 over the whole page."""
    numbered: var[str | None] = var[str | None](None, init=False)
    """The digits typed so far while links show their numbers; None while they do not."""

    class LinkFollowed(Message):
        """A link was followed."""

        def __init__(self, link: Link) -> None:
            super().__init__()
            self.link = link

    class LinkChosen(Message):
        """Another link is chosen, or none."""

    class Refused(Message):
        """A key could not do what it means; `why` says it in a line."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    def show(self, page: Page, place: tuple[int, int] = (0, 0)) -> None:
        """Show a page from a place in it on, with no link chosen."""
        self.chosen = None
        self.numbered = None
        super().show(page, place)

    @property
    def passage(self) -> str:
        """The paragraph on top or around the chosen link; or the address that it leads to outside."""
        link = self._links[self.chosen] if self.chosen is not None else None
        if link is not None and not link.link.section:
            return link.link.address
        blocks = self.page.blocks[link.block if link else self.place[0] :] if self.page else ()
        return next((each.text for each in blocks if each.text), "")

    def painted(self, row: int, line: Line) -> list[Run]:
        """The stretches of a line, with the chosen link and the numbers of links over them."""
        runs = super().painted(row, line)
        if self.chosen is not None:
            mark = _extent(self._links[self.chosen])
            runs = paint_mark(runs, line, mark, self._part("reader--chosen"))
        return runs if self.numbered is None else self._with_numbers(runs, row, line)

    def watch_chosen(self) -> None:
        """Show another link as chosen."""
        self.post_message(self.LinkChosen())
        self.refresh()

    def watch_numbered(self) -> None:
        """Show or hide the numbers of the links."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Follow the link that was clicked."""
        at = event.get_content_offset_capture(self)
        link = self._link_at(at.y + round(self.scroll_y), at.x - margin_in(self.size.width))
        if link is not None:
            self.post_message(self.LinkFollowed(link))

    def on_key(self, event: events.Key) -> None:
        """Take the digits of a link's number while the numbers show."""
        if self.numbered is None:
            return
        event.stop()
        event.prevent_default()
        if event.character and event.character.isdigit():
            self._take_digit(event.character)
        else:
            self.numbered = None

    def action_next_link(self) -> None:
        """Choose the next link, from the top line on if none is chosen."""
        self._choose(1)

    def action_previous_link(self) -> None:
        """Choose the link before."""
        self._choose(-1)

    def action_follow_link(self) -> None:
        """Follow the chosen link."""
        if self.chosen is None:
            self.post_message(self.Refused("No link is chosen: > chooses one"))
        else:
            self.post_message(self.LinkFollowed(self._links[self.chosen].link))

    def action_number_links(self) -> None:
        """Show a number on each link in sight, and wait for one to be typed."""
        if self._in_sight():
            self.numbered = ""
        else:
            self.post_message(self.Refused("No link is in sight"))

    @property
    def _links(self) -> tuple[PlacedLink, ...]:
        return self.page.links if self.page else ()

    def _choose(self, step: int) -> None:
        if not self._links:
            self.post_message(self.Refused("There is no link on this page"))
            return
        if self.chosen is None:
            self.chosen = self._first_from_top(step)
        else:
            self.chosen = (self.chosen + step) % len(self._links)
        link = self._links[self.chosen]
        self.go_to(link.block, link.start)

    def _first_from_top(self, step: int) -> int:
        below = [n for n, each in enumerate(self._links) if (each.block, each.start) >= self.place]
        first = below[0] if below else 0
        return first if step > 0 else first - 1 if first else len(self._links) - 1

    def _in_sight(self) -> list[int]:
        """The links that begin in the rows on the screen."""
        top = round(self.scroll_y)
        rows = range(top, top + self.size.height)
        placed = enumerate(self._links)
        return [n for n, each in placed if self._set.row_of(each.block, each.start) in rows]

    def _take_digit(self, digit: str) -> None:
        typed = (self.numbered or "") + digit
        count = len(self._in_sight())
        number = int(typed)
        if not 1 <= number <= count:
            self.numbered = None
            self.post_message(self.Refused(f"There is no link {number} in sight"))
        elif number * 10 > count:
            link = self._links[self._in_sight()[number - 1]].link
            self.numbered = None
            self.post_message(self.LinkFollowed(link))
        else:
            self.numbered = typed

    def _link_at(self, row: int, column: int) -> Link | None:
        if not 0 <= row < len(self._set.lines):
            return None
        at = 0
        for piece in self._set.lines[row].pieces:
            at += Strip([Segment(piece.text)]).cell_length
            if column < at:
                return piece.link if column >= 0 else None
        return None

    def _with_numbers(self, runs: list[Run], row: int, line: Line) -> list[Run]:
        style = self._part("reader--number")
        for number, index in enumerate(self._in_sight(), 1):
            link = self._links[index]
            if link.block == line.block and self._set.row_of(link.block, link.start) == row:
                column = column_of(line, link.start)
                runs = replace_text(runs, column, f"[{number}]", style)
        return runs


def _extent(link: PlacedLink) -> Mark:
    return link.block, link.start, link.start + len(link.text)
