"""Runs as a watch recorded them: when, how long, how far, how high. Coordinates and heart rate are never kept."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from .clock import moment_of, written
from .model import Activity, Run

SAME_START = timedelta(minutes=2)
"""Two recordings of one run begin no further apart than this."""
SAME_DISTANCE = 0.05
"""Nor do their distances differ by more than this share of the longer one."""
NEAR = timedelta(hours=3)
"""A recording belongs to a filed run that lies no further away than this."""


def is_same_run(one: Activity, other: Activity) -> bool:
    """Whether two recordings, as of a watch and of a phone, are of one run."""
    if abs(one.began - other.began) > SAME_START:
        return False
    if one.km is None or other.km is None:
        return True
    return abs(one.km - other.km) <= SAME_DISTANCE * max(one.km, other.km)


def new_among(found: Iterable[Activity], known: Iterable[Activity]) -> tuple[Activity, ...]:
    """Those found that are recordings of no known run, nor of one found before; oldest first."""
    near: defaultdict[int, list[Activity]] = defaultdict(list)
    for each in known:
        near[_slot(each)].append(each)
    new: list[Activity] = []
    for activity in sorted(found, key=_start):
        slot = _slot(activity)
        around = (each for at in (slot - 1, slot, slot + 1) for each in near.get(at, ()))
        if not any(is_same_run(activity, each) for each in around):
            near[slot].append(activity)
            new.append(activity)
    return tuple(new)


def by_run(runs: Iterable[Run], activities: Iterable[Activity]) -> Mapping[str, Activity]:
    """The recording of each filed run that has one, by the run's id.

    The nearest pair is joined first; a recording belongs to one run at most.
    """
    ordered = sorted(activities, key=_start)
    starts = [each.start for each in ordered]
    reach = NEAR + timedelta(minutes=max((each.minutes for each in ordered), default=0))
    distances = []
    for run in runs:
        first = bisect_left(starts, written(moment_of(run.started) - reach))
        last = bisect_right(starts, written(moment_of(run.finished) + NEAR))
        for activity in ordered[first:last]:
            distance = _distance(run, activity)
            if distance is not None:
                distances.append((distance, run.id, activity.id, activity))
    joined: dict[str, Activity] = {}
    taken: set[str] = set()
    for _, run_id, activity_id, activity in sorted(distances):
        if run_id not in joined and activity_id not in taken:
            joined[run_id] = activity
            taken.add(activity_id)
    return joined


def with_recorded(runs: Sequence[Run], activities: Sequence[Activity]) -> tuple[Run, ...]:
    """The runs with what their recordings say, where the reader gave nothing else."""
    joined = by_run(runs, activities)
    return tuple(_filled(run, joined[run.id]) if run.id in joined else run for run in runs)


def _filled(run: Run, recorded: Activity) -> Run:
    return run._replace(
        minutes=recorded.minutes if run.minutes is None else run.minutes,
        km=recorded.km if run.km is None else run.km,
        climb=recorded.climb if run.climb is None else run.climb,
        descent=recorded.descent if run.descent is None else run.descent,
        cadence=recorded.cadence if run.cadence is None else run.cadence,
    )


def unfiled(runs: Sequence[Run], activities: Sequence[Activity]) -> tuple[Activity, ...]:
    """The recordings that belong to no filed run, newest first."""
    filed = {activity.id for activity in by_run(runs, activities).values()}
    rest = (activity for activity in activities if activity.id not in filed)
    return tuple(sorted(rest, key=_start, reverse=True))


def _slot(activity: Activity) -> int:
    """Which stretch of time a recording began in; the same run begins in this or the next one."""
    return int(activity.began.timestamp() // SAME_START.total_seconds())


def _start(activity: Activity) -> tuple[str, str]:
    return (activity.start, activity.id)


def _distance(run: Run, activity: Activity) -> tuple[timedelta, timedelta] | None:
    """How far apart a filed run and a recording lie, then their ends; None where that is too far."""
    started, finished = moment_of(run.started), moment_of(run.finished)
    apart = max(activity.began - finished, started - activity.ended, timedelta())
    return None if apart > NEAR else (apart, abs(finished - activity.ended))
