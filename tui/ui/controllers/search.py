"""Searching from the reading screen: the index behind the box, and the matches one goes through."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING

from ...diary.errors import DiaryError
from ...handbook.blocks import slug
from ...handbook.errors import ContentError
from ...handbook.loading import Pages
from ...handbook.model import Handbook
from ...keys import Key
from ...session.diary_thread import DiaryThread
from ...session.history import Place
from ...session.matches import Matches
from ..conversation import Conversation, ask
from .responses import OpenPlace, Response, Say, ShowMatches

if TYPE_CHECKING:
    from ...search.engine import Index, SafetyLine
    from ...search.index_file import IndexFile
    from ...session.checklists import ChecklistDesk
    from ...session.own_words import OwnText, OwnWords
    from ...session.passages import Passage
    from ...session.search_filters import FilteredSearch

AT_A_TIME = 4
"""Sections that are read into the index before the keys get their turn."""
PAUSE = 0.001
"""Seconds between."""


class SearchController:
    """One search at a time; the index grows in the background and serves what it has."""

    def __init__(
        self,
        handbook: Handbook,
        pages: Pages,
        keys: Mapping[str, Key],
        thread: DiaryThread,
        *,
        desk: Callable[[], ChecklistDesk],
        open_run: Callable[[str], Conversation[Response]],
    ) -> None:
        """Search this book, and what the diary of this thread has; `open_run` shows a run there."""
        diary = thread.diary
        self._keys = keys
        self._thread = thread
        self._desk = desk
        self._open_run = open_run
        self._draft = diary.drafts.named("search")
        self._history = diary.search_history
        self._private = diary.private
        self._handbook = handbook
        self._pages = pages
        self._knows_words = False
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

    async def fill_index(self) -> None:
        """Read the book into the index once the page stands, a little at a time between the keys.

        In a thread it would take turns with the keys just the same, and a megabyte of its own.
        """
        try:
            index = self._index
        except ContentError:  # a search says so
            return
        if index.complete:
            return
        while index.add(AT_A_TIME):
            await asyncio.sleep(PAUSE)
        if self._file is not None:
            self._file.save(index)

    def search(self, words: str = "") -> Conversation[Response]:
        """Open the box, with these words in it, and go to what was chosen."""
        try:
            self._learn_words()
        except ContentError as error:
            return Say(f"The search is off: {error}")
        from ..screens.search import SearchScreen  # noqa: PLC0415 - opened on demand

        every = (*self._history.searches, *self._earlier, *self._draft.words)
        self._earlier = tuple(dict.fromkeys(reversed(every)))[::-1]
        screen = SearchScreen(
            self._index,
            self._filtered(),
            self._earlier,
            self._keys,
            self._draft,
            words=words,
            history=self._history,
            passage_of=self._passage,
        )
        if not self._private:
            asked = self._thread.ask(self._read_own(self._desk()))
            self._thread.when_done(asked, screen.take_own, soon=False)
        found = yield from ask(screen)
        if found is None:
            return None
        self._remember(screen.query_answered)
        if not isinstance(found, Matches):
            return (yield from self._open_own(found.own))
        said = (
            f"Searched for “{found.corrected}” instead of “{found.query}”"
            if found.corrected
            else ""
        )
        self._matches = self._at_level(found)
        self._danger = found.danger
        return ShowMatches(self._matches, _place(self._matches), said)

    def _remember(self, query: str) -> None:
        """Know a search as the newest, to be brought back."""
        self._earlier = (*(each for each in self._earlier if each != query), query)
        self._history.add(query)

    def _open_own(self, own: OwnText) -> Conversation[Response]:
        """Go to a run in the diary, or to an item in its list."""
        if not own.list_id:
            return (yield from self._open_run(own.id))
        section = self._handbook.get(own.list_id)
        return OpenPlace(Place(section.id), item=own.id) if section is not None else None

    def _read_own(self, desk: ChecklistDesk) -> Callable[[], OwnWords]:
        """Reads what the reader wrote, in the diary's thread; nothing where it cannot be read."""
        from ...session.own_words import OwnWords, own_texts  # noqa: PLC0415 - not before a search

        def read() -> OwnWords:
            try:
                return OwnWords(own_texts(desk, desk.diary.runs.every()))
            except DiaryError:
                return OwnWords()

        return read

    def _passage(self, found: Matches) -> Passage:
        """What the hit at hand leads to."""
        from ...session.passages import passage_around  # noqa: PLC0415 - for wide windows alone

        page = self._pages.or_explanation(found.here.section)
        return passage_around(self._at_level(found), page)

    def _filtered(self) -> FilteredSearch:
        """The search with filters; cards and synonyms are read when one is used."""
        from ...handbook.cards import all_cards  # noqa: PLC0415 - not before a search
        from ...search.synonyms import load_synonyms  # noqa: PLC0415 - likewise
        from ...session.search_filters import FilteredSearch  # noqa: PLC0415 - likewise

        book, pages = self._handbook, self._pages
        return FilteredSearch(
            self._index,
            cache(lambda: all_cards(book, pages).cards),
            cache(lambda: load_synonyms(book.folder)),
        )

    def next_match(self, section: str) -> Response:
        """The next match: on this page, else on the next hit's."""
        return self._step(self._matches.after() if self._matches else None, "last", section)

    def previous_match(self, section: str) -> Response:
        """The match before."""
        return self._step(self._matches.before() if self._matches else None, "first", section)

    def clear(self) -> None:
        """Forget the matches."""
        self._matches = None

    @cached_property
    def _index(self) -> Index:
        """What can be searched: what was kept of it, or as far as it has been made.

        Raises:
            ContentError: what people ask for its pages with is broken.
        """
        from ...search.engine import Index  # noqa: PLC0415 - not before the first page stands
        from ...search.synonyms import load_asked  # noqa: PLC0415 - likewise

        kept = self._file.load() if self._file is not None else None
        asked = None if kept else load_asked(self._handbook.folder)
        return Index(self._handbook, self._pages, kept=kept, asked=asked)

    @cached_property
    def _file(self) -> IndexFile | None:
        """Where the index is kept; first asked for before any page is read into it."""
        from ...search.index_file import index_file  # noqa: PLC0415 - likewise

        return index_file(self._handbook, private=self._private)

    def _learn_words(self) -> None:
        """Learn the book's synonyms and signs of danger, which take as much room as its words: not before a search.

        Raises:
            ContentError: they are broken.
        """
        from ...handbook.signs import load_signs  # noqa: PLC0415 - as it says
        from ...search.synonyms import load_synonyms  # noqa: PLC0415 - as it says

        if not self._knows_words:
            folder = self._handbook.folder
            self._index.use_words(load_synonyms(folder), load_signs(folder))
            self._knows_words = True

    def _at_level(self, found: Matches) -> Matches:
        """At the line of a sign; without one under the level of a danger; else under the heading of the hit."""
        heading = found.here.heading
        if found.danger is not None:
            heading = "" if found.danger.text else found.danger.level
        if not heading:
            return found
        page = self._pages.or_explanation(found.here.section)
        return found.from_block(page.block_of(slug(heading)))

    def _step(self, matches: Matches | None, end: str, section: str) -> Response:
        before = self._matches
        if before is None:
            return Say("Nothing was searched for yet; / searches")
        if matches is None:
            return Say(f"This is the {end} match")
        self._matches = matches
        opened = before.here is matches.here and section == matches.here.section.id
        return ShowMatches(matches, None if opened else _place(matches))


def _place(matches: Matches) -> Place:
    """Where the match at hand is."""
    here = matches.here.places[matches.match : matches.match + 1]
    return Place(matches.here.section.id, *((here[0].block, here[0].start) if here else (0, 0)))
