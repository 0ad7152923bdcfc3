"""One question on the screen, with its answers to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ...layout.typesetting import MEASURE
from ...layout.wrapping import break_lines
from ...self_check.model import Question
from .bindings import bindings

MARGIN = 2
"""Blank cells left of the text."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line as it is shown; `answer` is the number of the answer it belongs to, -1 for none."""

    text: str
    answer: int = -1
    part: str = ""


class QuestionView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a question and says which answer was chosen."""

    HELP = """
    # The self-check

    Space chooses an answer or takes it back, Enter goes on, Backspace goes back. A question may be
    left without an answer. Esc leaves; your answers stay until you quit, and are stored nowhere.
    """

    BINDINGS = bindings("line-down", "line-up", "top", "bottom", "pick", "pick-number", "go-on")

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "question-view--step",
        "question-view--question",
        "question-view--chosen",
        "question-view--cursor",
    }

    question: var[Question | None] = var[Question | None](None, init=False)
    """What is asked."""
    chosen: var[frozenset[str]] = var[frozenset[str]](frozenset(), init=False)
    """The ids of the chosen answers."""
    step: var[str] = var("", init=False)
    """Where the question stands among the others: `4 of 14`."""
    cursor: var[int] = var(0, init=False)
    """The number of the answer under the cursor."""

    @dataclass
    class Picked(Message):
        """An answer was chosen, or taken back."""

        answer: str

    @dataclass
    class WentOn(Message):
        """The reader has answered, or skips the question."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[_Line, ...] = ()

    def ask(self, question: Question, step: str, chosen: frozenset[str]) -> None:
        """Show a question with the answers chosen so far."""
        self.step = step
        self.chosen = chosen
        if question is not self.question:
            self.question = question
            self.cursor = _first_chosen(question, chosen)
            self._scroll(0)
        self._set()

    def on_resize(self) -> None:
        """Set the lines anew for another width."""
        self._set()

    @property
    def allow_vertical_scroll(self) -> bool:
        """The wheel moves the question, though it has no scroll bar."""
        return True

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on an answer."""
        return max(0, min(cursor, len(self.question.answers) - 1)) if self.question else 0

    def watch_cursor(self) -> None:
        """Keep the answer under the cursor in sight; at the first one, the question too."""
        rows = [row for row, line in enumerate(self._lines) if line.answer == self.cursor]
        top, height = round(self.scroll_y), self.size.height
        if not rows or not height:
            return
        first = 0 if self.cursor == 0 else rows[0]
        if first < top:
            self._scroll(first)
        elif rows[-1] >= top + height:
            self._scroll(min(rows[-1] - height + 1, rows[0]))
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Choose the answer that was clicked."""
        row = event.get_content_offset_capture(self).y + round(self.scroll_y)
        if row < len(self._lines) and self._lines[row].answer >= 0:
            self.cursor = self._lines[row].answer
            self.action_pick()

    def on_key(self, event: events.Key) -> None:
        """Choose by number; the one binding of the digits does not say which was pressed."""
        digit = event.character or ""
        if digit in "123456789" and digit and self.question:
            event.stop()
            if int(digit) <= len(self.question.answers):
                self.cursor = int(digit) - 1
                self.action_pick()

    def action_line_down(self) -> None:
        """Go to the next answer."""
        self.cursor += 1

    def action_line_up(self) -> None:
        """Go to the answer before."""
        self.cursor -= 1

    def action_top(self) -> None:
        """Go to the first answer."""
        self.cursor = 0

    def action_bottom(self) -> None:
        """Go to the last answer."""
        self.cursor = len(self.question.answers) if self.question else 0

    def action_pick(self) -> None:
        """Choose the answer under the cursor, or take it back."""
        if self.question is not None:
            self.post_message(self.Picked(self.question.answers[self.cursor].id))

    def action_go_on(self) -> None:
        """Go on to what comes next."""
        self.post_message(self.WentOn())

    def render_line(self, y: int) -> Strip:
        """One line of the question, or a blank one below its end."""
        row = round(self.scroll_y) + y
        width = self.size.width
        if row >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[row]
        margin = Segment(" " * MARGIN, self.rich_style)
        strip = Strip([margin, Segment(line.text, self.rich_style + self._look(line))])
        return strip.adjust_cell_length(width, self.rich_style)

    def _set(self) -> None:
        if self.question is None or not self.size.width:
            return
        self._lines = tuple(self._laid_out(self.question))
        self.virtual_size = Size(self.size.width, len(self._lines))
        self.watch_cursor()
        self.refresh()

    def _laid_out(self, question: Question) -> Iterator[_Line]:
        width = min(self.size.width - 2 * MARGIN, MEASURE)
        how = "choose all that fit" if question.multi else "choose one"
        yield _Line(f"{self.step} · {how}", part="step")
        yield _Line("")
        for start, end in break_lines(question.text, width):
            yield _Line(question.text[start:end], part="question")
        yield _Line("")
        for number, answer in enumerate(question.answers):
            mark = "[x]" if answer.id in self.chosen else "[ ]"
            digit = str(number + 1) if number < 9 else " "
            head = f"{mark} {digit} "
            part = "chosen" if answer.id in self.chosen else ""
            for start, end in break_lines(answer.text, width - len(head)):
                yield _Line(head + answer.text[start:end], number, part)
                head = " " * len(head)

    def _look(self, line: _Line) -> Style:
        style = self._part(line.part) if line.part else Style.null()
        if line.answer == self.cursor and self.has_focus:
            style += self._part("cursor")
        return style

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(f"question-view--{name}", partial=True)

    def _scroll(self, row: int) -> None:
        self.scroll_to(y=row, animate=False, immediate=True, force=True)


def _first_chosen(question: Question, chosen: frozenset[str]) -> int:
    """The number of the first answer that is chosen already; 0 if none is."""
    numbers = (number for number, each in enumerate(question.answers) if each.id in chosen)
    return next(numbers, 0)
