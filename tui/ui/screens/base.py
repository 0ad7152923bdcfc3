"""What screens with a status line share: what is said there, help, and links that lead on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from textual import events, on
from textual.getters import query_one
from textual.screen import Screen

from ...handbook.blocks import Link
from ...keys import Key
from ..messages import AddressFollowed, HelpRequested
from ..widgets.reader import Reader
from ..widgets.status_bar import StatusBar

T = TypeVar("T")


class StatusScreen(Screen[T], inherit_bindings=False):
    """A screen with a status line: the keys that matter, or a word to the reader."""

    status = query_one(StatusBar)

    def __init__(self, keys: Mapping[str, Key]) -> None:
        super().__init__()
        self._keys = keys

    def say(self, words: str) -> None:
        """Say something to the reader until the next key."""
        self.status.said = words

    def warn(self, words: str) -> None:
        """Say what the reader must know for as long as it holds; no key ends it."""
        self.status.warning = words

    def footer(self) -> Iterable[Key]:
        """The keys that matter now, the most useful first."""
        return ()

    def show_keys(self) -> None:
        """Show the keys that matter now."""
        self.status.keys = tuple(self.footer())

    def follow(self, link: Link) -> None:
        """Go where a link leads; the app sees to those that lead out of the book."""
        self.post_message(AddressFollowed(link.address))

    def refuse(self, why: str) -> None:
        """Say why a key of the text did nothing."""
        self.say(why)

    def show_help(self, text: str, pane: str) -> None:
        """Explain a pane and its keys."""
        self.post_message(HelpRequested(text, pane))

    def why_not(self, event: events.Key) -> str:  # noqa: ARG002 - for subclasses
        """Why a key does nothing here; empty where it does something, or means nothing anywhere."""
        return ""

    def on_key(self, event: events.Key) -> None:
        """Take away what was said, which has been read by now, and say why a key does nothing."""
        self.status.said = self.why_not(event)

    @on(Reader.LinkFollowed)
    def _follow_link(self, message: Reader.LinkFollowed) -> None:
        self.follow(message.link)

    @on(Reader.LinkChosen)
    def _show_keys_of_link(self) -> None:
        self.show_keys()

    @on(Reader.Refused)
    def _explain(self, message: Reader.Refused) -> None:
        self.refuse(message.why)
