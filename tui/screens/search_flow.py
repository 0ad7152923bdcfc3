"""Searching from the reading screen: the index behind the box, and the matches one goes through."""

from __future__ import annotations

import asyncio
from typing import Protocol, TypeVar

from textual.screen import Screen

from ..handbook.errors import ContentError
from ..handbook.loading import Pages
from ..handbook.model import Handbook
from ..handbook.searching import Index
from ..handbook.synonyms import load_synonyms
from ..matches import Matches
from ..trail import Place
from .search import SearchScreen

T = TypeVar("T")


class Host(Protocol):
    """The screen that a search speaks through."""

    def say(self, words: str) -> None:
        """Say a word to the reader until the next key."""

    def show_matches(self, matches: Matches | None) -> None:
        """Mark the matches on the page that is open, and go to the one at hand."""

    def open_place(self, place: Place) -> None:
        """Go on to a place in the book."""

    async def ask(self, screen: Screen[T]) -> T | None:
        """Show a screen over this one and wait for its answer; only in a worker."""


class SearchFlow:
    """One search at a time; the index grows in the background and serves what it has."""

    def __init__(self, host: Host, handbook: Handbook, pages: Pages) -> None:
        self._host = host
        self._handbook = handbook
        self._pages = pages
        self._index: Index | None = None
        self._earlier: tuple[str, ...] = ()
        self._matches: Matches | None = None

    def matches_on(self, section: str) -> Matches | None:
        """What the last search found, if this is the page of the hit that is open."""
        matches = self._matches
        return matches if matches is not None and matches.here.section.id == section else None

    async def begin(self) -> None:
        """Read the book into the index, a little at a time in a thread, once the page stands."""
        try:
            synonyms = load_synonyms(self._handbook.folder)
        except ContentError as error:
            self._host.say(f"Search is off: {error}")
            return
        self._index = Index(self._handbook, self._pages, synonyms)
        while await asyncio.to_thread(self._index.add):
            await asyncio.sleep(0)

    async def search(self) -> None:
        """Open the box, and go to what was chosen in it."""
        if self._index is None:
            self._host.say("The search is not ready yet; try again in a moment")
            return
        found = await self._host.ask(SearchScreen(self._index, self._earlier))
        if found is not None:
            earlier = (each for each in self._earlier if each != found.query)
            self._earlier = (*earlier, found.query)
            self._go_to(found)

    def go_on(self) -> None:
        """Go to the next match: on this page, else on the next hit's."""
        self._step(self._matches.after() if self._matches else None, "last")

    def go_back(self) -> None:
        """Go to the match before."""
        self._step(self._matches.before() if self._matches else None, "first")

    def clear(self) -> None:
        """Forget the matches; nothing is marked any more."""
        self._matches = None
        self._host.show_matches(None)

    def _step(self, matches: Matches | None, end: str) -> None:
        if self._matches is None:
            self._host.say("Nothing was searched for yet; / searches")
        elif matches is None:
            self._host.say(f"This is the {end} match")
        else:
            self._go_to(matches)

    def _go_to(self, matches: Matches) -> None:
        before, self._matches = self._matches, matches
        if before is None or before.here is not matches.here:
            first = matches.here.places[:1]
            place = (first[0].block, first[0].start) if first else (0, 0)
            self._host.open_place(Place(matches.here.section.id, *place))
        self._host.show_matches(matches)
