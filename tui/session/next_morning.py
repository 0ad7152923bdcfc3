"""The morning after a run: whether it is still to be noted."""

from __future__ import annotations

from datetime import datetime

from ..diary.clock import moment_of, running_day
from ..diary.model import Run

ASKED_FOR = 2
"""Days; a morning longer ago is not asked about: nobody remembers it."""


def days_without_morning(run: Run, now: datetime) -> int:
    """How many mornings have passed since a run without a number for the first; 0 where it has one.

    A night lasts until 04:00.
    """
    if run.soreness_next_day is not None:
        return 0
    return max((running_day(now) - running_day(moment_of(run.finished))).days, 0)
