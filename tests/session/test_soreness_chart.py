"""The chart of soreness: its shape, its scale, its gaps, and the sentence that says the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tui.session.soreness_chart import ChartedRun, chart, in_words


def runs(*levels: tuple[int | None, int | None], starts: int = -1) -> list[ChartedRun]:
    """Runs newest first, two days apart, by soreness after the run and the next morning."""
    newest = date(2026, 11, 22)
    return [
        ChartedRun(newest - timedelta(days=2 * number), *level, number == starts)
        for number, level in enumerate(levels)
    ]


def test_shape() -> None:
    """Oldest at the left, a column a run; after and next morning differ in shape, and gaps are blank."""
    drawn = chart(runs((2, 0), (None, None), (7, 7), (4, 10), starts=1), 40, 6)
    assert drawn == (
        "      |",
        "10 |.",
        " 8 |",
        " 6 | *",
        " 4 |o",
        " 2 |   o",
        " 0 +---.",
        "       Nov 22",
    )


def test_a_gap_is_no_zero() -> None:
    """A run without a number has nothing in its column; a zero has its mark."""
    (axis,) = (line for line in chart(runs((0, None), (None, None)), 40) if line.startswith(" 0"))
    assert axis == " 0 +-o"


def test_the_scale_is_whole() -> None:
    """Small numbers look small: the scale goes to 10 whatever was noted."""
    drawn = chart(runs((1, None)), 40)
    assert drawn[0].startswith("10 |")
    assert len(drawn) == 12


@pytest.mark.parametrize("width", [5, 20, 40, 76])
@pytest.mark.parametrize("height", [4, 6, 11])
def test_fits(width: int, height: int) -> None:
    """No line is wider than its room; as many runs as fit are drawn, newest at the right."""
    drawn = chart(runs(*[(3, 2)] * 100), width, height)
    assert max(map(len, drawn)) <= max(width, 10)
    assert len(drawn) <= height + 1
    assert sum(line.count("o") + line.count("*") for line in drawn[:-1]) == width - 4


def test_ascii() -> None:
    """Every terminal shows the same."""
    assert "".join(chart(runs((3, 2), (5, 5)), 40)).isascii()


def test_nothing_noted() -> None:
    """Without a number there is no chart, and nothing is said."""
    assert chart(runs((None, None)), 40) == ()
    assert in_words(runs((None, 3))) == ""


def test_in_words() -> None:
    """One sentence holds the medians of the last five and of those before."""
    assert in_words(runs((3, 0), (5, 0))) == "Median soreness after the run: last two: 4."
    levels = [(number, None) for number in (3, 3, 2, 4, 3, 5, 6, 5)]
    said = "Median soreness after the run: last five: 3; the three before: 5."
    assert in_words(runs(*levels)) == said
