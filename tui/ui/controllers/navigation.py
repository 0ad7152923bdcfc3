"""Where keys and links lead in the book: history, neighbors, bookmarks, and the kept place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from ...handbook.blocks import Heading, Link
from ...handbook.links import why_not
from ...handbook.loading import Pages
from ...handbook.model import Handbook, Page
from ...handbook.safe_text import one_line
from ...session.history import History, Place
from ...session.reading_state import ReadingState
from ..conversation import Conversation
from .responses import DiaryAct, OpenAddress, OpenPlace, Response, RunAction, Say


class Navigation:
    """Answers with the place to go to; the trail of places stays with the screen."""

    def __init__(self, handbook: Handbook, pages: Pages, visit: ReadingState) -> None:
        self._handbook = handbook
        self._pages = pages
        self._visit = visit
        self._has_noted = False

    @property
    def first_place(self) -> Place | None:
        """Where the reader left the book, or else its first page; None in a book without pages."""
        kept = self._visit.place
        section = self._handbook.get(kept.section) if kept else None
        if kept is not None and section is not None:
            return Place(section.id, kept.block, kept.character)
        first = self._handbook.first
        return Place(first.id) if first is not None else None

    def target(self, link: Link, here: str) -> Response:
        """Where a link on a page leads; on its own page, the link to the self-check opens that."""
        self_check = self._handbook.roles.self_check
        if link.section and link.section == self_check == here:
            return RunAction("self_check")
        if link.external:
            return OpenAddress(link.address)
        if not link.section:
            return Say(why_not(self._handbook, self._handbook.by_id[here], link))
        page = self._pages.or_explanation(self._handbook.by_id[link.section])
        if not link.anchor or page.has_anchor(link.anchor):
            return OpenPlace(Place(link.section, page.block_of(link.anchor)))
        missing = f"This page has no part named {one_line(link.anchor)}"
        if link.section == here:
            return Say(missing)
        return OpenPlace(Place(link.section), f"{missing}; showing its top")

    def note_on(self, page: Page) -> Response:
        """What is to be known of a page, once while the book is open."""
        if self._has_noted or not page.note:
            return None
        self._has_noted = True
        return Say(page.note)

    def neighbor(self, section: str, step: int) -> Response:
        """The next page of the book, or the one before."""
        found = self._handbook.beside(section, step) if section else None
        if found is not None:
            return OpenPlace(Place(found.id))
        return Say(f"This is the {'last' if step > 0 else 'first'} page of the book")

    def latest(self, trail: History, sections: Sequence[str]) -> Response:
        """Where the reader was last in these sections, or else the first of them."""
        been = reversed(trail.places[: trail.at + 1])
        place = next((each for each in been if each.section in sections), None)
        if place is None and sections:
            place = Place(sections[0])
        return OpenPlace(place) if place is not None else None

    def bookmark(self, section: str) -> Response:
        """Bookmark a page, or remove its bookmark."""
        if not section:
            return None
        act = self._visit.bookmark(section)
        added = section in self._visit.bookmarks
        return DiaryAct(act, "Bookmarked; ' lists the bookmarks" if added else "Bookmark removed")

    def bookmarks(self) -> Conversation[Response]:
        """Let the reader choose one of the bookmarks."""
        kept = (self._handbook.get(each) for each in self._visit.bookmarks)
        choices = [(each.title, Place(each.id)) for each in kept if each is not None]
        if not choices:
            return Say("No bookmarks yet; m bookmarks this page")
        from ..screens.dialogs import choose  # noqa: PLC0415 - opened on demand

        chosen = yield from choose("Bookmarks", choices)
        return OpenPlace(chosen) if chosen is not None else None

    def headings(self, section: str, here: int) -> Conversation[Response]:
        """Let the reader choose one of the headings of a page, its title left out.

        The one that the reader is under, by its block, stands chosen.
        """
        page = self._pages.or_explanation(self._handbook.by_id[section])
        choices = [(words, Place(section, block)) for words, block in headings_of(page)]
        if not choices:
            return Say("This page has no headings but its title")
        from ..screens.dialogs import choose  # noqa: PLC0415 - opened on demand

        at = next((n for n, (_, place) in enumerate(choices) if place.block == here), 0)
        chosen = yield from choose("On this page", choices, at=at)
        return OpenPlace(chosen) if chosen is not None else None

    def page_number(self, section: str) -> str:
        """A page's number as the status line says it, `12/88`; a page still to be written has 0."""
        before = "private · " if self._visit.diary.private else ""
        return f"{before}{self._numbers.get(section, 0)}/{len(self._numbers)}"

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {each.id: number for number, each in enumerate(self._handbook.readable, 1)}


def headings_of(page: Page) -> tuple[tuple[str, int], ...]:
    """The headings below the title, each with its block; those of a lower level stand further in."""
    return tuple(
        ("  " * (block.level - 2) + block.text, number)
        for number, block in enumerate(page.blocks)
        if isinstance(block, Heading) and block.level > 1
    )
