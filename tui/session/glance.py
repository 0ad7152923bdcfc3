"""What a prompt shows: the ticks of the main list, the soreness noted last, an experiment's today."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ..diary.clock import local_day, moment_of

if TYPE_CHECKING:
    from ..diary.model import Run
    from .checklists import ChecklistDesk
    from .ticked_list import TickedList

_ASKED_FOR = timedelta(days=2)
"""A morning longer ago is not asked about: nobody remembers it."""


def brief_line(desk: ChecklistDesk, listed: TickedList, run: Run | None) -> str:
    """All of it in a line of ASCII, such as `2/12 | sore 3 | today: with`; raises CannotRead.

    Args:
        desk: The lists beside the diary.
        listed: The main list.
        run: The newest one.
    """
    parts = [listed.count]
    if run is not None:
        levels = (run.soreness_next_day, run.soreness)
        noted = next((each for each in levels if each is not None), None)
        parts += [] if noted is None else [f"sore {noted}"]
    goes_on = desk.experiments.goes_on()
    parts += [f"today: {goes_on.today}"] if goes_on is not None and goes_on.today else []
    return " | ".join(parts)


def due_line(run: Run | None, now: datetime) -> str:
    """The question about the morning after the newest run, while it is not noted; else nothing."""
    if run is None or run.soreness_next_day is not None:
        return ""
    finished, today = local_day(moment_of(run.finished)), local_day(now)
    if not finished < today <= finished + _ASKED_FOR:
        return ""
    when = "Yesterday's run" if today - finished == timedelta(days=1) else f"The run of {finished}"
    how = "runtall diary edit 1 --next-day 0-10"
    return f"{when}: how was the back the next morning? `{how}` notes it"
