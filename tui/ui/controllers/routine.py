"""Starting a routine or an exercise from where the reader is, and guiding through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from textual.screen import Screen

from ...diary.clock import elapsed, local_day
from ...diary.errors import CannotRead
from ...handbook.blocks import Link
from ...handbook.cards import LABELS, all_cards
from ...handbook.errors import ContentError
from ...handbook.loading import Pages
from ...handbook.model import Handbook, Kind, Section
from ...handbook.routines import routine_on
from ...keys import Key, display
from ...session.checklists import ChecklistDesk
from ...session.reading_state import ReadingState
from ...session.routine_session import RoutineSession, Unfinished, unfinished
from ...session.startable import Here, startable_here, titled
from ..conversation import Conversation, ask, ask_diary
from ..screens.dialogs import choose
from ..screens.palette import PaletteLine
from ..screens.routine import RoutineScreen
from .responses import Response, Say, Warn, followed

SHORTLY = 1.0
"""Seconds that a routine waits for the diary; it can be done without."""


class RoutineController:
    """Knows what can be started, and asks first about a routine that was left."""

    def __init__(
        self,
        book: tuple[Handbook, Pages],
        desk: ChecklistDesk,
        visit: ReadingState,
        keys: Mapping[str, Key],
        red_flags: Callable[[], Screen[Link | None] | None],
    ) -> None:
        self._book = self._handbook, self._pages = book
        self._desk = desk
        self._visit = visit
        self._keys = keys
        self._red_flags = red_flags

    def from_here(self, here: Here) -> Conversation[Response]:
        """Start what is here; where there are several, the reader chooses."""
        weekday = local_day(self._desk.now()).weekday()
        found = startable_here(self._handbook, self._pages, here, weekday)
        if not found:
            palette = self._keys["palette"].keys
            finds = f"; {display(palette[0])} finds routines by name" if palette else ""
            return Say(f"Nothing to start here{finds}")
        chosen: Section | None = found[0].section
        if len(found) > 1:
            chosen = yield from choose("Start", [(each.words, each.section) for each in found])
        return (yield from self.start(chosen)) if chosen is not None else None

    def start(self, section: Section) -> Conversation[Response]:
        """Do the routine of a page, or its exercise."""
        try:
            found = routine_on(self._handbook, self._pages, section)
        except ContentError as error:
            return Warn(str(error))
        if found is None:
            return Say("No routine or exercise with a dose is on this page")
        thread = self._visit.thread
        try:
            left = yield from ask_diary(
                thread, lambda: unfinished(self._desk, found), within=SHORTLY
            )
        except CannotRead:
            left = None  # it can be done all the same, and says whether it is kept
        if left is not None:
            goes_on = yield from choose(left.words, _ways_on(left))
            if goes_on is None:
                return None
            left = left if goes_on else None
        session = RoutineSession(self._desk, found, elapsed, left, post=thread.post)
        screen = RoutineScreen(session, self._visit, self._book, self._keys, self._red_flags)
        return followed((yield from ask(screen)))

    def palette_lines(self) -> Iterator[PaletteLine]:
        """Each routine and each exercise with a dose, to be found by the labels of its card, too."""
        cards = {each.id: each for each in all_cards(self._handbook, self._pages).cards}
        for section in self._handbook.readable:
            card = cards.get(section.id)
            if card is not None or section.kind is Kind.ROUTINE:
                also = " ".join(card.part(each) for each in LABELS) if card else ""
                words = f"Start: {titled(self._handbook, self._pages, section)}"
                yield PaletteLine(words, start=section.id, also=also)


def _ways_on(left: Unfinished) -> Sequence[tuple[str, bool]]:
    """The ways to go on, and whether each goes on with what was left."""
    there = "It runs in another session: take it over" if left.elsewhere else "Go on there"
    return ((there, True), ("Start from the beginning", False))
