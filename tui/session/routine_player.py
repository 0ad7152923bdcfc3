"""A routine being done: which phase is on, how long it still takes, and what the reader may do.

Every value is frozen and every change is a new one. Nothing here asks a clock: time is handed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from math import ceil

from ..handbook.phases import WORK, Doing, Phase
from ..handbook.routines import Routine

COUNTED = 3
"""The last seconds of a phase that are counted aloud."""
LONGEST_GAP = 10.0
"""Seconds; a clock that went on for longer between two looks means that nobody was looking."""
LENGTHEN = 10
"""Seconds by which a rest is made longer or shorter."""
SHORTEST_REST = 5


class Event(Enum):
    """What happens while time passes."""

    COUNT = "one of the last seconds of a phase"
    NEXT = "a phase has ended and the next one is on"
    DONE = "the last phase has ended"
    ASLEEP = "the clock jumped, and the routine is paused where it was"


@dataclass(frozen=True)
class StoppingPlace:
    """Where a routine was left, so that it is found again in a book that has changed."""

    routine: str
    exercise: int
    """Which exercise, from 0."""
    card: str
    """The id of its card."""
    phase: int
    """Which phase of the exercise, from 0."""
    left: int
    """Seconds left of a phase that counts down."""
    skipped: tuple[int, ...] = ()


@dataclass(frozen=True)
class Player:
    """A routine and where in it the reader is."""

    routine: Routine
    at: int = 0
    """Which phase is on; the number of phases once all are done."""
    left: float = 0.0
    """Seconds left of it, where it counts down."""
    paused: bool = False
    skipped: frozenset[int] = frozenset()
    """The exercises that were skipped, or parts of them, by number."""

    @property
    def phases(self) -> tuple[Phase, ...]:
        """All phases of the routine."""
        return self.routine.phases

    @property
    def phase(self) -> Phase | None:
        """The phase that is on; None once all are done."""
        return self.phases[self.at] if self.at < len(self.phases) else None

    @property
    def done(self) -> bool:
        """Whether the last phase has ended."""
        return self.phase is None

    @property
    def whole(self) -> bool:
        """Whether it was done to its end with nothing skipped."""
        return self.done and not self.skipped

    @property
    def seconds(self) -> int:
        """The count to be shown."""
        return ceil(self.left)

    @property
    def finished(self) -> tuple[int, ...]:
        """The exercises that are behind and were not skipped, by number."""
        count = len(self.routine.steps)
        reached = self.phase.exercise if self.phase else count
        return tuple(each for each in range(reached) if each not in self.skipped)

    @property
    def next_work(self) -> Phase | None:
        """The next phase that moves or holds the body, after the one that is on."""
        return next((each for each in self.phases[self.at + 1 :] if each.doing in WORK), None)

    @property
    def about_left(self) -> int:
        """About how many seconds the rest of the routine takes."""
        now = self.phase
        if now is None:
            return 0
        later = sum(each.seconds for each in self.phases[self.at + 1 :])
        return later + (self.seconds if now.counts_down else now.seconds)

    def passed(self, seconds: float) -> tuple[Player, tuple[Event, ...]]:
        """So many seconds later, and what happened in them."""
        now = self.phase
        if now is None or self.paused or not now.counts_down or seconds <= 0:
            return self, ()
        if seconds > LONGEST_GAP:
            return replace(self, paused=True), (Event.ASLEEP,)
        left = self.left - seconds
        if left > 0:
            counted = ceil(left) < self.seconds and ceil(left) <= COUNTED
            return replace(self, left=left), (Event.COUNT,) if counted else ()
        after = self._begin(self.at + 1)
        if after.done:
            return after, (Event.DONE,)
        later, events = after.passed(-left)
        return later, (Event.NEXT, *events)

    def go_on(self) -> tuple[Player, tuple[Event, ...]]:
        """Done with what the reader counts; else pause, or go on after a pause."""
        now = self.phase
        if now is None:
            return self, ()
        if now.counts_down or self.paused:
            return replace(self, paused=not self.paused), ()
        after = self._begin(self.at + 1)
        return after, (Event.DONE if after.done else Event.NEXT,)

    def pause(self) -> Player:
        """The same, paused, however it was."""
        return self if self.done else replace(self, paused=True)

    def skip(self) -> Player:
        """Leave out what is left of this exercise and get ready for the next one."""
        now = self.phase
        if now is None:
            return self
        later = range(self.at, len(self.phases))
        at = next(
            (n for n in later if self._begins_exercise(n, now.exercise + 1)), len(self.phases)
        )
        return replace(self._begin(at), skipped=self.skipped | {now.exercise})

    def back(self) -> Player:
        """Back to the beginning of the phase before that moves or holds the body."""
        before = (n for n in reversed(range(self.at)) if self.phases[n].doing in WORK)
        at = next(before, 0)
        skipped = self.skipped - {self.phases[at].exercise}
        return replace(self._begin(at), skipped=skipped)

    def lengthened(self, by: int) -> Player:
        """With a rest made longer, or shorter, by so many seconds; no other phase is changed."""
        now = self.phase
        if now is None or now.doing is not Doing.REST:
            return self
        return replace(self, left=max(self.left + by, min(self.left, SHORTEST_REST)))

    def place(self) -> StoppingPlace | None:
        """Where it is, to be kept; None once it is done."""
        now = self.phase
        if now is None:
            return None
        first = next(n for n, each in enumerate(self.phases) if each.exercise == now.exercise)
        return StoppingPlace(
            self.routine.id,
            now.exercise,
            self.routine.steps[now.exercise].card.id,
            self.at - first,
            self.seconds,
            tuple(sorted(self.skipped)),
        )

    def _begins_exercise(self, at: int, exercise: int) -> bool:
        return self.phases[at].exercise == exercise and self.phases[at].doing is Doing.READY

    def _begin(self, at: int) -> Player:
        """At the beginning of a phase; a pause ends with the phase it was made in."""
        left = float(self.phases[at].seconds) if at < len(self.phases) else 0.0
        counted = at < len(self.phases) and self.phases[at].counts_down
        return replace(self, at=at, left=left if counted else 0.0, paused=False)


def started(routine: Routine) -> Player:
    """A routine at its beginning."""
    return Player(routine, left=float(routine.phases[0].seconds))


def resumed(routine: Routine, kept: StoppingPlace) -> Player:
    """A routine where it was left, paused; in a book that has changed, never before that place."""
    player = started(routine)
    exercise = _exercise_now(routine, kept)
    of_it = [n for n, each in enumerate(player.phases) if each.exercise == exercise]
    if not of_it:
        return replace(player, at=len(player.phases), left=0.0)
    at = of_it[min(kept.phase, len(of_it) - 1)]
    there = player._begin(at)
    left = min(float(kept.left), there.left) if kept.left else there.left
    skipped = frozenset(each for each in kept.skipped if each < len(routine.steps))
    return replace(there, left=left, paused=True, skipped=skipped)


def _exercise_now(routine: Routine, kept: StoppingPlace) -> int:
    """The number of the exercise that was on: where its card stands now, at or after its place."""
    cards: Mapping[int, str] = {n: step.card.id for n, step in enumerate(routine.steps)}
    later = (n for n, card in cards.items() if n >= kept.exercise and card == kept.card)
    return next(later, kept.exercise)
