"""Exercises by need: what they train, what they take, when they are done, and how long they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..handbook.cards import Card
from ..search.synonyms import NO_SYNONYMS, Synonyms

NOTHING_NEEDED = "none"
"""As equipment: cards that say they need none."""


class Need(NamedTuple):
    """What an exercise is wanted for; what is empty may be anything."""

    target: str = ""
    equipment: str = ""
    when: str = ""
    minutes: float | None = None


def fitting(
    cards: Iterable[Card], need: Need, synonyms: Synonyms = NO_SYNONYMS
) -> tuple[Card, ...]:
    """The cards that answer to a need by their labels, the order kept."""
    return tuple(
        card
        for card in cards
        if _says(f"{card.title}. {card.part('Target')}", need.target, synonyms)
        and _takes(card.part("Equipment"), need.equipment)
        and _says(card.part("When"), need.when, synonyms)
        and (need.minutes is None or card.about_seconds() <= need.minutes * 60)
    )


def _takes(label: str, equipment: str) -> bool:
    if equipment.casefold() == NOTHING_NEEDED:
        return label.casefold().startswith(NOTHING_NEEDED)
    return _says(label, equipment, NO_SYNONYMS)


def _says(label: str, wanted: str, synonyms: Synonyms) -> bool:
    """Whether a label says a phrase or all its words, each in words that mean the same."""
    words = wanted.casefold().split()
    if any(_has(label, each) for each in _same(" ".join(words), synonyms)):
        return True
    return all(any(_has(label, each) for each in _same(word, synonyms)) for word in words)


def _same(phrase: str, synonyms: Synonyms) -> tuple[str, ...]:
    groups = (group for group in synonyms.groups if phrase in map(str.casefold, group))
    return (phrase, *(each for group in groups for each in group))


def _has(label: str, phrase: str) -> bool:
    """Whether words of a label begin with those of a phrase: `band` is in `A light band`."""
    return re.search(rf"\b{re.escape(phrase)}", label, re.IGNORECASE) is not None
