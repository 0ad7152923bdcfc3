"""The routines can be done: their steps are cards, they say how long they take, and it is true."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from tui.handbook.cards import all_cards
from tui.handbook.loading import Pages
from tui.handbook.model import Handbook, Kind, Page
from tui.handbook.routines import Routines, all_routines

from .prose import lead_in, links_of

MINUTES = {
    "desk-break": (2, 2),
    "before-a-run": (4, 4),
    "after-a-run": (4, 4),
    "strength-a": (15, 20),
    "strength-b": (15, 20),
    "evening-mobility": (8, 8),
}
"""How long each routine takes, in whole minutes."""


@pytest.fixture(scope="module")
def routines(handbook: Handbook) -> Routines:
    read = Pages(handbook)
    return all_routines(handbook, read, all_cards(handbook, read))


def test_every_routine_is_sound(handbook: Handbook, routines: Routines) -> None:
    """Nothing is wrong with a routine of the book, and none is left out."""
    assert routines.errors == ()
    pages = [section.id for section in handbook.sections if section.kind is Kind.ROUTINE]
    assert [routine.id for routine in routines.routines] == pages
    assert sorted(pages) == sorted(MINUTES)


def test_the_title_says_how_long_it_takes(routines: Routines) -> None:
    """The minutes in the title are what the steps add up to, at the low end of their doses."""
    for routine in routines.routines:
        minutes = round(routine.about_seconds() / 60)
        low, high = MINUTES[routine.id]
        assert low <= minutes <= high, f"{routine.id}: {routine.about_seconds()} seconds"
        said = [int(number) for number in re.findall(r"\d+", routine.title)]
        assert said == sorted({low, high}), routine.title


def test_steps_name_cards_by_their_titles(routines: Routines) -> None:
    """A step reads as a sentence of its own in any Markdown reader: the card's title and how."""
    wrong = [
        f"{routine.id}: {step.text}"
        for routine in routines.routines
        for step in routine.steps
        if not step.text.startswith(f"{step.card.title}:")
    ]
    assert wrong == []


def test_routines_say_when_to_stop(routines: Routines, pages: Mapping[str, Page]) -> None:
    """Nobody is guided through exercises without being told when to end them, and where to look."""
    for routine in routines.routines:
        page = pages[routine.id]
        assert sum(lead_in(block) == "Stop if:" for block in page.blocks) == 1, routine.id
        linked = {link.section for block in page.blocks for _, link in links_of(block)}
        assert linked & {"red-flags", "exercise-rules", "run-or-rest"}, routine.id
