"""The diary as a Markdown table to hand to a clinician."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..diary.model import Run
from ..handbook.safe_text import one_line
from ..session.looking_back import medians_in_words
from ..session.past_runs import done, full_day, level

_MARKUP = re.compile(r"([\\`*_\[\]<>|~&#])")
_MEANING = (
    "Soreness is the runner's own rating of the upper back, from 0 (none) to 10 (worst): after the "
    "run, and the next morning. A dash: not noted. Done: how many items of the runner's checklist "
    "were done for that run. The runner kept this record; it is no diagnosis."
)


def markdown(runs: Sequence[Run]) -> str:
    """All runs, given newest first, with the period and what the numbers mean."""
    return "\n".join(_lines(runs))


def _lines(runs: Sequence[Run]) -> Iterator[str]:
    yield "# Running diary: soreness of the upper back\n"
    if not runs:
        yield "No runs are noted yet."
        return
    yield f"{_period(runs)}\n"
    yield f"{_MEANING}\n"
    medians = medians_in_words(runs)
    if medians:
        yield f"{medians}\n"
    yield "| Date | Soreness after | Next morning | Done | Note |"
    yield "|---|---|---|---|---|"
    for run in runs:
        after, next_morning = level(run.soreness), level(run.soreness_next_day)
        note = _MARKUP.sub(r"\\\1", one_line(run.note))
        yield f"| {full_day(run)} | {after} | {next_morning} | {done(run)} | {note} |"


def _period(runs: Sequence[Run]) -> str:
    if len(runs) == 1:
        return f"Period: {full_day(runs[0])}; 1 run."
    return f"Period: {full_day(runs[-1])} to {full_day(runs[0])}; {len(runs):,} runs, newest first."
