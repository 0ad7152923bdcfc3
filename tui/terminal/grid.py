"""Cells and their styles: what a terminal shows, and how to say what is different in few bytes.

Pure, and of no use but to the driver beside it; a program that takes the one takes the other.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from rich.cells import get_character_cell_size, split_graphemes
from rich.color import Color, ColorSystem

ColorDepth = Literal["truecolor", "256", "16", "none"]


class Abilities(NamedTuple):
    """What the terminal can show; everything else is dropped or replaced on the way out."""

    color: ColorDepth = "truecolor"
    """The most colors it has; with `none` no color sequence is sent, but bold and reverse are."""
    fold: Callable[[str], str] | None = None
    """Turns text into what the terminal can show, in the same number of cells."""
    color_erase: bool = False
    """Whether erased cells take the background in use: xterm's do, GNU screen's do not."""
    scrolls: bool = False
    """Whether it moves lines by itself within a part of the screen."""
    few_attributes: bool = False
    """Whether it knows only bold, underline, blink and reverse, and no way to end one alone."""
    compare: bool = True
    """Whether to leave out cells that have not changed."""


class CellStyle(NamedTuple):
    """How a cell looks: for each property the SGR code that sets it, empty when it is not set."""

    bold: str = ""
    dim: str = ""
    italic: str = ""
    underline: str = ""
    blink: str = ""
    reverse: str = ""
    conceal: str = ""
    strike: str = ""
    frame: str = ""
    overline: str = ""
    foreground: str = ""
    background: str = ""
    other: str = ""
    """Codes not known here; only a full reset takes them back."""
    link: str = ""
    """The parameters and the address of an OSC 8 hyperlink."""


NORMAL = CellStyle()
UNSURE = CellStyle(other="?")
"""In place of a style: nobody knows it, and only a full reset leads away from it."""
_FOREGROUND, _BACKGROUND, _OTHER = 10, 11, 12
_ON = ("1", "2", "3", "4 21", "5 6", "7", "8", "9", "51 52", "53")
_OFF = ("22", "22", "23", "24", "25", "27", "28", "29", "54", "55", "39", "49", "", "")
_INDEX = {code: index for index, codes in enumerate(_ON) for code in codes.split()}
_CODE = re.compile(r"[345]8;(?:5;\d*|2;\d*;\d*;\d*)|[\d:]+")

UNKNOWN = "\0"
"""In place of a character: nobody knows what the cell shows."""


TOKEN = re.compile(
    r"""(?P<text>[^\x00-\x1f\x7f-\x9f]+)
    | \x1b\[(?P<move>\d*(?:;\d*)?)[Hf]
    | \x1b\[(?P<style>[\d;:]*)m
    | \x1b\]8;(?P<link>[^\x07\x1b]*)(?:\x07|\x1b\\)
    | (?P<line>\r?\n|\r)
    | (?P<sync>\x1b\[\?2026[hl])
    | (?P<harmless>\x07 | \x1b\][^\x07\x1b]*(?:\x07|\x1b\\)
        | \x1b\[(?:\?(?:7|12|25|100[0-6]|101[56]|2004|2031|2048)[hl]
            | [<=>?]\d*u | \?[\d;]*\$p | [=>?]?\d*[cn] | \d*\x20q))
    | (?P<unfinished>\x1b(?:\[[\x20-\x3f]*|[]PX^_][^\x07\x1b]*\x1b?)?\Z)
    | (?P<strange>\x1b\[[\x20-\x3f]*[\x40-\x7e] | \x1b[PX^_][^\x1b]*\x1b\\
        | \x1b[\x20-\x2f]*[\x30-\x7e] | [\s\S])""",
    re.VERBOSE,
)
"""What a program writes, piece by piece; `harmless` pieces leave cells and cursor alone."""


@lru_cache(4096)
def restyle(style: CellStyle, codes: str, color: ColorDepth) -> CellStyle:
    """The style after an SGR sequence, its colors brought down to what the terminal has."""
    values = list(style)
    for code in _CODE.findall(codes) or ["0"]:
        number = re.split("[:;]", code)[0]
        kind = int(number or 0)
        if kind == 0:
            values = [*NORMAL[:-1], style.link]
        elif number in _OFF:
            values = ["" if off == number else old for off, old in zip(_OFF, values, strict=True)]
        elif number in _INDEX:
            values[_INDEX[number]] = code
        elif 30 <= kind <= 38 or 90 <= kind <= 97:
            values[_FOREGROUND] = reduced(code, color)
        elif 40 <= kind <= 48 or 100 <= kind <= 107:
            values[_BACKGROUND] = reduced(code, color)
        elif kind != 58 or color == "truecolor":
            values[_OTHER] = f"{values[_OTHER]};{code}".lstrip(";")
    return CellStyle(*values)


@lru_cache(4096)
def reduced(code: str, color: ColorDepth) -> str:
    """The SGR code of the nearest color that a terminal of this depth has; empty for none."""
    parts = [int(part) for part in re.split("[:;]+", code) if part]
    if color == "none":
        return ""
    if color == "truecolor" or len(parts) < 3:
        return code
    exact = Color.from_ansi(parts[2]) if parts[1] == 5 else Color.from_rgb(*parts[-3:])
    system = ColorSystem.EIGHT_BIT if color == "256" else ColorSystem.STANDARD
    return ";".join(exact.downgrade(system).get_ansi_codes(foreground=parts[0] == 38))


def with_few_attributes(style: CellStyle) -> CellStyle:
    """What of a style a VT100 shows."""
    underline = "4" if style.underline else ""
    few = CellStyle(style.bold, "", "", underline, "5" if style.blink else "", style.reverse)
    return few._replace(foreground=style.foreground, background=style.background)


@lru_cache(4096)
def change(old: CellStyle, new: CellStyle, few_attributes: bool = False) -> str:
    """The shortest sequences that turn one style into another.

    Args:
        old: The style in force.
        new: The style that is wanted.
        few_attributes: Whether the terminal ends none alone, only all of them together.
    """
    link = f"\x1b]8;{new.link or ';'}\x1b\\" if old.link != new.link else ""
    if old[:-1] == new[:-1]:
        return link
    afresh = ";".join(["0", *filter(None, new[:-1])]) if any(new[:-1]) else ""
    if (old.other and old.other != new.other) or few_attributes:
        return f"{link}\x1b[{afresh}m"
    changed = [i for i in range(_OTHER + 1) if old[i] != new[i]]
    off = dict.fromkeys(_OFF[i] for i in changed if not new[i])
    on = [new[i] for i in range(_OTHER + 1) if new[i] and (i in changed or _OFF[i] in off)]
    return f"{link}\x1b[{min(afresh, ';'.join([*off, *on]), key=len)}m"


@lru_cache(4096)
def blank(style: CellStyle) -> CellStyle:
    """The style of a blank without what cannot be seen on it."""
    lines = style.underline, style.reverse, style.strike, style.frame, style.overline, style.other
    return style if any(lines) else CellStyle(background=style.background, link=style.link)


def split_cells(text: str) -> tuple[str, Sequence[str]]:
    """Take text apart into the marks that belong to what stands before it, and its cells."""
    if text.isascii() or all(get_character_cell_size(char) == 1 for char in set(text)):
        return "", text
    marks, cells = "", list[str]()
    for start, end, width in split_graphemes(text)[0]:
        if width:
            cells += [text[start:end], *[""] * (width - 1)]
        else:
            marks += text[start:end]
    return marks, cells


class CellRow:
    """The characters and styles of a line of cells; the right half of a wide character is empty."""

    def __init__(self, width: int) -> None:
        """A line of which nothing is known."""
        self.chars = [UNKNOWN] * width
        self.styles = [NORMAL] * width

    def put(self, x: int, cells: Sequence[str], style: CellStyle) -> None:
        """Write cells from a column on; what is left of a wide character turns blank."""
        if not cells:
            return
        end = x + len(cells)
        for edge, orphan in ((x, x - 1), (end, end)):
            if edge < len(self.chars) and self.chars[edge] == "":
                self.chars[orphan] = " "
        self.chars[x:end] = cells
        self.styles[x:end] = [style] * len(cells)

    def mark(self, x: int, marks: str) -> bool:
        """Add combining marks to what stands before a column; false where nothing is known to."""
        head = x - 1
        while head > 0 and self.chars[head] == "":
            head -= 1
        if marks and (head < 0 or self.chars[head] == UNKNOWN):
            return False
        if marks:
            self.chars[head] += marks
        return True

    def reads_on(self, start: int, end: int, pen: CellStyle) -> bool:
        """Whether the cells from start to end look as if written with a pen, and are narrow."""
        return all(
            len(char) == 1 and char != UNKNOWN and (style == pen or _hides(char, style, pen))
            for char, style in zip(self.chars[start:end], self.styles[start:end], strict=True)
        )

    def forget(self, start: int, end: int) -> None:
        """Know no more what the cells from start to end show."""
        self.chars[start:end] = [UNKNOWN] * (end - start)

    def copy(self, other: "CellRow") -> None:
        """Take over what another line of the same width holds."""
        self.chars[:], self.styles[:] = other.chars, other.styles

    def take_over(self, other: "CellRow", sides: slice) -> None:
        """Take over some columns of another line of the same width, both without wide characters."""
        self.chars[sides], self.styles[sides] = other.chars[sides], other.styles[sides]

    @property
    def plain(self) -> bool:
        """Whether every cell holds a single narrow character."""
        return len("".join(self.chars)) == len(self.chars) and "" not in self.chars

    def changed(self, shown: "CellRow") -> list[int]:
        """The columns that look different in another line; all, if one has unusual characters."""
        if self.chars == shown.chars and self.styles == shown.styles:
            return []
        whole = not (self.plain and shown.plain)
        cells = zip(self.chars, shown.chars, self.styles, shown.styles, strict=True)
        return [
            x
            for x, (new, old, style, before) in enumerate(cells)
            if (new != old or style != before or whole)
            and new != UNKNOWN
            and (whole or new != " " or old != " " or blank(style) != blank(before))
        ]

    def tail(self) -> int:
        """The column where the blanks at the end begin, all of which look the same."""
        look = blank(self.styles[-1])
        x = len(self.chars)
        while x and self.chars[x - 1] == " " and blank(self.styles[x - 1]) == look:
            x -= 1
        return x


def _hides(char: str, style: CellStyle, pen: CellStyle) -> bool:
    return char == " " and blank(style) == blank(pen)
