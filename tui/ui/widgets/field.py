"""A line to write in."""

from __future__ import annotations

from textual.binding import Binding
from textual.widgets import Input

from ...diary.model import LONGEST_TEXT
from ...handbook.safe_text import typeable


class Field(Input, inherit_bindings=False):
    """Textual's input without what is ours or the terminal's: Ctrl+C, Ctrl+V, a blinking cursor."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way to declare them
        each
        for each in Input.BINDINGS
        if isinstance(each, Binding) and each.action not in ("copy", "cut", "paste")
    ]

    def __init__(self, value: str = "", longest: int = LONGEST_TEXT) -> None:
        super().__init__(value, max_length=longest, select_on_focus=False, compact=True)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """What stands in the line, with a space for each character that is not safe to show.

        All that is typed, pasted or filled in comes by here.
        """
        return typeable(value)
