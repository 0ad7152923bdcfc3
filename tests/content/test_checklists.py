"""The checklists can be ticked with a clear mind: each item is an act and has its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from tui.handbook.checklists import Checklist, Item, Resets, read_checklist
from tui.handbook.model import Handbook, Kind, Page

from .prose import in_list, lead_in, links_of, paragraphs

RESETS = {
    "before-the-run": Resets.RUN,
    "during-the-run": Resets.RUN,
    "after-the-run": Resets.RUN,
    "every-week": Resets.WEEK,
    "once": Resets.NEVER,
    "do-i-need-help": Resets.NEVER,
}

BEFORE_THE_RUN = [
    "no-red-flags",
    "distance",
    "bail-out",
    "shoes",
    "pack",
    "bra",
    "hands",
    "warm-up",
    "chest-open",
    "core-awake",
    "one-cue",
    "cool-down-time",
]

DANGER = re.compile(
    r"\b(signs?|symptoms?|flags?|urine|weak|weakness|numb\w*|tingl\w*|faint\w*|breathless\w*|fever"
    r"|pain|sharp|tearing|heart|not better|still there)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def checklists(handbook: Handbook, pages: Mapping[str, Page]) -> Mapping[str, Checklist]:
    return {
        name: read_checklist(handbook, page)
        for name, page in pages.items()
        if page.section.kind is Kind.CHECKLIST
    }


@pytest.fixture(scope="module")
def items(checklists: Mapping[str, Checklist]) -> list[Item]:
    return [item for checklist in checklists.values() for item in checklist.items]


def test_when_each_list_starts_afresh(checklists: Mapping[str, Checklist]) -> None:
    """Lists around a run start afresh with each run, one with each week, two never."""
    assert {name: each.resets for name, each in checklists.items()} == RESETS


def test_each_list_says_when_it_starts_afresh(pages: Mapping[str, Page]) -> None:
    """The page itself says so, also where it is what a list does anyway."""
    said = {name: list(pages[name].comments) for name in RESETS}
    assert said == {name: [f"resets: {when}"] for name, when in RESETS.items()}


def test_before_the_run_keeps_its_items(checklists: Mapping[str, Checklist]) -> None:
    """Diaries refer to these ids, and the order is that of doing: decide, dress, warm up, go."""
    assert [item.id for item in checklists["before-the-run"].items] == BEFORE_THE_RUN


def test_nothing_is_ticked_that_was_not_done(items: list[Item]) -> None:
    """What cannot be done without the thing is offered to be left out, never to be ticked."""
    assert [item.reference for item in items if "none, tick it" in item.why] == []
    offered = [item.reference for item in items if item.may_not_apply]
    assert offered == ["before-the-run/pack", "before-the-run/bra"]
    assert [item.id for item in items if item.may_not_apply and "not for me" not in item.why] == []


def test_each_item_says_its_id(pages: Mapping[str, Page]) -> None:
    """An id that followed from the label would change with the next edit of the label."""
    wrong = [
        f"{name}: {block.text}"
        for name in RESETS
        for block in paragraphs(pages[name])
        if in_list(block) and not any(each.startswith("id: ") for each in block.comments)
    ]
    assert wrong == []


def test_each_item_has_a_reason_and_its_page(items: list[Item], pages: Mapping[str, Page]) -> None:
    """Nobody is asked to do a thing without being told why, and where to read more."""
    wrong = [
        f"{item.reference}: why {item.why!r}, page {item.section!r}"
        for item in items
        if len(item.why) < 10 or item.section not in pages
    ]
    assert wrong == []


def test_each_reason_page_is_named_by_its_title(items: list[Item], handbook: Handbook) -> None:
    """The links of an item are the titles of the pages that they lead to."""
    wrong = [
        f"{item.reference}: {placed.text!r}"
        for item in items
        for placed in item.links
        if placed.text != handbook.by_id[placed.link.section].title
    ]
    assert wrong == []


def test_labels_are_short(items: list[Item]) -> None:
    """A label is at most 60 characters, so that it stands on one line of a narrow terminal."""
    long = [f"{item.reference}: {len(item.label)}" for item in items if len(item.label) > 60]
    assert long == []


def test_labels_stand_in_bold_with_a_period(pages: Mapping[str, Page]) -> None:
    """What is ticked stands out from why it is ticked, in every Markdown reader."""
    wrong = [
        f"{name}: {block.text}"
        for name in RESETS
        for block in paragraphs(pages[name])
        if in_list(block) and not lead_in(block).endswith(".")
    ]
    assert wrong == []


def test_no_label_is_a_danger(items: list[Item]) -> None:
    """A tick must never seem to settle a danger: a label that names one begins with its absence."""
    wrong = [
        f"{item.reference}: {item.label}"
        for item in items
        if "?" in item.label or (DANGER.search(item.label) and not item.label.startswith("No "))
    ]
    assert wrong == []


def test_items_about_danger_lead_to_the_red_flags_first(items: list[Item]) -> None:
    """Where an item is about a danger, the first link is the list of danger signs."""
    wrong = [
        f"{item.reference}: {item.section}"
        for item in items
        if DANGER.search(item.label) and item.section != "red-flags"
    ]
    assert wrong == []


def test_the_gate_is_the_first_item(
    handbook: Handbook, checklists: Mapping[str, Checklist]
) -> None:
    """The item that can cancel the run stands before all others and leads to the red flags."""
    first = checklists[handbook.roles.checklist].items[0]
    assert (first.id, first.section) == (handbook.roles.gate_item, handbook.roles.red_flags)


def test_the_prevention_plan_has_seven_points(pages: Mapping[str, Page]) -> None:
    """The plan lists the seven points that were always there, then the two of this book."""
    points = [lead_in(block) for block in paragraphs(pages["prevention-plan"]) if in_list(block)]
    assert points == [
        "Form.",
        "Strength.",
        "Mobility.",
        "Gear.",
        "Warm-up.",
        "Cool-down.",
        "Signals.",
        "Load.",
        "Breaks.",
    ]


def test_each_prevention_point_can_be_ticked(
    pages: Mapping[str, Page], checklists: Mapping[str, Checklist]
) -> None:
    """Each point of the plan shares a page with an item to do before a run or every week."""
    lists = [checklists["before-the-run"], checklists["every-week"]]
    told = [placed for each in lists for item in each.items for placed in item.links]
    reasons = {placed.link.section for placed in told}
    points = [block for block in paragraphs(pages["prevention-plan"]) if in_list(block)]
    lost = [
        block.text
        for block in points
        if reasons.isdisjoint(link.section for _, link in links_of(block))
    ]
    assert lost == []


def test_the_prevention_plan_leads_to_both_lists(pages: Mapping[str, Page]) -> None:
    """From the plan a reader gets to the things to tick."""
    linked = {placed.link.section for placed in pages["prevention-plan"].links}
    assert {"before-the-run", "every-week"} - linked == set()


def test_reasons_to_get_help_are_complete(pages: Mapping[str, Page]) -> None:
    """The list that decides on help names every reason to book that is not a single sign."""
    text = pages["do-i-need-help"].text
    needed = [
        "call the emergency number",
        "same-day medical care",
        "2 weeks",
        "6 weeks",
        "three runs in a row",
        "daily things",
        "simply worried",
    ]
    assert [words for words in needed if words not in text] == []
