"""An experiment of six pairs of runs: what today's run is to be, and what they show in the end.

Within each pair a coin decides which run is with the change and which without. They are compared by
soreness after the run, once, when all are done (Edgington and Onghena, randomization tests; the rule
and its error rates are held by simulation in the tests).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import NamedTuple

PAIRS = 6
FEWEST = 5
"""Whole pairs, below which nothing is concluded."""
MARGIN = 4
"""So many more pairs must be better than worse, or worse than better, to say so."""
SORE = 5
"""A soreness that, noted on two runs, ends an experiment."""


class Pair(NamedTuple):
    """Soreness of the two runs of a pair."""

    without: int | None
    """None where the run was missed, could not follow, or was not rated."""
    changed: int | None
    """On the run with the change."""

    @property
    def whole(self) -> bool:
        """Whether both can be compared."""
        return self.without is not None and self.changed is not None

    @property
    def gain(self) -> int:
        """1 where the run with the change was better, -1 where it was worse, 0 else."""
        if self.without is None or self.changed is None:
            return 0
        return (self.without > self.changed) - (self.without < self.changed)

    def __str__(self) -> str:
        """As it is shown: without, then with the change, `6>4`; `-` for a run that does not count."""
        without, changed = ("-" if each is None else str(each) for each in self)
        return f"{without}>{changed}"


class Verdict(Enum):
    """What six pairs can say."""

    HELPED = "Likely helped you"
    UNCLEAR = "No clear difference"
    WORSE = "Looks worse"


def draw(coin: Callable[[], bool]) -> tuple[bool, ...]:
    """The sequence of runs, True for one with the change; each pair holds one of both."""
    sequence: list[bool] = []
    for _ in range(PAIRS):
        first = coin()
        sequence += [first, not first]
    return tuple(sequence)


def pairs(sequence: Sequence[bool], soreness: Sequence[int | None]) -> tuple[Pair, ...]:
    """The pairs as far as runs have been filed; `soreness` is None for a run that does not count."""
    filed = [*soreness, *[None] * (len(sequence) - len(soreness))]
    return tuple(
        Pair(*(filed[at + 1], filed[at]) if sequence[at] else (filed[at], filed[at + 1]))
        for at in range(0, len(sequence), 2)
        if at < len(soreness)
    )


def verdict(made: Sequence[Pair]) -> Verdict:
    """What the pairs say, once all runs are done."""
    gain = sum(pair.gain for pair in made)
    if sum(pair.whole for pair in made) < FEWEST or abs(gain) < MARGIN:
        return Verdict.UNCLEAR
    return Verdict.HELPED if gain > 0 else Verdict.WORSE


def must_end(soreness: Sequence[int | None]) -> bool:
    """Whether two runs were so sore that an experiment is not worth going on with."""
    return sum(level is not None and level >= SORE for level in soreness) >= 2
