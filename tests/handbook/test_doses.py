"""Doses as a card's timer line gives them, and how long they take."""

from __future__ import annotations

import pytest

from tui.handbook.doses import Dose, DoseError, Range, Sides, Tempo, overridden, parse_dose


def test_every_field_is_read() -> None:
    """A line says how much in numbers, and none of them is lost."""
    text = "sets 2-3; reps 8-12; tempo 2-1-3; sides each; positions Y, T; rest 60; switch 5"
    assert parse_dose(text) == Dose(
        reps=Range(8, 12),
        sets=Range(2, 3),
        tempo=Tempo(2, 1, 3),
        sides=Sides.EACH,
        positions=("Y", "T"),
        rest=60,
        switch=5,
    )


def test_the_other_measures() -> None:
    """A hold, a time, and a distance are told from repetitions; an en dash is a hyphen too."""
    assert parse_dose("hold 20\u201330").hold == Range(20, 30)
    assert parse_dose("time 10; every 5-8 min").every == Range(5, 8)
    assert parse_dose("distance 20-30 m").distance == Range(20, 30)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("reps 8", 8 * 3),
        ("reps 8-12; tempo 2-1-3", 8 * 6),
        ("sets 2-3; reps 8; tempo 2-1-3; rest 60", 2 * 48 + 60),
        ("sets 2; reps 6; sides alternate; tempo 3-1-3; rest 45", 2 * 6 * 7 * 2 + 45),
        ("reps 6; tempo 3-4-3; sides each; switch 10", 2 * 60 + 10),
        ("sets 2; hold 20; positions middle, right, left; switch 3", 2 * (3 * 20 + 2 * 3)),
        ("sets 2; hold 20-30; positions a, b; sides each; switch 5", 2 * (4 * 20 + 3 * 5)),
        ("sets 2; distance 20 m; sides each; rest 45", 2 * 2 * 20 + 45),
        ("time 60-90", 60),
    ],
)
def test_about_how_long(text: str, seconds: int) -> None:
    """The low end counts: repetitions by their tempo, else 3 seconds each; a meter takes one."""
    assert parse_dose(text).about_seconds() == seconds


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no dose in it; write it such as sets 2-3"),
        ("reps 8; colour red", "unknown field “colour”; known are reps, hold"),
        ("reps 12-8", "reps 12-8 is upside down; write the lower number first"),
        ("hold 20; reps 8", "reps and hold together; give only one of them"),
        ("sets 2; rest 30", "it does not say how much; give one of reps, hold, time, distance"),
        ("reps 8; reps 9", "“reps” is given twice; leave one out"),
        ("reps many", "“many” is no number for reps; write reps 8 or reps 8-12"),
        ("reps 99999", "“99999” is no number for reps"),
        ("reps 0", "reps cannot be 0"),
        ("hold 20; tempo 1-0-1", "a tempo without reps"),
        ("reps 8; tempo 2-3", "“2-3” is no tempo; write out-pause-back in seconds"),
        ("reps 8; tempo 0-0-0", "“0-0-0” is no tempo"),
        ("reps 8; sides both", "sides is “each” or “alternate”, not “both”"),
        ("reps 8; positions Y", "positions names two or more"),
        ("reps 8; rest long", "“long” is no number of seconds; write rest 30"),
        ("distance 20", "distance 20 lacks its unit; write distance 5-8 m"),
        ("time 10; every 5-8 km", "every 5-8 km lacks its unit; write every 5-8 min"),
    ],
)
def test_bad_doses(text: str, says: str) -> None:
    """What cannot be meant is refused, with what to write instead."""
    with pytest.raises(DoseError) as caught:
        parse_dose(text)
    assert says in str(caught.value)


def test_an_override_keeps_the_rest() -> None:
    """A routine changes what it names, and nothing else."""
    row = parse_dose("sets 2-3; reps 8-12; tempo 2-1-3; rest 60")
    changed = overridden(row, "sets 2; reps 8")
    assert changed == parse_dose("sets 2; reps 8; tempo 2-1-3; rest 60")


def test_an_override_may_change_the_measure() -> None:
    """Seconds instead of repetitions leave no tempo behind."""
    row = parse_dose("sets 2; reps 8; tempo 2-1-3; rest 60")
    assert overridden(row, "time 120") == parse_dose("sets 2; time 120; rest 60")


def test_a_bad_override_is_refused() -> None:
    """An override follows the grammar of the line that it changes."""
    with pytest.raises(DoseError, match="reps and time together"):
        overridden(parse_dose("hold 20"), "reps 8; time 20")


def test_the_stretches_of_a_set() -> None:
    """All positions of the right side, then all of the left; in turn is one stretch."""
    both = parse_dose("hold 20; positions a, b; sides each")
    assert both.parts == (("a", "right"), ("b", "right"), ("a", "left"), ("b", "left"))
    assert parse_dose("reps 6; sides alternate").parts == (("", ""),)
