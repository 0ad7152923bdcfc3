"""A folder becomes a handbook; its pages are read when they are needed."""

from pathlib import Path

import pytest

from tests.small_book import blocks_of, book, page_of
from tui.handbook.blocks import Heading, Link, Paragraph, Span
from tui.handbook.errors import ContentError
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.handbook.model import Roles, Section
from tui.handbook.settings import read_settings

_NESTED = {
    "SUMMARY.md": "# Summary\n\n- [One](one.md)\n- [Three](deep/three.md)\n",
    "deep/three.md": "# Three\n",
}


def test_own_book() -> None:
    """The handbook that comes with the program opens, at the page that it names."""
    handbook = load_handbook(OWN_BOOK)
    assert handbook.first is not None
    assert handbook.first.id == handbook.roles.first_page


def test_ids(tmp_path: Path) -> None:
    """An id is the page's path without `.md`, so that no two pages of any book share one."""
    handbook = book(tmp_path, _NESTED)
    assert [each.id for each in handbook.sections] == ["one", "deep/three"]


def test_short_ids(tmp_path: Path) -> None:
    """In a book with a runtall.toml, ids are the names of the files alone."""
    handbook = book(tmp_path, {**_NESTED, "runtall.toml": ""})
    assert [each.id for each in handbook.sections] == ["one", "three"]


def test_title(tmp_path: Path) -> None:
    """A book is called as its book.toml says, else as its folder."""
    assert book(tmp_path / "shelf").title == "shelf"
    settings = '[book]\ntitle = "A book"\nsrc = "."\n'
    assert book(tmp_path / "named", {"book.toml": settings}).title == "A book"


def test_source_folder(tmp_path: Path) -> None:
    """The pages lie where book.toml says, in `src` if it does not, beside it if there is none."""
    files = {"words/SUMMARY.md": "- [In](in.md)\n", "words/in.md": "# In\n"}
    settings = '[book]\nsrc = "words"\n'
    chosen = book(tmp_path / "chosen", {**files, "book.toml": settings})
    assert [each.path for each in chosen.sections] == ["in.md"]
    files = {name.replace("words", "src"): text for name, text in files.items()}
    usual = book(tmp_path / "usual", {**files, "book.toml": ""})
    assert [each.path for each in usual.sections] == ["in.md"]
    assert [each.path for each in book(tmp_path / "none").sections] == ["one.md", "two.md"]


def test_roles_and_renames(tmp_path: Path) -> None:
    """runtall.toml says which pages play a part, and what was renamed."""
    settings = '[roles]\nfirst_page = "two"\ngate_item = "any"\n[renamed]\n"uno" = "one"\n'
    handbook = book(tmp_path, {"runtall.toml": settings})
    assert handbook.roles == Roles(first_page="two", gate_item="any")
    assert handbook.first == handbook.by_id["two"]
    assert handbook.get("uno") == handbook.by_id["one"]


def test_renamed_twice(tmp_path: Path) -> None:
    """A page that changed its id twice is found by its first one, and a circle ends."""
    settings = '[renamed]\nuno = "eins"\neins = "one"\na = "b"\nb = "a"\n'
    handbook = book(tmp_path, {"runtall.toml": settings})
    assert handbook.get("uno") == handbook.by_id["one"]
    assert handbook.get("a") is None


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("two.md", Link("two.md", "two")),
        ("./two.md#part", Link("./two.md#part", "two", "part")),
        ("#part", Link("#part", "one", "part")),
        ("t%77o.md", Link("t%77o.md", "two")),
        ("https://example.org/two.md", Link("https://example.org/two.md")),
        ("gone.md", Link("gone.md")),
        ("../two.md", Link("../two.md")),
        ("../../etc/passwd", Link("../../etc/passwd")),
        ("/etc/passwd", Link("/etc/passwd")),
        ("//etc/passwd", Link("//etc/passwd")),
    ],
)
def test_links(tmp_path: Path, address: str, expected: Link) -> None:
    """A link leads to a page that the contents name, or out of the book, or nowhere."""
    (_, block) = blocks_of(tmp_path, f"# One\n\n[it]({address})\n")
    assert block == Paragraph((Span("it", link=expected),))


def test_links_between_folders(tmp_path: Path) -> None:
    """A link is relative to the folder of its page."""
    handbook = book(tmp_path, {**_NESTED, "deep/three.md": "[a](../one.md) [b](../../one.md)"})
    links = page_of(handbook, "deep/three").links
    assert [each.link.section for each in links] == ["one", ""]


def test_page_is_read_when_it_is_needed(tmp_path: Path) -> None:
    """A page that cannot be read disturbs none of the others."""
    handbook = book(tmp_path, {"two.md": b"\xff"})
    pages = Pages(handbook)
    assert pages[handbook.by_id["one"]].text == "One\nThe first page."
    with pytest.raises(ContentError):
        pages[handbook.by_id["two"]]


def test_page_is_read_once(tmp_path: Path) -> None:
    """A page that was read stays as it was read."""
    handbook = book(tmp_path)
    pages = Pages(handbook)
    assert pages[handbook.by_id["one"]] is pages[handbook.by_id["one"]]


def test_page_without_a_title(tmp_path: Path) -> None:
    """A page without a first heading gets its title from the contents."""
    assert blocks_of(tmp_path, "## Part\n\nWords.\n")[0] == Heading(1, (Span("One"),))


@pytest.mark.parametrize("text", ["", "\n \n", "<!-- nothing yet -->", b"\xef\xbb\xbf"])
def test_empty_page(tmp_path: Path, text: str | bytes) -> None:
    """An empty page says that it is empty, under its title."""
    assert blocks_of(tmp_path, text) == (
        Heading(1, (Span("One"),)),
        Paragraph((Span("This page is empty."),)),
    )


def test_draft(tmp_path: Path) -> None:
    """A draft has a page that says that it is not written yet."""
    handbook = book(tmp_path, {"SUMMARY.md": "- [One](one.md)\n- [Soon]()\n"})
    assert page_of(handbook, "soon").text == "Soon\nThis page is not written yet."


def test_byte_order_mark_and_carriage_returns(tmp_path: Path) -> None:
    """Files saved on Windows read like any other."""
    summary = b"\xef\xbb\xbf# Summary\r\n\r\n# Part\r\n\r\n- [One](one.md)\r\n"
    handbook = book(
        tmp_path, {"SUMMARY.md": summary, "one.md": b"\xef\xbb\xbf# One\r\n\r\na\r\nb\r\n"}
    )
    assert handbook.sections == (Section("one", "One", "Part", "one.md"),)
    assert page_of(handbook, "one").text == "One\na b"


def test_what_is_indexed(tmp_path: Path) -> None:
    """Of a page that is searched, neither hidden lines of code count nor definitions of links."""
    page = "# One\n\n[a]\n\n[a]: gone.md\n[^b]: Note.\n\n```rust\n# hidden\nshown\n```\n"
    handbook = book(tmp_path, {"one.md": page})
    text = Pages(handbook).searchable(handbook.by_id["one"])
    assert text.split() == ["#", "One", "[a]", "[^b]:", "Note.", "```rust", "shown", "```"]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", True),
        ("[output.html]\nsmart-punctuation = false\n", False),
        ("[output.html]\ncurly-quotes = false\n", False),
        (None, False),
    ],
)
def test_smart_punctuation_is_usual(tmp_path: Path, settings: str | None, expected: bool) -> None:
    """Unless its book.toml says otherwise, a book is set with curly quotes, as mdBook sets it."""
    if settings is not None:
        (tmp_path / "book.toml").write_text(settings)
    assert read_settings(tmp_path).smart_punctuation == expected


def test_pages_out_of_the_search(tmp_path: Path) -> None:
    """Of a page that its book keeps out of the search, only the title can be found."""
    settings = """[book]
src = "."
[output.html.search.chapter]
"deep" = { enable = false }
"./deep/three.md" = { enable = true }
"two.md" = { enable = false }
"""
    pages = {
        "book.toml": settings,
        "SUMMARY.md": "- [One](one.md)\n- [Two](two.md)\n- [Three](deep/three.md)\n- [Four](deep/four.md)\n",
        "deep/three.md": "# Three\n\nSought.\n",
        "deep/four.md": "# Four\n\nSought.\n",
    }
    handbook = book(tmp_path, pages)
    texts = Pages(handbook)
    found = [bool(texts.searchable(each)) for each in handbook.sections]
    assert found == [True, False, True, False]


def test_hidden_text_is_not_searched(tmp_path: Path) -> None:
    """What a page does not show cannot be found, and all else can."""
    text = (
        "# One\n\n<div class='hidden'>\n\nSecret.\n\n</div>\n\nShown.\n\n```html\n<p hidden>\n```\n"
    )
    handbook = book(tmp_path, {"one.md": text})
    found = Pages(handbook).searchable(handbook.by_id["one"])
    assert "Secret" not in found
    assert "Shown." in found
    assert "<p hidden>" in found


def test_much_that_looks_hidden(tmp_path: Path) -> None:
    """A page made of the word takes no longer to be indexed than its length."""
    handbook = book(tmp_path, {"one.md": "# One\n\n<" + "hidden " * 100_000})
    assert Pages(handbook).searchable(handbook.by_id["one"]).count("hidden") == 100_000
