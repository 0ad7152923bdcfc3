"""One question on the screen, with its answers to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.reactive import var

from ...layout.wrapping import break_lines
from ...self_check.model import NONE_OF_THESE, Question
from .bindings import bindings
from .line_list import EVERY_LOOK, LineList, ListLine, Part

NUMBERED = 9
"""Answers that have a number, and a key."""


class QuestionView(LineList):
    """Shows a question and says which answer was chosen."""

    HELP = """
    # The self-check

    Space chooses an answer or takes it back, 0 is “None of these”, Enter goes on, Backspace goes
    back. The two questions of safety want an answer; the others may be left without one. Esc
    leaves; your answers stay until you quit. Should the connection drop half way, they wait on this
    device for a day, never with --private, and are no part of the diary.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = EVERY_LOOK
    BINDINGS = bindings("pick", "pick-number", "go-on")
    SAYS_MORE: ClassVar[bool] = True

    question: var[Question | None] = var[Question | None](None, init=False)
    """What is asked."""
    chosen: var[frozenset[str]] = var[frozenset[str]](frozenset(), init=False)
    """The ids of the chosen answers."""
    step: var[str] = var("", init=False)
    """Where the question stands among the others: `4 of 14`."""

    @dataclass
    class Picked(Message):
        """An answer was chosen, or taken back."""

        answer: str

    @dataclass
    class WentOn(Message):
        """The reader has answered, or skips the question."""

    @property
    def count(self) -> int:
        """How many rows can be chosen."""
        return len(self.question.answers) if self.question else 0

    def ask(self, question: Question, step: str, chosen: frozenset[str]) -> None:
        """Show a question with the answers chosen so far."""
        self.step = step
        self.chosen = chosen
        if question is not self.question:
            self.question = question
            self._list()
            self.go_to(0)
            self.cursor = _first_chosen(question, chosen)
        else:
            self._list()

    def on_resize(self) -> None:
        """Break the lines for another width."""
        self._list()

    def click_line(self, line: ListLine, column: int) -> None:
        """Choose the answer that was clicked, or take it back."""
        super().click_line(line, column)
        if line.row is not None:
            self.action_pick()

    def on_key(self, event: events.Key) -> None:
        """Choose by number; the one binding of the digits does not say which was pressed."""
        digit = event.character or ""
        if digit in "0123456789" and digit and self.question:
            event.stop()
            row = self._none if digit == "0" else int(digit) - 1
            if row is not None and row < self.count:
                self.cursor = row
                self.action_pick()

    def action_line_up(self) -> None:
        """Go to the answer before; from the first to “None of these”, which is a long way down."""
        if self.cursor == 0 and self._none is not None:
            self.cursor = self._none
        else:
            super().action_line_up()

    def keep_in_sight(self) -> None:
        """Keep the chosen answer in sight; with the first one the question, where both fit."""
        if self.cursor == 0 and self.rows and self.rows[0].start < self.sight:
            self.go_to(0)
        else:
            super().keep_in_sight()

    def action_pick(self) -> None:
        """Choose the answer under the cursor, or take it back."""
        if self.question is not None:
            self.post_message(self.Picked(self.question.answers[self.cursor].id))

    def action_go_on(self) -> None:
        """Go on to what comes next."""
        self.post_message(self.WentOn())

    @property
    def _none(self) -> int | None:
        """The number of “None of these”, if the question has it."""
        answers = self.question.answers if self.question else ()
        return next((n for n, each in enumerate(answers) if each.id == NONE_OF_THESE), None)

    def _digit(self, number: int) -> str:
        """The key that chooses an answer, as it is shown beside it."""
        if number == self._none:
            return "0"
        return str(number + 1) if number < NUMBERED else " "

    def _list(self) -> None:
        if self.question is not None and self.size.width:
            self.show_lines(self._all_lines(self.question, self.room))
            self.keep_in_sight()

    def _all_lines(self, question: Question, width: int) -> Iterator[ListLine]:
        how = "choose all that fit" if question.multi else "choose one"
        yield ListLine((Part(f"{self.step} · {how}", "faint"),))
        yield ListLine()
        for start, end in break_lines(question.text, width):
            yield ListLine((Part(question.text[start:end], "title"),))
        yield ListLine()
        for number, answer in enumerate(question.answers):
            chosen = answer.id in self.chosen
            head = f"{'[x]' if chosen else '[ ]'} {self._digit(number)} "
            for start, end in break_lines(answer.text, width - len(head)):
                yield ListLine(
                    (Part(head + answer.text[start:end], "done" if chosen else ""),), number
                )
                head = " " * len(head)


def _first_chosen(question: Question, chosen: frozenset[str]) -> int:
    """The number of the first answer that is chosen already; 0 if none is."""
    numbers = (number for number, each in enumerate(question.answers) if each.id in chosen)
    return next(numbers, 0)
