"""A checklist on the screen: rows to tick, with the reason under the chosen one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from ...handbook.blocks import Link
from ...handbook.model import Page
from ...keys import BY_ID
from ...session.ticked_list import Row, TickedList
from .bindings import bindings
from .checklist_lines import box_end, foot_lines, list_lines
from .line_list import LineList, ListLine

Wish = Literal["tick", "skip", "edit", "put away", "add", "links"]
"""What can be wanted: of an item, or (the last two) of the list."""
NUMBERS = BY_ID["tick-number"].keys
"""The keys of the first items, in their order."""
MOST_FOOT = 3
"""Of so many lines of the screen, the foot with the reason takes one at most."""
STRIDE = 5
"""Rows that a page key passes."""


class ChecklistView(LineList):
    """Shows a list as it is on the disk, and says what the reader wants of it."""

    HELP = """
    # The checklist

    [x] is done, [-] is skipped, [ ] is open. Space ticks the chosen item, or takes the tick back;
    u undoes whatever you did last. Every tick is saved before it shows.

    r files this run in the diary and starts its lists afresh.
    """

    BINDINGS = bindings(
        "items-down",
        "items-up",
        "tick",
        "skip",
        "add-item",
        "edit-item",
        "remove-item",
        "hidden-items",
        "list-links",
    )
    SAYS_MORE: ClassVar[bool] = True

    listed: var[TickedList | None] = var[TickedList | None](None, init=False)
    """What is shown."""
    hidden_shown: var[bool] = var(False, init=False)
    """Whether items that are not for the reader show, so that they can be taken in again."""

    @dataclass
    class Wished(Message):
        """Something is wanted of an item, or of the list."""

        wish: Wish
        row: Row | None = None

    @dataclass
    class LinkFollowed(Message):
        """A link was clicked."""

        link: Link

    @dataclass
    class Refused(Message):
        """A key could not do what it means; `why` says it in a line."""

        why: str

    def __init__(self) -> None:
        super().__init__()
        self._page: Page | None = None

    @property
    def items(self) -> tuple[Row, ...]:
        """The items that can be chosen."""
        if self.listed is None:
            return ()
        return self.listed.rows if self.hidden_shown else self.listed.shown

    @property
    def count(self) -> int:
        """How many rows can be chosen."""
        return len(self.items)

    @property
    def row(self) -> Row | None:
        """The chosen row; None on an empty list."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    @property
    def place(self) -> tuple[int, int]:
        """The block of the chosen row, and a character in it."""
        return (self.row.item.block if self.row else 0, 0)

    @property
    def passage(self) -> str:
        """The words of the chosen row, with why it helps."""
        return f"{self.row.label}. {self.row.item.why}".strip(". ") if self.row else ""

    def show(self, page: Page, listed: TickedList, block: int = 0) -> None:
        """Show a list, with the row chosen that stands at a block of its page or last before it."""
        self._page = page
        self.hidden_shown = False
        self.listed = listed
        self._list()
        self.choose_at(block)

    def choose_at(self, block: int) -> None:
        """Choose the row that stands at a block of the page, or the last before it."""
        before = [number for number, row in enumerate(self.items) if row.item.block <= block]
        self.cursor = before[-1] if before else 0

    def choose(self, reference: str) -> None:
        """Choose the row with this reference, if it is there."""
        found = [number for number, row in enumerate(self.items) if row.reference == reference]
        if found:
            self.cursor = found[0]

    def watch_listed(self, before: TickedList | None, now: TickedList | None) -> None:
        """Show the list as it is now; the chosen row stays chosen."""
        reference = ""
        if before is not None and now is not None and before.id == now.id:
            old = before.rows if self.hidden_shown else before.shown
            reference = old[self.cursor].reference if self.cursor < len(old) else ""
        self._list()
        self.choose(reference)

    def watch_cursor(self, before: int, now: int) -> None:
        """Show the reason under another row."""
        self._list()
        super().watch_cursor(before, now)

    def on_resize(self) -> None:
        """Break the lines anew; the chosen row stays in sight."""
        self._list()

    def click_line(self, line: ListLine, column: int) -> None:
        """Tick a row by its box, choose it by its words, or follow a link."""
        part = line.at(column)
        if part is not None and part.link is not None:
            self.post_message(self.LinkFollowed(part.link))
            return
        super().click_line(line, column)
        if line.row is not None and column < box_end(line):
            self.action_tick()

    def on_key(self, event: events.Key) -> None:
        """Take a digit as the number of an item to be ticked."""
        if event.key in NUMBERS:
            event.stop()
            event.prevent_default()
            if (number := NUMBERS.index(event.key)) < len(self.items):
                self.cursor = number
                self._wish("tick")

    def action_items_down(self) -> None:
        """Choose a row a few lower."""
        self.move_by(STRIDE)

    def action_items_up(self) -> None:
        """Choose a row a few higher."""
        self.move_by(-STRIDE)

    def action_tick(self) -> None:
        """Ask for the chosen item to be ticked, or its tick to be taken back."""
        self._wish("tick")

    def action_skip(self) -> None:
        """Ask for the chosen item to be skipped."""
        self._wish("skip")

    def action_edit_item(self) -> None:
        """Ask for other words for an own item."""
        if self.row is not None and not self.row.own:
            self.post_message(self.Refused("This item is the book's; a adds one of your own"))
        else:
            self._wish("edit")

    def action_remove_item(self) -> None:
        """Ask for an own item to be removed, or one of the book's to be left out or taken in again."""
        self._wish("put away")

    def action_add_item(self) -> None:
        """Ask for a new item."""
        self.post_message(self.Wished("add"))

    def action_hidden_items(self) -> None:
        """Show the items that are not for the reader, or leave them out again."""
        if self.listed is not None and len(self.listed.shown) == len(self.listed.rows):
            self.post_message(self.Refused("Nothing on this list is left out as not for me"))
            return
        reference = self.row.reference if self.row else ""
        self.hidden_shown = not self.hidden_shown
        self._list()
        self.choose(reference)

    def action_list_links(self) -> None:
        """Ask for the links of the list."""
        self.post_message(self.Wished("links", self.row))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in a region; the first frame of a new size has the list already set to it."""
        if self.virtual_size.width != self.size.width:
            self.on_resize()
        return super().render_lines(crop)

    def _wish(self, wish: Wish) -> None:
        if self.row is None:
            self.post_message(self.Refused("This list is empty; a adds an item"))
        elif self.row.hidden and wish != "put away":
            self.post_message(
                self.Refused("This item is left out as not for me; Del takes it in again")
            )
        else:
            self.post_message(self.Wished(wish, self.row))

    def _list(self) -> None:
        if self._page is not None and self.listed is not None and self.size.width:
            cursor = self.validate_cursor(self.cursor)
            foot = foot_lines(self.items, cursor, self.room)
            # Where the screen is too low for both, the reason stands under its row.
            below = len(foot) * MOST_FOOT <= self.size.height
            chosen = None if below else cursor
            lines = list_lines(self._page, self.listed, self.items, chosen, self.room)
            self.show_lines(lines, foot if below else ())
            self.keep_in_sight()
