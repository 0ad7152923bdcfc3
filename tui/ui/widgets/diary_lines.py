"""The diary at a size: the chart of soreness and the runs, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import merge
from operator import itemgetter
from typing import NamedTuple

from ...diary.model import Run
from ...handbook.safe_text import one_line
from ...layout.typesetting import Line, Piece, Role
from ...layout.wrapping import MEASURE, break_lines, fitted
from ...session.routine_report import PastRoutine
from ...session.run_report import day_of, distance, level
from ...session.soreness_chart import chart, charted, in_words, legend

WIDE = 58
"""Cells; narrower places do without the day of the week and have shorter heads."""
SPACIOUS = 16
"""Lines; lower screens do without title and blank lines."""
HIGH = 40
"""Lines; such screens have a line for each level of soreness."""
LOW = 10
"""Lines; lower screens do without the chart, and have its sentence alone."""


@dataclass(frozen=True, slots=True)
class DiaryLines:
    """Every line of the diary: a run by its number, from 0, or a line that stands around them."""

    lines: tuple[Line | int, ...] = ()
    rows: tuple[int, ...] = ()
    """Where the line of each run is."""


class LookBack(NamedTuple):
    """What stands beside the runs."""

    first_runs: frozenset[str] = frozenset()
    """The ids of the runs with which experiments began."""
    experiments: tuple[str, ...] = ()
    """A line about each, newest first."""
    notices: tuple[str, ...] = ()
    """What stands out of the runs."""
    routines: tuple[PastRoutine, ...] = ()
    """Those that have ended, newest first."""


NOTHING_BESIDE = LookBack()


def diary_lines(
    runs: Sequence[Run],
    otherwise: str,
    beside: LookBack = NOTHING_BESIDE,
    *,
    year: int,
    width: int,
    height: int,
) -> DiaryLines:
    """The lines for a screen so many cells wide and lines high.

    `year` is the present one, of whose runs the year is not said; `otherwise` is said where there
    are no runs.
    """
    spacious = height >= SPACIOUS
    lines: list[Line | int] = [*_head(spacious)]
    if runs:
        lines += _soreness(runs, beside, width, height)
        lines.append(_line(_heads(width), Role.HEADING))
    else:
        lines += _broken(otherwise, width)
    rows = []
    for of_year, shown in _dated(runs, beside):
        if of_year != year:
            lines.append(_line(f"{of_year}", Role.HEADING))
            year = of_year
        if isinstance(shown, int):
            rows.append(len(lines))
            lines.append(shown)
        else:
            lines += _routine(shown, width)
    if runs and not spacious:
        lines += _notices(beside, width)
    lines += _experiments(beside, width)
    return DiaryLines(tuple(lines), tuple(rows))


def _dated(runs: Sequence[Run], beside: LookBack) -> Iterator[tuple[int, int | PastRoutine]]:
    """The runs by their numbers and the routines between them, newest first, each with its year."""
    of_runs: Iterator[tuple[str, int, int | PastRoutine]] = (
        (run.finished, _year(run), number) for number, run in enumerate(runs)
    )
    of_routines: Iterator[tuple[str, int, int | PastRoutine]] = (
        (each.ended, each.day.year, each) for each in beside.routines
    )
    for _, year, shown in merge(of_runs, of_routines, key=itemgetter(0), reverse=True):
        yield year, shown


def _routine(past: PastRoutine, width: int) -> Iterator[Line]:
    """A routine, its day where that of a run stands."""
    day = f"{_date(past.day, width)} "
    for start, end in break_lines(past.words, max(width - len(day), 1)):
        yield _line(day + past.words[start:end])
        day = " " * len(day)


def _soreness(runs: Sequence[Run], beside: LookBack, width: int, height: int) -> Iterator[Line]:
    """The chart of soreness, what its signs mean, the sentence that says the same, and notices."""
    levels = 11 if height >= HIGH else 6 if height >= SPACIOUS else 3
    columns = charted(runs[:width], beside.first_runs)
    drawn = chart(columns, width, levels)
    if drawn and height >= LOW:
        yield from _broken(legend(columns), width, Role.HEADING)
        yield from (_line(each, Role.CODE) for each in drawn)
    noted = [run for run in runs if run.soreness is not None]
    yield from _broken(in_words(charted(noted[:10])), width)
    if height >= SPACIOUS:
        yield from _notices(beside, width)
    if height >= SPACIOUS and drawn:
        yield _line("")


def _notices(beside: LookBack, width: int) -> Iterator[Line]:
    for notice in beside.notices:
        yield from _broken(notice, width)


def _experiments(beside: LookBack, width: int) -> Iterator[Line]:
    """Every experiment, the newest first, with its pairs once it is over."""
    if beside.experiments:
        yield from (_line(""), _line("Experiments", Role.HEADING))
    for each in beside.experiments:
        yield from _broken(each, width)


def run_text(run: Run, done: str, width: int) -> str:
    """A run on one line of `width` cells, its note cut where it must be; `done` is its count."""
    start = _cells(
        _date(day_of(run), width),
        done,
        level(run.soreness),
        level(run.soreness_next_day),
        width,
    )
    words = ". ".join(filter(None, (distance(run), one_line(run.note))))
    return start + fitted(words, width - len(start))


def _date(day: date, width: int) -> str:
    """A day as it stands at the beginning of a line: `Wed Nov 18 `."""
    short = f"{day:%b} {day.day:2}"
    return f"{day:%a} {short} " if width >= WIDE else short


def _heads(width: int) -> str:
    if width >= WIDE:
        return _cells("Date", "Done", "Sore after", "Next morning", width) + "Note"
    return _cells("Date", "Done", "After", "Next", width) + "Note"


def _cells(day: str, done_of: str, after: str, next_morning: str, width: int) -> str:
    if width >= WIDE:
        return f"{day:11} {done_of:6}  {after:10}  {next_morning:12}  "
    return f"{day:6} {done_of:5} {after:5} {next_morning:4} "


def _year(run: Run) -> int:
    """The reader's own year of a run; only about New Year does it hang on the time zone."""
    near_new_year = run.finished[5:10] in ("12-31", "01-01")
    return day_of(run).year if near_new_year else int(run.finished[:4])


def _head(spacious: bool) -> Iterator[Line]:
    if spacious:
        yield from (_line(""), _line("Diary", Role.TITLE), _line(""))


def _broken(text: str, width: int, role: Role = Role.BODY) -> Iterator[Line]:
    for start, end in break_lines(text, min(width, MEASURE)):
        yield _line(text[start:end], role)


def _line(text: str, role: Role = Role.BODY) -> Line:
    return Line((Piece(text),), 0, 0, role)
