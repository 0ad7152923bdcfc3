"""Which cells to send, in which order, and by which moves and colors: those that take few bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import get_character_cell_size

from .grid import NORMAL, UNKNOWN, UNSURE, Abilities, CellRow, CellStyle, blank, change

ERASE_TO_END = "\x1b[K"
ERASE_BELOW = "\x1b[J"
INDEX = "\x1bD"
"""Moves down; only in the last row of the screen it would move lines."""
ANOTHER_MOVE = 10
"""Bytes of a move and a letter, where something stands behind what is erased."""


class Island(NamedTuple):
    """Cells of a row that are sent in one go."""

    y: int
    columns: Sequence[int]
    """In the order of the row; `~x` stands for erasing from a column to the end of the row."""
    background: str
    ink: str | None
    """The foreground of its last letter; None where all of it is blank."""
    wordless: bool
    """Whether it is made of marks alone, such as a frame, so that it may follow after the words."""


def islands(y: int, row: CellRow, shown: CellRow, abilities: Abilities) -> Iterator[Island]:
    """The cells of a row that look different on the screen, cut where other colors begin."""
    changed = row.changed(shown)
    if not changed:
        return
    start, behind = _erased_from(row, changed, abilities)
    if start is not None:
        left = [x for x in changed if x < start]
        changed = [*left, ~start, *(x for x in behind if x > start)]
    if not row.plain:
        yield Island(y, changed, row.styles[0].background, None, False)
        return
    begin, scan = 0, _Scan()
    for index, column in enumerate(changed):
        if scan.cuts(row, column):
            yield Island(y, changed[begin:index], scan.background, scan.ink, scan.wordless)
            begin, scan = index, _Scan()
        scan.take(row, column)
    yield Island(y, changed[begin:], scan.background, scan.ink, scan.wordless)


class _Scan:
    """An island while its cells are gathered."""

    def __init__(self) -> None:
        self.background = ""
        self.ink: str | None = None
        self.words = False
        self._last = -1
        self._after_blank = True

    @property
    def wordless(self) -> bool:
        return self.ink is not None and not self.words

    def take(self, row: CellRow, column: int) -> None:
        """Add a cell."""
        if column < 0:
            self._last, self.words, self._after_blank = ~column, True, True
            self.background = row.styles[-1].background
            return
        char, style = row.chars[column], row.styles[column]
        self._last, self.background = column, style.background
        self._after_blank = char == " "
        if char != " ":
            self.ink = style.foreground
            self.words = self.words or char.isalnum()

    def cuts(self, row: CellRow, column: int) -> bool:
        """Whether another island begins with a cell."""
        if self._last < 0:
            return False
        style = row.styles[column] if column >= 0 else row.styles[-1]
        if style.background != self.background:
            return True
        if column < 0 or row.chars[column] == " " or style.foreground == self.ink:
            return False
        gap = column - self._last - 1
        if self.ink is not None and (self.wordless or gap > 1):
            return True
        return (self._after_blank or gap > 0) and not _has_words(row, column)


def _has_words(row: CellRow, start: int) -> bool:
    return any(char.isalnum() for char in row.chars[start:])


def _erased_from(
    row: CellRow, changed: Sequence[int], abilities: Abilities
) -> tuple[int | None, list[int]]:
    """The column from which to erase, None for nowhere; and the letters at the end of the row."""
    chars, styles = row.chars, row.styles
    look, last = blank(styles[-1]), len(chars) - 1
    if not erases_to(look, abilities):
        return None, []
    different, saved, letters = set(changed), 0, list[int]()
    start, most = None, 0
    style, same_blank = styles[-1], True
    for x in range(last, changed[0] - 1, -1):
        if styles[x] is not style:
            style = styles[x]
            same_blank = blank(style) == look
        if style.background != look.background or chars[x] == UNKNOWN:
            break
        saved += x in different
        if chars[x] != " " or not same_blank:
            letters.insert(0, x)
            saved -= 1
        elif 0 < x < last and chars[x - 1] != " " != chars[x + 1]:
            saved -= 1  # it is written all the same, on the way to the next letter
        elif x in different:
            gain = saved - len(ERASE_TO_END) - ANOTHER_MOVE * bool(letters)
            if gain > most:
                start, most = x, gain
    return start, letters


def erases_to(look: CellStyle, abilities: Abilities) -> bool:
    """Whether erasing leaves blanks that look like this."""
    colored = NORMAL._replace(background=look.background)
    return look == NORMAL or (abilities.color_erase and look == colored)


def in_order(found: Iterable[Island], background: str) -> list[Island]:
    """Islands of one background together, row by row as one reads; first that of the pen in force.

    Marks without words follow at the end, each color together.
    """
    grounds: dict[str, int] = {background: -1}
    inks: dict[str | None, int] = {}
    layers: dict[tuple[int, str], int] = {}
    keyed: list[tuple[tuple[bool, int, int, int, int], Island]] = []
    for island in found:
        ground = grounds.setdefault(island.background, len(grounds))
        if island.wordless:
            layer = inks.setdefault(island.ink, len(inks))
        else:
            place = island.y, island.background
            layer = layers[place] = layers.get(place, -1) + 1
        keyed.append(((island.wordless, ground, layer, island.y, len(keyed)), island))
    return [island for _, island in sorted(keyed)]


class Painter:
    """Where the terminal's cursor stands and the colors in force, and the way to the next cell."""

    def __init__(self, abilities: Abilities) -> None:
        """A terminal of which nothing is known yet."""
        self._abilities = abilities
        self.out: list[str] = []
        """What is to be sent."""
        self.forget()

    def forget(self) -> None:
        """Know neither the colors nor the place of the cursor."""
        self.pen = UNSURE
        self.y = self.x = -1

    def copy(self) -> Painter:
        """Another one that may go another way from here."""
        other = Painter(self._abilities)
        other.out, other.pen = [*self.out], self.pen
        other.y, other.x = self.y, self.x
        return other

    @property
    def size(self) -> int:
        """The bytes that are to be sent."""
        return len("".join(self.out).encode())

    def move(self, scroll: str) -> None:
        """Let the terminal move lines; where the cursor is then, nobody knows."""
        self.out.append(scroll)
        self.y = self.x = -1

    def paint(self, island: Island, row: CellRow) -> None:
        """Send the cells of an island."""
        for column in island.columns:
            if column >= 0:
                self.cell(island.y, column, row)
            else:
                self.erase(island.y, ~column, row)

    def erase(self, y: int, x: int, row: CellRow) -> None:
        """Erase from a column to the end of a row, to the look of its last cell."""
        self.go(y, x, row)
        self._look(blank(row.styles[-1]))
        self.out.append(ERASE_TO_END)

    def erase_all(self, look: CellStyle) -> None:
        """Erase every cell, to blanks of one look."""
        self.go(0, 0, None)
        self._look(look)
        self.out.append(ERASE_BELOW)

    def cell(self, y: int, x: int, row: CellRow) -> None:
        """Send one cell, in its colors."""
        char, style = row.chars[x], row.styles[x]
        if not char:
            return
        self.go(y, x, row, to_write=True)
        if char != " " or blank(style) != blank(self.pen):
            self.style(style)
        self.out.append(char)
        if len(char) > 1 or char >= "\U0001f000":
            self.x = -1  # Terminals do not agree on how wide these are.
        else:
            self.x += get_character_cell_size(char)

    def _look(self, look: CellStyle) -> None:
        if blank(self.pen) != look:
            self.style(look)

    def style(self, style: CellStyle) -> None:
        """Turn the colors in force into others."""
        if style is not self.pen:
            self.out.append(change(self.pen, style, self._abilities.few_attributes))
            self.pen = style

    def go(self, y: int, x: int, row: CellRow | None, *, to_write: bool = False) -> None:
        """Move the cursor in the fewest bytes; over a few cells of a row by writing them again."""
        if (self.y, self.x) == (y, x):
            return
        moves = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"]
        if y == self.y:
            moves += [*self._moves_along(x, row), f"\x1b[{x + 1}G" if x else "\r"]
        elif self.y >= 0 and self.x >= 0 and row is not None:
            moves += self._moves_down(y, x, len(row.chars), to_write)
        self.out.append(min(moves, key=lambda move: len(move.encode())))
        self.y, self.x = y, x

    def _moves_down(self, y: int, x: int, width: int, to_write: bool) -> list[str]:
        """Moves to another row, and then along it."""
        down, start = y - self.y, self.x
        step = f"\x1b[{abs(down) if abs(down) > 1 else ''}{'B' if down > 0 else 'A'}"
        if down == 1 and self._abilities.scrolls:
            step = INDEX
        # What is written past the last column is written on it, as lines are not wrapped.
        if x == start or (to_write and x == width - 1 < start):
            return [step]
        if x > start:
            return [f"{step}\x1b[{x - start}C"]
        backward = ["\b" * (start - x)] if start < width else []
        return [step + along for along in (*backward, f"\x1b[{x + 1}G" if x else "\r")]

    def _moves_along(self, x: int, row: CellRow | None) -> list[str]:
        """Moves relative to the cursor, whose column must be known and short of the margin."""
        start = self.x
        if row is None or not 0 <= start < len(row.chars):
            return []
        if x < start:
            return ["\b" * (start - x), f"\x1b[{start - x}D"]
        moves = [f"\x1b[{x - start}C" if x - start > 1 else "\x1b[C"]
        if row.reads_on(start, x, self.pen):
            moves.append("".join(row.chars[start:x]))
        return moves
