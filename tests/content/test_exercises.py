"""Every exercise card has the same parts in the same order, and leads to the shared rules."""

from __future__ import annotations

from collections.abc import Mapping

from tui.handbook.blocks import Block, Heading, ListItem
from tui.handbook.model import Kind, Page

from .prose import after_lead_in, lead_in, links_of

RULES = "exercise-rules"

PARTS = [
    "title",
    "Target:",
    "Equipment:",
    "Steps",
    "step",
    "Dose:",
    "When:",
    "Common mistakes:",
    "Stop if:",
    "rules",
    "evidence",
    "see also",
]


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
        return "title" if block.level == 1 else block.text
    if any(isinstance(each, ListItem) and each.marker.endswith(".") for each in block.inside):
        return "step"
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


def test_each_card_has_several_steps(pages: Mapping[str, Page]) -> None:
    """A card walks through the exercise in four steps or more."""
    counts = {
        name: sum(part(block) == "step" for block in page.blocks)
        for name, page in cards(pages).items()
    }
    assert {name: count for name, count in counts.items() if count < 4} == {}


def test_each_dose_has_a_number(pages: Mapping[str, Page]) -> None:
    """How much is said in numbers, in every mile, or in the count of times."""
    doses = {
        name: next(block.text for block in page.blocks if lead_in(block) == "Dose:")
        for name, page in cards(pages).items()
    }
    vague = {
        name: dose
        for name, dose in doses.items()
        if not any(letter.isdigit() for letter in dose) and "Twice" not in dose
    }
    assert vague == {}


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
