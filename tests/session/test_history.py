"""Where the reader has been, with back and forward."""

from hypothesis import given
from hypothesis import strategies as st

from tui.session.history import LONGEST, History, Place

_A, _B, _C = Place("a"), Place("b", 2, 5), Place("c")


def test_beginning() -> None:
    """Before the first visit one is nowhere, and can go nowhere."""
    trail = History()
    assert (trail.here, trail.can_go_back, trail.can_go_forward) == (None, False, False)
    assert (trail.back(), trail.forward()) == (trail, trail)


def test_back_and_forward() -> None:
    """Back goes to the place before, forward to the place one came back from."""
    trail = History().visit(_A).visit(_B)
    assert trail.here == _B
    assert trail.back().here == _A
    assert trail.back().forward() == trail
    assert (trail.can_go_back, trail.can_go_forward) == (True, False)
    assert (trail.back().can_go_back, trail.back().can_go_forward) == (False, True)


def test_another_way() -> None:
    """Who goes back and then elsewhere forgets what lay ahead."""
    assert History().visit(_A).visit(_B).back().visit(_C).places == (_A, _C)


def test_reading_on() -> None:
    """Reading on changes the place one comes back to, and adds none; what lies ahead stays."""
    trail = History().visit(_A).visit(_B).back().moved(Place("a", 3, 7))
    assert trail.here == Place("a", 3, 7)
    assert trail.forward().here == _B
    assert trail.forward().back() == trail
    assert History().moved(_A) == History().visit(_A)


@given(st.lists(st.one_of(st.sampled_from(["back", "forward"]), st.integers()), max_size=20))
def test_any_way(steps: list[str | int]) -> None:
    """Whatever way one goes, one is at a place of the trail."""
    trail = History().visit(_A)
    for step in steps:
        if isinstance(step, int):
            trail = trail.visit(Place(str(step)))
        else:
            trail = trail.back() if step == "back" else trail.forward()
        assert 0 <= trail.at < len(trail.places)


def test_old_places_are_forgotten() -> None:
    """A long evening's reading fills no memory; the oldest places go first."""
    trail = History()
    for number in range(LONGEST + 10):
        trail = trail.visit(Place(str(number)))
    assert len(trail.places) == LONGEST
    assert (trail.here, trail.places[0]) == (Place(str(LONGEST + 9)), Place("10"))
