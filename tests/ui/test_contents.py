"""The contents at the side: choosing, folding, following the reader."""

from pathlib import Path

import pytest

from tests.small_book import write_book
from tests.ui.reading import OpenBook, reading
from tui.handbook.loading import OWN_BOOK, load_handbook
from tui.ui.widgets.contents import ContentsTree

_NARROW = (40, 12)


async def test_at_the_side(open_book: OpenBook) -> None:
    """At 80 columns the contents stand beside the page, the chapter at hand unfolded."""
    async with open_book() as reading:
        assert [line.split()[-1] for line in reading.contents] == ["Alpha", "Long", "Links", "Beta"]
        assert reading.top == "Long"


async def test_following_the_reader(open_book: OpenBook) -> None:
    """The contents show where the reader is, in another chapter too."""
    async with open_book() as reading:
        await reading.press("]", "]")
        (here,) = [line for line in reading.contents if "•" in line]
        assert "Short" in here


async def test_read_marks(open_book: OpenBook) -> None:
    """A page read to its end is marked, in text and not only in color; also at the next visit."""
    async with open_book() as reading:
        await reading.press("]")
        assert not [line for line in reading.contents if "✓" in line]
        await reading.press("]")
        assert [line.split() for line in reading.contents if "✓" in line] == [["✓", "Links"]]
    async with open_book() as reading:
        await reading.press("]", "[", "[")
        while not any("✓" in line and "Links" in line for line in reading.contents):
            await reading.pilot.pause(0.01)  # the diary's thread may have it a little later


async def test_choosing_a_page(open_book: OpenBook) -> None:
    """Tab goes to the contents, Enter opens the chosen page and goes back to the text."""
    async with open_book() as reading:
        await reading.press("tab", "j", "enter")
        assert reading.section == "links"
        await reading.press("j")
        assert reading.section == "links"


async def test_folding(open_book: OpenBook) -> None:
    """A chapter folds and unfolds, by arrows, letters and Enter."""
    async with open_book() as reading:
        await reading.press("tab", "h")
        assert [line.split()[-1] for line in reading.contents] == ["Alpha", "Beta"]
        await reading.press("l")
        assert len(reading.contents) == 4
        await reading.press("left", "j", "enter")
        names = [line.split("  ")[-1].strip() for line in reading.contents]
        assert "Soon (not written yet)"[:12] in " ".join(names)
        await reading.press("enter")
        assert len(reading.contents) == 2


async def test_ends_of_the_contents(open_book: OpenBook) -> None:
    """The last line and the first can be gone to, and no further."""
    async with open_book() as reading:
        await reading.press("tab", "G", "enter", "G", "j", "enter")
        assert reading.section == "empty"
        await reading.press("tab", "g", "k", "enter")
        assert "Long" not in "".join(reading.contents)


async def test_by_mouse(open_book: OpenBook) -> None:
    """A click opens a page, or folds a chapter."""
    async with open_book() as reading:
        await reading.click(ContentsTree, "Links")
        assert reading.section == "links"
        await reading.click(ContentsTree, "Beta")
        assert any("Short" in line for line in reading.contents)


async def test_draft(open_book: OpenBook) -> None:
    """A draft says that it is not written yet."""
    async with open_book(size=(100, 24)) as reading:
        await reading.press("tab", "G", "enter")
        await reading.click(ContentsTree, "Soon")
        assert "This page is not written yet." in reading.screen


async def test_hiding(open_book: OpenBook) -> None:
    """`t` hides the contents and gives the room to the text; `t` or Tab shows them again."""
    async with open_book() as reading:
        await reading.press("t")
        assert reading.contents == []
        await reading.press("t")
        assert reading.contents != []
        await reading.press("t", "tab")
        assert reading.contents != []


@pytest.mark.parametrize("key", ["t", "tab"])
async def test_over_the_text(open_book: OpenBook, key: str) -> None:
    """At 40 columns the contents cover the text when called, and go once a page is chosen."""
    async with open_book(size=_NARROW) as reading:
        assert reading.contents == []
        await reading.press(key)
        assert "Alpha" in reading.contents[0]
        assert "line 1" not in reading.screen
        await reading.press("j", "enter")
        assert (reading.contents, reading.section) == ([], "links")


@pytest.mark.parametrize("key", ["t", "tab", "escape", "q"])
async def test_closing_what_covers(open_book: OpenBook, key: str) -> None:
    """What covers the text is closed without leaving the page."""
    async with open_book(size=_NARROW) as reading:
        await reading.press("t", key)
        assert (reading.contents, reading.top) == ([], "Long")
        assert reading.app.is_running


async def test_from_wide_to_narrow(open_book: OpenBook) -> None:
    """Growing narrow while in the contents keeps the keys where something can be seen."""
    async with open_book() as reading:
        await reading.press("tab")
        await reading.resize(*_NARROW)
        await reading.press("j", "j", "j")
        assert reading.top == "• line 2"


@pytest.mark.parametrize("size", [(200, 250), (120, 250), (101, 250), (40, 250)])
async def test_names_are_whole(tmp_path: Path, size: tuple[int, int]) -> None:
    """Where columns are free, or the contents cover the text, no name of our book is cut."""
    async with reading(OWN_BOOK, tmp_path, size=size) as here:
        await here.press("tab")
        tree = here.app.screen.query_one(ContentsTree)
        tree.unfolded = frozenset(range(len(load_handbook(OWN_BOOK).chapters)))
        await here.pilot.pause()
        words = " ".join(" ".join(here.contents).split())
        titles = [each.title for each in load_handbook(OWN_BOOK).sections]
        assert len(titles) > 90
        assert [title for title in titles if title not in words] == []
        assert "…" not in words


async def test_a_name_on_two_lines_is_one_row(tmp_path: Path) -> None:
    """A name too wide for its line goes on in the next, and is chosen, clicked and found as one."""
    async with reading(OWN_BOOK, tmp_path, size=_NARROW) as here:
        await here.press("tab")
        assert [line.split() for line in here.contents[1:3]] == [
            [">", "•", *["Why", "does", "my", "upper", "back", "ache", "after", "a"]],
            ["run?"],
        ]
        await here.press("j")
        assert here.contents[3].startswith(">   Read this first")
        await here.click(ContentsTree, "run?")
        assert here.section == "start-here"


async def test_nested_pages(tmp_path: Path) -> None:
    """What lies under a page shows while one reads there; the pages have their numbers."""
    summary = "[Start](one.md)\n\n- [A](a.md)\n    - [B](b.md)\n        - [C](c.md)\n- [D](d.md)\n"
    pages = {f"{name}.md": f"# {name}\n" for name in "abcd"}
    files = {"SUMMARY.md": summary, "book.toml": '[book]\nsrc = "."\n', **pages}
    folder = write_book(tmp_path / "book", files)
    async with reading(folder, tmp_path / "data") as screen:
        assert [line.rstrip()[-3:].lstrip(".") for line in screen.contents] == ["art", "1 A", "2 D"]
        await screen.press("]", "]", "]")
        assert [line.rstrip()[-3:].lstrip(".") for line in screen.contents][1:] == [
            "1 A",
            "1 B",
            "1 C",
            "2 D",
        ]
        await screen.press("tab", "h")
        assert screen.contents[-1].rstrip().endswith("2 D")
        assert [line.rstrip()[-3:].lstrip(".") for line in screen.contents][1:] == [
            "1 A",
            "1 B",
            "2 D",
        ]
        await screen.press("h")
        assert [line.rstrip()[-3:].lstrip(".") for line in screen.contents][1:] == ["1 A", "2 D"]
        await screen.press("l", "j", "enter")
        assert screen.section == "b"


async def test_rules(tmp_path: Path) -> None:
    """A rule stands where the book's contents have one; the keys and clicks pass over it."""
    summary = "[One](one.md)\n\n---\n\n# Part\n\n- [Two](two.md)\n\n---\n\n[Three](three.md)\n"
    pages = {"SUMMARY.md": summary, "three.md": "# Three\n"}
    book = write_book(tmp_path / "book", pages)
    async with reading(book, tmp_path / "data") as screen:
        await screen.press("]")
        lines = [line.replace("─", "").strip() for line in screen.contents]
        assert lines == ["✓ One", "", "▾ Part", "• Two", "", "Three"]
        await screen.press("tab", "j", "enter")
        assert screen.section == "three"
        await screen.press("tab", "k", "k", "k", "enter")
        assert screen.section == "one"
        await screen.press("tab", "j", "j")
        await screen.click(ContentsTree, "──")
        assert screen.section == "one"
