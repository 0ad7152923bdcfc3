"""Small screens that ask: choose one of a few lines, or write a few lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import DescendantFocus
from textual.widget import Widget
from textual.widgets import Label, OptionList

from ...diary.drafts import Draft, Words
from ...diary.model import LONGEST_TEXT
from ...handbook.safe_text import one_line
from ..conversation import Conversation, ask
from ..widgets.bindings import bindings
from ..widgets.choice_list import ChoiceList
from ..widgets.field import Field
from .answering_screens import LEAVES, AnswerModal

T = TypeVar("T")
MOST_SPACED = 4
"""Lines of a form; a longer one stands close, to fit on a usual screen."""
HINT = "Enter goes on, Esc cancels"
UNSAVED = "Esc again drops what you typed; Enter goes on"
BACK_AGAIN = "What you were typing is here again; Enter goes on, Esc throws it away"


class ChoiceScreen(AnswerModal[int | None], inherit_bindings=False):
    """Shows lines to choose from; answers with the number of the chosen one, or None."""

    BINDINGS = bindings("close", "quit")

    def __init__(self, title: str, lines: Sequence[str], *, about: str = "", at: int = 0) -> None:
        super().__init__()
        self._title = title
        self._lines = lines
        self._about = about
        self._at = at
        """The number of the line that is chosen at first."""

    def compose(self) -> ComposeResult:
        """The list under its title, and below it what there is to know before one chooses."""
        choices = ChoiceList(*(Content(line) for line in self._lines))
        framed = self.app.native_ansi_color  # and then all but the title stands a cell further in
        choices.border_title = Content(
            one_line(self._title) if framed else f" {one_line(self._title)}"
        )
        choices.border_subtitle = LEAVES
        choices.highlighted = self._at
        yield choices
        if self._about:
            yield Label(self._about, id="about", markup=False)

    @on(OptionList.OptionSelected)
    def _choose(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(message.option_index)


def choose(
    title: str, choices: Sequence[tuple[str, T]], *, about: str = "", at: int = 0
) -> Conversation[T | None]:
    """Let the reader choose one of these by its words, first the one `at`; None where none is."""
    lines = [words for words, _ in choices]
    chosen = yield from ask(ChoiceScreen(title, lines, about=about, at=at))
    return choices[chosen][1] if chosen is not None else None


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

    def __init__(self, title: str, *lines: FormLine, draft: Draft | None = None) -> None:
        super().__init__()
        self._title = title
        self._lines: Sequence[FormLine] = lines
        self.draft = draft
        self._asked = False
        """Whether the reader was asked if what is typed may be dropped."""

    @property
    def half_typed(self) -> Words:
        """The lines as they are written now; nothing while nothing is changed."""
        values = tuple(field.value for field in self.query(Field))
        return values if values != tuple(line.value for line in self._lines) else ()

    def compose(self) -> ComposeResult:
        """Each label above its line."""
        kept = self.draft.words if self.draft else ()
        values = kept if len(kept) == len(self._lines) else [line.value for line in self._lines]
        with Vertical(classes="-long" if len(values) > MOST_SPACED else ""):
            yield Label(one_line(self._title), classes="title", markup=False)
            for line, value in zip(self._lines, values, strict=True):
                yield Label(one_line(line.label), markup=False)
                yield Field(value, line.longest)
            yield Label(BACK_AGAIN if values is kept else HINT, id="hint", markup=False)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Bring the line that has the keys into sight with its label, above the hint at the foot."""
        self.call_after_refresh(self._show_line, event.widget)

    def _show_line(self, line: Widget) -> None:
        shown = line.virtual_region.grow((1, 0, 0, 0))
        form = self.query_one(Vertical)
        form.scroll_to_region(shown, spacing=line.dock_gutter, animate=False, immediate=True)

    @on(Field.Changed)
    def _note_change(self) -> None:
        self._asked = False
        self.keep_soon()

    @on(Field.Submitted)
    def _go_on(self, message: Field.Submitted) -> None:
        """Go to the next line that needs an answer; after the last, hand all over."""
        fields = list(self.query(Field))
        for field, line in zip(fields, self._lines, strict=True):
            wrong = line.problem(field.value) if line.problem else ""
            if wrong:
                self._hint(wrong)
                field.focus()
                return
        if message.input is fields[-1]:
            self.dismiss(tuple(field.value.strip() for field in fields))
        else:
            self.focus_next(Field)

    def action_close(self) -> None:
        """Leave without an answer; where that would drop what was typed, not with the first Esc."""
        if self.half_typed and not self._asked:
            self._asked = True
            self._hint(UNSAVED)
        else:
            self.dismiss(None)

    def _hint(self, words: str) -> None:
        self.query_one("#hint", Label).update(Content(one_line(words)))

    def action_next_pane(self) -> None:
        """Go to the next line."""
        self.focus_next(Field)

    def action_previous_pane(self) -> None:
        """Go to the line before."""
        self.focus_previous(Field)
