"""Experiments beside the diary: the one that goes on, what can be begun, and when to look again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from ..diary.clock import local_day
from ..diary.errors import NotKept
from ..diary.model import Experiment
from ..diary.records import Act
from ..handbook.checklists import Item
from ..handbook.safe_text import one_line
from .experiments import Course, course, draw, in_words

if TYPE_CHECKING:
    from ..diary.diary import Diary

WEEKS_OF_A_CAUSE = 2
"""After which the self-check is asked again about a cause that was kept by itself."""
LOOKED_AGAIN = "looked at again"
STOPPED = "stopped by you"
DANGER = "a danger sign came"


class ExperimentDesk:
    """Asks about experiments and acts on them; raises what the diary raises."""

    def __init__(self, diary: Diary, clock: Callable[[], datetime]) -> None:
        self._diary = diary
        self._clock = clock

    @property
    def every(self) -> tuple[Experiment, ...]:
        """All of them, newest first."""
        return self._diary.experiments.every()

    @property
    def lines(self) -> tuple[str, ...]:
        """A line about each, newest first."""
        return tuple(map(self._in_words, self.every))

    def about(self, experiment: Experiment) -> str:
        """A line about one, as it stands now."""
        return next((self._in_words(each) for each in self.every if each.id == experiment.id), "")

    @property
    def first_runs(self) -> frozenset[str]:
        """The ids of the runs with which they began."""
        return frozenset(each.runs[0] for each in self.every if each.runs)

    def goes_on(self) -> Course | None:
        """The one that goes on by pairs of runs, if one does."""
        for each in self.every:
            if each.ended is None and len(each.runs) < len(each.sequence):
                found = course(each, self._diary.runs.named(each.runs))
                if not found.why_over:
                    return found
        return None

    def note_of(self, item: str = "", cause: str = "") -> Experiment | None:
        """The note, not yet looked at again, of where the reader stood with an item or a cause."""
        return next(
            (
                each
                for each in self.notes
                if (each.item == item if item else not each.item and each.cause == cause)
            ),
            None,
        )

    def due(self) -> Experiment | None:
        """The note to look at again by now, if there is one."""
        today = self._today.isoformat()
        return next(
            (each for each in self.notes if each.look_again and each.look_again <= today), None
        )

    def begin(self, item: Item, cause: str = "") -> Act:
        """Begin to try an item: by pairs of runs, or, where it needs weeks, with a note.

        Raises NotKept while another one goes on, and where it is noted already.
        """
        if item.look_again:
            return self._note(item.reference, item.label, cause, item.look_again)
        if not item.can_try:
            raise NotKept(f"{item.label}: only what works on the same day can be tried")
        goes_on = self.goes_on()
        if goes_on is not None:
            raise NotKept(f"one at a time: “{goes_on.label}” goes on")
        import secrets  # noqa: PLC0415 - loads all of OpenSSL, for one coin

        sequence = draw(lambda: bool(secrets.randbits(1)))
        return self._diary.experiments.start(
            item.reference, item.label, sequence=sequence, cause=cause
        )

    def keep_cause(self, cause: str, title: str) -> Act:
        """Keep a cause of the self-check and the date, to ask again in two weeks."""
        return self._note("", title, cause, WEEKS_OF_A_CAUSE)

    def end(self, experiment: Experiment) -> Act:
        """End one before its time, or a note that was looked at again."""
        why = STOPPED if experiment.sequence or not self._is_due(experiment) else LOOKED_AGAIN
        return self._diary.experiments.end(experiment.id, why)

    def end_by_danger(self) -> Experiment | None:
        """End the one that goes on, as a sign of danger came; it is returned."""
        ended: Experiment | None = None
        while (goes_on := self.goes_on()) is not None:  # two devices may each have begun one
            ended = ended or goes_on.experiment
            self._diary.experiments.end(goes_on.experiment.id, DANGER)
        return ended

    def asked_again(self) -> None:
        """Close the notes of causes that were to be looked at again: the self-check was asked."""
        for each in self.notes:
            if each.cause and self._is_due(each):
                self._diary.experiments.end(each.id, LOOKED_AGAIN)

    @property
    def notes(self) -> tuple[Experiment, ...]:
        """What the reader noted to look at again, and has not."""
        return tuple(each for each in self.every if not each.sequence and each.ended is None)

    def _in_words(self, experiment: Experiment) -> str:
        goes_on = self.goes_on() if experiment.sequence else None
        found = course(experiment, self._diary.runs.named(experiment.runs))
        if goes_on and not found.why_over and goes_on.experiment.id != experiment.id:
            return f"{found.label}: waits until the one begun on another device is over."
        return found.words if experiment.sequence else in_words(experiment, ())

    @property
    def _today(self) -> date:
        return local_day(self._clock())

    def _is_due(self, note: Experiment) -> bool:
        return note.look_again <= self._today.isoformat()

    def _note(self, item: str, label: str, cause: str, weeks: int) -> Act:
        noted = self.note_of(item, cause)
        if noted is not None:
            raise NotKept(
                f"“{one_line(noted.label)}” is noted already; look again on {noted.look_again}"
            )
        day = self._today + timedelta(weeks=weeks)
        return self._diary.experiments.start(item, label, cause=cause, look_again=day.isoformat())


def that_can_be_tried(items: Sequence[Item]) -> tuple[Item, ...]:
    """Those that the book lets one try: by pairs of runs first, then those that need weeks."""
    fitting = (each for each in items if each.can_try or each.look_again)
    return tuple(sorted(fitting, key=lambda each: not each.can_try))
