"""The red flags over whatever is open: the signs on one screen, their reasons below."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.getters import query_one

from ...handbook.blocks import Block, Link
from ...handbook.model import Page
from ...keys import FOOTER, Key
from ..messages import AddressFollowed
from ..widgets.bindings import bindings
from ..widgets.reader import Reader
from ..widgets.status_bar import StatusBar
from .answering import AnsweringScreen


class RedFlagsScreen(AnsweringScreen[Link | None], inherit_bindings=False):
    """Answers with the link that was followed, or None; what was open stays as it was."""

    BINDINGS = bindings("close", "quit", "back", "red-flags", "help")
    AUTO_FOCUS = None

    reader = query_one(Reader)
    status = query_one(StatusBar)

    def __init__(self, glance: tuple[Block, ...], page: Page, keys: Mapping[str, Key]) -> None:
        super().__init__()
        self.glance = glance
        self.page = page
        self._keys = keys

    def compose(self) -> ComposeResult:
        """The signs and the page, and the status line."""
        yield Reader()
        yield StatusBar()

    def on_mount(self) -> None:
        """Show the signs."""
        self.set_focus(self.reader)
        self.reader.show(Page(self.page.section, (*self.glance, *self.page.blocks)))
        self._say_keys()

    def on_key(self) -> None:
        """Anything said has been read when the next key comes."""
        self.status.said = ""

    @on(Reader.LinkFollowed)
    def _follow(self, message: Reader.LinkFollowed) -> None:
        if message.link.section:
            self.dismiss(message.link)
        else:
            self.post_message(AddressFollowed(message.link.address))

    @on(Reader.Refused)
    def _explain(self, message: Reader.Refused) -> None:
        self.status.said = message.why

    @on(Reader.LinkChosen)
    def _say_keys(self) -> None:
        pane = "signs" if self.reader.chosen is None else "link"
        names = (name for name in FOOTER[pane] if name not in ("red-flags", "quit"))
        self.status.keys = tuple(self._keys[name] for name in names)
        self.status.position = "reasons below"

    def action_help(self) -> None:
        """Explain the keys of the text."""
        from .help import HelpScreen, help_page  # noqa: PLC0415 - opened on demand

        self.app.push_screen(HelpScreen(help_page(Reader.HELP, self._keys.values(), "text")))

    def action_back(self) -> None:
        """Back to what was open."""
        self.dismiss(None)

    def action_red_flags(self) -> None:
        """Back to what was open."""
        self.dismiss(None)
