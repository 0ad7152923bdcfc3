"""The reader: a page typeset to the width at hand, kept at its sentence, with links to follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from ...handbook.blocks import Heading, Link, Preformatted, Style
from ...handbook.model import Page, PlacedLink
from ...layout.typesetting import Line, Role, TypesetPage, typeset
from ...layout.wrapping import cell_width, margin_in
from .bindings import bindings
from .painting import Extent, Painted, column_of, paint, paint_extent, replace_text
from .terminal_cursor import put_cursor

_ROLES = {
    Role.TITLE: "page--title",
    Role.HEADING: "page--heading",
    Role.SUBHEADING: "page--subheading",
    Role.CODE: "page--code",
    Role.DRAWING: "page--code",
    Role.RULE: "page--furniture",
}
_STYLES = {
    Style.STRONG: RichStyle(bold=True),
    Style.EMPHASIS: RichStyle(italic=True),
    Style.STRIKE: RichStyle(strike=True),
}

_DANGERS = {Style.NOW: "page--now", Style.TODAY: "page--today"}

_SELECTED = RichStyle(reverse=True)
WITH_SCROLL_MARK = 100
"""Columns of a window that has room for it."""


class Reader(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a page, moves about in it, and says which link was followed."""

    HELP = """
    # The text

    Space goes a page down, and at the end of a page on to the next one.
    Links are underlined: choose one with > and <, and follow it with Enter.
    """

    BINDINGS = bindings(
        "line-down",
        "line-up",
        "page-down",
        "page-up",
        "half-page-down",
        "half-page-up",
        "top",
        "bottom",
        "next-heading",
        "previous-heading",
        "next-link",
        "previous-link",
        "follow-link",
        "number-links",
        "hidden-lines",
    )

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "page--title",
        "page--heading",
        "page--subheading",
        "page--code",
        "page--furniture",
        "page--link",
        "page--dead-link",
        "page--now",
        "page--today",
        "page--match",
        "page--match-here",
        "reader--chosen",
        "reader--number",
    }

    SAYS_WHERE: ClassVar[bool] = True
    """Whether a mark at the right says where in the page one is, in a window with room for it."""

    page: var[Page | None] = var[Page | None](None, init=False)
    """What is shown."""
    marks: var[tuple[Extent, ...]] = var[tuple[Extent, ...]]((), init=False)
    """What a search found on the page."""
    mark_here: var[int] = var(0, init=False)
    """The match one is at, counted from 0."""
    in_sight: var[tuple[int, int, int]] = var((0, 0, 0), init=False)
    """The row on top, how many rows there is room for, and how many the page has."""

    chosen: var[int | None] = var[int | None](None, init=False, bindings=True)
    """The chosen link, counted from 0 over the whole page."""
    numbered: var[str | None] = var[str | None](None, init=False)
    """The digits typed so far while links show their numbers; None while they do not."""

    class PageEnded(Message):
        """The reader asked for more at the end of the page."""

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

    def __init__(self) -> None:
        super().__init__()
        self._laid_out = TypesetPage((), 0)
        self._looks: dict[tuple[Role, Style, str], RichStyle] = {}
        self._waiting: tuple[int, int] | None = None
        self._settled: tuple[int, tuple[int, int]] | None = None
        self._pointed = -1
        self.hidden_lines = False
        """Whether lines of code are shown that its author hides."""

    @property
    def top(self) -> int:
        """The number of the line on top."""
        return round(self.scroll_y)

    @property
    def place(self) -> tuple[int, int]:
        """The block on top, and the character in it."""
        top = self.top
        if self._settled is not None and self._settled[0] == top:
            # The line begins before the place: its beginning, kept, would drift at each resize.
            return self._waiting or self._settled[1]
        return self._waiting or self._laid_out.place_of(top)

    @property
    def allow_vertical_scroll(self) -> bool:
        """The wheel moves the page, though it has no scroll bar."""
        return True

    @property
    def progress(self) -> int:
        """How much of the page has been in sight, in percent."""
        top, room, rows = self.in_sight
        return min(100 * (top + room) // max(rows, 1), 100)

    @property
    def chosen_link(self) -> Link | None:
        """The link that is chosen."""
        return self._links[self.chosen].link if self.chosen is not None else None

    @property
    def heading(self) -> int:
        """The block of the heading that the reader is under; that of the first one above all."""
        blocks = [block for block, row in self._headings() if row <= self._here]
        return blocks[-1] if blocks else 0

    @property
    def passage(self) -> str:
        """The paragraph on top or around the chosen link; or the address that it leads to outside.

        Of code it is all, with the lines that are not shown.
        """
        link = self._links[self.chosen] if self.chosen is not None else None
        if link is not None and not link.link.section:
            return link.link.address
        blocks = self.page.blocks[link.block if link else self.place[0] :] if self.page else ()
        first = next((each for each in blocks if each.text), None)
        whole = first.whole if isinstance(first, Preformatted) else ""
        return whole or (first.text if first else "")

    def show(self, page: Page, place: tuple[int, int] = (0, 0)) -> None:
        """Show a page from a place in it on, with no link chosen."""
        self.chosen = None
        self.numbered = None
        self.marks = ()
        self._waiting = place
        self.page = page
        self._typeset()

    def go_to(self, block: int, character: int) -> None:
        """Bring a character of the page into sight, a third of the way down if it was not.

        A link that was chosen is so no longer: what was gone to is what the reader is at.
        """
        self.chosen = None
        self._point_at(block, character)

    def _point_at(self, block: int, character: int) -> None:
        row = self._laid_out.row_of(block, character)
        self._pointed = row
        self.refresh()
        top = self.top
        if not top <= row < top + self.size.height:
            self._scroll(row - self.size.height // 3)

    def watch_marks(self) -> None:
        """Show other matches."""
        self.refresh()

    def watch_mark_here(self) -> None:
        """Show another match as the one that the reader is at."""
        self.refresh()

    def watch_chosen(self) -> None:
        """Show another link as chosen."""
        self.post_message(self.LinkChosen())
        self.refresh()

    def watch_numbered(self) -> None:
        """Show or hide the numbers of the links."""
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Another line stands on top."""
        super().watch_scroll_y(old_value, new_value)
        self._note_sight()

    def notify_style_update(self) -> None:
        """Forget the styles of another theme."""
        super().notify_style_update()
        self._looks.clear()

    def on_resize(self) -> None:
        """Show the same sentence on top."""
        self._fit()
        self._note_sight()

    def on_click(self, event: events.Click) -> None:
        """Follow the link that was clicked."""
        at = event.get_content_offset_capture(self)
        link = self._link_at(at.y + self.top, at.x - margin_in(self.size.width))
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

    def action_line_down(self) -> None:
        """Go a line down."""
        self._scroll(self.scroll_y + 1)

    def action_line_up(self) -> None:
        """Go a line up."""
        self._scroll(self.scroll_y - 1)

    def action_page_down(self) -> None:
        """Go a page down; at the end, ask for the next page."""
        if self.scroll_y >= self.max_scroll_y:
            self.post_message(self.PageEnded())
        else:
            self._scroll(self.scroll_y + max(self.size.height - 1, 1))

    def action_page_up(self) -> None:
        """Go a page up."""
        self._scroll(self.scroll_y - max(self.size.height - 1, 1))

    def action_half_page_down(self) -> None:
        """Go half a page down."""
        self._scroll(self.scroll_y + max(self.size.height // 2, 1))

    def action_half_page_up(self) -> None:
        """Go half a page up."""
        self._scroll(self.scroll_y - max(self.size.height // 2, 1))

    def action_top(self) -> None:
        """Go to the top."""
        self._scroll(0)

    def action_bottom(self) -> None:
        """Go to the bottom."""
        self._scroll(self.max_scroll_y)

    def action_next_heading(self) -> None:
        """Go to the next heading."""
        below = (each for each in self._headings() if each[1] > self._here)
        self._go_to_heading(next(below, None), "last")

    def action_previous_heading(self) -> None:
        """Go to the heading before."""
        above = [each for each in self._headings() if each[1] < self._here]
        self._go_to_heading(above[-1] if above else None, "first")

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
        if self._links_in_sight():
            self.numbered = ""
        else:
            self.post_message(self.Refused("No link is in sight"))

    def action_hidden_lines(self) -> None:
        """Show the lines of code that its author hides, or hide them again."""
        if self.page is None or not self.page.hides_lines:
            self.post_message(self.Refused("No line of code is hidden on this page"))
            return
        self.hidden_lines = not self.hidden_lines
        self._waiting = self.place
        self._typeset()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text that the mouse has selected."""
        return selection.extract("\n".join(line.text for line in self._laid_out.lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 - Textual's
        """Show what is selected."""
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in a region; the first frame of a new width has the page already set to it."""
        self._fit()
        put_cursor(self, self._here - self.top)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the page, or a blank one below its end."""
        row = self.top + y
        width = self.size.width
        if row >= len(self._laid_out.lines):
            return Strip.blank(width, self.rich_style)
        runs = self._painted(row, self._laid_out.lines[row])
        body = Strip([Segment(text, style) for text, style in runs]).apply_offsets(0, row)
        margin = Segment(" " * margin_in(width), self.rich_style)
        strip = Strip([margin, *body]).adjust_cell_length(width, self.rich_style)
        has_mark = self.SAYS_WHERE and self.app.size.width >= WITH_SCROLL_MARK
        return self._with_scroll_mark(strip, y) if has_mark else strip

    def _with_scroll_mark(self, strip: Strip, y: int) -> Strip:
        """The line with its part of the mark at the right that says where in the page one is."""
        height, rows = self.size.height, len(self._laid_out.lines)
        if rows <= height:
            return strip
        start = round(self.top * height / rows)
        if not start <= y < start + max(round(height * height / rows), 1):
            return strip
        mark = Segment("│", self.rich_style + self._part("page--furniture"))
        return Strip([*strip.crop(0, self.size.width - 1), mark], self.size.width)

    @property
    def _here(self) -> int:
        """The row of the chosen link, or that was jumped to, while in sight; else the one on top."""
        link = self._links[self.chosen] if self.chosen is not None else None
        row = self._laid_out.row_of(link.block, link.start) if link else self._pointed
        return row if self.top <= row < self.top + self.size.height else self.top

    def _headings(self) -> Iterator[tuple[int, int]]:
        """The block and the row of each heading."""
        for number, block in enumerate(self.page.blocks if self.page else ()):
            if isinstance(block, Heading):
                yield number, self._laid_out.row_of(number, 0)

    def _go_to_heading(self, heading: tuple[int, int] | None, end: str) -> None:
        if heading is None:
            self.post_message(self.Refused(f"This is the {end} heading of the page"))
            return
        self.chosen = None
        self._scroll(heading[1])
        self._pointed = heading[1]
        self._note_sight()
        self.refresh()

    def _fit(self) -> None:
        """Set the page anew if the width has changed; the same sentence stays on top."""
        if self.size.width != self._laid_out.width or self._waiting:
            self._waiting = self.place
            self._typeset()

    def _typeset(self) -> None:
        width = self.size.width
        if self.page is None or not width:
            return
        page = self.page.with_hidden_lines() if self.hidden_lines else self.page
        self._laid_out = TypesetPage(typeset(page, width - margin_in(width) - 1).lines, width)
        # Without telling the screen: without scroll bars another length needs no other layout.
        self.set_reactive(Reader.virtual_size, Size(width, len(self._laid_out.lines)))
        place = self._waiting or (0, 0)
        self._pointed = -1
        self._waiting = None
        self._scroll(self._laid_out.row_of(*place) if place > (0, 0) else 0)
        self._settled = (self.top, place)
        self.refresh()
        self._note_sight()

    def _scroll(self, row: float) -> None:
        self.scroll_to(y=row, animate=False, immediate=True, force=True)

    def _note_sight(self) -> None:
        self.in_sight = self.top, self.size.height, len(self._laid_out.lines)

    def _part(self, name: str) -> RichStyle:
        return self.get_component_rich_style(name, partial=True)

    def _look(self, role: Role, style: Style, linked: str) -> RichStyle:
        look = self._looks.get((role, style, linked))
        if look is None:
            look = self.rich_style
            if role in _ROLES:
                look += self._part(_ROLES[role])
            if linked:
                look += self._part(linked)
            if Style.CODE in style:
                look += self._part("page--code")
            for flag, name in _DANGERS.items():
                look += self._part(name) if flag in style else RichStyle.null()
            for flag, rich_style in _STYLES.items():
                look += rich_style if flag in style else RichStyle.null()
            self._looks[role, style, linked] = look
        return look

    def _painted(self, row: int, line: Line) -> list[Painted]:
        """The stretches of a line with their styles; matches, link and numbers laid over them."""
        runs = [
            (each.text, self._look(line.role, each.style, _part_of(each.link)))
            for each in line.pieces
        ]
        for number, mark in enumerate(self.marks):
            name = "page--match-here" if number == self.mark_here else "page--match"
            runs = paint_extent(runs, line, mark, self._part(name))
        runs = self._with_selection(runs, row)
        if self.chosen is not None:
            extent = _extent(self._links[self.chosen])
            runs = paint_extent(runs, line, extent, self._part("reader--chosen"))
        return runs if self.numbered is None else self._with_numbers(runs, row, line)

    def _with_selection(self, runs: list[Painted], row: int) -> list[Painted]:
        selection = self.text_selection
        span = selection.get_span(row) if selection else None
        if span is None:
            return runs
        start, end = span
        width = sum(len(text) for text, _ in runs)
        return paint(runs, start, width if end == -1 else end, _SELECTED)

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
        self._point_at(link.block, link.start)

    def _first_from_top(self, step: int) -> int:
        below = [n for n, each in enumerate(self._links) if (each.block, each.start) >= self.place]
        first = below[0] if below else 0
        return first if step > 0 else first - 1 if first else len(self._links) - 1

    def _links_in_sight(self) -> list[int]:
        """The links that begin in the rows on the screen."""
        top = self.top
        rows = range(top, top + self.size.height)
        placed = enumerate(self._links)
        return [n for n, each in placed if self._laid_out.row_of(each.block, each.start) in rows]

    def _take_digit(self, digit: str) -> None:
        typed = (self.numbered or "") + digit
        count = len(self._links_in_sight())
        number = int(typed)
        if not 1 <= number <= count:
            self.numbered = None
            self.post_message(self.Refused(f"There is no link {number} in sight"))
        elif number * 10 > count:
            link = self._links[self._links_in_sight()[number - 1]].link
            self.numbered = None
            self.post_message(self.LinkFollowed(link))
        else:
            self.numbered = typed

    def _link_at(self, row: int, column: int) -> Link | None:
        if not 0 <= row < len(self._laid_out.lines):
            return None
        at = 0
        for piece in self._laid_out.lines[row].pieces:
            at += cell_width(piece.text)
            if column < at:
                return piece.link if column >= 0 else None
        return None

    def _with_numbers(self, runs: list[Painted], row: int, line: Line) -> list[Painted]:
        style = self._part("reader--number")
        for number, index in enumerate(self._links_in_sight(), 1):
            link = self._links[index]
            if link.block == line.block and self._laid_out.row_of(link.block, link.start) == row:
                column = column_of(line, link.start)
                runs = replace_text(runs, column, f"[{number}]", style)
        return runs


def _part_of(link: Link | None) -> str:
    """The look of text with a link or none; one that leads nowhere does not look as if it did."""
    return "" if link is None else "page--link" if link.leads else "page--dead-link"


def _extent(link: PlacedLink) -> Extent:
    return link.block, link.start, link.start + len(link.text)
