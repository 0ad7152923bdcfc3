"""The diary stands alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ALL = """
import importlib, pkgutil, sys
import tui.diary
for module in pkgutil.iter_modules(tui.diary.__path__, "tui.diary."):
    importlib.import_module(module.name)
print(*sorted({name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names))
print(*sorted(name for name in sys.modules if name.startswith("tui.") and "diary" not in name))
"""


def test_diary_needs_only_platformdirs(home: Path) -> None:
    """The diary imports the standard library and platformdirs, nothing of the rest, and makes no file."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", ALL],
        cwd=ROOT,
        env={"PYTHONPATH": ":".join(sys.path), "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
        capture_output=True,
        text=True,
    )
    packages, ours = done.stdout.splitlines()
    assert set(packages.split()) <= {"__main__", "__mp_main__", "platformdirs", "tui"}
    assert ours == ""
    assert list(home.iterdir()) == []
