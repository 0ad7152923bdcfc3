"""A checklist on the screen: rows to tick, with the reason under the chosen one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar, Literal

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ...handbook.blocks import Link
from ...handbook.model import Page
from ...keys import BY_ID
from ...layout.typesetting import MEASURE, margin_in
from ...session.ticked_list import Row, TickedList
from .bindings import bindings
from .checklist_lines import LOOKS, ListLine, Sight, list_lines, top_for

Wish = Literal["tick", "skip", "edit", "put away", "add", "links"]
"""What can be wanted: of an item, or (the last two) of the list."""
NUMBERS = BY_ID["tick-number"].keys
"""The keys of the first items, in their order."""
STRIDE = 5
"""Rows that a page key passes."""


class ChecklistView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a list as it is on the disk, and says what the reader wants of it."""

    HELP = """
    # The checklist

    [x] is done, [-] is skipped, [ ] is open. Space ticks the chosen item, or takes the tick back;
    u undoes whatever you did last. Every tick is saved before it shows.

    r files this run in the diary and starts its lists afresh.
    """

    BINDINGS = bindings(
        "line-down",
        "line-up",
        "items-down",
        "items-up",
        "top",
        "bottom",
        "tick",
        "skip",
        "add-item",
        "edit-item",
        "remove-item",
        "hidden-items",
        "list-links",
    )

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"checklist-view--{look}" for look in LOOKS}

    listed: var[TickedList | None] = var[TickedList | None](None, init=False)
    """What is shown."""
    chosen: var[int] = var(0, init=False)
    """The number of the chosen row."""
    hidden_shown: var[bool] = var(False, init=False)
    """Whether hidden items show, so that they can be brought back."""

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
        self._lines: tuple[ListLine, ...] = ()
        self._looks: dict[str, Style] = {}

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that can be chosen."""
        if self.listed is None:
            return ()
        return self.listed.rows if self.hidden_shown else self.listed.shown

    @property
    def row(self) -> Row | None:
        """The chosen row; None on an empty list."""
        return self.rows[self.chosen] if self.chosen < len(self.rows) else None

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
        self.choose_at(block)
        self._set()
        self._keep_in_sight()

    def choose_at(self, block: int) -> None:
        """Choose the row that stands at a block of the page, or the last before it."""
        before = [number for number, row in enumerate(self.rows) if row.item.block <= block]
        self.chosen = before[-1] if before else 0

    def choose(self, reference: str) -> None:
        """Choose the row with this reference, if it is there."""
        found = [number for number, row in enumerate(self.rows) if row.reference == reference]
        if found:
            self.chosen = found[0]

    def validate_chosen(self, chosen: int) -> int:
        """Keep to the rows there are."""
        return max(0, min(chosen, len(self.rows) - 1))

    def watch_listed(self, before: TickedList | None, now: TickedList | None) -> None:
        """Show the list as it is now; the chosen row stays chosen."""
        if before is not None and now is not None and before.id == now.id:
            old = before.rows if self.hidden_shown else before.shown
            self.choose(old[self.chosen].reference if self.chosen < len(old) else "")
        self.chosen = self.validate_chosen(self.chosen)
        self._set()

    def watch_chosen(self) -> None:
        """Show the reason under another row."""
        self._set()
        self._keep_in_sight()

    def notify_style_update(self) -> None:
        """Forget the styles of another theme."""
        super().notify_style_update()
        self._looks.clear()

    def on_resize(self) -> None:
        """Set the list anew; the chosen row stays in sight."""
        self._set()
        self._keep_in_sight()

    def on_click(self, event: events.Click) -> None:
        """Tick a row by its box, choose it by its words, or follow a link."""
        where = event.get_content_offset(self)
        at = where.y + round(self.scroll_y) if where is not None else -1
        if where is None or not 0 <= at < len(self._lines):
            return
        line, column = self._lines[at], where.x - margin_in(self.size.width)
        link = line.link_at(column)
        if link is not None:
            self.post_message(self.LinkFollowed(link))
        elif line.row is not None:
            self.chosen = line.row
            if column < line.box_end:
                self.action_tick()

    def on_key(self, event: events.Key) -> None:
        """Take a digit as the number of an item to be ticked."""
        if event.key in NUMBERS:
            event.stop()
            event.prevent_default()
            if (number := NUMBERS.index(event.key)) < len(self.rows):
                self.chosen = number
                self._wish("tick")

    def action_line_down(self) -> None:
        """Choose the next row."""
        self.chosen += 1

    def action_line_up(self) -> None:
        """Choose the row before."""
        self.chosen -= 1

    def action_items_down(self) -> None:
        """Choose a row a few lower."""
        self.chosen += STRIDE

    def action_items_up(self) -> None:
        """Choose a row a few higher."""
        self.chosen -= STRIDE

    def action_top(self) -> None:
        """Choose the first row."""
        self.chosen = 0

    def action_bottom(self) -> None:
        """Choose the last row."""
        self.chosen = len(self.rows) - 1

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
        """Ask for an own item to be removed, or one of the book's to be hidden or shown."""
        self._wish("put away")

    def action_add_item(self) -> None:
        """Ask for a new item."""
        self.post_message(self.Wished("add"))

    def action_hidden_items(self) -> None:
        """Show the hidden items, or hide them again."""
        if self.listed is not None and len(self.listed.shown) == len(self.listed.rows):
            self.post_message(self.Refused("Nothing on this list is hidden"))
            return
        reference = self.row.reference if self.row else ""
        self.hidden_shown = not self.hidden_shown
        self.chosen = self.validate_chosen(self.chosen)
        self.choose(reference)
        self._set()

    def action_list_links(self) -> None:
        """Ask for the links of the list."""
        self.post_message(self.Wished("links", self.row))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in a region; the first frame of a new size has the list already set to it."""
        if self.virtual_size.width != self.size.width:
            self.on_resize()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the list, or a blank one below its end."""
        row = round(self.scroll_y) + y
        width = self.size.width
        if row >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        margin = Segment(" " * margin_in(width), self.rich_style)
        runs = (Segment(each.text, self._look(each.look)) for each in self._lines[row].stretches)
        return Strip([margin, *runs]).adjust_cell_length(width, self.rich_style)

    def _wish(self, wish: Wish) -> None:
        if self.row is None:
            self.post_message(self.Refused("This list is empty; a adds an item"))
        elif self.row.hidden and wish != "put away":
            self.post_message(self.Refused("This item is hidden; Del shows it again"))
        else:
            self.post_message(self.Wished(wish, self.row))

    def _set(self) -> None:
        width = self.size.width
        if self._page is None or self.listed is None or not width:
            return
        before = self._lines
        room = min(width - margin_in(width) - 1, MEASURE)
        self._lines = list_lines(self._page, self.listed, self.rows, self.chosen, room)
        # Without telling the screen: without scroll bars another length needs no other layout.
        self.set_reactive(ChecklistView.virtual_size, Size(width, len(self._lines)))
        for number, (old, new) in enumerate(zip_longest(before, self._lines)):
            if old != new:
                self.refresh_line(number)

    def _keep_in_sight(self) -> None:
        """Scroll so that the chosen row shows whole, with the words before the first and after the last."""
        sight = Sight(round(self.scroll_y), self.size.height)
        wanted = top_for(self._lines, self.chosen, len(self.rows), sight)
        if wanted != sight.top:
            self.scroll_to(y=wanted, animate=False, immediate=True, force=True)

    def _look(self, name: str) -> Style:
        look = self._looks.get(name)
        if look is None:
            part = self.get_component_rich_style(f"checklist-view--{name}", partial=True)
            look = self._looks[name] = self.rich_style + part
        return look
