"""The terminal's cursor: on what has the keys, wherever one goes."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.ui.reading import Reading, reading
from tui.handbook.loading import OWN_BOOK
from tui.ui.widgets.choice_list import ChoiceList
from tui.ui.widgets.field import Field
from tui.ui.widgets.line_list import LineList
from tui.ui.widgets.reader import Reader
from tui.ui.widgets.results import ResultsView


def line_at_cursor(here: Reading) -> str:
    """The words in the line that the terminal's cursor is on."""
    return here.screen.splitlines()[here.app.cursor_position.y]


@pytest.mark.parametrize("way", [("tab",), ("c",), ("w",), (":",), ("m", "'")], ids="".join)
async def test_in_a_list(tmp_path: Path, way: tuple[str, ...]) -> None:
    """After any keys the cursor is in the line of the chosen row, or of the box."""
    chance = Random("".join(way))
    keys = ("down", "down", "down", "up", "pagedown", "pageup", "home", "end")
    async with reading(OWN_BOOK, tmp_path) as here:
        await here.press(*way)
        for _ in range(40):
            await here.press(chance.choice(keys))
            if way == (":",):
                assert here.app.cursor_position.y == 1
            else:
                assert ">" in line_at_cursor(here)


async def test_in_the_text(tmp_path: Path) -> None:
    """The cursor is in the line of a link or of a match that was jumped to, else in the top one."""
    async with reading(OWN_BOOK, tmp_path) as here:
        assert "Why does my upper back ache" in line_at_cursor(here)
        await here.press(">")
        assert "Read this first" in line_at_cursor(here)
        await here.press("]")
        assert "Read this first" in line_at_cursor(here)
        await here.press("/", *"pack", "enter", "n", "n")
        assert "pack" in line_at_cursor(here).lower()


async def test_among_hits(tmp_path: Path) -> None:
    """The cursor is in the search box while one types, and on the chosen hit while one goes through them."""
    async with reading(OWN_BOOK, tmp_path) as here:
        await here.press("/", *"pack")
        assert "pack" in line_at_cursor(here)
        assert here.app.cursor_position.y == 1
        for key in ("down", "pagedown", "up", "pageup"):
            await here.press(key)
            assert line_at_cursor(here).startswith(">"), key
        await here.press("down", "s")
        assert here.app.cursor_position.y == 1
        await here.press("down", "f2", "escape")
        assert line_at_cursor(here).startswith(">")


async def test_after_a_dialog(tmp_path: Path) -> None:
    """Once a dialog is gone the cursor is back in the line of the chosen row."""
    async with reading(OWN_BOOK, tmp_path) as here:
        await here.press("c", "j", "j")
        before = here.app.cursor_position
        await here.press("s")
        assert here.app.cursor_position != before
        await here.press("escape")
        assert here.app.cursor_position == before


KEYS = (
    *("j", "k", "down", "up", "pagedown", "pageup", "home", "end", "tab", "space", "enter"),
    *(">", "<", "}", "{", "[", "]", "c", "d", "w", "B", "!", "/", ":", "?", "t", "o", "escape"),
    *("a", "b", "1", "3", "backspace", "h", "l"),
)
"""Keys that move and open, and some that may be letters to write."""


def words_of(here: Reading) -> str:
    """The words of what has the keys, as they are to be seen in its line."""
    stepping = [each for each in here.app.screen.query(ResultsView) if each.stepping]
    widget = stepping[0] if stepping else here.app.screen.focused
    if isinstance(widget, LineList):
        row = widget.rows[widget.cursor].start if widget.cursor < len(widget.rows) else None
        return widget.line_at(row).text.strip() if row is not None else ""
    if isinstance(widget, Field):
        return widget.value[-10:]
    if isinstance(widget, ChoiceList) and widget.highlighted is not None:
        return str(widget.get_option_at_index(widget.highlighted).prompt)[:10].strip()
    if isinstance(widget, Reader) and widget.chosen is not None and widget.page is not None:
        link = widget.page.links[widget.chosen]
        row = widget._laid_out.row_of(link.block, link.start) - widget.top
        return link.text.split()[0] if 0 <= row < widget.size.height else ""
    return ""


async def test_after_any_keys(tmp_path: Path) -> None:
    """After each of 200 random keys the cursor's line holds the words of what has the keys."""
    chance = Random(20)
    async with reading(OWN_BOOK, tmp_path) as here:
        for number in range(200):
            key = chance.choice(KEYS)
            await here.press(key)
            words = words_of(here)
            assert words in line_at_cursor(here), f"key {number}, {key}:\n{here.screen}"
