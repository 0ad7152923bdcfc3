"""Date, distance, minutes and load of a run, as a reader writes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from ..diary.clock import moment_of

MILE = 1.609344
"""Kilometers."""
POUND = 0.45359237
"""Kilograms."""
_NUMBER = re.compile(r"[0-9]{1,5}([.,][0-9]{1,3})?")
_TIME = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-9]{2})")
_DAY = re.compile(r"(yesterday|today|[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[t ]([0-9]{1,2}):([0-9]{2}))?")


class NotUnderstoodError(ValueError):
    """A text is no such value; the message says what one looks like."""


def parse_amount(text: str) -> float:
    """A number that is not negative, with a point or a comma; raises NotUnderstoodError."""
    if not _NUMBER.fullmatch(text.strip()):
        raise NotUnderstoodError("give a number, such as 8.5")
    return float(text.strip().replace(",", "."))


def parse_km(text: str) -> float:
    """Kilometers; also from miles, `5 mi`. Raises NotUnderstoodError."""
    number, unit = _apart(text)
    if unit not in ("", "km", "mi", "miles", "mile"):
        raise NotUnderstoodError("give kilometers, such as 8.5, or miles, such as 5 mi")
    return round(parse_amount(number) * (MILE if unit.startswith("mi") else 1), 2)


def parse_load(text: str) -> float:
    """Kilograms carried; also from pounds, `5 lb`. Raises NotUnderstoodError."""
    number, unit = _apart(text)
    if unit not in ("", "kg", "lb", "lbs"):
        raise NotUnderstoodError("give kilograms, such as 2.5, or pounds, such as 5 lb")
    return round(parse_amount(number) * (POUND if unit.startswith("lb") else 1), 2)


def parse_minutes(text: str) -> float:
    """Minutes; also from `48:30` and `1:02:00`. Raises NotUnderstoodError."""
    clock = _TIME.fullmatch(text.strip())
    if clock:
        hours, minutes, seconds = (int(each or 0) for each in clock.groups())
        return round(hours * 60 + minutes + seconds / 60, 1)
    try:
        return parse_amount(text)
    except NotUnderstoodError:
        raise NotUnderstoodError("give minutes, such as 45, or a time, such as 48:30") from None


def parse_moment(text: str, now: datetime) -> datetime:
    """When a run was, from `yesterday`, `2026-11-21` or `2026-11-21 18:30`; noon where no time is given.

    Raises NotUnderstoodError, also for a time that is still to come.
    """
    match = _DAY.fullmatch(text.strip().casefold())
    try:
        if match is None:
            raise ValueError
        day = _day(match[1], now)
        at = time(int(match[2]), int(match[3])) if match[2] else time(12)
        moment = datetime.combine(day, at).astimezone(UTC)
        moment_of(f"{moment:%Y-%m-%dT%H:%M:%SZ}")
    except (ValueError, OverflowError):
        shapes = "yesterday, 2026-11-21 or 2026-11-21T18:30"
        raise NotUnderstoodError(f"give a day, and a time if you like: {shapes}") from None
    if moment > now and match[2] is None and day == now.astimezone().date():
        return now
    if moment > now:
        raise NotUnderstoodError("that is still to come")
    return moment


def day_of_text(text: str, now: datetime) -> date:
    """A day, from `yesterday` or `2026-11-21`; raises NotUnderstoodError."""
    return parse_moment(f"{text.strip()} 00:00", now).astimezone().date()


def _day(text: str, now: datetime) -> date:
    today = now.astimezone().date()
    if text == "today":
        return today
    return today - timedelta(days=1) if text == "yesterday" else date.fromisoformat(text)


def _apart(text: str) -> tuple[str, str]:
    """The number and the unit behind it."""
    stripped = text.strip().casefold()
    number = stripped.rstrip("abcdefghijklmnopqrstuvwxyz").strip()
    return number, stripped[len(number) :].strip()
