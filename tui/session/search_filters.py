"""Filters in a search, by the labels of the exercises: `neck kit:none min:5`, "exercises without equipment"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ..handbook.cards import Card
from ..search.engine import Index, Results
from ..search.synonyms import Synonyms
from .exercise_choice import NOTHING_NEEDED, Need, fitting

_FILTER = re.compile(r"(?<!\S)(kit|for|when|min):(\S+)", re.IGNORECASE)
_BARE = re.compile(r"\b(?:without|no|with no)(?: any)? (?:equipment|kit)\b", re.IGNORECASE)
_EXERCISES = re.compile(r"\b(?:exercise|stretch|drill)", re.IGNORECASE)


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


def read_filters(query: str) -> tuple[str, Need | None]:
    """The words of a query without its filters, and what they ask for; None where it holds none."""
    parts = {name.lower(): value for name, value in _FILTER.findall(query)}
    words = _FILTER.sub(" ", query)
    if _EXERCISES.search(words) and _BARE.search(words):
        parts.setdefault("kit", NOTHING_NEEDED)
        words = _BARE.sub(" ", words)
    minutes = parts.get("min", "")
    if not parts or (minutes and not minutes.isdecimal()):
        return query, None
    most = float(minutes) if minutes else None
    target, kit, when = (parts.get(name, "").replace("-", " ") for name in ("for", "kit", "when"))
    return " ".join(words.split()), Need(target, kit, when, most)


def filter_line(need: Need) -> str:
    """What is said of a search with filters."""
    kit = "no equipment" if need.equipment.casefold() == NOTHING_NEEDED else need.equipment
    said = (
        f"for {need.target}" if need.target else "",
        f"with {kit}" if kit else "",
        f"when: {need.when}" if need.when else "",
        f"at most {need.minutes:g} min" if need.minutes is not None else "",
    )
    return f"Only exercises {', '.join(filter(None, said))}."
