"""What opening the handbook says: what this is at a first visit, then what is next."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.past_runs import export_of
from tests.ui.looking_back import kept
from tests.ui.reading import reading
from tui.handbook.loading import OWN_BOOK
from tui.session.history import Place

GREETING = "Run Tall: a handbook for runners whose upper back gets sore."
WAYS = "Space reads on, w finds the likely cause, c opens the checklist."


async def test_a_first_visit_is_greeted(tmp_path: Path) -> None:
    """The first visit says what this is and the ways in, until the first key; later ones do not."""
    async with reading(OWN_BOOK, tmp_path, greeted=True) as here:
        assert GREETING in here.screen
        assert WAYS in here.screen
        assert "Space page" in here.screen
        await here.press("down")
        assert GREETING not in here.screen
        assert WAYS not in here.screen
        await here.press("q")
    async with reading(OWN_BOOK, tmp_path, greeted=True) as here:
        assert GREETING not in here.screen


async def test_a_low_window_has_the_ways_in(tmp_path: Path) -> None:
    """In a low and narrow window the greeting takes two lines."""
    async with reading(OWN_BOOK, tmp_path, size=(40, 12), greeted=True) as here:
        assert "Run Tall" not in here.screen
        assert "w finds the likely" in here.screen


@pytest.mark.parametrize(
    ("page", "keys", "said"),
    [
        ("before-the-run", ("2", "3"), "Before the run: 2 of 12; c goes on"),
        ("desk-break", ("S", "s", "escape"), "left halfway; S on its page goes on"),
    ],
)
async def test_what_is_next(tmp_path: Path, page: str, keys: tuple[str, ...], said: str) -> None:
    """Opening says in a line which list or routine was begun and has not ended, until the next key."""
    async with reading(OWN_BOOK, tmp_path, place=Place(page)) as here:
        await here.press(*keys)
    async with reading(OWN_BOOK, tmp_path) as here:
        while said not in here.status:
            await here.pilot.pause(0.02)
        await here.press("down")
        assert said not in here.status


async def test_nothing_is_next(tmp_path: Path) -> None:
    """Where nothing was begun, opening says nothing."""
    kept(tmp_path, lambda diary: diary.import_text(export_of({"soreness": 2})))
    async with reading(OWN_BOOK, tmp_path) as here:
        await here.press("d", "escape")
        assert "Space page" in here.status
