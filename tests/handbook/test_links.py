"""An address leads to the page it means, however mdBook lets one write it."""

from pathlib import Path

import pytest

from tests.small_book import book, page_of
from tui.handbook.blocks import Link
from tui.handbook.links import resolve, why_not

_FILES = {
    "SUMMARY.md": "- [One](one.md)\n- [Deep](deep/README.md)\n- [Three](deep/three.md)\n",
    "deep/README.md": "# Deep\n",
    "deep/three.md": "# Three\n",
    "deep/code.rs": "",
}


@pytest.mark.parametrize(
    ("address", "section", "anchor"),
    [
        ("../one.html", "one", ""),
        ("../one.html?search=x#part", "one", "part"),
        ("../one", "one", ""),
        ("/one.md", "one", ""),
        ("/deep/three.html", "deep/three", ""),
        (".", "deep/README", ""),
        ("./", "deep/README", ""),
        ("../deep", "deep/README", ""),
        ("../deep/#part", "deep/README", "part"),
        ("index.html", "deep/README", ""),
        ("index.md", "deep/README", ""),
        ("README.html", "deep/README", ""),
        ("#%E4%B8%AD", "deep/three", "中"),
        ("../two.html", "", ""),
        ("../one.txt", "", ""),
    ],
)
def test_ways_to_write_an_address(tmp_path: Path, address: str, section: str, anchor: str) -> None:
    """`.html`, folders, their index pages, absolute paths: as they work in the built book."""
    handbook = book(tmp_path, _FILES)
    link = resolve(handbook, handbook.by_id["deep/three"], address)
    assert link == Link(address, section, anchor)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("gone.md", "This book has no page deep/gone.md"),
        ("code.rs", "This leads to a file of the book that is no page: deep/code.rs"),
        ("book.pdf", "This leads to a file that is not here: deep/book.pdf"),
        (
            "../../std/vec.html",
            "This leads to another book, not to a page of this one: ../../std/vec.html",
        ),
        ("//example.org/x", "This leads to a web page: https://example.org/x"),
    ],
)
def test_links_that_cannot_be_followed(tmp_path: Path, address: str, said: str) -> None:
    """It is said why."""
    handbook = book(tmp_path, _FILES)
    section = handbook.by_id["deep/three"]
    assert why_not(handbook, section, resolve(handbook, section, address)) == said


def test_anchors(tmp_path: Path) -> None:
    """Headings of one name are numbered; names that the author gives lead there too."""
    page = """# One

## Part
## Part
## Part {#own .red}
## 部分

Words with <a id="here"></a> a name.

<dl>
<dt id="term">Term</dt>
<dd>What it is.</dd>
</dl>

Said.[^1]

[^1]: Note.
"""
    handbook = book(tmp_path, {"one.md": page})
    shown = page_of(handbook, "one")
    names = ("part", "part-1", "part-2", "own", "部分", "here", "term", "to-1", "footnote-1")
    texts = [shown.blocks[shown.block_of(name)].text.split("\n")[0] for name in names]
    assert texts == [
        *("Part", "Part", "Part", "Part", "部分"),
        *("Words with  a name.", "Term", "Said.[1]", "Note. ↩"),
    ]
    assert shown.block_of("own") == shown.block_of("part") + 2
    assert [each.link.anchor for each in shown.links] == ["footnote-1", "to-1"]


def test_several_ways_back(tmp_path: Path) -> None:
    """From a footnote a link leads back to each place that refers to it."""
    text = "# One\n\nHere.[^a]\n\nThere.[^a]\n\n[^a]: Note.\n"
    page = page_of(book(tmp_path, {"one.md": text}), "one")
    assert page.blocks[-1].text == "Note. ↩ ↩2"
    back = [page.blocks[page.block_of(each.link.anchor)].text for each in page.links[2:]]
    assert back == ["Here.[1]", "There.[1]"]


def test_anchors_below_a_title_of_ours(tmp_path: Path) -> None:
    """They lead right where the title comes from the contents."""
    handbook = book(tmp_path, {"one.md": "Words.\n\n<a id='x'></a>Here.\n"})
    page = page_of(handbook, "one")
    assert page.blocks[page.block_of("x")].text == "Here."


@pytest.mark.parametrize("heading", ["## One", "### *One*"])
def test_title_of_another_level(tmp_path: Path, heading: str) -> None:
    """A first heading that says what the title says is the title."""
    page = page_of(book(tmp_path, {"one.md": f"{heading}\n\nWords.\n"}), "one")
    assert [block.text for block in page.blocks] == ["One", "Words."]


def test_rules_of_a_specification(tmp_path: Path) -> None:
    """In a book whose settings say so, `r[name]` names a place that links lead to by that name."""
    files = {
        "book.toml": '[book]\nsrc = "."\n[preprocessor.spec]\n',
        "one.md": "# One\n\n[go][two.rule], [std::vec], [gone.rule]\n\n[two.rule]: two.rule\n[std::vec]: std::vec\n[gone.rule]: gone.rule\n",
        "two.md": "# Two\n\nWords.\n\nr[two.rule]\nSo it is.\n\n> [!EXAMPLE]\n> a\n",
    }
    handbook = book(tmp_path, files)
    go, library, gone = (each.link for each in page_of(handbook, "one").links)
    two = page_of(handbook, "two")
    assert go == Link("two.rule", "two", "r-two.rule")
    assert [block.text for block in two.blocks[two.block_of(go.anchor) :]] == [
        *("[two.rule]", "So it is.", "Example", "a"),
    ]
    section = handbook.by_id["one"]
    assert why_not(handbook, section, library).endswith("Rust's library: std::vec")
    assert why_not(handbook, section, gone) == "This book has no page gone.rule"
    plain = book(tmp_path / "plain", {"one.md": "r[a.b]\nWords.\n"})
    assert page_of(plain, "one").text == "One\nr[a.b] Words."


def test_terms(tmp_path: Path) -> None:
    """A term can be linked to by its words or the name that its author gives it, as a heading can."""
    text = """# One

apple
: Fruit.

## Apple

pear {#own}
: Fruit.

apple
: Firm.

## Plum {#stone}
## Stone
"""
    page = page_of(book(tmp_path, {"one.md": text}), "one")
    shown = [page.blocks[page.block_of(name)].text for name in ("apple", "apple-1", "own", "stone")]
    assert shown == ["apple", "Apple", "pear", "Plum"]
    assert page.blocks[page.block_of("apple-2") + 1].text == "Firm."


_MOVED = """[book]
src = "."
[output.html.redirect]
"old.html" = "one.html"
"/deep/old.html" = "../two.html"
"/older.html" = "deep/old.html"
"/two.html#gone" = "one.html#part"
"/one.html#there" = "#part"
"/out.html" = "https://example.org/"
"/above.html" = "../std/vec.html"
"/round.html" = "round.html"
"/script.html" = "javascript:alert(1)"
"/file.html" = "file:///etc/passwd"
"""


@pytest.mark.parametrize(
    ("address", "section", "anchor"),
    [
        ("old.md", "one", ""),
        ("old.html#part", "one", "part"),
        ("deep/old.html", "two", ""),
        ("older.html#gone", "one", "part"),
        ("two.md#gone", "one", "part"),
        ("two.md#kept", "two", "kept"),
        ("#there", "one", "part"),
        ("round.html", "", ""),
        ("script.html", "", ""),
        ("file.html", "", ""),
        ("none.html", "", ""),
    ],
)
def test_pages_that_moved(tmp_path: Path, address: str, section: str, anchor: str) -> None:
    """Where a book says that a page, or a part of one, has moved, a link to the old place leads there."""
    handbook = book(tmp_path, {"book.toml": _MOVED})
    link = resolve(handbook, handbook.by_id["one"], address)
    assert (link.section, link.anchor, link.external) == (section, anchor, False)


def test_pages_that_moved_elsewhere(tmp_path: Path) -> None:
    """Out of the book, it is said where they are; a page that moved is found by its earlier id."""
    handbook = book(tmp_path, {"book.toml": _MOVED})
    section = handbook.by_id["one"]
    assert resolve(handbook, section, "out.html") == Link("https://example.org/")
    assert why_not(handbook, section, resolve(handbook, section, "above.html")).startswith(
        "This leads to another book"
    )
    moved = handbook.get("older")
    assert moved is not None
    assert (moved.id, handbook.get("none"), handbook.get("out")) == ("two", None, None)


def test_address_of_a_page_that_moved(tmp_path: Path) -> None:
    """It is safe to show."""
    settings = '[book]\nsrc = "."\n[output.html.redirect]\n"old.html" = "../\\u001b[2J.html"\n'
    handbook = book(tmp_path, {"book.toml": settings})
    section = handbook.by_id["one"]
    said = why_not(handbook, section, resolve(handbook, section, "old.html"))
    assert said.endswith("/../^[[2J.html")
