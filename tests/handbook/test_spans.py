"""Styles, links, images and raw HTML within a block."""

import pytest

from tui.handbook.blocks import Block, Link, Paragraph, Span, Style
from tui.handbook.markdown import parse


def _blocks(text: str) -> tuple[Block, ...]:
    return parse(text, Link).blocks


def _spans(text: str) -> tuple[Span, ...]:
    (block,) = _blocks(text)
    assert isinstance(block, Paragraph)
    return block.spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**a**", (Span("a", Style.STRONG),)),
        ("*a* _b_", (Span("a", Style.EMPHASIS), Span(" "), Span("b", Style.EMPHASIS))),
        ("~~a~~", (Span("a", Style.STRIKE),)),
        ("`a  *b*`", (Span("a  *b*", Style.CODE),)),
        ("***a***", (Span("a", Style.STRONG | Style.EMPHASIS),)),
        (
            "**a *b* `c` d**",
            (
                Span("a ", Style.STRONG),
                Span("b", Style.STRONG | Style.EMPHASIS),
                Span(" ", Style.STRONG),
                Span("c", Style.STRONG | Style.CODE),
                Span(" d", Style.STRONG),
            ),
        ),
        ("**a __b__ c**", (Span("a b c", Style.STRONG),)),
        ("a \\*b\\* &amp; &lt;c&gt; ©", (Span("a *b* & <c> ©"),)),
    ],
)
def test_styles(text: str, expected: tuple[Span, ...]) -> None:
    """Strong, emphasis, strike and code, also inside one another; escapes stand for themselves."""
    assert _spans(text) == expected


def test_links() -> None:
    """A link's text keeps its styles, and its address is resolved."""
    link = Link("two.md#part")
    assert _spans("See [page **two**](two.md#part 'on hover').") == (
        Span("See "),
        Span("page ", link=link),
        Span("two", Style.STRONG, link),
        Span("."),
    )
    assert _spans("<https://example.org>") == (
        Span("https://example.org", link=Link("https://example.org")),
    )
    assert _spans("[a][1]\n\n[1]: <one two.md>\n") == (Span("a", link=Link("one%20two.md")),)


def test_links_that_lead_nowhere() -> None:
    """An address that the book does not know leaves plain text."""
    (block,) = parse("See [it](gone.md) there.", lambda _: None).blocks
    assert block == Paragraph((Span("See it there."),))


@pytest.mark.parametrize("address", ["javascript:x", "file:///etc/passwd", "data:text/html,x"])
def test_dangerous_links(address: str) -> None:
    """A script or a local file is never a link."""
    assert all(span.link is None for span in _spans(f"[a]({address})"))


def test_images() -> None:
    """An image shows as what its author says it shows, in one line, and where it lies."""
    assert _spans("![a *red*\n`spot`](map.png) b") == (Span("[picture: a red spot (map.png)] b"),)
    shown = "[picture: map (map.png)]"
    assert _spans("[![map](map.png)](map.md)") == (Span(shown, link=Link("map.md")),)
    assert _spans("![](a%20b.png)") == (Span("[picture: a b.png]"),)
    assert _blocks("![](<>)") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<div>\nSome **words**\n</div>", ["Some **words**"]),
        ("<div>\n\nSome *words*\n\n</div>", ["Some words"]),
        ("<p>Tom &amp; Ann</p>", ["Tom & Ann"]),
        ("<p>One<br>two</p>", ["One\ntwo"]),
        ("a <b class='x'>b</b> <!-- c --> d", ["a b  d"]),
        ("a<br>b<BR />c", ["a\nb\nc"]),
        ("<script>alert(1)</script>", []),
        ("<style>\np { color: red }\n</style>\n\na", ["a"]),
        ("<?php x ?>", []),
        ("<!DOCTYPE html>", []),
        ("<img src='a.png' alt='b'>", ["[picture: b (a.png)]"]),
        ("<table>\n<tr><td>a</td>\n<td>b</td></tr>\n</table>", ["a\tb"]),
        ("<p>x<sup>2</sup> <kbd>Esc</kbd>", ["x^2 Esc"]),
        (
            "<Listing number='4' caption='A `Vec<T>`.' file-name='a.rs'>\n\nb\n\n</Listing>",
            ["Filename: a.rs", "b", "Listing 4: A Vec<T>."],
        ),
        ("1 < 2 and 3 > 2", ["1 < 2 and 3 > 2"]),
    ],
)
def test_raw_html(text: str, expected: list[str]) -> None:
    """Raw HTML shows as its text, or as nothing where it has none."""
    assert [block.text for block in _blocks(text)] == expected


def test_comments() -> None:
    """Comments are shown nowhere; those of the page and those of a paragraph can be asked for."""
    text = "<!-- resets: week -->\n\n- [ ] a b <!-- id: ab -->\n\n<!--\nmore\n\nlines -->\n"
    blocks, comments, _ = parse(text, Link)
    assert comments == ("resets: week", "more\n\nlines")
    assert [(block.text, getattr(block, "comments", ())) for block in blocks] == [
        ("a b", ("id: ab",))
    ]
