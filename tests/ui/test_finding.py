"""Finding words in what is open: the page, a list, the red flags, the diary."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path

import pytest

from tests.past_runs import export_of
from tests.small_book import write_book
from tests.ui.looking_back import kept
from tests.ui.reading import Reading, reading
from tui.handbook.loading import OWN_BOOK
from tui.session.history import Place
from tui.ui.screens.diary import DiaryScreen
from tui.ui.screens.find import FindScreen
from tui.ui.screens.reading import ReadingScreen
from tui.ui.screens.red_flags import RedFlagsScreen
from tui.ui.screens.search import SearchField, SearchScreen
from tui.ui.widgets.checklist import ChecklistView
from tui.ui.widgets.diary import DiaryView

_FILES = {
    "SUMMARY.md": "- [Birds](birds.md)\n- [More](more.md)\n- [Ready](checklists/ready.md)\n",
    "runtall.toml": '[roles]\nchecklist = "ready"\n',
    "birds.md": "# Birds\n\nA heron." + "\n\nMore." * 40 + "\n\nTwo Herons, a heron's nest.\n",
    "signs.md": "# Signs\n\n## NOW\n\nA heron on the **chest**."
    + "\n\nMore." * 30
    + "\n\nHeron.\n",
    "more.md": "# More\n",
    "checklists/ready.md": "# Ready\n\n- [ ] **Shoes tied.**\n- [ ] **Gloves on.**\n- [ ] **Shoes off.**\n",
}
_RUNS = ({"note": "Easy"}, {"note": "A heron"}, {"note": "Rain"}, {"note": "Two Herons"})
Open = Callable[..., AbstractAsyncContextManager[Reading]]


@pytest.fixture(name="book")
def _book(tmp_path: Path) -> Open:
    return partial(reading, write_book(tmp_path / "book", _FILES), tmp_path / "data")


def over(here: Reading) -> type[object]:
    """What kind of screen is on top."""
    return type(here.app.screen)


async def test_on_the_page(book: Open) -> None:
    """With each letter the page goes to the first place; n and N go on; Esc leaves all as it was."""
    async with book() as here:
        top = here.top
        await here.press("&", *"two")
        assert "Two Herons, a heron's nest." in here.screen
        assert "1 found" in here.screen
        await here.press(*"x")
        assert "not here" in here.screen
        assert here.screen.count("Two Herons") == 0
        await here.press("escape")
        assert here.top == top
        assert here.app.screen.query_one("Reader").marks == ()  # type: ignore[attr-defined]

        await here.press("&", *"HERON", "enter")
        assert "Find here" not in here.screen
        assert "A heron." in here.page
        await here.press("n")
        assert "2 of 3 on this page" in here.status
        assert "Two Herons, a heron's nest." in here.page
        await here.press("n", "n")
        assert "last on this page" in here.status
        await here.press("N", "N")
        assert "1 of 3 on this page" in here.status


async def test_on_to_the_whole_book(book: Open) -> None:
    """Tab takes the words to the search of the whole book; another page has nothing found on it."""
    async with book() as here:
        await here.press("&", *"heron", "enter", "]", "n")
        assert "Nothing was searched for" in here.status
        await here.press("&", *"nest", "tab")
        assert over(here) is SearchScreen
        assert here.app.screen.query_one(SearchField).value == "nest"


async def test_in_a_list(book: Open) -> None:
    """The cursor goes to the items that hold the words, and back where it was with Esc."""
    async with book(place=Place("ready")) as here:
        view = here.app.screen.query_one(ChecklistView)
        await here.press("&", *"shoes off")
        assert view.cursor == 2
        await here.press("escape")
        assert view.cursor == 0
        await here.press("&", *"shoes", "enter", "n")
        assert (view.cursor, "2 of 2 in this list" in here.status) == (2, True)


async def test_over_the_red_flags(tmp_path: Path) -> None:
    """The same keys work there, and Tab leads on to the whole book, over the page that was open."""
    async with reading(OWN_BOOK, tmp_path / "data") as here:
        await here.press("!", "&", *"chest", "enter", "n")
        assert over(here) is RedFlagsScreen
        assert "2 of " in here.status
        await here.press("N")
        assert "1 of " in here.status
        await here.press("&", *"jaw", "tab")
        assert over(here) is SearchScreen
        assert here.app.screen.query_one(SearchField).value == "jaw"
        await here.press("escape")
        assert over(here) is ReadingScreen


async def test_over_what_the_red_flags_are_shown_upon(tmp_path: Path) -> None:
    """Where the red flags stand over another screen, one first goes back to that one."""
    async with reading(OWN_BOOK, tmp_path / "data") as here:
        await here.press("B", "!", "&", *"jaw", "tab")
        assert over(here) is FindScreen
        assert "whole book" not in here.screen


async def test_in_the_diary(tmp_path: Path) -> None:
    """N and N go through the runs that hold the words, and Tab leads on to the whole book."""
    kept(tmp_path / "data", lambda diary: diary.import_text(export_of(*_RUNS)))
    async with reading(OWN_BOOK, tmp_path / "data") as here:
        await here.press("d")
        assert over(here) is DiaryScreen
        view = here.app.screen.query_one(DiaryView)
        while not view.runs:
            await here.pilot.pause()
        await here.press("&", *"heron", "enter")
        assert view.cursor == 1
        await here.press("n")
        assert (view.cursor, "2 of 2 in this list" in here.status) == (3, True)
        await here.press("N")
        assert view.cursor == 1
        await here.press("&", *"quokka", "enter")
        assert "is not here" in here.status
        await here.press("&", *"hill", "tab")
        assert over(here) is SearchScreen
        assert here.app.screen.query_one(SearchField).value == "hill"
        await here.press("escape")
        assert over(here) is ReadingScreen
