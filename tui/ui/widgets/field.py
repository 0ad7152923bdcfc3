"""A line to write in."""

from __future__ import annotations

from rich.style import Style
from textual.binding import Binding
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input

from ...diary.model import LONGEST_TEXT
from ...handbook.safe_text import typeable
from .painting import laid_over
from .terminal_cursor import put_cursor

UNDERLINED = Style(underline=True)


class Field(Input, inherit_bindings=False):
    """Textual's input without what is ours or the terminal's: Ctrl+C, Ctrl+V, a blinking cursor."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way to declare them
        each
        for each in Input.BINDINGS
        if isinstance(each, Binding) and each.action not in ("copy", "cut", "paste")
    ]

    takes_cursor = True
    """Whether the terminal's cursor belongs here while the keys do."""

    def __init__(self, value: str = "", longest: int = LONGEST_TEXT) -> None:
        super().__init__(value, max_length=longest, select_on_focus=False, compact=True)
        self.cursor_blink = False

    def render_lines(self, crop: Region) -> list[Strip]:
        """The line, with the terminal's cursor where one writes, also before the first key."""
        x, y = self.cursor_screen_offset - self.content_region.offset
        put_cursor(self, y, x, here=None if self.takes_cursor else False)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """The line, underlined to its end, since few backgrounds tell a line to write in."""
        strip = super().render_line(y).extend_cell_length(self.content_size.width, self.rich_style)
        return laid_over(strip, UNDERLINED)

    def validate_value(self, value: str) -> str:
        """What stands in the line, with a space for each character that is not safe to show.

        All that is typed, pasted or filled in comes by here.
        """
        return typeable(value)
