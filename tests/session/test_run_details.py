"""Date, distance, minutes and load as readers write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tui.session.run_details import (
    NotUnderstoodError,
    parse_km,
    parse_load,
    parse_minutes,
    parse_moment,
)

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("parse", "text", "value"),
    [
        (parse_km, "8.5", 8.5),
        (parse_km, " 8,5 km ", 8.5),
        (parse_km, "5 mi", 8.05),
        (parse_km, "26.2 miles", 42.16),
        (parse_load, "2.5", 2.5),
        (parse_load, "5lb", 2.27),
        (parse_minutes, "45", 45),
        (parse_minutes, "48:30", 48.5),
        (parse_minutes, "1:02:00", 62),
    ],
)
def test_amounts(parse: Callable[[str], float], text: str, value: float) -> None:
    """Units may be written, and a comma for the point; what is kept is metric."""
    assert parse(text) == value


@pytest.mark.parametrize("parse", [parse_km, parse_load, parse_minutes])
@pytest.mark.parametrize("text", ["", "-3", "nan", "1e5", "8 miles an hour", "٣", "9" * 9])
def test_no_amount(parse: Callable[[str], float], text: str) -> None:
    """Anything else is refused, with what one looks like."""
    with pytest.raises(NotUnderstoodError, match="such as"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("yesterday", 21, 12),
        ("2026-11-20", 20, 12),
        ("2026-11-20T18:30", 20, 18),
        ("Yesterday 6:05", 21, 6),
    ],
)
def test_moments(text: str, day: int, hour: int) -> None:
    """A day, at noon where no time is given, on the reader's own clock."""
    moment = parse_moment(text, NOW).astimezone()
    assert (moment.day, moment.hour) == (day, hour)


@pytest.mark.parametrize(
    "text",
    ["", "monday", "2026-02-30", "2026-11-22T25:00", "2026-11-23", "0001-01-01", "9999-12-31"],
)
def test_no_moment(text: str) -> None:
    """What is no day, or still to come, is refused."""
    with pytest.raises(NotUnderstoodError):
        parse_moment(text, NOW)
