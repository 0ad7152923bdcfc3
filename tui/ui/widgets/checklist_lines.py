"""A checklist at a width: its title, its progress, its rows, and the words around them, as lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...handbook.blocks import Block, Heading, Link, ListItem, Style
from ...handbook.model import Page
from ...layout.typesetting import MEASURE, Piece, Role, typeset
from ...layout.wrapping import break_lines, cell_width
from ...session.ticked_list import Row, TickedList, bar

NUMBERED_FROM = 44
"""Cells; narrower lists do without the numbers of their first nine rows."""
BAR = 24
"""Cells of the progress bar, where there is room."""

HEAD_LOOKS = ("title", "bar", "bar-rest")
BOX_LOOKS = ("cursor", "number", "box", "ticked", "skipped")
ROW_LOOKS = ("open", "settled", "chosen", "why", "reason")
LOOKS = frozenset({*HEAD_LOOKS, *BOX_LOOKS, *ROW_LOOKS, "words", "strong", "link"})
"""The looks that a stretch may have."""


class Stretch(NamedTuple):
    """A part of a line with one of the `LOOKS`."""

    text: str
    look: str = "words"
    link: Link | None = None


class ListLine(NamedTuple):
    """One line as it is shown."""

    stretches: tuple[Stretch, ...] = ()
    row: int | None = None
    """The number of the row that it belongs to, from 0; None for the words around the rows."""

    @property
    def box_end(self) -> int:
        """Cells from the line's beginning to its words, where it begins a row; else 0."""
        return sum(cell_width(each.text) for each in self.stretches if each.look in BOX_LOOKS)

    def link_at(self, column: int) -> Link | None:
        """The link that the cell in this column shows."""
        at = 0
        for each in self.stretches:
            at += cell_width(each.text)
            if 0 <= column < at:
                return each.link
        return None


class Sight(NamedTuple):
    """What part of the lines shows: the number of the one on top, and how many fit."""

    top: int
    height: int


def top_for(lines: tuple[ListLine, ...], chosen: int, rows: int, sight: Sight) -> int:
    """The line to have on top so that the chosen row shows whole.

    With the first row show the words before it, and with the last those after it, where they fit.
    """
    mine = [number for number, line in enumerate(lines) if line.row == chosen]
    if not mine or not sight.height:
        return sight.top
    first = 0 if chosen == 0 else mine[0]
    last = len(lines) - 1 if chosen == rows - 1 else mine[-1]
    if last - first >= sight.height:
        first, last = mine[0], mine[-1]
    return min(max(sight.top, last - sight.height + 1), first)


def list_lines(
    page: Page, listed: TickedList, rows: tuple[Row, ...], chosen: int, width: int
) -> tuple[ListLine, ...]:
    """The page as a list: `rows` are those to show, `chosen` the number of one of them."""
    width = max(width, 12)
    lines = [ListLine((Stretch(line, "title"),)) for line in _broken(listed.title, width)]
    lines.append(_progress(listed, width))
    for part in _parts(page, rows):
        if isinstance(part, int):
            numbered = width >= NUMBERED_FROM
            lines.extend(_row_lines(rows[part], part, part == chosen, numbered, width))
        else:
            lines.append(ListLine())
            lines.extend(_prose(page, part, width))
            lines.append(ListLine())
    if rows and lines[-1].row is None and not lines[-1].stretches:
        lines.pop()
    return _spaced(lines)


def _spaced(lines: list[ListLine]) -> tuple[ListLine, ...]:
    """The lines with a blank one below the progress, and never two in a row."""
    kept: list[ListLine] = []
    for line in lines:
        after_head = kept and kept[-1].stretches and kept[-1].stretches[0].look == "bar"
        if after_head and line.stretches:
            kept.append(ListLine())
        if line.stretches or (kept and kept[-1].stretches):
            kept.append(line)
    return tuple(kept)


def _progress(listed: TickedList, width: int) -> ListLine:
    cells = min(BAR, max(width - cell_width(listed.words) - 2, 4))
    drawn = bar(listed.done, listed.total, cells)
    filled = drawn.count("█")
    return ListLine(
        (
            Stretch(drawn[:filled], "bar"),
            Stretch(drawn[filled:], "bar-rest"),
            Stretch(f"  {listed.words}", "words"),
        )
    )


def _parts(page: Page, rows: tuple[Row, ...]) -> Iterator[int | list[Block]]:
    """The rows by number, and the blocks between them, in the order of the page."""
    at = {row.item.block: number for number, row in enumerate(rows) if not row.own}
    words: list[Block] = []
    in_task = False
    own_due = [number for number, row in enumerate(rows) if row.own]
    last = _last_task(page)
    for number, block in enumerate(page.blocks):
        in_task = _belongs_to_task(block, in_task)
        if in_task:
            if words:
                yield words
            words = []
            if number in at:
                yield at[number]
        elif not (isinstance(block, Heading) and block.level == 1):
            if number > last and own_due:
                yield from own_due
                own_due = []
            words.append(block)
    yield from own_due
    if words:
        yield words


def _last_task(page: Page) -> int:
    tasks = [number for number, block in enumerate(page.blocks) if _opens_task(block)]
    return tasks[-1] if tasks else 0


def _opens_task(block: Block) -> bool:
    outer = block.inside[0] if block.inside else None
    return isinstance(outer, ListItem) and outer.opens and outer.marker.startswith("[")


def _belongs_to_task(block: Block, after_task: bool) -> bool:
    outer = block.inside[0] if block.inside else None
    return _opens_task(block) or (after_task and isinstance(outer, ListItem) and not outer.opens)


def _row_lines(
    row: Row, number: int, chosen: bool, numbered: bool, width: int
) -> Iterator[ListLine]:
    digit = f"{number + 1} " if number < 9 else "  "
    start = (
        Stretch("> " if chosen else "  ", "cursor"),
        Stretch(digit if numbered else "", "number"),
        Stretch(f"{row.box} ", _box_look(row)),
    )
    indent = sum(cell_width(each.text) for each in start)
    room = width - indent
    label = row.label + (" (hidden)" if row.hidden else "")
    look = "chosen" if chosen else "open" if row.open else "settled"
    for line, text in enumerate(_broken(label, room)):
        before = start if line == 0 else (Stretch(" " * indent),)
        yield ListLine((*before, Stretch(text, look)), number)
    for detail, look in _details(row, chosen):
        for text in _broken(detail, room):
            yield ListLine((Stretch(" " * indent), Stretch(text, look)), number)


def _box_look(row: Row) -> str:
    return "ticked" if row.ticked else "skipped" if row.skipped is not None else "box"


def _details(row: Row, chosen: bool) -> Iterator[tuple[str, str]]:
    """What stands under a label: why it is skipped; and under the chosen one, the reason."""
    if not row.ticked and row.skipped:
        yield f"Skipped: {row.skipped}", "why"
    if chosen and row.item.why:
        yield row.item.why, "why"
    if chosen and row.title:
        yield f"i: {row.title}", "reason"


def _prose(page: Page, blocks: list[Block], width: int) -> Iterator[ListLine]:
    for line in typeset(Page(page.section, tuple(blocks)), min(width, MEASURE)).lines:
        heading = line.role in (Role.HEADING, Role.SUBHEADING)
        yield ListLine(tuple(_stretch(piece, heading) for piece in line.pieces))


def _stretch(piece: Piece, heading: bool) -> Stretch:
    if piece.link is not None:
        return Stretch(piece.text, "link", piece.link)
    strong = heading or Style.STRONG in piece.style
    return Stretch(piece.text, "strong" if strong else "words")


def _broken(text: str, width: int) -> Iterator[str]:
    for start, end in break_lines(text, width):
        yield text[start:end]
