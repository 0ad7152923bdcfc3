"""A routine as a row of phases: get ready, each stretch of each set, changes of side, rests."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from .doses import Dose, Range

READY_SECONDS = 5
"""How long one has to get into place before each exercise."""


class Doing(StrEnum):
    """What a phase is for."""

    READY = "get ready"
    HOLD = "hold"
    REPS = "reps"
    TIME = "go on"
    DISTANCE = "walk"
    SWITCH = "switch"
    REST = "rest"


_DOING = {"hold": Doing.HOLD, "reps": Doing.REPS, "time": Doing.TIME, "distance": Doing.DISTANCE}
"""What is done, by the measure of a dose."""
WORK = frozenset(_DOING.values())
"""What moves or holds the body; the others lie between."""


class Phase(NamedTuple):
    """One stretch of a routine with one thing to do."""

    exercise: int
    """Which exercise of the routine it belongs to, from 0."""
    doing: Doing
    seconds: int
    """How long it takes; about, where the reader ends it."""
    set: int = 0
    """Which set, from 1; 0 before the first."""
    sets: int = 0
    side: str = ""
    """`right` or `left`, where one is done after the other."""
    position: str = ""
    amount: Range | None = None
    """Repetitions or meters, where those are counted."""
    each_side: bool = False
    """Whether the amount is for each of two sides in turn."""

    @property
    def counts_down(self) -> bool:
        """Whether it ends by itself; else the reader says when it is done."""
        return self.doing not in (Doing.REPS, Doing.DISTANCE)


def phases_of(doses: tuple[Dose, ...]) -> tuple[Phase, ...]:
    """The phases of exercises that are done one after the other."""
    return tuple(
        phase
        for number, dose in enumerate(doses)
        for phase in (*_before(number, doses), *_sets(number, dose))
    )


def _before(number: int, doses: tuple[Dose, ...]) -> Iterator[Phase]:
    """Rest after a hard exercise as between its sets, then get ready for this one."""
    rest = doses[number - 1].rest - READY_SECONDS if number else 0
    if rest > 0:
        yield Phase(number, Doing.REST, rest)
    yield Phase(number, Doing.READY, READY_SECONDS)


def _sets(number: int, dose: Dose) -> Iterator[Phase]:
    sets = dose.sets.low
    counted = dose.amount if dose.measure in ("reps", "distance") else None
    alternate = dose.sides is not None and not any(side for _, side in dose.parts)
    for at in range(1, sets + 1):
        if at > 1 and dose.rest:
            yield Phase(number, Doing.REST, dose.rest, at, sets)
        for part, (position, side) in enumerate(dose.parts):
            if part and dose.switch:
                yield Phase(number, Doing.SWITCH, dose.switch, at, sets, side, position)
            yield Phase(
                number,
                _DOING[dose.measure],
                dose.part_seconds,
                at,
                sets,
                side,
                position,
                counted,
                alternate,
            )
