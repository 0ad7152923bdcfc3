"""`brief` and `due`: one line for a prompt, and what is still to be noted, for `.profile` or cron."""

from __future__ import annotations

from ..diary.clock import now
from ..session.next_morning import ASKED_FOR, days_without_morning
from ..session.run_report import day_of
from .checklist import desk_of, named_list, require_readable
from .context import Context

STILL_DUE = 1
"""The exit code of `due` where something is to be noted."""


def brief(context: Context) -> int:
    """Write the ticks of the main list, and the soreness noted last, in one line of ASCII."""
    with context.diary:
        desk = desk_of(context)
        require_readable(desk)
        parts = [named_list(context, desk, None).count]
        run = desk.newest_run()
    if run is not None:
        levels = (run.soreness_next_day, run.soreness)
        noted = next((each for each in levels if each is not None), None)
        parts += [] if noted is None else [f"sore {noted}"]
    context.output.write(" | ".join(parts))
    return 0


def due(context: Context) -> int:
    """Ask about the morning after the newest run, while it is not noted; else write nothing."""
    with context.diary as kept:
        require_readable(desk_of(context))
        run = next(iter(kept.runs.every()), None)
    days = days_without_morning(run, now()) if run is not None else 0
    if run is None or not 0 < days <= ASKED_FOR:
        return 0
    when = "Yesterday's run" if days == 1 else f"The run of {day_of(run)}"
    how = "runtall diary edit 1 --next-day 0-10"
    context.output.write(f"{when}: how was the back the next morning? `{how}` notes it")
    return STILL_DUE
