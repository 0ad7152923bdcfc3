"""What is said of a routine: the same words on the screen, in plain lines, and before it begins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..handbook.phases import Doing, Phase
from ..handbook.routines import Routine
from .routine_player import Player

_WHAT = {
    Doing.READY: "Get ready",
    Doing.HOLD: "Hold",
    Doing.TIME: "Keep going",
    Doing.REST: "Rest",
    Doing.SWITCH: "Switch sides",
}


def minutes(seconds: int) -> str:
    """About how long something takes, in a word: `4 min`."""
    return f"{max(1, round(seconds / 60))} min"


def clock_time(seconds: int) -> str:
    """Minutes and seconds, as a clock shows them: `4:05`."""
    return f"{seconds // 60}:{seconds % 60:02}"


def what(phase: Phase) -> str:
    """What is to be done in a phase, without how long."""
    if phase.doing is Doing.SWITCH and phase.position:
        return f"Change to {_place(phase)}"
    if phase.amount is None:
        return _WHAT[phase.doing]
    each = ", each side" if phase.each_side else ""
    if phase.doing is Doing.DISTANCE:
        return f"Walk {phase.amount} meters{each}"
    return f"{phase.amount} repetition{'' if str(phase.amount) == '1' else 's'}{each}"


def where(phase: Phase) -> str:
    """The set, the side, and the position of a phase; empty where there is only one of each."""
    number = f"set {phase.set} of {phase.sets}" if phase.sets > 1 else ""
    return ", ".join(each for each in (number, _place(phase)) if each)


def sentence(phase: Phase) -> str:
    """A phase in one line: what, which set and side, and how long."""
    said = ", ".join(each for each in (what(phase), _aside(phase)) if each)
    return f"{said}: {'' if phase.counts_down else 'about '}{phase.seconds} s"


def next_words(routine: Routine, now: Phase, later: Phase | None) -> str:
    """What comes after the phase that is on, in a few words."""
    if later is None:
        return "the end"
    if later.exercise != now.exercise:
        return routine.steps[later.exercise].card.title
    return ", ".join(each for each in (what(later), where(later)) if each)


def left_words(player: Player) -> str:
    """Where a routine is: `step 3 of 5, left side`."""
    now = player.phase
    if now is None:
        return "at its end"
    step = f"step {now.exercise + 1} of {len(player.routine.steps)}"
    return ", ".join(each for each in (step, where(now)) if each)


def summary(routine: Routine) -> str:
    """A routine in one line: its title, how many exercises, and about how long."""
    count = len(routine.steps)
    exercises = f"{count} exercise{'' if count == 1 else 's'}"
    return f"{routine.title}: {exercises}, about {minutes(routine.about_seconds())}"


class Timed(NamedTuple):
    """A phase, and when it begins if every phase takes as long as it is said to."""

    seconds: int
    """From the beginning of the routine."""
    phase: Phase


def timed(routine: Routine) -> Iterator[Timed]:
    """Each phase of a routine with the time at which it begins."""
    seconds = 0
    for phase in routine.phases:
        yield Timed(seconds, phase)
        seconds += phase.seconds


def _place(phase: Phase) -> str:
    side = f"{phase.side} side" if phase.side else ""
    return ", ".join(each for each in (side, phase.position) if each)


def _aside(phase: Phase) -> str:
    """Where a phase is, unless its own words say it already."""
    if phase.doing is Doing.REST:
        return f"then {where(phase)}" if where(phase) else ""
    return "" if phase.doing is Doing.SWITCH and phase.position else where(phase)
