"""What can be asked of a handbook and of a page."""

from pathlib import Path

import pytest

from tui.handbook.blocks import (
    Heading,
    Link,
    Paragraph,
    Preformatted,
    Rule,
    Span,
    Style,
    Table,
    slug,
    spans_of,
)
from tui.handbook.model import Chapter, Handbook, Kind, Page, Roles, Section

_ONE = Section("one", "One", "A", "one.md")
_DRAFT = Section("draft", "Draft", "A", None)
_TWO = Section("two", "Two", "B", "b/two.md")
_BOOK = Handbook(
    "Book",
    Path("book"),
    (Chapter("A", (_ONE, _DRAFT)), Chapter("B", (_TWO,))),
    renamed={"2": "two"},
)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("checklists/before.md", Kind.CHECKLIST),
        ("exercises/row.md", Kind.EXERCISE),
        ("reference/glossary.md", Kind.REFERENCE),
        ("muscles/exercises/row.md", Kind.SECTION),
        ("checklists.md", Kind.SECTION),
        (None, Kind.SECTION),
    ],
)
def test_kind(path: str | None, expected: Kind) -> None:
    """The top folder says what a page is for."""
    assert Section("id", "Title", "", path).kind == expected


def test_order() -> None:
    """Sections come in reading order; those without a page cannot be read."""
    assert _BOOK.sections == (_ONE, _DRAFT, _TWO)
    assert _BOOK.readable == (_ONE, _TWO)
    assert _BOOK.by_path == {"one.md": _ONE, "b/two.md": _TWO}


@pytest.mark.parametrize(
    ("section_id", "step", "expected"),
    [
        ("one", 1, _TWO),
        ("two", -1, _ONE),
        ("two", 1, None),
        ("one", -1, None),
        ("draft", 1, None),
        ("unknown", 1, None),
    ],
)
def test_beside(section_id: str, step: int, expected: Section | None) -> None:
    """The next and previous page pass over drafts and end with the book."""
    assert _BOOK.beside(section_id, step) == expected


def test_renamed() -> None:
    """A page that had to change its id is still found by its old one."""
    assert [_BOOK.get(each) for each in ("2", "two", "3")] == [_TWO, _TWO, None]


@pytest.mark.parametrize(
    ("first_page", "expected"), [("two", _TWO), ("", _ONE), ("draft", _ONE), ("unknown", _ONE)]
)
def test_first_page(first_page: str, expected: Section) -> None:
    """The first page is the one that the book names, else its first that can be read."""
    book = Handbook("Book", Path(), _BOOK.chapters, Roles(first_page=first_page))
    assert book.first == expected


def test_no_page_at_all() -> None:
    """A book of drafts has no first page."""
    assert Handbook("Book", Path(), (Chapter("A", (_DRAFT,)),)).first is None


@pytest.mark.parametrize(
    ("address", "section", "external", "leads"),
    [
        ("https://example.org", "", True, True),
        ("mailto:coach@example.org", "", True, True),
        ("two.md", "two", False, True),
        ("gone.md", "", False, False),
        ("/etc/passwd", "", False, False),
    ],
)
def test_where_links_lead(address: str, section: str, external: bool, leads: bool) -> None:
    """A link leads to a section or out of the book, or nowhere."""
    link = Link(address, section)
    assert (link.external, link.leads) == (external, leads)


def test_links_of_a_page() -> None:
    """Each link counts once, whatever styles it has, in reading order, also one that leads nowhere."""
    one, two, dead = Link("one.md", "one"), Link("two.md", "two"), Link("gone.md")
    blocks = (
        Paragraph(
            (
                Span("See "),
                Span("page ", link=one),
                Span("one", Style.STRONG, one),
                Span("two", link=two),
                Span("gone", link=dead),
            )
        ),
        Table((((Span("Head"),), (Span("x"),)), ((Span("a"),), (Span("two", link=two),)))),
    )
    placed = Page(_ONE, blocks).links
    found = [(each.link, each.text, each.block, each.start) for each in placed]
    assert found == [
        (one, "page one", 0, 4),
        (two, "two", 0, 12),
        (dead, "gone", 0, 15),
        (two, "two", 1, 9),
    ]


def test_two_links_to_one_page() -> None:
    """Two links side by side are two, even with the same address."""
    spans = (Span("a", link=Link("one.md", "one")), Span("b", link=Link("one.md", "one")))
    assert [each.text for each in Page(_ONE, (Paragraph(spans),)).links] == ["a", "b"]


def test_text_of_a_page() -> None:
    """The words of a page are those of its blocks, a line each, without markup."""
    blocks = (
        Heading(1, (Span("Title"),)),
        Paragraph((Span("Some "), Span("bold", Style.STRONG))),
        Rule(),
        Preformatted("a\n  b"),
        Table((((Span("h1"),), (Span("h2"),)), ((Span("c1"),), (Span("c2"),)))),
    )
    assert Page(_ONE, blocks).text == "Title\nSome bold\na\n  b\nh1\th2\nc1\tc2"


def test_places_of_spans() -> None:
    """A span's place counts characters of the block's text, in tables too."""
    table = Table((((Span("ab"),), (Span("c"),)), ((Span("d"), Span("e")), ())))
    places = [(at, span.text) for at, span in spans_of(table)]
    assert places == [(0, "ab"), (3, "c"), (5, "d"), (6, "e")]
    assert all(table.text[at : at + len(text)] == text for at, text in places)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aortic dissection", "aortic-dissection"),
        ("What helps?", "what-helps"),
        ("  Run tall: why  ", "run-tall-why"),
        ("A & B", "a--b"),
        ("snake_case-word", "snake_case-word"),
        ("Übung", "übung"),
        ("?!", ""),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    """Anchors are made as GitHub and mdBook make them."""
    assert slug(text) == expected


def test_anchors() -> None:
    """An anchor finds its heading, and one that no heading has finds the top."""
    blocks = (
        Heading(1, (Span("Top"),)),
        Paragraph((Span("x"),)),
        Heading(2, (Span("What helps?"),)),
    )
    page = Page(_ONE, blocks)
    assert [page.block_of(each) for each in ("what-helps", "unknown", "")] == [2, 0, 0]
