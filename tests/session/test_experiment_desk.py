"""Experiments of two devices that were merged: one goes on, the other waits, danger ends both."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tui.diary.diary import open_diary
from tui.session.experiment_desk import ExperimentDesk


def test_two_devices() -> None:
    """The newer one asks something of today's run; once it is over, the older one goes on."""
    clock = [datetime(2026, 11, 22, 7, tzinfo=UTC)]
    with open_diary(private=True, clock=lambda: clock[0]) as diary:
        desk = ExperimentDesk(diary, lambda: clock[0])
        for label in ("Older", "Newer"):
            diary.experiments.start(f"before/{label}", label, sequence=(True, False) * 6)
            clock[0] += timedelta(hours=1)
        newer = desk.goes_on()
        assert newer is not None
        assert desk.lines == (
            "Newer: 0 of 12 runs. Today: with.",
            "Older: waits until the one begun on another device is over.",
        )
        desk.end(newer.experiment)
        older = desk.goes_on()
        assert older is not None
        assert older.words == "Older: 0 of 12 runs. Today: with."


def test_danger_ends_both() -> None:
    """No trial goes on after a sign of danger."""
    with open_diary(private=True) as diary:
        desk = ExperimentDesk(diary, lambda: datetime(2026, 11, 22, 7, tzinfo=UTC))
        for label in ("Older", "Newer"):
            diary.experiments.start(f"before/{label}", label, sequence=(True, False) * 6)
        assert desk.end_by_danger() is not None
        assert desk.goes_on() is None
