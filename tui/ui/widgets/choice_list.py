"""A list of lines of which one can be chosen, with the keys of all our lists."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import OptionList

from ...terminal.textual_private import first_line_of
from .bindings import bindings
from .painting import laid_over
from .terminal_cursor import put_cursor

MARK = "> "
"""Stands before the chosen line, in the room that the style sheet leaves."""


BAR = Style(reverse=True)


class ChoiceList(OptionList, inherit_bindings=False):
    """Textual's list with our keys."""

    HELP = """
    # A list

    Enter takes the chosen line, Esc leaves it all as it was.
    """

    BINDINGS = bindings("line-down", "line-up", "top", "bottom", "choose")

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in a region, with the terminal's cursor on the chosen one."""
        put_cursor(self, first_line_of(self, self.highlighted) - self.scroll_offset.y)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the list; the chosen one has the bar and the mark of all our lists."""
        strip = super().render_line(y)
        row, at = self.scroll_offset.y + y, self.highlighted
        first, after = first_line_of(self, at), first_line_of(self, -1 if at is None else at + 1)
        end = after if after >= 0 else self.virtual_size.height
        if not 0 <= first <= row < end:
            return strip
        style = next((segment.style for segment in strip), None)
        mark = MARK if row == first else " " * len(MARK)
        return laid_over(Strip([Segment(mark, style), *strip.crop(len(MARK))]), BAR)

    def action_line_down(self) -> None:
        """Choose the next line."""
        self.action_cursor_down()

    def action_line_up(self) -> None:
        """Choose the line before."""
        self.action_cursor_up()

    def action_top(self) -> None:
        """Choose the first line."""
        self.action_first()

    def action_bottom(self) -> None:
        """Choose the last line."""
        self.action_last()

    def action_choose(self) -> None:
        """Take the chosen line."""
        self.action_select()
