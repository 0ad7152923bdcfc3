"""What stands side by side where one reads: the contents, the page or the list on it, its headings."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.reactive import var

from ...handbook.model import Handbook, Page
from ...session.history import Place
from ..controllers.navigation import headings_of
from ..widgets.contents import ContentsTree
from ..widgets.outline import Outline
from ..widgets.reader import Reader

if TYPE_CHECKING:
    from ...session.matches import Matches
    from ...session.ticked_list import Row, TickedList
    from ..widgets.checklist import ChecklistView

WITH_OUTLINE = 168
"""Columns of a window that has room for the headings of the page beside it."""


class Panes(Container):
    """Shows a page, as text or as the list on it, and gives the keys to one of the panes."""

    beside: var[bool] = var(True, toggle_class="-contents-beside")
    """Whether the contents stand at the side, where there is room for both."""
    over: var[bool] = var(False, toggle_class="-contents-over")
    """Whether the contents cover the text, where there is not."""
    listing: var[bool] = var(False, init=False)
    """Whether a list shows in place of the text."""

    def __init__(self, handbook: Handbook, *, beside: bool) -> None:
        super().__init__()
        self.contents = ContentsTree(handbook)
        self.reader = Reader()
        self.set_reactive(Panes.beside, beside)
        self.set_class(beside, "-contents-beside", update=False)

    def compose(self) -> ComposeResult:
        """The contents and the text; the list once one is opened."""
        yield self.contents
        yield self.reader
        if self.app.size.width >= WITH_OUTLINE:
            yield Outline()

    @cached_property
    def checklist(self) -> ChecklistView:
        """The list; made when one is first opened."""
        from ..widgets.checklist import ChecklistView  # noqa: PLC0415 - as it says

        view = ChecklistView()
        self.mount(view, after=self.reader)
        return view

    @property
    def shown(self) -> Reader | ChecklistView:
        """The text or the list, whichever shows."""
        return self.checklist if self.listing else self.reader

    @property
    def in_contents(self) -> bool:
        """Whether the contents have the keys."""
        return self.screen.focused is self.contents

    @property
    def with_keys(self) -> str:
        """What the table of keys calls the pane that has the keys."""
        if self.in_contents:
            return "contents"
        return "checklist" if self.listing else "text"

    @property
    def footer(self) -> str:
        """The pane whose keys the status line shows; a chosen link has its own."""
        on_link = self.with_keys == "text" and self.reader.chosen is not None
        return "link" if on_link else self.with_keys

    @property
    def in_sight(self) -> tuple[Reader | ChecklistView | ContentsTree, ...]:
        """The panes in sight, the one that has the keys first."""
        if self.in_contents:
            return (self.contents, self.shown)
        beside = self.beside and not self._is_narrow
        return (self.shown, self.contents) if beside else (self.shown,)

    @property
    def row(self) -> Row | None:
        """The chosen item, where a list shows."""
        return self.checklist.row if self.listing else None

    def on_mount(self) -> None:
        """Follow the reader from heading to heading."""
        self.watch(self.reader, "in_sight", self._show_heading, init=False)

    def on_resize(self, event: events.Resize) -> None:
        """Add the outline of the page once there is room beside it."""
        if event.size.width >= WITH_OUTLINE and not self.query(Outline):
            self.mount(Outline())
            self._outline_page()

    def on_descendant_blur(self) -> None:
        """Give the keys of a pane that was hidden, as by a window grown narrow, to the page."""
        if self.screen.focused is None:
            self.screen.set_focus(self.shown)

    def watch_listing(self) -> None:
        """Show the list or the text."""
        self.checklist.display = self.listing
        self.reader.display = not self.listing

    def show_text(self, page: Page, place: Place, found: Matches | None) -> None:
        """Show a page as text from a place on, with what a search found on it."""
        self.listing = False
        self.reader.show(page, (place.block, place.character))
        self.reader.marks = found.marks() if found else ()
        self._outline_page()

    def show_list(self, page: Page, listed: TickedList, block: int) -> None:
        """Show the list on a page, with the item at a block chosen."""
        self.listing = True
        self.checklist.show(page, listed, block)
        self._outline_page()

    def show_matches(self, matches: Matches) -> None:
        """Mark what a search found on the open page, and go to the match at hand."""
        self.reader.marks = () if self.listing else matches.marks()
        if matches.here.places:
            self.reader.mark_here = matches.match
            place = matches.here.places[matches.match]
            if self.listing:
                self.checklist.choose_at(place.block)
            else:
                self.reader.go_to(place.block, place.start)
        self._show_heading()

    def enter_contents(self) -> None:
        """Give the keys to the contents, in sight."""
        if self._is_narrow:
            self.over = True
        else:
            self.beside = True
        self.contents.focus()

    def leave_contents(self) -> None:
        """Give the keys to the page."""
        self.over = False
        self.screen.set_focus(self.shown)

    def swap(self) -> None:
        """Give the keys to the other pane; where the text is covered, show the contents first."""
        if self.in_contents:
            self.leave_contents()
        else:
            self.enter_contents()

    def toggle_contents(self) -> None:
        """Show or hide the contents; the same sentence stays on top."""
        if not self._is_narrow:
            self.beside = not self.beside
            self.leave_contents()
        elif self.over:
            self.leave_contents()
        else:
            self.enter_contents()

    @property
    def _is_narrow(self) -> bool:
        return self.screen.has_class("-narrow")

    def _outline_page(self) -> None:
        """Show the headings of the page, where there is room for them."""
        page = self.reader.page
        for outline in self.query(Outline):
            outline.headings = () if self.listing or page is None else headings_of(page)
            outline.here = self.reader.heading

    def _show_heading(self) -> None:
        for outline in self.query(Outline):
            outline.here = self.reader.heading
