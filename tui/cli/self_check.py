"""`self-check`: line by line, or all answers at once."""

from __future__ import annotations

import sys
from contextlib import suppress
from copy import copy

from ..diary.errors import DiaryError
from ..handbook.blocks import Block
from ..handbook.loading import SELF_CHECK
from ..handbook.model import Page, Section
from ..handbook.safe_text import one_line
from ..handbook.signs import Level
from ..layout.spoken import for_the_ear
from ..layout.typesetting import typeset
from ..layout.wrapping import MEASURE
from ..self_check.advice import Adviser
from ..self_check.interview import Interview, Sight
from ..self_check.loading import load_self_check
from ..self_check.model import (
    AnswersError,
    Question,
    Result,
    SelfCheck,
    evaluate,
    parse_answers,
    parse_choice,
)
from ..session.checklists import ChecklistDesk
from .context import Context, UsageError
from .prompts import remark

NOTHING_FOUND = 1
_HOW_TO_TRY = (
    "`runtall try ITEM` tries one change in pairs of runs; `runtall self-check --keep` keeps only "
    "the first cause and the date, to ask again in two weeks."
)
EXIT_CODES = {Level.NOW: 4, Level.TODAY: 5}
"""How it ended, for scripts; 0 else."""


def self_check(context: Context) -> int:
    """Say where to start, from answers given at once or asked for line by line."""
    check = load_self_check(context.handbook)
    if check is None:
        remark(context, f"this book has no self-check; there is no {SELF_CHECK} in it")
        return NOTHING_FOUND
    if context.option("keep") and context.diary.private:
        raise UsageError("with --private nothing is kept; leave --keep out")
    given = context.option("answers")
    if given is not None:
        text = sys.stdin.read() if given == "-" else given
        answers = parse_answers(check, text)
        asked = check.risks is not None and bool(answers.get(check.risks.id))
        return _report(context, check, evaluate(check, answers), asked_risks=asked)
    if sys.stdin is None:
        raise UsageError("no input to ask on; give --answers")
    if context.option("json") and sys.stderr is not None:
        asking = copy(context)
        asking.output = context.output._replace(stream=sys.stderr.buffer)
        return _ask_all(asking, check, context)
    return _ask_all(context, check, context)


def _ask_all(asking: Context, check: SelfCheck, context: Context) -> int:
    """Ask each question in its turn, and report; the end of input leaves without an answer."""
    interview = Interview(check)
    while interview.sight is Sight.QUESTION:
        answered = _ask(asking, interview)
        if answered is None:
            return 0
        interview = answered.go_on()
    return _report(context, check, interview.result)


def _ask(context: Context, interview: Interview) -> Interview | None:
    """The interview with one more answer; None at the end of input or at `q`."""
    question = interview.question
    _write_question(context, interview)
    while True:
        context.output.write_prompt("Answer: ")
        line = sys.stdin.readline()
        words = line.strip().lower()
        if not line or words == "q":
            context.output.write()
            return None
        if not words and not interview.is_safety:
            return interview
        try:
            chosen = parse_choice(question, words)
        except AnswersError as error:
            context.output.write(f"{error}.")
            continue
        for answer in chosen:
            interview = interview.choose(answer)
        context.output.write()
        return interview


def _write_question(context: Context, interview: Interview) -> None:
    question = interview.question
    context.output.write(f"{interview.step}. {question.text}")
    rows = [(answer.id, answer.text) for answer in question.answers]
    context.output.write_table(rows, indent="  ")
    context.output.write(_how(question, not interview.is_safety))


def _how(question: Question, skippable: bool) -> str:
    letters = "Letters with commas between" if question.multi else "One letter"
    skip = "; Enter alone skips" if skippable else ""
    return f"{letters}{skip}; q leaves."


def _report(context: Context, check: SelfCheck, result: Result, *, asked_risks: bool = True) -> int:
    """Write what the answers come to; the exit code says how urgent it is."""
    if context.option("json"):
        context.output.write_json(as_json(result))
    else:
        book = (context.handbook, context.pages)
        adviser = Adviser(*book, check, bars=False, how_to_try=_HOW_TO_TRY)
        _write(context, adviser.result(result, asked_risks=asked_risks))
    if not context.diary.private:
        _tell_experiments(context, result)
    return EXIT_CODES.get(result.level, 0)


def _tell_experiments(context: Context, result: Result) -> None:
    """A sign that cannot wait ends the experiment that goes on; else notes of causes may end.

    With `--keep` the first cause that is named is kept, with the date.
    """
    kept = context.diary
    experiments = ChecklistDesk(context.handbook, context.pages, kept).experiments
    with suppress(DiaryError):
        if result.level not in EXIT_CODES:
            experiments.asked_again()
        elif (ended := experiments.end_by_danger()) is not None:
            remark(context, f"the experiment “{one_line(ended.label)}” is ended")
    if not context.option("keep"):
        return
    if not result.causes:
        remark(context, "nothing is kept: no cause is named")
        return
    cause = result.causes[0].cause
    experiments.keep_cause(cause.id, cause.title)
    remark(context, f"kept, to be asked again in two weeks: {cause.title}")


def as_json(result: Result) -> dict[str, object]:
    """The result in the shape that programs rely on: above SELF no causes, points or plan."""
    return {
        "level": result.level.value,
        "red_flags": [answer.text for answer in result.red_flags],
        "medical": result.medical,
        "causes": [
            {
                "id": score.cause.id,
                "title": score.cause.title,
                "points": score.points,
                "max": score.cause.max,
            }
            for score in result.causes
        ],
        "all": dict(result.points) if result.level is Level.SELF else {},
        "plan": [
            {
                "cause": plan.cause,
                "first": plan.first,
                "sections": list(plan.sections),
                "exercises": list(plan.exercises),
            }
            for plan in result.plan
        ],
    }


def _write(context: Context, blocks: tuple[Block, ...]) -> None:
    page = Page(Section("self-check", "", "", None), blocks)
    page = for_the_ear(page) if context.linear else page
    context.output.write_lines(typeset(page, min(context.output.columns, MEASURE)).lines)
