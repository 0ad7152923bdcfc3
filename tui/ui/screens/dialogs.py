"""Small screens that ask: choose one of a few lines, or write a few lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList

from ...diary.model import LONGEST_TEXT
from ...handbook.safe_text import one_line
from ..conversation import Conversation, ask
from ..widgets.bindings import bindings
from ..widgets.choice_list import ChoiceList
from ..widgets.field import Field
from .answering_screens import AnswerModal

T = TypeVar("T")
HINT = "Enter goes on, Esc cancels"


class ChoiceScreen(AnswerModal[int | None], inherit_bindings=False):
    """Shows lines to choose from; answers with the number of the chosen one, or None."""

    BINDINGS = bindings("close", "quit")

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        """The list under its title."""
        choices = ChoiceList(*(Content(line) for line in self._lines))
        choices.border_title = Content(self._title)
        yield choices

    @on(OptionList.OptionSelected)
    def _choose(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(message.option_index)


def choose(title: str, choices: Sequence[tuple[str, T]]) -> Conversation[T | None]:
    """Let the reader choose one of these by its words; None where none is chosen."""
    at = yield from ask(ChoiceScreen(title, [words for words, _ in choices]))
    return choices[at][1] if at is not None else None


class FormLine(NamedTuple):
    """A line of a form, to be written by the reader."""

    label: str
    value: str = ""
    """What is filled in at first."""
    longest: int = LONGEST_TEXT
    """Characters."""
    problem: Callable[[str], str] | None = None
    """Says what is wrong with a text, or nothing where it is good; without it, any text is good."""


class FormScreen(AnswerModal[tuple[str, ...] | None], inherit_bindings=False):
    """Asks for lines of text; answers with them, or None where the reader thought better of it."""

    BINDINGS = bindings("close", "next-pane", "previous-pane")
    AUTO_FOCUS = "Field"

    def __init__(self, title: str, *lines: FormLine) -> None:
        super().__init__()
        self._title = title
        self._lines: Sequence[FormLine] = lines

    def compose(self) -> ComposeResult:
        """Each label above its line."""
        with Vertical():
            yield Label(one_line(self._title), classes="title", markup=False)
            for line in self._lines:
                yield Label(one_line(line.label), markup=False)
                yield Field(line.value, line.longest)
            yield Label(HINT, id="hint", markup=False)

    @on(Field.Submitted)
    def _go_on(self, message: Field.Submitted) -> None:
        """Go to the next line that needs an answer; after the last, hand all over."""
        fields = list(self.query(Field))
        for field, line in zip(fields, self._lines, strict=True):
            wrong = line.problem(field.value) if line.problem else ""
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
