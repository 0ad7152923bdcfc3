"""`toc`, `read`, `open` and `red-flags`: the book as text."""

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.running import Run
from tests.small_book import write_book
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook

_FILES = {
    "SUMMARY.md": (
        "# Summary\n\n[Before](before.md)\n\n# Part\n\n- [One](one.md)\n  - [Two](two.md)\n"
        "- [Soon]()\n- [Lists](checklists/lists.md)\n"
    ),
    "before.md": "# Before\n",
    "one.md": (
        "# One\n\nSee **two**: [the second](two.md), [again](two.md#part), [this](#one),"
        " [gone](gone.md) and [out](https://example.org).\n\n- a\n- b\n"
    ),
    "checklists/lists.md": "# Lists\n",
    "runtall.toml": '[roles]\nred_flags = "two"\n',
    "two.md": (
        "# Two\n\nAll.\n\n## NOW\n\nFirst.\n\n### More\n\nStill.\n\n## TODAY\n\nSecond.\n\n"
        "## Now and then\n\nOther.\n"
    ),
}


@pytest.fixture
def book(tmp_path: Path) -> str:
    return str(write_book(tmp_path / "book", _FILES))


def test_contents(run: Run, book: str) -> None:
    """The contents list each chapter with its sections, deeper ones further in; ids if asked for."""
    answer = run("toc", "--book", book)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines == [
        *("book", "", "  Before", "", "Part", "  One", "    Two"),
        *("  Soon (not written yet)", "  Lists"),
    ]
    with_ids = run("toc", "--ids", "--book", book).lines
    assert with_ids[-2:] == ["  Soon (not written yet)  soon", "  Lists  lists"]


def test_contents_of_another_book(run: Run, tmp_path: Path) -> None:
    """They are numbered as mdBook does; what a reader should know of the book follows once."""
    settings = "[book]\nsrc='.'\n[preprocessor.toc]\n[preprocessor.links]\n"
    summary = "[Zero](zero.md)\n\n- [One](one.md)\n  - [Two](two.md)\n"
    folder = write_book(tmp_path / "book", {"SUMMARY.md": summary, "book.toml": settings})
    lines = run("toc", "--book", str(folder / "SUMMARY.md")).lines
    assert lines[1:5] == ["", "  Zero (not written yet)", "  1 One", "    1.1 Two"]
    assert lines[6].startswith("Not written yet, though in the contents: ")
    assert lines[8].startswith("Made with toc, which does not run here")
    assert run("read", "1.1", "--book", str(folder / "book.toml")).lines[0] == "Two"


def test_contents_as_json(run: Run, book: str) -> None:
    """As JSON, a section has id, title, chapter, path, kind, number and seconds; a draft no path."""
    shape = ("id", "title", "chapter", "path", "kind", "number", "seconds")
    assert json.loads(run("toc", "--json", "--book", book).out) == [
        dict(zip(shape, (*each, None, None), strict=True))
        for each in [
            ("before", "Before", "", "before.md", "section"),
            ("one", "One", "Part", "one.md", "section"),
            ("two", "Two", "Part", "two.md", "section"),
            ("soon", "Soon", "Part", None, "section"),
            ("lists", "Lists", "Part", "checklists/lists.md", "checklist"),
        ]
    ]


def test_contents_say_how_long(run: Run) -> None:
    """A card or a routine has its minutes, once; their seconds are those of the list of routines."""
    lines = run("toc").lines
    assert {"  Cat-cow, 1 min", "  Desk break (2 minutes)", "  Shoes"} <= set(lines)
    seconds = {each["id"]: each["seconds"] for each in json.loads(run("toc", "--json").out)}
    routines = json.loads(run("routine", "--json").out)
    assert {each["id"]: each["seconds"] for each in routines}.items() <= seconds.items()
    assert (seconds["shoes"], seconds["cat-cow"]) == (None, 53)


def test_page(run: Run, book: str) -> None:
    """A page in a pipe is plain text of 72 columns."""
    answer = run("read", "one", "--book", book)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines == [
        "One",
        "",
        "See two: the second, again, this, gone and out.",
        "",
        "• a",
        "• b",
    ]


def test_several_pages(run: Run, book: str) -> None:
    """Several pages come in the order asked for, parted by blank lines."""
    lines = run("read", "Lists", "before", "--book", book).lines
    assert [line for line in lines if line] == ["Lists", "Before"]
    assert "" in lines


def test_page_as_json(run: Run, book: str) -> None:
    """As JSON, a page has its text unwrapped and unmarked, and the sections it links to, once each."""
    (page,) = json.loads(run("read", "one", "--json", "--book", book).out)
    assert page == {
        "id": "one",
        "title": "One",
        "chapter": "Part",
        "kind": "section",
        "text": "One\nSee two: the second, again, this, gone and out.\na\nb",
        "links": [{"id": "two", "title": "Two"}, {"id": "one", "title": "One"}],
    }


def test_whole_book(run: Run) -> None:
    """The whole book is read in its order, and is as long as a book."""
    answer = run("read", "--all")
    handbook = load_handbook(OWN_BOOK)
    titles = [Pages(handbook)[each].blocks[0].text for each in handbook.readable]
    lines = iter(answer.lines)
    assert [title for title in titles if len(title) <= 72 and title not in lines] == []
    assert len(answer.out.split()) > 9_000
    assert max(cell_len(line) for line in answer.lines) <= 72
    assert "\x1b" not in answer.out


@pytest.mark.parametrize("width", [20, 31, 72, 100])
def test_width(run: Run, width: int) -> None:
    """The text keeps to the width asked for."""
    answer = run("read", "--all", "--width", str(width))
    assert max(cell_len(line) for line in answer.lines) <= width


@pytest.mark.parametrize("width", ["19", "401", "0", "-5", "ten", ""])
def test_bad_widths(run: Run, width: str) -> None:
    """A width that no text can have is refused, and the right ones are named."""
    answer = run("read", "--all", "--width", width)
    assert (answer.code, answer.out) == (2, "")
    assert "--width" in answer.err
    assert len(answer.err.splitlines()) == 1


def test_nothing_to_read(run: Run) -> None:
    """`read` alone says what it needs."""
    answer = run("read")
    expected = "runtall: name a section, or give --all; `runtall toc` lists them\n"
    assert (answer.code, answer.out, answer.err) == (2, "", expected)


def test_draft(run: Run, book: str) -> None:
    """A draft can be read, and says that it is none yet."""
    answer = run("read", "soon", "--book", book)
    assert (answer.code, answer.lines) == (0, ["Soon", "", "This page is not written yet."])


def test_open_without_a_terminal(run: Run, book: str) -> None:
    """Where no screen can open, `open` prints the section."""
    assert run("open", "one", "--book", book) == run("read", "one", "--book", book)


def test_no_terminal(run: Run) -> None:
    """Where no screen can open, `runtall` prints the contents and how to read on."""
    answer = run()
    contents = run("toc").out
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(contents)
    assert 'runtall read "TITLE"' in answer.out.removeprefix(contents)
    assert "\x1b" not in answer.out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("muscle-",), "could be any section of: muscle-trapezius"),
        (("muscle-trapezuis",), "nearest: muscle-trapezius"),
        (("muscle-trapezius", "qqqq"), "no section is called “qqqq”"),
    ],
)
def test_names_that_are_not_one(run: Run, words: tuple[str, ...], expected: str) -> None:
    """A name that is unknown or could be several is said in one line, before anything is printed."""
    for command in (("read", *words), ("open", words[-1])):
        answer = run(*command)
        assert (answer.code, answer.out) == (1, "")
        assert expected in answer.err
        assert len(answer.err.splitlines()) == 1


def test_red_flags(run: Run, book: str) -> None:
    """The page of red flags is one word away."""
    assert run("red-flags", "--book", book) == run("read", "two", "--book", book)


def test_red_flags_of_one_level(run: Run, book: str) -> None:
    """One level's signs are those under its heading, up to the next."""
    answer = run("red-flags", "--level", "now", "--book", book)
    assert (answer.code, answer.lines) == (0, ["NOW", "", "First.", "", "More", "", "Still."])


def test_own_red_flags(run: Run) -> None:
    """In our book each level has its signs, and the levels together are on the page."""
    page = run("red-flags").out
    for level in ("now", "today", "book"):
        answer = run("red-flags", "--level", level)
        assert answer.lines[0] == level.upper()
        assert answer.out.count("•") > 3
        assert answer.out.strip() in page


def test_level_that_is_not_there(run: Run, book: str) -> None:
    """A level of which a book knows no signs is said to be missing."""
    answer = run("red-flags", "--level", "book", "--book", book)
    assert (answer.code, answer.out) == (1, "")
    assert len(answer.err.splitlines()) == 1


def test_book_without_red_flags(run: Run, tmp_path: Path) -> None:
    """A book that has no page of red flags says so."""
    answer = run("red-flags", "--book", str(write_book(tmp_path / "book")))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "runtall: this book names no page of red flags in its runtall.toml\n"


def test_bookmarks_of_two_books(run: Run, tmp_path: Path) -> None:
    """Two books with one title have their own bookmarks, and an export does not say where they lie."""
    settings = '[book]\ntitle = "Same"\nsrc = "."\n'
    one, two = (str(write_book(tmp_path / name, {"book.toml": settings})) for name in ("a", "b"))
    run("bookmark", "one", "--book", one)
    assert run("bookmark", "--book", two).out == ""
    run("bookmark", "two", "--book", two)
    assert run("bookmark", "--book", one).lines == ["one  One"]
    assert run("bookmark", "--book", two).lines == ["two  Two"]
    exported = run("export").out
    assert str(tmp_path) not in exported
    assert '"book": "Same"' in exported


def test_rules(run: Run, tmp_path: Path) -> None:
    """A rule is drawn in the contents and on a page, in signs that every terminal has; not for the ear."""
    pages = {
        "SUMMARY.md": "- [One](one.md)\n\n---\n\n- [Two](two.md)\n",
        "one.md": "# One\n\na\n\n---\n\nb\n",
    }
    book = str(write_book(tmp_path / "book", pages))
    assert run("toc", "--book", book).out.split("\n")[2:5] == ["  One", "  * * *", "  Two"]
    assert run("read", "one", "--book", book).out == "One\n\na\n\n* * *\n\nb\n"
    assert "*" not in run("toc", "--linear", "--book", book).out
    assert run("read", "one", "--linear", "--book", book).out == "One\n\na\n\nb\n"


def test_tags_of_other_programs(run: Run, tmp_path: Path) -> None:
    """What a preprocessor would have replaced is named once, beside the pages."""
    text = "# One\n\n{{#toc}}\n"
    book = str(write_book(tmp_path / "book", {"one.md": text, "two.md": text}))
    answer = run("read", "--all", "--book", book)
    assert answer.out.count("{{#toc}}") == 2
    assert answer.err == "runtall: {{#toc …}} is for a program that does not run here\n"
