"""Going about in the book: from place to place, back again, and where the reader left it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from textual.reactive import var
from textual.timer import Timer

from ...handbook.blocks import Link
from ...handbook.loading import SELF_CHECK, Pages
from ...handbook.model import Handbook, Section
from ...keys import Key
from ...layout.typesetting import MEASURE, typeset
from ...session.history import History, Place
from ...session.matches import Matches
from ...session.reading_state import ReadingState
from ..controllers.search import SearchFlow
from ..messages import AddressFollowed, CopyWanted
from ..widgets.bindings import bindings
from .conversing import ConversingScreen

if TYPE_CHECKING:
    from ...session.checklists import ChecklistDesk
    from ..controllers.excursions import Excursions

SAVE_AFTER = 1.0
"""Seconds after a move until the place is saved; a dropped link loses no more than that."""


class TravelingScreen(ConversingScreen[None], inherit_bindings=False):
    """Knows where in the book the reader is; how it looks is its subclass's affair."""

    BINDINGS = bindings(
        "next-section",
        "previous-section",
        "back",
        "forward",
        "bookmark",
        "bookmarks",
        "red-flags",
        "search",
        "next-match",
        "previous-match",
        "self-check",
        "body-map",
        "diary",
        "palette",
        "copy-paragraph",
        "copy-section",
    )

    trail: var[History] = var(History(), bindings=True)
    """Where the reader has been."""

    def __init__(
        self, handbook: Handbook, pages: Pages, visit: ReadingState, keys: Sequence[Key]
    ) -> None:
        super().__init__()
        self._keys = {key.id: key for key in keys}
        self._handbook = handbook
        self._pages = pages
        self._visit = visit
        self._saving: Timer | None = None
        self._searching = SearchFlow(self, handbook, pages, self._keys)

    @property
    def section(self) -> str:
        """The id of the page that is open; empty before the first one is."""
        return self.trail.here.section if self.trail.here else ""

    @property
    @abstractmethod
    def place_on_page(self) -> tuple[int, int]:
        """The block that the reader is at, and the character in it."""

    @property
    @abstractmethod
    def passage(self) -> str:
        """The paragraph that the reader is at, or the address of the chosen link out of the book."""

    @abstractmethod
    def show(self, section: Section, place: Place) -> None:
        """Show a place of the book."""

    @abstractmethod
    def say(self, words: str) -> None:
        """Say a word to the reader until the next key."""

    @abstractmethod
    def show_ticks(self, chosen: str = "") -> None:
        """Show the lists as they are on the disk now, with this item chosen."""

    @abstractmethod
    def show_matches(self, matches: Matches | None) -> None:
        """Mark the matches on the page that is open, and go to the one at hand."""

    def open_place(self, place: Place) -> None:
        """Go on to a place in the book."""
        self.trail = self._trail_here().visit(place)
        self._show_here()

    def open_section(self, section: Section, block: int = 0) -> None:
        """Go on to a section of the book."""
        self.open_place(Place(section.id, block))

    def follow(self, link: Link) -> None:
        """Go where a link leads; the app sees to those that lead out of the book.

        The page of the self-check opens the self-check by a link to itself.
        """
        here = self.trail.here
        self_check = self._handbook.roles.self_check
        if link.section and link.section == self_check and here and here.section == self_check:
            self.action_self_check()
        elif link.section:
            section = self._handbook.by_id[link.section]
            self.open_section(section, self._pages.or_explanation(section).block_of(link.anchor))
        else:
            self.post_message(AddressFollowed(link.address))

    def open_latest(self, sections: Sequence[str]) -> None:
        """Go to where the reader was last in these sections, or else to the first of them."""
        been = reversed(self._trail_here().places[: self.trail.at + 1])
        place = next((each for each in been if each.section in sections), None)
        if place is not None or sections:
            self.open_place(place or Place(sections[0]))

    def save_place(self) -> None:
        """Keep where the reader is."""
        self._saving = None
        here = self._trail_here().here
        if here is not None:
            self._visit.keep_place(here)

    def save_place_soon(self) -> None:
        """Keep where the reader is within `SAVE_AFTER` seconds."""
        if self._saving is None:
            self._saving = self.set_timer(SAVE_AFTER, self.save_place)

    async def choose_place(self, title: str, choices: Sequence[tuple[str, Place]]) -> None:
        """Let the reader choose one of these places, and go there; only in a worker."""
        from .choice import ChoiceScreen  # noqa: PLC0415 - opened on demand

        at = await self.ask(ChoiceScreen(title, [words for words, _ in choices]))
        if at is not None:
            self.open_place(choices[at][1])

    def action_next_section(self) -> None:
        """Open the next page of the book."""
        self._open_beside(1, "This is the last page of the book")

    def action_previous_section(self) -> None:
        """Open the page before."""
        self._open_beside(-1, "This is the first page of the book")

    def action_back(self) -> None:
        """Go back to where the reader was before."""
        self.trail = self._trail_here().back()
        self._show_here()

    def action_forward(self) -> None:
        """Go forward again."""
        self.trail = self._trail_here().forward()
        self._show_here()

    def action_bookmark(self) -> None:
        """Bookmark this page, or remove its bookmark."""
        here = self.trail.here
        if here is not None:
            added = self._visit.toggle_bookmark(here.section)
            self.say("Bookmarked; ' lists the bookmarks" if added else "Bookmark removed")

    def action_bookmarks(self) -> None:
        """Choose one of the bookmarks."""
        kept = (self._handbook.get(each) for each in self._visit.bookmarks)
        choices = [(each.title, Place(each.id)) for each in kept if each is not None]
        if choices:
            self.start(self.choose_place("Bookmarks", choices))
        else:
            self.say("No bookmarks yet; m bookmarks this page")

    def action_red_flags(self) -> None:
        """Show the red flags."""
        self.start(self._excursions.red_flags())

    def action_search(self) -> None:
        """Search the handbook."""
        self.start(self._searching.search())

    def action_next_match(self) -> None:
        """Go to the next match of the last search."""
        self._searching.go_on()

    def action_previous_match(self) -> None:
        """Go to the match before."""
        self._searching.go_back()

    def action_self_check(self) -> None:
        """Ask why the back is sore."""
        self.start(self._excursions.self_check())

    def action_body_map(self) -> None:
        """Look at the body map."""
        self.start(self._excursions.body_map())

    def action_diary(self) -> None:
        """Look back on past runs."""
        self.start(self._excursions.diary())

    def action_palette(self) -> None:
        """Choose a command or a page by name."""
        self.start(self._excursions.palette())

    def action_copy_paragraph(self) -> None:
        """Copy the paragraph that the reader is at."""
        if self.trail.here is not None:
            self.post_message(CopyWanted(self.passage, "paragraph"))

    def action_copy_section(self) -> None:
        """Copy the page, as `runtall read` prints it."""
        section = self._handbook.get(self.trail.here.section) if self.trail.here else None
        if section is not None:
            lines = typeset(self._pages.or_explanation(section), MEASURE).lines
            text = "\n".join(line.text.rstrip() for line in lines)
            self.post_message(CopyWanted(text, Path(section.id).name))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Dim what cannot work now, and hide what this book does not have."""
        if action == "back":
            return self.trail.can_go_back or None
        if action == "forward":
            return self.trail.can_go_forward or None
        if action == "red_flags":
            return bool(self._handbook.roles.red_flags)
        if action == "self_check":
            return self._has_self_check
        if action == "body_map":
            return bool(self._handbook.roles.body_map)
        return True

    def _open_beside(self, step: int, otherwise: str) -> None:
        here = self.trail.here
        section = self._handbook.beside(here.section, step) if here else None
        if section is None:
            self.say(otherwise)
        else:
            self.open_section(section)

    @cached_property
    def _desk(self) -> ChecklistDesk:
        from ...session.checklists import ChecklistDesk  # noqa: PLC0415 - not before the first page stands

        return ChecklistDesk(self._handbook, self._pages, self._visit.diary)

    @cached_property
    def _has_self_check(self) -> bool:
        return (self._handbook.folder / SELF_CHECK).is_file()

    @cached_property
    def _excursions(self) -> Excursions:
        from ..controllers.excursions import Excursions  # noqa: PLC0415 - opened on demand

        return Excursions(self, self._handbook, self._pages, self._desk, self._keys)

    def _trail_here(self) -> History:
        """The trail with the line that is on top now."""
        here = self.trail.here
        if here is None:
            return self.trail
        return self.trail.moved(Place(here.section, *self.place_on_page))

    def _show_here(self) -> None:
        here = self.trail.here
        section = self._handbook.get(here.section) if here else None
        if section is not None and here is not None:
            self.show(section, here)

    def _kept_place(self) -> Place | None:
        kept = self._visit.place
        section = self._handbook.get(kept.section) if kept else None
        return Place(section.id, kept.block, kept.character) if kept and section else None
