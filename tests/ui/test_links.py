"""Following links by key, by number and by mouse."""

import pytest

from tests.ui.reading import OpenBook, Reading
from tui.session.history import Place
from tui.ui.widgets.reader import Reader

_LINKS = Place("links")


def _looks(reading: Reading, words: str) -> set[str]:
    """The styles in which these words stand on the screen."""
    strips = reading.app.screen._compositor.render_strips()
    return {str(seg.style) for strip in strips for seg in strip if words in seg.text}


async def test_links_look_like_links(open_book: OpenBook) -> None:
    """A link is underlined, so that it is seen without color."""
    async with open_book(place=_LINKS) as reading:
        assert all("underline" in look for look in _looks(reading, "a part"))


async def test_next_and_enter(open_book: OpenBook) -> None:
    """`>` chooses the next link and Enter follows it; the choice is seen."""
    async with open_book(place=_LINKS) as reading:
        before = _looks(reading, "short")
        await reading.press(">")
        assert _looks(reading, "short") != before
        assert "Enter follow" in reading.status
        await reading.press(">", "enter")
        assert reading.section == "long"


async def test_previous(open_book: OpenBook) -> None:
    """`<` chooses the link before; after the first comes the last."""
    async with open_book(place=_LINKS) as reading:
        await reading.press(">", ">", "<", "enter")
        assert reading.section == "short"
        await reading.press("backspace", "<", "enter")
        assert (reading.section, reading.top) == ("short", "Short")


async def test_link_to_a_part(open_book: OpenBook) -> None:
    """A link to a heading goes to the heading."""
    async with open_book(place=_LINKS, size=(80, 7)) as reading:
        await reading.press("<", "enter")
        assert "Part" in reading.page


async def test_enter_without_a_link(open_book: OpenBook) -> None:
    """Enter with no link chosen says how to choose one."""
    async with open_book(place=_LINKS) as reading:
        await reading.press("enter")
        assert reading.section == "links"
        assert ">" in reading.status


async def test_page_without_links(open_book: OpenBook) -> None:
    """Where there is no link, the keys for links say so."""
    async with open_book() as reading:
        for key in (">", "<", "f"):
            await reading.press(key)
            assert "link" in reading.status.lower()
            assert reading.section == "long"


async def test_esc_lets_go(open_book: OpenBook) -> None:
    """Esc lets go of the chosen link."""
    async with open_book(place=_LINKS) as reading:
        before = _looks(reading, "short")
        await reading.press(">", "escape")
        assert _looks(reading, "short") == before


@pytest.mark.parametrize(("digit", "section"), [("1", "short"), ("2", "long"), ("4", "short")])
async def test_by_number(open_book: OpenBook, digit: str, section: str) -> None:
    """`f` numbers the links in sight, and a number follows one."""
    async with open_book(place=_LINKS) as reading:
        await reading.press("f")
        assert all(f"[{number}]" in reading.screen for number in range(1, 5))
        await reading.press(digit)
        assert reading.section == section
        assert "[1]" not in reading.screen


async def test_number_that_is_none(open_book: OpenBook) -> None:
    """A number that no link has is said to have none; any other key takes the numbers away."""
    async with open_book(place=_LINKS) as reading:
        await reading.press("f", "9")
        assert reading.section == "links"
        assert "9" in reading.status
        await reading.press("f", "escape")
        assert "[1]" not in reading.screen
        await reading.press("f", "f")
        assert reading.section == "links"


async def test_numbers_of_two_digits(open_book: OpenBook) -> None:
    """With many links in sight, both digits of a number are waited for."""
    async with open_book(place=_LINKS) as reading:
        folder = reading.app._handbook.folder
        text = (
            "# Many\n\n" + " ".join(f"[l{n}](../a/long.md)" for n in range(11)) + " [x](short.md)\n"
        )
        (folder / "b/words.md").write_text(text)
        await reading.press("]", "]", "f", "1", "2")
        assert reading.section == "short"
        await reading.press("backspace", "f", "2")
        assert reading.section == "long"


async def test_the_last_of_ten(open_book: OpenBook) -> None:
    """Of ten links in sight the tenth is followed by 1 and 0."""
    async with open_book(place=_LINKS) as reading:
        folder = reading.app._handbook.folder
        links = " ".join(f"[l{n}](../a/long.md)" for n in range(9))
        (folder / "b/words.md").write_text(f"# Ten\n\n{links} [x](short.md)\n")
        await reading.press("]", "]", "f", "1", "0")
        assert reading.section == "short"


async def test_link_out_of_the_book(open_book: OpenBook) -> None:
    """A link out of the book says where it leads, and opens nothing."""
    async with open_book(place=_LINKS, size=(120, 24)) as reading:
        await reading.press("f", "3")
        assert reading.section == "links"
        assert "https://example.org/page" in reading.status


async def test_by_mouse(open_book: OpenBook) -> None:
    """A click on a link follows it, and one beside it does nothing."""
    async with open_book(place=_LINKS) as reading:
        await reading.click(Reader, "The first")
        assert reading.section == "links"
        await reading.click(Reader, "short")
        assert reading.section == "short"


async def test_selecting(open_book: OpenBook) -> None:
    """What the mouse drags over is selected as it reads."""
    async with open_book() as reading:
        region = reading.app.screen.query_one(Reader).region
        line = next(y for y, text in enumerate(reading._lines()) if "line 3" in text)
        start = reading._lines()[line].index("line 3")
        await reading.pilot.mouse_down(offset=(start, line))
        await reading.pilot.hover(offset=(start + 3, line))
        await reading.pilot.hover(offset=(start + 6, line))
        await reading.pilot.mouse_up(offset=(start + 6, line))
        await reading.pilot.pause()
        assert region.contains(start, line)
        assert reading.app.screen.get_selected_text() in ("line 3", "line ")
