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
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, ClassVar, Self

from textual.message import Message

from .grid import (
    NORMAL,
    TOKEN,
    UNKNOWN,
    Abilities,
    CellRow,
    blank,
    restyle,
    split_cells,
    with_few_attributes,
)
from .input import TerminalHasSideMargins
from .painting import Island, Painter, erases_to, in_order, islands
from .safe_driver import ASK_FOR_SYNC, POINTER_SHAPE, SafeDriver
from .scrolling import find_scroll

SYNC_START, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
AT_ONCE = 200
"""Characters that a terminal takes up in one piece: a frame of so few needs no marks around it."""
FEW = 12
"""Pieces of a frame that are tried row by row too, and not only each background together."""
SCROLLS_AT_MOST = 3
"""Parts of the screen that are moved in one frame."""
ASK_FOR_SIDE_MARGINS = "\x1b[?69$p"
HELD_AT_MOST = 0.2
"""Seconds for which frames are held back while more is typed ahead."""


class Screen:
    """What a program wants on the screen, what is there, and the way from the one to the other.

    While the place of the cursor is not known, everything passes through as it is written.
    """

    def __init__(self, abilities: Abilities, width: int, height: int) -> None:
        """A screen of which nothing is known yet."""
        self._abilities = abilities
        self._pen = NORMAL
        self._painter = Painter(abilities)
        self._unfinished = ""
        self._in_frames = False
        self.sides_move = False
        """Whether the terminal has said that it moves lines between margins at the sides."""
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
        self._nothing_known = True
        self._painter.forget()

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
        text = "".join(self._painter.out)
        self._painter.out.clear()
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
            self._painter.go(self._y, self._x, None)

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
            self._painter.style(self._pen)

    def _take_link(self, link: str) -> None:
        self._pen = self._pen._replace(link="" if link.endswith(";") else self._folded(link))
        if self._lost:
            self._painter.style(self._pen)

    def _take_sync(self, _mark: str) -> None:
        self._in_frames = True

    def _take_unfinished(self, start: str) -> None:
        self._unfinished = start

    def _take_harmless(self, sequence: str) -> None:
        if not self._lost:
            self._paint()
        self._painter.out.append(self._folded(sequence))

    def _take_strange(self, sequence: str) -> None:
        if not self._lost:
            self._paint()
        self._painter.style(self._pen)
        self._painter.out.append(self._folded(sequence))
        if not self._lost:
            self.resize(self.width, self.height)

    def _paint(self) -> None:
        start = len(self._painter.out)
        if self._nothing_known and self._abilities.compare:
            self._erase_all()
        self._painter, self._shown = self._shortest_way()
        self._nothing_known = False
        for y in self._touched:
            self._shown[y].copy(self._wanted[y])
        self._touched.clear()
        self._place_cursor()
        # The colors stay, as most frames begin with those that the last one ended in: up to 37 bytes.
        painter = self._painter
        if painter.pen.link:
            painter.style(painter.pen._replace(link=""))
        if self._in_frames and sum(map(len, painter.out[start:])) > AT_ONCE:
            painter.out.insert(start, SYNC_START)
            painter.out.append(SYNC_END)

    def _shortest_way(self) -> tuple[Painter, list[CellRow]]:
        """What leads to what is wanted in the fewest bytes, and the screen that it has moved."""
        shown, moving = self._shown, self._painter
        best, moved = self._drawn(moving, shown), shown
        for _ in range(SCROLLS_AT_MOST if self._scrolls else 0):
            scroll = find_scroll(self._wanted, shown, self.sides_move)
            if scroll is None:
                break
            moving = moving.copy()
            moving.move(scroll.sequence)
            shown = scroll.moved(shown, known=blank(moving.pen) == NORMAL)
            self._touched.update(range(scroll.first, scroll.last + 1))
            drawn = self._drawn(moving, shown)
            if drawn.size >= best.size:
                break
            best, moved = drawn, shown
        return best, moved

    @property
    def _scrolls(self) -> bool:
        return self._abilities.scrolls and self._abilities.compare and not self._nothing_known

    def _drawn(self, painter: Painter, shown: Sequence[CellRow]) -> Painter:
        """A painter that has sent what differs from what is on the screen."""
        found = [
            island
            for y in sorted(self._touched)
            for island in islands(y, self._wanted[y], shown[y], self._abilities)
        ]
        orders = [in_order(found, painter.pen.background)]
        if len(found) <= FEW:
            orders.append(found)
        return min(
            (self._painted(painter.copy(), order) for order in orders), key=attrgetter("size")
        )

    def _painted(self, painter: Painter, order: Iterable[Island]) -> Painter:
        for island in order:
            painter.paint(island, self._wanted[island.y])
        return painter

    def _erase_all(self) -> None:
        """Begin with blanks of the look that most rows begin with, where all is to be drawn."""
        if any(UNKNOWN in row.chars for row in self._wanted):
            return
        looks = Counter(blank(row.styles[0]) for row in self._wanted)
        for look, _ in looks.most_common(1):
            if erases_to(look, self._abilities):
                self._painter.erase_all(look)
                for row in self._shown:
                    row.put(0, " " * self.width, look)

    def _place_cursor(self) -> None:
        """Put the cursor where the program left it; past the margin only writing leads there."""
        row = self._wanted[self._y]
        if self._x < self.width:
            self._painter.go(self._y, self._x, row)
        elif (self._painter.y, self._painter.x) != (self._y, self._x):
            self._painter.cell(self._y, self.width - 1 if row.chars[-1] else self.width - 2, row)


class ThinDriver(SafeDriver):
    """A driver for Linux and macOS that sends only the cells that changed."""

    abilities: ClassVar[Abilities] = Abilities()
    """What the terminal can show; `configured` makes a driver for another one."""
    questions = ASK_FOR_SYNC + ASK_FOR_SIDE_MARGINS

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
                # It may be another terminal by now, as with dtach.
                self._screen.sides_move = False
                self.ask(ASK_FOR_SIDE_MARGINS)
                self._screen.forget()
                self.flush()

    def process_message(self, message: Message) -> None:
        """Hand on what the terminal sends, but for what it says about its margins."""
        if isinstance(message, TerminalHasSideMargins):
            self._screen.sides_move = True
        else:
            super().process_message(message)

    def resized(self) -> None:
        """Repaint first, as the terminal may have moved or cut lines."""
        self.repaint()
        super().resized()

    def _send(self, data: str) -> None:
        if data:
            super().write(data)
