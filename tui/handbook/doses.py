"""How much of an exercise: `sets 2-3; reps 8-12; tempo 2-1-3; rest 60` → a dose and about how long it takes.

Times are in seconds. A range runs from a low to a high end; one starts at the low end, and so do the times worked out here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, NamedTuple

SECONDS_A_REPETITION = 3
"""How long a repetition lasts where no tempo says it."""

METERS_A_SECOND = 1
"""How fast a distance is walked."""


class DoseError(ValueError):
    """A dose is written wrongly; the text says what, and what to write instead."""


class Range(NamedTuple):
    """From so much to so much; both ends are the same where there is one number."""

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}\u2013{self.high}"


ONE = Range(1, 1)
"""How many sets there are where a line does not say it."""


class Tempo(NamedTuple):
    """The seconds of one repetition: out, pause, back."""

    out: int
    pause: int
    back: int


class Sides(StrEnum):
    """How a movement that has two sides is shared between them; the numbers hold for each side."""

    EACH = "each"
    """All of one side, then all of the other."""
    ALTERNATE = "alternate"
    """One side and the other in turn."""


@dataclass(frozen=True)
class Dose:
    """How much of an exercise; exactly one of `reps`, `hold`, `time`, and `distance` is given."""

    reps: Range | None = None
    """Repetitions in a set, on each side and in each position."""
    hold: Range | None = None
    """Seconds that a position is held, on each side and in each position."""
    time: Range | None = None
    """Seconds of going on, with nothing to count."""
    distance: Range | None = None
    """Meters in a set, on each side."""
    sets: Range = ONE
    tempo: Tempo | None = None
    """Only with `reps`."""
    sides: Sides | None = None
    """None where the two sides work together."""
    positions: tuple[str, ...] = ()
    """The positions that a set goes through, such as Y, T, and W; empty where there is one."""
    rest: int = 0
    """Seconds between two sets."""
    switch: int = 0
    """Seconds to change sides or positions within a set."""
    every: Range | None = None
    """For what is done in a run: how many minutes lie between two times."""

    @property
    def measure(self) -> str:
        """The name of the field that says how much: `reps`, `hold`, `time`, or `distance`."""
        return next(name for name in _MEASURES if getattr(self, name) is not None)

    @property
    def amount(self) -> Range:
        """How much, in the unit of the measure."""
        amount: Range = getattr(self, self.measure)
        return amount

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Each stretch of a set in order, as (position, side); alternate sides are one stretch."""
        sides = ("right", "left") if self.sides is Sides.EACH else ("",)
        return tuple((position, side) for side in sides for position in self.positions or ("",))

    @property
    def part_seconds(self) -> int:
        """About how long one stretch of a set takes."""
        both = 2 if self.sides is Sides.ALTERNATE else 1
        amount = self.amount.low
        if self.measure == "reps":
            amount *= sum(self.tempo) if self.tempo else SECONDS_A_REPETITION
        elif self.measure == "distance":
            amount //= METERS_A_SECOND
        return amount * both

    @property
    def set_seconds(self) -> int:
        """About how long a set takes, with the changes within it."""
        return self.part_seconds * len(self.parts) + self.switch * (len(self.parts) - 1)

    def about_seconds(self) -> int:
        """About how long all of it takes, rests between the sets included, at the low end."""
        return self.set_seconds * self.sets.low + self.rest * (self.sets.low - 1)


_MEASURES = ("reps", "hold", "time", "distance")
_FIELDS = tuple(field.name for field in fields(Dose))
_GRAMMAR = "such as sets 2-3; reps 8-12; tempo 2-1-3; rest 60"


def parse_dose(text: str) -> Dose:
    """The dose that a card's timer line gives.

    Raises:
        DoseError: an unknown, doubled, or unsound field, or not exactly one measure.
    """
    return _checked(Dose(**_values(text)))


def overridden(dose: Dose, text: str) -> Dose:
    """The dose with the fields that a routine gives in its place; a new measure replaces the old one.

    Raises:
        DoseError: as for `parse_dose`.
    """
    values = _values(text)
    if any(name in values for name in _MEASURES):
        dose = replace(dose, reps=None, hold=None, time=None, distance=None)
        if "reps" not in values:
            dose = replace(dose, tempo=None)
    return _checked(replace(dose, **values))


def _values(text: str) -> dict[str, Any]:
    """Each field that a text gives, read; a mapping to hand to Dose."""
    values: dict[str, Any] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, _, value = part.partition(" ")
        if name not in _FIELDS:
            raise DoseError(f"unknown field “{name}”; known are {', '.join(_FIELDS)}")
        if name in values:
            raise DoseError(f"“{name}” is given twice; leave one out")
        values[name] = _READERS[name](name, value.strip())
    if not values:
        raise DoseError(f"no dose in it; write it {_GRAMMAR}")
    return values


def _checked(dose: Dose) -> Dose:
    given = [name for name in _MEASURES if getattr(dose, name) is not None]
    if not given:
        raise DoseError(f"it does not say how much; give one of {', '.join(_MEASURES)}")
    if len(given) > 1:
        raise DoseError(f"{' and '.join(given)} together; give only one of them")
    if dose.tempo and dose.reps is None:
        raise DoseError("a tempo without reps; give reps, or leave the tempo out")
    return dose


def _range(name: str, value: str) -> Range:
    match = re.fullmatch(r"(\d{1,4})(?:\s*[-\u2013]\s*(\d{1,4}))?", value)
    if not match:
        raise DoseError(f"“{value}” is no number for {name}; write {name} 8 or {name} 8-12")
    low, high = int(match[1]), int(match[2] or match[1])
    if low > high:
        raise DoseError(f"{name} {value} is upside down; write the lower number first")
    if low == 0:
        raise DoseError(f"{name} cannot be 0; give a number from 1 up")
    return Range(low, high)


def _range_in(unit: str, name: str, value: str) -> Range:
    number, _, given = value.rpartition(" ")
    if given != unit:
        raise DoseError(f"{name} {value} lacks its unit; write {name} 5-8 {unit}")
    return _range(name, number)


def _distance(name: str, value: str) -> Range:
    return _range_in("m", name, value)


def _every(name: str, value: str) -> Range:
    return _range_in("min", name, value)


def _seconds(name: str, value: str) -> int:
    if not re.fullmatch(r"\d{1,4}", value):
        raise DoseError(f"“{value}” is no number of seconds; write {name} 30")
    return int(value)


def _tempo(name: str, value: str) -> Tempo:
    match = re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{1,2})", value)
    tempo = Tempo(*map(int, match.groups())) if match else Tempo(0, 0, 0)
    if not any(tempo):
        raise DoseError(f"“{value}” is no {name}; write out-pause-back in seconds, such as 2-1-3")
    return tempo


def _sides(name: str, value: str) -> Sides:
    if value not in set(Sides):
        raise DoseError(f"{name} is “each” or “alternate”, not “{value}”")
    return Sides(value)


def _positions(name: str, value: str) -> tuple[str, ...]:
    found = tuple(part.strip() for part in value.split(","))
    if len(found) < 2 or not all(found):
        raise DoseError(f"{name} names two or more, with commas between, such as Y, T, W")
    return found


_READERS: Mapping[str, Any] = {
    **dict.fromkeys(("reps", "hold", "time", "sets"), _range),
    "distance": _distance,
    "every": _every,
    "tempo": _tempo,
    "sides": _sides,
    "positions": _positions,
    "rest": _seconds,
    "switch": _seconds,
}
