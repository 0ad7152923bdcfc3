"""A routine being done and kept: the player, a clock, and the diary, which knows of every step.

A screen and plain lines use it alike. Where the diary cannot be written the routine goes on, and
`trouble` says why nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

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


class Attempt(NamedTuple):
    """What came of keeping a step."""

    error: DiaryError | None = None

    @property
    def warning(self) -> str | None:
        """Why it was not kept."""
        return None if self.error is None else f"Not kept: {self.error}"


class Post(Protocol):
    """Has something kept, then goes on with what came of it."""

    def __call__(self, act: Callable[[], Attempt], then: Callable[[Attempt], object], /) -> None:
        """Have `act` done, be it by another thread, and give what it returns to `then`."""


def at_once(act: Callable[[], Attempt], then: Callable[[Attempt], object]) -> None:
    """Keep something here and now."""
    then(act())


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
        *,
        post: Post = at_once,
    ) -> None:
        """Begin a routine, or go on with one that was left."""
        self._post = post
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
        self._left = left
        self._ended = False
        self._keep()

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
        self._try(self._desk.diary.routines.leave)

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

    def end(self, outcome: str, then: Callable[[tuple[str, ...]], object] = lambda _: None) -> None:
        """Keep what came of it, and tick what a routine done whole makes true.

        Args:
            outcome: `done`, `stopped` or `hurt`.
            then: Is given the labels of what was ticked.
        """
        if self.taken:
            return
        self._ended = True
        state, whole = self._state(), self.player.whole
        ticked: list[str] = []

        def act() -> None:
            """End it, then tick."""
            entry = self._begun()
            self._desk.diary.routines.end(state(entry), outcome)
            if outcome == "done" and whole:
                ticked.extend(item.label for item in _made_true(self._desk, entry.routine))

        self._try(act, lambda: then(tuple(ticked)))

    def _catch_up(self) -> None:
        """Let the time pass of what waits for the reader; what counts is looked at often."""
        now = self.player.phase
        if now is None or self.player.paused or not now.counts_down:
            self.look()

    def _keep(self) -> None:
        self._began = self._clock()
        state = self._state()
        if not (self.player.done or self._ended):
            self._try(lambda: self._desk.diary.routines.keep(state(self._begun())))

    def _begun(self) -> RoutineEntry:
        """The entry, begun or taken over where it is not yet."""
        if self._entry is None:
            kept = self._desk.diary.routines
            if self._left is None:
                self._entry = kept.begin(self.player.routine.id)
            else:
                self._entry = kept.take_over(self._left.entry)
        return self._entry

    def _state(self) -> Callable[[RoutineEntry], RoutineEntry]:
        """What makes of the entry what is to be kept of this second."""
        player, spent = self.player, round(self._spent)
        cards = [step.card.id for step in player.routine.steps]
        done = tuple(cards[each] for each in player.finished)
        skipped = tuple(cards[each] for each in sorted(player.skipped))
        place = player.place()

        def state(entry: RoutineEntry) -> RoutineEntry:
            """The entry as it is to be kept."""
            entry = entry._replace(seconds=spent, done=done, skipped=skipped)
            if place is None:
                return entry
            return entry._replace(
                exercise=place.exercise, card=place.card, phase=place.phase, left=place.left
            )

        return state

    def _try(self, act: Callable[[], None], then: Callable[[], object] = lambda: None) -> None:
        """Have something kept, note what went wrong, and go on."""

        def attempt() -> Attempt:
            """Do it, and return what went wrong."""
            try:
                act()
            except RoutineTaken as error:
                self._desk.diary.routines.leave()
                return Attempt(error)
            except DiaryError as error:
                return Attempt(error)
            return Attempt()

        def note(attempted: Attempt) -> None:
            if isinstance(attempted.error, RoutineTaken):
                self.taken = True
                self.player = self.player.pause()
            else:
                self.trouble = str(attempted.error or "")
            then()

        self._post(attempt, note)


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
