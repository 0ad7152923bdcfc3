"""Screens that answer once, however fast the keys come."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

T = TypeVar("T")


class AnsweringScreen(Screen[T], inherit_bindings=False):
    """A screen that one leaves with an answer."""

    # With the first of them, not with the book: to read the rules takes time.
    CSS_PATH = Path(__file__).with_name("answering.tcss")

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Answer and leave; once that is done, or while another screen is over this one, do nothing.

        A second key may be on its way when the first one leaves the screen, and Textual would take
        away the screen below.
        """
        if self.is_current:
            return super().dismiss(result)
        return AwaitComplete()

    def action_close(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def action_quit(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)


class AnsweringModal(ModalScreen[T], AnsweringScreen[T], inherit_bindings=False):
    """Such a screen over another one that stays in sight; the first base gives it its style."""
