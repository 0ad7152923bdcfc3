"""A terminal emulator for tests: pyte, with what it lacks or gets wrong put right."""

import re
import unicodedata
from typing import Any

import pyte
from pyte.screens import Char, StaticDefaultDict
from wcwidth import wcwidth

_DEFAULT_MODES = frozenset({7, 25})

_MISREAD = re.compile(
    r"\x1b\[(?:[<=>][\x20-\x3f]*|\?[\x20-\x3f]*(?![hlJKcm]))[@-~]|\x1b[PX^_].*?(?:\x1b\\|\x9c)",
    re.DOTALL,
)
"""What pyte would print as text or take for something else: private CSI, strings other than OSC."""

_UNFINISHED = re.compile(
    r"\x1b(?:\[[\x20-\x3f]*|[PX^_](?:(?!\x1b\\|\x9c).)*|\](?:(?!\x1b\\|\x07|\x9c).)*)?\Z", re.DOTALL
)
"""A sequence cut off at the end of what was read, kept until the rest comes."""

_QUERY = re.compile(r"\x1b\[\?(\d+)\$p")


class _Stream(pyte.Stream):
    """What tells a screen what to do; with the margins at the sides."""

    csi = pyte.Stream.csi | {"s": "set_side_margins"}


class Emulator(pyte.Screen):
    """A screen that is fed what a program writes: cells, attributes, cursor and modes.

    Beyond pyte it has an alternate screen, margins at the sides, faint text (shown as `blink`), private modes under their
    own numbers, and replies for the program; half a wide character that is overwritten turns blank.
    """

    def __init__(
        self, columns: int, lines: int, *, known_modes: frozenset[int] = frozenset({69, 2026})
    ) -> None:
        self.replies: list[str] = []
        """What the terminal would type back in answer to queries, oldest first."""
        self.known_modes = known_modes
        """The modes that it says it knows when asked."""
        self._main_screen: dict[int, StaticDefaultDict[int, Char]] | None = None
        self._pending = ""
        self._stream: pyte.Stream | None = None
        self._sides: tuple[int, int] | None = None
        super().__init__(columns, lines)
        self._stream = _Stream(self)

    def feed(self, text: str) -> None:
        """Show what a program wrote; a sequence that is not complete waits for the next call."""
        text = self._pending + text
        unfinished = _UNFINISHED.search(text)
        self._pending = unfinished.group() if unfinished else ""
        text = text[: len(text) - len(self._pending)]
        for query in _QUERY.finditer(text):
            state = 2 if int(query[1]) in self.known_modes else 0
            self.replies.append(f"\x1b[?{query[1]};{state}$y")
        assert self._stream is not None
        self._stream.feed(_MISREAD.sub("", text))

    @property
    def text(self) -> str:
        """The screen as lines of text, blanks at the end of each left out."""
        return "\n".join(line.rstrip() for line in self.display)

    @property
    def cells(self) -> list[list[Char]]:
        """Every cell of the screen with its attributes, row by row."""
        return [[self.buffer[y][x] for x in range(self.columns)] for y in range(self.lines)]

    @property
    def private_modes(self) -> frozenset[int]:
        """The private modes that differ from those of a fresh terminal, such as 1049 or 2004."""
        on = {mode >> 5 for mode in self.mode if mode >= 32}
        return frozenset(on ^ _DEFAULT_MODES)

    def draw(self, data: str) -> None:
        """Draw text one character at a time, since pyte drops what follows a joiner."""
        for char in data:
            width = wcwidth(char)
            if width > 0:
                if pyte.modes.DECAWM not in self.mode:
                    self.cursor.x = min(self.cursor.x, self.columns - width)
                self._split_wide(self.cursor.x, self.cursor.x + width)
                super().draw(char)
            elif unicodedata.combining(char) and self.cursor.x:
                self._combine(char)

    def _split_wide(self, *edges: int) -> None:
        """Turn the half of a wide character that will be left over into a blank."""
        row = self.buffer[self.cursor.y]
        start, end = edges
        for edge, left_over in ((start, start - 1), (end, end)):
            if edge < self.columns and row[edge].data == "":
                row[left_over] = row[left_over]._replace(data=" ")

    def _combine(self, mark: str) -> None:
        """Add a mark to the character before the cursor, which may be two cells back."""
        row, x = self.buffer[self.cursor.y], self.cursor.x - 1
        if x and row[x].data == "":
            x -= 1
        row[x] = row[x]._replace(data=unicodedata.normalize("NFC", row[x].data + mark))

    def set_side_margins(self, left: int = 0, right: int = 0) -> None:
        """Set the columns within which lines move, where the mode for it is on."""
        if 69 << 5 in self.mode:
            self._sides = max(left, 1) - 1, right or self.columns
            self.cursor_position()

    def index(self) -> None:
        """Move down; at the end of the region move its lines up, between the margins alone."""
        top, bottom = self.margins or (0, self.lines - 1)
        if self._sides is None or self.cursor.y != bottom:
            super().index()
        else:
            self._move(range(top, bottom + 1), self._sides)

    def reverse_index(self) -> None:
        """Move up; at the start of the region move its lines down, between the margins alone."""
        top, bottom = self.margins or (0, self.lines - 1)
        if self._sides is None or self.cursor.y != top:
            super().reverse_index()
        else:
            self._move(range(bottom, top - 1, -1), self._sides)

    def _move(self, rows: range, sides: tuple[int, int]) -> None:
        """Let each row take over the next; the last is blank and, as in xterm, in the color in use."""
        if not sides[0] <= self.cursor.x < sides[1]:
            return
        new = self.default_char._replace(bg=self.cursor.attrs.bg)
        for y, following in zip(rows, [*rows[1:], None], strict=True):
            for x in range(*sides):
                self.buffer[y][x] = new if following is None else self.buffer[following][x]

    def erase_in_display(self, how: int = 0, *args: Any, **options: Any) -> None:
        """Erase all cells, drawn or not, where pyte leaves out those never drawn."""
        for y in range(self.lines):
            for x in range(self.columns):
                self.buffer[y][x] = self.buffer[y][x]
        super().erase_in_display(how, *args, **options)

    def select_graphic_rendition(self, *attrs: int, private: bool = False) -> None:
        """Set attributes; faint is kept as `blink`, a double underline as a single one."""
        if private:
            return
        codes, rest = [], list(attrs)
        while rest:
            code = rest.pop(0)
            if code in (38, 48) and rest:
                size = 4 if rest[0] == 2 else 2
                codes += [code, *rest[:size]]
                del rest[:size]
            else:
                codes += {2: [5], 21: [4], 22: [22, 25]}.get(code, [code])
        super().select_graphic_rendition(*codes)

    def set_mode(self, *modes: int, **options: Any) -> None:
        """Set modes; 1049 puts the main screen aside and starts an empty one."""
        super().set_mode(*modes, **options)
        if 1049 in modes and options.get("private") and self._main_screen is None:
            self.save_cursor()
            self._main_screen = dict(self.buffer)
            self.buffer.clear()

    def reset_mode(self, *modes: int, **options: Any) -> None:
        """Reset modes; 1049 brings the main screen and its cursor back."""
        super().reset_mode(*modes, **options)
        if 69 in modes and options.get("private"):
            self._sides = None
        if 1049 in modes and options.get("private") and self._main_screen is not None:
            self.buffer.clear()
            self.buffer.update(self._main_screen)
            self._main_screen = None
            self.restore_cursor()

    def write_process_input(self, data: str) -> None:
        """Take what the terminal would answer to a query."""
        self.replies.append(data)
