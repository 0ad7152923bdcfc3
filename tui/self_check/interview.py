"""The self-check as it is asked: one question at a time, and what stands in sight now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from ..handbook.signs import Level
from .model import NONE_OF_THESE, AnswersError, Question, Result, SelfCheck, evaluate, parse_answers


class Sight(Enum):
    """What stands in sight."""

    QUESTION = auto()
    URGENT = auto()
    """That it cannot wait, and what to do; the end of the self-check."""
    RESULT = auto()


@dataclass(frozen=True)
class Interview:
    """How far the reader is, and the answers so far; a change is a new value."""

    check: SelfCheck
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The ids of the answers by the id of their question."""
    at: int = 0
    """The question in sight: 0 is the gate; after the last comes the result."""
    warned: bool = False
    """Whether what the first questions call for is in sight."""

    @property
    def sight(self) -> Sight:
        """What stands in sight now."""
        if self.warned:
            return Sight.URGENT
        return Sight.QUESTION if self.at < len(self.check.all_questions) else Sight.RESULT

    @property
    def question(self) -> Question:
        """The question in sight, or the last one that was."""
        return self.check.all_questions[min(self.at, len(self.check.all_questions) - 1)]

    @property
    def chosen(self) -> frozenset[str]:
        """The ids of the answers chosen for that question."""
        return frozenset(self.given.get(self.question.id, ()))

    @property
    def is_safety(self) -> bool:
        """Whether the question in sight is one of those that come first and cannot be skipped."""
        return self.at < len(self.check.safety_questions)

    @property
    def step(self) -> str:
        """Where the question in sight stands among the others."""
        if self.is_safety:
            return "Safety first"
        number = self.at - len(self.check.safety_questions) + 1
        return f"{number} of {len(self.check.questions)}"

    @property
    def result(self) -> Result:
        """What the answers come to; raises AnswersError before the gate is answered."""
        return evaluate(self.check, {key: ids for key, ids in self.given.items() if ids})

    @property
    def written(self) -> tuple[str, ...]:
        """How far the reader is, in words; none before the first is answered, or at the end."""
        given = " ".join(f"{key}={','.join(ids)}" for key, ids in self.given.items() if ids)
        return (str(self.at), given) if given and self.sight is Sight.QUESTION else ()

    @property
    def may_go_on(self) -> bool:
        """Whether the question may be left: the first ask for an answer, the others can be skipped."""
        return not self.is_safety or bool(self.chosen)

    def choose(self, answer_id: str) -> Interview:
        """Choose an answer, or take the choice back; one that excludes others replaces them."""
        question, chosen = self.question, self.chosen
        if answer_id in chosen:
            kept = chosen - {answer_id}
        elif question.multi and answer_id != NONE_OF_THESE:
            kept = (chosen - {NONE_OF_THESE}) | {answer_id}
        else:
            kept = frozenset({answer_id})
        in_order = tuple(each.id for each in question.answers if each.id in kept)
        return replace(self, given={**self.given, question.id: in_order})

    def go_on(self) -> Interview:
        """On to what comes next: what the first questions call for, the next question, the result."""
        if self.sight is not Sight.QUESTION or not self.may_go_on:
            return self
        if self.is_safety and self._calls_for_help:
            return replace(self, warned=True)
        return replace(self, at=self.at + 1)

    def go_back(self) -> Interview:
        """Back to what stood in sight before."""
        if self.warned:
            return replace(self, warned=False)
        return replace(self, at=max(self.at - 1, 0))

    @classmethod
    def from_written(cls, check: SelfCheck, words: tuple[str, ...]) -> Interview | None:
        """The interview that was written in words; None where they do not fit these questions."""
        try:
            at, answers = words
            interview, steps = cls(check, parse_answers(check, answers)), int(at)
        except (AnswersError, ValueError):
            return None
        # Step by step, so that none of the first questions is passed by.
        for _ in check.all_questions[: max(steps, 0)]:
            interview = interview.go_on()
        return interview

    @property
    def _calls_for_help(self) -> bool:
        """Whether nothing more is to be asked: for TODAY, who the reader is must still be known."""
        level = self.result.level
        last = self.at == len(self.check.safety_questions) - 1
        return level is Level.NOW or (last and level is Level.TODAY)
