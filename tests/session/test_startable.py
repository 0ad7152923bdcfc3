"""What can be started from a page, from what is chosen on it, and on which day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small_book import write_book
from tui.handbook.blocks import Link
from tui.handbook.checklists import read_checklist
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.handbook.model import Handbook
from tui.session.startable import Here, startable_here

_FILES = {
    "SUMMARY.md": (
        "# Summary\n\n- [Signs](signs.md)\n- [Plan](plan.md)\n- [Words](words.md)\n"
        "- [Two](routines/two.md)\n- [Lean (1 minute)](exercises/lean.md)\n"
        "- [Reach](exercises/reach.md)\n- [Before](checklists/before.md)\n"
    ),
    "runtall.toml": '[roles]\nred_flags = "signs"\n',
    "signs.md": "# Signs\n\nThen [reach](exercises/reach.md).\n",
    "words.md": "# Words\n\nNo exercise.\n",
    "plan.md": (
        "# Plan\n\n| Day | Week 1 | Week 2 |\n|---|---|---|\n| Monday | lean | rest |\n"
        "| Tuesday | easy run | reach, a walk |\n\n"
        "[Two](routines/two.md), [Lean](exercises/lean.md) and [Reach](exercises/reach.md).\n\n"
        "Again [Two](routines/two.md).\n"
    ),
    "routines/two.md": "# Two\n\n1. [Reach](../exercises/reach.md)\n2. [Lean](../exercises/lean.md)\n",
    "exercises/reach.md": "# Reach\n\n<!-- timer: reps 60 -->\n",
    "exercises/lean.md": "# Lean (1 minute)\n\n<!-- timer: hold 60 -->\n",
    "checklists/before.md": (
        "# Before\n\n- [ ] **Safe.** [Why](../signs.md), then [Two](../routines/two.md)\n"
        "- [ ] **Warm.** [Reach](../exercises/reach.md) <!-- routine: two -->\n"
        "- [ ] **Dressed.** [Words](../words.md)\n"
    ),
}
MONDAY, TUESDAY, SUNDAY = 0, 1, 6


@pytest.fixture
def book(tmp_path: Path) -> tuple[Handbook, Pages]:
    handbook = load_handbook(write_book(tmp_path / "book", _FILES))
    return handbook, Pages(handbook)


def words(
    book: tuple[Handbook, Pages], page: str, day: int = SUNDAY, link: str = "", item: int = -1
) -> list[str]:
    """What the list says that is offered on a page."""
    handbook, pages = book
    there = pages[handbook.by_id[page]]
    chosen = Link(f"{link}.md", link) if link else None
    items = read_checklist(handbook, there).items if item >= 0 else ()
    here = Here(there, chosen, items[item] if items else None)
    return [each.words for each in startable_here(handbook, pages, here, day)]


def test_from_a_page(book: tuple[Handbook, Pages]) -> None:
    """A page that can be done is started itself; another offers what it links to, each once."""
    assert words(book, "two") == ["Two, 4 min"]
    assert words(book, "lean") == ["Lean (1 minute)"]
    assert words(book, "plan") == ["Two, 4 min", "Lean (1 minute)", "Reach, 3 min"]
    assert words(book, "words") == []


def test_on_the_day_of_a_plan(book: tuple[Handbook, Pages]) -> None:
    """What the table names for today comes first, and is called so."""
    assert words(book, "plan", MONDAY)[0] == "Today: Lean (1 minute)"
    assert words(book, "plan", TUESDAY) == ["Today: Reach, 3 min", "Two, 4 min", "Lean (1 minute)"]


def test_from_what_is_chosen(book: tuple[Handbook, Pages]) -> None:
    """A chosen link that leads to an exercise is meant, and so are the routines of an item."""
    assert words(book, "plan", link="reach") == ["Reach, 3 min"]
    assert words(book, "plan", link="words") == words(book, "plan")
    assert words(book, "before", item=1) == ["Two, 4 min", "Reach, 3 min"]


def test_no_door_from_danger(book: tuple[Handbook, Pages]) -> None:
    """Neither the page of red flags nor an item that leads to it starts anything."""
    assert words(book, "signs") == []
    assert words(book, "signs", link="reach") == []
    assert words(book, "before", item=0) == []


def test_the_plan_of_our_book() -> None:
    """On a Monday the plan of two weeks begins with its strength day, on a Wednesday with the break."""
    handbook = load_handbook(OWN_BOOK)
    book = (handbook, Pages(handbook))
    assert words(book, "two-weeks", MONDAY)[0].startswith("Today: Strength A")
    assert words(book, "two-weeks", 2)[0].startswith("Today: Desk break")
    assert words(book, "eight-weeks", 3)[0].startswith("Today: Strength B")
