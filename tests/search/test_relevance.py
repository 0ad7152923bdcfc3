"""The queries that people would type find the pages that answer them."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

import pytest

from tests.search.own_index import own_index
from tui.handbook.blocks import Heading
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.search.engine import Index

QUERIES = Path(__file__).with_name("queries.toml")
UNSEEN = Path(__file__).with_name("queries_unseen.toml")
"""A second set, so that what suits the first alone is noticed."""
FRESH = Path(__file__).with_name("queries_fresh.toml")
"""A third, which an earlier ranking was measured with and this one was made with."""
HELD_OUT = Path(__file__).with_name("queries_heldout.toml")
"""A fourth, not looked at while the ranking was made: what it says of new queries holds until it is."""
HARD = Path(__file__).with_name("queries_hard.toml")
"""A fifth, half of it in words that the pages do not use."""
BLIND = Path(__file__).with_name("queries_blind.toml")
"""A sixth, like the fourth, by somebody who knew neither this search nor its synonyms."""
SETS = (QUERIES, UNSEEN, FRESH, HELD_OUT, HARD, BLIND)
STILL_TYPED = "half-words"
"""The table of queries whose last word is not finished."""


@dataclass(frozen=True)
class Answer:
    """A query, the pages that answer it, and what search found first."""

    table: str
    words: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def rank(self) -> int:
        """At which place the first right page stands, from 1; 0 when none does."""
        places = (place for place, each in enumerate(self.found, 1) if each in self.wanted)
        return next(places, 0)


def queries(file: Path = QUERIES) -> Iterator[tuple[str, str, list[str]]]:
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    for table, lines in tables.items():
        for words, pages in lines.items():
            yield table, words, pages


def changes_while_typed(index: Index, words: str) -> int:
    """How often another hit comes first while a query is typed letter by letter."""
    letters = range(1, len(words) + 1)
    found = (index.search(words[:end], limit=1, typing=True).hits for end in letters)
    first = [hits[0].id if hits else "" for hits in found]
    return sum(a != b and bool(a and b) for a, b in pairwise(first))


def report(name: str, answers: list[Answer]) -> tuple[float, float, float]:
    """Print and return hit@1, hit@3 and the mean reciprocal rank."""
    ranks = [answer.rank for answer in answers]
    first = sum(rank == 1 for rank in ranks) / len(ranks)
    third = sum(1 <= rank <= 3 for rank in ranks) / len(ranks)
    reciprocal = sum(1 / rank for rank in ranks if rank) / len(ranks)
    print(f"{name:10} {len(ranks):4} queries  {first:.3f}  {third:.3f}  {reciprocal:.3f}")
    return first, third, reciprocal


@pytest.fixture(scope="module")
def index() -> Index:
    return own_index()


@pytest.fixture(scope="module", params=[QUERIES, UNSEEN], ids=lambda file: file.stem)
def answers(index: Index, request: pytest.FixtureRequest) -> list[Answer]:
    found = []
    for table, words, pages in queries(request.param):
        hits = index.search(words, typing=table == STILL_TYPED).hits
        found.append(Answer(table, words, tuple(pages), tuple(hit.id for hit in hits)))
    return found


def test_every_wanted_page_is_in_the_book() -> None:
    """A page that a query wants is in the book, or else the query tests nothing."""
    handbook = load_handbook(OWN_BOOK)
    glossary = Pages(handbook)[handbook.by_id["glossary"]]
    terms = {f"glossary#{b.anchor}" for b in glossary.blocks if isinstance(b, Heading)}
    wanted = {page for file in SETS for _, _, pages in queries(file) for page in pages}
    assert sorted(wanted - terms - handbook.by_id.keys()) == []


def test_right_pages_come_first(answers: list[Answer]) -> None:
    """The first hit is right for 89 of 100 queries, and one of the first three for 98."""
    print("\n                         hit@1  hit@3  MRR")
    for table in dict.fromkeys(answer.table for answer in answers):
        report(table, [answer for answer in answers if answer.table == table])
    first, third, _ = report("all", answers)
    missed = [(each.words, each.rank, each.found[:3]) for each in answers if each.rank != 1]
    assert first >= 0.89, missed
    assert third >= 0.98, missed


def test_the_first_hit_stays_while_one_types(index: Index) -> None:
    """It changes at most 0.8 times for each word that is typed."""
    typed = [words for _, words, _ in islice(queries(UNSEEN), None, None, 8)]
    changes = sum(changes_while_typed(index, words) for words in typed)
    assert changes <= 0.8 * sum(len(words.split()) for words in typed)


def test_enough_is_asked() -> None:
    """At least 120 different queries are asked of each set, and none of both."""
    first, second = ({words.lower() for _, words, _ in queries(file)} for file in (QUERIES, UNSEEN))
    assert min(len(first), len(second)) >= 120
    assert first & second == set()


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("scapula", {"glossary#scapula", "muscle-levator"}),
        ("safety", {"safety-first"}),
        ("evidence", {"how-to-use"}),
    ],
)
def test_a_lone_word_finds_its_page(index: Index, words: str, pages: set[str]) -> None:
    """A word that a whole page is about finds it among the first three."""
    assert pages & {hit.id for hit in index.search(words).hits[:3]} != set()


@pytest.mark.parametrize("words", [words for table, words, _ in queries() if table == "worries"])
def test_worries_show_the_red_flags_first(index: Index, words: str) -> None:
    """What may be a danger shows the red flags above all else."""
    assert index.search(words).hits[0].id == "red-flags"
