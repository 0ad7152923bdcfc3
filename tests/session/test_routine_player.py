"""A routine being done: what counts down, what waits, and that no step is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.handbook.cards import Card
from tui.handbook.doses import parse_dose
from tui.handbook.phases import READY_SECONDS, WORK, Doing
from tui.handbook.routines import Routine, Step
from tui.session.routine_player import Event, Player, resumed, started


def routine(**doses: str) -> Routine:
    """A routine of exercises with these doses, by the ids of their cards."""
    cards = {
        name: Card(name, name.title(), parse_dose(dose), (), ()) for name, dose in doses.items()
    }
    return Routine("r", "R", tuple(Step(card, card.dose, (), "", 0) for card in cards.values()))


PLANK = "sets 2; hold 20-40; rest 30"
ROW = "sets 2; reps 8-12; tempo 2-1-3; rest 60"
OPEN_BOOK = "reps 6; tempo 3-4-3; sides each; switch 10"
YTW = "hold 5; positions Y, T, W"
BIRD_DOG = "reps 6; sides alternate"
MIXED = routine(plank=PLANK, row=ROW, book=OPEN_BOOK, ytw=YTW, dog=BIRD_DOG)


def ran(player: Player, seconds: float, step: float = 0.25) -> tuple[Player, list[Event]]:
    """So many seconds later, looked at often."""
    events: list[Event] = []
    for _ in range(round(seconds / step)):
        player, new = player.passed(step)
        events += new
    return player, events


def doing(player: Player) -> str:
    """The phases of a routine in short."""
    return " ".join(
        f"{each.doing}{each.side[:1]}{each.position}:{each.seconds}" for each in player.phases
    )


@pytest.mark.parametrize(
    ("dose", "expected"),
    [
        (PLANK, "get ready:5 hold:20 rest:30 hold:20"),
        (ROW, "get ready:5 reps:48 rest:60 reps:48"),
        (OPEN_BOOK, "get ready:5 repsr:60 switchl:10 repsl:60"),
        (YTW, "get ready:5 holdY:5 holdT:5 holdW:5"),
        (BIRD_DOG, "get ready:5 reps:36"),
        ("distance 20 m; sides each", "get ready:5 walkr:20 walkl:20"),
    ],
)
def test_phases(dose: str, expected: str) -> None:
    """A dose becomes a row of things to do, one at a time."""
    assert doing(started(routine(card=dose))) == expected


def test_rest_between_exercises() -> None:
    """After a hard exercise one rests as between its sets; the time to get ready is part of it."""
    both = started(routine(plank="hold 20; rest 30", ytw=YTW))
    assert doing(both).startswith("get ready:5 hold:20 rest:25 get ready:5 hold")


def test_the_length_is_the_sum() -> None:
    """How long a routine takes is what its phases take together."""
    assert MIXED.about_seconds() == sum(phase.seconds for phase in MIXED.phases)
    assert started(MIXED).about_left == MIXED.about_seconds()


def test_holds_count_down_and_repetitions_wait() -> None:
    """A hold ends by itself; repetitions end when the reader says so, and then the rest counts."""
    player, events = ran(started(routine(row=ROW)), 60)
    assert events == [Event.COUNT] * 3 + [Event.NEXT]
    assert player.phase is not None
    assert player.phase.doing is Doing.REPS
    player, done = player.go_on()
    assert (player.phase.doing if player.phase else None, done) == (Doing.REST, (Event.NEXT,))
    player, events = ran(player, 60)
    assert events == [Event.COUNT] * 3 + [Event.NEXT]
    player, done = player.go_on()
    assert player.done
    assert done == (Event.DONE,)


def test_the_last_three_seconds_and_the_end_are_told() -> None:
    """3, 2, 1 and the end, each once, however often one looks."""
    for step in (0.1, 0.5, 1.0):
        _, events = ran(started(routine(ytw="hold 5")), 11, step)
        assert events == [*[Event.COUNT] * 3, Event.NEXT, *[Event.COUNT] * 3, Event.DONE]


def test_pause() -> None:
    """Nothing passes in a pause, and the same second comes after it."""
    player, _ = ran(started(MIXED), 12)
    paused, _ = player.go_on()
    later, events = ran(paused, 300)
    assert (later, events) == (paused, [])
    assert later.go_on()[0] == player


def test_asleep() -> None:
    """A clock that jumps pauses the routine where it was: a lid was closed, a line was dropped."""
    player, _ = ran(started(MIXED), 12)
    later, events = player.passed(3600)
    assert events == (Event.ASLEEP,)
    assert (later.paused, later.at, later.left) == (True, player.at, player.left)
    assert player.passed(-5) == (player, ())


def test_skip_and_back() -> None:
    """`s` goes on to the next exercise, and a step back takes the skip back with it."""
    player = started(MIXED).skip()
    assert (player.phase.exercise, player.phase.doing) == (1, Doing.READY) if player.phase else None
    assert player.skipped == {0}
    before = player.back()
    assert before.phase is not None
    assert (before.phase.exercise, before.phase.set) == (0, 2)
    assert before.skipped == frozenset()


def test_only_a_rest_is_made_longer() -> None:
    """`+` and `-` change a rest, never a hold, and never to nothing."""
    hold, _ = ran(started(routine(plank=PLANK)), 6)
    assert hold.lengthened(10) == hold
    rest, _ = ran(hold, 20)
    assert rest.phase is not None
    assert rest.phase.doing is Doing.REST
    assert rest.lengthened(10).left == rest.left + 10
    shortest = rest.lengthened(-10).lengthened(-10).lengthened(-10)
    assert shortest.left == 5


def test_done_whole() -> None:
    """Only what was done to its end with nothing skipped counts as done."""
    player = started(MIXED)
    while not player.done:
        player, _ = (
            ran(player, 120, 5) if player.phase and player.phase.counts_down else player.go_on()
        )
    assert player.whole
    skipped = started(MIXED)
    while not skipped.done:
        skipped = skipped.skip()
    assert not skipped.whole


ACTS: Mapping[str, Callable[[Player], Player]] = {
    "wait": lambda player: player.passed(1.0)[0],
    "space": lambda player: player.go_on()[0],
    "back": Player.back,
    "skip": Player.skip,
    "longer": lambda player: player.lengthened(10),
    "shorter": lambda player: player.lengthened(-10),
    "sleep": lambda player: player.passed(4000)[0],
}


@given(st.lists(st.sampled_from(sorted(ACTS)), max_size=60))
def test_what_is_kept_is_found_again(acts: list[str]) -> None:
    """After whatever was pressed, reopening is at the same phase and second, paused."""
    player = started(MIXED)
    for act in acts:
        player = ACTS[act](player)
        kept = player.place()
        if kept is None:
            assert player.done
            break
        again = resumed(MIXED, kept)
        assert (again.at, again.seconds) == (player.at, player.seconds)
        assert again.paused
        assert again.skipped == player.skipped


@given(st.integers(0, 40), st.permutations(MIXED.steps), st.integers(0, 5))
def test_never_an_earlier_step(at: int, steps: list[Step], fewer: int) -> None:
    """In a book whose routine has changed, one goes on at that exercise or later, never before."""
    player = replace(started(MIXED), at=min(at, len(MIXED.phases) - 1))
    kept = player.place()
    assert kept is not None
    changed = replace(MIXED, steps=tuple(steps[: max(len(steps) - fewer, 1)]))
    again = resumed(changed, kept)
    assert again.done or (again.phase is not None and again.phase.exercise >= kept.exercise)


def test_what_comes_next_is_known() -> None:
    """While one rests or gets ready, the next thing to do is in sight."""
    player = started(MIXED)
    assert player.next_work is not None
    assert player.next_work.doing in WORK
    assert player.phases[0].seconds == READY_SECONDS
