"""The pane beside the contents: the text or, where the page is one, a list to tick."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING

from textual.getters import query_one
from textual.reactive import var
from textual.timer import Timer

from ..widgets.bindings import bindings
from ..widgets.contents import ContentsTree
from ..widgets.reader import Reader
from .two_panes import TwoPaneScreen

if TYPE_CHECKING:
    from ..controllers.checklist import ChecklistFlow
    from ..widgets.checklist import ChecklistView

LOOK_AGAIN_AFTER = 1.0
"""Seconds between two looks at what other sessions have saved, while a list shows."""


class ListingScreen(TwoPaneScreen):
    """Knows the text and the list, and does what the keys of the lists mean."""

    BINDINGS = bindings("checklist", "reason", "finish", "soreness", "undo", "redo")

    listing: var[bool] = var(False, init=False)
    """Whether a list stands where else the text is."""

    reader = query_one(Reader)

    @abstractmethod
    def note_position(self) -> None:
        """Another line of the page, or another row of the list, is the one at hand."""

    @abstractmethod
    def warn(self, words: str) -> None:
        """Say what the reader must know for as long as it holds; nothing ends it."""

    @cached_property
    def checklist(self) -> ChecklistView:
        """The list; made when one is first opened."""
        from ..widgets.checklist import ChecklistView  # noqa: PLC0415 - as it says

        view = ChecklistView()
        self.query_one("#page").mount(view)
        self.watch(view, "cursor", self.note_position, init=False)
        return view

    @cached_property
    def flow(self) -> ChecklistFlow:
        """What the keys of the lists do."""
        from ..controllers.checklist import ChecklistFlow  # noqa: PLC0415 - not before the first page stands

        return ChecklistFlow(self, self._desk)

    @property
    def pane(self) -> Reader | ChecklistView:
        """What stands beside the contents."""
        return self.checklist if self.listing else self.reader

    @property
    def place_on_page(self) -> tuple[int, int]:
        """The block on top or of the chosen item, and the character in it."""
        return self.pane.place

    @property
    def passage(self) -> str:
        """What the pane is at."""
        return self.pane.passage

    def watch_listing(self) -> None:
        """Show the list or the text; look at what others save only while a list shows."""
        self.checklist.display = self.listing
        self.reader.display = not self.listing
        (self._looking.resume if self.listing else self._looking.pause)()

    def on_screen_suspend(self) -> None:
        """The screen above looks for itself."""
        if self.listing:
            self._looking.pause()

    def on_screen_resume(self) -> None:
        """Look again, if a list shows."""
        if self.listing:
            self._looking.resume()

    def show_ticks(self, chosen: str = "") -> None:
        """Show the lists as they are on the disk now, with this item chosen."""
        if not self.query(ContentsTree):
            return  # the screen is being closed, from the inside out
        here = self.trail.here
        if self.listing and here is not None:
            self.checklist.listed = self.flow.list_at(self._handbook.by_id[here.section])
            self.checklist.choose(chosen)
            self.note_position()
        self.contents.counts = self._desk.counts()

    def on_checklist_view_link_followed(self, message: ChecklistView.LinkFollowed) -> None:
        """A link on the list was followed."""
        self.follow(message.link)

    def on_checklist_view_refused(self, message: ChecklistView.Refused) -> None:
        """A key could not do on the list what it means."""
        self.say(message.why)

    def on_checklist_view_wished(self, message: ChecklistView.Wished) -> None:
        """Something is wanted of an item, or of the list."""
        if self.checklist.listed is not None:
            self.flow.grant(self.checklist.listed, message)

    def action_checklist(self) -> None:
        """Go to the checklist, or from a list back to the text."""
        self.open_latest(self._desk.texts if self.listing else [self._handbook.roles.checklist])

    def action_reason(self) -> None:
        """Open the reason of the chosen item, or choose one of the items that rest on this page."""
        if self.listing:
            self.flow.open_reason(self.checklist.row)
        elif self.trail.here is not None:
            self.flow.choose_item_resting_on(self.trail.here.section)

    def action_finish(self) -> None:
        """File this run and start afresh."""
        self.start(self.flow.finish())

    def action_soreness(self) -> None:
        """Note how sore the back is."""
        self.start(self.flow.record_soreness())

    def action_undo(self) -> None:
        """Undo the last act."""
        self.flow.undo()

    def action_redo(self) -> None:
        """Do again what was undone."""
        self.flow.redo()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what cannot work now, and hide what this book does not have."""
        if action == "checklist":
            return bool(self._handbook.roles.checklist)
        if action in ("finish", "soreness"):
            return bool(self._handbook.checklists)
        return super().check_action(action, parameters)

    @cached_property
    def _looking(self) -> Timer:
        return self.set_interval(LOOK_AGAIN_AFTER, self._look_again, pause=True)

    def _look_again(self) -> None:
        self.flow.look_again()
