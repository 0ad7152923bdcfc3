"""`diary`: past runs as a table, one run whole, and mending or removing one."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from ..diary.clock import now
from ..diary.diary import Diary
from ..diary.errors import CannotRead, ReadOnly
from ..diary.model import Measured, Run
from ..diary.runs import moved
from ..handbook.safe_text import one_line
from ..layout.spoken import for_the_ear
from ..layout.typesetting import typeset
from ..layout.wrapping import MEASURE, fitted
from ..session.checklists import ChecklistDesk, parse_soreness, soreness_problem
from ..session.routine_report import as_json, past_routines
from ..session.run_details import NotUnderstoodError, day_of_text
from ..session.run_report import ItemNames, day_of, distance, full_day, level, run_page
from ..session.soreness_chart import ChartedRun, chart, charted, in_words, legend
from .checklist import UNREAD
from .context import Context, UsageError
from .diary_forms import Told, as_csv, as_sheet, run_in_words
from .prompts import ask, on_a_terminal, remark
from .run_details import NAMES as DETAILS
from .run_details import given_moment, measured

CHART_HEIGHT = 6
"""Lines for the scale of the chart of soreness."""
_EDITS = ("soreness", "next_day", "note", "danger_sign", *DETAILS)
_MARKUP = re.compile(r"([\\`*_\[\]<>|~&#])")
_ESCAPED = r"\\\1"
_MEANING = (
    "Soreness is the runner's own rating of the upper back, from 0 (none) to 10 (worst): after the "
    "run, and the next morning. A dash: not noted. Done: how many items of the runner's list for "
    "before the run were done. The runner kept this record; it is no diagnosis."
)


def diary(context: Context) -> int:
    """List past runs; show, edit or remove one."""
    action: str | None = context.option("action")
    _refuse_what_does_not_go_together(context, action)
    kept = opened(context)
    if action is None and context.option("routines"):
        _list_routines(context)
    elif action is None:
        _list(context, kept.activities.joined().runs)
    else:
        _ACTIONS[action](context, kept, kept.runs.find(context.option("filed")))
    return UNREAD if kept.mode == "memory" and not kept.private else 0


def opened(context: Context) -> Diary:
    """The diary, open to be read; why it cannot be saved is said beside.

    Raises CannotRead.
    """
    kept = context.diary
    nothing_there = isinstance(kept.trouble, ReadOnly) and not kept.exists
    if kept.trouble is not None and kept.mode == "memory" and not nothing_there:
        raise CannotRead(kept.trouble)
    if kept.trouble is not None:
        remark(context, str(kept.trouble))
    return kept


def agreed(context: Context, question: str) -> bool:
    """Whether the reader wants it: with `--yes` unasked, and else asked."""
    if context.option("yes"):
        return True
    return (ask(context, f"{question} [y/n]") or "").lower() in ("y", "yes")


def _refuse_what_does_not_go_together(context: Context, action: str | None) -> None:
    given = [f"--{name.replace('_', '-')}" for name in _EDITS if context.option(name) is not None]
    if action is not None and not context.option("filed"):
        raise UsageError(f"name a run: runtall diary {action} 1 is about the newest")
    if action == "edit" and not given:
        raise UsageError(
            "nothing to change; give --soreness, --next-day, --note, --danger-sign, --date, --km, "
            "--minutes or --load"
        )
    if action != "edit" and given:
        raise UsageError(f"{given[0]} goes with a run: runtall diary edit 1 {given[0]} …")
    if context.option("markdown") and (action is not None or context.option("json")):
        raise UsageError("--markdown is a table of all runs; give it alone")
    forms = [name for name in ("json", "markdown", "sheet", "csv") if context.option(name)]
    if len(forms) > 1:
        raise UsageError(f"--{forms[0]} and --{forms[1]} are two forms of the diary; give one")
    if context.option("routines") and (forms[:1] not in ([], ["json"]) or context.option("grep")):
        raise UsageError(
            "--routines is a list of its own; give it alone, or with --since or --json"
        )
    for name in ("sheet", "csv", "since", "grep", "routines"):
        if action is not None and context.option(name):
            raise UsageError(f"--{name} is about all runs; give it without a run")


def _chosen(context: Context, runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs from `--since` on whose note holds what `--grep` gives."""
    first, words = _first_day(context), str(context.option("grep", "")).casefold()
    return tuple(run for run in runs if day_of(run) >= first and words in run.note.casefold())


def _first_day(context: Context) -> date:
    """The day that `--since` names."""
    since = context.option("since")
    try:
        return day_of_text(since, now()) if since else date.min
    except NotUnderstoodError as error:
        raise UsageError(f"--since {since}: {error}") from error


def _list_routines(context: Context) -> None:
    """Write a line for each past routine, newest first."""
    entries = context.diary.routines.every()
    every = zip(entries, past_routines(entries, context.handbook), strict=True)
    first = _first_day(context)
    shown = [(entry, past) for entry, past in every if past.day >= first]
    if context.option("json"):
        context.output.write_json({"routines": [as_json(entry) for entry, _ in shown]})
        return
    for _, past in shown:
        context.output.write_table([(f"{past.full_day:12}", past.words)])
    if not shown:
        context.output.write("No routines yet: `runtall routine` lists what can be done.")


def _write_newest_routine(context: Context) -> None:
    """Write which routine was done last, where there are any."""
    past = past_routines(context.diary.routines.every(), context.handbook)
    if past:
        rest = f" ({len(past):,} in all: `runtall diary --routines`)" if len(past) > 1 else ""
        context.output.write(f"Last routine: {past[0].full_day}, {past[0].words}{rest}")


def _list(context: Context, every: Sequence[Run]) -> None:
    runs = _chosen(context, every)
    if context.option("csv"):
        context.output.write(as_csv(runs, _names(context)))
    elif context.option("sheet"):
        experiments = _desk(context).experiments
        told = Told(_MEANING, experiments.lines, experiments.first_runs)
        context.output.write(as_sheet(runs, told, _names(context), spoken=context.linear))
    elif every and not runs:
        context.output.write("No run fits; `runtall diary` shows all.")
    elif context.option("json"):
        _write_json(context, runs)
    elif context.option("markdown"):
        context.output.write("\n".join(_markdown_lines(context, runs)))
    elif context.diary.private:
        context.output.write("With --private no runs are kept, and none are shown.")
    elif not runs:
        context.output.write(
            "No runs yet: `runtall finish` files one, and so does r in the handbook."
        )
        _write_newest_routine(context)
    else:
        _write_table(context, runs)
        _write_look_back(context, runs)
        _write_newest_routine(context)
        for notice in _desk(context).notices():
            context.output.write(f"{notice}")


def _write_json(context: Context, runs: Sequence[Run]) -> None:
    context.output.write_json({"runs": [run.as_json() for run in runs]})


def _write_table(context: Context, runs: Sequence[Run]) -> None:
    """Write a line for each run, newest first, its note cut to the width."""
    names = _names(context)
    if context.linear:
        for number, run in enumerate(runs, 1):
            context.output.write(run_in_words(number, run, names))
        return
    wide = max(len(str(len(runs))), 2)
    heads = ("No".rjust(wide), "Date".ljust(12), "Done ", "Sore after", "Next morning", "Note")
    context.output.write("  ".join(heads))
    for number, run in enumerate(runs, 1):
        after, next_morning = level(run.soreness), level(run.soreness_next_day)
        start = (
            f"{number:{wide}}  {full_day(run):12}  {names.done(run):5}  {after:10}  "
            f"{next_morning:12}  "
        )
        words = ". ".join(filter(None, (distance(run), one_line(run.note))))
        note = fitted(words, max(context.output.columns - len(start), 12))
        context.output.write(f"{start}{note}".rstrip())


def _write_look_back(context: Context, runs: Sequence[Run]) -> None:
    """Write the chart of soreness, and the sentence that says the same."""
    experiments = _desk(context).experiments
    shown = charted(runs, experiments.first_runs)
    words = in_words(shown)
    for line in _drawn(context, shown, context.output.columns):
        context.output.write(line)
    if words:
        context.output.write(f"\n{words}")
    for line in experiments.lines:
        context.output.write(f"Experiment: {line}")


def _drawn(context: Context, shown: Sequence[ChartedRun], width: int) -> tuple[str, ...]:
    """The chart below a blank line and what its signs mean; nothing where there is none, or for the ear."""
    drawn = () if context.linear else chart(shown, width, CHART_HEIGHT)
    return ("", legend(shown), *drawn) if drawn else ()


def _desk(context: Context) -> ChecklistDesk:
    return ChecklistDesk(context.handbook, context.pages, context.diary)


def _names(context: Context) -> ItemNames:
    return ItemNames(context.handbook, _desk(context).lists)


def _show(context: Context, kept: Diary, found: Run) -> None:
    """Write a run whole, with what was recorded of it."""
    run = next((each for each in kept.activities.joined().runs if each.id == found.id), found)
    if context.option("json"):
        _write_json(context, [run])
        return
    page = run_page(run, _names(context))
    page = for_the_ear(page, states=True) if context.linear else page
    context.output.write_lines(typeset(page, min(context.output.columns, MEASURE)).lines)


def _edit(context: Context, kept: Diary, run: Run) -> None:
    changed = run._replace(
        soreness=_level(context, "soreness", run.soreness),
        soreness_next_day=_level(context, "next_day", run.soreness_next_day),
        note=_note(context, run.note),
        danger=context.option("danger_sign", "yes" if run.danger else "no") == "yes",
        **measured(context, Measured(run.minutes, run.km, run.load))._asdict(),
    )
    moment = given_moment(context)
    changed = changed if moment is None else moved(changed, moment)
    kept.runs.edit(changed)
    if context.option("json"):
        _write_json(context, [changed])
        return
    after, next_morning = level(changed.soreness), level(changed.soreness_next_day)
    words = f"soreness {after}, next morning {next_morning}"
    rest = "".join(f", {each}" for each in (distance(changed), _said_note(changed)) if each)
    context.output.write(f"Run of {full_day(changed)}: {words}{rest}")


def _said_note(run: Run) -> str:
    return f"note: {one_line(run.note)}" if run.note else ""


def _remove(context: Context, kept: Diary, run: Run) -> None:
    named = f"the run of {full_day(run)} (id {run.id[:8]})"
    if on_a_terminal():
        lasting = "For a day, `runtall undo` brings it back; so long its words stay on this device."
        if not agreed(context, f"Remove {named}? {lasting}"):
            context.output.write("Nothing was removed.")
            return
    kept.runs.remove(run.id)
    context.output.write(f"Removed {named}.")


_ACTIONS: Mapping[str, Callable[[Context, Diary, Run], None]] = {
    "show": _show,
    "edit": _edit,
    "remove": _remove,
}


def _level(context: Context, name: str, before: int | None) -> int | None:
    """The soreness that was given; `none` takes it away."""
    given: str | None = context.option(name)
    if given is None:
        return before
    wrong = "" if given == "none" else soreness_problem(given or "?")
    if wrong:
        option = f"--{name.replace('_', '-')}"
        raise UsageError(f"{option} {given}: {wrong[0].lower()}{wrong[1:]}, or none")
    return None if given == "none" else parse_soreness(given)


def _note(context: Context, before: str) -> str:
    given: str | None = context.option("note")
    if given is None:
        return before
    if given == "-":
        return sys.stdin.read().strip() if sys.stdin is not None else ""
    return given.strip()


def _markdown_lines(context: Context, runs: Sequence[Run]) -> Iterator[str]:
    """All runs, given newest first, with the period and what the numbers mean."""
    names, experiments = _names(context), _desk(context).experiments
    yield "# Running diary: soreness of the upper back\n"
    if not runs:
        yield "No runs are noted yet."
        return
    yield f"{_period(runs)}\n"
    yield f"{_MEANING}\n"
    shown = charted(runs, experiments.first_runs)
    words = in_words(shown)
    drawn = _drawn(context, shown, MEASURE)
    if drawn:
        yield "\n".join(("```text", *drawn[1:], "```\n"))
    if words:
        yield f"{words}\n"
    yield from (f"Experiment: {_MARKUP.sub(_ESCAPED, line)}\n" for line in experiments.lines)
    yield "| Date | Soreness after | Next morning | Run | Done | Note |"
    yield "|---|---|---|---|---|---|"
    for run in runs:
        after, next_morning = level(run.soreness), level(run.soreness_next_day)
        note = _MARKUP.sub(_ESCAPED, one_line(run.note))
        yield f"| {full_day(run)} | {after} | {next_morning} | {distance(run)} | {names.done(run)} | {note} |"


def _period(runs: Sequence[Run]) -> str:
    if len(runs) == 1:
        return f"Period: {full_day(runs[0])}; 1 run."
    return f"Period: {full_day(runs[-1])} to {full_day(runs[0])}; {len(runs):,} runs, newest first."
