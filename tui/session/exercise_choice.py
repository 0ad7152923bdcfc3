"""Exercises by need: what they train, what they take, when they are done, and how long they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from ..search.synonyms import NO_SYNONYMS, Synonyms

if TYPE_CHECKING:
    from ..handbook.cards import Card

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
    target, when = _Phrase.of(need.target, synonyms), _Phrase.of(need.when, synonyms)
    equipment = _Phrase.of(need.equipment, NO_SYNONYMS)
    bare = need.equipment.casefold() == NOTHING_NEEDED
    return tuple(
        card
        for card in cards
        if target.is_said(f"{card.title}. {card.part('Target')}")
        and (_needs_nothing(card) if bare else equipment.is_said(card.part("Equipment")))
        and when.is_said(card.part("When"))
        and (need.minutes is None or card.about_seconds() <= need.minutes * 60)
    )


def _needs_nothing(card: Card) -> bool:
    return card.part("Equipment").casefold().startswith(NOTHING_NEEDED)


class _Phrase(NamedTuple):
    """A phrase and what means the same, and each of its words likewise."""

    whole: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, wanted: str, synonyms: Synonyms) -> _Phrase:
        """What is asked for with these words."""
        words = wanted.casefold().split()
        return cls(_same(" ".join(words), synonyms), tuple(_same(each, synonyms) for each in words))

    def is_said(self, label: str) -> bool:
        """Whether a label says the phrase or all its words, each in words that mean the same."""
        if any(_has(label, each) for each in self.whole):
            return True
        return all(any(_has(label, each) for each in word) for word in self.words)


def _same(phrase: str, synonyms: Synonyms) -> tuple[str, ...]:
    groups = (group for group in synonyms.groups if phrase in map(str.casefold, group))
    return (phrase, *(each for group in groups for each in group))


def _has(label: str, phrase: str) -> bool:
    """Whether words of a label begin with those of a phrase: `band` is in `A light band`."""
    return re.search(rf"\b{re.escape(phrase)}", label, re.IGNORECASE) is not None
