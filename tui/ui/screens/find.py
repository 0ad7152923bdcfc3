"""The line at the foot of the screen that finds words in what is open above it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widgets import Label

from ..controllers.finder import Finder, Found
from ..widgets.bindings import bindings
from ..widgets.field import Field
from .answering_screens import AnswerModal

LONGEST = 200
"""Characters."""
ROOM_TO_TELL = 60
"""Columns; a narrower line has none to spare for more than the words and how often they are there."""


class FindScreen(AnswerModal[Found | None], inherit_bindings=False):
    """Finds with each letter; answers with the words, or None where all is to be as it was."""

    BINDINGS = bindings("close", "in-book")
    AUTO_FOCUS = "Field"

    field = query_one(Field)

    def __init__(self, finder: Finder, *, tells_book: str) -> None:
        super().__init__()
        self._finder = finder
        self._tells_book = tells_book
        """How one searches the whole book from here; empty where one cannot."""

    def compose(self) -> ComposeResult:
        """The line: what it is, the words, and how often they are there."""
        with Horizontal():
            yield Label("Find here:", markup=False)
            yield Field(longest=LONGEST)
            yield Label(self._tells, id="count", markup=False)

    @property
    def _tells(self) -> str:
        """How one searches the whole book, where that leaves room for the words."""
        return self._tells_book if self.app.size.width >= ROOM_TO_TELL else ""

    @on(Field.Changed)
    def _find(self) -> None:
        found = self._finder.find(self.field.value)
        said = (f"{found} found" if found else "not here") if self.field.value.strip() else ""
        shown = " · ".join(filter(None, (said, self._tells)))
        self.query_one("#count", Label).update(shown)

    @on(Field.Submitted)
    def _stay(self) -> None:
        self.dismiss(Found(self.field.value))

    def action_in_book(self) -> None:
        """Search the whole book for the words."""
        if self._tells_book:
            self._finder.leave()
            self.dismiss(Found(self.field.value, in_book=True))

    def action_close(self) -> None:
        """Leave all as it was."""
        self._finder.leave()
        self.dismiss(None)
