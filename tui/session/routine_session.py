"""A routine being done and kept: the player, a clock, and the diary, which knows of every step.

A screen and plain lines use it alike. Where the diary cannot be written the routine goes on, and
`trouble` says why nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..diary.clock import moment_of, monday
from ..diary.errors import DiaryError, RoutineTaken
from ..diary.model import RoutineEntry
from ..handbook.checklists import Item, Resets
from ..handbook.routines import Routine
from .checklists import ChecklistDesk
from .routine_player import LENGTHEN, Event, Player, StoppingPlace, resumed, started
from .routine_words import left_words

AT_LEAST = 1.0
"""Seconds that repetitions take at the least."""
AT_MOST = 300.0
"""Seconds after which whoever was to do repetitions was away: then they count as they are planned."""


class Unfinished(NamedTuple):
    """A routine that was begun and has not ended, and where it is."""

    entry: RoutineEntry
    player: Player
    """Paused where it was left."""
    elsewhere: bool
    """Whether another session of this machine counts it now."""

    @property
    def words(self) -> str:
        """Where it was left: `Before a run: step 3 of 5, left side`."""
        return f"{self.player.routine.title}: {left_words(self.player)}"


def unfinished(desk: ChecklistDesk, routine: Routine) -> Unfinished | None:
    """This routine, where it was begun and has not ended; raises CannotRead."""
    kept = desk.diary.routines
    entry = kept.under_way()
    if entry is None or desk.current_id(entry.routine) != routine.id:
        return None
    player = resumed(routine, _place(desk, entry, routine))
    # Where the book has nothing after that place any more, nothing of it is left to be done.
    return None if player.done else Unfinished(entry, player, kept.runs_elsewhere(entry))


class RoutineSession:
    """Does what the reader asks and what time brings, and keeps it."""

    def __init__(
        self,
        desk: ChecklistDesk,
        routine: Routine,
        clock: Callable[[], float],
        left: Unfinished | None = None,
    ) -> None:
        """Begin a routine, or go on with one that was left."""
        self.player = left.player if left else started(routine)
        self.trouble = ""
        """Why it is not kept; empty where it is."""
        self.taken = False
        """Whether another session goes on with it."""
        self._desk = desk
        self._clock = clock
        self._looked = clock()
        self._began = self._looked
        """When the phase that is on began, or was come back to."""
        self._spent = float(left.entry.seconds) if left else 0.0
        self._entry: RoutineEntry | None = None
        self._try(lambda: self._begin(routine, left))

    @property
    def spent(self) -> float:
        """Seconds that it went on, without pauses."""
        return self._spent

    def look(self) -> tuple[Event, ...]:
        """Let the time pass that went by since the last look; a step is kept before it is told."""
        now = self._clock()
        passed, self._looked = now - self._looked, now
        before = self.player
        self.player, events = before.passed(passed)
        if before.phase is not None and not before.paused and Event.ASLEEP not in events:
            self._spent += passed if passed <= AT_MOST else before.phase.seconds
        if Event.NEXT in events or Event.ASLEEP in events:
            self._keep()
        return events

    def go_on(self) -> tuple[Event, ...]:
        """Let the time pass; then done with repetitions, else pause, or go on.

        Repetitions that have only begun are not done: a key was typed ahead, or pressed twice. Nor
        does a key end the pause that a sleep of the machine has only now made.
        """
        events = self.look()
        if Event.ASLEEP in events or self.player.done:
            return events
        now = self.player.phase
        hasty = self._clock() - self._began < AT_LEAST
        if now is not None and not now.counts_down and not self.player.paused and hasty:
            return events
        self.player, more = self.player.go_on()
        self._keep()
        return (*events, *more)

    def pause(self) -> None:
        """Pause, however it was."""
        self._catch_up()
        self.player = self.player.pause()
        self._keep()

    def leave(self) -> None:
        """Pause and let go of it, to go on later, here or elsewhere."""
        if not self.player.paused:
            self.pause()
        self._desk.diary.routines.leave()

    def skip(self) -> None:
        """Leave this exercise out."""
        self._catch_up()
        self.player = self.player.skip()
        self._keep()

    def back(self) -> None:
        """Back to what was done before."""
        self._catch_up()
        self.player = self.player.back()
        self._keep()

    def lengthen(self, times: int = 1) -> None:
        """Make a rest longer, or with a negative number shorter."""
        self.player = self.player.lengthened(times * LENGTHEN)

    def awake(self) -> None:
        """Count no time since the last look, as after another screen lay above."""
        self._looked = self._clock()

    def end(self, outcome: str) -> tuple[str, ...]:
        """Keep what came of it, and tick what a routine done whole makes true; their labels."""
        entry = self._present()
        if entry is None or self.taken:
            return ()
        ticked: list[str] = []

        def act() -> None:
            """End it, then tick."""
            self._desk.diary.routines.end(entry, outcome)
            if outcome == "done" and self.player.whole:
                ticked.extend(item.label for item in _made_true(self._desk, entry.routine))

        self._try(act)
        self._entry = None
        return tuple(ticked)

    def _catch_up(self) -> None:
        """Let the time pass of what waits for the reader; what counts is looked at often."""
        now = self.player.phase
        if now is None or self.player.paused or not now.counts_down:
            self.look()

    def _begin(self, routine: Routine, left: Unfinished | None) -> None:
        kept = self._desk.diary.routines
        if left is None:
            self._entry = kept.begin(routine.id)
            self._keep()
        else:
            self._entry = kept.take_over(left.entry)

    def _keep(self) -> None:
        self._began = self._clock()
        entry = self._present()
        if entry is not None and not self.player.done:
            self._try(lambda: self._desk.diary.routines.keep(entry))

    def _present(self) -> RoutineEntry | None:
        """The entry as it is to be kept now."""
        if self._entry is None:
            return None
        cards = [step.card.id for step in self.player.routine.steps]
        entry = self._entry._replace(
            seconds=round(self._spent),
            done=tuple(cards[each] for each in self.player.finished),
            skipped=tuple(cards[each] for each in sorted(self.player.skipped)),
        )
        place = self.player.place()
        if place is None:
            return entry
        return entry._replace(
            exercise=place.exercise, card=place.card, phase=place.phase, left=place.left
        )

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except RoutineTaken:
            self.taken = True
            self.player = self.player.pause()
            self._desk.diary.routines.leave()
        except DiaryError as error:
            self.trouble = str(error)
        else:
            self.trouble = ""


def _place(desk: ChecklistDesk, entry: RoutineEntry, routine: Routine) -> StoppingPlace:
    """Where an entry says that the reader was; its cards are known by their present ids."""
    skipped_cards = {desk.current_id(each) for each in entry.skipped}
    cards = (step.card.id for step in routine.steps)
    skipped = tuple(number for number, card in enumerate(cards) if card in skipped_cards)
    card = desk.current_id(entry.card)
    return StoppingPlace(entry.routine, entry.exercise, card, entry.phase, entry.left, skipped)


def _made_true(desk: ChecklistDesk, routine: str) -> tuple[Item, ...]:
    """Tick the items whose words are true now that this routine was done whole."""
    ticked = []
    for checklist in desk.lists:
        items = [item for item in checklist.items if routine in item.routines]
        if not items:
            continue
        listed = desk.ticked(checklist.id)
        rows = {row.reference: row for row in listed.rows}
        for item in items:
            row = rows[item.reference]
            if not row.ticked and not row.hidden and _often_enough(desk, item, checklist.resets):
                desk.tick(listed, row)
                ticked.append(item)
    return tuple(ticked)


def _often_enough(desk: ChecklistDesk, item: Item, resets: Resets) -> bool:
    """Whether its routines were done whole as often as the item says, this week if it is weekly."""
    week = monday(desk.now())
    whole = [
        each
        for each in desk.diary.routines.every()
        if each.outcome == "done"
        and not each.skipped
        and desk.current_id(each.routine) in item.routines
        and (resets is not Resets.WEEK or monday(moment_of(each.ended or each.started)) == week)
    ]
    return len(whole) >= item.times
