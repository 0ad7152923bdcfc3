"""`log`: runs that a watch or a service recorded, read from their files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..diary.activity_files import Reading, read_paths
from ..diary.clock import local_day
from ..diary.model import Activity
from ..handbook.safe_text import one_line
from ..session.checklists import ChecklistDesk
from .checklist import SYNC_WAIT
from .context import Context, UsageError
from .diary import opened
from .prompts import remark

NOTHING_READ = 2
"""The exit code where nothing but refused files was found."""
_MOST_LISTED = 10
"""Runs without soreness that are listed, newest first."""


def log(context: Context) -> int:
    """Keep the runs in some files, and say what was new, what was left out and what was refused."""
    if context.diary.private:
        raise UsageError("with --private nothing is kept; leave it out")
    kept = opened(context)
    reading = read_paths(map(Path, context.arguments.file))
    new = kept.activities.keep_new(reading.runs)
    open_ones = kept.activities.joined().unfiled
    notices = ChecklistDesk(context.handbook, context.pages, kept).notices() if new else ()
    kept.sync_beside(SYNC_WAIT)
    for name, reason in reading.refused:
        remark(context, f"{name}: {reason}")
    if context.option("json"):
        context.output.write_json(_as_json(reading, new, open_ones))
    else:
        for line in (*_lines(reading, new, open_ones), *map(str, notices)):
            context.output.write(line)
    read = reading.runs or reading.left_out or reading.unknown
    return NOTHING_READ if reading.refused and not read else 0


def _lines(
    reading: Reading, new: Sequence[Activity], open_ones: Sequence[Activity]
) -> Iterator[str]:
    same = len(reading.runs) - len(new)
    yield f"{_runs(len(new))} new, {same:,} already here."
    if reading.left_out:
        yield f"Left out, no runs: {_kinds(reading.left_out)}."
    if reading.unknown:
        yield f"Left out, kinds not known here: {_kinds(reading.unknown)}."
    if reading.refused:
        yield f"Refused: {len(reading.refused):,}."
    if open_ones:
        yield f"{_runs(len(open_ones))} without soreness; `runtall finish --date DAY` files one:"
        yield from (f"  {_in_words(each)}" for each in open_ones[:_MOST_LISTED])
        if len(open_ones) > _MOST_LISTED:
            yield f"  and {len(open_ones) - _MOST_LISTED:,} older"


def _as_json(
    reading: Reading, new: Sequence[Activity], open_ones: Sequence[Activity]
) -> dict[str, object]:
    return {
        "new": [_entry(each) for each in new],
        "same": len(reading.runs) - len(new),
        "left_out": dict(reading.left_out),
        "unknown": dict(reading.unknown),
        "refused": [{"file": name, "reason": reason} for name, reason in reading.refused],
        "unfiled": [_entry(each) for each in open_ones],
    }


def _entry(each: Activity) -> dict[str, object]:
    return {
        "id": each.id,
        "start": each.start,
        "minutes": each.minutes,
        "km": each.km,
        "climb": each.climb,
        "descent": each.descent,
        "cadence": each.cadence,
    }


def _in_words(each: Activity) -> str:
    day = local_day(each.began)
    km = "" if each.km is None else f", {each.km:g} km"
    return f"{day:%b} {day.day}, {day.year}{km}, {each.minutes:g} min"


def _runs(count: int) -> str:
    return "1 run" if count == 1 else f"{count:,} runs"


def _kinds(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {one_line(name)}" for name, count in counts.most_common())
