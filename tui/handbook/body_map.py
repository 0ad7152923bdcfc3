"""The body map: a figure whose digits mark zones, and what the page says of each zone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .blocks import Block, Heading, Preformatted, part_under
from .model import Page

_ZONE = re.compile(r"Zone (\d): (.+)")
_DRAWN = re.compile("[─-╿]")
_TO_THE_RIGHT = frozenset("─╭╰┌└├┬┴┼")
"""Lines that go on in the cell to their right."""
_DOWNWARD = frozenset("│╭╮┌┐├┤┬┼")
"""Lines that go on in the cell below them."""


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone of the body."""

    number: int
    name: str
    blocks: tuple[Block, ...]
    """What the page says of it, its heading first."""
    cells: frozenset[tuple[int, int]]
    """Where its digit stands in the figure: columns and rows from 0."""


@dataclass(frozen=True, slots=True)
class BodyMap:
    """A figure and its zones."""

    figure: tuple[str, ...]
    zones: tuple[Zone, ...]

    @property
    def width(self) -> int:
        """Columns of the figure."""
        return max((len(line) for line in self.figure), default=0)

    def twice_as_large(self) -> BodyMap:
        """The figure with four cells for each one: lines go on, digits fill them, letters do not."""
        figure = tuple(
            "".join(map(part, line)) for line in self.figure for part in (_upper_half, _lower_half)
        )
        zones = (replace(zone, cells=_four_each(zone.cells)) for zone in self.zones)
        return BodyMap(figure, tuple(zones))

    def nearest(self, column: int, row: int) -> Zone | None:
        """The zone whose digit stands nearest to a cell; a row counts as two columns."""
        marked = [(zone, cell) for zone in self.zones for cell in zone.cells]
        if not marked:
            return None
        return min(marked, key=lambda each: _distance(each[1], (column, row)))[0]


def read_body_map(page: Page) -> BodyMap | None:
    """The map that a page draws: its first preformatted block, and a heading `Zone N: …` a zone."""
    drawing = next((each for each in page.blocks if isinstance(each, Preformatted)), None)
    if drawing is None:
        return None
    lines = drawing.text.split("\n")
    # The legend beside the figure has digits of its own: the figure ends with its last line drawn.
    width = max((found.end() for line in lines for found in _DRAWN.finditer(line)), default=0)
    figure = tuple(line[:width] for line in lines)
    headings = (each for each in page.blocks if isinstance(each, Heading))
    zones = (_zone(each, page, figure) for each in headings)
    return BodyMap(figure, tuple(zone for zone in zones if zone is not None))


def _zone(heading: Heading, page: Page, figure: tuple[str, ...]) -> Zone | None:
    named = _ZONE.fullmatch(heading.text.strip())
    if named is None:
        return None
    cells = frozenset(
        (column, row)
        for row, line in enumerate(figure)
        for column, character in enumerate(line)
        if character == named[1]
    )
    return Zone(int(named[1]), named[2], part_under(page.blocks, heading.text.strip()), cells)


def _upper_half(cell: str) -> str:
    right = "─" if cell in _TO_THE_RIGHT else cell if cell.isdigit() else " "
    return cell + right


def _lower_half(cell: str) -> str:
    below = "│" if cell in _DOWNWARD else cell if cell.isdigit() else " "
    return below + (below if cell.isdigit() else " ")


def _four_each(cells: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    return frozenset(
        (2 * column + right, 2 * row + below)
        for column, row in cells
        for right in (0, 1)
        for below in (0, 1)
    )


def _distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    return (one[0] - other[0]) ** 2 + 4 * (one[1] - other[1]) ** 2
