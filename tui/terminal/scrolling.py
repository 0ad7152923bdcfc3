"""Whether a new screen is an older one moved by a line, so that the terminal can move it by itself."""

from __future__ import annotations

from collections.abc import Sequence
from operator import ne
from typing import NamedTuple

from .grid import CellRow

FEWEST = 4
"""Rows that change, below which nothing is looked for."""
ROW_COSTS = 12
"""Bytes of the move and the colors of a row of which anything is sent, at the least."""
SCROLL_COSTS = 24
"""Bytes of a scroll region, the scroll in it, and the way back."""


class Scroll(NamedTuple):
    """Rows that move by one line."""

    first: int
    last: int
    up: bool
    """Whether the text moves up, as it does when one reads on."""

    @property
    def sequence(self) -> str:
        """What makes a terminal do it; where the cursor is then, terminals do not agree on."""
        edge, move = (self.last, "\x1bD") if self.up else (self.first, "\x1bM")
        return f"\x1b[{self.first + 1};{self.last + 1}r\x1b[{edge + 1}H{move}\x1b[r"


def find_scroll(wanted: Sequence[CellRow], shown: Sequence[CellRow]) -> Scroll | None:
    """The scroll after which the fewest bytes lead to what is wanted; None where none saves any."""
    now = [_cost(new, old) for new, old in zip(wanted, shown, strict=True)]
    if sum(cost > 0 for cost in now) < FEWEST:
        return None
    # Letters that are the same by chance save a little anywhere: it must be much.
    best, saved = None, max(SCROLL_COSTS, sum(now) // 4)
    for up in (True, False):
        scroll, gain = _best(now, wanted, shown, up)
        if gain > saved:
            best, saved = scroll, gain
    return best


def _best(
    now: Sequence[int], wanted: Sequence[CellRow], shown: Sequence[CellRow], up: bool
) -> tuple[Scroll, int]:
    """The rows that gain most by moving one way, and how much."""
    rows = range(len(now)) if up else range(len(now) - 1, -1, -1)
    step = 1 if up else -1
    best, most = Scroll(0, 0, up), 0
    begin, gain = rows[0], 0
    for y in rows[:-1]:
        if gain <= 0:
            begin, gain = y, 0
        gain += now[y] - _cost(wanted[y], shown[y + step])
        end = y + step
        whole = gain + now[end] - _cost_of_new(wanted[end])
        if whole > most:
            best, most = Scroll(min(begin, end), max(begin, end), up), whole
    return best, most


def _cost(new: CellRow, old: CellRow) -> int:
    """About how many bytes lead from one row to another."""
    if new.chars == old.chars:
        return 0
    different: int = sum(map(ne, new.chars, old.chars))
    return ROW_COSTS + different


def _cost_of_new(row: CellRow) -> int:
    """About how many bytes a row takes that was blank."""
    return ROW_COSTS + len(row.chars) - row.chars.count(" ")
