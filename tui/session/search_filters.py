"""Filters in a search, by the labels of the exercises: `neck kit:none min:5`, "exercises without equipment"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..search.engine import Index, Results
from ..search.synonyms import Synonyms
from .exercise_choice import NOTHING_NEEDED, Need, fitting

if TYPE_CHECKING:
    from ..handbook.cards import Card

_FILTER = re.compile(r"(?<!\S)(kit|for|when|min):(\S+)", re.IGNORECASE)
_OR = re.compile(r",|\bor\b|\band\b|\bwith\b|\bthough\b|[.(:;]")
"""What parts the things that a label names."""
_ASIDE = re.compile(r"\([^)]*\)")
_BEFORE_A_TIME = re.compile(r"^(?:as an?|on an?|in the) ")
_MINUTES = ("2", "5")
FEWEST = 2
"""Exercises that name what they train, for it to be offered as a filter."""
_BARE = re.compile(r"\b(?:without|no|with no)(?: any)? (?:equipment|kit)\b", re.IGNORECASE)
_EXERCISES = re.compile(r"\b(?:exercise|stretch|drill)", re.IGNORECASE)


class Offer(NamedTuple):
    """A filter that some exercises fit."""

    name: str
    """`kit`, `for`, `when` or `min`."""
    value: str
    fits: int
    """How many exercises fit."""

    @property
    def chip(self) -> str:
        """What it is called where it is in force."""
        return chips(_need({self.name: self.value}))[0]

    def is_in(self, query: str) -> bool:
        """Whether it is in force in a query."""
        return _parts(query).get(self.name) == self.value

    def toggled(self, query: str) -> str:
        """The query with this filter for the one of its name; without it where it is in force."""
        without = " ".join(
            each for each in query.split() if not each.lower().startswith(f"{self.name}:")
        )
        return without if self.is_in(query) else f"{without} {self.name}:{self.value}".strip()


class FilteredSearch:
    """A book's search that knows the filters; the cards are read when one is first used."""

    def __init__(
        self, index: Index, cards: Callable[[], Iterable[Card]], synonyms: Callable[[], Synonyms]
    ) -> None:
        self._index = index
        self._cards = cards
        self._synonyms = synonyms

    def search(
        self, query: str, *, limit: int = 20, typing: bool = False, exact: bool = False
    ) -> Results:
        """What answers the query, of the exercises that fit where it holds filters."""
        words, need = read_filters(query)
        if need is None:
            return self._index.search(query, limit=limit, typing=typing, exact=exact)
        only = [card.id for card in fitting(self._cards(), need, self._synonyms())]
        found = self._index.search(words, limit=limit, typing=typing, exact=exact, only=only)
        return found._replace(query=query, filter_line=filter_line(need))

    def offers(self) -> tuple[Offer, ...]:
        """The filters that the labels of the cards allow, those of one name together."""
        return tuple(_offers(tuple(self._cards()), self._synonyms()))


def read_filters(query: str) -> tuple[str, Need | None]:
    """The words of a query without its filters, and what they ask for; None where it holds none."""
    parts = _parts(query)
    words = _FILTER.sub(" ", query)
    if _EXERCISES.search(words) and _BARE.search(words):
        parts.setdefault("kit", NOTHING_NEEDED)
        words = _BARE.sub(" ", words)
    minutes = parts.get("min", "")
    if not parts or (minutes and not minutes.isdecimal()):
        return query, None
    return " ".join(words.split()), _need(parts)


def chips(need: Need) -> tuple[str, ...]:
    """What each filter in force is called."""
    return tuple(filter(None, _called(need)))


def filter_line(need: Need) -> str:
    """What is said of a search with filters."""
    target, kit, when, time = _called(need)
    said = (
        f"for {target}" if target else "",
        f"with {kit}" if kit else "",
        f"when: {when}" if when else "",
        time,
    )
    return f"Only exercises {', '.join(filter(None, said))}."


def _called(need: Need) -> tuple[str, str, str, str]:
    """What target, equipment, time of use and length are called; empty where anything will do."""
    bare = need.equipment.casefold() == NOTHING_NEEDED
    kit = "no equipment" if bare else need.equipment
    time = f"at most {need.minutes:g} min" if need.minutes is not None else ""
    return need.target, kit, need.when, time


def _parts(query: str) -> dict[str, str]:
    """The values of the filters that a query holds as words, by their names."""
    return {name.lower(): value for name, value in _FILTER.findall(query)}


def _need(parts: Mapping[str, str]) -> Need:
    """What the values of filters ask for."""
    target, kit, when = (parts.get(name, "").replace("-", " ") for name in ("for", "kit", "when"))
    return Need(target, kit, when, float(parts["min"]) if parts.get("min") else None)


def _offers(cards: Sequence[Card], synonyms: Synonyms) -> Iterator[Offer]:
    things = _most_first(each for card in cards for each in _things(card.part("Equipment")))
    times = _most_first(each for card in cards for each in _times(card.part("When")))
    values = {"min": _MINUTES, "when": times, "kit": things, "for": _trained(cards, synonyms)}
    for name, each in values.items():
        for value in each:
            word = value.replace(" ", "-")
            fits = len(fitting(cards, _need({name: word}), synonyms))
            if fits < len(cards):
                yield Offer(name, word, fits)


def _trained(cards: Sequence[Card], synonyms: Synonyms) -> list[str]:
    """What the labels say is trained, in the words that the book's synonyms know."""
    targets = [card.part("Target").lower() for card in cards]
    heads = (group[0].lower() for group in synonyms.groups)
    found = Counter({head: sum(head in target for target in targets) for head in heads})
    return [head for head, count in found.most_common() if count >= FEWEST]


def _things(label: str) -> Iterator[str]:
    """What a label of equipment names, each by its last word: `A light elastic band.` → `band`."""
    if label.casefold().startswith(NOTHING_NEEDED):
        yield NOTHING_NEEDED
        return
    first, *_ = _OR.split(label)
    words = first.lower().split()
    if words and not any(character.isdigit() for character in first):
        yield words[-1]


def _times(label: str) -> Iterator[str]:
    """The times that a label names: `As a desk break, or after a run.` → `desk break`, `after a run`."""
    for each in _OR.split(_ASIDE.sub("", label.lower())):
        if each.strip():
            yield _BEFORE_A_TIME.sub("", each.strip())


def _most_first(values: Iterable[str]) -> list[str]:
    return [value for value, _ in Counter(values).most_common()]
