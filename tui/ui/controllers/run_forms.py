"""The forms of past runs: to change one, and to add one of an earlier day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from ...diary.clock import moment_of
from ...diary.model import Measured, Run
from ...diary.runs import moved
from ...handbook.safe_text import one_line
from ...session.checklists import parse_soreness, soreness_problem
from ...session.run_details import (
    NotUnderstoodError,
    parse_km,
    parse_load,
    parse_minutes,
    parse_moment,
)
from ...session.run_report import full_day
from ..conversation import Conversation, ask
from ..screens.dialogs import FormLine, FormScreen
from .responses import DiaryAct, Response

if TYPE_CHECKING:
    from ...diary.diary import Diary
    from ...diary.drafts import Drafts

ADDED = "The run is added; open ticks stay as they are"
_AMOUNTS: tuple[tuple[str, str, Callable[[str], float]], ...] = (
    ("Kilometers, or 5 mi", "km", parse_km),
    ("Minutes, or 48:30", "minutes", parse_minutes),
    ("Kilograms carried, or 5 lb", "load", parse_load),
)
"""The label of each, the name of its field, and how it is read."""


def soreness_line(label: str, value: str = "") -> FormLine:
    """A line of a form for how sore the back is."""
    return FormLine(label, value, longest=2, problem=soreness_problem)


def edit_run(drafts: Drafts, run: Run, shown: Run, now: datetime) -> Conversation[Run | None]:
    """Ask for changes to a filed run; None where the reader thinks better of it.

    What was recorded of it is `shown` too, and kept apart unless it is changed.
    """
    when, note = f"{moment_of(run.finished).astimezone():%Y-%m-%d %H:%M}", one_line(run.note)
    answers = yield from ask(
        FormScreen(
            f"Run of {full_day(run)}",
            soreness_line("Soreness after the run, 0-10", _text(run.soreness)),
            soreness_line("Soreness the next morning, 0-10", _text(run.soreness_next_day)),
            FormLine("Day and time", when, problem=_moment_problem(now)),
            *_amount_lines(shown),
            FormLine("Note", note),
            draft=drafts.named(f"run {run.id}"),
        )
    )
    if answers is None:
        return None
    after, next_morning, moment, *amounts, words = answers
    amended = run._replace(
        soreness=parse_soreness(after),
        soreness_next_day=parse_soreness(next_morning),
        note=run.note if words == note else words,
        **_measured(amounts, run, shown)._asdict(),
    )
    return amended if moment == when else moved(amended, parse_moment(moment, now))


def add_run(diary: Diary, now: datetime) -> Conversation[Response]:
    """Add a run of an earlier day; the ticks of today stay as they are."""
    answers = yield from ask(
        FormScreen(
            "Add a run",
            FormLine("Day, and a time if you like", "yesterday", problem=_moment_problem(now)),
            soreness_line("Soreness after the run, 0-10 (optional)"),
            *_amount_lines(None),
            FormLine("Note (optional)"),
            draft=diary.drafts.named("run new"),
        )
    )
    if answers is None:
        return None
    moment, after, *amounts, note = answers
    finished, level = parse_moment(moment, now), parse_soreness(after)
    kept = _measured(amounts)
    return DiaryAct(
        lambda: diary.runs.add(finished, soreness=level, note=note, measured=kept), ADDED
    )


def _amount_lines(run: Run | None) -> Iterator[FormLine]:
    for label, name, parse in _AMOUNTS:
        value = getattr(run, name) if run is not None else None
        yield FormLine(label, "" if value is None else f"{value:g}", problem=_problem(parse))


def _measured(texts: Iterable[str], run: Run | None = None, shown: Run | None = None) -> Measured:
    """What was written; where nothing else was written than was shown, what the run holds itself."""
    read: dict[str, float | None] = {}
    lines = zip(texts, _amount_lines(shown), _AMOUNTS, strict=True)
    for text, line, (_, name, parse) in lines:
        if run is not None and text == line.value:
            read[name] = getattr(run, name)
        else:
            read[name] = parse(text) if text else None
    return Measured(**read)


def _problem(parse: Callable[[str], object]) -> Callable[[str], str]:
    """What is wrong with a text that this reads; nothing where it may be left blank."""

    def problem(text: str) -> str:
        """The message of the reader, as a sentence."""
        try:
            if text.strip():
                parse(text)
        except NotUnderstoodError as error:
            return f"{error}"[:1].upper() + f"{error}"[1:]
        return ""

    return problem


def _moment_problem(now: datetime) -> Callable[[str], str]:
    asked = _problem(lambda text: parse_moment(text, now))
    return lambda text: asked(text or "?")


def _text(soreness: int | None) -> str:
    return "" if soreness is None else str(soreness)
