"""Which program holds this terminal, told by the processes that this one descends from."""

from __future__ import annotations

import os
from pathlib import Path

HOLDERS = {"mosh-server": "mosh", "dtach": "dtach", "abduco": "abduco", "zellij": "zellij"}
"""Programs that set no variable: by the name of their process, what they are called."""
_GENERATIONS = 12


def find_holder(processes: Path = Path("/proc")) -> str | None:
    """One of `HOLDERS` among our ancestors; None where there is none or it cannot be known."""
    pid = os.getppid()
    for _ in range(_GENERATIONS):
        try:
            about = (processes / str(pid) / "stat").read_text(errors="replace")
        except OSError:
            return None
        name, _, rest = about.partition("(")[2].rpartition(")")
        if name in HOLDERS:
            return HOLDERS[name]
        pid = int(rest.split()[1])
    return None
