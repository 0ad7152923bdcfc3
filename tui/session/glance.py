"""What a prompt shows: the ticks of the main list, the soreness noted last, an experiment's today."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ..diary.clock import local_day, moment_of
from ..diary.data_folder import BRIEF, write_beside
from ..diary.errors import CannotRead

if TYPE_CHECKING:
    from .checklists import ChecklistDesk
    from .ticked_list import TickedList

_ASKED_FOR = timedelta(days=2)
"""A morning longer ago is not asked about: nobody remembers it."""


def brief_line(desk: ChecklistDesk, listed: TickedList) -> str:
    """All of it in a line of ASCII, such as `2/12 | sore 3 | today: with`; raises CannotRead."""
    parts = [listed.count]
    run = desk.newest_run()
    if run is not None:
        levels = (run.soreness_next_day, run.soreness)
        noted = next((each for each in levels if each is not None), None)
        parts += [] if noted is None else [f"sore {noted}"]
    goes_on = desk.experiments.goes_on()
    parts += [f"today: {goes_on.today}"] if goes_on is not None and goes_on.today else []
    return " | ".join(parts)


def due_line(desk: ChecklistDesk) -> str:
    """The question about the morning after the newest run, while it is not noted; else nothing."""
    run = desk.newest_run()
    if run is None or run.soreness_next_day is not None:
        return ""
    finished, today = local_day(moment_of(run.finished)), local_day(desk.now())
    if not finished < today <= finished + _ASKED_FOR:
        return ""
    when = "Yesterday's run" if today - finished == timedelta(days=1) else f"The run of {finished}"
    how = "runtall diary edit 1 --next-day 0-10"
    return f"{when}: how was the back the next morning? `{how}` notes it"


def rewrite_kept_line(desk: ChecklistDesk) -> None:
    """Write the line anew into the file that prompts read, where the reader keeps one."""
    file = desk.diary.path.with_name(BRIEF)
    if not file.exists() or desk.diary.private or not desk.main_list_id:
        return
    try:
        line = brief_line(desk, desk.ticked(desk.main_list_id))
    except CannotRead:
        return
    write_beside(file, f"{line}\n", desk.now())
