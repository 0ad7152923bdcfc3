"""Whether a new screen is an older one of which a part has moved, so that the terminal can move it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import ne
from typing import NamedTuple

from .grid import NORMAL, CellRow

FEWEST = 4
"""Rows that change, and pieces of them found elsewhere, below which nothing is looked for."""
ROW_COSTS = 12
"""Bytes of the move and the colors of a row of which anything is sent, at the least."""
SCROLL_COSTS = 24
"""Bytes of a scroll region, the scroll in it, and the way back."""
PIECE = 12
"""Columns of the pieces of rows that are looked for in other rows."""
LIKELIEST = 2
"""Distances that are worked out, of all by which some piece has moved."""

Rows = Sequence[CellRow]


class Scroll(NamedTuple):
    """A part of the screen that moves up or down."""

    first: int
    last: int
    lines: int
    """More than 0 where the text moves up, as it does when one reads on; else it moves down."""
    sides: slice
    """The columns that move; all of them but where the terminal has margins at the sides."""
    width: int
    """Of the screen."""

    @property
    def sequence(self) -> str:
        """What makes a terminal do it; where the cursor is then, terminals do not agree on."""
        edge, move = (self.last, "\x1bD") if self.lines > 0 else (self.first, "\x1bM")
        region = f"\x1b[{self.first + 1};{self.last + 1}r"
        moves = move * abs(self.lines)
        left, right = self.sides.start, self.sides.stop
        if right - left == self.width:
            return f"{region}\x1b[{edge + 1}H{moves}\x1b[r"
        margins = f"\x1b[?69h\x1b[{left + 1};{right}s"
        return f"{margins}{region}\x1b[{edge + 1};{left + 1}H{moves}\x1b[r\x1b[?69l"

    def moved(self, shown: Rows, known: bool) -> list[CellRow]:
        """What is on the screen afterwards.

        Args:
            shown: What is on it before.
            known: Whether the lines that come in are blank and without a color. Where a color is in
                use terminals do not agree on that.
        """
        rows = [*shown]
        left, right = self.sides.start, self.sides.stop
        for y in range(self.first, self.last + 1):
            row = rows[y] = CellRow(self.width)
            row.copy(shown[y])
            if self.first <= y + self.lines <= self.last:
                row.take_over(shown[y + self.lines], self.sides)
            elif known:
                row.put(left, " " * (right - left), NORMAL)
            else:
                row.forget(left, right)
        return rows


def find_scroll(wanted: Rows, shown: Rows, margins: bool = False) -> Scroll | None:
    """The scroll that seems to save most bytes on the way to what is wanted; None where none does.

    Args:
        wanted: What should be on the screen.
        shown: What is on it.
        margins: Whether a part can be moved that is less wide than the screen.
    """
    everywhere = slice(0, len(wanted[0].chars))
    now = [_cost(new, old, everywhere) for new, old in zip(wanted, shown, strict=True)]
    if sum(cost > 0 for cost in now) < FEWEST:
        return None
    # Letters that are the same by chance save a little anywhere: it must be more.
    best, saved = None, max(SCROLL_COSTS, sum(now) // 8)
    for lines in _distances(wanted, shown, now):
        sides = _sides(wanted, shown, lines) if margins else everywhere
        scroll, gain = _best(wanted, shown, lines, sides)
        if gain > saved:
            best, saved = scroll, gain
    return best


def _distances(wanted: Rows, shown: Rows, now: Sequence[int]) -> list[int]:
    """The numbers of lines by which most pieces of rows have moved."""
    places: dict[tuple[int, str], int] = {}
    for y, row in enumerate(shown):
        if now[y]:
            places.update((piece, y) for piece in _pieces(row))
    votes = Counter(
        places[piece] - y
        for y, row in enumerate(wanted)
        if now[y]
        for piece in _pieces(row)
        if piece in places
    )
    del votes[0]
    return [lines for lines, count in votes.most_common(LIKELIEST) if count >= FEWEST]


def _pieces(row: CellRow) -> Iterator[tuple[int, str]]:
    text = "".join(row.chars)
    for x in range(0, len(text), PIECE):
        if not (piece := text[x : x + PIECE]).isspace():
            yield x, piece


def _sides(wanted: Rows, shown: Rows, lines: int) -> slice:
    """The columns in which most characters are right after moving by some lines."""
    width = len(wanted[0].chars)
    if not all(row.plain for row in (*wanted, *shown)):
        return slice(0, width)
    gains = [0] * width
    for new, old, moved in _pairs(wanted, shown, lines):
        if new.chars != old.chars:
            wrong, still = map(ne, new.chars, old.chars), map(ne, new.chars, moved.chars)
            gains = [gain + a - b for gain, a, b in zip(gains, wrong, still, strict=True)]
    sides = _largest(gains)
    # Margins that leave a single column are none.
    return sides if sides.stop - sides.start > 1 else slice(0, width)


def _pairs(wanted: Rows, shown: Rows, lines: int) -> Iterator[tuple[CellRow, CellRow, CellRow]]:
    """What is wanted of each row, what it shows, and what it shows after moving by some lines."""
    for y, new in enumerate(wanted):
        if 0 <= y + lines < len(shown):
            yield new, shown[y], shown[y + lines]


def _largest(numbers: Sequence[int]) -> slice:
    """The neighbors with the largest sum."""
    best, most = slice(0, 1), 0
    begin, total = 0, 0
    for index, number in enumerate(numbers):
        if total <= 0:
            begin, total = index, 0
        total += number
        if total > most:
            best, most = slice(begin, index + 1), total
    return best


def _best(wanted: Rows, shown: Rows, lines: int, sides: slice) -> tuple[Scroll, int]:
    """The rows that gain most by moving by some lines, and how much."""
    if lines < 0:
        scroll, gain = _best(wanted[::-1], shown[::-1], -lines, sides)
        end = len(wanted) - 1
        back = scroll._replace(first=end - scroll.last, last=end - scroll.first, lines=lines)
        return back, gain
    now = [_cost(new, old, sides) for new, old in zip(wanted, shown, strict=True)]
    anew = [0]
    anew += accumulate(old - _cost_of_new(row, sides) for old, row in zip(now, wanted, strict=True))
    best, most = Scroll(0, 0, lines, sides, len(wanted[0].chars)), 0
    begin, gain = 0, 0
    for y in range(len(now) - lines):
        if gain <= 0:
            begin, gain = y, 0
        gain += now[y] - _cost(wanted[y], shown[y + lines], sides)
        whole = gain + anew[y + 1 + lines] - anew[y + 1]
        if whole > most:
            best, most = best._replace(first=begin, last=y + lines), whole
    return best, most


def _cost(new: CellRow, old: CellRow, sides: slice) -> int:
    """About how many bytes lead from one row to another."""
    now, before = new.chars[sides], old.chars[sides]
    if now == before:
        return 0
    different: int = sum(map(ne, now, before))
    return ROW_COSTS + different


def _cost_of_new(row: CellRow, sides: slice) -> int:
    """About how many bytes a row takes that was blank."""
    chars = row.chars[sides]
    return ROW_COSTS + len(chars) - chars.count(" ")
