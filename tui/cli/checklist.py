"""`check`, `tick`, `untick` and `finish`: the checklists from the shell."""

from __future__ import annotations

import select
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial

from ..diary.clock import moment_of, now, running_day
from ..diary.errors import CannotRead
from ..diary.model import Measured
from ..diary.records import Act
from ..handbook.checklists import Resets
from ..handbook.lookup import find_checklist, find_item
from ..layout.wrapping import break_lines, cell_width
from ..session.checklists import ChecklistDesk, parse_soreness, soreness_problem
from ..session.experiments import Course
from ..session.run_report import ItemNames, distance, full_day
from ..session.ticked_list import Row, TickedList
from .context import Context, UsageError
from .prompts import ask, ask_until, on_a_terminal, remark
from .run_details import given_moment, measured

OPEN_LEFT = 1
"""The exit code of `check` while anything is open."""
UNREAD = 3
"""And where the list is shown without its ticks."""
SYNC_WAIT = 0.2
"""Seconds for which `finish` waits for a sync."""
_PIPE_WAIT = 0.2
"""Seconds in which a program before the pipe must have begun to write."""


def check(context: Context) -> int:
    """Print a list with its ticks; with `--ask`, walk its open items first."""
    kept = context.diary
    desk = desk_of(context)
    unread = kept.trouble if kept.mode == "memory" else None
    if unread is not None:
        remark(context, f"ticks cannot be read or saved: {unread}")
    listed = named_list(context, desk, context.option("list"))
    _say_if_half_done(context, desk, listed)
    if context.option("ask"):
        require_readable(desk)
        _walk(context, desk, listed)
        listed = desk.ticked(listed.id)
    is_main = listed.id == context.handbook.roles.checklist
    notices = desk.notices() if is_main else ()
    if context.option("json"):
        context.output.write_json(listed.as_json())
    else:
        _write_list(context, listed)
        for notice in notices:
            context.output.write(f"\n{notice}")
    if unread is not None:
        return UNREAD
    return OPEN_LEFT if listed.open else 0


def tick(context: Context) -> int:
    """Tick items."""
    return _mark_each(context, lambda desk: desk.tick)


def untick(context: Context) -> int:
    """Take back ticks and skips."""
    return _mark_each(context, lambda desk: desk.untick)


def skip(context: Context) -> int:
    """Skip items this time, with one reason for all."""
    reason: str = context.option("reason") or ""
    return _mark_each(context, lambda desk: lambda listed, row: desk.skip(listed, row, reason))


def finish(context: Context) -> int:
    """File this run and start its lists afresh."""
    desk = desk_of(context)
    require_readable(desk)
    context.diary.check()
    _refuse_unread_input(context)
    details, moment = measured(context), given_moment(context)
    if moment is not None and running_day(moment) < running_day(now()):
        return _add(context, desk, moment, details)
    if not _pass_the_gate(context, desk):
        context.output.write("Nothing was filed.")
        return 0
    soreness, note = _soreness(context), _note(context)
    tried = desk.experiments.goes_on()
    danger = _danger(context, asked=tried is not None)
    unable = _unable(context, tried, danger=danger)
    act = desk.finish(soreness, note, details, moment, unable=unable, danger=danger)
    run = context.diary.runs.find(act.subject)
    counts = ItemNames(context.handbook, desk.lists).done_by_list(run)
    context.diary.sync_beside(SYNC_WAIT)
    said = desk.experiments.about(tried.experiment) if tried else ""
    say_if_private(context)
    facts = (counts, distance(run), "" if soreness is None else f"soreness {soreness}")
    words = ", ".join(filter(None, facts))
    context.output.write(f"Run filed: {words or 'without a tick'}. Its lists start afresh.")
    if tried is not None:
        context.output.write(f"Experiment: {said}")
    if danger:
        context.output.write("Look at `runtall red-flags` now: it says how fast to get help.")
    return 0


def _danger(context: Context, *, asked: bool) -> bool:
    """Whether a danger sign came on the run, by the reader's own answer."""
    if context.option("danger_sign", False) or not (asked and on_a_terminal()):
        return bool(context.option("danger_sign", False))
    answer = ask(context, "Did a danger sign come on this run? [y/n]") or ""
    return answer.lower() in ("y", "yes")


def _unable(context: Context, tried: Course | None, *, danger: bool) -> bool:
    """Whether the run could not follow the experiment."""
    if tried is None or danger or context.option("could_not_follow") or not on_a_terminal():
        return bool(context.option("could_not_follow"))
    answer = ask(context, f"{tried.label}: today was to be {tried.today}. Was it so? [y/n]") or ""
    return answer.lower() in ("n", "no")


def _add(context: Context, desk: ChecklistDesk, moment: datetime, details: Measured) -> int:
    """Add a run of an earlier day."""
    soreness, note = _soreness(context), _note(context)
    act = desk.diary.runs.add(moment, soreness=soreness, note=note, measured=details)
    run = desk.diary.runs.find(act.subject)
    desk.diary.sync_beside(SYNC_WAIT)
    say_if_private(context)
    facts = (distance(run), "" if soreness is None else f"soreness {soreness}")
    words = ", ".join((full_day(run), *filter(None, facts)))
    context.output.write(f"Run added: {words}. Open ticks stay as they are.")
    return 0


def desk_of(context: Context) -> ChecklistDesk:
    """The book's lists beside the reader's diary."""
    return ChecklistDesk(context.handbook, context.pages, context.diary)


def require_readable(desk: ChecklistDesk) -> None:
    """Refuse to answer from an empty diary where there is a real one that cannot be read."""
    if desk.diary.mode == "memory" and desk.diary.trouble is not None:
        raise CannotRead(desk.diary.trouble)


def named_list(context: Context, desk: ChecklistDesk, name: str | None) -> TickedList:
    """The list with this name, or the one for before the run."""
    wanted = name or context.handbook.roles.checklist
    if not wanted:
        raise UsageError("this book names no main checklist; name the one you mean")
    known = context.handbook.get(wanted)
    if known is not None and known.id in desk.list_ids:
        return desk.ticked(known.id)
    return desk.ticked(find_checklist(context.handbook, desk.lists, wanted).id)


def _mark_each(
    context: Context, chosen: Callable[[ChecklistDesk], Callable[[TickedList, Row], Act]]
) -> int:
    """Mark every item that was named, or none where one of the names is unknown."""
    desk = desk_of(context)
    require_readable(desk)
    found = [find_row(context, desk, name) for name in context.arguments.item]
    _say_if_half_done(context, desk, found[0][0])
    for listed, row in found:
        if row.hidden:
            raise UsageError(
                f"{_short_id(row)} is put aside as not for you; `runtall item show {_short_id(row)}` takes it in again"
            )
        chosen(desk)(listed, row)
    say_if_private(context)
    for list_id in dict.fromkeys(listed.id for listed, _ in found):
        now = desk.ticked(list_id)
        named = [row.reference for _, row in found]
        for row in now.rows:
            if row.reference in named:
                state = f"{row.state}:" if context.linear else row.box
                context.output.write(f"{state} {row.label}")
        context.output.write(f"{now.title}: {now.words}")
    return 0


def find_row(context: Context, desk: ChecklistDesk, name: str) -> tuple[TickedList, Row]:
    """The item with this name, on the list that it or the options name."""
    list_id, _, _ = name.rpartition("/")
    named = list_id if list_id in desk.list_ids else context.option("list")
    listed = named_list(context, desk, named)
    numbered = _numbered(listed, name.removeprefix(f"{listed.id}/"))
    if numbered is not None:
        return listed, numbered
    checklist = desk.checklist(listed.id)
    every = checklist._replace(items=tuple(row.item for row in listed.rows))
    item = find_item(context.handbook, every, name)
    return listed, next(row for row in listed.rows if row.item.id == item.id)


def _numbered(listed: TickedList, name: str) -> Row | None:
    """The row with this number, as `check` and the screen count; None where that is no number."""
    if not (name.isascii() and name.isdigit() and len(name) < 4):
        return None
    if any(row.item.id == name for row in listed.rows) or not 1 <= int(name) <= listed.total:
        return None
    return listed.shown[int(name) - 1]


def _walk(context: Context, desk: ChecklistDesk, listed: TickedList) -> None:
    """Ask about each open item: y ticks it, n leaves it, s skips it, q ends.

    Where an item may not apply, x puts it aside for good.
    """
    for number, row in enumerate(listed.open, 1):
        why = f" {row.item.why}" if row.item.why else ""
        keys, also = ("ynsxq", ", x not for me") if row.item.may_not_apply else ("ynsq", "")
        question = f"{number} of {len(listed.open)}. {row.label}.{why} [{'/'.join(keys)}{also}]"
        answer = ask_until(context, question, partial(_why_no_answer, keys))
        if answer is None or answer.lower() == "q":
            return
        if answer.lower() == "y":
            desk.tick(listed, row)
        elif answer.lower() == "s":
            desk.skip(listed, row, ask(context, "Why (optional):") or "")
        elif answer.lower() == "x":
            desk.remove_or_hide(row)


def _why_no_answer(keys: str, answer: str) -> str:
    if len(answer) == 1 and answer.lower() in keys:
        return ""
    aside = ", x puts it aside as not for you" if "x" in keys else ""
    return f"y ticks it, n leaves it open, s skips it{aside}, q ends"


def _write_list(context: Context, listed: TickedList) -> None:
    context.output.write(f"{listed.title}: {listed.words}\n")
    if context.linear:
        for number, row in enumerate(listed.shown, 1):
            context.output.write(f"{number}. {row.state}: {row.shown_label}")
    else:
        _write_rows(context, listed)
    hidden = [_short_id(row) for row in listed.rows if row.hidden]
    if hidden:
        context.output.write(f"\nNot for me: {', '.join(hidden)} (`runtall item show ITEM`)")
    offered = [_short_id(row) for row in listed.rows if row.offered]
    if offered:
        context.output.write(f"\nNot for you: {', '.join(offered)}? (`runtall item hide ITEM`)")


def _write_rows(context: Context, listed: TickedList) -> None:
    wide = max((len(_short_id(row)) for row in listed.shown), default=0)
    digits = len(str(listed.total))
    for number, row in enumerate(listed.shown, 1):
        start = f"{number:{digits}} {row.box} {_short_id(row).ljust(wide)}  "
        context.output.write(_row_text(row, start, context.output.columns))


def _row_text(row: Row, start: str, columns: int) -> str:
    skipped = f" (skipped: {row.skipped})" if row.skipped and not row.ticked else ""
    text = row.shown_label + skipped
    room = max(columns - cell_width(start), 24)
    lines = [text[begin:end] for begin, end in break_lines(text, room)]
    return start + f"\n{' ' * cell_width(start)}".join(lines)


def _short_id(row: Row) -> str:
    """As much of an item's id as names it; own items have long ones."""
    return row.item.id[:8] if row.own else row.item.id


def _say_if_half_done(context: Context, desk: ChecklistDesk, listed: TickedList) -> None:
    since = desk.diary.runs.left_half_done() if listed.resets is Resets.RUN else None
    if since is not None:
        when = f"{moment_of(since).astimezone():%b %d, %H:%M}"
        remark(context, f"a run was left unfinished ({when}); `runtall finish` files it")


def say_if_private(context: Context) -> None:
    """Say beside the answer that nothing of it is kept, where that is so."""
    if context.diary.private:
        remark(context, "with --private nothing is kept")


def _pass_the_gate(context: Context, desk: ChecklistDesk) -> bool:
    """Whether the run may be filed: yes, unless the reader is there and says no."""
    gate = desk.open_gate()
    if gate is None:
        return True
    where = "`runtall red-flags` says when to stop and get help"
    remark(context, f"run today? “{gate.label}” is still open; {where}")
    if not on_a_terminal():
        return True
    return (ask(context, "File this run all the same? [y/n]") or "").lower() in ("y", "yes")


def _soreness(context: Context) -> int | None:
    given = context.option("soreness")
    if given is None and on_a_terminal():
        question = "Soreness, 0 to 10 (optional):"
        given = ask_until(context, question, soreness_problem)
    wrong = soreness_problem(given or "")
    if wrong:
        raise UsageError(f"--soreness {given}: {wrong[0].lower()}{wrong[1:]}")
    return parse_soreness(given or "")


def _note(context: Context) -> str:
    given: str | None = context.option("note")
    if given == "-":
        return sys.stdin.read().strip() if sys.stdin is not None else ""
    if given is None and on_a_terminal():
        given = ask(context, "Note (optional):")
    return (given or "").strip()


def _refuse_unread_input(context: Context) -> None:
    """Refuse words on standard input that no option asks for, lest they be lost; none are waited for."""
    given = context.option("soreness") is not None or context.option("note") is not None
    if not given and not on_a_terminal() and _has_input():
        raise UsageError(
            "finish was given input, but no option; --soreness 3 or --note - says what it is"
        )


def _has_input() -> bool:
    """Whether anything stands on standard input; a pipe that stays silent counts as empty."""
    if sys.stdin is None or sys.stdin.isatty():
        return False
    try:
        ready, _, _ = select.select([sys.stdin], [], [], _PIPE_WAIT)
        return bool(ready) and bool(sys.stdin.read(1))
    except (OSError, ValueError):
        return False
