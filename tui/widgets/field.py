"""A line to write in."""

from __future__ import annotations

import unicodedata

from textual.binding import Binding
from textual.widgets import Input

from ..diary.model import LONGEST_TEXT


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

    def insert_text_at_cursor(self, text: str) -> None:
        """Write text where the cursor is, with a space for each control character in it."""
        plain = (" " if unicodedata.category(each) == "Cc" else each for each in text)
        super().insert_text_at_cursor("".join(plain))
