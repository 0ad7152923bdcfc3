"""A checklist on the screen: rows to tick, with the reason under the chosen one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Literal

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from ...handbook.blocks import Block, Heading, Link, Style
from ...handbook.checklists import tasks_on
from ...handbook.model import Page, Section
from ...keys import BY_ID
from ...layout.typesetting import Piece, Role, typeset
from ...layout.wrapping import MEASURE, break_lines, cell_width
from ...session.ticked_list import Row, TickedList, bar
from .bindings import bindings
from .line_list import EVERY_LOOK, LineList, ListLine, Part

Wish = Literal["tick", "skip", "edit", "put away", "add", "links"]
"""What can be wanted: of an item, or (the last two) of the list."""
NUMBERS = BY_ID["tick-number"].keys
"""The keys of the first items, in their order."""
MOST_FOOT = 3
"""Of so many lines of the screen, the foot with the reason takes one at most."""
STRIDE = 5
"""Rows that a page key passes."""
NUMBERED_FROM = 44
"""Cells; narrower lists do without the numbers of their first nine rows."""
NUMBERED = 9
"""Rows that have a number, and a key."""
BAR = 24
"""Cells of the progress bar, where there is room."""


class ChecklistView(LineList):
    """Shows a list as it is on the disk, and says what the reader wants of it."""

    HELP = """
    # The checklist

    [x] is done, [-] skipped, [ ] open, [~] being saved. Space ticks the chosen item, or takes the tick back;
    u undoes whatever you did last. Every tick is saved before it shows.

    r files this run in the diary and starts its lists afresh. E tries an item in pairs of runs: a
    coin decides which run is with it, and the list says so.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = EVERY_LOOK
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


def list_lines(
    page: Page, listed: TickedList, rows: tuple[Row, ...], chosen: int | None, width: int
) -> tuple[ListLine, ...]:
    """The page as a list of `rows`; the `chosen` one, by its number, has its reason below it."""
    width = max(width, 12)
    lines = [ListLine((Part(line, "title"),)) for line in _broken(listed.title, width)]
    lines.append(_progress(listed, width))
    for part in _parts(page, rows):
        if isinstance(part, int):
            numbered = width >= NUMBERED_FROM
            lines.extend(_row_lines(rows[part], part, part == chosen, numbered, width))
        else:
            lines.append(ListLine())
            lines.extend(_prose(page.section, tuple(part), width))
            lines.append(ListLine())
    if rows and lines[-1].row is None and not lines[-1].parts:
        lines.pop()
    return _spaced(lines)


def foot_lines(rows: tuple[Row, ...], chosen: int, width: int) -> tuple[ListLine, ...]:
    """The reason of the chosen row below a rule, in as many lines as the longest reason needs."""
    reasons = [[*_reason_lines(row, width)] for row in rows]
    height = max(map(len, reasons), default=0)
    if not height:
        return ()
    blank = [ListLine()] * (height - len(reasons[chosen]))
    return (ListLine((Part("─" * width, "rule"),)), *reasons[chosen], *blank)


def _reason_lines(row: Row, width: int) -> Iterator[ListLine]:
    for part in _reason(row):
        for text in _broken(part.text, width):
            yield ListLine((part._replace(text=text),))


def _spaced(lines: list[ListLine]) -> tuple[ListLine, ...]:
    """The lines with a blank one below the progress, and never two in a row."""
    kept: list[ListLine] = []
    for line in lines:
        after_head = kept and kept[-1].parts and kept[-1].parts[0].look == "bar"
        if after_head and line.parts:
            kept.append(ListLine())
        if line.parts or (kept and kept[-1].parts):
            kept.append(line)
    return tuple(kept)


def _progress(listed: TickedList, width: int) -> ListLine:
    cells = min(BAR, max(width - cell_width(listed.words) - 2, 4))
    drawn = bar(listed.done, listed.total, cells)
    filled = drawn.count("█")
    return ListLine(
        (
            Part(drawn[:filled], "bar"),
            Part(drawn[filled:], "track"),
            Part(f"  {listed.words}"),
        )
    )


def _parts(page: Page, rows: tuple[Row, ...]) -> Iterator[int | list[Block]]:
    """The rows by number, and the blocks between them, in the order of the page."""
    at = {row.item.block: number for number, row in enumerate(rows) if not row.own}
    own = [number for number, row in enumerate(rows) if row.own]
    tasks = list(tasks_on(page))
    last = max((begun for begun in tasks if begun is not None), default=0)
    words: list[Block] = []
    for number, (begun, block) in enumerate(zip(tasks, page.blocks, strict=True)):
        if begun is not None:
            if words:
                yield words
            words = []
            if number in at:
                yield at[number]
        elif not (isinstance(block, Heading) and block.level == 1):
            if number > last:
                yield from own
                own = []
            words.append(block)
    yield from own
    if words:
        yield words


def _row_lines(
    row: Row, number: int, chosen: bool, numbered: bool, width: int
) -> Iterator[ListLine]:
    digit = f"{number + 1} " if number < NUMBERED else "  "
    start = (Part(digit if numbered else ""), Part(f"{row.box} ", _box_look(row)))
    indent = sum(cell_width(each.text) for each in start)
    room = width - indent
    offer = " (Del: not for me)" if row.offered else ""
    label = row.shown_label + (" (not for me)" if row.hidden else offer)
    for line, text in enumerate(_broken(label, room)):
        before = start if line == 0 else (Part(" " * indent),)
        yield ListLine((*before, Part(text, "" if row.open else "faint")), number)
    skipped = [Part(f"Skipped: {row.skipped}")] if not row.ticked and row.skipped else []
    for detail in (*skipped, *(_reason(row) if chosen else ())):
        for text in _broken(detail.text, room):
            part = detail._replace(text=text)
            yield ListLine((Part(" " * indent), part), number, is_detail=True)


def box_end(line: ListLine) -> int:
    """Cells from the line's beginning to its words, where it begins a row; else 0."""
    before = line.parts[:-1] if line.row is not None else ()
    return sum(cell_width(each.text) for each in before) if len(before) > 1 else 0


def _box_look(row: Row) -> str:
    return "done" if row.ticked else "faint" if row.skipped is not None else ""


def _reason(row: Row) -> Iterator[Part]:
    """Why an item helps, and the page that says more; of an own one, what can be done with it."""
    if row.own:
        yield Part("Your own item: e changes it, Del removes it", "faint")
    if row.item.why:
        yield Part(row.item.why)
    if row.title:
        yield Part(f"i: {row.title}", "", row.item.links[0].link)


@lru_cache(maxsize=32)
def _prose(section: Section, blocks: tuple[Block, ...], width: int) -> tuple[ListLine, ...]:
    """What stands between the rows; a tick leaves it as it is."""
    lines = typeset(Page(section, blocks), min(width, MEASURE)).lines
    headings = (Role.HEADING, Role.SUBHEADING)
    parts = ((_part(piece, line.role in headings) for piece in line.pieces) for line in lines)
    return tuple(ListLine(tuple(each)) for each in parts)


def _part(piece: Piece, heading: bool) -> Part:
    if piece.link is not None:
        return Part(piece.text, "link", piece.link)
    strong = heading or Style.STRONG in piece.style
    return Part(piece.text, "strong" if strong else "")


def _broken(text: str, width: int) -> Iterator[str]:
    for start, end in break_lines(text, width):
        yield text[start:end]
