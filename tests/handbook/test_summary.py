"""SUMMARY.md, read by mdBook's rules."""

from pathlib import Path

import pytest

from tui.handbook.errors import ContentError
from tui.handbook.model import Chapter, Section
from tui.handbook.summary import read_contents

_FILE = Path("book/SUMMARY.md")


def _read(text: str) -> tuple[Chapter, ...]:
    return read_contents(text, _FILE, lambda address, _: address, lambda path: path[:-3])


def _outline(text: str) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """Each chapter's title, with each section's title, chapter and depth."""
    return [
        (each.title, [(one.title, one.chapter, one.depth) for one in each.sections])
        for each in _read(text)
    ]


def _titles(text: str) -> list[str]:
    return [section.title for chapter in _read(text) for section in chapter.sections]


def test_part_titles() -> None:
    """A part title opens a chapter; the file's own title is no part."""
    text = "# Summary\n\n# Muscles\n\n- [One](one.md)\n\n# Posture #\n\n- [Two](two.md)\n"
    assert _outline(text) == [
        ("Muscles", [("One", "Muscles", 0)]),
        ("Posture", [("Two", "Posture", 0)]),
    ]


@pytest.mark.parametrize(
    "title", ["# Summary", "# SUMMARY", "# Contents of this book", "Summary\n=======", "<!-- x -->"]
)
def test_title_of_the_file(title: str) -> None:
    """The first heading is the title of the file, whatever it says, and is not shown."""
    assert _outline(f"{title}\n\n- [One](one.md)\n") == [("", [("One", "", 0)])]


def test_parts_without_a_title_of_the_file() -> None:
    """After anything else, the first heading is a part title like the others."""
    text = "[Before](before.md)\n\n# Part\n\n- [One](one.md)\n"
    assert _outline(text) == [("", [("Before", "", 0)]), ("Part", [("One", "Part", 0)])]


def test_prefix_and_suffix_chapters() -> None:
    """Chapters before and after the list carry no bullet and nest nothing."""
    text = "[Preface](preface.md)\n\n- [One](one.md)\n  - [Deep](deep.md)\n\n[Thanks](thanks.md)\n"
    assert _outline(text) == [
        ("", [("Preface", "", 0), ("One", "", 0), ("Deep", "One", 1), ("Thanks", "", 0)])
    ]


@pytest.mark.parametrize(
    ("lines", "depths"),
    [
        (["- [a](a.md)", "  - [b](b.md)", "    - [c](c.md)", "- [d](d.md)"], [0, 1, 2, 0]),
        (["- [a](a.md)", "    - [b](b.md)", "    - [c](c.md)"], [0, 1, 1]),
        (["- [a](a.md)", "\t- [b](b.md)", "\t\t- [c](c.md)"], [0, 1, 2]),
        (["- [a](a.md)", "    - [b](b.md)", "  - [c](c.md)"], [0, 1, 1]),
        (["- [a](a.md)", " - [b](b.md)", "  - [c](c.md)"], [0, 0, 0]),
        (["1. [a](a.md)", "   1. [b](b.md)", "2. [c](c.md)"], [0, 1, 0]),
        (["1. [a](a.md)", "  - [b](b.md)"], [0, 0]),
        (["* [a](a.md)", "  + [b](b.md)", "1) [c](c.md)"], [0, 1, 0]),
    ],
)
def test_nesting(lines: list[str], depths: list[int]) -> None:
    """An entry lies under the one whose text it is indented to, as in any Markdown list."""
    (chapter,) = _read("\n".join(lines))
    assert [section.depth for section in chapter.sections] == depths


def test_chapter_of_a_nested_section() -> None:
    """A section's chapter is the part title above it, else the title of its top ancestor."""
    text = "- [A](a.md)\n  - [B](b.md)\n    - [C](c.md)\n\n# Part\n\n- [D](d.md)\n  - [E](e.md)\n"
    assert [
        (section.id, section.chapter) for chapter in _read(text) for section in chapter.sections
    ] == [("a", ""), ("b", "A"), ("c", "A"), ("d", "Part"), ("e", "Part")]


def test_drafts() -> None:
    """A draft is listed under an id made of its title, without a page."""
    assert _read("- [Not *yet*, soon]()\n- [One](one.md)\n") == (
        Chapter(
            "",
            (
                Section("not-yet-soon", "Not yet, soon", "", None),
                Section("one", "One", "", "one.md"),
            ),
        ),
    )


def test_drafts_with_one_title() -> None:
    """Drafts have no file to rename, so several may have one title, or that of a page."""
    text = "- [To do]()\n- [To do]()\n- [One]()\n- [One](one.md)\n- [?]()\n- [!]()\n"
    sections = _read(text)[0].sections
    assert len({section.id for section in sections}) == 6
    assert [section.id for section in sections if section.path] == ["one"]
    assert all(section.id for section in sections)


@pytest.mark.parametrize("separator", ["---", "-----", "***", "___", "- - -", "* * *", "  ---  "])
def test_separators(separator: str) -> None:
    """A line between entries is a rule above the next one."""
    text = f"- [One](one.md)\n\n{separator}\n\n- [Two](two.md)\n- [Three](three.md)\n"
    (chapter,) = _read(text)
    parted = [(each.title, each.parted) for each in chapter.sections]
    assert parted == [("One", False), ("Two", True), ("Three", False)]


def test_comments_and_words() -> None:
    """Comments, also over several lines, and plain words are passed over."""
    text = "Some words.\n\n<!-- - [Off](off.md)\n- [Off too](off.md) -->\n- [One](one.md)\n"
    assert _titles(text) == ["One"]


@pytest.mark.parametrize(
    ("entry", "title", "path"),
    [
        ("[A \\[b\\] c](a.md)", "A [b] c", "a.md"),
        ("[A [b] c](a.md)", "A [b] c", "a.md"),
        ("[`code` and **bold**](a.md)", "code and bold", "a.md"),
        ("[5 \\* 3](a.md)", "5 * 3", "a.md"),
        ("[Q &amp; A](a.md)", "Q & A", "a.md"),
        ("[A](<with space.md>)", "A", "with space.md"),
        ("[A](with%20space.md)", "A", "with space.md"),
        ("[A](b(1).md)", "A", "b(1).md"),
        ('[A](a.md "words on hover")', "A", "a.md"),
        ("[A]( a.md )", "A", "a.md"),
    ],
)
def test_titles_and_addresses(entry: str, title: str, path: str) -> None:
    """Titles lose their markup; addresses may be escaped, in angle brackets or with a title."""
    (section,) = _read(f"- {entry}  \n")[0].sections
    assert (section.title, section.path) == (title, path)


@pytest.mark.parametrize("character", ["\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028", "\x1b"])
def test_strange_characters_in_titles(character: str) -> None:
    """A control character in a title ends neither the line nor the title, and is made safe."""
    first, second = _titles(f"- [a{character}b](one.md)\r\n- [Two](two.md)\r\n")
    assert first == ("a^[b" if character == "\x1b" else "a b")
    assert second == "Two"


def test_line_break_in_a_title() -> None:
    """A title is one line, whatever it is written with."""
    assert _titles("- [a&#10;b&#13;c](one.md)\n") == ["a b c"]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("- [One](one.md)\n- Two\n", 2, "no link here; write - [Title](page.md)"),
        ("<!--\n\n-->\n\n1. Two\n", 5, "no link here; write - [Title](page.md)"),
        (
            "- [One](one.md)\n\n- [Again](one.md)\n",
            3,
            "the id “one” is taken by line 1; rename one page",
        ),
    ],
)
def test_errors(text: str, line: int | None, what: str) -> None:
    """A mistake is said with its file, its line and what to do."""
    with pytest.raises(ContentError) as raised:
        _read(text)
    error = raised.value
    assert (error.file, error.line, error.what) == (_FILE, line, what)


def test_line_of_what_may_not_be_read() -> None:
    """A page that is refused is refused with the line that names it."""
    asked = []

    def locate(address: str, line: int) -> str:
        asked.append((address, line))
        return address

    read_contents("# Summary\n\n- [One](one.md)\n\n\n- [Two](../two.md)\n", _FILE, locate, str)
    assert asked == [("one.md", 3), ("../two.md", 6)]
