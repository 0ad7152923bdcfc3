"""The names that checklists and their items go by, in a shell and in the diary."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.handbook.checklists import Checklist, all_checklists, item_at
from tui.handbook.errors import AmbiguousNameError, UnknownNameError
from tui.handbook.loading import Pages, load_handbook
from tui.handbook.lookup import find_checklist, find_item
from tui.handbook.model import Handbook

MakeBook = Callable[..., Handbook]

RENAMED = """\
[renamed]
"morning" = "before"
"before/jacket" = "layer"
"before/watch" = "before/clock"
"during/shoes" = "before/shoes"
"boots" = "shoes"
"""

BEFORE = """\
# Before the run

- [ ] **Warm-up done.** <!-- id: warm-up -->
- [ ] **Shoes laced.** <!-- id: shoes -->
- [ ] **Clock set.** <!-- id: clock -->
- [ ] **Clock set twice.** <!-- id: twice -->
- [ ] **Layer on.** <!-- id: layer -->
- [ ] **Warm hands.**
"""


@pytest.fixture
def make_book(tmp_path: Path) -> MakeBook:
    """Makes a book of two lists with these settings."""

    def make(settings: str = RENAMED) -> Handbook:
        (tmp_path / "checklists").mkdir()
        contents = "- [Before the run](checklists/before.md)\n- [Later](checklists/during.md)\n"
        (tmp_path / "SUMMARY.md").write_text(contents, encoding="utf-8")
        (tmp_path / "runtall.toml").write_text(settings, encoding="utf-8")
        (tmp_path / "checklists" / "before.md").write_text(BEFORE, encoding="utf-8")
        (tmp_path / "checklists" / "during.md").write_text("- [ ] Hands easy\n", encoding="utf-8")
        return load_handbook(tmp_path)

    return make


def _lists(handbook: Handbook) -> tuple[Checklist, ...]:
    return all_checklists(handbook, Pages(handbook))


def _before(handbook: Handbook) -> Checklist:
    return _lists(handbook)[0]


@pytest.mark.parametrize(
    "name", ["before", "Before the run", "bef", "BEFORE", "before the", "morning", " before "]
)
def test_list(make_book: MakeBook, name: str) -> None:
    """A list answers to its id, its title, a start of either, and the id it once had."""
    handbook = make_book()
    lists = _lists(handbook)
    assert find_checklist(handbook, lists, name).id == "before"


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("warm-up", "warm-up"),
        ("Warm-up done", "warm-up"),
        ("warm-up done.", "warm-up"),
        ("clock set", "clock"),
        ("lay", "layer"),
        ("before/lay", "layer"),
        ("layer o", "layer"),
        ("before/shoes", "shoes"),
        ("jacket", "layer"),
        ("before/watch", "clock"),
        ("boots", "shoes"),
    ],
)
def test_item(make_book: MakeBook, name: str, item: str) -> None:
    """An item answers to its id, its label, a start of either, and the ids it once had."""
    handbook = make_book()
    assert find_item(handbook, _before(handbook), name).id == item


def test_paths_for_ids(tmp_path: Path) -> None:
    """In a book whose ids are paths a list answers to its file's name as well."""
    (tmp_path / "checklists").mkdir()
    (tmp_path / "SUMMARY.md").write_text("- [A](checklists/gear.md)\n- [B](checklists/go.md)\n")
    for name in ("gear", "go"):
        (tmp_path / "checklists" / f"{name}.md").write_text("- [ ] Lace\n")
    handbook = load_handbook(tmp_path)
    lists = _lists(handbook)
    assert find_checklist(handbook, lists, "go").id == "checklists/go"
    assert item_at(handbook, lists, "checklists/go/lace") == lists[1].items[0]


def test_unknown(make_book: MakeBook) -> None:
    """A name that nothing answers to is said with the names most like it."""
    handbook = make_book()
    lists = _lists(handbook)
    with pytest.raises(UnknownNameError) as caught:
        find_checklist(handbook, lists, "befroe")
    assert str(caught.value) == "no list is called “befroe”; nearest: before"
    with pytest.raises(UnknownNameError) as caught:
        find_item(handbook, lists[0], "shose")
    assert caught.value.nearest[0] == "shoes"
    with pytest.raises(UnknownNameError):
        find_item(handbook, lists[0], "")


def test_ambiguous(make_book: MakeBook) -> None:
    """A start that several items share is said with their ids."""
    handbook = make_book()
    with pytest.raises(AmbiguousNameError) as caught:
        find_item(handbook, _before(handbook), "warm")
    assert caught.value.candidates == ("warm-up", "warm-hands")


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("before/shoes", "before/shoes"),
        ("morning/shoes", "before/shoes"),
        ("before/jacket", "before/layer"),
        ("morning/jacket", "before/layer"),
        ("before/watch", "before/clock"),
        ("before/boots", "before/shoes"),
        ("during/shoes", "before/shoes"),
        ("before/gone", None),
        ("gone/shoes", None),
        ("shoes", None),
    ],
)
def test_references(make_book: MakeBook, reference: str, expected: str | None) -> None:
    """What the diary keeps as LIST/ITEM means today's item, also after list or item moved."""
    handbook = make_book()
    item = item_at(handbook, _lists(handbook), reference)
    assert (item.reference if item else None) == expected


def test_a_renamed_page_leaves_items_alone(make_book: MakeBook) -> None:
    """An item that still has its id keeps it, though a page of that name was renamed."""
    handbook = make_book(settings='[renamed]\n"clock" = "shoes"\n')
    assert find_item(handbook, _before(handbook), "clock").id == "clock"
