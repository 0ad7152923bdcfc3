"""What screens share: a status line, an answer that is given once, and links that lead on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from textual import on
from textual.await_complete import AwaitComplete
from textual.getters import query_one
from textual.screen import ModalScreen, Screen

from ...handbook.blocks import Link
from ...keys import Key
from ..messages import AddressFollowed
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
        from .help import HelpScreen, help_page  # noqa: PLC0415 - opened on demand

        self.app.push_screen(HelpScreen(help_page(text, self._keys.values(), pane)))

    def on_key(self) -> None:
        """Take away what was said: it has been read when the next key comes."""
        self.status.said = ""

    @on(Reader.LinkFollowed)
    def _follow_link(self, message: Reader.LinkFollowed) -> None:
        self.follow(message.link)

    @on(Reader.LinkChosen)
    def _show_keys_of_link(self) -> None:
        self.show_keys()

    @on(Reader.Refused)
    def _explain(self, message: Reader.Refused) -> None:
        self.refuse(message.why)


class AnswerScreen(Screen[T], inherit_bindings=False):
    """A screen that one leaves with an answer, and only once, however fast the keys come."""

    # With the first of them, not with the book: to read the rules takes time.
    CSS_PATH = Path(__file__).with_name("dialogs.tcss")

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Response and leave; once that is done, or while another screen is over this one, do nothing.

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
