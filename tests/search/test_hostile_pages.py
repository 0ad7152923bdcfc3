"""A page made to be slow is read, indexed and set in a time that grows with its length alone."""

from __future__ import annotations

import random
import time
from contextlib import suppress

import pytest

from tests.pty.sequences import unsafe_in_plain
from tui.handbook.blocks import Block, Preformatted
from tui.handbook.hidden_html import blank_comments, split_at_comments, without_hidden
from tui.handbook.markdown import FigureError, parse
from tui.handbook.model import Page, Section
from tui.layout.typesetting import typeset
from tui.search.extraction import entries_of

SIZE = 80_000
"""Characters of a page; at this size what takes time by the square of it takes ten seconds."""
SECONDS = 2.0
"""Of this process, for one page."""
PAGES, PAGES_LONG = 24, 300
FRAGMENTS = (
    *("<!--", "-->", "--->", "<script>", "</script", "<style x", "<?", "?>", "<![CDATA[", "<!a "),
    *("[", "]", "![", "](", "[a](", "[a](<", '[a](b "', "[^1]", "^[", "[^1]: a", "[a]: b", "[[]"),
    *(
        "*",
        "**a",
        "_a ",
        "~~",
        "`",
        "``",
        "~~~",
        "```",
        "<a ",
        "<a b='",
        "<div>",
        "</div>",
        "<",
        ">",
    ),
    *("> ", "- ", "1. ", "# ", "## a ", "#", "|", "|a", "|-", "---", "===", "    ", "\t", "  \n"),
    *("&", "&amp;", "&#x202e;", "\\", "\n", "\n\n", " ", "a", "word ", ". ", "[a](b.md) and so. "),
)
SECTION = Section("one", "One", "", "one.md")
ONE_BY_ONE = (
    *(
        "<!--",
        "[",
        "![",
        "^[",
        "[[]",
        "<script>",
        "<a ",
        "<?",
        "[a](b.md) and so. ",
        "|\n",
        "\n#  ",
    ),
    *("a [", "<div>\n<!--", "> ", "- ", "```figure\n", "a\n\n```figure\nb"),
)


def generated(seed: int) -> str:
    """A page of a few fragments, repeated alone, in turn or in any order."""
    chance = random.Random(seed)
    parts = chance.sample(FRAGMENTS, chance.randint(1, 4))
    order = chance.choice(("each", "turn", "any"))
    if order == "each":
        share = SIZE // len(parts)
        text = "".join(part * (share // len(part)) for part in parts)
    elif order == "turn":
        text = "".join(parts) * (SIZE // sum(map(len, parts)))
    else:
        text = "".join(chance.choices(parts, k=SIZE // max(map(len, parts))))
    return chance.choice(("", "# Title\n\n", "a ", "<div>\n")) + text


def read(markdown: str) -> float:
    """Read a page as the program does, and say how many seconds of this process it took."""
    began = time.process_time()
    blocks: tuple[Block, ...] = ()
    with suppress(FigureError):
        blocks = parse(markdown, lambda _: None).blocks
    lines = typeset(Page(SECTION, blocks), 72).lines
    list(entries_of(SECTION, markdown))
    blank_comments(markdown)
    taken = time.process_time() - began
    assert unsafe_in_plain("\n".join(line.text for line in lines).encode()) == []
    return taken


@pytest.mark.timeout(120)
@pytest.mark.parametrize("fragment", ONE_BY_ONE)
def test_one_fragment(fragment: str) -> None:
    """What was slow once: one opening sign over and over, that nothing closes."""
    assert read(fragment * (SIZE // len(fragment))) < SECONDS


@pytest.mark.timeout(120)
@pytest.mark.parametrize("seed", range(PAGES))
def test_generated(seed: int) -> None:
    """No page of any few signs keeps its reader waiting."""
    assert read(generated(seed)) < SECONDS


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_many_generated() -> None:
    """Nor does any of 300."""
    slow = {seed: taken for seed in range(PAGES_LONG) if (taken := read(generated(seed))) > SECONDS}
    assert slow == {}


@pytest.mark.parametrize(
    ("source", "texts", "comments"),
    [
        ("a<!-- b -->c", ["a", "c"], [" b "]),
        ("<!--a--><!--b\n-->", ["", "", ""], ["a", "b\n"]),
        ("a<!-- b", ["a<!-- b"], []),
        ("a-->b<!--c", ["a-->b<!--c"], []),
        ("<!--->-->", ["", ""], ["->"]),
    ],
)
def test_comments(source: str, texts: list[str], comments: list[str]) -> None:
    """A comment ends at its first closing; one that is not closed is text."""
    assert split_at_comments(source) == (texts, comments)
    assert blank_comments(source).count("\n") == source.count("\n")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a<script>b</script >c", "ac"),
        ("a<STYLE x>b</style>c<script>d", "ac<script>d"),
        ("<script>a<style>b</style></script>c", "c"),
        ("<script>a<style>b</style>c", "<script>ac"),
        ("a<scripts>b</scripts>", "a<scripts>b</scripts>"),
    ],
)
def test_scripts(source: str, text: str) -> None:
    """Scripts and style sheets are left out where they are closed."""
    assert without_hidden(source) == text


def test_many_brackets_are_text() -> None:
    """Brackets in brackets, deeper than anyone writes, are kept as typed; a link after them is one."""
    blocks = parse("[" * 500 + " [two](two.md) " + "![" * 500 + "\n", lambda _: None).blocks
    (block,) = blocks
    assert not isinstance(block, Preformatted)
    assert block.text == "[" * 500 + " two " + "![" * 500
