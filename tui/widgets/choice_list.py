"""A list of lines of which one can be chosen, with the keys of all our lists."""

from __future__ import annotations

from textual.widgets import OptionList

from .bindings import bindings


class ChoiceList(OptionList, inherit_bindings=False):
    """Textual's list with our keys."""

    HELP = """
    # A list

    Enter takes the chosen line, Esc leaves it all as it was.
    """

    BINDINGS = bindings("line-down", "line-up", "top", "bottom", "choose")

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
