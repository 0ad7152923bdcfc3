"""`try`: an experiment of six pairs of runs, or a note to look again after some weeks."""

from __future__ import annotations

import secrets
from datetime import timedelta

from ..diary.clock import local_day, now
from ..handbook.checklists import Item
from ..session.checklists import ChecklistDesk
from ..session.experiments import PAIRS, POWER, draw, in_words
from .context import Context, UsageError
from .diary import opened


def try_(context: Context) -> int:
    """Begin an experiment, end it, or say how it and those before it stand."""
    if context.diary.private:
        raise UsageError("with --private nothing is kept; leave it out")
    with opened(context) as kept:
        desk = ChecklistDesk(context.handbook, context.pages, kept)
        name: str | None = context.option("item")
        if context.option("stop"):
            if name is not None:
                raise UsageError("--stop ends the experiment that goes on; give it alone")
            return _stop(context, desk)
        if name is not None:
            return _start(context, desk, _find(desk, name))
        for line in [in_words(each, kept.runs.every()) for each in kept.experiments.every()]:
            context.output.write(line)
        if not kept.experiments.every():
            context.output.write("No experiment yet: `runtall try ITEM` begins one.")
    return 0


def _find(desk: ChecklistDesk, name: str) -> Item:
    """The item with this id or label; only one that may be tried."""
    wanted = name.strip().casefold()
    every = [item for each in desk.lists for item in each.items]
    fitting = [item for item in every if item.can_try or item.look_again]
    for item in fitting:
        if wanted in (item.id.casefold(), item.reference.casefold(), item.label.casefold()):
            return item
    known = ", ".join(item.id for item in fitting)
    if not known:
        raise UsageError("this book marks no item that may be tried")
    raise UsageError(f"{name}: only what works on the same day can be tried; one of {known}")


def _start(context: Context, desk: ChecklistDesk, item: Item) -> int:
    if item.look_again:
        day = local_day(now()) + timedelta(weeks=item.look_again)
        desk.diary.experiments.start(item.reference, item.label, look_again=day.isoformat())
        context.output.write(
            f"Noted: {item.label}. It needs weeks, so there is no verdict; look again on {day}."
        )
        return 0
    goes_on = desk.experiment()
    if goes_on is not None:
        raise UsageError(
            f"one at a time: “{goes_on.experiment.label}” goes on; `runtall try --stop` ends it"
        )
    sequence = draw(lambda: bool(secrets.randbits(1)))
    desk.diary.experiments.start(item.reference, item.label, sequence=sequence)
    context.output.write(f"Begun: {item.label}, {PAIRS} pairs of runs.")
    context.output.write(
        "Before each run the checklist says whether it is with or without. Rate soreness after each. "
        "A danger sign, or soreness of 5 or more twice, ends it."
    )
    context.output.write(POWER)
    begun = desk.experiment()
    if begun is not None:
        context.output.write(f"Today: {begun.today}.")
    return 0


def _stop(context: Context, desk: ChecklistDesk) -> int:
    goes_on = desk.experiment()
    if goes_on is None:
        raise UsageError("no experiment goes on; `runtall try ITEM` begins one")
    desk.diary.experiments.end(goes_on.experiment.id, "stopped by you")
    context.output.write(f"Ended: {goes_on.experiment.label}. It stays in the diary.")
    return 0
