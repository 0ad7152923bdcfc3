"""Moving in a page and from page to page."""

import pytest
from textual.events import MouseScrollDown

from tests.ui.reading import OpenBook, Reading
from tui.session.history import Place
from tui.ui.widgets.reader import Reader


def _first(reading: Reading) -> int:
    """The number of the line of the long page that stands on top; 0 for its title."""
    return int(reading.top.removeprefix("• line ")) if "line" in reading.top else 0


async def test_first_visit(open_book: OpenBook) -> None:
    """A first visit opens the first page, from its top, with a line of keys."""
    async with open_book() as reading:
        assert (reading.section, reading.top) == ("long", "Long")
        assert "Space page" in reading.status
        assert "1/6" in reading.status


@pytest.mark.parametrize("down", ["j", "down"])
@pytest.mark.parametrize("up", ["k", "up"])
async def test_lines(open_book: OpenBook, down: str, up: str) -> None:
    """One line down and up; not above the top."""
    async with open_book() as reading:
        await reading.press(down, down, down)
        assert reading.top == "• line 2"
        await reading.press(up)
        assert reading.top == "• line 1"
        await reading.press(up, up, up, up)
        assert reading.top == "Long"


@pytest.mark.parametrize(("down", "up"), [("space", "b"), ("pagedown", "pageup")])
async def test_pages(open_book: OpenBook, down: str, up: str) -> None:
    """A page down shows what came next, nothing left out; a page up goes back to where one was."""
    async with open_book() as reading:
        last = reading.page[-1]
        await reading.press(down)
        assert last in reading.page[:3]
        assert "Long" not in reading.page
        await reading.press(up)
        assert reading.top == "Long"


async def test_half_pages(open_book: OpenBook) -> None:
    """Half a page is half of what is in sight."""
    async with open_book() as reading:
        await reading.press("j", "j", "ctrl+d")
        height = len(reading.page)
        assert abs(_first(reading) - 1 - height // 2) <= 1
        await reading.press("ctrl+u")
        assert _first(reading) == 1


@pytest.mark.parametrize(("bottom", "top"), [("G", "g"), ("end", "home")])
async def test_ends(open_book: OpenBook, bottom: str, top: str) -> None:
    """To the bottom and back to the top."""
    async with open_book() as reading:
        await reading.press(bottom)
        assert "• line 100" in reading.page
        assert "100%" in reading.status
        await reading.press(top)
        assert reading.top == "Long"


async def test_progress(open_book: OpenBook) -> None:
    """How far one is shows, and grows."""
    async with open_book() as reading:
        seen = [reading.status.split()[-1]]
        for _ in range(3):
            await reading.press("space")
            seen.append(reading.status.split()[-1])
        shares = [int(each.removesuffix("%")) for each in seen]
        assert shares == sorted(set(shares))
        assert 0 < shares[0] < 100


async def test_space_reads_on(open_book: OpenBook) -> None:
    """Space at the end of a page goes on to the top of the next; nothing of the end is missed."""
    async with open_book() as reading:
        seen = set(reading.page)
        while reading.section == "long":
            seen |= set(reading.page)
            await reading.press("space")
        assert {f"• line {number}" for number in range(1, 101)} <= seen
        assert (reading.section, reading.top) == ("links", "Links")


async def test_page_beside(open_book: OpenBook) -> None:
    """The next page and the one before, in the order of the book, over drafts; not past its ends."""
    async with open_book() as reading:
        await reading.press("[")
        assert reading.section == "long"
        assert "first page" in reading.status
        seen = []
        for _ in range(7):
            seen.append(reading.section)
            await reading.press("]")
        assert seen == ["long", "links", "short", "words", "broken", "empty", "empty"]
        assert "last page" in reading.status
        await reading.press("[")
        assert reading.section == "broken"


async def test_page_that_cannot_be_shown(open_book: OpenBook) -> None:
    """A page that cannot be shown says why in its place, and reading goes on."""
    async with open_book(place=Place("broken")) as reading:
        assert reading.top == "Broken"
        assert "not UTF-8" in " ".join(reading.page)
        assert "line 2" in " ".join(reading.page)
        await reading.press("]")
        assert "This page is empty." in reading.page


async def test_back_and_forward(open_book: OpenBook) -> None:
    """Back goes to the line one left, forward to the line one came back from."""
    async with open_book() as reading:
        await reading.press("space", "j", "j")
        left = reading.top
        await reading.press("]", "]", "]", "ctrl+d")
        ahead = reading.top
        await reading.press("backspace", "backspace", "backspace")
        assert (reading.section, reading.top) == ("long", left)
        await reading.press("backspace")
        assert (reading.section, reading.top) == ("long", left)
        await reading.press("F", "F", "F")
        assert (reading.section, reading.top) == ("words", ahead)


async def test_mouse_wheel(open_book: OpenBook) -> None:
    """The wheel moves the page."""
    async with open_book() as reading:
        reader = reading.app.screen.query_one(Reader)
        reader.post_message(
            MouseScrollDown(
                reader, 5, 5, delta_x=0, delta_y=1, button=0, shift=False, meta=False, ctrl=False
            )
        )
        await reading.pilot.pause()
        assert reading.top != "Long"


@pytest.mark.parametrize("size", [(120, 40), (40, 12), (60, 24), (24, 6), (200, 50)])
async def test_same_sentence_at_any_width(open_book: OpenBook, size: tuple[int, int]) -> None:
    """Resizing there and back keeps the same sentence on top."""
    async with open_book(place=Place("words")) as reading:
        await reading.press("space", "space", "j")
        top = reading.top
        await reading.resize(*size)
        first = top.split()[0]
        assert first in reading.top.split()
        await reading.resize(80, 24)
        assert reading.top == top


async def test_same_sentence_without_contents(open_book: OpenBook) -> None:
    """Hiding and showing the contents, and another theme, keep the same sentence on top."""
    async with open_book(place=Place("words"), size=(90, 24)) as reading:
        await reading.press("space", "j")
        top = reading.top
        await reading.press("t")
        assert top.split()[0] in reading.top.split()
        await reading.press("t", "T")
        assert reading.top == top


@pytest.mark.parametrize("size", [(23, 24), (80, 5), (10, 3), (1, 1)])
async def test_tiny_window(open_book: OpenBook, size: tuple[int, int]) -> None:
    """A window too small for text asks for room in a line, and nothing is lost once it has it."""
    async with open_book() as reading:
        await reading.press("space")
        top = reading.top
        await reading.resize(*size)
        assert "line" not in reading.screen
        if size[0] >= 10:
            assert "Please" in reading.screen
        await reading.resize(80, 24)
        assert reading.top == top
