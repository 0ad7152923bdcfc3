"""Diaries with runs in them, made for a test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from tui.diary.exchange import FORMAT, SECTIONS, VERSION

NEWEST = datetime(2024, 11, 18, 7, 30, tzinfo=UTC)
"""When the newest run is filed."""


def export_of(*runs: Mapping[str, object]) -> str:
    """An export that holds these runs, the newest first, each two days before the one before it.

    A run is given by what sets it apart: `soreness`, `note`, `ticked` and the like.
    """
    records = [_record(number, run) for number, run in enumerate(runs)]
    lists: dict[str, list[object]] = {name: [] for name in SECTIONS}
    return json.dumps({"format": FORMAT, "version": VERSION, **lists, "runs": records})


def run_id(number: int) -> str:
    """The id of the run with this number, 0 being the newest."""
    return f"{number + 1:032x}"[::-1]


def _record(number: int, run: Mapping[str, object]) -> dict[str, object]:
    finished = NEWEST - timedelta(days=2 * number)
    return {
        "id": run_id(number),
        "changed": f"{finished:%Y-%m-%dT%H:%M:%SZ}",
        "started": f"{finished - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}",
        "finished": f"{finished:%Y-%m-%dT%H:%M:%SZ}",
        "soreness": None,
        "soreness_next_day": None,
        "note": "",
        "ticked": [],
        "skipped": {},
        "left": [],
        "own": {},
        **run,
    }
