"""Random screens as Textual would write them, and what two terminals that show them have in common."""

from dataclasses import dataclass

from hypothesis import strategies as st
from pyte.screens import Char
from rich.cells import cell_len

from tests.pty.emulator import Emulator

CODES = [
    *("0", "1", "2", "3", "4", "7", "9", "21", "22", "23", "24", "27", "29"),
    *("31", "39", "44", "49", "91", "104", "38;5;200", "48;5;17", "38;2;1;2;3", "48;2;9;8;7"),
    *("1;3;31", "2;48;2;1;1;1", "0;7"),
]
"""SGR sequences to draw from."""

STRANGE = ("\x1b[2J", "\x1b[K", "\x1b[1K", "\x1b[3C", "\x1b[2A", "\x1b[2P", "\t", "\x1bD", "\x08")
"""What the driver does not take apart, and what may change cells or the cursor."""

HARMLESS = ("\x07", "\x1b[?25h", "\x1b[?25l", "\x1b]22;pointer\x07", "\x1b[?2026$p", "\x1b[?1003h")
"""What passes through and changes no cell."""

WORDS = st.text("ab  ─é漢字\u0301", max_size=12)
PLAIN_WORDS = st.text("ab     ", max_size=12)


@dataclass(frozen=True)
class Size:
    """A change of the terminal's size."""

    columns: int
    lines: int


SIZES = st.builds(Size, st.integers(2, 16), st.integers(1, 5))


@st.composite
def runs(draw: st.DrawFn, columns: int, words: st.SearchStrategy[str]) -> str:
    """A run of styled text with a move before it, that ends before the margin or at it."""
    x = draw(st.integers(0, columns - 1))
    text = f"\x1b[{draw(st.integers(1, 5))};{x + 1}H"
    for _ in range(draw(st.integers(1, 3))):
        word = draw(words)
        while x + cell_len(word) > columns:
            word = word[:-1]
        x += cell_len(word)
        text += f"\x1b[{draw(st.sampled_from(CODES))}m{word}"
    return text + draw(st.sampled_from(["", "\x1b[0m", "\x1b[0m", "\x1b[0m"]))


@st.composite
def frames(draw: st.DrawFn, columns: int) -> str:
    """A frame: runs with line feeds between, some at the bottom, and then the cursor's place."""
    parts = draw(st.lists(runs(columns, PLAIN_WORDS | WORDS), min_size=1, max_size=6))
    return draw(st.sampled_from(["", "\n"])).join([*parts, _last_move(draw, columns)])


@st.composite
def tidy_frames(draw: st.DrawFn, columns: int) -> str:
    """A frame of which every cell can be told: no scrolling, and no mark without a letter."""
    words = PLAIN_WORDS | WORDS.map(lambda word: word.lstrip("\u0301"))
    parts = draw(st.lists(runs(columns, words), min_size=1, max_size=6))
    return "".join(["\x1b[0m", *parts, _last_move(draw, columns)])


def _last_move(draw: st.DrawFn, columns: int) -> str:
    return f"\x1b[{draw(st.integers(1, 5))};{draw(st.integers(1, columns))}H"


@st.composite
def sessions(draw: st.DrawFn) -> list[Size | str]:
    """A session: frames, and now and then a change of size or what the driver does not know."""
    size = draw(SIZES)
    steps: list[Size | str] = [size]
    for _ in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(["frame"] * 6 + ["size", "harmless", "strange", "loose"]))
        if kind == "size":
            steps.append(size := draw(SIZES))
        elif kind == "frame":
            steps.append(draw(frames(size.columns)))
        elif kind == "loose":
            steps.append(draw(WORDS))
        else:
            steps.append(draw(st.sampled_from(HARMLESS if kind == "harmless" else STRANGE)))
    return steps


def terminal(columns: int, lines: int) -> Emulator:
    """A terminal as Textual sets it up: no wrapping, and line feeds return as a tty makes them."""
    emulator = Emulator(columns, lines)
    emulator.feed("\x1b[?7l\x1b[20h\x1b[?1049h")
    return emulator


def looks(emulator: Emulator) -> list[list[Char]]:
    """The cells; blanks, with a mark added later or not, without what cannot be seen on them."""
    return [[_look(cell) for cell in row] for row in emulator.cells]


def _look(cell: Char) -> Char:
    if not cell.data.startswith(" ") or cell.reverse or cell.underscore or cell.strikethrough:
        return cell
    return Char(cell.data, bg=cell.bg)


def cursor(emulator: Emulator) -> tuple[int, int, bool]:
    """The place of the cursor, and whether it is hidden."""
    place = emulator.cursor
    return place.x, place.y, place.hidden
