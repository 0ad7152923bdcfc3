"""What a screen can ask of the app: a text copied, an address followed, words found, a pane explained."""

from __future__ import annotations

from collections.abc import Callable

from textual.message import Message

from .controllers.finder import Finder, Found


class CopyRequested(Message):
    """A text is to be copied; `name` is what a file with it would be called."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__()
        self.text = text
        self.name = name


class AddressFollowed(Message):
    """A link out of the book was followed."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address


class HelpRequested(Message):
    """A pane and its keys are to be explained; `text` is the pane's own.

    Keys that mean nothing in this book, by their ids, are left out.
    """

    def __init__(self, text: str, pane: str, missing: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.text = text
        self.pane = pane
        self.missing = missing


class FindRequested(Message):
    """Words are to be found in what is open; `tells_book` says how one searches the whole book instead."""

    def __init__(
        self, finder: Finder, tells_book: str, then: Callable[[Found | None], None]
    ) -> None:
        super().__init__()
        self.finder = finder
        self.tells_book = tells_book
        self.then = then


class SearchRequested(Message):
    """The whole book is to be searched for words that were looked for on a screen over it."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words
