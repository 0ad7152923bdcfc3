"""A Textual driver that sends only the cells that changed, for links where every byte counts.

    MyApp(driver_class=ThinDriver).run()
    MyApp(driver_class=ThinDriver.configured(Abilities(color="none", fold=to_ascii))).run()

Textual repaints whole widgets. This driver reads what Textual writes into a grid of cells, compares
it with the grid that is on the screen, and at `flush` sends the difference.

It relies on this in Textual 8.2:

- All output goes through `Driver.write`, from any thread; a frame ends with `Driver.flush`.
- A frame begins with an absolute move, and is text, SGR, OSC 8, absolute moves and line feeds. What
  is not known to leave the cells alone passes through, and from there on nothing is taken to be on
  the screen: a sequence that is new to Textual costs bytes, and the screen is still right.
- It draws for the size that the terminal has; after a resize it draws everything.
- Frames stand between `ESC[?2026h` and `ESC[?2026l` where the terminal has synchronized output;
  short ones are sent without these marks.
- Text is as wide as `rich.cells` says (rich 14.3 or later, for `split_graphemes`).

When Textual changes, compare an emulator fed by its own driver with one fed by this, as the tests
do. Where they differ, `TOKEN` and the `_take_…` methods are what reads Textual's writing.
Blanks that look the same count as the same, whatever foreground they have.
"""

import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar, Self

from rich.cells import get_character_cell_size

from .grid import (
    NORMAL,
    TOKEN,
    UNSURE,
    Abilities,
    CellRow,
    CellStyle,
    blank,
    change,
    restyle,
    split_cells,
    with_few_attributes,
)
from .safe_driver import POINTER_SHAPE, SafeDriver
from .scrolling import find_scroll

SYNC_START, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
AT_ONCE = 200
"""Characters that a terminal takes up in one piece: a frame of so few needs no marks around it."""
ERASE_TO_END = "\x1b[K"
HELD_AT_MOST = 0.2
"""Seconds for which frames are held back while more is typed ahead."""


class Screen:
    """What a program wants on the screen, what is there, and the way from the one to the other.

    While the place of the cursor is not known, everything passes through as it is written.
    """

    def __init__(self, abilities: Abilities, width: int, height: int) -> None:
        """A screen of which nothing is known yet."""
        self._abilities = abilities
        self._pen, self._sent_pen = NORMAL, UNSURE
        self._out: list[str] = []
        self._unfinished = ""
        self._in_frames = False
        self.resize(width, height)

    def resize(self, width: int, height: int) -> None:
        """Begin afresh at another size, in cells."""
        self.width, self.height = width, height
        self._wanted = [CellRow(width) for _ in range(height)]
        self._x = self._y = 0
        self._lost = True
        self.forget()

    def forget(self) -> None:
        """Take nothing to be on the screen, so that the next flush sends all that is wanted."""
        self._shown = [CellRow(self.width) for _ in range(self.height)]
        self._touched = set(range(self.height))
        self._sent_y = self._sent_x = -1
        self._sent_pen = UNSURE

    def write(self, data: str) -> str:
        """Take in what a program writes, and return what cannot wait for the flush."""
        data, self._unfinished = self._unfinished + data, ""
        for token in TOKEN.finditer(data):
            kind = str(token.lastgroup)
            getattr(self, f"_take_{kind}")(token[kind])
        return self._handed_over()

    def flush(self) -> str:
        """Return what makes the screen as it is wanted; empty when it is."""
        if not self._lost:
            self._paint()
        return self._handed_over()

    def _handed_over(self) -> str:
        text = "".join(self._out)
        self._out.clear()
        return text

    def _folded(self, text: str) -> str:
        fold = self._abilities.fold
        return text if fold is None or text.isascii() else fold(text)

    def _take_text(self, text: str) -> None:
        text = self._folded(text)
        marks, cells = split_cells(text)
        row, end = self._wanted[self._y], self._x + len(cells)
        if self._lost or end > self.width or not row.mark(self._x, marks):
            self._take_strange(text)
            return
        row.put(self._x, cells, self._pen)
        if not self._abilities.compare:
            self._shown[self._y].forget(self._x, end)
        self._touched.add(self._y)
        self._x = end

    def _take_move(self, place: str) -> None:
        y, _, x = place.partition(";")
        self._y = min(max(int(y or 1), 1), self.height) - 1
        self._x = min(max(int(x or 1), 1), self.width) - 1
        if self._lost:
            self._lost = False
            self._go(self._y, self._x)

    def _take_line(self, end: str) -> None:
        if self._lost or (self._y == self.height - 1 and "\n" in end):
            self._take_strange(end)
            return
        self._x = 0
        self._y += end.count("\n")

    def _take_style(self, codes: str) -> None:
        self._pen = restyle(self._pen, codes, self._abilities.color)
        if self._abilities.few_attributes:
            self._pen = with_few_attributes(self._pen)
        if self._lost:
            self._style(self._pen)

    def _take_link(self, link: str) -> None:
        self._pen = self._pen._replace(link="" if link.endswith(";") else self._folded(link))
        if self._lost:
            self._style(self._pen)

    def _take_sync(self, _mark: str) -> None:
        self._in_frames = True

    def _take_unfinished(self, start: str) -> None:
        self._unfinished = start

    def _take_harmless(self, sequence: str) -> None:
        if not self._lost:
            self._paint()
        self._out.append(self._folded(sequence))

    def _take_strange(self, sequence: str) -> None:
        if not self._lost:
            self._paint()
        self._style(self._pen)
        self._out.append(self._folded(sequence))
        if not self._lost:
            self.resize(self.width, self.height)

    def _paint(self) -> None:
        start = len(self._out)
        if self._abilities.scrolls and self._abilities.compare:
            self._scroll()
        for y in sorted(self._touched):
            self._paint_row(y)
        self._touched.clear()
        self._place_cursor()
        # The colors stay, as most frames begin with those that the last one ended in: up to 37 bytes.
        if self._sent_pen.link:
            self._style(self._sent_pen._replace(link=""))
        if self._in_frames and sum(map(len, self._out[start:])) > AT_ONCE:
            self._out.insert(start, SYNC_START)
            self._out.append(SYNC_END)

    def _scroll(self) -> None:
        """Let the terminal move the rows that are wanted a line higher or lower."""
        scroll = find_scroll(self._wanted, self._shown)
        if scroll is None:
            return
        # The new line is then blank and without a color on every terminal.
        self._style(NORMAL)
        self._out.append(scroll.sequence)
        self._sent_y = self._sent_x = -1
        first, last = scroll.first, scroll.last
        leaves, comes = (first, last) if scroll.up else (last, first)
        row = self._shown.pop(leaves)
        row.put(0, " " * self.width, NORMAL)
        self._shown.insert(comes, row)
        self._touched.update(range(first, last + 1))

    def _paint_row(self, y: int) -> None:
        row = self._wanted[y]
        changed = row.changed(self._shown[y])
        if not changed:
            return
        tail, look = row.tail(), blank(row.styles[-1])
        blanks = [x for x in changed if x >= tail]
        erase = len(blanks) > len(ERASE_TO_END) and self._erases_to(look)
        for x in changed[: len(changed) - len(blanks)] if erase else changed:
            self._cell(y, x)
        if erase:
            self._go(y, blanks[0])
            if blank(self._sent_pen) != look:
                self._style(look)
            self._out.append(ERASE_TO_END)
        self._shown[y].copy(row)

    def _erases_to(self, look: CellStyle) -> bool:
        colored = self._abilities.color_erase and look == NORMAL._replace(
            background=look.background
        )
        return look == NORMAL or colored

    def _cell(self, y: int, x: int) -> None:
        char, style = self._wanted[y].chars[x], self._wanted[y].styles[x]
        if not char:
            return
        self._go(y, x)
        if char != " " or blank(style) != blank(self._sent_pen):
            self._style(style)
        self._out.append(char)
        if len(char) > 1 or char >= "\U0001f000":
            self._sent_x = -1  # Terminals do not agree on how wide these are.
        else:
            self._sent_x += get_character_cell_size(char)

    def _place_cursor(self) -> None:
        """Put the cursor where the program left it; past the margin only writing leads there."""
        if self._x < self.width:
            self._go(self._y, self._x)
        elif (self._sent_y, self._sent_x) != (self._y, self._x):
            chars = self._wanted[self._y].chars
            self._cell(self._y, self.width - 1 if chars[-1] else self.width - 2)

    def _style(self, style: CellStyle) -> None:
        if style is not self._sent_pen:
            self._out.append(change(self._sent_pen, style, self._abilities.few_attributes))
            self._sent_pen = style

    def _go(self, y: int, x: int) -> None:
        """Move the cursor in the fewest bytes; over a few cells by writing them again."""
        if (self._sent_y, self._sent_x) == (y, x):
            return
        moves = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"]
        if y == self._sent_y:
            moves += [*self._moves_along(y, x), f"\x1b[{x + 1}G" if x else "\r"]
        elif x == self._sent_x:
            down = y - self._sent_y
            moves.append(f"\x1b[{abs(down) if abs(down) > 1 else ''}{'B' if down > 0 else 'A'}")
        self._out.append(min(moves, key=lambda move: len(move.encode())))
        self._sent_y, self._sent_x = y, x

    def _moves_along(self, y: int, x: int) -> list[str]:
        """Moves relative to the cursor, whose column must be known and short of the margin."""
        start = self._sent_x
        if not 0 <= start < self.width:
            return []
        if x < start:
            return ["\b" * (start - x), f"\x1b[{start - x}D"]
        moves = [f"\x1b[{x - start}C" if x - start > 1 else "\x1b[C"]
        if self._wanted[y].reads_on(start, x, self._sent_pen):
            moves.append("".join(self._wanted[y].chars[start:x]))
        return moves


class ThinDriver(SafeDriver):
    """A driver for Linux and macOS that sends only the cells that changed."""

    abilities: ClassVar[Abilities] = Abilities()
    """What the terminal can show; `configured` makes a driver for another one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take what every driver takes."""
        super().__init__(*args, **options)
        self._drawing = threading.RLock()
        self._screen = Screen(self.abilities, 1, 1)
        self.more_is_typed: Callable[[], bool] = lambda: False
        """Whether keys wait whose frames will follow soon; who says so flushes after the last."""
        self._held_since = 0.0
        """When a frame was held back first, by the clock that only goes on; 0 where none is."""

    @classmethod
    def configured(cls, abilities: Abilities) -> type[Self]:
        """A driver class for a terminal with these abilities."""
        return type(cls.__name__, (cls,), {"abilities": abilities})

    def write(self, data: str) -> None:
        """Take in what Textual draws; what is no drawing is sent at once."""
        if data.startswith(POINTER_SHAPE):
            return  # before anything is put in front of it: the base knows it by its beginning
        with self._drawing:
            size = self.read_size()
            if size != (self._screen.width, self._screen.height):
                self._screen.resize(*size)
            self._send(self._screen.write(data))

    def flush(self) -> None:
        """Send the cells that changed; while more is typed ahead, only now and then."""
        with self._drawing:
            if self.more_is_typed():
                self._held_since = self._held_since or time.monotonic()
                if time.monotonic() - self._held_since < HELD_AT_MOST:
                    return
            self._held_since = 0.0
            self._send(self._screen.flush())

    def send_held(self) -> None:
        """Send what was held back, if anything was."""
        if self._held_since:
            self.flush()

    def repaint(self) -> None:
        """Send every cell again, for when something else may have written on the screen."""
        if self.output.is_running:
            with self._drawing:
                self._screen.forget()
                self.flush()

    def resized(self) -> None:
        """Repaint first, as the terminal may have moved or cut lines."""
        self.repaint()
        super().resized()

    def _send(self, data: str) -> None:
        if data:
            super().write(data)
