"""The body map: going from zone to zone, and to the pages that they lead to."""

from functools import partial
from pathlib import Path

import pytest

from tests.small_book import write_book
from tests.ui.reading import OpenBook, Reading, reading
from tui.handbook.loading import OWN_BOOK
from tui.ui.widgets.body_figure import BodyFigure

NAMES = ("Upper trapezius", "Levator scapulae", "Rhomboids and middle trapezius", "Lower trapezius")


@pytest.fixture
def own_book(tmp_path: Path) -> OpenBook:
    """Opens our own book."""
    return partial(reading, OWN_BOOK, tmp_path / "data")


def lit(here: Reading) -> set[str]:
    """What stands out on the screen by more than color."""
    region = here.app.screen.query_one(BodyFigure).region
    strips = here.app.screen._compositor.render_strips()[region.y : region.bottom]
    cells = [each for strip in strips for each in strip.crop(region.x, region.right)]
    return set("".join(each.text for each in cells if each.style and each.style.reverse)) - {" "}


def zone(here: Reading) -> str:
    """The zone that the status line names."""
    return here.status.rpartition("zone ")[2]


async def test_a_zone_lights_up(own_book: OpenBook) -> None:
    """The zone at hand stands out, its name, words, links and warning beside the whole figure."""
    async with own_book() as here:
        await here.press("B")
        assert lit(here) == {"1"}
        for expected in ("Zone 1: Upper trapezius", "Runners say:", "Start with:", "Do not miss:"):
            assert expected in here.screen
        assert "╰───╯" in here.screen
        assert "│ 6   ╰───╯ 4  5  4 ╰───╯   6 │  │" in here.screen
        assert here.screen.count("6  6  6") >= 2


async def test_right_and_left_by_number(own_book: OpenBook) -> None:
    """Right and left go through the zones by their numbers, round and round."""
    async with own_book() as here:
        await here.press("B", "right")
        assert (zone(here), lit(here)) == ("2 of 6", {"2"})
        await here.press("left", "left")
        assert zone(here) == "6 of 6"
        await here.press("l")
        assert zone(here) == "1 of 6"


async def test_up_and_down_by_number(own_book: OpenBook) -> None:
    """Down goes through the zones by their numbers too, and up goes back, round and round."""
    async with own_book() as here:
        await here.press("B")
        seen = []
        for _ in range(6):
            seen.append(zone(here)[0])
            await here.press("j")
        assert seen == list("123456")
        await here.press("up")
        assert zone(here) == "6 of 6"


@pytest.mark.parametrize("number", range(1, 5))
async def test_by_number(own_book: OpenBook, number: int) -> None:
    """A zone's number goes to it at once."""
    async with own_book() as here:
        await here.press("B", str(number))
        assert f"Zone {number}: {NAMES[number - 1][:20]}" in here.screen
        assert lit(here) == {str(number)}


async def test_by_mouse(own_book: OpenBook) -> None:
    """A click in the figure goes to the zone there."""
    async with own_book() as here:
        await here.press("B")
        await here.click(BodyFigure, "33 5 33")
        assert zone(here) == "3 of 6"


async def test_to_a_page_and_back(own_book: OpenBook) -> None:
    """Enter goes to the zone's links and follows them; Backspace comes back to the text."""
    async with own_book() as here:
        await here.press("]")
        was = here.section
        await here.press("B", "enter", "enter")
        assert here.section == "shoulder-tension"
        await here.press("backspace")
        assert here.section == was


async def test_red_flags_and_back(own_book: OpenBook) -> None:
    """The red flags are one key away, and Esc comes back to the zone."""
    async with own_book() as here:
        await here.press("B", "3")
        assert "! red flags" in here.status
        await here.press("!")
        assert "NOW: stop" in here.screen
        await here.press("escape")
        assert zone(here) == "3 of 6"


@pytest.mark.parametrize("key", ["escape", "q", "B"])
async def test_leaving(own_book: OpenBook, key: str) -> None:
    """Esc, q and B leave the map, with everything as it was."""
    async with own_book() as here:
        before = here.screen
        await here.press("B", key)
        assert here.screen == before


@pytest.mark.parametrize("size", [(69, 24), (40, 12)])
async def test_narrow_screens(own_book: OpenBook, size: tuple[int, int]) -> None:
    """Below 70 columns the words stand under the figure, and the zone at hand is in sight."""
    async with own_book(size=size) as here:
        await here.press("B")
        for number in range(1, 7):
            await here.press(str(number))
            lines = here.screen.splitlines()
            name = next(n for n, line in enumerate(lines) if f"Zone {number}: " in line)
            assert lit(here) == {str(number)}
            assert any(str(number) in line for line in lines[:name])


async def test_small_screen_loses_nothing(own_book: OpenBook) -> None:
    """At 40 by 12 all words of a zone can be reached."""
    async with own_book(size=(40, 12)) as here:
        await here.press("B", "tab")
        seen = here.screen
        for _ in range(8):
            await here.press("space")
            seen += here.screen
        assert "has the full list" in " ".join(seen.split())


async def test_a_book_without_one(tmp_path: Path) -> None:
    """A book that names no map offers no key for one."""
    folder = write_book(tmp_path / "book")
    async with reading(folder, tmp_path / "data") as here:
        before = here.screen
        await here.press("B")
        assert here.screen == before


async def test_a_page_that_draws_none(tmp_path: Path) -> None:
    """Where the page of the map has no figure, that is said."""
    settings = {"runtall.toml": '[roles]\nbody_map = "one"\n'}
    folder = write_book(tmp_path / "book", settings)
    async with reading(folder, tmp_path / "data") as here:
        await here.press("B")
        assert "draws none" in here.status
