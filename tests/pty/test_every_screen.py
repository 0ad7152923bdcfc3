"""Recorded sessions of every screen: without color, in ASCII, in 16 colors, with hostile text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from pyte.screens import Char

from tests.pty.handbook import NOTHING, Handbook
from tests.pty.sequences import beyond_ascii, colors, unsafe
from tui.diary.clock import local_day, now
from tui.terminal.ascii import fold

Cells = Callable[[Char], bool]


def reversed_text(handbook: Handbook) -> str:
    """All that stands out in reverse video, row by row."""
    return text_of(handbook, lambda cell: bool(cell.reverse))


def text_of(handbook: Handbook, which: Cells) -> str:
    """The characters of these cells, row by row."""
    rows = ("".join(c.data for c in row if which(c)) for row in handbook.screen.cells)
    return "\n".join(row for row in rows if row)


def leave(handbook: Handbook) -> None:
    """Close what is open, quit, and expect the terminal to be as it was."""
    handbook.press("escape")
    handbook.rest(0.2)
    handbook.press("q")
    assert handbook.wait_for_exit() == 0
    assert handbook.left_behind == NOTHING


STANDS_OUT_IN_REVERSE = {
    "a chosen link": "Read this first",
    "numbered links": "[1]",
    "contents": "Read this first",
    "search": "Holding tension in the shoulders",
    "matches": "shoulder",
    "body map": "1",
    "the gate": "[ ] 1 Pressure",
    "a question": "[ ] 1 In the first",
}
STANDS_BEHIND_A_MARK = {
    "reading": "  • Why does",
    "checklist": "> 1 [ ] ",
    "a ticked item": "> 2 [x] ",
    "list of links": "> Too much",
    "finishing": "> Show the red flags",
    "bookmarks": "> Holding tension",
    "palette": "> ",
}
HAS_AN_ID_OF_ITS_OWN = {"a past run"}
HOLDS_A_CURSOR = {"asking", "soreness", "search", "palette"}


def test_without_color_and_in_ascii(tmp_path: Path) -> None:
    """With NO_COLOR or `--color never` no color leaves on any screen, and what is chosen shows.

    In a locale without Unicode no byte beyond ASCII leaves, and every cell stands where it did.
    """
    plain_words = ("--color", "never", "--data", str(tmp_path / "other"))
    with (
        Handbook(env={"NO_COLOR": "1"}) as handbook,
        Handbook(*plain_words, env={"LANG": "C"}) as plain,
    ):
        seen = []
        for name, _ in zip(handbook.tour(), plain.tour(), strict=True):
            seen.append(name)
            assert STANDS_OUT_IN_REVERSE.get(name, "") in reversed_text(handbook), name
            assert STANDS_BEHIND_A_MARK.get(name, "") in handbook.text, name
            if name in HOLDS_A_CURSOR:
                assert reversed_text(handbook) != "", name
            if name == "diary":
                assert f"> {local_day(now()):%a %b}" in handbook.text
            if name not in HAS_AN_ID_OF_ITS_OWN:
                assert plain.text == fold(handbook.text), name
        assert {*STANDS_OUT_IN_REVERSE, *STANDS_BEHIND_A_MARK, *HOLDS_A_CURSOR} <= set(seen)
        for each in (handbook, plain):
            assert colors(each.output) == []
            assert unsafe(each.output) == []
            leave(each)
        assert beyond_ascii(plain.output) == []


DANGER = {("brightwhite", "red"), ("brightwhite", "magenta")}
"""Signs for now and for today."""


def test_sixteen_colors() -> None:
    """The Linux console gets no more than its 16 colors, and no text in one that it cannot show."""
    with Handbook(env={"TERM": "linux", "COLORTERM": None}) as handbook:
        used = set()
        for _ in handbook.tour():
            used |= {
                (cell.fg, cell.bg)
                for row in handbook.screen.cells
                for cell in row
                if cell.data.strip() and not cell.reverse
            }
        readable = {"default", "green", "cyan", "brightbrown", "brightred", "brightyellow"}
        assert used <= {*((color, "default") for color in readable), ("black", "cyan"), *DANGER}
        assert not re.search(rb"[34]8[;:][25]", bytes(handbook.output))
        leave(handbook)


def test_a_selection_shows_without_color() -> None:
    """What the mouse has selected is in reverse video, and Ctrl+C copies it, once."""
    with Handbook(env={"NO_COLOR": "1"}) as handbook:
        handbook.wait_for("Sore legs")
        handbook.rest()
        handbook.send("\x1b[<0;27;4M\x1b[<32;35;4M\x1b[<0;35;4m")
        handbook.wait_for(lambda _: reversed_text(handbook) == "Sore legs")
        handbook.press("ctrl+c")
        handbook.wait_for("Sent to your terminal to copy; it may ignore that")
        assert b"\x1b]52;c;U29yZSBsZWdz\x07" in handbook.output
        assert colors(handbook.output) == []
