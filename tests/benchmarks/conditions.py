"""What every measurement shares: bytecode as an installed program has it, and a word on the machine."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

BARE = 10
"""Milliseconds that `python -c pass` takes where the bounds in milliseconds hold as they stand."""


def as_installed(folder: Path) -> Mapping[str, str | None]:
    """Variables with which Python keeps compiled modules in a folder, whatever it does here."""
    return {"PYTHONDONTWRITEBYTECODE": None, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}


def machine() -> str:
    """How fast and how busy this machine is, in a line."""
    bare = median(_bare() for _ in range(9))
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    busy = "; busy with other work, so read the ratios" if load > cores / 2 else ""
    return (
        f"`python -c pass`: {bare:.0f} ms, x {bare / BARE:.1f} of the {BARE} ms that the bounds mean"
        f"; load {load:.1f} on {cores} cores{busy}."
    )


def _bare() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return (time.perf_counter() - start) * 1000
