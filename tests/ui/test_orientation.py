"""Where the reader is and what can be done: the pane with the keys, headings, keys to click."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small_book import write_book
from tests.ui.reading import Reading, reading
from tui.handbook.loading import OWN_BOOK
from tui.ui.screens.base import HAS_KEYS
from tui.ui.screens.body_map import BodyMapScreen
from tui.ui.screens.red_flags import RedFlagsScreen
from tui.ui.widgets.outline import Outline
from tui.ui.widgets.reader import Reader
from tui.ui.widgets.status_bar import StatusBar

PARTS = 9
_PART = "Words of this part.\n\n" * 12
_LONG = "# Long\n\n" + "".join(f"## Part {number}\n\n{_PART}" for number in range(1, PARTS + 1))


def marked_column(here: Reading) -> int:
    """The column of the mark over the pane that has the keys; -1 where there is none."""
    return here.screen.splitlines()[0].find(HAS_KEYS.strip())


async def test_the_pane_with_the_keys_is_marked(tmp_path: Path) -> None:
    """A mark stands over the one of two panes that has the keys; a pane alone has none."""
    async with reading(OWN_BOOK, tmp_path) as here:
        text = marked_column(here)
        assert text > 20
        await here.press("tab")
        assert 0 < marked_column(here) < 20
        await here.press("tab", "c")
        assert marked_column(here) == text
        await here.press("t")
        assert marked_column(here) == -1
        await here.press("B")
        assert 0 < marked_column(here) < 20
        await here.press("tab")
        assert marked_column(here) > 20


async def test_keys_of_the_last_line_can_be_clicked(tmp_path: Path) -> None:
    """A click on a key in the last line presses it, a sign such as `!` and a key with a name too."""
    async with reading(OWN_BOOK, tmp_path) as here:
        await here.click(StatusBar, "red flags")
        assert isinstance(here.app.screen, RedFlagsScreen)
        await here.click(StatusBar, "Esc leave")
        await here.click(StatusBar, "Space page")
        assert "Sore legs" not in here.screen
        await here.click(StatusBar, "checklist")
        await here.click(StatusBar, "Space tick")
        assert "1 of 12" in here.screen


@pytest.mark.parametrize(
    ("way", "key", "said"),
    [
        ("d", "s", "s works on a checklist (Esc): skip the item"),
        ("d", "/", "/ works in the book (Esc): search the handbook"),
        ("w", "d", "d works in the book (Esc): the diary of past runs"),
        ("w", "e", "e works on a checklist (Esc): change an item of my own"),
        ("B", "w", "w works in the book (Esc): why is my back sore: the self-check"),
        ("", "backspace", "There is no page to go back to"),
        ("B", "~", "zone 1 of 6"),
    ],
)
async def test_why_a_key_does_nothing(tmp_path: Path, way: str, key: str, said: str) -> None:
    """On every screen a key that does nothing there says where it works; unknown ones are silent."""
    async with reading(OWN_BOOK, tmp_path) as here:
        await here.press(*way, key)
        assert said in here.status


async def test_headings(tmp_path: Path) -> None:
    """`}` and `{` go from heading to heading, also past the last one that can stand on top."""
    folder = write_book(tmp_path / "book", {"SUMMARY.md": "- [Long](long.md)\n", "long.md": _LONG})
    async with reading(folder, tmp_path / "data") as here:
        for number in range(1, PARTS + 1):
            await here.press("}")
            row = here.app.cursor_position.y
            assert f"Part {number}" in here.screen.splitlines()[row]
        await here.press("}")
        assert "This is the last heading" in here.status
        await here.press("{", "{")
        assert here.top == f"Part {PARTS - 2}"
        await here.press("o")
        assert f"Part {PARTS - 2}" in here.screen.splitlines()[here.app.cursor_position.y]
        await here.press("home", "enter")
        assert here.top.strip() == "Part 1"
        await here.press("g", "{")
        assert "This is the first heading" in here.status


async def test_the_outline_of_a_wide_window(tmp_path: Path) -> None:
    """A wide window shows the headings beside the page, and marks the one that the reader is under."""
    folder = write_book(tmp_path / "book", {"SUMMARY.md": "- [Long](long.md)\n", "long.md": _LONG})
    async with reading(folder, tmp_path / "data") as here:
        assert "On this page" not in here.screen
        await here.resize(200, 50)
        assert "On this page" in here.screen
        await here.press("}", "}")
        assert "• Part 2" in here.screen
        await here.click(Outline, "Part 4")
        assert here.top.strip() == "Part 4"
        assert "• Part 4" in here.screen
        await here.resize(80, 24)
        assert "On this page" not in here.screen
        assert here.top.strip() == "Part 4"


async def test_lists_say_how_many_rows_are_below(tmp_path: Path) -> None:
    """Contents and results that go on below the window say how many rows."""
    async with reading(OWN_BOOK, tmp_path, size=(80, 14)) as here:
        assert any(line.strip().endswith("more below") for line in here.contents)
        await here.press("tab", "G")
        assert not any(line.strip().endswith("more below") for line in here.contents)
        await here.press("/", *"back")
        assert "more below" in here.screen


async def test_the_body_map_takes_the_room_there_is(tmp_path: Path) -> None:
    """In a large window the figure is twice as large, with its words beside it."""
    async with reading(OWN_BOOK, tmp_path, size=(120, 40)) as here:
        await here.press("B")
        assert "B L A D E" in here.screen
        assert here.app.screen.query_one(Reader).size.width >= 40
        await here.resize(80, 24)
        assert isinstance(here.app.screen, BodyMapScreen)
        assert " BLADE" in here.screen


async def test_what_is_said_is_whole_in_a_narrow_window(tmp_path: Path) -> None:
    """Words longer than the last line take another one, until the next key."""
    async with reading(OWN_BOOK, tmp_path, size=(40, 12)) as here:
        await here.press("c", "p")
        assert " ".join(here.screen.split()).endswith("No run is filed yet; r files this one")
        await here.press("j")
        assert "No run is filed" not in here.screen
        assert here.status.endswith("0/12")
