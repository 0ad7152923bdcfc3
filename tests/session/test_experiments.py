"""Experiments of six pairs: the coin, what counts, and how often luck looks like help."""

from __future__ import annotations

import random
from itertools import product

import pytest

from tui.session.experiments import PAIRS, Pair, Verdict, draw, must_end, pairs, verdict

ROUNDS = 3000


def series(
    rng: random.Random, count: int, *, akin: float, spread: float, flare: bool
) -> list[float]:
    """Soreness before it is rounded: each run resembles the one before it by `akin`."""
    level = 4.0 if flare else rng.gauss(0, spread)
    levels = []
    for _ in range(count):
        level = akin * level + rng.gauss(0, spread * (1 - akin**2) ** 0.5)
        levels.append(3 + level)
    return levels


def helped(akin: float, spread: float, effect: float, *, flare: bool, missed: float) -> float:
    """The share of simulated experiments that end with `likely helped`, on the scale 0 to 10."""
    rng = random.Random(f"{akin} {spread} {effect} {flare} {missed}")
    hits = 0
    for _ in range(ROUNDS):
        sequence = draw(lambda: rng.random() < 0.5)
        levels = series(rng, len(sequence), akin=akin, spread=spread, flare=flare)
        noted = [
            None if rng.random() < missed else min(10, max(0, round(level - effect * changed)))
            for level, changed in zip(levels, sequence, strict=True)
        ]
        hits += verdict(pairs(sequence, noted)) is Verdict.HELPED
    return hits / ROUNDS


@pytest.mark.parametrize(("spread", "flare"), list(product((1, 1.6, 2.5), (False, True))))
def test_luck_seldom_looks_like_help(spread: float, flare: bool) -> None:
    """With no effect at all, at most 8 of 100 experiments say that the change helped."""
    rates = {
        (akin, missed): helped(akin, spread, 0, flare=flare, missed=missed)
        for akin, missed in product((0, 0.35, 0.7), (0, 0.1))
    }
    assert {each: rate for each, rate in rates.items() if rate > 0.08} == {}


@pytest.mark.parametrize("akin", [0.5, 0.7])
def test_a_clear_effect_is_mostly_seen(akin: float) -> None:
    """Two points less soreness is found in 7 of 10 experiments, where soreness swings by 1.6."""
    assert helped(akin, 1.6, 2, flare=False, missed=0) >= 0.7


def test_each_pair_holds_one_of_both() -> None:
    """The coin decides which run of a pair comes first, never how many there are of each."""
    coins = iter([True, False, True, True, False, False])
    sequence = draw(lambda: next(coins))
    assert sequence == tuple(
        each for first in (True, False, True, True, False, False) for each in (first, not first)
    )
    assert sequence.count(True) == PAIRS


def test_pairs_are_shown_without_first() -> None:
    """Whichever run came first, a pair reads: without the change, then with it."""
    made = pairs((True, False, False, True), (4, 6, 5, 5))
    assert [str(pair) for pair in made] == ["6>4", "5>5"]
    assert [pair.gain for pair in made] == [1, 0]


def test_a_run_that_does_not_count_makes_its_pair_void() -> None:
    """A missed or unrated run is not replaced by a later one."""
    made = pairs((True, False, False, True, True, False), (None, 6, 5, 4))
    assert [str(pair) for pair in made] == ["6>-", "5>4"]
    assert [pair.whole for pair in made] == [False, True]


@pytest.mark.parametrize(
    ("gains", "expected"),
    [
        ("++++..", Verdict.HELPED),
        ("+++++-", Verdict.HELPED),
        ("++++-.", Verdict.UNCLEAR),
        ("+++...", Verdict.UNCLEAR),
        ("----..", Verdict.WORSE),
        ("-----+", Verdict.WORSE),
        ("++++.v", Verdict.HELPED),
        ("++++vv", Verdict.UNCLEAR),
        ("vvvvvv", Verdict.UNCLEAR),
    ],
)
def test_verdict(gains: str, expected: Verdict) -> None:
    """Four more pairs better than worse of six; with fewer than five whole pairs, nothing is said."""
    made = {"+": Pair(5, 3), "-": Pair(3, 5), ".": Pair(4, 4), "v": Pair(4, None)}
    assert verdict([made[each] for each in gains]) is expected


def test_two_sore_runs_end_it() -> None:
    """A soreness of 5 or more, noted twice, ends an experiment."""
    assert not must_end((5, 4, None, 0))
    assert must_end((5, 4, None, 6))


@pytest.mark.parametrize("akin", [0, 0.5])
def test_what_is_said_of_few_runs_is_so(akin: float) -> None:
    """Where soreness swings by 2.5, two points less are found about half the time, or less."""
    assert helped(akin, 2.5, 2, flare=False, missed=0) <= 0.55
