"""Filters in a search keep only the exercises whose labels fit."""

from __future__ import annotations

import pytest

from tests.search.own_index import own_index
from tui.handbook.cards import all_cards
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.search.synonyms import load_synonyms
from tui.session.exercise_choice import Need, fitting
from tui.session.search_filters import FilteredSearch, Offer, chips, read_filters


@pytest.fixture(name="search", scope="module")
def _search() -> FilteredSearch:
    book = load_handbook(OWN_BOOK)
    pages, synonyms = Pages(book), load_synonyms(OWN_BOOK)
    index = own_index()
    return FilteredSearch(index, lambda: all_cards(book, pages).cards, lambda: synonyms)


@pytest.mark.parametrize(
    ("query", "words", "need"),
    [
        ("neck", "neck", None),
        ("neck kit:none", "neck", Need(equipment="none")),
        ("for:neck min:5 when:desk-break", "", Need("neck", "", "desk break", 5.0)),
        ("exercises without equipment", "exercises", Need(equipment="none")),
        ("stretches with no equipment for my neck", "stretches for my neck", Need(equipment="none")),
        ("run without equipment", "run without equipment", None),
        ("neck min:few", "neck min:few", None),
    ],
)  # fmt: skip
def test_what_a_query_asks_for(query: str, words: str, need: Need | None) -> None:
    """Filters are taken out of the words; what is none stays among them."""
    assert read_filters(query) == (words, need)


def test_only_what_fits_is_found(search: FilteredSearch) -> None:
    """All exercises that fit and nothing else, as `runtall exercises` has them; said in a line."""
    book = load_handbook(OWN_BOOK)
    fit = {card.id for card in fitting(all_cards(book, Pages(book)).cards, Need("", "none"))}
    found = search.search("exercises without equipment", limit=100)
    assert {hit.id for hit in found.hits} == fit
    assert len(fit) > 3
    assert found.query == "exercises without equipment"
    assert found.filter_line == "Only exercises with no equipment."
    assert {hit.id for hit in search.search("kit:none", limit=100).hits} == fit


def test_the_words_rank_what_fits(search: FilteredSearch) -> None:
    """Of those that fit, the ones that answer the words come first."""
    first, *others = search.search("chin tuck kit:none", limit=100).hits
    assert first.id == "chin-tuck"
    assert others


def test_no_filter_hides_a_danger(search: FilteredSearch) -> None:
    """A sign of danger is answered with the red flags, whatever is asked beside it."""
    found = search.search("chest pain kit:none")
    assert found.safety is not None
    assert found.hits[0].id == "red-flags"


def test_what_is_offered(search: FilteredSearch) -> None:
    """The labels of the cards say what filters there are; each leaves some exercises and not all."""
    book = load_handbook(OWN_BOOK)
    cards = all_cards(book, Pages(book)).cards
    offers = {f"{each.name}:{each.value}": each for each in search.offers()}
    assert len(offers) == len(search.offers())
    assert {"kit:none", "kit:mat", "kit:band", "when:desk-break", "min:2", "for:neck"} <= {*offers}
    for words, each in offers.items():
        need = read_filters(words)[1]
        assert need is not None
        fit = fitting(cards, need, load_synonyms(OWN_BOOK))
        assert 0 < len(fit) == each.fits < len(cards)
        assert (each.chip,) == chips(need)


def test_a_filter_comes_and_goes() -> None:
    """A filter takes the place of the one of its name, and is taken away where it is in force."""
    none, mat = Offer("kit", "none", 6), Offer("kit", "mat", 8)
    assert none.toggled("neck") == "neck kit:none"
    assert mat.toggled("neck KIT:none min:5") == "neck min:5 kit:mat"
    assert mat.toggled("neck kit:mat") == "neck"
    assert none.toggled("") == "kit:none"
    assert (none.is_in("kit:none"), none.is_in("kit:mat"), none.is_in("kit")) == (
        True,
        False,
        False,
    )


def test_what_is_in_force() -> None:
    """Each filter in force has a chip."""
    need = read_filters("neck for:upper-back kit:none when:desk-break min:5")[1]
    assert need is not None
    assert chips(need) == ("upper back", "no equipment", "desk break", "at most 5 min")
