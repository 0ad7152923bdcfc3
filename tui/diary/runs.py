"""Runs: filing the current one, and looking back on, mending and removing past ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from .clock import moment_of, running_day, written
from .errors import AmbiguousRun, ChangedElsewhere, NoSuchRun
from .lists import current_run, run_marks
from .model import (
    UNMEASURED,
    Experiment,
    Mark,
    Measured,
    OwnItem,
    Run,
    Setting,
    kind_of,
    named_id,
    new_id,
)
from .records import Act, RecordReader, RecordWriter

if TYPE_CHECKING:
    from .store import Store

HALF_DONE_FOR = timedelta(hours=12)
"""How long a list may stand half-done before it is asked about."""

_ASKED = named_id("setting", "asked about run")


class Trial(NamedTuple):
    """What a run is to the experiment that goes on."""

    experiment: str
    """The experiment's id."""
    unable: bool
    """Whether the run could not follow it."""
    why_ended: str
    """Why the experiment ends with this run; empty where it goes on."""


class Runs:
    """Filed runs and the current one; acts raise CannotSave, questions CannotRead."""

    def __init__(self, store: Store, did: Callable[[Act], Act]) -> None:
        """Act on this store, and pass each act on to be remembered."""
        self._store = store
        self._did = did

    def current_id(self) -> str | None:
        """The current run's id; None before its first tick or skip."""
        return self._store.read(current_run)

    def every(self) -> tuple[Run, ...]:
        """All filed runs, newest first."""
        runs = self._store.read(lambda reader: reader.every(Run))
        return tuple(sorted(runs, key=newness, reverse=True))

    def named(self, run_ids: Iterable[str]) -> tuple[Run, ...]:
        """The runs with these ids; those that were removed are left out."""

        def look(reader: RecordReader) -> tuple[Run, ...]:
            """One after the other: an experiment has twelve at most."""
            found = (reader.find(Run, each) for each in run_ids)
            return tuple(run for run in found if run is not None)

        return self._store.read(look)

    def any_filed(self) -> bool:
        """Whether a run was ever filed, and is still there."""
        return self._store.read(lambda reader: reader.holds(Run))

    def find(self, word: str) -> Run:
        """The run with this number, 1 being the newest, or whose id starts so.

        Raises NoSuchRun and AmbiguousRun.
        """
        runs = self.every()
        numbered = {str(number): run for number, run in enumerate(runs, start=1)}
        if named := numbered.get(word.lstrip("0")):
            return named
        fitting = [run for run in runs if word and run.id.startswith(word.lower())]
        if len(fitting) > 1:
            raise AmbiguousRun(word, tuple(run.id for run in fitting))
        if not fitting:
            raise NoSuchRun(word, empty=not runs)
        return fitting[0]

    def finish(
        self,
        *,
        soreness: int | None = None,
        note: str = "",
        left: Iterable[str] = (),
        measured: Measured = UNMEASURED,
        finished: datetime | None = None,
        trial: Trial | None = None,
        danger: bool = False,
    ) -> Act:
        """File the current run and start its lists afresh; the act's subject is the run's id.

        A run with nothing ticked may be filed too.
        Raises NotKept for a soreness outside 0 to 10 and TooLong for the note.

        Args:
            soreness: 0 to 10.
            note: A few words.
            left: The items that stood open.
            measured: Distance and the like.
            finished: When it ended; else now.
            trial: What the run is to an experiment.
            danger: Whether a sign of danger came on the run.
        """
        new, open_items = new_id(), tuple(left)

        def make(writer: RecordWriter) -> None:
            """Keep the run, and remove the marks it was made of."""
            marks = run_marks(writer)
            run = _filed(writer, new, marks, open_items, finished)
            told = run._replace(soreness=soreness, note=note, danger=danger)
            writer.put(told._replace(**measured._asdict()))
            for mark in marks:
                writer.remove(mark)
            if trial and (tried := writer.find(Experiment, trial.experiment)):
                writer.put(_with_run(tried, run.id, trial, writer.now))

        act = self._store.change("finish", new, make)
        self._store.back_up()
        filed = next(change.after.id for change in act.changes if change.after.kind == kind_of(Run))
        return self._did(act._replace(subject=filed))

    def add(
        self,
        finished: datetime,
        *,
        soreness: int | None = None,
        note: str = "",
        measured: Measured = UNMEASURED,
    ) -> Act:
        """Add a run of an earlier day; the current one and its ticks stay as they are."""
        ended = written(finished)
        began = written(finished - timedelta(minutes=measured.minutes or 0))
        run = Run(id=new_id(), started=began, finished=ended, soreness=soreness, note=note)
        run = run._replace(**measured._asdict())
        return self._did(self._store.change("add run", run.id, lambda writer: writer.put(run)))

    def edit(self, run: Run) -> Act:
        """Keep a changed run, made from a filed one with `_replace`.

        Raises NoSuchRun where it was removed, ChangedElsewhere where another session changed it
        since, NotKept and TooLong.
        """

        def make(writer: RecordWriter) -> None:
            """Keep the run, if it is still as it was read."""
            if self._present(writer, run.id).changed != run.changed:
                raise ChangedElsewhere
            writer.put(run)

        return self._did(self._store.change("edit run", run.id, make))

    def remove(self, run_id: str) -> Act:
        """Remove a filed run, words and all; undoing the act restores it. Raises NoSuchRun."""

        def make(writer: RecordWriter) -> None:
            """Remove the run."""
            writer.remove(self._present(writer, run_id))

        return self._did(self._store.change("remove run", run_id, make))

    def record_soreness(self, soreness: int, run_id: str) -> Act:
        """Note soreness for a run.

        On the day of finishing, which lasts until 04:00, it is kept as `soreness`, later as
        `soreness_next_day`. Raises NoSuchRun where it was removed, and NotKept outside 0 to 10.
        """

        def make(writer: RecordWriter) -> None:
            """Keep the run with its soreness."""
            run = self._present(writer, run_id)
            if running_day(writer.moment) <= running_day(moment_of(run.finished)):
                writer.put(run._replace(soreness=soreness))
            else:
                writer.put(run._replace(soreness_next_day=soreness))

        return self._did(self._store.change("soreness", run_id, make))

    def left_half_done(self) -> str | None:
        """The time of the current run's last tick or skip, where that is over 12 hours ago.

        None where it is not, or the reader has said to go on with this run.
        """

        def look(reader: RecordReader) -> str | None:
            marks = run_marks(reader)
            if not marks:
                return None
            asked = reader.find(Setting, _ASKED)
            last = marks[-1].at
            waited = self._store.now() - moment_of(last) > HALF_DONE_FOR
            return last if waited and not (asked and asked.value == marks[0].period) else None

        return self._store.read(look)

    def go_on(self) -> None:
        """Go on with the current run, and do not ask about it again."""

        def make(writer: RecordWriter) -> None:
            """Keep that this run was asked about."""
            run_id = current_run(writer)
            if run_id:
                writer.put(Setting(id=_ASKED, name="asked about run", value=run_id))

        self._store.change("go on", "", make)

    def _present(self, reader: RecordReader, run_id: str) -> Run:
        run = reader.find(Run, run_id)
        if run is None:
            raise NoSuchRun(run_id[:8])
        return run


def moved(run: Run, finished: datetime) -> Run:
    """The run as one that ended at another time; it lasted as long."""
    lasted = moment_of(run.finished) - moment_of(run.started)
    return run._replace(started=written(finished - lasted), finished=written(finished))


def newness(run: Run) -> tuple[str, str, str]:
    """What filed runs are sorted by."""
    return (run.finished, run.started, run.id)


def _with_run(experiment: Experiment, run_id: str, trial: Trial, now: str) -> Experiment:
    """An experiment with one more run."""
    return experiment._replace(
        runs=(*experiment.runs, run_id),
        unable=(*experiment.unable, run_id) if trial.unable else experiment.unable,
        ended=now if trial.why_ended else experiment.ended,
        why_ended=trial.why_ended or experiment.why_ended,
    )


def _filed(
    writer: RecordWriter,
    new: str,
    marks: list[Mark],
    left: tuple[str, ...],
    finished: datetime | None,
) -> Run:
    """The current run as it is filed now."""
    ticked = tuple(mark.item for mark in marks if mark.skipped is None)
    skipped = {mark.item: mark.skipped for mark in marks if mark.skipped is not None}
    mentioned = {*ticked, *skipped, *left}
    run_id = marks[0].period if marks else new
    if writer.find(Run, run_id):
        run_id = new  # another machine has filed it already
    end = writer.now if finished is None else written(finished)
    start = marks[0].at if marks else writer.now
    return Run(
        id=run_id,
        started=min(start, end),
        finished=end,
        ticked=ticked,
        skipped=skipped,
        left=left,
        own={own.item: own.text for own in writer.every(OwnItem) if own.item in mentioned},
    )
