"""The book reads easily: short sentences, and words that a tired runner takes in.

The grade is Flesch-Kincaid's: years of American school. It counts prose and list items; titles,
bold openings, tables, evidence lines, and see-also lines are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from tui.handbook.model import Handbook, Kind, Page

from .prose import (
    after_lead_in,
    evidence_of,
    lead_in,
    links_of,
    paragraphs,
    reading_grade,
    see_also_of,
    sentences,
    told,
    words,
)

GRADES = {
    "Start here": 9.0,
    "Muscles": 9.0,
    "Posture": 9.0,
    "Form": 9.0,
    "Tight chest and shoulders": 9.0,
    "Gear": 9.0,
    "Training and conditions": 9.0,
    "Relief now": 9.0,
    "Prevention": 9.0,
    "Who you are": 9.0,
    "Plans": 9.0,
    "Getting help": 9.0,
    "Exercises": 9.0,
    "Routines": 9.0,
    "Checklists": 9.0,
    "Reference": 9.0,
}
"""The highest grade of each chapter; nothing is too plain."""

UNGRADED = {"red-flags", "sources"}
"""Signs are told in the shortest words there are, and sources are titles: no prose to grade."""

LONGEST_SENTENCE = 35
"""Words."""


@pytest.mark.parametrize("chapter", GRADES)
def test_grade(handbook: Handbook, pages: Mapping[str, Page], chapter: str) -> None:
    """A chapter is not hard to read: its grade is no higher than its bound."""
    sections = next(each.sections for each in handbook.chapters if each.title == chapter)
    texts = {each.id: told(pages[each.id]) for each in sections if each.id not in UNGRADED}
    grade = reading_grade(text for told_there in texts.values() for text in told_there)
    by_page = {name: round(reading_grade(text), 1) for name, text in texts.items()}
    assert grade <= GRADES[chapter], f"{chapter} is at {grade:.2f}: {by_page}"


def test_every_chapter_has_its_bound(handbook: Handbook) -> None:
    """No chapter escapes the measure."""
    assert [chapter.title for chapter in handbook.chapters] == list(GRADES)


def test_no_sentence_is_long(pages: Mapping[str, Page]) -> None:
    """Nobody has to read a sentence of more than 35 words."""
    wrong = [
        f"{name}: {len(words(sentence))} words: {sentence}"
        for name, page in pages.items()
        if name != "sources"
        for text in said(page)
        for sentence in sentences(text)
        if len(words(sentence)) > LONGEST_SENTENCE
    ]
    assert wrong == []


def said(page: Page) -> list[str]:
    """Every paragraph of a page, bold openings too, without lists of links at its end."""
    blocks = [block for block in paragraphs(page) if block not in see_also_of(page)]
    return [
        block.text.partition("Sources:")[0] if block in evidence_of(page) else block.text
        for block in blocks
    ]


SAFETY_FIRST = {"heat-and-head",
    "start-here", "safety-first", "self-check", "how-to-use", "red-flags", "who-to-see",
}  # fmt: skip
"""Pages that have a job of their own before any advice: to clear dangers, or to explain the book."""


def test_each_section_says_what_to_try_first(pages: Mapping[str, Page]) -> None:
    """Under the title stands one sentence that can be done now, with one number and one link."""
    wrong = []
    for name, page in pages.items():
        if page.section.kind is Kind.SECTION and name not in SAFETY_FIRST:
            first = [block for block in page.blocks[1:3] if lead_in(block) == "Try first:"]
            texts = [after_lead_in(block) for block in first]
            sound = [
                len(text.split(". ")) == len(links_of(block)) == 1 and bool(NUMBER.search(text))
                for text, block in zip(texts, first, strict=True)
            ]
            if sound != [True]:
                wrong.append(f"{name}: {texts}")
    assert wrong == []


NUMBER = re.compile(r"\d|\b(one|two|ten)\b")
"""A number, as a figure or a word."""
