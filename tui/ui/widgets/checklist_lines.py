"""A checklist at a width: its title, its progress, its rows, and the words around them, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from ...handbook.blocks import Block, Heading, Style
from ...handbook.checklists import tasks_on
from ...handbook.model import Page
from ...layout.typesetting import MEASURE, Piece, Role, typeset
from ...layout.wrapping import break_lines, cell_width
from ...session.ticked_list import Row, TickedList, bar
from .line_list import ListLine, Part

NUMBERED_FROM = 44
"""Cells; narrower lists do without the numbers of their first nine rows."""
NUMBERED = 9
"""Rows that have a number, and a key."""
BAR = 24
"""Cells of the progress bar, where there is room."""


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
            lines.extend(_prose(page, part, width))
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
    """Why an item helps, and the page that says more."""
    if row.item.why:
        yield Part(row.item.why)
    if row.title:
        yield Part(f"i: {row.title}", "", row.item.links[0].link)


def _prose(page: Page, blocks: list[Block], width: int) -> Iterator[ListLine]:
    for line in typeset(Page(page.section, tuple(blocks)), min(width, MEASURE)).lines:
        heading = line.role in (Role.HEADING, Role.SUBHEADING)
        yield ListLine(tuple(_part(piece, heading) for piece in line.pieces))


def _part(piece: Piece, heading: bool) -> Part:
    if piece.link is not None:
        return Part(piece.text, "link", piece.link)
    strong = heading or Style.STRONG in piece.style
    return Part(piece.text, "strong" if strong else "")


def _broken(text: str, width: int) -> Iterator[str]:
    for start, end in break_lines(text, width):
        yield text[start:end]
