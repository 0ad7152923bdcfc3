"""The command palette: commands and pages by name."""

from pathlib import Path

import pytest
from textual.widgets import Input

from tests.small_book import write_book
from tests.ui.reading import OpenBook, reading
from tui.ui.widgets.choice_list import ChoiceList
from tui.ui.widgets.reader import Reader

_SUMMARY = "# Summary\n\n# Part\n\n- [One](one.md)\n- [Soon]()\n- [Two](two.md)\n"


async def test_opening_a_page(open_book: OpenBook) -> None:
    """Words of a title, in any order and case, find its page, and Enter opens it."""
    async with open_book() as here:
        await here.press(":", *"wor OPEN", "enter")
        assert here.section == "words"


async def test_running_a_command(open_book: OpenBook) -> None:
    """A command is found by what it does and runs; its key stands beside it."""
    async with open_book() as here:
        await here.press("ctrl+p", *"next page")
        assert "the next page, in the order of the book (])" in here.screen
        await here.press("enter")
        assert here.section == "links"


async def test_arrows_and_mouse(open_book: OpenBook) -> None:
    """The arrows choose another line, a click takes one."""
    async with open_book() as here:
        await here.press(":", *"open:", "down", "enter")
        assert here.section == "links"
        await here.press(":", *"open:")
        await here.click(ChoiceList, "Open: Short")
        assert here.section == "short"


async def test_the_bar_reaches_the_edges(open_book: OpenBook) -> None:
    """In a list longer than the window too, the chosen line is marked from edge to edge."""
    async with open_book() as here:
        await here.press(":")
        assert here.app.screen.query_one(ChoiceList).region.width == 80


@pytest.mark.parametrize("keys", [(":",), ("f",), ("m", "'")], ids="".join)
async def test_a_window_of_a_few_columns(open_book: OpenBook, keys: tuple[str, ...]) -> None:
    """However narrow the window becomes, a list in it draws what it can."""
    async with open_book() as here:
        await here.press(*keys)
        for columns in (4, 3, 2, 1):
            await here.resize(columns, 24)
        await here.resize(80, 24)
        assert isinstance(here.app.screen.focused, Input | ChoiceList | Reader)


async def test_esc(open_book: OpenBook) -> None:
    """Esc leaves everything as it was."""
    async with open_book() as here:
        await here.press("space", "tab")
        before = here.screen
        await here.press(":", *"long", "escape")
        assert here.screen == before


async def test_nothing_fits(open_book: OpenBook) -> None:
    """Where nothing fits the palette says what to try, and Enter does nothing."""
    async with open_book() as here:
        await here.press(":", *"qqq")
        assert "Nothing has that name" in here.screen
        await here.press("enter", "escape")
        assert here.section == "long"


async def test_only_what_the_book_has(tmp_path: Path) -> None:
    """What the book does not have is not offered, nor are pages that are not written yet."""
    folder = write_book(tmp_path / "book", {"SUMMARY.md": _SUMMARY})
    async with reading(folder, tmp_path / "data") as here:
        for missing in ("body map", "red flags", "self-check", "checklist", "soon"):
            await here.press(":", *missing)
            assert "Nothing has that name" in here.screen
            await here.press("escape")


async def test_small_screen(open_book: OpenBook) -> None:
    """At 40 by 12 the chosen line stays in sight."""
    async with open_book(size=(40, 12)) as here:
        await here.press(":")
        for _ in range(12):
            await here.press("down")
            assert "\n> " in here.screen
