"""Text of others is made safe where it comes in, and nowhere else; what is stored stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small_book import SUMMARY, blocks_of, book, page_of
from tests.test_import_rules import _TUI
from tui.diary.diary import open_diary
from tui.handbook.blocks import Block, Table, spans_of
from tui.handbook.files import read_toml
from tui.handbook.loading import Pages
from tui.handbook.markdown import parse
from tui.handbook.safe_text import visible
from tui.handbook.signs import NO_SIGNS
from tui.search.engine import build_index
from tui.search.synonyms import NO_SYNONYMS
from tui.session.checklists import ChecklistDesk
from tui.session.run_report import ItemNames, run_page

EVIL = "a\x1bb\u202ec\x9bd\x07"
SHOWN = "a^[b<U+202E>c<U+009B>d^G"
MOST_BORDERS = 5
"""Places that make text safe; a text that needs another has come in by a way of its own."""
LIST_SUMMARY = "# Summary\n\n# Part\n\n- [One](one.md)\n- [Before](checklists/before.md)\n"


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield from (span.text for _, span in spans_of(block))
        if not isinstance(block, Table):
            yield block.text


@pytest.mark.parametrize(
    "page",
    [
        f"# {EVIL}\n",
        f"{EVIL} *{EVIL}* `{EVIL}` [{EVIL}](two.md)\n",
        f"- [ ] **{EVIL}.** {EVIL}\n",
        f"```\n{EVIL}\n```\n",
        f"```figure\nA {EVIL}.\n\n{EVIL}\n```\n",
        f"    {EVIL}\n",
        f"| {EVIL} |\n|---|\n| {EVIL} |\n",
        f"![{EVIL}](picture.png)\n",
        f"<div>\n{EVIL}\n</div>\n",
        f"x[^1]\n\n[^1]: {EVIL}\n",
    ],
)
def test_a_page(tmp_path: Path, page: str) -> None:
    """Every kind of block shows the characters by their names."""
    texts = list(_texts(blocks_of(tmp_path, page)))
    assert any(SHOWN in text for text in texts)
    assert [text for text in texts if visible(text) != text] == []


@pytest.mark.parametrize("page", ["a&#x202e;b\n", "`a&#x202e;b`\n", "<p>\na&#x202e;b\n</p>\n"])
def test_character_references(tmp_path: Path, page: str) -> None:
    """Nor does a character reference bring one in."""
    (text,) = {text for text in _texts(blocks_of(tmp_path, page)) if text.startswith("a")}
    assert text in ("a<U+202E>b", "a&#x202e;b")


@given(st.text(st.one_of(st.characters(), st.sampled_from("#>-*`[]()<&;|\\\n\t \x1b\u202e"))))
def test_any_page(markdown: str) -> None:
    """Whatever a page holds, none of its blocks holds a character that is not safe."""
    blocks = parse(markdown, lambda _: None).blocks
    assert [text for text in _texts(blocks) if visible(text) != text] == []


def test_the_contents(tmp_path: Path) -> None:
    """Titles and parts of the contents are made safe; the file's own name opens it as it is."""
    summary = f"# Summary\n\n# {EVIL}\n\n- [{EVIL}](one.md)\n- [Two](t\u202e.md)\n"
    handbook = book(tmp_path, {"SUMMARY.md": summary, "t\u202e.md": "# Two\n\nWords.\n"})
    assert (handbook.chapters[0].title, handbook.sections[0].title) == (SHOWN, SHOWN)
    assert page_of(handbook, "t\u202e").text == "Two\nWords."


def test_settings(tmp_path: Path) -> None:
    """Text of a TOML file is made safe, however deep it stands and with escapes as well."""
    file = tmp_path / "words.toml"
    file.write_text('[[rows]]\ntext = "a\\u001bb\u202e"\nlist = ["\\u0007", 3]\n', "utf-8")
    assert read_toml(file) == {"rows": [{"text": "a^[b<U+202E>", "list": ["^G", 3]}]}


def test_a_hit(tmp_path: Path) -> None:
    """The title and the snippet of a hit are made safe, and its matches stand where they say."""
    page = f"# One\n\nThe {EVIL} elbow, the elbow&#x202e;.\n"
    handbook = book(tmp_path, {"one.md": page, "SUMMARY.md": SUMMARY.replace("One", EVIL)})
    pages = Pages(handbook)
    (hit,) = build_index(handbook, pages, NO_SYNONYMS, NO_SIGNS).search("elbow").hits
    assert hit.title == SHOWN
    assert visible(hit.snippet) == hit.snippet
    assert {hit.snippet[start:end] for start, end in hit.snippet_spans} == {"elbow"}
    text = pages[hit.section].blocks[1].text
    assert {text[each.start : each.end] for each in hit.places} == {"elbow"}


def test_the_diary(tmp_path: Path) -> None:
    """Own items, reasons and notes are shown safely, and kept as they were written."""
    before = "# Before\n\n- [ ] **Hands soft.** <!-- id: hands -->\n"
    handbook = book(
        tmp_path, {"SUMMARY.md": LIST_SUMMARY, "checklists/before.md": before, "runtall.toml": ""}
    )
    with open_diary(private=True) as diary:
        desk = ChecklistDesk(handbook, Pages(handbook), diary)
        desk.add("before", EVIL)
        desk.skip(desk.ticked("before"), desk.ticked("before").rows[0], EVIL)
        desk.tick(desk.ticked("before"), desk.ticked("before").rows[1])
        skipped, own = desk.ticked("before").rows
        assert (skipped.skipped, own.label) == (SHOWN, SHOWN)
        assert SHOWN in desk.undo()
        desk.redo()
        desk.finish(3, f"{EVIL}\nsecond line")
        (run,) = diary.runs.every()
        text = run_page(run, ItemNames(handbook, desk.lists)).text
        assert visible(text) == text
        assert text.count(SHOWN) == 3
        assert "\nsecond line" in text
        assert (run.note, [*run.skipped.values()], [*run.own.values()]) == (
            f"{EVIL}\nsecond line",
            [EVIL],
            [EVIL],
        )


def test_few_borders() -> None:
    """Few places make text safe, so that none is forgotten and none does it twice."""
    calls = [
        (file.relative_to(_TUI).as_posix(), line.strip())
        for file in _TUI.rglob("*.py")
        for line in file.read_text("utf-8").split("\n")
        if re.search(r"(?<!def )\bvisible\(", line)
    ]
    assert len(calls) <= MOST_BORDERS, calls
