"""Searching from the reading screen: the index behind the box, and the matches one goes through."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from textual.screen import Screen

from ...handbook.blocks import slug
from ...handbook.errors import ContentError
from ...handbook.loading import Pages
from ...handbook.model import Handbook
from ...keys import Key
from ...session.history import Place
from ...session.matches import Matches
from ..widgets.painting import Extent

if TYPE_CHECKING:
    from ...search.engine import Index, SafetyLine

T = TypeVar("T")
AT_A_TIME = 4
"""Sections that are read into the index before the keys get their turn."""
PAUSE = 0.001
"""Seconds between."""


class Host(Protocol):
    """The screen that a search speaks through."""

    def say(self, words: str) -> None:
        """Say a word to the reader until the next key."""

    @property
    def section(self) -> str:
        """The id of the page that is open."""

    def show_matches(self, matches: Matches | None) -> None:
        """Mark the matches on the page that is open, and go to the one at hand."""

    def open_place(self, place: Place) -> None:
        """Go on to a place in the book."""

    async def ask(self, screen: Screen[T]) -> T | None:
        """Show a screen over this one and wait for its answer; only in a worker."""


class SearchFlow:
    """One search at a time; the index grows in the background and serves what it has."""

    def __init__(
        self, host: Host, handbook: Handbook, pages: Pages, keys: Mapping[str, Key]
    ) -> None:
        self._host = host
        self._keys = keys
        self._handbook = handbook
        self._pages = pages
        self._understands = False
        self._earlier: tuple[str, ...] = ()
        self._matches: Matches | None = None
        self._danger: SafetyLine | None = None

    def danger_on(self, section: str) -> tuple[str, str]:
        """Level and words of the sign last searched for, until the reader leaves its page."""
        if self._danger is not None and self._danger.section != section:
            self._danger = None
        danger = self._danger
        return (danger.level, danger.warning) if danger is not None else ("", "")

    def matches_on(self, section: str) -> Matches | None:
        """What the last search found, if this is the page of the hit that is open."""
        matches = self._matches
        return matches if matches is not None and matches.here.section.id == section else None

    def marks_on(self, section: str) -> tuple[Extent, ...]:
        """What to mark on this page."""
        matches = self.matches_on(section)
        return matches.marks() if matches is not None else ()

    async def begin(self) -> None:
        """Read the book into the index once the page stands, a little at a time between the keys.

        In a thread it would take turns with the keys just the same, and a megabyte of its own.
        """
        while self._index.add(AT_A_TIME):
            await asyncio.sleep(PAUSE)

    async def search(self) -> None:
        """Open the box, and go to what was chosen in it."""
        try:
            self._understand()
        except ContentError as error:
            self._host.say(f"The search is off: {error}")
            return
        from ..screens.search import SearchScreen  # noqa: PLC0415 - opened on demand

        found = await self._host.ask(SearchScreen(self._index, self._earlier, self._keys))
        if found is not None:
            earlier = (each for each in self._earlier if each != found.query)
            self._earlier = (*earlier, found.query)
            self._matches = None
            self._danger = found.danger
            self._go_to(self._at_level(found))
            if found.corrected:
                self._host.say(f"Showing results for “{found.corrected}”")

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

    @cached_property
    def _index(self) -> Index:
        """What can be searched, as far as it has been made."""
        from ...search.engine import Index  # noqa: PLC0415 - not before the first page stands

        return Index(self._handbook, self._pages)

    def _understand(self) -> None:
        """Learn the book's synonyms and signs of danger, which take as much room as its words: not before a search.

        Raises:
            ContentError: they are broken.
        """
        from ...handbook.signs import load_signs  # noqa: PLC0415 - as it says
        from ...search.synonyms import load_synonyms  # noqa: PLC0415 - as it says

        if not self._understands:
            folder = self._handbook.folder
            self._index.use_words(load_synonyms(folder), load_signs(folder))
            self._understands = True

    def _at_level(self, found: Matches) -> Matches:
        """At the line of a sign; without one under the level of a danger; else at the first match."""
        if found.danger is None or found.danger.text:
            return found
        page = self._pages.or_explanation(found.here.section)
        return found.from_block(page.block_of(slug(found.danger.level)))

    def _step(self, matches: Matches | None, end: str) -> None:
        if self._matches is None:
            self._host.say("Nothing was searched for yet; / searches")
        elif matches is None:
            self._host.say(f"This is the {end} match")
        else:
            self._go_to(matches)

    def _go_to(self, matches: Matches) -> None:
        before, self._matches = self._matches, matches
        same = before is not None and before.here is matches.here
        if not same or self._host.section != matches.here.section.id:
            here = matches.here.places[matches.match : matches.match + 1]
            place = (here[0].block, here[0].start) if here else (0, 0)
            self._host.open_place(Place(matches.here.section.id, *place))
        self._host.show_matches(matches)
