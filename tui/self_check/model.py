"""Answers → how urgent it is, and the likeliest places to start; it ranks, and never diagnoses."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from ..handbook.errors import HandbookError
from ..handbook.signs import Group, Level, Sign, Signs

MEDICAL = "medical"
"""The id of the cause that sends people to have it checked, and is never ranked with the others."""

NONE_OF_THESE = "z"
"""The id of the answer that excludes all others of its question."""


class AnswersError(HandbookError):
    """The answers given do not fit the questions; the text is one line with the remedy."""


class Answer(NamedTuple):
    """One answer to a question: the level it sets in the gate, or the points it gives elsewhere."""

    id: str
    text: str
    level: Level = Level.SELF
    points: Mapping[str, int] = {}
    """By the id of a cause."""
    zones: tuple[int, ...] = ()
    """The zones of the body map that it names."""
    signs: tuple[str, ...] = ()
    """The ids of the signs of danger that it stands for."""
    group: str = ""
    """The id of the group of people that it names."""


class Question(NamedTuple):
    """A question with its answers; `multi` allows several."""

    id: str
    text: str
    multi: bool
    answers: tuple[Answer, ...]

    def get(self, answer_id: str) -> Answer | None:
        """The answer with this id."""
        return next((each for each in self.answers if each.id == answer_id), None)

    def most_points(self, cause: str) -> int:
        """The most points that this question can give a cause."""
        points = [answer.points.get(cause, 0) for answer in self.answers]
        return sum(points) if self.multi else max(points)


class Plan(NamedTuple):
    """What to try first for a cause, and the pages that help: ids of sections and exercises."""

    cause: str
    first: str
    sections: tuple[str, ...]
    exercises: tuple[str, ...]


class Cause(NamedTuple):
    """A reason for a sore back, and the most points that the questions can give it."""

    id: str
    title: str
    max: int
    plan: Plan


class Rules(NamedTuple):
    """How points become causes that are named."""

    tie_order: tuple[str, ...]
    """Ids of all causes but the medical one; of two with equal points the earlier comes first."""
    min_score: int
    """A cause is named from this many points on."""
    max_causes: int
    medical_first_at: int
    """From this many medical points on, it should be checked."""


class SelfCheck(NamedTuple):
    """What is asked, what may come of it, and by which rules."""

    gate: Question
    questions: tuple[Question, ...]
    causes: tuple[Cause, ...]
    rules: Rules
    no_favorite: Plan | None
    """What to try when no cause stands out; its cause is empty."""
    risks: Question | None
    """Asked after the gate: who the reader is, for whom signs may be more urgent."""
    signs: Signs

    @property
    def safety_questions(self) -> tuple[Question, ...]:
        """What is asked before all else, and cannot be skipped."""
        return (self.gate, self.risks) if self.risks else (self.gate,)

    @property
    def all_questions(self) -> tuple[Question, ...]:
        """Every question, in the order they are asked."""
        return (*self.safety_questions, *self.questions)

    def groups_of(self, answers: Collection[Answer]) -> tuple[Group, ...]:
        """The groups of people that answers name."""
        found = (self.signs.group(answer.group) for answer in answers)
        return tuple(group for group in found if group is not None)

    def signs_of(self, answers: Collection[Answer]) -> tuple[Sign, ...]:
        """The signs of danger that answers stand for, each once."""
        ids = dict.fromkeys(each for answer in answers for each in answer.signs)
        return tuple(sign for each in ids if (sign := self.signs.sign(each)) is not None)


class Reason(NamedTuple):
    """An answer that gave a cause points: “because you said …”."""

    question: str
    """The id of the question."""
    said: str
    """The words of the answer."""
    points: int


class Score(NamedTuple):
    """A cause, its points, and the answers that gave them: the most points first."""

    cause: Cause
    points: int
    why: tuple[Reason, ...]


class Result(NamedTuple):
    """What the answers come to."""

    level: Level
    """How soon to act, whatever else was answered."""
    red_flags: tuple[Answer, ...]
    """The answers to the gate that call for help."""
    medical: bool
    """Whether it should be checked, whatever else scored."""
    causes: tuple[Score, ...]
    """The likeliest places to start, best first; only where the reader may care for it alone."""
    scores: tuple[Score, ...]
    """Every cause, the medical one too, in the order of the file."""
    groups: tuple[Group, ...]
    """The groups of people that the reader belongs to."""
    signs: tuple[Sign, ...]
    """The signs of danger that were chosen, in the gate and later."""
    raised: bool
    """Whether a group has made it more urgent."""

    @property
    def plan(self) -> tuple[Plan, ...]:
        """What to try for each of the causes named."""
        return tuple(score.cause.plan for score in self.causes)

    @property
    def no_clear_favorite(self) -> bool:
        """Whether the answers point to no cause, where causes are looked for at all."""
        return not self.causes and self.level is Level.SELF

    @property
    def points(self) -> Mapping[str, int]:
        """The points of every cause, by its id."""
        return {score.cause.id: score.points for score in self.scores}


def parse_answers(check: SelfCheck, text: str) -> dict[str, tuple[str, ...]]:
    """Answers such as `q0=z q1=b q4=a,c`: the ids of the answers by the id of their question.

    Raises:
        AnswersError: the text has another form, or does not fit the questions.
    """
    answers: dict[str, tuple[str, ...]] = {}
    for word in re.sub(r"\s?,\s?", ",", " ".join(text.lower().split())).split():
        question_id, equals, given = word.partition("=")
        if not equals:
            raise AnswersError(f"“{_short(word)}” answers nothing; write it as {check.gate.id}=z")
        question = _question(check, question_id)
        if question.id in answers:
            raise AnswersError(f"{question.id} is answered twice; put its answers together: a,c")
        answers[question.id] = parse_choice(question, given)
    _require_gate(check, answers)
    return answers


def parse_choice(question: Question, text: str) -> tuple[str, ...]:
    """The answers to one question, such as `a,c`, as ids in the order of the question.

    Raises:
        AnswersError: there is none, or they do not fit the question.
    """
    given = re.split(r"[\s,]+", text.strip(" ,\t\n").lower())
    if given == [""]:
        raise AnswersError(f"{question.id} has no answer here; leave it out to skip it")
    return tuple(answer.id for answer in _chosen(question, given))


def evaluate(check: SelfCheck, answers: Mapping[str, Collection[str]]) -> Result:
    """What the answers come to: ids of answers by the id of their question; a missing one is skipped.

    Raises:
        AnswersError: the answers do not fit the questions, or the gate is not answered.
    """
    _require_gate(check, answers)
    given = {key: _chosen(_question(check, key), chosen) for key, chosen in answers.items()}
    red_flags = tuple(each for each in given[check.gate.id] if each.level is not Level.SELF)
    groups = check.groups_of(given.get(check.risks.id, ()) if check.risks else ())
    later = [each for question in check.questions for each in given.get(question.id, ())]
    scores = tuple(_score(cause, check, given) for cause in check.causes)
    medical_points = sum(score.points for score in scores if score.cause.id == MEDICAL)
    medical = medical_points >= check.rules.medical_first_at
    unraised = _level(red_flags, medical, later, ())
    level = _level(red_flags, medical, later, groups)
    return Result(
        level,
        red_flags,
        medical,
        _likeliest(check.rules, scores) if level is Level.SELF else (),
        scores,
        groups,
        check.signs_of([*red_flags, *(later if medical else ())]),
        level is not unraised,
    )


def _level(
    red_flags: Collection[Answer],
    medical: bool,
    later: Collection[Answer],
    groups: Collection[Group],
) -> Level:
    """The most urgent of what the gate, the later answers, and the groups come to."""
    levels = [Level.SELF]
    levels += [_raised(each.level, each.signs, groups) for each in red_flags]
    if medical:
        levels.append(_raised(Level.BOOK, [s for each in later for s in each.signs], groups))
    if any(group.book for group in groups):
        levels.append(Level.BOOK)
    return min(levels, key=lambda level: level.rank)


def _raised(level: Level, signs: Collection[str], groups: Collection[Group]) -> Level:
    """A level, or the next more urgent where one of the groups makes it so."""
    raises = any(group.raises_any(signs) if signs else group.raises is None for group in groups)
    return level.one_up if raises else level


def _score(cause: Cause, check: SelfCheck, given: Mapping[str, tuple[Answer, ...]]) -> Score:
    reasons = [
        Reason(question.id, answer.text, answer.points[cause.id])
        for question in check.questions
        for answer in given.get(question.id, ())
        if answer.points.get(cause.id)
    ]
    reasons.sort(key=lambda reason: -reason.points)
    return Score(cause, sum(reason.points for reason in reasons), tuple(reasons))


def _likeliest(rules: Rules, scores: tuple[Score, ...]) -> tuple[Score, ...]:
    named = [
        score for score in scores if score.cause.id != MEDICAL and score.points >= rules.min_score
    ]
    named.sort(key=lambda score: (-score.points, rules.tie_order.index(score.cause.id)))
    return tuple(named[: rules.max_causes])


def _require_gate(check: SelfCheck, answers: Mapping[str, Collection[str]]) -> None:
    if not answers.get(check.gate.id):
        gate = check.gate.id
        raise AnswersError(
            f"{gate} is not answered; it comes first: {gate}=z for none of its signs"
        )


def _question(check: SelfCheck, question_id: str) -> Question:
    known = {each.id: each for each in check.all_questions}
    if question_id not in known:
        span = f"{check.gate.id} to {check.all_questions[-1].id}"
        raise AnswersError(f"there is no question “{_short(question_id)}”; they are {span}")
    return known[question_id]


def _chosen(question: Question, ids: Collection[str]) -> tuple[Answer, ...]:
    """The answers with these ids, in the order of the question, if they go together."""
    for each in ids:
        if question.get(each) is None:
            known = ", ".join(answer.id for answer in question.answers)
            raise AnswersError(f"{question.id} has no answer “{_short(each)}”; it has {known}")
    chosen = tuple(answer for answer in question.answers if answer.id in ids)
    if len(chosen) > 1 and any(answer.id == NONE_OF_THESE for answer in chosen):
        what = f"{question.id}: {NONE_OF_THESE} means none of these and stands alone"
        raise AnswersError(f"{what}; leave it out, or give nothing else")
    if len(chosen) > 1 and not question.multi:
        raise AnswersError(f"{question.id} takes one answer, not {len(chosen)}; give one letter")
    return chosen


def _short(word: str) -> str:
    return word if len(word) <= 40 else f"{word[:39]}…"
