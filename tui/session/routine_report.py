"""Past routines in words: which one, what came of it, and how long it went on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ..diary.clock import local_day, moment_of
from ..diary.model import RoutineEntry
from ..handbook.model import Handbook
from ..handbook.safe_text import one_line
from .routine_words import minutes


class PastRoutine(NamedTuple):
    """A routine that has ended."""

    ended: str
    """When, as the diary writes it."""
    words: str
    """`Before a run: done without Open book, 4 min`."""

    @property
    def day(self) -> date:
        """The reader's own day."""
        return local_day(moment_of(self.ended))

    @property
    def full_day(self) -> str:
        """The day with its year: `Nov 18, 2026`."""
        return f"{self.day:%b} {self.day.day}, {self.day.year}"


def past_routines(entries: Iterable[RoutineEntry], handbook: Handbook) -> tuple[PastRoutine, ...]:
    """Those of these that have ended, in words; the order is kept."""
    return tuple(
        PastRoutine(each.ended, f"{_title(handbook, each.routine)}: {_outcome(each, handbook)}")
        for each in entries
        if each.ended is not None
    )


def as_json(entry: RoutineEntry) -> dict[str, object]:
    """A past routine in the shape that programs rely on."""
    return {
        "id": entry.id,
        "routine": entry.routine,
        "started": entry.started,
        "ended": entry.ended,
        "seconds": entry.seconds,
        "outcome": entry.outcome,
        "done": list(entry.done),
        "skipped": list(entry.skipped),
    }


def _outcome(entry: RoutineEntry, handbook: Handbook) -> str:
    said = {"done": "done", "hurt": "stopped, it hurt"}.get(entry.outcome, "stopped")
    if entry.outcome != "done" and entry.card and entry.card != entry.routine:
        said = f"{said} at {_title(handbook, entry.card)}"
    if entry.skipped:
        said += f" without {', '.join(_title(handbook, each) for each in entry.skipped)}"
    return f"{said}, {minutes(entry.seconds)}" if entry.seconds >= 30 else said


def _title(handbook: Handbook, page: str) -> str:
    """The present title of a page; the id of one that the book has no longer."""
    section = handbook.get(page)
    return section.title if section else one_line(f"{page} (retired)")
