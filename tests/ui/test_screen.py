"""Bookmarks, help, themes, red flags, quitting, and the keys of one's own."""

from pathlib import Path

import pytest

from tests.small_book import write_book
from tests.ui.reading import OpenBook, reading
from tui.handbook.loading import OWN_BOOK, load_handbook
from tui.keys import ANYWHERE, TABLE
from tui.session.history import Place
from tui.ui.themes import ORDER


async def test_bookmarks(open_book: OpenBook) -> None:
    """A page is bookmarked, listed, opened from the list, and its bookmark removed."""
    async with open_book() as reading:
        await reading.press("'")
        assert "No bookmarks yet" in reading.status
        await reading.press("]", "m")
        assert "Bookmarked" in reading.status
        await reading.press("]", "m", "[", "[", "'")
        assert "Links" in reading.screen
        await reading.press("j", "enter")
        assert reading.section == "short"
        await reading.press("m", "'", "escape")
        assert reading.section == "short"
        await reading.press("'", "enter")
        assert reading.section == "links"


async def test_help_of_each_pane(open_book: OpenBook) -> None:
    """Help shows the keys of the pane one is in, then those of everywhere; `?`, Esc or q close it."""
    async with open_book(size=(100, 60)) as reading:
        for enter, pane, close in (((), "text", "escape"), (("tab",), "contents", "q")):
            await reading.press(*enter, "?")
            for key in TABLE:
                if key.where == pane:
                    assert key.meaning in reading.screen
            await reading.press(close)
            assert "What it does" not in reading.screen
        await reading.press("f1", "?")
        assert "What it does" not in reading.screen


async def test_all_of_the_help(open_book: OpenBook) -> None:
    """On a small screen the help is paged through to its end, and stays open there."""
    async with open_book(size=(40, 12)) as reading:
        await reading.press("?")
        seen = ""
        before = ""
        while reading.screen != before:
            before = reading.screen
            seen += " ".join(before.split()) + " "
            await reading.press("space")
        last = [key for key in TABLE if key.where == ANYWHERE][-1]
        assert last.meaning.split()[-1] in seen
        await reading.press("escape")
        assert reading.top == "Long"


async def test_themes(open_book: OpenBook) -> None:
    """`T` goes through the themes and comes round; the last one is kept for the next visit."""
    async with open_book() as reading:
        seen = []
        for _ in ORDER:
            await reading.press("T")
            seen.append(reading.app.theme)
        assert sorted(seen) == sorted(ORDER)
        await reading.press("T")
        assert reading.app.theme == seen[0]
    async with open_book() as reading:
        assert reading.app.theme == seen[0]


async def test_the_theme_is_named(open_book: OpenBook) -> None:
    """`T` says which theme it has come to, until the next key."""
    async with open_book() as reading:
        await reading.press("T")
        assert f"Theme: {reading.app.theme}" in reading.status
        await reading.press("j")
        assert "Theme" not in reading.status


async def test_why_a_key_does_nothing(tmp_path: Path) -> None:
    """A key that works in another pane says where and what it does there; others stay silent."""
    async with reading(OWN_BOOK, tmp_path) as here:
        for key, said in (
            ("s", "s works on a checklist (c): skip the item"),
            ("1", "1 works on a checklist (c): tick one of the first nine"),
            ("delete", "Del works on a checklist (c): remove my own item"),
            ("h", "h works in the contents (Tab): fold the chapter"),
        ):
            await here.press(key)
            assert said in here.status
        await here.press("j")
        assert "works" not in here.status
        await here.press("tab", "f")
        assert "f works on a page (Tab): number the links in sight" in here.status
        await here.press("tab", "c", "greater_than_sign")
        assert "> works on a page (c): the next link" in here.status
        await here.press("x", "x")
        assert "works" not in here.status


async def test_red_flags(open_book: OpenBook) -> None:
    """Red flags are one key away, also from the contents; Backspace goes back."""
    async with open_book() as reading:
        await reading.press("!")
        assert reading.section == "short"
        await reading.press("backspace", "tab", "!")
        assert reading.section == "short"


async def test_red_flags_are_named(open_book: OpenBook) -> None:
    """The key for red flags is named in every pane."""
    async with open_book(place=Place("links")) as reading:
        for key in ("escape", ">", "tab"):
            await reading.press(key)
            assert "! red flags" in reading.status


async def test_book_without_red_flags(tmp_path: Path) -> None:
    """A book that names no red flags offers no key for them."""
    folder = write_book(tmp_path / "book")
    async with reading(folder, tmp_path / "data") as opened:
        assert "red flags" not in opened.status
        await opened.press("!")
        assert opened.section == "one"


async def test_quitting(open_book: OpenBook) -> None:
    """Esc never quits; q does."""
    async with open_book() as reading:
        await reading.press("escape", "escape")
        assert reading.app.is_running
        await reading.press("q")
        assert reading.app.return_code == 0
        assert not reading.app.is_running


async def test_ctrl_c_twice(open_book: OpenBook) -> None:
    """Ctrl+C says how to quit, and quits when pressed again."""
    async with open_book() as reading:
        await reading.press("ctrl+c")
        assert reading.app.is_running
        assert "again" in reading.status
        await reading.press("ctrl+c")
        assert not reading.app.is_running


async def test_where_the_reader_left(open_book: OpenBook) -> None:
    """The next visit opens at the line where the last one ended."""
    async with open_book() as reading:
        await reading.press("space", "j", "j")
        top = reading.top
        await reading.press("q")
    async with open_book() as reading:
        assert (reading.section, reading.top) == ("long", top)


async def test_keys_of_ones_own(open_book: OpenBook) -> None:
    """A changed key works, its old one does not, and the help shows the new one."""
    table = tuple(key._replace(keys=(",",)) if key.id == "next-section" else key for key in TABLE)
    async with open_book(keys=table) as reading:
        await reading.press("]")
        assert reading.section == "long"
        await reading.press(",")
        assert reading.section == "links"


async def test_footer(open_book: OpenBook) -> None:
    """The footer names keys that work now: five of them at 80 columns, and how far one is."""
    async with open_book() as reading:
        for words in ("Space page", "/ search", "! red flags", "? help", "q quit", "1/6"):
            assert words in reading.status
        await reading.press("tab")
        assert "Enter open" in reading.status


async def test_words_that_are_not_ours(tmp_path: Path) -> None:
    """Markup, escape sequences and format characters in titles and text are shown as they are."""
    bad = "[b]x[/b] [/nope] [@click=app.quit]\x1b\u202e$title"
    title = bad.replace("[", "\\[").replace("]", "\\]")
    summary = f"# S\n\n# {title}\n\n- [{title}](one.md)\n"
    folder = write_book(
        tmp_path / "book", {"SUMMARY.md": summary, "one.md": f"# {title}\n\n{title}\n"}
    )
    async with reading(folder, tmp_path / "data", size=(120, 24)) as opened:
        await opened.press("m", "'")
        shown = "[b]x[/b] [/nope] [@click=app.quit]^[<U+202E>$title"
        assert opened.screen.count(shown) >= 2
        assert not {"\x1b", "\u202e"} & set(opened.screen)
        await opened.press("escape")
        assert opened.screen.count(shown) >= 1


@pytest.mark.parametrize("size", [(80, 24), pytest.param((40, 12), marks=pytest.mark.long)])
async def test_every_page_of_our_book(tmp_path: Path, size: tuple[int, int]) -> None:
    """Every page is reached from the first with `]` alone, and shows its title."""
    pages = [each.id for each in load_handbook(OWN_BOOK).readable]
    seen = []
    async with reading(OWN_BOOK, tmp_path / "data", size=size) as opened:
        for _ in pages:
            seen.append(opened.section)
            await opened.press("]")
    assert seen == pages
