"""What screens with a status line share: what is said there, help, and links that lead on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar, TypeVar

from textual import events, on
from textual.getters import query_one
from textual.screen import Screen
from textual.widget import Widget

from ...handbook.blocks import Link
from ...keys import ANYWHERE, Key, display
from ...terminal.textual_private import key_events
from ..controllers.finder import Finder, FinderInList, FinderOnPage, Found
from ..messages import AddressFollowed, FindRequested, HelpRequested, SearchRequested
from ..widgets.line_list import LineList
from ..widgets.reader import Reader
from ..widgets.status_bar import StatusBar

T = TypeVar("T")
WHERE = {
    "text": "on a page",
    "checklist": "on a checklist",
    "contents": "in the contents",
    "diary": "in the diary",
    "question": "in the self-check",
    "map": "on the body map",
    "routine": "in a routine",
    "list": "in a list",
    "search box": "in the search box",
    "find line": "in the line that finds",
    ANYWHERE: "in the book",
}
"""Where the keys of a pane work."""
NOT_NOW = {
    "back": "There is no page to go back to",
    "forward": "There is no page to go forward to",
}
"""Why the keys of an action do nothing now, for those that cannot always work."""
HAS_KEYS = " ━━━━"
"""Stands over the pane that has the keys."""
FIND_IN_BOOK = "the whole book"


class StatusScreen(Screen[T], inherit_bindings=False):
    """A screen with a status line: the keys that matter, or a word to the reader."""

    PLACES: ClassVar[tuple[str, ...]] = tuple(WHERE)
    """Where keys may work that do not work here, the nearest first."""

    status = query_one(StatusBar)
    can_search: bool = False
    """Whether the whole book can be searched from here."""

    def __init__(self, keys: Mapping[str, Key]) -> None:
        super().__init__()
        self._keys = keys
        self._finder: Finder | None = None
        """What was found last in what is open."""

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

    def mark_pane(self, having_keys: Widget, *others: Widget) -> None:
        """Show which of these panes has the keys; one that is alone needs no mark."""
        having_keys.border_title = HAS_KEYS if others else None
        for each in others:
            each.border_title = None

    def follow(self, link: Link) -> None:
        """Go where a link leads; the app sees to those that lead out of the book."""
        self.post_message(AddressFollowed(link.address))

    def refuse(self, why: str) -> None:
        """Say why a key of the text did nothing."""
        self.say(why)

    def show_help(self, text: str, pane: str) -> None:
        """Explain a pane and its keys."""
        self.post_message(HelpRequested(text, pane))

    def action_find(self) -> None:
        """Find words in the page or the list that has the keys."""
        finder = self.finder()
        if finder is not None:
            tells = f"{self._keys['in-book'].names}: {FIND_IN_BOOK}" if self.can_search else ""
            self._finder = finder
            self.post_message(FindRequested(finder, tells, self._found_words))

    def action_next_match(self) -> None:
        """Go to the next place that was found."""
        self._step_found(1)

    def action_previous_match(self) -> None:
        """Go to the place before."""
        self._step_found(-1)

    def finder(self) -> Finder | None:
        """What finds words in what has the keys; None where nothing of it can be found."""
        if isinstance(self.focused, Reader):
            return FinderOnPage(self.focused)
        return FinderInList(self.focused) if isinstance(self.focused, LineList) else None

    def search_for(self, words: str) -> None:
        """Search the whole book, for which a screen over it is left."""
        self.dismiss(None)
        self.app.post_message(SearchRequested(words))

    def found_still(self) -> bool:
        """Whether words were found here that one can still go to."""
        return self._finder is not None and self._finder.holds

    def _found_words(self, found: Found | None) -> None:
        if found is not None and found.in_book:
            self.search_for(found.words)
        elif found is not None and found.words.strip() and not self.found_still():
            self.say(f"“{found.words}” is not here")

    def _step_found(self, by: int) -> None:
        if self._finder is not None and self._finder.holds:
            self.say(self._finder.step(by))
        else:
            self.say(f"Nothing was looked for here yet; {self._keys['find'].names} finds")

    def why_not(self, event: events.Key) -> str:
        """Why a key does nothing here; empty where it does something, or means nothing anywhere."""
        pressed = {event.key, event.character}
        means = {key.where: key for key in self._keys.values() if pressed & {*key.keys}}
        bound = self.active_bindings.get(event.key) if means else None
        if not means or (bound is not None and bound.enabled):
            return ""
        if bound is not None:
            return NOT_NOW.get(bound.binding.action, "")
        where = next((each for each in (*self.elsewhere, *self.PLACES) if each in means), None)
        if where is None:
            return ""
        key = means[where]
        name = display(next(each for each in key.keys if each in pressed))
        meaning = re.split("[,;]", key.meaning)[0]
        return f"{name} works {WHERE[where]}{self.way_to(where)}: {meaning}"

    @property
    def elsewhere(self) -> Iterable[str]:
        """The panes to name first, where a key means something in several."""
        return ()

    def way_to(self, where: str) -> str:  # noqa: ARG002 - for subclasses
        """The key that leads to another pane, in parentheses; empty where none does."""
        keys = self._keys["close"].keys
        return f" ({display(keys[0])})" if keys else ""

    def on_key(self, event: events.Key) -> None:
        """Take away what was said, which has been read by now, and say why a key does nothing."""
        self.status.said = self.why_not(event)
        self.status.greeting = ()

    @on(StatusBar.KeyClicked)
    def _press(self, message: StatusBar.KeyClicked) -> None:
        name = message.key.keys[0]
        for event in key_events(name) if len(name) == 1 else (events.Key(name, None),):
            # A screen gets no event on the way up that it sent itself.
            self.app.post_message(event.set_sender(self.status))

    @on(Reader.LinkFollowed)
    def _follow_link(self, message: Reader.LinkFollowed) -> None:
        self.follow(message.link)

    @on(Reader.LinkChosen)
    def _show_keys_of_link(self) -> None:
        self.show_keys()

    @on(Reader.Refused)
    def _explain(self, message: Reader.Refused) -> None:
        self.refuse(message.why)
