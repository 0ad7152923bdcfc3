"""Going through what a search found, match by match."""

import pytest

from tui.handbook.model import Section
from tui.search.engine import Hit, MatchPlace
from tui.session.matches import Matches


def hit(name: str, places: int) -> Hit:
    """A hit on a page of this id, with so many matches, one in each block."""
    section = Section(name, name.title(), "", None)
    found = tuple(MatchPlace(block, 0, 4) for block in range(places))
    return Hit(section, name, "section", name.title(), "", 1.0, "", (), places, lambda: found)


TWO = Matches("back", (hit("one", 2), hit("two", 1)))


def steps(matches: Matches, step: str) -> list[tuple[str, str]]:
    """The pages and labels that one comes by, one step after another."""
    at: Matches | None = matches
    been = []
    while at is not None:
        been.append((at.here.id, at.label))
        at = at.after() if step == "after" else at.before()
    return been


def test_on_through_the_page_and_then_the_next() -> None:
    """`n` goes through the matches of a page, then to the first of the next hit's, to the last."""
    assert steps(TWO, "after") == [("one", "1/2"), ("one", "2/2"), ("two", "1/1")]


def test_back_the_same_way() -> None:
    """`N` goes back the way that `n` came, and enters a page at its last match."""
    last = Matches("back", TWO.hits, hit=1)
    assert steps(last, "before") == [("two", "1/1"), ("one", "2/2"), ("one", "1/2")]


def test_a_page_found_by_its_title_alone() -> None:
    """A page whose text holds no match still has its turn, and says so."""
    bare = Matches("back", (hit("one", 1), hit("bare", 0), hit("two", 1)))
    expected = [("one", "1/1"), ("bare", "0/0"), ("two", "1/1")]
    assert steps(bare, "after") == expected
    assert steps(Matches("back", bare.hits, hit=2), "before") == expected[::-1]


def test_marks() -> None:
    """All matches of the page are marked, each at its block and characters."""
    assert TWO.marks() == ((0, 0, 4), (1, 0, 4))


@pytest.mark.parametrize(("block", "label"), [(0, "1/3"), (1, "2/3"), (2, "3/3"), (3, "1/3")])
def test_from_a_block_on(block: int, label: str) -> None:
    """One can begin at a part of the page; where nothing follows it, at the page's first match."""
    assert Matches("back", (hit("one", 3),)).from_block(block).label == label
