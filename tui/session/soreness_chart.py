"""Soreness from run to run as a small chart of characters, the same shape in ASCII as in Unicode."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from statistics import median
from typing import NamedTuple

from ..diary.clock import local_day, moment_of
from ..diary.model import Run

HIGHEST = 10
"""Of the scale, which is drawn whole whatever the runs hold."""
AFTER, MORNING, BOTH = "o", ".", "*"
"""After the run, the next morning, and both at the same height."""
START = "|"
"""Stands above the first run of an experiment."""
LEGEND = f"Soreness: {AFTER} after, {MORNING} next day, {BOTH} both"
"""What the marks mean; narrow enough for every screen."""
_STARTS = f"; {START} an experiment begins"
_AXIS = 4
"""Columns for the numbers of the scale."""
_APART = 2
"""Blank columns between two dates."""


class ChartedRun(NamedTuple):
    """What the chart shows of a run."""

    day: date
    after: int | None
    """Soreness 0 to 10; None where none was noted, which is drawn as nothing."""
    morning: int | None
    starts_experiment: bool = False


def charted(runs: Sequence[Run], first_of_experiments: Collection[str] = ()) -> list[ChartedRun]:
    """Filed runs for the chart; the ids are those of runs with which an experiment began."""
    return [
        ChartedRun(
            local_day(moment_of(run.finished)),
            run.soreness,
            run.soreness_next_day,
            run.id in first_of_experiments,
        )
        for run in runs
    ]


def chart(runs: Sequence[ChartedRun], width: int, height: int = 11) -> tuple[str, ...]:
    """The newest runs that fit, a column each, oldest first, with their dates below.

    Args:
        runs: Newest first.
        width: Cells.
        height: Lines for the scale: 11 for one a level, 6 or fewer to fold levels together.
    """
    shown = list(reversed(runs[: max(width - _AXIS, 0)]))
    if not any(run.after is not None or run.morning is not None for run in shown):
        return ()
    fold = -(-(HIGHEST + 1) // height)
    rows = range(HIGHEST // fold, -1, -1)
    lines = [f"{row * fold:2} {_axis(row)}{_row(shown, row, fold)}".rstrip() for row in rows]
    return (*_starts(shown), *lines, f"{'':{_AXIS}}{_dates(shown, width - _AXIS)}".rstrip())


def legend(runs: Sequence[ChartedRun]) -> str:
    """What the marks of a chart of these runs mean."""
    return LEGEND + _STARTS * any(run.starts_experiment for run in runs)


def in_words(runs: Sequence[ChartedRun]) -> str:
    """What the chart shows, as one sentence; nothing where no soreness was noted."""
    levels = [run.after for run in runs if run.after is not None]
    if not levels:
        return ""
    last = f"Median soreness after the run: last {_count(levels[:5])}: {median(levels[:5]):g}"
    if len(levels) <= 5:
        return f"{last}."
    return f"{last}; the {_count(levels[5:10])} before: {median(levels[5:10]):g}."


def _count(levels: Sequence[int]) -> str:
    return ("", "one", "two", "three", "four", "five")[len(levels)]


def _axis(row: int) -> str:
    return "+" if row == 0 else "|"


def _row(runs: Sequence[ChartedRun], row: int, fold: int) -> str:
    return "".join(_mark(run, row, fold) for run in runs)


def _mark(run: ChartedRun, row: int, fold: int) -> str:
    after = run.after is not None and run.after // fold == row
    morning = run.morning is not None and run.morning // fold == row
    if after and morning:
        return BOTH
    if after or morning:
        return AFTER if after else MORNING
    return "-" if row == 0 else " "


def _starts(runs: Sequence[ChartedRun]) -> tuple[str, ...]:
    """A line that marks where experiments began; none where there are none."""
    marks = "".join(START if run.starts_experiment else " " for run in runs)
    return (f"{'':{_AXIS}}{marks}".rstrip(),) if marks.strip() else ()


def _dates(runs: Sequence[ChartedRun], width: int) -> str:
    """The days below their columns, as many as stand apart; the newest one always."""
    line = ""
    newest = _day(runs[-1].day)
    last = max(min(len(runs) - 1, width - len(newest)), 0)
    for column, run in enumerate(runs):
        text = _day(run.day)
        if len(line) + (_APART if line else 0) <= column and column + len(text) + _APART <= last:
            line = line.ljust(column) + text
    return line.ljust(last) + newest


def _day(day: date) -> str:
    return f"{day:%b} {day.day}"
