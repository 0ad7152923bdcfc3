"""A list of lines of which one can be chosen, with the keys of all our lists."""

from __future__ import annotations

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import OptionList

from ...terminal.textual_private import first_line_of
from .bindings import bindings
from .terminal_cursor import put_cursor

MARK = "> "
"""Stands before the chosen line, in the room that the style sheet leaves."""


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
        """One line of the list; the chosen one is marked, so that it shows without color too."""
        strip = super().render_line(y)
        chosen = first_line_of(self, self.highlighted) == self.scroll_offset.y + y
        if not chosen or strip.cell_length <= len(MARK):
            return strip
        style = next((segment.style for segment in strip), None)
        return Strip([Segment(MARK, style), *strip.crop(len(MARK))])

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
