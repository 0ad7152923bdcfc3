"""Checklist pages: their items, and the reasons of these."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.handbook.checklists import (
    Checklist,
    Item,
    Resets,
    all_checklists,
    items_linking_to,
    read_checklist,
)
from tui.handbook.errors import ContentError
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.handbook.model import Handbook

MakeBook = Callable[..., Handbook]

BEFORE = """\
# Before the run

- [ ] **Warm-up done.** It helps. [Arm swing](../arm-swing.md) <!-- id: warm-up -->
- [ ] **Shoes laced.** [Shoes](../shoes.md) <!-- id: shoes -->
- [ ] **Clock set.** <!-- id: clock -->
- [ ] **Layer on.** Cold makes you hunch. <!-- id: layer -->
- [ ] **Warm hands.**
"""

DURING = """\
# During the run

- [ ] **Hands easy.** [Arm swing](../arm-swing.md) · [Shoes](../shoes.md)
"""


DOUBLED = "an item before it has the id “{}” too; give this one its own, as in <!-- id: name -->"
BAD_ID = (
    "“{}” cannot be the id of an item; give it one word without “/”, such as <!-- id: warm-up -->"
)


@pytest.fixture
def make_book(tmp_path: Path) -> MakeBook:
    """Makes a book of two sections and two lists."""

    def make(before: str = BEFORE) -> Handbook:
        (tmp_path / "checklists").mkdir(exist_ok=True)
        files = {
            "SUMMARY.md": "- [Arm swing](arm-swing.md)\n- [Which shoes?](shoes.md)\n"
            "- [Before the run](checklists/before.md)\n- [During the run](checklists/during.md)\n"
            "- [Not written]()\n",
            "runtall.toml": "",
            "arm-swing.md": "# Arm swing\n",
            "shoes.md": "# Which shoes?\n",
            "checklists/before.md": before,
            "checklists/during.md": DURING,
        }
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return load_handbook(tmp_path)

    return make


def _read(handbook: Handbook, list_id: str = "before") -> Checklist:
    return read_checklist(handbook, Pages(handbook)[handbook.by_id[list_id]])


def _only_item(make_book: MakeBook, text: str) -> Item:
    (item,) = _read(make_book(f"# Before\n\n{text}\n")).items
    return item


class TestItems:
    def test_all_parts(self, make_book: MakeBook) -> None:
        """An item has its id, its label without the period, its reason in words, and its links."""
        item = _read(make_book()).items[0]
        assert (item.id, item.label, item.why) == ("warm-up", "Warm-up done", "It helps.")
        assert item.section == "arm-swing"
        assert [placed.text for placed in item.links] == ["Arm swing"]
        assert item.reference == "before/warm-up"

    @pytest.mark.parametrize(
        ("text", "label", "why"),
        [
            ("**Shoes laced.**", "Shoes laced", ""),
            ("**Shoes laced**. It helps.", "Shoes laced", "It helps."),
            ("**Shoes laced**: it helps.", "Shoes laced", "it helps."),
            ("**Lace *both* shoes.** It helps.", "Lace both shoes", "It helps."),
            ("Lace both shoes.", "Lace both shoes.", ""),
            ("Lace both **shoes.** It helps.", "Lace both shoes. It helps.", ""),
            ("Lace both shoes. [Arm swing](../arm-swing.md)", "Lace both shoes.", ""),
            ("[Arm swing](../arm-swing.md)", "Arm swing", ""),
            ("**[Arm swing](../arm-swing.md) tried.** It helps.", "Arm swing tried", "It helps."),
            ("**Lace\n  both.** It\n  helps.", "Lace both", "It helps."),
        ],
    )
    def test_labels(self, make_book: MakeBook, text: str, label: str, why: str) -> None:
        """The label is the strong text that leads, or the whole item where none does."""
        item = _only_item(make_book, f"- [ ] {text}")
        assert (item.label, item.why) == (label, why)

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("It helps. [Arm swing](../arm-swing.md)", "It helps."),
            ("It helps. [Arm swing](../arm-swing.md).", "It helps."),
            ("It helps. ([arm swing](../arm-swing.md))", "It helps."),
            ("It helps. [Arm swing](../arm-swing.md) · [Which shoes?](../shoes.md)", "It helps."),
            ("It helps. [Arm](../arm-swing.md) and [shoes](../shoes.md)", "It helps."),
            ("It helps — [Arm swing](../arm-swing.md)", "It helps"),
            ('“It helps.” [More](https://example.org "x")', "“It helps.”"),
            ("[Arm swing](../arm-swing.md)", ""),
            ("[Arm swing](../arm-swing.md) helps.", "Arm swing helps."),
            ("Goes with [Arm swing](../arm-swing.md)", "Goes with Arm swing"),
            ("It helps. See [Arm swing](../arm-swing.md).", "It helps. See Arm swing."),
            (
                "It helps. [Studies say so.](../arm-swing.md)",
                "It helps. Studies say so.",
            ),
        ],
    )
    def test_why(self, make_book: MakeBook, text: str, why: str) -> None:
        """The reason keeps whole sentences, and leaves out links that stand after the last one."""
        assert _only_item(make_book, f"- [ ] **Lace.** {text}").why == why

    @pytest.mark.parametrize(
        ("text", "section"),
        [
            ("Why. [Arm](../arm-swing.md) [Shoes](../shoes.md)", "arm-swing"),
            ("Why. [Shoes](../shoes.md#fit) [Arm](../arm-swing.md)", "shoes"),
            ("Why. [Web](https://example.org) [Arm](../arm-swing.md)", ""),
            ("Why.", ""),
        ],
    )
    def test_section(self, make_book: MakeBook, text: str, section: str) -> None:
        """The section of an item is the page of its first link, if that leads to one."""
        assert _only_item(make_book, f"- [ ] **Lace.** {text}").section == section

    def test_ids(self, make_book: MakeBook) -> None:
        """The id is the one its comment gives, else it is made of the label."""
        assert [item.id for item in _read(make_book()).items][3:] == ["layer", "warm-hands"]

    def test_more_paragraphs(self, make_book: MakeBook) -> None:
        """What follows inside an item belongs to its reason, and so do its links."""
        text = "- [ ] **Lace.** It helps.\n\n  So does this. [Arm swing](../arm-swing.md)\n"
        item = _only_item(make_book, text)
        assert (item.why, item.section) == ("It helps. So does this.", "arm-swing")

    def test_top_level_tasks_only(self, make_book: MakeBook) -> None:
        """Tasks below an item, in a quote, and list items that are no tasks are no items."""
        text = "- [ ] One\n  - [ ] Below\n- No task\n\n  Nor this\n- [x] Two\n\n> - [ ] Quoted\n"
        checklist = _read(make_book(f"# Before\n\n{text}"))
        assert [(item.label, item.why) for item in checklist.items] == [
            ("One", "Below"),
            ("Two", ""),
        ]

    def test_block(self, make_book: MakeBook) -> None:
        """An item knows its block, so that its page can be opened there."""
        handbook = make_book()
        page = Pages(handbook)[handbook.by_id["before"]]
        item = read_checklist(handbook, page).items[1]
        assert page.blocks[item.block].text == "Shoes laced. Shoes"


class TestResets:
    @pytest.mark.parametrize(
        ("comment", "expected"),
        [
            ("", Resets.RUN),
            ("<!-- resets: run -->", Resets.RUN),
            ("<!-- resets: week -->", Resets.WEEK),
            ("Some words. <!--resets:never-->", Resets.NEVER),
        ],
    )
    def test_resets(self, make_book: MakeBook, comment: str, expected: Resets) -> None:
        """A list starts afresh when its page says so, and with each run when it says nothing."""
        checklist = _read(make_book(f"# Before\n\n{comment}\n\n- [ ] Lace\n"))
        assert checklist.resets == expected


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "line", "what"),
        [
            (
                "<!-- resets: month -->",
                3,
                "“month” is no time to start afresh; resets is run, week, or never",
            ),
            (
                "- [ ] A <!-- id: x -->\n- [ ] B\n- [ ] C <!-- id: x -->",
                5,
                DOUBLED.format("x"),
            ),
            (
                "- [ ] Lace\n\nWords.\n\n- [ ] **Lace.** Again.",
                7,
                DOUBLED.format("lace"),
            ),
            (
                "```\n- [ ] shown\n```\n\n- [ ] A\n- [ ] A",
                None,
                DOUBLED.format("a"),
            ),
            (
                "- [ ] A <!-- id: two words -->",
                3,
                BAD_ID.format("two words"),
            ),
            (
                "- [ ] **!!!**",
                3,
                BAD_ID.format(""),
            ),
            (
                "- [ ] <!-- id: x -->",
                3,
                "an item without words; write - [ ] **What is done.** Why it helps.",
            ),
        ],
    )
    def test_mistakes(self, make_book: MakeBook, text: str, line: int | None, what: str) -> None:
        """A mistake is said with the file, the line where that is certain, and the remedy."""
        handbook = make_book(f"# Before\n\n{text}\n")
        with pytest.raises(ContentError) as caught:
            _read(handbook)
        file = handbook.folder / "checklists" / "before.md"
        assert (caught.value.file, caught.value.line, caught.value.what) == (file, line, what)


class TestBook:
    def test_all(self, make_book: MakeBook) -> None:
        """A book's checklists are its checklist pages, in reading order."""
        handbook = make_book()
        lists = all_checklists(handbook, Pages(handbook))
        assert [(each.id, each.title) for each in lists] == [
            ("before", "Before the run"),
            ("during", "During the run"),
        ]

    def test_resting_on(self, make_book: MakeBook) -> None:
        """A section knows the items that link to it, those first whose reason it is."""
        handbook = make_book()
        lists = tuple(reversed(all_checklists(handbook, Pages(handbook))))
        found = [item.reference for item in items_linking_to(lists, "shoes")]
        assert found == ["before/shoes", "during/hands-easy"]
        assert items_linking_to(lists, "during") == ()

    def test_our_own(self) -> None:
        """Each item of our own book has a label, a reason in words and a section to read on in."""
        handbook = load_handbook(OWN_BOOK)
        lists = all_checklists(handbook, Pages(handbook))
        assert {each.id: each.resets.value for each in lists} == {
            "before-the-run": "run",
            "during-the-run": "run",
            "after-the-run": "run",
            "every-week": "week",
            "once": "never",
            "do-i-need-help": "never",
        }
        incomplete = [
            item.reference
            for each in lists
            for item in each.items
            if not (item.label and item.why.endswith((".", '"')) and item.section)
        ]
        assert incomplete == []
