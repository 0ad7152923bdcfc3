"""Blocks → styled lines at a width; serves the reader and plain output alike.

Their text is safe to show already, so that a character of a block is a character of a line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import pairwise, zip_longest
from typing import NamedTuple

from ..handbook.blocks import (
    PLAIN_TEXT,
    Block,
    Description,
    Figure,
    Heading,
    Link,
    ListItem,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Style,
    Table,
    joined,
    spans_of,
)
from ..handbook.model import Page
from .wrapping import MEASURE, break_lines, cell_width, cuts, fitted

POSE_GAP = 4
"""Cells between the poses of a figure that stand side by side."""
COLUMN_GAP = 2
"""Cells between the columns of a table."""
BROKEN = "↪ "
"""What stands before the rest of a line of code that is wider than there is room for."""
PLAIN_RULE = "* * *"
"""A rule between paragraphs where text is to be taken along."""
DESCRIPTION_INDENT = " " * 4
"""What stands before what is said of a term."""
NARROWEST_COLUMN = 20
"""Cells of the last column of a table; with fewer for it the table is told row by row."""
NARROWEST = 8
"""Cells that text keeps, however deep the quotes and lists are nested around it."""


class Role(Enum):
    """What part of a page a line belongs to."""

    TITLE = auto()
    HEADING = auto()
    SUBHEADING = auto()
    BODY = auto()
    CODE = auto()
    DRAWING = auto()
    RULE = auto()


class Piece(NamedTuple):
    """A stretch of one line with one look."""

    text: str
    style: Style = Style.PLAIN
    link: Link | None = None
    at: int = -1
    """Where it stands in its block's text, in characters; -1 for what we added ourselves."""


class Line(NamedTuple):
    """One line as it is shown."""

    pieces: tuple[Piece, ...]
    block: int
    start: int
    """Where its text begins in the block's text, in characters."""
    role: Role = Role.BODY

    @property
    def text(self) -> str:
        """The line without its styles."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def place(self) -> tuple[int, int]:
        """The block, and the character in it, that the line begins with."""
        return (self.block, self.start)


class TypesetPage(NamedTuple):
    """A page's lines at one width, and the way from a place in its text to a line and back."""

    lines: tuple[Line, ...]
    width: int

    def place_of(self, row: int) -> tuple[int, int]:
        """The block, and the character in it, at the beginning of a row."""
        if not self.lines:
            return (0, 0)
        return self.lines[min(max(row, 0), len(self.lines) - 1)].place

    def row_of(self, block: int, character: int) -> int:
        """The row that shows this character of this block."""
        after = bisect_right(self.lines, (block, character), key=lambda line: line.place)
        row = max(after - 1, 0)
        while row > 0 and self.lines[row - 1].place == self.lines[row].place:
            row -= 1
        while not self._has_text(row) and self._is_within(row + 1, block):
            row += 1
        while row > 0 and not self._has_text(row) and self._is_within(row - 1, block):
            row -= 1
        return row

    def _has_text(self, row: int) -> bool:
        return row < len(self.lines) and bool(self.lines[row].text)

    def _is_within(self, row: int, block: int) -> bool:
        return row < len(self.lines) and self.lines[row].block == block


def typeset(page: Page, width: int, *, fenced: bool = False) -> TypesetPage:
    """The lines of a page at a width in cells; running text keeps to `MEASURE`.

    Code between fences stands as it is, however wide, to be taken along; else its lines break.
    """
    lines = _lines(page.blocks, max(width, 1), fenced)
    if page.right_to_left:
        lines = (_at_the_right(line, min(max(width, 1), MEASURE)) for line in lines)
    return TypesetPage(tuple(lines), width)


def _lines(blocks: Sequence[Block], width: int, fenced: bool) -> Iterator[Line]:
    before: Block | None = None
    for number, block in enumerate(blocks):
        if before is not None and _needs_blank_line(before, block):
            yield Line((), number, 0)
        yield from _with_markers(block, number, width, fenced)
        before = block


def _at_the_right(line: Line, width: int) -> Line:
    """A line of running text moved to the right edge."""
    blank = width - cell_width(line.text)
    if blank <= 0 or not line.pieces or line.role in (Role.CODE, Role.DRAWING, Role.RULE):
        return line
    return line._replace(pieces=(Piece(" " * blank), *line.pieces))


def _needs_blank_line(before: Block, block: Block) -> bool:
    """Whether a blank line stands between two blocks: not inside a tight list, nor after a term."""
    inner = block.inside[-1] if block.inside else None
    above = before.inside[-1] if before.inside else None
    after_term = isinstance(above, Description) and above.term
    if isinstance(inner, Description) and after_term:
        return not inner.opens
    items = [each for each in block.inside if isinstance(each, ListItem)]
    in_list = after_term or any(isinstance(each, ListItem) for each in before.inside)
    return not (items and items[-1].tight and in_list)


def _with_markers(block: Block, number: int, width: int, fenced: bool) -> Iterator[Line]:
    """The lines of one block behind the markers of the quotes and items it stands in."""
    room = max(width - cell_width(_prefixes(block)[1]), min(width, NARROWEST))
    first, rest = (prefix[max(len(prefix) + room - width, 0) :] for prefix in _prefixes(block))
    prefix = first
    for line in _typeset_block(block, number, room, fenced):
        pieces = (Piece(prefix), *line.pieces) if prefix else line.pieces
        yield line._replace(pieces=pieces)
        prefix = rest


def _prefixes(block: Block) -> tuple[str, str]:
    first = rest = ""
    for container in block.inside:
        if isinstance(container, Quote):
            first, rest = f"{first}│ ", f"{rest}│ "
        elif isinstance(container, Description):
            indent = "" if container.term else DESCRIPTION_INDENT
            first, rest = first + indent, rest + indent
        else:
            marker = "•" if container.marker == "-" else container.marker
            blank = " " * (cell_width(marker) + 1)
            first += f"{marker} " if container.opens else blank
            rest += blank
    return first, rest


def _typeset_block(block: Block, number: int, room: int, fenced: bool) -> Iterator[Line]:
    measure = min(room, MEASURE)
    match block:
        case Heading():
            role = (Role.TITLE, Role.HEADING, Role.SUBHEADING)[min(block.level, 3) - 1]
            yield from _running(block, number, measure, role)
        case Paragraph():
            yield from _running(block, number, measure, Role.BODY)
        case Preformatted():
            is_code = fenced and block.language != PLAIN_TEXT
            yield from (_fenced(block, number) if is_code else _preformatted(block, number, room))
        case Figure():
            yield from _figure(block, number, measure)
        case Table():
            yield from _table(block, number, measure)
        case Rule():
            if fenced:
                yield Line((Piece(PLAIN_RULE),), number, 0)
            else:
                yield Line((Piece("─" * measure),), number, 0, Role.RULE)


def _running(block: Heading | Paragraph, number: int, width: int, role: Role) -> Iterator[Line]:
    bounds = list(break_lines(block.text, width))
    for (start, _), pieces in zip(bounds, _cut(_pieces(block), bounds), strict=True):
        yield Line(pieces, number, start, role)


def _preformatted(block: Preformatted, number: int, width: int) -> Iterator[Line]:
    """What the code is, and its lines; where one breaks, a mark stands before what follows."""
    if block.described:
        yield Line((Piece(fitted(block.described, width)),), number, 0, Role.RULE)
    at = 0
    for text in block.text.split("\n"):
        for start, end in _broken(text, width):
            mark = (Piece(BROKEN),) if start and width > NARROWEST else ()
            pieces = (*mark, Piece(text[start:end], at=at + start)) if text else ()
            yield Line(pieces, number, at + start, Role.CODE)
        at += len(text) + 1


def _broken(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Where each part of a line of code begins and ends; the mark before all but the first has room."""
    first = next(cuts(text, width), len(text)) if cell_width(text) > width else len(text)
    yield 0, first
    if first < len(text):
        room = width - len(BROKEN) if width > NARROWEST else width
        yield from pairwise((first, *(first + cut for cut in cuts(text[first:], room)), len(text)))


def _fenced(block: Preformatted, number: int) -> Iterator[Line]:
    """The lines of a block as they are written, between fences as Markdown has them."""
    fence = "```"
    while fence in block.text:
        fence += "`"
    yield Line((Piece(fence + block.described),), number, 0, Role.CODE)
    at = 0
    for text in block.text.split("\n"):
        yield Line((Piece(text, at=at),) if text else (), number, at, Role.CODE)
        at += len(text) + 1
    yield Line((Piece(fence),), number, max(at - 1, 0), Role.CODE)


def _figure(block: Figure, number: int, width: int) -> Iterator[Line]:
    """The poses side by side, or where there is no room one above the other; then the caption."""
    poses = [pose.split("\n") for pose in block.poses]
    widths = [max(map(cell_width, pose)) for pose in poses]
    beside = sum(widths) + POSE_GAP * (len(poses) - 1) <= width
    for text in _beside(poses, widths) if beside else "\n\n".join(block.poses).split("\n"):
        shown = text[: next(cuts(text, width), len(text))]
        yield Line((Piece(shown),) if shown else (), number, 0, Role.DRAWING)
    yield Line((), number, 0, Role.DRAWING)
    bounds = list(break_lines(block.caption, width))
    caption = _cut([Piece(block.caption, Style.EMPHASIS, at=0)], bounds)
    for (start, _), pieces in zip(bounds, caption, strict=True):
        yield Line(pieces, number, start)


def _beside(poses: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    for row in zip_longest(*poses, fillvalue=""):
        cells = (
            text + " " * (wide - cell_width(text)) for text, wide in zip(row, widths, strict=True)
        )
        yield (" " * POSE_GAP).join(cells).rstrip()


def _pieces(block: Heading | Paragraph, at: int = 0) -> list[Piece]:
    """The spans of running text that begins at `at`."""
    return [Piece(span.text, span.style, span.link, at + own) for own, span in spans_of(block)]


def _cut(pieces: Sequence[Piece], bounds: Iterable[tuple[int, int]]) -> Iterator[tuple[Piece, ...]]:
    """The pieces between each pair of bounds, which ascend, in characters from the first piece."""
    first = before = 0
    for start, end in bounds:
        while first < len(pieces) and before + len(pieces[first].text) <= start:
            before += len(pieces[first].text)
            first += 1
        yield tuple(_between(pieces, first, start - before, end - before))


def _between(pieces: Sequence[Piece], first: int, start: int, end: int) -> Iterator[Piece]:
    """The text from `start` to before `end`, in characters from the piece numbered `first`."""
    while first < len(pieces) and end > 0:
        piece = pieces[first]
        text = piece.text[max(start, 0) : end]
        if text:
            at = piece.at + max(start, 0) if piece.at >= 0 else piece.at
            yield piece._replace(text=text, at=at)
        start, end, first = start - len(piece.text), end - len(piece.text), first + 1


class _TableRow(NamedTuple):
    """A row of a table: its place in the table's text, and its cells."""

    at: int
    cells: tuple[Sequence[Piece], ...]


def _table(block: Table, number: int, width: int) -> Iterator[Line]:
    rows = list(_rows(block))
    widths = [
        max(map(_cell_width, column)) for column in zip(*(r.cells for r in rows), strict=True)
    ]
    last = width - sum(widths[:-1]) - COLUMN_GAP * (len(widths) - 1)
    if last >= min(widths[-1], NARROWEST_COLUMN):
        yield from _columns(rows, [*widths[:-1], min(widths[-1], last)], number, block.aligned)
    else:
        yield from _records(rows, number, width)


def _rows(block: Table) -> Iterator[_TableRow]:
    """The rows of a table, each as long as the header."""
    at = 0
    for row in block.rows:
        begin, cells = at, []
        for cell in row:
            cells.append(_pieces(Paragraph(cell), at))
            at += len(joined(cell)) + 1
        missing = len(block.rows[0]) - len(cells)
        yield _TableRow(begin, (*cells, *[[]] * missing))


def _cell_width(cell: Sequence[Piece]) -> int:
    return sum(cell_width(piece.text) for piece in cell)


def _columns(
    rows: Sequence[_TableRow], widths: Sequence[int], number: int, aligned: Sequence[str]
) -> Iterator[Line]:
    """A line for each row, but for those whose last cell is broken to the width of its column."""
    indent = Piece(" " * (sum(widths[:-1]) + COLUMN_GAP * (len(widths) - 1)))
    for index, row in enumerate(rows):
        cells = row.cells if index else tuple(_strong(cell) for cell in row.cells)
        pieces: list[Piece] = []
        edges = (*aligned, *[""] * len(widths))
        for cell, wide, edge in zip(cells[:-1], widths[:-1], edges, strict=False):
            pieces.extend((*_aligned(cell, wide, edge), Piece(" " * COLUMN_GAP)))
        start = -1
        for last in _broken_cell(cells[-1], widths[-1], edges[len(widths) - 1]):
            known = (piece.at for piece in last if piece.at >= row.at)
            start = row.at if start < 0 else next(known, start)
            yield Line((*pieces, *last), number, start)
            pieces = [indent]
        if index == 0:
            rule = (" " * COLUMN_GAP).join("─" * wide for wide in widths)
            yield Line((Piece(rule),), number, start, Role.RULE)


def _aligned(cell: Sequence[Piece], width: int, edge: str) -> list[Piece]:
    """A cell with the blanks that fill its column."""
    blank = width - _cell_width(cell)
    before = {"right": blank, "center": blank // 2}.get(edge, 0)
    pieces = [Piece(" " * before), *cell, Piece(" " * (blank - before))]
    return [each for each in pieces if each.text]


def _broken_cell(cell: Sequence[Piece], width: int, edge: str) -> Iterator[Sequence[Piece]]:
    if _cell_width(cell) <= width:
        blank = width - _cell_width(cell) if edge == "right" else 0
        yield [Piece(" " * blank), *cell] if blank else cell
    else:
        yield from _cut(cell, break_lines("".join(piece.text for piece in cell), width))


def _records(rows: Sequence[_TableRow], number: int, width: int) -> Iterator[Line]:
    """A table too wide for its column: each row as lines of `Header: value`."""
    names = [_strong(name) for name in rows[0].cells]
    if len(rows) == 1:
        yield from _wrapped_cells(rows[0], names, number, width)
    for row in rows[1:]:
        if row is not rows[1]:
            yield Line((), number, row.at)
        cells = zip(names, row.cells, strict=True)
        labeled = [[*name, Piece(": "), *cell] if name else cell for name, cell in cells]
        yield from _wrapped_cells(row, labeled, number, width)


def _wrapped_cells(
    row: _TableRow, cells: Iterable[Sequence[Piece]], number: int, width: int
) -> Iterator[Line]:
    """The lines of a row's cells, one cell after another; labels before them do not count."""
    start = row.at
    for cell in cells:
        for pieces in _cut(cell, break_lines("".join(piece.text for piece in cell), width)):
            start = next((piece.at for piece in pieces if piece.at >= row.at), start)
            yield Line(pieces, number, start)


def _strong(cell: Iterable[Piece]) -> list[Piece]:
    return [piece._replace(style=piece.style | Style.STRONG) for piece in cell]
