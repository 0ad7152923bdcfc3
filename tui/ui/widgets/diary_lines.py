"""The diary at a size: the chart of soreness and the runs, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...diary.model import Run
from ...handbook.safe_text import one_line
from ...layout.typesetting import Line, Piece, Role
from ...layout.wrapping import MEASURE, break_lines, fitted
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
    if not runs:
        return DiaryLines((*lines, *_broken(otherwise, width), *_experiments(beside, width)))
    lines += _soreness(runs, beside, width, height)
    lines.append(_line(_heads(width), Role.HEADING))
    rows = []
    for number, of_year in enumerate(map(_year, runs)):
        if of_year != year:
            lines.append(_line(f"{of_year}", Role.HEADING))
            year = of_year
        rows.append(len(lines))
        lines.append(number)
    if not spacious:
        lines += _notices(beside, width)
    lines += _experiments(beside, width)
    return DiaryLines(tuple(lines), tuple(rows))


def _soreness(runs: Sequence[Run], beside: LookBack, width: int, height: int) -> Iterator[Line]:
    """The chart of soreness, what its signs mean, the sentence that says the same, and notices."""
    levels = 11 if height >= HIGH else 6 if height >= SPACIOUS else 3
    columns = charted(runs[:width], beside.first_runs)
    drawn = chart(columns, width, levels)
    if drawn and height >= LOW:
        yield _line(fitted(legend(columns), width), Role.HEADING)
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
    day = day_of(run)
    date = f"{day:%b} {day.day:2}"
    start = _cells(
        f"{day:%a} {date}" if width >= WIDE else date,
        done,
        level(run.soreness),
        level(run.soreness_next_day),
        width,
    )
    words = ". ".join(filter(None, (distance(run), one_line(run.note))))
    return start + fitted(words, width - len(start))


def _heads(width: int) -> str:
    if width >= WIDE:
        return _cells("Date", "Done", "Sore after", "Next morning", width) + "Note"
    return _cells("Date", "Done", "After", "Next", width) + "Note"


def _cells(date: str, done_of: str, after: str, next_morning: str, width: int) -> str:
    if width >= WIDE:
        return f"{date:10}  {done_of:6}  {after:10}  {next_morning:12}  "
    return f"{date:6} {done_of:5} {after:5} {next_morning:4} "


def _year(run: Run) -> int:
    """The reader's own year of a run; only about New Year does it hang on the time zone."""
    near_new_year = run.finished[5:10] in ("12-31", "01-01")
    return day_of(run).year if near_new_year else int(run.finished[:4])


def _head(spacious: bool) -> Iterator[Line]:
    if spacious:
        yield from (_line(""), _line("Diary", Role.TITLE), _line(""))


def _broken(text: str, width: int) -> Iterator[Line]:
    for start, end in break_lines(text, min(width, MEASURE)):
        yield _line(text[start:end])


def _line(text: str, role: Role = Role.BODY) -> Line:
    return Line((Piece(text),), 0, 0, role)
