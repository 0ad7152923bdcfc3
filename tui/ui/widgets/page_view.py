"""A page on the screen: typeset to the width at hand, drawn line by line, kept at its sentence."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from ...handbook.blocks import Style
from ...handbook.model import Page
from ...layout.typesetting import Line, Role, TypesetPage, margin_in, typeset
from .bindings import bindings
from .painting import Mark, Run, paint, paint_mark

_ROLES = {
    Role.TITLE: "page--title",
    Role.HEADING: "page--heading",
    Role.SUBHEADING: "page--subheading",
    Role.CODE: "page--code",
    Role.RULE: "page--furniture",
}
_STYLES = {
    Style.STRONG: RichStyle(bold=True),
    Style.EMPHASIS: RichStyle(italic=True),
    Style.STRIKE: RichStyle(strike=True),
}

_SELECTED = RichStyle(reverse=True)


class PageView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a page and moves about in it."""

    BINDINGS = bindings(
        "line-down",
        "line-up",
        "page-down",
        "page-up",
        "half-page-down",
        "half-page-up",
        "top",
        "bottom",
    )

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "page--title",
        "page--heading",
        "page--subheading",
        "page--code",
        "page--furniture",
        "page--link",
        "page--match",
        "page--match-here",
    }

    page: var[Page | None] = var[Page | None](None, init=False)
    """What is shown."""
    marks: var[tuple[Mark, ...]] = var[tuple[Mark, ...]]((), init=False)
    """What a search found on the page."""
    mark_here: var[int] = var(0, init=False)
    """The match one is at, counted from 0."""
    in_sight: var[tuple[int, int, int]] = var((0, 0, 0), init=False)
    """The row on top, how many rows there is room for, and how many the page has."""

    class PageEnded(Message):
        """The reader asked for more at the end of the page."""

    def __init__(self) -> None:
        super().__init__()
        self._set = TypesetPage((), 0)
        self._looks: dict[tuple[Role, Style, bool], RichStyle] = {}
        self._waiting: tuple[int, int] | None = None
        self._settled: tuple[int, tuple[int, int]] | None = None

    @property
    def place(self) -> tuple[int, int]:
        """The block on top, and the character in it."""
        top = round(self.scroll_y)
        if self._settled is not None and self._settled[0] == top:
            # The line begins before the place: its beginning, kept, would drift at each resize.
            return self._waiting or self._settled[1]
        return self._waiting or self._set.place_of(top)

    @property
    def allow_vertical_scroll(self) -> bool:
        """The wheel moves the page, though it has no scroll bar."""
        return True

    @property
    def progress(self) -> int:
        """How much of the page has been in sight, in percent."""
        top, room, rows = self.in_sight
        return min(100 * (top + room) // max(rows, 1), 100)

    def show(self, page: Page, place: tuple[int, int] = (0, 0)) -> None:
        """Show a page from a place in it on."""
        self.marks = ()
        self._waiting = place
        self.page = page
        self._typeset()

    def go_to(self, block: int, character: int) -> None:
        """Bring a character of the page into sight, a third of the way down if it was not."""
        row = self._set.row_of(block, character)
        top = round(self.scroll_y)
        if not top <= row < top + self.size.height:
            self._scroll(row - self.size.height // 3)

    def watch_marks(self) -> None:
        """Show other matches."""
        self.refresh()

    def watch_mark_here(self) -> None:
        """Show another match as the one that the reader is at."""
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

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text that the mouse has selected."""
        return selection.extract("\n".join(line.text for line in self._set.lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 - Textual's
        """Show what is selected."""
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in a region; the first frame of a new width has the page already set to it."""
        self._fit()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the page, or a blank one below its end."""
        row = round(self.scroll_y) + y
        width = self.size.width
        if row >= len(self._set.lines):
            return Strip.blank(width, self.rich_style)
        runs = self.painted(row, self._set.lines[row])
        body = Strip([Segment(text, style) for text, style in runs]).apply_offsets(0, row)
        margin = Segment(" " * margin_in(width), self.rich_style)
        return Strip([margin, *body]).adjust_cell_length(width, self.rich_style)

    def _fit(self) -> None:
        """Set the page anew if the width has changed; the same sentence stays on top."""
        if self.size.width != self._set.width or self._waiting:
            self._waiting = self.place
            self._typeset()

    def _typeset(self) -> None:
        width = self.size.width
        if self.page is None or not width:
            return
        self._set = TypesetPage(typeset(self.page, width - margin_in(width) - 1).lines, width)
        # Without telling the screen: without scroll bars another length needs no other layout.
        self.set_reactive(PageView.virtual_size, Size(width, len(self._set.lines)))
        place = self._waiting or (0, 0)
        self._waiting = None
        self._scroll(self._set.row_of(*place) if place > (0, 0) else 0)
        self._settled = (round(self.scroll_y), place)
        self.refresh()
        self._note_sight()

    def _scroll(self, row: float) -> None:
        self.scroll_to(y=row, animate=False, immediate=True, force=True)

    def _note_sight(self) -> None:
        self.in_sight = round(self.scroll_y), self.size.height, len(self._set.lines)

    def _part(self, name: str) -> RichStyle:
        return self.get_component_rich_style(name, partial=True)

    def _look(self, role: Role, style: Style, linked: bool) -> RichStyle:
        look = self._looks.get((role, style, linked))
        if look is None:
            look = self.rich_style
            if role in _ROLES:
                look += self._part(_ROLES[role])
            if linked:
                look += self._part("page--link")
            if Style.CODE in style:
                look += self._part("page--code")
            for flag, rich_style in _STYLES.items():
                look += rich_style if flag in style else RichStyle.null()
            self._looks[role, style, linked] = look
        return look

    def painted(self, row: int, line: Line) -> list[Run]:
        """The stretches of a line with their styles; what else is shown over them is added here."""
        runs = [
            (each.text, self._look(line.role, each.style, each.link is not None))
            for each in line.pieces
        ]
        for number, mark in enumerate(self.marks):
            name = "page--match-here" if number == self.mark_here else "page--match"
            runs = paint_mark(runs, line, mark, self._part(name))
        return self._with_selection(runs, row)

    def _with_selection(self, runs: list[Run], row: int) -> list[Run]:
        selection = self.text_selection
        span = selection.get_span(row) if selection else None
        if span is None:
            return runs
        start, end = span
        width = sum(len(text) for text, _ in runs)
        return paint(runs, start, width if end == -1 else end, _SELECTED)
