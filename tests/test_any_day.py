"""The suite is green on every day: nothing in it or in the program knows today's date."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DAYS = {
    "a Sunday before Monday": "2026-11-22T23:30:00",
    "a leap day": "2028-02-29T12:00:00",
    "the last minute of a year": "2026-12-31T23:59:00",
}
"""Local times at which weeks, months and years are easily got wrong."""


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
def test_the_whole_suite(day: str) -> None:
    """Every test of the suite passes on this day."""
    suite = [sys.executable, "-m", "pytest", "-q", "-n", "5", "-p", "no:cacheprovider", "tests"]
    environment = {**os.environ, "RUNTALL_NOW": day}
    ran = subprocess.run(
        suite, check=False, cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
