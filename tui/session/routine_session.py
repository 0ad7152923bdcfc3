"""A routine being done and kept: the player, a clock, and the diary, which knows of every step.

A screen and plain lines use it alike. Where the diary cannot be written the routine goes on, and
`trouble` says why nothing is kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from uuid import uuid4

from ..diary.clock import moment_of, monday
from ..diary.errors import DiaryError, RoutineTaken
from ..diary.model import RoutineEntry
from ..handbook.checklists import Item, Resets
from ..handbook.routines import Routine
from .checklists import ChecklistDesk
from .routine_player import LENGTHEN, Event, StoppingPlace, resumed, started
from .routine_words import left_words

AT_LEAST = 1.0
"""Seconds that repetitions take at the least."""


class Unfinished:
    """A routine that was begun and has not ended, and where it is."""

    def __init__(self, entry: RoutineEntry, routine: Routine) -> None:
        self.entry = entry
        self.player = resumed(routine, _place(entry, routine))
        """Paused where it was left."""

    @property
    def elsewhere(self) -> bool:
        """Whether another session of this machine counts it now."""
        return _lives(self.entry.player)

    @property
    def words(self) -> str:
        """Where it was left: `Before a run: step 3 of 5, left side`."""
        return f"{self.player.routine.title}: {left_words(self.player)}"


def unfinished(desk: ChecklistDesk, routine: Routine) -> Unfinished | None:
    """This routine, where it was begun and has not ended; raises CannotRead."""
    entry = desk.diary.routines.under_way()
    if entry is None or desk.current_id(entry.routine) != routine.id:
        return None
    return Unfinished(entry, routine)


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
        if not (before.paused or before.done or Event.ASLEEP in events):
            self._spent += passed
        if Event.NEXT in events or Event.ASLEEP in events:
            self._keep()
        return events

    def go_on(self) -> tuple[Event, ...]:
        """Done with repetitions; else pause, or go on.

        Repetitions that have only begun are not done: a key was typed ahead, or pressed twice.
        """
        now = self.player.phase
        hasty = self._clock() - self._began < AT_LEAST
        if now is not None and not now.counts_down and not self.player.paused and hasty:
            return ()
        self.player, events = self.player.go_on()
        self._keep()
        return events

    def pause(self) -> None:
        """Pause, however it was."""
        self.player = self.player.pause()
        self._keep()

    def skip(self) -> None:
        """Leave this exercise out."""
        self.player = self.player.skip()
        self._keep()

    def back(self) -> None:
        """Back to what was done before."""
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

    def _begin(self, routine: Routine, left: Unfinished | None) -> None:
        name = f"{os.getpid()}.{uuid4().hex[:8]}"
        kept = self._desk.diary.routines
        if left is None:
            self._entry = kept.begin(routine.id, name)
            self._keep()
        else:
            self._entry = kept.take_over(left.entry, name)

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
        except DiaryError as error:
            self.trouble = str(error)
        else:
            self.trouble = ""


def _place(entry: RoutineEntry, routine: Routine) -> StoppingPlace:
    """Where an entry says that the reader was; an exercise skipped is known by its card."""
    cards = [step.card.id for step in routine.steps[: entry.exercise + 1]]
    skipped = tuple(number for number, card in enumerate(cards) if card in entry.skipped)
    return StoppingPlace(
        entry.routine, entry.exercise, entry.card, entry.phase, entry.left, skipped
    )


def _lives(player: str) -> bool:
    """Whether the process of a session still runs, as far as this machine can tell."""
    number = player.partition(".")[0]
    if not number.isdigit() or int(number) in (0, os.getpid()):
        return False
    try:
        os.kill(int(number), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True


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
