"""The red flags over whatever is open: the signs on one screen, their reasons below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Never

from textual.app import ComposeResult

from ...handbook.blocks import Block
from ...handbook.model import Page
from ...keys import FOOTER, Key
from ..widgets.bindings import bindings
from ..widgets.reader import Reader
from ..widgets.status_bar import StatusBar
from .answering_screens import SideScreen


class RedFlagsScreen(SideScreen[Never], inherit_bindings=False):
    """Answers with the link that was followed, or None; what was open stays as it was."""

    BINDINGS = bindings(
        *("close", "quit", "back", "red-flags", "help", "find", "next-match", "previous-match")
    )
    AUTO_FOCUS = None

    def __init__(self, glance: tuple[Block, ...], page: Page, keys: Mapping[str, Key]) -> None:
        super().__init__(keys, lambda: None)
        self.glance = glance
        self.page = page

    def compose(self) -> ComposeResult:
        """The signs and the page, and the status line."""
        yield Reader()
        yield StatusBar()

    def on_mount(self) -> None:
        """Show the signs."""
        self.set_focus(self.reader)
        self.reader.show(Page(self.page.section, (*self.glance, *self.page.blocks)))
        self.show_keys()
        self.status.position = "reasons below"

    def footer(self) -> Iterable[Key]:
        """The keys of the text; the red flags are open already, and no key quits from here."""
        pane = "signs" if self.reader.chosen is None else "link"
        return (self._keys[name] for name in FOOTER[pane] if name not in ("red-flags", "quit"))

    def action_help(self) -> None:
        """Explain the keys of the text."""
        self.show_help(Reader.HELP, "text")

    def action_back(self) -> None:
        """Back to what was open."""
        self.dismiss(None)

    def action_red_flags(self) -> None:
        """Back to what was open."""
        self.dismiss(None)
