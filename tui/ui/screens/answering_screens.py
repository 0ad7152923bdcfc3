"""Screens that one leaves with an answer; none of them is loaded before the book is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.getters import query_one
from textual.screen import ModalScreen, Screen
from textual.timer import Timer

from ...diary.drafts import Draft, Words
from ...handbook.blocks import Link
from ...keys import Key
from ..widgets.reader import Reader
from .base import StatusScreen

T = TypeVar("T")
LEAVES = "Esc leaves"
"""What stands at the foot of a dialog without a line to write in."""

KEEP_AFTER = 0.5
"""Seconds after a key until what is half typed is kept; a dropped line loses no more than that."""


class AnswerScreen(Screen[T], inherit_bindings=False):
    """A screen that one leaves with an answer, and only once, however fast the keys come."""

    # With the first of them, not with the book: to read the rules takes time.
    CSS_PATH = Path(__file__).with_name("dialogs.tcss")

    draft: Draft | None = None
    """Where what is half typed is kept, until it is used or refused; None keeps nothing."""
    _keeping: Timer | None = None

    @property
    def half_typed(self) -> Words:
        """What would be lost now if the line dropped."""
        return ()

    def keep_soon(self) -> None:
        """Keep what is half typed, but not with each key."""
        if self.draft is not None and self._keeping is None:
            self._keeping = self.set_timer(KEEP_AFTER, self._keep)

    def _keep(self) -> None:
        self._keeping = None
        if self.draft is not None:
            self.draft.keep(self.half_typed)

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Answer and leave; once that is done, or while another screen is over this one, do nothing.

        A second key may be on its way when the first one leaves the screen, and Textual would take
        away the screen below.
        """
        if self.is_active:
            if self._keeping is not None:
                self._keeping.stop()
            if self.draft is not None:
                self.draft.forget()
            return super().dismiss(result)
        return AwaitComplete()

    def action_close(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def action_quit(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)


class AnswerModal(ModalScreen[T], AnswerScreen[T], inherit_bindings=False):
    """Such a screen over another one that stays in sight; the first base gives it its style."""


class SideScreen(StatusScreen[T | Link | None], AnswerScreen[T | Link | None]):
    """A screen beside the book, with a text of its own; answers with the link that was followed."""

    reader = query_one(Reader)

    def __init__(
        self, keys: Mapping[str, Key], red_flags: Callable[[], Screen[Link | None] | None]
    ) -> None:
        super().__init__(keys)
        self._red_flags = red_flags

    def follow(self, link: Link) -> None:
        """Leave for the page that a link leads to."""
        if link.section:
            self.dismiss(link)
        else:
            super().follow(link)

    def action_red_flags(self) -> None:
        """Look at the red flags, and come back."""
        screen = self._red_flags()
        if screen is not None:
            self.app.push_screen(screen, self._leave_by)

    def _leave_by(self, link: Link | None) -> None:
        if link is not None:
            self.dismiss(link)
