"""The contents and the page: side by side where there is room for both, else one over the other."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from textual import on
from textual.getters import query_one
from textual.reactive import var
from textual.widget import Widget

from ...handbook.loading import Pages
from ...handbook.model import Handbook
from ...keys import Key
from ...session.reading_state import ReadingState
from ..widgets.bindings import bindings
from ..widgets.contents import ContentsTree
from .traveling import TravelingScreen


class TwoPaneScreen(TravelingScreen):
    """Shows, hides and enters the contents; what stands beside them is its subclass's affair."""

    BINDINGS = bindings("next-pane", "previous-pane", "toggle-contents")

    beside: var[bool] = var(True, toggle_class="-contents-beside")
    """Whether the contents stand at the side, where there is room for both."""
    over: var[bool] = var(False, toggle_class="-contents-over")
    """Whether the contents cover the text, where there is not."""

    contents = query_one(ContentsTree)

    def __init__(
        self, handbook: Handbook, pages: Pages, visit: ReadingState, keys: Sequence[Key]
    ) -> None:
        super().__init__(handbook, pages, visit, keys)
        self.set_reactive(TwoPaneScreen.beside, visit.contents_shown)
        self.set_class(visit.contents_shown, "-contents-beside", update=False)

    @property
    @abstractmethod
    def pane(self) -> Widget:
        """What stands beside the contents."""

    def on_descendant_blur(self) -> None:
        """A pane that was hidden, as by a window grown narrow, gives its keys to the page."""
        if self.focused is None:
            self.set_focus(self.pane)

    @on(ContentsTree.SectionChosen)
    def _open_chosen(self, message: ContentsTree.SectionChosen) -> None:
        self.leave_contents()
        self.open_section(message.section)

    def action_next_pane(self) -> None:
        """Give the keys to the other pane; where the text is covered, show the contents first."""
        if self.focused is self.contents:
            self.leave_contents()
        else:
            self.enter_contents()

    def action_previous_pane(self) -> None:
        """Give the keys to the other pane."""
        self.action_next_pane()

    def action_toggle_contents(self) -> None:
        """Show or hide the contents; the same sentence stays on top."""
        if not self.has_class("-narrow"):
            self.beside = not self.beside
            self._visit.keep_contents_shown(self.beside)
            self.leave_contents()
        elif self.over:
            self.leave_contents()
        else:
            self.enter_contents()

    def enter_contents(self) -> None:
        """Give the keys to the contents, in sight."""
        if self.has_class("-narrow"):
            self.over = True
        else:
            self.beside = True
        self.contents.focus()

    def leave_contents(self) -> None:
        """Give the keys to what stands beside the contents."""
        self.over = False
        self.set_focus(self.pane)
