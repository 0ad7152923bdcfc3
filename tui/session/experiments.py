"""An experiment of six pairs of runs: what today's run is to be, and what they show in the end.

Within each pair a coin decides which run is with the change and which without. They are compared by
soreness after the run, once, when all are done (Edgington and Onghena, randomization tests; the rule
and its error rates are held by simulation in the tests).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import NamedTuple

from ..diary.model import Experiment, Run
from ..handbook.safe_text import one_line

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


POWER = (
    "Where soreness swings much from run to run, so few runs find a change of 2 points only about "
    "half the time, or less."
)
"""What is said before one begins; held by simulation in the tests."""
TERMS = (
    f"Rate soreness after each run. A danger sign, or soreness of {SORE} or more twice, ends it. "
    "Before each run the checklist says whether it is with or without."
)
"""What is asked of the reader."""
_SENTENCES = {
    Verdict.HELPED: (
        "Likely helped you ({better} better, {worse} worse). By luck alone, up to 8 of 100 "
        "experiments end like this."
    ),
    Verdict.UNCLEAR: "No clear difference. A change of 1 point could hide here.",
    Verdict.WORSE: "Looks worse ({worse} worse, {better} better). Stop it.",
}


class Course(NamedTuple):
    """An experiment as far as it went."""

    experiment: Experiment
    counted: tuple[int | None, ...]
    """Soreness of its runs in their order; None for one that does not count."""
    noted: tuple[int | None, ...]
    """Likewise, those that could not follow too."""

    @property
    def label(self) -> str:
        """What is tried."""
        return one_line(self.experiment.label)

    @property
    def why_over(self) -> str:
        """Why it is over, in words; nothing while it goes on."""
        if self.experiment.ended is not None:
            return self.experiment.why_ended or "ended"
        if must_end(self.noted):
            return f"soreness of {SORE} or more, twice"
        return "all runs are filed" if self._complete else ""

    @property
    def today(self) -> str:
        """Whether the next run is `with` or `without` the change; nothing where it is over."""
        if self.why_over:
            return ""
        return "with" if self.experiment.sequence[len(self.counted)] else "without"

    @property
    def made(self) -> tuple[Pair, ...]:
        """Its pairs."""
        return pairs(self.experiment.sequence, self.counted)

    @property
    def words(self) -> str:
        """How it stands: no figure before the end, then the verdict and every pair."""
        shown = " ".join(map(str, self.made))
        if not self.why_over:
            runs = f"{len(self.counted)} of {len(self.experiment.sequence)} runs"
            return f"{self.label}: {runs}. Today: {self.today}."
        if not self._complete or self.experiment.ended is not None or must_end(self.noted):
            rest = f" Pairs so far: {shown}." if shown else ""
            return f"{self.label}: over ({self.why_over}), no verdict.{rest}"
        gains = [pair.gain for pair in self.made]
        sentence = _SENTENCES[verdict(self.made)]
        said = sentence.format(better=gains.count(1), worse=gains.count(-1))
        again = " The self-check may be asked again." if self.experiment.cause else ""
        return f"{self.label}: {said} Pairs, without > with: {shown}.{again}"

    @property
    def _complete(self) -> bool:
        return len(self.counted) >= len(self.experiment.sequence)


def course(experiment: Experiment, runs: Sequence[Run]) -> Course:
    """How far an experiment went; a run that was removed does not count."""
    levels = {run.id: run.soreness for run in runs}
    noted = tuple(levels.get(each) for each in experiment.runs)
    counted = tuple(
        None if each in experiment.unable else level
        for each, level in zip(experiment.runs, noted, strict=True)
    )
    return Course(experiment, counted, noted)


def in_words(experiment: Experiment, runs: Sequence[Run]) -> str:
    """A line about an experiment, or about a baseline that is to be looked at again."""
    if experiment.sequence:
        return course(experiment, runs).words
    label = one_line(experiment.label)
    if experiment.ended is not None:
        return f"{label}: {experiment.why_ended or 'ended'}."
    if not experiment.item:
        return f"{label}: kept from the self-check; ask it again on {experiment.look_again}."
    return f"{label}: look again on {experiment.look_again}. It needs weeks; no verdict."
