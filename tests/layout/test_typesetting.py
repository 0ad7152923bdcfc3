"""How each kind of block is set."""

import pytest
from rich.cells import cell_len

from tui.handbook.blocks import Block, Link, Paragraph, Preformatted, Span, Style
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.handbook.markdown import parse
from tui.handbook.model import Page, Section
from tui.layout.typesetting import Role, TypesetPage, typeset
from tui.layout.wrapping import MEASURE

_SECTION = Section("one", "One", "", "one.md")


def _typeset(blocks: list[Block] | tuple[Block, ...], width: int = 72) -> TypesetPage:
    return typeset(Page(_SECTION, tuple(blocks)), width)


def _shown(markdown: str, width: int = 72) -> list[str]:
    blocks = parse(markdown, lambda address: Link(address, "two")).blocks
    return [line.text.rstrip() for line in _typeset(blocks, width).lines]


def test_empty_page() -> None:
    """A page without blocks has no lines, and its only place is its beginning."""
    page = _typeset([])
    assert (page.lines, page.place_of(3), page.row_of(0, 0)) == ((), (0, 0), 0)


def test_measure() -> None:
    """Running text keeps to a measure that does not tire the eye, however wide the screen."""
    lines = _shown("word " * 100, 200)
    assert max(map(len, lines)) <= MEASURE
    assert max(map(len, lines)) > MEASURE - 5


def test_roles() -> None:
    """A line knows what part of the page it belongs to."""
    blocks = parse("# A\n\n## B\n\n### C\n\n#### D\n\nE\n\n```\nF\n```\n\n---\n", Link).blocks
    roles = {line.text[:1]: line.role for line in _typeset(blocks).lines if line.text}
    assert roles == {
        "A": Role.TITLE,
        "B": Role.HEADING,
        "C": Role.SUBHEADING,
        "D": Role.SUBHEADING,
        "E": Role.BODY,
        "F": Role.CODE,
        "─": Role.RULE,
    }


@pytest.mark.parametrize(
    ("markdown", "width", "expected"),
    [
        ("# A\n\nb\nc\n", 20, ["A", "", "b c"]),
        ("- one two three\n- b\n", 10, ["• one two", "  three", "• b"]),
        ("- a\n\n- b\n", 20, ["• a", "", "• b"]),
        ("9. one two\n10. one two three\n", 12, ["9. one two", "10. one two", "    three"]),
        ("- a\n  - one two\n    1. b\n- c\n", 16, ["• a", "  • one two", "    1. b", "• c"]),
        ("- a\n\n  b\n", 20, ["• a", "", "  b"]),
        ("- [ ] one two\n- [x] a\n", 12, ["[ ] one two", "[x] a"]),
        ("- [ ] one two three\n", 12, ["[ ] one two", "    three"]),
        ("> one two three\n> > a\n", 12, ["│ one two", "│ three", "", "│ │ a"]),
        ("> - one two\n", 12, ["│ • one two"]),
        ("> - one two three\n", 12, ["│ • one two", "│   three"]),
        ("a\\\nb<br>c\n", 20, ["a", "b", "c"]),
        ("```\na  b\n\tc\n```\n", 20, ["a  b", "    c"]),
        ("```\nabcdefghij\n```\n", 8, ["abcdefgh", "ij"]),
        ("```\nabcdefghijklmnopqr\n```\n", 9, ["abcdefghi", "↪ jklmnop", "↪ qr"]),
        ("```rust,should_panic\na\n```\n", 20, ["rust, panics", "a"]),
        ("```text\na\n```\n", 20, ["a"]),
        (
            "a\n: b\n: c\n\n    d\n\ne\n: f\n",
            20,
            ["a", "    b", "", "    c", "", "    d", "", "e", "    f"],
        ),
        ("|a|b|c|\n|-:|:-:|-|\n|dd|eee|f|\n", 20, [" a   b   c", "──  ───  ─", "dd  eee  f"]),
        ("```\nab\tc\n```\n", 20, ["ab  c"]),
        ("a\x1b[2J `\u202e`\n", 20, ["a^[[2J <U+202E>"]),
        ("---\n", 9, ["─────────"]),
        ("a[^1]\n\n[^1]: one two\n", 12, ["a[1]", "", "[1] one two", "    ↩"]),
    ],
)
def test_examples(markdown: str, width: int, expected: list[str]) -> None:
    """Markers hang before their items, bars before quotes; preformatted text stands as it is."""
    assert _shown(markdown, width) == expected


def test_deep_nesting() -> None:
    """However deep a text is nested, it keeps some cells of the line, and the nearest marker."""
    lines = _shown("- " * 18 + "one two three", 20)
    assert [line.split() for line in lines] == [["•"] * 6 + ["one", "two"], ["three"]]


_TABLE = "| Name | What it does |\n|---|---|\n| Row | pulls *back* |\n| Plank |\n"


def test_table_that_fits() -> None:
    """A table's columns stand in line, its header over a rule."""
    assert _shown(_TABLE) == [
        "Name   What it does",
        "─────  ────────────",
        "Row    pulls back",
        "Plank",
    ]


def test_columns_of_wide_characters() -> None:
    """Columns stand in line, whatever the characters' width."""
    lines = _shown("| 漢字 | b |\n|---|---|\n| a | c |\n| \x1b | ☎\ufe0f |\n")
    assert lines == ["漢字  b", "────  ──", "a     c", "^[    ☎\ufe0f"]


def test_table_with_a_long_last_column() -> None:
    """Where the others leave it room enough, the last column is broken to what there is."""
    table = "| Key | What it does |\n|---|---|\n| Tab | goes on to the other of the panes |\n"
    assert _shown(table, 25) == [
        "Key  What it does",
        "───  ────────────────────",
        "Tab  goes on to the other",
        "     of the panes",
    ]


def test_table_that_does_not_fit() -> None:
    """A table that is too wide becomes lines of `Header: value`, a blank line between its rows."""
    assert _shown(_TABLE, 15) == [
        "Name: Row",
        "What it does:",
        "pulls back",
        "",
        "Name: Plank",
        "What it does:",
    ]


def test_table_with_only_a_header() -> None:
    """A header that is too wide is shown even when there is nothing under it."""
    assert _shown("| One two three | Four |\n|---|---|\n", 10) == ["One two", "three", "Four"]


def test_links_keep_their_places() -> None:
    """A link can be followed from every line that shows a part of it."""
    lines = _typeset(
        parse("Go to [the other page](two.md).", lambda a: Link(a, "two")).blocks, 12
    ).lines
    linked = [[piece.text for piece in line.pieces if piece.link] for line in lines]
    assert linked == [["the"], ["other page"]]


@pytest.mark.parametrize("width", [20, 40, 72, 160])
def test_own_book(width: int) -> None:
    """Every page of our book keeps to the width, and every place on it is found again."""
    handbook = load_handbook(OWN_BOOK)
    pages = Pages(handbook)
    for section in handbook.readable:
        page = typeset(pages[section], width)
        assert [line.text for line in page.lines if cell_len(line.text) > width] == []
        for row, line in enumerate(page.lines):
            if line.text and line.role not in (Role.RULE, Role.DRAWING):
                found = page.row_of(*page.place_of(row))
                above_caption = page.lines[found].role is Role.DRAWING
                assert found == row or above_caption, (section.path, line.text)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "block",
    [
        Paragraph(tuple(Span("a ", Style.STRONG) for _ in range(50_000))),
        Paragraph((Span("^[ " * 50_000),)),
        Preformatted("a" * 1_000_000),
        Preformatted(" " * 200_000),
    ],
)
def test_long_blocks(block: Block) -> None:
    """A block as long as a book is set in one pass."""
    assert len(_typeset([block]).lines) > 1_000


def test_right_to_left() -> None:
    """A page that is read from right to left stands at the right; its code and rules do not move."""
    blocks = parse("אבג\n\n```text\nab\n```\n\n---\n", Link).blocks
    page = Page(Section("a", "A", "", "a.md"), blocks, right_to_left=True)
    lines = [line.text for line in typeset(page, 8).lines]
    assert lines == ["     אבג", "", "ab", "", "────────"]


@pytest.mark.parametrize("text", ["漢", "漢字", "a漢", "ab"])
@pytest.mark.parametrize("width", [0, 1, 2])
def test_code_in_a_narrow_window(text: str, width: int) -> None:
    """A character too wide for the window stands alone in its line."""
    lines = _typeset([Preformatted(text)], width).lines
    assert "".join(line.text for line in lines) == text
