"""The red flags over whatever is open: all urgent signs on one screen, the reasons below."""

from functools import partial
from pathlib import Path

import pytest

from tests.content.prose import in_list, lead_in, under
from tests.ui.reading import OpenBook, reading
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook


@pytest.fixture
def own_book(tmp_path: Path) -> OpenBook:
    """Opens our own book."""
    return partial(reading, OWN_BOOK, tmp_path / "data")


def signs(level: str) -> list[str]:
    """The signs of a level, as the page has them."""
    book = load_handbook(OWN_BOOK)
    page = Pages(book)[book.by_id["red-flags"]]
    lines = (line for line in under(page, level) if in_list(line))
    return [lead_in(line).rstrip(".") for line in lines]


async def test_one_screen(own_book: OpenBook) -> None:
    """At 80 by 24 every sign of NOW stands on the first screen, and TODAY begins there."""
    async with own_book() as here:
        await here.press("!")
        lines = [line.strip() for line in here.screen.splitlines()]
        shown = [line.removeprefix("• ") for line in lines if line.startswith("• ")]
        assert shown[: len(signs("NOW"))] == signs("NOW")
        assert lines[1].startswith("NOW: stop and call the emergency number.")
        assert any(line.startswith("TODAY: no more running") for line in lines)


async def test_every_urgent_sign_a_line(own_book: OpenBook) -> None:
    """With a little more room every sign of NOW and TODAY stands there, a line each."""
    async with own_book(size=(80, 40)) as here:
        await here.press("!")
        lines = [line.strip() for line in here.screen.splitlines()]
        shown = [line.removeprefix("• ") for line in lines if line.startswith("• ")]
        assert shown[: len(signs("NOW") + signs("TODAY"))] == signs("NOW") + signs("TODAY")


async def test_reasons_below(own_book: OpenBook) -> None:
    """Below stand what to do on the spot, the numbers, and every sign with its reason."""
    async with own_book() as here:
        await here.press("!")
        assert "reasons below" in here.status
        seen = ""
        for _ in range(12):
            await here.press("space")
            seen += here.screen
        words = " ".join(seen.split())
        for expected in ("What to do on the spot", "911", "May be: heart attack", "BOOK means"):
            assert expected in words


@pytest.mark.parametrize("key", ["escape", "q", "backspace", "!"])
async def test_back_to_where_one_was(own_book: OpenBook, key: str) -> None:
    """They leave everything as it was."""
    async with own_book() as here:
        await here.press("]", "space", "tab")
        before = here.screen
        await here.press("!", "space", key)
        assert here.screen == before


async def test_following_a_link(own_book: OpenBook) -> None:
    """A link leads on to its place in the book, and Backspace back to the text before."""
    async with own_book() as here:
        await here.press("!", ">", "enter")
        assert here.section == "glossary"
        await here.press("backspace")
        assert here.section == "start-here"


async def test_the_gate_of_the_checklist(own_book: OpenBook) -> None:
    """The item that asks about them opens them, and Esc comes back to the list."""
    async with own_book() as here:
        await here.press("c", "i")
        assert "NOW: stop" in here.screen
        await here.press("escape")
        assert "of 12" in here.screen


async def test_small_screen_loses_nothing(own_book: OpenBook) -> None:
    """At 40 by 12 every sign can be read to its end."""
    async with own_book(size=(40, 12)) as here:
        await here.press("!")
        seen = here.page
        for _ in range(6):
            await here.press("space")
            seen += here.page[1:]
        words = " ".join(" ".join(seen).split())
        assert [each for each in signs("NOW") + signs("TODAY") if each not in words] == []
