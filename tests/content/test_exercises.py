"""Every exercise card has the same parts in the same order, and leads to the shared rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from tui.handbook.blocks import Block, Figure, Heading, ListItem
from tui.handbook.cards import Cards, all_cards
from tui.handbook.doses import Dose
from tui.handbook.loading import Pages
from tui.handbook.model import Handbook, Kind, Page

from .prose import after_lead_in, lead_in, links_of

RULES = "exercise-rules"

PARTS = [
    "title",
    "Target:",
    "Equipment:",
    "steps",
    "Dose:",
    "Rest:",
    "Easier:",
    "Harder:",
    "When:",
    "Common mistakes:",
    "Stop if:",
    "rules",
    "evidence",
    "see also",
]


@pytest.fixture(scope="module")
def read(handbook: Handbook) -> Cards:
    """The cards as the program reads them."""
    return all_cards(handbook, Pages(handbook))


def cards(pages: Mapping[str, Page]) -> dict[str, Page]:
    """The exercise pages without the page of rules."""
    return {
        name: page
        for name, page in pages.items()
        if page.section.kind is Kind.EXERCISE and name != RULES
    }


def part(block: Block) -> str:
    """Which part of a card a block is; its text when it is none."""
    if isinstance(block, Heading):
        return "title" if block.level == 1 else "steps"
    numbered = (isinstance(each, ListItem) and each.marker[-1:] == "." for each in block.inside)
    if isinstance(block, Figure) or any(numbered):
        return "steps"
    if lead_in(block).startswith("Evidence:"):
        return "evidence"
    if block.text.startswith("See also:"):
        return "see also"
    if any(link.section == RULES for _, link in links_of(block)):
        return "rules"
    return lead_in(block) or block.text


def test_each_card_has_its_parts_in_order(pages: Mapping[str, Page]) -> None:
    """A reader finds target, equipment, steps, dose, time, mistakes, and stop where they expect."""
    wrong = []
    for name, page in cards(pages).items():
        parts = [part(block) for block in page.blocks]
        found = [each for at, each in enumerate(parts) if parts[at - 1 : at] != [each]]
        if found != PARTS:
            wrong.append(f"{name}: {found}")
    assert wrong == []


def test_each_part_says_something(pages: Mapping[str, Page]) -> None:
    """No part is a bare heading."""
    wrong = [
        f"{name}: {block.text}"
        for name, page in cards(pages).items()
        for block in page.blocks
        if lead_in(block) in PARTS and not after_lead_in(block)
    ]
    assert wrong == []


def test_each_card_has_several_steps(read: Cards) -> None:
    """A card walks through the exercise in four steps or more, a variant of it likewise."""
    counts = {
        f"{card.id}#{anchor}": len(steps)
        for card in read.cards
        for anchor, steps in card.steps
        if len(steps) < 4
    }
    assert counts == {}
    assert [card.id for card in read.cards if card.steps[0][0] != "steps"] == []


def test_each_card_has_a_timer_line(read: Cards, pages: Mapping[str, Page]) -> None:
    """A program can guide through every card, and nothing is wrong with any of them."""
    assert dict(read.errors) == {}
    assert [card.id for card in read.cards] == list(cards(pages))


def test_each_number_of_a_timer_is_told(read: Cards) -> None:
    """What a program counts stands in the Dose sentence, and what it waits, beside Rest."""
    wrong = [
        f"{card.id}: {name} {number}"
        for card in read.cards
        for name, number in numbers_of(card.dose)
        if str(number) not in re.findall(r"\d+", card.part(PART_OF.get(name, "Dose")))
    ]
    assert wrong == []


PART_OF = {"rest": "Rest", "switch": "Rest"}
"""Where a number of the timer line is told; the others stand in the Dose sentence."""


def numbers_of(dose: Dose) -> Iterator[tuple[str, int]]:
    """Each number of a dose with its field's name, but for a single set and seconds that are 0."""
    ranges = {"every": dose.every, dose.measure: dose.amount}
    if dose.sets != (1, 1):
        ranges["sets"] = dose.sets
    for name, numbers in {**ranges, "tempo": dose.tempo}.items():
        yield from ((name, number) for number in numbers or () if number)
    yield from ((name, n) for name, n in (("rest", dose.rest), ("switch", dose.switch)) if n)


def test_no_card_takes_long(read: Cards) -> None:
    """A card takes at most six minutes, but for those that are done while one runs anyway."""
    slow = {
        card.id: card.about_seconds()
        for card in read.cards
        if card.about_seconds() > 360 and card.part("When") != "During a run."
    }
    assert slow == {}


def test_each_card_says_how_to_breathe(read: Cards) -> None:
    """Nobody holds the breath for want of a word about it."""
    silent = [
        f"{card.id}, {anchor}"
        for card in read.cards
        for anchor, steps in card.steps
        if not re.search(r"breath", " ".join(steps), re.IGNORECASE)
    ]
    assert silent == []


def test_the_rules_say_when_to_stop_and_ask(pages: Mapping[str, Page]) -> None:
    """The shared page names the pain limit, the signs that end a session, and who asks first."""
    text = pages[RULES].text
    needed = [
        "above 3 out of 10",
        "worse next morning",
        "Stop at once and read Red flags",
        "chest pressure",
        "breathlessness",
        "faintness",
        "new arm or leg weakness",
        "spreading numbness",
        "Ask first",
        "osteoporosis",
        "fracture or surgery",
        "pregnant or recently gave birth",
        "pain you cannot explain",
    ]
    assert [words for words in needed if words not in text] == []
