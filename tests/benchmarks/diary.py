"""How long diaries of many runs take to open, on the screen and from the shell, in one run.

Usage, in the checkout: python -m tests.benchmarks.diary [ROUNDS]
Prints a Markdown table; each figure is the median of the rounds, taken in turns.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.past_runs import export_of
from tests.pty.probe import Probe
from tui.diary.diary import open_diary
from tui.handbook.checklists import Resets, all_checklists
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook

ROOT = Path(__file__).parents[2]
PYTHON = sys.executable
SIZES = (1, 100, 1000, 5000)
"""Runs in the diaries."""


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        diaries = {size: _make(Path(folder) / str(size), size) for size in SIZES}
        taken: dict[int, list[tuple[float, ...]]] = {size: [] for size in SIZES}
        bare: list[float] = []
        for _ in range(rounds):
            for size, directory in diaries.items():
                taken[size].append((*_read(directory), *_on_screen(directory), _listed(directory)))
            bare.append(_timed([PYTHON, "-c", "pass"], Path(folder)))
    _print(taken, median(bare))


def _make(directory: Path, size: int) -> Path:
    """A diary of as many runs, each with the thirty items of our own lists."""
    chance = random.Random(size)
    book = load_handbook(OWN_BOOK)
    lists = (each for each in all_checklists(book, Pages(book)) if each.resets is Resets.RUN)
    items = [item.reference for each in lists for item in each.items]
    with open_diary(directory) as diary:
        diary.import_text(export_of(*(_run(chance, items) for _ in range(size))))
    return directory


def _run(chance: random.Random, items: Sequence[str]) -> dict[str, object]:
    ticked = [item for item in items if chance.random() < 0.7]
    return {
        "soreness": chance.choice([None, *range(8)]),
        "note": "Felt fine on the hills, the neck a little stiff at the end.",
        "ticked": ticked,
        "left": [item for item in items if item not in ticked],
    }


def _read(directory: Path) -> tuple[float, ...]:
    with open_diary(directory) as diary:
        start = time.perf_counter()
        diary.runs.every()
        return ((time.perf_counter() - start) * 1000,)


def _on_screen(directory: Path) -> tuple[float, float]:
    """Milliseconds from the key until the last byte: the first time, and again."""
    with Probe([PYTHON, "-m", "tui"], cwd=ROOT, env={"RUNTALL_DATA": str(directory)}) as probe:
        probe.wait_for(lambda probe: 1049 in probe.screen.private_modes)
        probe.settle(1)
        probe.press("d")
        opened = probe.settle(1)
        probe.press("escape")
        probe.settle(0.5)
        probe.press("d")
        return opened.last_ms, probe.settle(1).last_ms


def _listed(directory: Path) -> float:
    return _timed([PYTHON, "-m", "tui", "diary"], directory)


def _timed(argv: Sequence[str], data: Path) -> float:
    environment = {**os.environ, "RUNTALL_DATA": str(data)}
    start = time.perf_counter()
    subprocess.run(
        argv,
        cwd=ROOT,
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    return (time.perf_counter() - start) * 1000


def _print(taken: dict[int, list[tuple[float, ...]]], bare: float) -> None:
    print("| runs | read from the disk | `d`, first time | `d`, again | `runtall diary` |")
    print("|---|---|---|---|---|")
    for size, rounds in taken.items():
        figures = [median(column) for column in zip(*rounds, strict=True)]
        print(f"| {size:,} | {' | '.join(f'{each:.0f} ms' for each in figures)} |")
    print(f"\n`python -c pass`: {bare:.0f} ms")


if __name__ == "__main__":
    main()
