"""Readers are understood in their own words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.search.own_index import own_index
from tests.search.test_relevance import SETS, queries
from tui.handbook.loading import OWN_BOOK
from tui.handbook.model import Handbook, Kind, Page
from tui.search.synonyms import Synonyms, load_asked, load_synonyms
from tui.search.words import plain_words


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


def test_every_page_is_asked_for(pages: Mapping[str, Page]) -> None:
    """asked.toml has at least ten lines for each page but those that everything leads to, and for no other."""
    asked = load_asked(OWN_BOOK)
    assert asked.keys() == pages.keys() - {"glossary", "sources"}
    assert [page for page, lines in asked.items() if len(lines) < 10] == []


def test_nothing_is_asked_twice_or_measured() -> None:
    """No two lines of a page have the same words, and no line has those of a query that measures the search."""
    measured = {frozenset(plain_words(words)) for file in SETS for _, words, _ in queries(file)}
    for page, lines in load_asked(OWN_BOOK).items():
        words = [frozenset(plain_words(line)) for line in lines]
        assert len(set(words)) == len(words), page
        assert measured.isdisjoint(words), page


def test_no_sign_of_danger_asks_for_an_exercise(handbook: Handbook) -> None:
    """No line that leads to an exercise or a routine is one that a search answers with a warning."""
    index, asked = own_index(), load_asked(OWN_BOOK)
    moves = [each.id for each in handbook.sections if each.kind in {Kind.EXERCISE, Kind.ROUTINE}]
    assert len(moves) > 30
    assert [line for page in moves for line in asked[page] if index.danger_in(line)] == []
