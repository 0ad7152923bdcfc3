"""A page's Markdown becomes blocks with inline spans."""

import pytest

from tui.handbook.blocks import (
    Block,
    Container,
    Description,
    Heading,
    Link,
    ListItem,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Span,
    Style,
    Table,
)
from tui.handbook.markdown import parse
from tui.handbook.safe_text import visible


def _blocks(text: str) -> tuple[Block, ...]:
    return parse(text, Link).blocks


def _outline(text: str) -> list[tuple[str, str]]:
    """The markers that each block stands behind, in brackets where it opens no item, and its text."""
    return [("".join(_mark(each) for each in block.inside), block.text) for block in _blocks(text)]


def _mark(container: Container) -> str:
    if isinstance(container, Description):
        return "=" if container.term else ":"
    if isinstance(container, Quote):
        return ">"
    return container.marker if container.opens else f"({container.marker})"


def test_headings() -> None:
    """Headings have their level, whichever way they are written."""
    text = "# One\n\nTwo\n===\n\n## Three *x* ##\n\nFour\n---\n\n###### Six\n"
    assert _blocks(text) == (
        Heading(1, (Span("One"),)),
        Heading(1, (Span("Two"),)),
        Heading(2, (Span("Three "), Span("x", Style.EMPHASIS))),
        Heading(2, (Span("Four"),)),
        Heading(6, (Span("Six"),)),
    )


def test_paragraphs() -> None:
    """A line break in a paragraph is a space; two spaces or a backslash before it keep it."""
    assert _blocks("a\nb\n\nc  \nd\\\ne\n") == (
        Paragraph((Span("a b"),)),
        Paragraph((Span("c\nd\ne"),)),
    )


def test_lists() -> None:
    """Items carry the marker of their list; numbers count from the first."""
    assert _outline("- a\n- b\n\n<!-- -->\n\n3. c\n4. d\n9. e\n\n* f\n") == [
        ("-", "a"),
        ("-", "b"),
        ("3.", "c"),
        ("4.", "d"),
        ("5.", "e"),
        ("-", "f"),
    ]


def test_nested_lists() -> None:
    """An item's further blocks and lists stand inside it without its marker."""
    assert _outline("1. a\n\n   b\n\n   - c\n     - d\n   - e\n2. f\n") == [
        ("1.", "a"),
        ("(1.)", "b"),
        ("(1.)-", "c"),
        ("(1.)(-)-", "d"),
        ("(1.)-", "e"),
        ("2.", "f"),
    ]


def test_list_that_opens_with_a_list() -> None:
    """Markers of items that begin at one place stand together."""
    assert _outline("- 1. a\n  2. b\n") == [("-1.", "a"), ("(-)2.", "b")]


@pytest.mark.parametrize(
    ("text", "tight"),
    [
        ("- a\n- b\n", [True, True]),
        ("- a\n\n- b\n", [False, False]),
        ("- > a\n- > b\n", [True, True]),
        ("- a\n\n  b\n", [False, False]),
        ("- a\n  - b\n\n  - c\n- d\n", [True, False, False, True]),
    ],
)
def test_tight_and_loose(text: str, tight: list[bool]) -> None:
    """Items stand apart only where the author parted them by blank lines."""
    items = [
        [each for each in block.inside if isinstance(each, ListItem)][-1] for block in _blocks(text)
    ]
    assert [item.tight for item in items] == tight


def test_task_items() -> None:
    """Boxes before an item are its marker, ticked or not; elsewhere they are text."""
    assert _outline("- [ ] **a** b\n- [x] c\n- [X]  d\n- [y] e\n- [ ]\n\n[ ] f\n\n1. [ ] g\n") == [
        ("[ ]", "a b"),
        ("[x]", "c"),
        ("[x]", "d"),
        ("-", "[y] e"),
        ("-", "[ ]"),
        ("", "[ ] f"),
        ("1.", "[ ] g"),
    ]


def test_quotes() -> None:
    """Quotes hold any block, other quotes too."""
    assert _outline("> # a\n>\n> - b\n>\n> > c\n\nd\n") == [
        (">", "a"),
        (">-", "b"),
        (">>", "c"),
        ("", "d"),
    ]


def test_tables() -> None:
    """A table's cells hold spans; the first row is the header and sets how many there are."""
    text = "| a | *b* |\n|---|:-:|\n| `c` | [d](d.md) |\n| e |\n| f | g \\| h | i |\n"
    assert _blocks(text) == (
        Table(
            (
                ((Span("a"),), (Span("b", Style.EMPHASIS),)),
                ((Span("c", Style.CODE),), (Span("d", link=Link("d.md")),)),
                ((Span("e"),), ()),
                ((Span("f"),), (Span("g | h"),)),
            ),
            aligned=("", "center"),
        ),
    )


def test_line_breaks_in_cells() -> None:
    """A cell is one line, whatever it is written with."""
    (table,) = _blocks("| a |\n|---|\n| b<br>c&#10;d |\n")
    assert table.text == "a\nb c d"


def test_preformatted() -> None:
    """Fenced and indented text stands as it is; a fence names its language."""
    text = "```python\na  <b>\n\n  *c*\n```\n\n~~~\n~~~\n\n    d\n\n    e\n"
    assert _blocks(text) == (
        Preformatted("a  <b>\n\n  *c*", language="python"),
        Preformatted(""),
        Preformatted("d\n\ne"),
    )


def test_preformatted_in_a_list() -> None:
    """An item's fenced text stands inside the item."""
    assert _outline("- a\n\n  ```\n  b\n  ```\n") == [("-", "a"), ("(-)", "b")]


def test_rules() -> None:
    """A rule is a rule, however it is written."""
    assert _blocks("***\n\n---\n\n_ _ _\n") == (Rule(), Rule(), Rule())


def test_footnotes() -> None:
    """A footnote's number stands in the text and before the note, which comes last."""
    text = "a[^x] b[^y] c[^x]\n\n[^y]: Second.\n\n[^x]: First.\n\n    More.\n\n# End\n"
    assert _outline(text) == [
        ("", "a[1] b[2] c[1]"),
        ("", "End"),
        ("[1]", "First."),
        ("([1])", "More. ↩ ↩2"),
        ("[2]", "Second. ↩"),
    ]


def test_footnote_without_a_note() -> None:
    """A footnote that nobody wrote stands as its author typed it."""
    assert _outline("a[^x]\n") == [("", "a[^x]")]


@pytest.mark.parametrize("text", ["", "\n\n", "<!-- only this -->", "[a]: b.md", "-\n-\n"])
def test_nothing_to_show(text: str) -> None:
    """A page of nothing, or of what is not shown, has no blocks."""
    assert _blocks(text) == ()


@pytest.mark.parametrize("count", [10, 5_000])
@pytest.mark.parametrize("start", ["> ", "- ", "1. ", "- > "])
def test_deep_nesting(start: str, count: int) -> None:
    """However deep a page nests, it is read soon, and what lies too deep is still shown."""
    blocks = _blocks(f"before\n\n{start * count}deep\n\nafter\n")
    assert [block.text.rpartition(" ")[2] for block in blocks] == ["before", "deep", "after"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "*a " * 20_000,
        "![" * 10_000,
        "<" * 20_000,
        "`" * 20_000 + " `",
        "a\n" * 50_000,
    ],
)
@pytest.mark.timeout(20)
def test_pages_made_to_be_slow(text: str) -> None:
    """A page that would keep a careless parser busy for minutes is read, and all its text kept."""
    (block,) = _blocks(text)
    assert "".join(block.text.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "character", ["\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\ufeff", "\x7f"]
)
def test_strange_characters(character: str) -> None:
    """Control and format characters are made visible in the text of every kind of block."""
    shown = visible(character)
    text = f"# a{character}b\n\nc{character}d\n\n```\ne{character}f\n```\n"
    assert [block.text for block in _blocks(text)] == [
        f"a{shown}b",
        f"c{shown}d",
        f"e{shown}f",
    ]
