"""The base of our lists: lines, of which some belong to rows that can be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ...handbook.blocks import Link
from ...layout.wrapping import MEASURE, cell_width, margin_in
from .bindings import bindings
from .terminal_cursor import put_cursor

MARK = "> "
"""Stands in the margin before the chosen row, so that it shows without color too."""
ROOM_FOR_MORE = 5
"""Lines; a lower list has none to spare to say that it goes on."""
_COMMON = ("here", "faint", "cursor")
_LOOKS = (
    *("title", "heading", "strong", "link", "match", "warning", "done"),
    *("now", "today", "book"),
    *("bar", "track", "rule"),
)
EVERY_LOOK = {f"line-list--{look}" for look in _LOOKS}
"""The component classes of a list whose lines have more than the looks that the contents have.

Textual works out each of them thrice before a list shows, and the contents show first.
"""


class Part(NamedTuple):
    """A stretch of a line, and how it looks: the end of the name of a component class, or nothing."""

    text: str
    look: str = ""
    link: Link | None = None


class ListLine(NamedTuple):
    """One line as it is shown."""

    parts: tuple[Part, ...] = ()
    row: int | None = None
    """The number of the row that it belongs to, from 0; None for the words around the rows."""
    is_detail: bool = False
    """Whether it stands below its row's own lines, and stays as it is when the row is chosen."""

    @property
    def text(self) -> str:
        """The line without its looks."""
        return "".join(each.text for each in self.parts)

    def at(self, column: int) -> Part | None:
        """The part that the cell in this column shows."""
        end = 0
        for each in self.parts:
            end += cell_width(each.text)
            if 0 <= column < end:
                return each
        return None


class LineList(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows lines, has one row of them chosen, and keeps it in sight.

    A subclass gives its lines to `show_lines`. One with very many tells `lay_out` how many they
    are and which of them are rows, and makes each one in `line_at` when it is drawn.
    """

    BINDINGS = bindings("line-down", "line-up", "top", "bottom")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line-list--{look}" for look in _COMMON}
    WRAPS: ClassVar[bool] = False
    """Whether the first row follows the last."""
    SAYS_MORE: ClassVar[bool] = False
    """Whether a list that is longer than the screen says how many rows are still below."""

    cursor: var[int] = var(0, init=False)
    """The number of the chosen row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[range] = ()
        """The lines of each row."""
        self._lines: Sequence[ListLine] = ()
        self._foot: Sequence[ListLine] = ()
        self._height = 0
        self._looks: dict[str, Style] = {}

    def line_at(self, number: int) -> ListLine:
        """A line, by its number from 0."""
        return self._lines[number]

    def show_lines(self, lines: Iterable[ListLine], foot: Sequence[ListLine] = ()) -> None:
        """Take these lines, and those of them with the number of a row as the rows.

        The lines of the foot stand at the end of the screen and do not scroll.
        """
        before, self._lines = self._lines, tuple(lines)
        foot_before, self._foot = self._foot, foot
        self._take(len(self._lines), _rows_in(self._lines))
        if len(foot) != len(foot_before):
            self.refresh()
            return
        for number, (old, new) in enumerate(zip_longest(before, self._lines)):
            if old != new:
                self.refresh_line(number)
        if foot != foot_before or self._more_lines:
            self.refresh(Region(0, self.sight, self.size.width, len(foot) + self._more_lines))

    def lay_out(self, height: int, rows: Iterable[range]) -> None:
        """Take so many lines, and these of them as the rows."""
        self._take(height, rows)
        self.refresh()

    @property
    def count(self) -> int:
        """How many rows can be chosen; known before there is a width to break their lines for."""
        return len(self.rows)

    @property
    def margin(self) -> int:
        """Cells left of the text; the mark of the chosen row stands in the last of them."""
        return margin_in(self.size.width)

    @property
    def room(self) -> int:
        """Cells for the text of a line."""
        return max(min(self.size.width - self.margin - 1, MEASURE), 1)

    @property
    def top(self) -> int:
        """The number of the line on top."""
        return round(self.scroll_y)

    @property
    def sight(self) -> int:
        """How many lines show at once, besides the foot and the line that says what is below."""
        return max(self.size.height - len(self._foot) - self._more_lines, 0)

    @property
    def rows_below(self) -> int:
        """How many rows do not show whole because they stand below what is in sight."""
        return sum(each.stop > self.top + self.sight for each in self.rows)

    @property
    def more_below(self) -> str:
        """What the line says that stands below a list longer than the screen."""
        return f"↓ {self.rows_below} more below"

    @property
    def has_keys(self) -> bool:
        """Whether the keys move the cursor: only then the chosen row stands out."""
        return self.has_focus

    @property
    def allow_vertical_scroll(self) -> bool:
        """The wheel moves the lines, though they have no scroll bar."""
        return True

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, self.count - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Keep the chosen row in sight."""
        self.keep_in_sight()
        for row in (before, now):
            if row < len(self.rows):
                self.refresh_lines(self.rows[row].start, len(self.rows[row]))

    def notify_style_update(self) -> None:
        """Forget the looks of another theme."""
        super().notify_style_update()
        self._looks.clear()

    def keep_in_sight(self) -> None:
        """Scroll so that the chosen row shows whole.

        With the first row show the lines above it, and with the last those below, where they fit.
        """
        self._measure()
        height = self.sight
        if not height or self.cursor >= len(self.rows):
            return
        mine = self.rows[self.cursor]
        first = 0 if self.cursor == 0 else mine.start
        last = self._height - 1 if self.cursor == self.count - 1 else mine.stop - 1
        if last - first >= height:
            first, last = mine.start, mine.stop - 1
        # By half a screen, since each time the lines move all of them are sent.
        if first < self.top:
            self.go_to(min(first, max(first - height // 2, last - height + 1)))
        elif last >= self.top + height:
            self.go_to(min(first, last - height + 1 + height // 2))

    def go_to(self, line: int) -> None:
        """Scroll to have a line on top, or as near as the length allows."""
        if line != self.top:
            self.scroll_to(y=line, animate=False, immediate=True, force=True)

    def on_click(self, event: events.Click) -> None:
        """Find the line that was clicked."""
        at = event.get_content_offset(self)
        line = self._line_in_sight(at.y) if at is not None else None
        if at is not None and line is not None:
            self.click_line(line, at.x - self.margin)

    def click_line(self, line: ListLine, column: int) -> None:  # noqa: ARG002 - for subclasses
        """Choose the row that was clicked, in a column of the text."""
        if line.row is not None:
            self.cursor = line.row

    def move_by(self, by: int) -> None:
        """Choose the row so many lower; a negative number goes up."""
        row = self.cursor + by
        self.cursor = row % self.count if self.WRAPS and self.count else row

    def action_line_down(self) -> None:
        """Choose the next row."""
        self.move_by(1)

    def action_line_up(self) -> None:
        """Choose the row before."""
        self.move_by(-1)

    def action_top(self) -> None:
        """Choose the first row."""
        self.cursor = 0

    def action_bottom(self) -> None:
        """Choose the last row."""
        self.cursor = self.count - 1

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in a region, with the terminal's cursor on the chosen row."""
        if self.cursor < len(self.rows):
            put_cursor(self, *self.cursor_at, here=self.has_cursor)
        return super().render_lines(crop)

    @property
    def has_cursor(self) -> bool:
        """Whether the terminal's cursor belongs here."""
        return self.screen.focused is self

    @property
    def cursor_at(self) -> tuple[int, int]:
        """The line and the column on the screen of the chosen row's beginning."""
        return self.rows[self.cursor].start - self.top, max(self.margin - len(MARK), 0)

    def render_line(self, y: int) -> Strip:
        """One line of the list, or a blank one below its end."""
        line, width, plain = self._line_in_sight(y), self.size.width, self.rich_style
        if line is None:
            return Strip.blank(width, plain)
        if line.row == self.cursor and not line.is_detail and self.has_keys:
            return self._bar(line, self.rows[line.row].start == self.top + y)
        margin = Segment(" " * self.margin, plain)
        text = (Segment(each.text, self.look(each.look)) for each in line.parts)
        return Strip([margin, *text]).adjust_cell_length(width, plain)

    def look(self, name: str) -> Style:
        """The style of one of the `LOOKS`; of none, that of plain text."""
        look = self._looks.get(name)
        if look is None:
            part = f"line-list--{name}"
            style = self.get_component_rich_style(part, partial=True) if name else Style.null()
            look = self._looks[name] = self.rich_style + style
        return look

    def _take(self, height: int, rows: Iterable[range]) -> None:
        self.rows = tuple(rows)
        self._height = height
        self._measure()
        self.cursor = self.validate_cursor(self.cursor)

    def _measure(self) -> None:
        """Set how far one can scroll, for this size of the window.

        Without telling the screen: without scroll bars another length needs no other layout.
        """
        height = self._height + len(self._foot) + self._more_lines
        self.set_reactive(LineList.virtual_size, Size(self.size.width, height))

    @property
    def _more_lines(self) -> int:
        """The line that says how many rows are below, where the list is longer than the screen."""
        height = self.size.height - len(self._foot)
        return int(self.SAYS_MORE and ROOM_FOR_MORE <= height < self._height)

    def _line_in_sight(self, y: int) -> ListLine | None:
        """What stands in a line of the screen; None below the end."""
        foot = self.size.height - len(self._foot)
        if foot <= y < self.size.height:
            return self._foot[y - foot]
        if self.sight <= y < foot:
            return ListLine((Part(self.more_below, "faint"),)) if self.rows_below else None
        number = self.top + y
        return self.line_at(number) if y >= 0 and number < self._height else None

    def _bar(self, line: ListLine, is_first: bool) -> Strip:
        """A line of the chosen row: a bar over its text, and the mark before its first line."""
        bar = self.look("cursor")
        mark = (MARK if is_first else "").ljust(len(MARK))
        left = max(self.margin - len(mark), 0)
        text = (Segment(each.text, self._over(each.look)) for each in line.parts)
        strip = Strip([Segment(mark, bar), *text]).adjust_cell_length(
            min(self.room + 2 * len(mark), self.size.width - left), bar
        )
        margin = Segment(" " * left, self.rich_style)
        return Strip([margin, *strip]).adjust_cell_length(self.size.width, self.rich_style)

    def _over(self, name: str) -> Style:
        """The bar, over text that keeps what it is besides color."""
        bar = self.look("cursor")
        return self.look(name) + bar if name == "match" else bar


def _rows_in(lines: Iterable[ListLine]) -> Iterable[range]:
    rows: dict[int, range] = {}
    for number, line in enumerate(lines):
        if line.row is not None:
            start = rows[line.row].start if line.row in rows else number
            rows[line.row] = range(start, number + 1)
    return rows.values()
