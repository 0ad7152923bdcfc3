"""Which entries answer best: titles, all words before some, what people ask for a page with.

Each factor stands because without it the right page comes first less often. Of the 1,142 queries of six sets, in a hundred: what
people ask for a page with gains 7.4 (of the 400 on which nothing was tuned, 13.5), the smaller worth of what is seldom the answer
1.1, what names a page counting twice 0.9, words together 0.5, the smaller worth of a synonym 0.4, more than one phrase 0.2 (and
0.8 among the first three). Of titles typed as queries, 18 in a hundred would miss their page. The first page leads for common words
alone, where nothing else tells the pages apart. `python -m tests.benchmarks.ranking --ablate` measures it, set by set.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import reduce

from .index import Tables, WordScores, entry_asked_for, worth
from .query import Query, Unit

NAMED = 2.0
"""What a word counts in a title, in a sentence that leads to the page, or in what it is asked for with; elsewhere on it, 1."""

SYNONYM = 0.8
"""What a synonym counts beside the word itself."""

NEXT_PHRASE = 0.7
"""What each phrase that an entry is asked for with counts of the one that is better."""

TOGETHER = 0.5
"""What two neighbors of the query count more when a page has them together."""

NEAR = 3
"""Words between two words that stand together."""

WHOLE_TITLE = 3.0
"""How much more an entry counts when the query is its title."""

SELDOM = 0.7
"""What the points of an entry count that is of a kind that is less often the answer."""

COMMONPLACE = 1.2
"""What the rarest word of a query weighs where it is common: three of ten entries hold a word that weighs so much."""

LEADING = 2.0
"""How much more the page that one begins with counts then."""


@dataclass
class EntryTraits:
    """What ranking knows of the entries beside their words, by their number."""

    seldom: set[int] = field(default_factory=set)
    """Those that are less often the answer, for what they are."""
    titles: dict[tuple[str, ...], set[int]] = field(default_factory=dict)
    """The entries with a title of these stems."""
    first_page: int | None = None
    """The page that one begins with."""
    sources: int | None = None
    """The page of sources, which names everything and answers nothing."""


@dataclass
class _Tally:
    """What the entries have of a query, and the phrases that they are asked for with, by their number."""

    points: defaultdict[int, float] = field(default_factory=lambda: defaultdict(float))
    covered: defaultdict[int, float] = field(default_factory=lambda: defaultdict(float))
    """What the units weigh that an entry has something of."""
    shown: set[int] = field(default_factory=set)
    """Whose own words hold any of it."""
    named: set[int] = field(default_factory=set)
    """Whose title holds a word of the query itself."""


def rank(tables: Tables, query: Query, traits: EntryTraits) -> list[tuple[int, float]]:
    """The entries that hold something of the query, best first, with their scores."""
    tally = _Tally()
    weights = [_count(tables, unit, tally) for unit in query.units]
    weight = sum(weights)
    _count_asked(tally)
    found = _answers(tables, query, tally.shown)
    points = tally.points
    _count_pairs(tables, query, points, found)
    for row in _titled(tables, query, traits) & found:
        points[row] *= WHOLE_TITLE
    first = traits.first_page
    if first is not None and first in found and max(weights) < COMMONPLACE:
        points[first] *= LEADING
    for row in traits.seldom & found:
        points[row] *= SELDOM
    if traits.sources is not None and traits.sources not in tally.named:
        points[traits.sources] = 0.0
    scores = [(-points[row] * tally.covered[row] / weight, row) for row in found]
    return [(row, -score) for score, row in sorted(scores)]


def _answers(tables: Tables, query: Query, shown: set[int]) -> set[int]:
    """The entries that hold what was quoted, and nothing that was excluded."""
    required = (asked for unit in query.units if unit.required for asked in unit.words)
    found = shown.intersection(*map(tables.holding_on_page, required))
    return found.difference(*map(tables.holding, query.excluded))


def _count(tables: Tables, unit: Unit, tally: _Tally) -> float:
    """Give each entry its points for one unit; returns what the whole unit weighs."""
    points, covered = tally.points, tally.covered
    every = [tables.find(asked) for asked in unit.words]
    tally.named.update(*(found.titled for found in every))
    words = [_weighed(tables, found, tally) for found in every]
    best, others = _find_synonyms(tables, unit, tally)
    weight = sum(worth_of_word for worth_of_word, _ in words) or best
    for worth_of_word, found in words:
        for row, each in found.items():
            points[row] += each
            if row not in others:
                covered[row] += worth_of_word
    for row, each in others.items():
        points[row] += each
        covered[row] += weight
    return weight


def _find_synonyms(tables: Tables, unit: Unit, tally: _Tally) -> tuple[float, dict[int, float]]:
    """What the rarest of all that stands for a unit weighs, and for each entry the best of it."""
    value = SYNONYM * len(unit.words) ** 0.5
    rarest = 0.0
    best: dict[int, float] = {}
    for asked in unit.alternatives:
        weight, found = _weighed(tables, tables.find(asked), tally, value)
        rarest = max(rarest, weight)
        for row, each in found.items():
            best[row] = max(best.get(row, 0.0), each)
    return rarest, best


def _weighed(
    tables: Tables, found: WordScores, tally: _Tally, value: float = 1.0
) -> tuple[float, dict[int, float]]:
    """What a word weighs that was found so, and the points of each entry for it, where it has this value."""
    tally.shown.update(found.text)
    asked_for = set(map(entry_asked_for, found.phrases))
    entries = len(found.text.keys() | found.mentioned.keys() | asked_for)
    weight = worth(entries, tables.size) if entries else 0.0
    value *= weight
    points = {row: value * each for row, each in found.text.items()}
    for row in found.titled:
        points[row] += value * NAMED
    for row, each in found.mentioned.items():
        points[row] = points.get(row, 0.0) + value * NAMED * each
    for phrase, each in found.phrases.items():
        points[phrase] = value * NAMED * each
    return weight, points


def _count_asked(tally: _Tally) -> None:
    """Give each entry what its best phrase has, less of what the next has, and so on."""
    points, covered = tally.points, tally.covered
    phrases: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    for phrase in [number for number in points if number < 0]:
        phrases[entry_asked_for(phrase)].append((points[phrase], covered[phrase]))
    for row, found in phrases.items():
        found.sort()
        points[row] += reduce(lambda total, each: each[0] + total * NEXT_PHRASE, found, 0.0)
        covered[row] = max(covered[row], found[-1][1])
    tally.shown.update(phrases)


def _count_pairs(tables: Tables, query: Query, points: dict[int, float], found: set[int]) -> None:
    for first, second in query.pairs:
        near = tables.find_near(first, second, NEAR)
        value = TOGETHER * worth(len(near), tables.size)
        for row in near & found:
            points[row] += value


def _titled(tables: Tables, query: Query, traits: EntryTraits) -> set[int]:
    """The entries whose title the query is."""
    stems = tuple(stem for word in query.words for stem in tables.stems_of(word))
    return traits.titles.get(stems, set())
