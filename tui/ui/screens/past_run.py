"""One past run whole, over the diary."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.getters import query_one

from ...handbook.model import Handbook, Page
from ...session.history import Place
from ..widgets.bindings import bindings
from ..widgets.reader import Reader
from .answering import AnsweringModal


class PastRunScreen(AnsweringModal["Place | None"], inherit_bindings=False):
    """Answers with the place that a link leads to, or None."""

    BINDINGS = bindings("close", "quit", "diary")

    reader = query_one(Reader)

    def __init__(self, page: Page, handbook: Handbook) -> None:
        super().__init__()
        self._page = page
        self._handbook = handbook

    def compose(self) -> ComposeResult:
        """The page, in a reader of its own."""
        yield Reader()

    def on_mount(self) -> None:
        """Show the page."""
        self.reader.show(self._page)

    @on(Reader.LinkFollowed)
    def _follow(self, message: Reader.LinkFollowed) -> None:
        section = self._handbook.get(message.link.section)
        if section is not None:
            self.dismiss(Place(section.id))

    def action_diary(self) -> None:
        """Back to the diary."""
        self.dismiss(None)
