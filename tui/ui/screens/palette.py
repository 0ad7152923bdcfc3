"""The command palette: every command and every page, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from ...handbook.model import Handbook
from ...keys import ANYWHERE, Key, display
from ...layout.wrapping import margin_in
from ..widgets.bindings import bindings
from ..widgets.choice_list import MARK, ChoiceList
from ..widgets.field import Field
from .answering_screens import AnswerModal

MOST = 100
"""Lines that are shown; more words find the rest."""
NOTHING = "Nothing has that name. Try fewer words, or search the text: Esc, then /."
"""What stands in an empty list."""
LONGEST = 80
"""Characters of what is typed."""
UNLISTED = frozenset({"palette", "line-down", "line-up", "close", "interrupt"})
"""Keys that are of no use by name."""


@dataclass(frozen=True, slots=True)
class PaletteLine:
    """A line of the palette: an action to run, or a section to open or to start."""

    words: str
    action: str = ""
    section: str = ""
    start: str = ""
    also: str = ""
    """Words that find it and are not shown."""

    def has(self, word: str) -> bool:
        """Whether a word, in lower case, is in what finds it."""
        return word in self.words.casefold() or word in self.also.casefold()


class PaletteScreen(AnswerModal[PaletteLine | None], inherit_bindings=False):
    """Answers with what was chosen, or None."""

    BINDINGS = bindings("line-down", "line-up", "close")
    AUTO_FOCUS = "Field"

    choices = query_one(ChoiceList)

    def __init__(self, choices: Sequence[PaletteLine]) -> None:
        super().__init__()
        self._all = tuple(choices)
        self._fitting = self._all[:MOST]

    def compose(self) -> ComposeResult:
        """A box to type in, and what fits."""
        field = Field(longest=LONGEST)
        field.placeholder = "A command or a page"
        yield field
        yield ChoiceList(*_lines(self._fitting))

    def on_mount(self) -> None:
        """The keys stay in the box; the list only shows what is chosen."""
        self.set_focus(self.query_one(Field))
        self.choices.can_focus = False
        self.choices.action_first()

    def on_resize(self) -> None:
        """Begin where the text of every screen begins."""
        edge = margin_in(self.size.width)
        self.query_one(Field).styles.margin = (1, edge - 1)
        left = edge - len(MARK)
        self.choices.styles.margin = (0, left)
        # Else the list would be narrower by the margin of the box.
        self.choices.styles.width = self.size.width - 2 * left

    @on(Input.Changed)
    def _narrow(self, message: Input.Changed) -> None:
        words = message.value.casefold().split()
        fitting = (each for each in self._all if all(map(each.has, words)))
        self._fitting = tuple(fitting)[:MOST]
        self.choices.clear_options()
        self.choices.add_options(_lines(self._fitting) or [Option(NOTHING, disabled=True)])
        self.choices.action_first()

    @on(Input.Submitted)
    def _take_chosen(self) -> None:
        at = self.choices.highlighted
        if at is not None and at < len(self._fitting):
            self.dismiss(self._fitting[at])

    @on(OptionList.OptionSelected)
    def _take_clicked(self, message: OptionList.OptionSelected) -> None:
        if message.option_index < len(self._fitting):
            self.dismiss(self._fitting[message.option_index])

    def action_line_down(self) -> None:
        """Choose the next line."""
        self.choices.action_line_down()

    def action_line_up(self) -> None:
        """Choose the line before."""
        self.choices.action_line_up()


def palette_choices(handbook: Handbook, keys: Sequence[Key]) -> tuple[PaletteLine, ...]:
    """Every command that works anywhere, with its key, and every page that can be read."""
    commands = (
        PaletteLine(f"{key.meaning} ({display(key.keys[0])})", action=key.id.replace("-", "_"))
        for key in keys
        if key.where == ANYWHERE and key.keys and key.id not in UNLISTED
    )
    pages = (PaletteLine(f"Open: {each.title}", section=each.id) for each in handbook.readable)
    return (*commands, *pages)


def _lines(choices: Sequence[PaletteLine]) -> list[Content]:
    return [Content(each.words) for each in choices]
