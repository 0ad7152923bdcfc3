"""Readers are understood in their own words, and a danger in their words is recognized."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from tui.handbook.loading import OWN_BOOK
from tui.handbook.model import Page
from tui.search.synonyms import LEVELS, Synonyms, load_synonyms


@pytest.fixture(scope="module")
def synonyms() -> Synonyms:
    return load_synonyms(OWN_BOOK)


def test_there_are_enough_synonyms(synonyms: Synonyms) -> None:
    """At least sixty words of the book are known by what runners call them, each by another name."""
    assert len(synonyms.groups) >= 60
    assert [group[0] for group in synonyms.groups if len(set(group)) < 2] == []


def test_synonyms_lead_to_words_of_the_book(synonyms: Synonyms, pages: Mapping[str, Page]) -> None:
    """The first word of a group stands somewhere in the book, or it would find nothing."""
    everything = "\n".join(page.text for page in pages.values()).lower()
    assert [group[0] for group in synonyms.groups if group[0].lower() not in everything] == []


def test_there_are_enough_safety_phrases(synonyms: Synonyms) -> None:
    """At least sixty ways to name a danger are known, of every level."""
    assert len(synonyms.safety) >= 60
    assert {each.level for each in synonyms.safety} == set(LEVELS)


def test_a_safety_phrase_has_one_level(synonyms: Synonyms) -> None:
    """A phrase that stood under two levels would leave it open how fast to act."""
    counts = Counter(each.phrase.lower() for each in synonyms.safety)
    assert [phrase for phrase, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("phrase", "level"),
    [
        ("chest pain", "NOW"),
        ("short of breath", "NOW"),
        ("jaw pain", "NOW"),
        ("tearing pain", "NOW"),
        ("coughing blood", "NOW"),
        ("numb legs", "NOW"),
        ("passed out", "NOW"),
        ("dark urine", "TODAY"),
        ("fever", "TODAY"),
        ("fall", "TODAY"),
        ("cancer", "TODAY"),
        ("numb arm", "TODAY"),
        ("rash", "TODAY"),
        ("wheeze", "BOOK"),
        ("stress fracture", "BOOK"),
    ],
)
def test_the_gravest_words_are_known(synonyms: Synonyms, phrase: str, level: str) -> None:
    """The words in which runners are most likely to name a danger put it at its level."""
    assert {each.phrase: each.level for each in synonyms.safety}[phrase] == level
