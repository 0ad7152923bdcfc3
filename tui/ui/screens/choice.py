"""Choose one of a few lines."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from ..widgets.bindings import bindings
from ..widgets.choice_list import ChoiceList
from .answering import AnsweringModal


class ChoiceScreen(AnsweringModal[int | None], inherit_bindings=False):
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
