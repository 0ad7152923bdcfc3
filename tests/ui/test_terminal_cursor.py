"""The terminal's cursor: on what has the keys, wherever one goes."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.ui.reading import Reading, reading
from tui.handbook.loading import OWN_BOOK


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


async def test_after_a_dialog(tmp_path: Path) -> None:
    """Once a dialog is gone the cursor is back in the line of the chosen row."""
    async with reading(OWN_BOOK, tmp_path) as here:
        await here.press("c", "j", "j")
        before = here.app.cursor_position
        await here.press("s")
        assert here.app.cursor_position != before
        await here.press("escape")
        assert here.app.cursor_position == before
