"""Times as the diary writes them: UTC text to the second, `2026-11-22T07:30:00Z`, which sorts as it reads."""

from __future__ import annotations

import os
import re
import time
from datetime import UTC, date, datetime, timedelta

_MOMENT = re.compile(r"(?:19|[2-9][0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")

_LAST = "9999-06-30T23:59:59Z"
"""Later ones have a local day, or a second after them, that no calendar has."""


_ELAPSED = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Goes on while the machine sleeps: on Linux under a name of its own, on macOS as `MONOTONIC`."""
NIGHT = timedelta(hours=4)
"""So long after midnight the day before goes on."""


def now() -> datetime:
    """The present, in UTC: the one clock of the whole program.

    Tests stop it with `RUNTALL_NOW`, an ISO time that is local where it names no zone.
    """
    stopped = os.environ.get("RUNTALL_NOW")
    return datetime.fromisoformat(stopped).astimezone(UTC) if stopped else datetime.now(UTC)


def elapsed() -> float:
    """Seconds since some moment, those asleep too: `time.monotonic` stands still in a sleep."""
    return time.clock_gettime(_ELAPSED)


def written(moment: datetime) -> str:
    """A moment as the diary writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_of(text: str) -> datetime:
    """The moment that a written time names; raises ValueError for any other text."""
    if not _MOMENT.fullmatch(text) or text > _LAST:
        raise ValueError(text)
    return datetime.fromisoformat(text)


def local_day(moment: datetime) -> date:
    """The day on the reader's own calendar."""
    return moment.astimezone().date()


def running_day(moment: datetime) -> date:
    """The reader's own day that a moment belongs to; before 04:00 it is still the evening before."""
    return (moment.astimezone() - NIGHT).date()


def monday(moment: datetime) -> str:
    """The date of the Monday that begins the reader's week, `2026-11-16`."""
    day = local_day(moment)
    return (day - timedelta(days=day.weekday())).isoformat()


def stamp(moment: datetime, previous: str | None) -> str:
    """When a record changes: now, yet always later than its last change, whatever the clock says."""
    present = written(moment)
    if previous is None or present > previous:
        return present
    return written(moment_of(previous) + timedelta(seconds=1))
