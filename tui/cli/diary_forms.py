"""The diary for others to read: a table for a spreadsheet, and one page for a clinician."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from textwrap import wrap
from typing import NamedTuple

from ..diary.model import Run
from ..handbook.safe_text import one_line
from ..layout.wrapping import fitted
from ..session.run_report import ItemNames, day_of, distance, full_day, level
from ..session.soreness_chart import chart, charted, in_words, legend

SHEET_LINES = 66
"""Lines of a printed page."""
SHEET_WIDTH = 78
_MOST_EXPERIMENTS = 3
_MOST_DANGERS = 8
"""Dates of signs of danger that are listed, the newest."""
_COLUMNS = ("date", "km", "minutes", "load", "soreness", "next_morning", "done", "note")
_FORMULA = ("=", "+", "-", "@")


class Told(NamedTuple):
    """What the sheet says beside the runs."""

    meaning: str
    """What the numbers mean."""
    experiments: Sequence[str]
    """A line about each, newest first."""
    first_runs: Collection[str]
    """The ids of the runs with which experiments began."""


def as_csv(runs: Sequence[Run], names: ItemNames) -> str:
    """A line for each run, newest first, under the names of the columns."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for run in runs:
        facts = (run.km, run.minutes, run.load, run.soreness, run.soreness_next_day)
        rows.writerow((day_of(run).isoformat(), *facts, names.done(run), _cell(run.note)))
    return text.getvalue().removesuffix("\n")


def as_sheet(runs: Sequence[Run], told: Told, names: ItemNames, *, spoken: bool = False) -> str:
    """One page: what it is, the chart, danger, experiments, and as many of the newest runs as fit.

    For the ear there is no chart, whose sentence stands, and each run is a line of `Name: value`.
    """
    lines = list(_sheet_head(runs, told, spoken))
    room = SHEET_LINES - len(lines) - 2
    if spoken:
        lines += [run_in_words(number, run, names) for number, run in enumerate(runs[:room], 1)]
    else:
        lines += _rows(runs[:room], names)
    if len(runs) > room:
        lines.append(f"{len(runs) - room:,} older runs are not shown.")
    return "\n".join(lines)


def _rows(runs: Iterable[Run], names: ItemNames) -> Iterator[str]:
    yield "Date          After  Morning  Done   Run and note"
    for run in runs:
        start = (
            f"{full_day(run):12}  {level(run.soreness):5}  {level(run.soreness_next_day):7}  "
            f"{names.done(run):5}  "
        )
        words = ". ".join(filter(None, (distance(run), one_line(run.note))))
        yield f"{start}{fitted(words, SHEET_WIDTH - len(start))}".rstrip()


def run_in_words(number: int, run: Run, names: ItemNames) -> str:
    """A run as one line of `Name: value`, for the ear."""
    parts = [f"Run {number}: {full_day(run)}", f"Done: {names.done(run)}"]
    parts += [f"Sore after: {level(run.soreness)}"]
    parts += [f"Next morning: {level(run.soreness_next_day)}"]
    parts += [
        f"{name}: {words}" for name, words in (("Way", distance(run)), ("Note", run.note)) if words
    ]
    return one_line(". ".join(parts).replace(": -", ": not noted"))


def _sheet_head(runs: Sequence[Run], told: Told, spoken: bool) -> Iterator[str]:
    yield "Running diary: soreness of the upper back"
    if not runs:
        yield "No runs are noted yet."
        return
    yield f"{full_day(runs[-1])} to {full_day(runs[0])}; runs: {len(runs):,}"
    yield ""
    yield from wrap(told.meaning, SHEET_WIDTH)
    shown = charted(runs, told.first_runs)
    drawn = chart(shown, SHEET_WIDTH, 6)
    if drawn:
        yield from ("",) if spoken else ("", legend(shown), *drawn)
        yield from wrap(in_words(shown), SHEET_WIDTH)
    yield from wrap(_dangers(runs), SHEET_WIDTH)
    for each in told.experiments[:_MOST_EXPERIMENTS]:
        yield from wrap(f"Experiment: {fitted(each, 300)}", SHEET_WIDTH)
    yield ""


def _dangers(runs: Sequence[Run]) -> str:
    """On which runs the runner noted that a sign of danger came."""
    days = [full_day(run) for run in runs if run.danger]
    if not days:
        return "Sign of danger on a run: none noted; asked about only while an experiment goes on."
    older = f" and {len(days) - _MOST_DANGERS:,} more" if len(days) > _MOST_DANGERS else ""
    listed = "; ".join(days[:_MOST_DANGERS])
    return f"Sign of danger on a run, by the runner's own answer: {listed}{older}."


def _cell(note: str) -> str:
    """A note on one line, which no spreadsheet takes for a formula."""
    text = one_line(note)
    return f"'{text}" if text.startswith(_FORMULA) else text
