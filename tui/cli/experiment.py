"""`try`: an experiment of six pairs of runs, or a note to look again after some weeks."""

from __future__ import annotations

from ..diary.model import Experiment
from ..handbook.checklists import Item
from ..handbook.safe_text import one_line
from ..session.checklists import ChecklistDesk
from ..session.experiment_desk import that_can_be_tried
from ..session.experiments import PAIRS, POWER, TERMS
from .checklist import SYNC_WAIT
from .context import Context, UsageError
from .diary import opened


def try_(context: Context) -> int:
    """Begin an experiment, end it, or say how it and those before it stand."""
    if context.diary.private:
        raise UsageError("with --private nothing is kept; leave it out")
    kept = opened(context)
    desk = ChecklistDesk(context.handbook, context.pages, kept)
    name: str | None = context.option("item")
    if context.option("stop"):
        _stop(context, desk, name)
    elif name is not None:
        _start(context, desk, _find(desk, name))
    else:
        for line in desk.experiments.lines or (
            "No experiment yet: `runtall try ITEM` begins one.",
        ):
            context.output.write(line)
    kept.sync_beside(SYNC_WAIT)
    return 0


def _find(desk: ChecklistDesk, name: str) -> Item:
    """The item with this id or label; only one that may be tried."""
    wanted = name.strip().casefold()
    fitting = that_can_be_tried([item for each in desk.lists for item in each.items])
    for item in fitting:
        if wanted in (item.id.casefold(), item.reference.casefold(), item.label.casefold()):
            return item
    known = ", ".join(item.id for item in fitting)
    if not known:
        raise UsageError("this book marks no item that may be tried")
    raise UsageError(f"{name}: only what works on the same day can be tried; one of {known}")


def _start(context: Context, desk: ChecklistDesk, item: Item) -> None:
    desk.experiments.begin(item)
    if item.look_again:
        note = desk.experiments.note_of(item.reference)
        day = note.look_again if note else ""
        context.output.write(
            f"Noted: {item.label}. It needs weeks, so there is no verdict; look again on {day}."
        )
        return
    context.output.write(f"Begun: {item.label}, {PAIRS} pairs of runs.")
    context.output.write(TERMS)
    context.output.write(POWER)
    begun = desk.experiments.goes_on()
    if begun is not None:
        context.output.write(f"Today: {begun.today}.")


def _stop(context: Context, desk: ChecklistDesk, name: str | None) -> None:
    """End the experiment that goes on, or the note about an item that needs weeks."""
    ended = _named(desk, name) if name is not None else _only(desk)
    if ended is None:
        raise UsageError("no experiment goes on; `runtall try ITEM` begins one")
    desk.experiments.end(ended)
    context.output.write(f"Ended: {one_line(ended.label)}. It stays in the diary.")


def _only(desk: ChecklistDesk) -> Experiment | None:
    """The one by pairs of runs; else the note to look again, where there is just one."""
    goes_on = desk.experiments.goes_on()
    if goes_on is not None:
        return goes_on.experiment
    notes = desk.experiments.notes
    if len(notes) > 1:
        known = ", ".join(f"“{one_line(each.label)}”" for each in notes)
        raise UsageError(f"name the one to end, as in `runtall try --stop ITEM`; noted: {known}")
    return notes[0] if notes else None


def _named(desk: ChecklistDesk, name: str) -> Experiment | None:
    """The one of this name that has not ended."""
    wanted = name.strip().casefold()
    goes_on = desk.experiments.goes_on()
    open_ones = list(desk.experiments.notes)
    if goes_on is not None:
        open_ones.append(goes_on.experiment)
    for each in open_ones:
        item = each.item.casefold()
        if wanted in (item, item.rpartition("/")[2], each.cause.casefold(), each.label.casefold()):
            return each
    return None
