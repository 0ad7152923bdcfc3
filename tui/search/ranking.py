"""Which entries answer best: titles, all words before some, words that stand together.

Each factor stands because without it the right page comes first less often: of 641 queries, mentions gain 3.8 in a hundred,
labels 1.6, titles 0.6, words side by side 0.8, words together 0.6, the smaller worth of synonyms 0.7; a page's whole title leads
to it for 4 of 109 pages that it would miss. `python -m tests.benchmarks.ranking --ablate` measures it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from .index import FieldScores, SearchTerm, Tables, worth
from .query import Query, Unit

TITLE, LABELS, MENTIONS = 3.0, 1.2, 1.5
"""What a word counts in a title, a label, or a sentence that leads to the page; anywhere else on it, 1."""

SYNONYM = 0.8
"""What a synonym counts beside the word itself; where the book has no such word, it counts as the word."""

INDIRECT_SYNONYM = 0.6
"""What another name of a synonym counts beside the synonym."""

TOGETHER = 0.5
"""What two neighbors of the query count more when a page has them together."""

SIDE_BY_SIDE = 0.5
"""What they count more when they stand there as in the query, nothing between them."""

NEAR = 3
"""Words between two words that stand together."""

WHOLE_TITLE = 5.0
"""What it counts when the query is a title."""

COMMONPLACE = 1.2
"""What the rarest word of a query weighs where it is common: three of ten entries hold a word that weighs so much."""

LEADING = 2.0
"""How much more the page that one begins with counts then."""


@dataclass
class EntryTraits:
    """What ranking knows of the entries beside their words, by their number."""

    shares: list[float] = field(default_factory=list)
    """What an entry's points count, for what it is."""
    titles: dict[tuple[str, ...], set[int]] = field(default_factory=dict)
    """The entries with a title of these stems."""
    first_page: int | None = None
    """The page that one begins with."""
    sources: int | None = None
    """The page of sources, which names everything and answers nothing."""


@dataclass(slots=True)
class _Tally:
    """What one entry has of a query."""

    points: float = 0.0
    covered: float = 0.0
    required: int = 0
    shown: bool = False
    """Whether the entry's own words hold any of it."""
    named: bool = False
    """Whether its title holds any of it."""


@dataclass(slots=True)
class _Share:
    """What one entry has of one unit."""

    own: float = 0.0
    held: float = 0.0
    other: float = 0.0
    shown: bool = False
    placed: bool = False
    named: bool = False


def rank(tables: Tables, query: Query, traits: EntryTraits) -> list[tuple[int, float]]:
    """The entries that hold something of the query, best first, with their scores."""
    tallies: dict[int, _Tally] = {}
    weights = [_count(tables, unit, tallies) for unit in query.units]
    weight = sum(weights)
    required = sum(unit.required for unit in query.units)
    tallies = {
        row: each for row, each in tallies.items() if each.shown and each.required == required
    }
    for row in {row for each in query.excluded for row in tables.holding(each)}:
        tallies.pop(row, None)
    _count_pairs(tables, query, tallies)
    for row in _titled(tables, query, traits) & tallies.keys():
        tallies[row].points += WHOLE_TITLE
    _lead_in(traits, tallies, max(weights, default=0.0))
    scores = [
        (row, each.points * traits.shares[row] * each.covered / weight)
        for row, each in tallies.items()
    ]
    sources = tallies.get(traits.sources) if traits.sources is not None else None
    last = traits.sources if sources and not sources.named else None
    return sorted(scores, key=lambda each: (each[0] == last, -each[1], each[0]))


def _lead_in(traits: EntryTraits, tallies: dict[int, _Tally], rarest: float) -> None:
    """Let the page that one begins with count more where the query holds common words alone."""
    first = tallies.get(traits.first_page) if traits.first_page is not None else None
    if first and rarest < COMMONPLACE:
        first.points *= LEADING


def _count(tables: Tables, unit: Unit, tallies: dict[int, _Tally]) -> float:
    """Give each entry its points for one unit; returns what the whole unit weighs."""
    shares: defaultdict[int, _Share] = defaultdict(_Share)
    weight = sum(_count_word(tables, asked, shares) for asked in unit.words)
    value = (SYNONYM if weight else 1.0) * len(unit.words) ** 0.5
    others = [_count_synonym(tables, asked, value, shares) for asked in unit.alternatives]
    others += [
        _count_synonym(tables, asked, value * INDIRECT_SYNONYM, shares) for asked in unit.indirect
    ]
    weight = weight or max(others, default=0.0)
    for row, share in shares.items():
        tally = tallies.get(row) or tallies.setdefault(row, _Tally())
        tally.points += max(share.own, share.other) + min(share.own, share.other) / 4
        tally.covered += weight if share.other else share.held
        tally.shown |= share.shown
        tally.named |= share.named
        tally.required += unit.required and share.placed
    return weight


def _count_word(tables: Tables, asked: SearchTerm, shares: defaultdict[int, _Share]) -> float:
    """Count a word of the query in every entry; returns what it weighs."""
    found = tables.find(asked)
    weight = worth(len(found), tables.size)
    for row, each in found.items():
        share = shares[row]
        share.own += weight * _points(each)
        share.held += weight
        share.shown |= each.shown
        share.placed |= each.placed
        share.named |= each.title
    return weight if found else 0.0


def _count_synonym(
    tables: Tables, asked: SearchTerm, value: float, shares: defaultdict[int, _Share]
) -> float:
    """Count what stands for a unit in every entry, the best of it; returns what it weighs."""
    found = tables.find(asked)
    weight = worth(len(found), tables.size)
    for row, each in found.items():
        share = shares[row]
        share.other = max(share.other, value * weight * _points(each))
        share.shown |= each.shown
    return weight if found else 0.0


def _points(found: FieldScores) -> float:
    return (
        found.headings
        + found.body
        + found.asides
        + TITLE * found.title
        + LABELS * found.labels
        + MENTIONS * found.mentions
    )


def _count_pairs(tables: Tables, query: Query, tallies: dict[int, _Tally]) -> None:
    for first, second in query.pairs:
        near = tables.find_near(first, second, NEAR)
        value = worth(len(near), tables.size)
        for row in near & tallies.keys():
            tallies[row].points += TOGETHER * value
        if near and not (first.unfinished or second.unfinished):
            phrase = tables.holding(SearchTerm(f"{first.words} {second.words}"))
            for row in phrase & tallies.keys():
                tallies[row].points += SIDE_BY_SIDE * worth(len(phrase), tables.size)


def _titled(tables: Tables, query: Query, traits: EntryTraits) -> set[int]:
    """The entries whose title the query is."""
    stems = tuple(stem for word in query.words for stem in tables.stems_of(word))
    return traits.titles.get(stems, set())
