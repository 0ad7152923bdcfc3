"""What pages of other books hold beyond ours: lists of descriptions, alerts, HTML, code."""

from types import MappingProxyType

import pytest

from tui.handbook.blocks import (
    Description,
    Link,
    Paragraph,
    Preformatted,
    Quote,
    Span,
    Style,
)
from tui.handbook.markdown import parse
from tui.handbook.model import BookSettings


def _texts(text: str) -> list[str]:
    return [block.text for block in parse(text, Link).blocks]


@pytest.mark.parametrize(
    "text",
    [
        "Term\n: What it is.\n\n    More.\n\nOther\n: That.\n",
        "<dl>\n<dt>Term</dt>\n<dd>What it is.\n\nMore.\n</dd>\n<dt>Other\n<dd>That.\n</dl>\n",
        "<dl><dt>Term<dd><p>What it is.</p><p>More.</p><dt>Other</dt><dd>That.</dd></dl>",
    ],
)
def test_descriptions(text: str) -> None:
    """Terms and what is said of them, in Markdown and in HTML, also across blank lines."""
    term, first, more, other, that = parse(f"{text}\n\nAfter.\n", Link).blocks[:-1]
    assert term == Paragraph((Span("Term", Style.STRONG),), (Description(True, True),))
    assert first == Paragraph((Span("What it is."),), (Description(False, True),))
    assert more == Paragraph((Span("More."),), (Description(False, False),))
    assert (other.text, that.text) == ("Other", "That.")


def test_what_follows_a_list_of_descriptions() -> None:
    """The list ends where its author ends it."""
    assert parse("<dl>\n<dt>a\n</dl>\n\nb\n", Link).blocks[1].inside == ()


def test_alerts() -> None:
    """An alert is a quote that begins with its kind."""
    text = "> [!NOTE]\n> Words.\n\n> [!other]\n> a\n\n> [!TIP] b\n"
    note, words, other, tip = parse(text, Link).blocks
    assert note == Paragraph((Span("Note", Style.STRONG),), (Quote(),))
    assert words == Paragraph((Span("Words."),), (Quote(),))
    assert (other.text, tip.text) == ("[!other] a", "[!TIP] b")


def test_boxes() -> None:
    """What mdBook sets apart in a box is set apart."""
    box, after = parse("<div class='warning'>\n\nHot.\n\n</div>\n\nCold.\n", Link).blocks
    assert (box.inside, after.inside) == ((Quote(),), ())


def test_heading_attributes() -> None:
    """They are not shown; braces that are none are."""
    assert _texts("# A {#a .b c=d}\n\n## B {}\n\n## C {x y}\n") == ["A", "B {}", "C {x y}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~a~ b", (Span("a", Style.STRIKE), Span(" b"))),
        ("~~a~~", (Span("a", Style.STRIKE),)),
        ("~5 to ~6 km, a~b~c", (Span("~5 to ~6 km, a~b~c"),)),
    ],
)
def test_one_tilde(text: str, expected: tuple[Span, ...]) -> None:
    """One tilde on each side strikes out, too."""
    assert parse(text, Link).blocks == (Paragraph(expected),)


def test_html_tables() -> None:
    """A table of HTML is a table, its tags closed or not."""
    text = "<table>\n<tr><th>A<th align='right'>B\n<tr><td><b>c</b></td><td><p>d</p></td></tr>\n</table>\n"
    (table,) = parse(text, Link).blocks
    assert (table.text, getattr(table, "aligned", ())) == ("A\tB\nc\td", ("", "right"))


def test_unsafe_addresses() -> None:
    """HTML brings in no link that Markdown may not."""
    (block,) = parse("<a href='javascript:x'>a</a> <a href='b.md'>b</a>", Link).blocks
    assert block == Paragraph((Span("a "), Span("b", link=Link("b.md"))))


def test_quoted_signs_in_tags() -> None:
    """A tag ends where it ends, not at a `>` within quotes."""
    assert _texts("<p title='a > b \"'>c</p>") == ["c"]


@pytest.mark.parametrize(
    "text",
    [
        "</li></ul></table></pre></b>a",
        "<ul><li>a",
        "<table><tr><td>a",
        "<pre>a",
        "<b><i>a",
        "<dt>a",
    ],
)
def test_tags_that_do_not_match(text: str) -> None:
    """Words show, whatever was opened or closed too often, and no page breaks."""
    assert _texts(f"<div>\n{text}\n</div>\n\nb\n")[0].split()[0] == "a"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("\"a\" -- 'b'...", "“a” \u2013 \u2018b\u2019…"),
        ("\"'Shelob' is my name.\"", "“\u2018Shelob\u2019 is my name.”"),
        ("Were you alive in the '70s?", "Were you alive in the \u201970s?"),
        ('Some "[quoted](x.md)" `"code"--`', 'Some “quoted” "code"--'),
        ('*a*\'s "*b*"', "a\u2019s “b”"),
        (
            "one-two--three---four----five-----six",
            "one-two\u2013three—four\u2013\u2013five—\u2013six",
        ),
        (r"\"a\" \--b 5' 6\"", '"a" --b 5\u2019 6"'),
        ("<https://x.org/--/'> (c) +- ,, ??", "https://x.org/--/' (c) +- ,, ??"),
        ('"a\nb"', "“a b”"),
    ],
)
def test_smart_punctuation(typed: str, printed: str) -> None:
    """Quotes and dashes are set as mdBook sets them, where the book says so; code and addresses stay."""
    settings = BookSettings(smart_punctuation=True)
    assert parse(typed, Link, settings).blocks[0].text == printed
    assert "“" not in parse(typed, Link).blocks[0].text


def test_much_smart_punctuation() -> None:
    """A page made of quotes takes no longer than its length."""
    settings = BookSettings(smart_punctuation=True)
    text = "'a \"b' --" * 50_000
    assert len(parse(text, Link, settings).blocks[0].text) == 450_000 - 50_000


@pytest.mark.parametrize(
    "text",
    [
        "<div class='hidden'>no</div>\n\nyes",
        "<div class='a hidden'>\n\n# no\n\n<div>no</div>\n\n    no\n\n</div>\n\nyes",
        "<div hidden><p>no</div>\n\nyes",
        "<span class='hidden'>no</span>yes",
        "<span class='hidden'>no `no`\n\nyes",
        "<p class='hidden'>no\n<p>yes",
        "<img class='hidden' alt='no'>yes",
        "<table class='hidden'><tr><td>no</table>\n\nyes",
        "</div>\n\n<ul><li class='hidden'>no<br></li><li>yes</ul>",
    ],
)
def test_hidden_elements(text: str) -> None:
    """What is not to be shown is not, and ends where its element does."""
    assert _texts(text) == ["yes"]


def test_much_that_is_hidden() -> None:
    """Many tags in what is not shown take no longer than their number."""
    tags = "<b>" * 100_000 + "</i>" * 100_000 + "</b>" * 100_000
    assert _texts(f"<div hidden>{tags}</div>\n\nyes") == ["yes"]


def test_settings_of_the_parser() -> None:
    """Descriptions and alerts are text where the book wants none."""
    settings = BookSettings(descriptions=False, alerts=False)
    texts = [each.text for each in parse("a\n: ~b~\n\n> [!NOTE]\n> c\n", Link, settings).blocks]
    assert texts == ["a : b", "[!NOTE] c"]


_RUST = "# use std::io;\nlet a = 1; # no\n    # hidden();\n## shown\n#[derive]\n#(#name),*\n#\n"


@pytest.mark.parametrize(
    ("fence", "expected"),
    [
        (
            f"```rust,does_not_compile\n{_RUST}```\n",
            Preformatted(
                "let a = 1; # no\n# shown\n#[derive]\n#(#name),*",
                language="rust",
                remark="does not compile",
                whole="use std::io;\nlet a = 1; # no\n    hidden();\n# shown\n#[derive]\n#(#name),*\n",
            ),
        ),
        ("```sh\n# note\nls\n```\n", Preformatted("# note\nls", language="sh")),
        (
            "```python\n~import a\na.b\n```\n",
            Preformatted("a.b", language="python", whole="import a\na.b"),
        ),
        (
            "```java,hidelines=!!!\n!!!import a;\nb();\n```\n",
            Preformatted("b();", language="java", whole="import a;\nb();"),
        ),
        (
            "<pre><code class='language-rust should_panic'><span class='boring'>a\n</span>b &lt; c</code></pre>",
            Preformatted("b < c", language="rust", remark="panics", whole="a\nb < c"),
        ),
    ],
)
def test_code(fence: str, expected: Preformatted) -> None:
    """The language is named, what does not compile is marked, and hidden lines are kept aside."""
    settings = BookSettings(hidden_lines=MappingProxyType({"python": "~"}))
    (block,) = parse(fence, Link, settings).blocks
    assert block == expected
