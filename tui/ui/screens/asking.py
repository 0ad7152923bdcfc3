"""Ask for a few lines of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label

from ...diary.model import LONGEST_TEXT
from ...handbook.safe_text import one_line
from ..widgets.bindings import bindings
from ..widgets.field import Field
from .answering import AnsweringModal

HINT = "Enter goes on, Esc cancels"


def anything(_: str) -> str:
    """Find nothing wrong."""
    return ""


@dataclass(frozen=True, slots=True)
class Question:
    """One line to be written."""

    words: str
    value: str = ""
    """What stands there already."""
    longest: int = LONGEST_TEXT
    """Characters."""
    why_not: Callable[[str], str] = anything
    """What is wrong with an answer; nothing where it is good."""


class AskScreen(AnsweringModal[tuple[str, ...] | None], inherit_bindings=False):
    """Asks questions; answers with a line for each, or None where the reader thought better of it."""

    BINDINGS = bindings("close", "next-pane", "previous-pane")
    AUTO_FOCUS = "Field"

    def __init__(self, title: str, *questions: Question) -> None:
        super().__init__()
        self._title = title
        self._questions: Sequence[Question] = questions

    def compose(self) -> ComposeResult:
        """Each question above its line."""
        with Vertical():
            yield Label(one_line(self._title), classes="title", markup=False)
            for question in self._questions:
                yield Label(one_line(question.words), markup=False)
                yield Field(question.value, question.longest)
            yield Label(HINT, id="hint", markup=False)

    @on(Field.Submitted)
    def _go_on(self, message: Field.Submitted) -> None:
        """Go to the next line that needs an answer; after the last, hand all over."""
        fields = list(self.query(Field))
        for field, question in zip(fields, self._questions, strict=True):
            wrong = question.why_not(field.value)
            if wrong:
                self.query_one("#hint", Label).update(Content(one_line(wrong)))
                field.focus()
                return
        if message.input is fields[-1]:
            self.dismiss(tuple(field.value.strip() for field in fields))
        else:
            self.focus_next(Field)

    def action_next_pane(self) -> None:
        """Go to the next line."""
        self.focus_next(Field)

    def action_previous_pane(self) -> None:
        """Go to the line before."""
        self.focus_previous(Field)
