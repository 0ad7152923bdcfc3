"""Routine pages and the cards that they lead to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small_book import book
from tui.handbook.cards import all_cards
from tui.handbook.doses import Range
from tui.handbook.errors import ContentError
from tui.handbook.loading import Pages
from tui.handbook.model import Handbook, Kind
from tui.handbook.routines import Routines, all_routines

ROW = """\
# Row

**Target:** The back.

## Steps

1. Stand.
2. Pull.

## Sitting

1. Sit.
2. Pull.

**Dose:** 2 sets of 8.

<!-- timer: sets 2; reps 8; rest 60 -->

**When:** On a strength day.
"""
HOLD = "# Hold\n\n**Dose:** 20 seconds.\n\n<!-- timer: hold 20 -->\n"
RULES = "# Rules\n\nNothing to count.\n"
SHORT = """\
# Short

1. [Row](../exercises/row.md#sitting): once. <!-- do: sets 1; reps 5 -->
2. [Hold](../exercises/hold.md)
"""
SUMMARY = """\
- [Row](exercises/row.md)
- [Hold](exercises/hold.md)
- [Rules](exercises/rules.md)
- [Short](routines/short.md)
- [Other](routines/other.md)
"""

NO_STEPS = (
    "routines/short.md: no steps in it; a routine has numbered items that link to exercise cards"
)
NO_CARD = (
    "routines/short.md, line {}: “{}” links to no exercise card; link to one that has a timer line"
)


def small(folder: Path, **changed: str) -> Handbook:
    """A book of three exercise pages and two routines, some of them changed."""
    pages = {"row": ROW, "hold": HOLD, "rules": RULES, "short": SHORT, "other": SHORT, **changed}
    files = {
        f"{'exercises' if name in ('row', 'hold', 'rules') else 'routines'}/{name}.md": text
        for name, text in pages.items()
    }
    return book(folder, {"SUMMARY.md": SUMMARY, "runtall.toml": "", **files})


def routines_of(handbook: Handbook) -> Routines:
    """The routines as they are read anew."""
    pages = Pages(handbook)
    return all_routines(handbook, pages, all_cards(handbook, pages))


def problems(handbook: Handbook) -> list[str]:
    """What is wrong, without the book's folder."""
    return [str(error).replace(f"{handbook.folder}/", "") for error in routines_of(handbook).errors]


def test_a_card(tmp_path: Path) -> None:
    """A card has its dose, its steps under each heading, and its bold parts."""
    handbook = small(tmp_path)
    cards = all_cards(handbook, Pages(handbook))
    row = cards.get("row")
    assert [card.id for card in cards.cards] == ["row", "hold"]
    assert row is not None
    assert (row.title, row.about_seconds()) == ("Row", 2 * 24 + 60)
    assert row.how() == ("Stand.", "Pull.")
    assert row.how("sitting") == ("Sit.", "Pull.")
    assert row.how("nowhere") == ("Stand.", "Pull.")
    assert (row.part("Target"), row.part("Harder")) == ("The back.", "")


def test_a_routine(tmp_path: Path) -> None:
    """Steps are cards in order, with the routine's doses and the steps of the variant it links to."""
    routines = routines_of(small(tmp_path))
    short = routines.get("short")
    assert [each.id for each in routines.routines] == ["short", "other"]
    assert short is not None
    assert [step.card.id for step in short.steps] == ["row", "hold"]
    assert [step.dose.amount for step in short.steps] == [Range(5, 5), Range(20, 20)]
    assert short.steps[0].how == ("Sit.", "Pull.")
    assert short.steps[0].text == "Row: once."
    assert short.about_seconds() == 5 + 5 * 3 + 60 + 20


def test_routines_are_a_kind(tmp_path: Path) -> None:
    """The top folder makes a page a routine."""
    assert small(tmp_path).by_id["short"].kind is Kind.ROUTINE


@pytest.mark.parametrize(
    ("timer", "says"),
    [
        ("reps 8; hold 20", "line 17: reps and hold together; give only one of them"),
        ("sets 3-2; reps 8", "line 17: sets 3-2 is upside down; write the lower number first"),
        ("reps 8; color red", "line 17: unknown field “color”; known are reps,"),
        ("reps 8 --> <!-- timer: hold 20", "line 17: a second timer line; a card has one"),
    ],
)
def test_a_bad_timer_is_reported_once(tmp_path: Path, timer: str, says: str) -> None:
    """The book opens, the routines that rest on the card are left out, and one line says why."""
    bad = ROW.replace("sets 2; reps 8; rest 60", timer)
    handbook = small(tmp_path, row=bad, other="# Other\n\n1. [Hold](../exercises/hold.md)\n")
    found = problems(handbook)
    assert len(found) == 1
    assert found[0].startswith(f"exercises/row.md, {says}")
    assert [each.id for each in routines_of(handbook).routines] == ["other"]


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (
            "# Short\n\nNothing.\n",
            NO_STEPS,
        ),
        (
            "# Short\n\n1. [Rules](../exercises/rules.md)\n",
            NO_CARD.format(3, "Rules"),
        ),
        (
            "# Short\n\n1. [Hold](../exercises/hold.md)\n2. [Gone](../exercises/gone.md)\n",
            NO_CARD.format(4, "Gone"),
        ),
        (
            "# Short\n\n1. [Hold](../exercises/hold.md) <!-- do: hold 30-20 -->\n",
            "routines/short.md, line 3: hold 30-20 is upside down; write the lower number first",
        ),
        (
            "# Short\n\n1. [Hold](../exercises/hold.md) <!-- do: hold 9 --> <!-- do: hold 8 -->\n",
            "routines/short.md, line 3: “do” is given twice for one step; leave one out",
        ),
    ],
)
def test_bad_routines(tmp_path: Path, page: str, says: str) -> None:
    """A routine that cannot be done is left out, with file, line, and remedy; the others stay."""
    handbook = small(tmp_path, short=page)
    assert problems(handbook) == [says]
    assert [each.id for each in routines_of(handbook).routines] == ["other"]


def test_a_page_that_cannot_be_read(tmp_path: Path) -> None:
    """A card that is no text is reported like any other bad one."""
    handbook = small(tmp_path)
    (tmp_path / "exercises/hold.md").write_bytes(b"\xff")
    assert len(problems(handbook)) == 1
    assert all(isinstance(error, ContentError) for error in routines_of(handbook).errors)
