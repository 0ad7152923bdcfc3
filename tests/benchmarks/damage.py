"""Damage met by the commands: nothing wrong may be shown and unsaid. `python -m tests.benchmarks.damage`.

A diary of 60 runs is damaged 300 times at random and has one page put in place of another 600 times;
each time `diary --json` and `export` are asked in this process, as a shell would ask them.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tui.cli.main import main
from tui.diary.diary import open_diary
from tui.diary.records import PAGE

RANDOM, SWAPPED = 300, 600
Harm = Callable[[bytearray, random.Random], None]


def flip(data: bytearray, chance: random.Random) -> None:
    """One bit."""
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def flip_many(data: bytearray, chance: random.Random) -> None:
    """Sixteen bits."""
    for _ in range(16):
        flip(data, chance)


def zero(data: bytearray, chance: random.Random) -> None:
    """A sector of zeros."""
    start = chance.randrange(len(data) // 512) * 512
    data[start : start + 512] = bytes(512)


def cut(data: bytearray, chance: random.Random) -> None:
    """The end lost."""
    del data[chance.randrange(len(data)) :]


def swap(data: bytearray, chance: random.Random) -> None:
    """One page in place of another."""
    one, other = chance.sample(range(len(data) // PAGE), 2)
    data[one * PAGE : (one + 1) * PAGE] = data[other * PAGE : (other + 1) * PAGE]


def ask(*words: str) -> tuple[int, str, str]:
    """What a command answers: its code, its output and what it says beside."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(words)
    out.seek(0)
    return code, out.read(), err.getvalue()


def fill(folder: Path) -> None:
    """Sixty runs with notes, ticks and read pages."""
    with open_diary(folder) as diary:
        for number in range(60):
            diary.lists.tick(f"before-the-run/item-{number % 9}")
            diary.progress.mark_read("Book", f"page-{number}")
            diary.runs.finish(
                soreness=number % 11, note=f"{number} " + "a few words " * (number % 20)
            )


def outcome(folder: Path, whole: bytes, truth: tuple[str, str], harm: Harm, seed: int) -> str:
    """`right`, `said`, or `WRONG AND UNSAID`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    data = bytearray(whole)
    harm(data, random.Random(seed))
    (folder / "diary.db").write_bytes(data)
    code, runs, beside = ask("diary", "--json", "--data", str(folder))
    _, exported, beside_export = ask("export", "--data", str(folder))
    if code == 70 or "Traceback" in beside + beside_export:
        return "CRASHED"
    if (runs, exported) == truth:
        return "right, and said" if beside else "right"
    return "less, and said" if beside and beside_export else "WRONG AND UNSAID"


def measure() -> dict[str, Counter[str]]:
    """The outcomes of each kind of damage."""
    found: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as place:
        made = Path(place) / "made"
        fill(made)
        whole = (made / "diary.db").read_bytes()
        truth = (
            ask("diary", "--json", "--data", str(made))[1],
            ask("export", "--data", str(made))[1],
        )
        json.loads(truth[1])
        kinds = dict.fromkeys((flip, flip_many, zero, cut), RANDOM // 4) | {swap: SWAPPED}
        for kind, rounds in kinds.items():
            found[kind.__name__] = Counter(
                outcome(Path(place) / "harmed", whole, truth, kind, seed) for seed in range(rounds)
            )
    return found


if __name__ == "__main__":
    os.environ.update(RUNTALL_NOW="2026-11-18T07:00:00Z", LANG="C.UTF-8")
    wrong = 0
    for name, counts in measure().items():
        print(name, dict(counts))
        wrong += counts["WRONG AND UNSAID"] + counts["CRASHED"]
    sys.exit(bool(wrong))
