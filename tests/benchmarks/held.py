"""A diary that another program holds, or whose disk is slow: no key may wait. `python -m tests.benchmarks.held`.

Each key of the table is pressed in its pane while another program has the file locked, and once more
while nobody has; then what a disk does that is slow or does not answer at all, where a C compiler is
found to make it so. Printed as Markdown: milliseconds to the first byte of the answer.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median

from tests.benchmarks.conditions import machine
from tests.pty.handbook import Handbook
from tests.pty.probe import KEYS, Probe
from tui.diary.diary import open_diary
from tui.keys import ANYWHERE, TABLE

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "tui")
PANES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "text": (("open", "hunching"), ()),
    "contents": (("open", "hunching"), ("tab",)),
    "checklist": (("open", "before-the-run"), ()),
    "diary": (("open", "hunching"), ("d",)),
    "list": (("open", "hunching"), ("m", "'")),
    "search box": (("open", "hunching"), ("/", "n", "e", "c", "k")),
    "find line": (("open", "hunching"), ("&", "n")),
    "question": (("open", "hunching"), ("w",)),
    "map": (("open", "body-map"), ("B",)),
    "routine": (("routine", "desk-break"), ()),
}
"""The words of the command and the keys that lead to each pane; `anywhere` is tried in the first and the third."""
SLOW_FSYNC = """
#include <unistd.h>
int fsync(int fd) { (void)fd; usleep(1000000); return 0; }
int fdatasync(int fd) { (void)fd; usleep(1000000); return 0; }
"""
HANGING_READ = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
ssize_t pread64(int fd, void *to, size_t size, off64_t at) {
    static ssize_t (*read_at)(int, void *, size_t, off64_t);
    char link[64], path[4096];
    if (!read_at) read_at = dlsym(RTLD_NEXT, "pread64");
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
    while (strstr(path, "diary.db") && !access(getenv("RUNTALL_HANGS"), F_OK)) usleep(20000);
    return read_at(fd, to, size, at);
}
"""
_LEAVES = ("quit", "interrupt", "suspend")
BOUND = 50
"""Milliseconds by which a lock may delay the answer to a key."""
TRIES = 3
"""Pairs of which the best counts: what else the machine does is no matter of the lock."""


@contextmanager
def locked(data: Path, how: str) -> Iterator[None]:
    """Hold the file as another program."""
    other = sqlite3.connect(data / "diary.db", isolation_level=None)
    try:
        other.execute(f"BEGIN {how}")
        yield
    finally:
        other.close()


@contextmanager
def opened(data: Path, pane: str, preload: str = "") -> Iterator[Handbook]:
    """The handbook with the keys in a pane."""
    words, keys = PANES[pane]
    env = {"RUNTALL_DATA": str(data), "LD_PRELOAD": preload or None}
    with Handbook(*words, env=env) as probe:
        probe.wait_for(lambda shown: "help" in shown.text, timeout=30)
        probe.rest()
        for key in keys:
            probe.press(key)
            probe.settle(0.15)
        yield probe


def answer_ms(probe: Probe, key: str) -> float:
    """Milliseconds until the first byte of an answer; to a key that draws nothing, that to a redraw."""
    probe.settle(0.3)  # what comes late is no answer to the next key
    return _first_ms(probe, key) or _first_ms(probe, "ctrl+l")


def _first_ms(probe: Probe, *keys: str) -> float:
    """Milliseconds until the first byte of an answer to keys pressed in one go; 0 where none comes."""
    before = len(probe.output)
    began = time.perf_counter()
    for key in keys:
        probe.press(key)
    with suppress(TimeoutError):
        probe.wait_for(lambda shown: len(shown.output) > before, timeout=1)
        return (probe.last_byte_at - began) * 1000
    return 0.0


def pair_ms(data: Path, pane: str, key: str) -> tuple[float, float]:
    """Milliseconds to the answer to a key while the file is held, and in the same minute while not."""
    keys: tuple[str, ...] = (key,)
    with opened(data, pane) as probe:
        free = _first_ms(probe, *keys)
    if not free:  # it draws nothing by itself
        keys = (key, "ctrl+l")
        with opened(data, pane) as probe:
            free = _first_ms(probe, *keys)
    with opened(data, pane) as probe, locked(data, "EXCLUSIVE"):
        held = _first_ms(probe, *keys)
    return held or 1000.0, free


def cases() -> Iterator[tuple[str, str]]:
    """Each key of the table with a pane in which it works."""
    for key in TABLE:
        if key.keys and key.id not in _LEAVES:
            name = key.keys[0]
            if len(name) == 1 or name in KEYS:
                panes = ("text", "checklist") if key.where == ANYWHERE else (key.where,)
                yield from ((pane, name) for pane in panes)


def filled(folder: Path) -> Path:
    """A diary with a run and a tick."""
    with open_diary(folder) as diary:
        diary.runs.finish(soreness=2, note="easy")
        diary.lists.tick("before-the-run/hands")
    return folder


def measure_keys(data: Path) -> bool:
    """Print how long each key took; whether all answered in time."""
    slowest: list[tuple[float, float, str]] = []
    for pane, key in cases():
        held, free = pair_ms(data, pane, key)
        for _ in range(TRIES - 1):
            if held - free > BOUND:
                held, free = min((held, free), pair_ms(data, pane, key), key=lambda p: p[0] - p[1])
        slowest.append((held, free, f"{key} ({pane})"))
    slowest.sort(key=lambda row: row[0] - row[1], reverse=True)
    print(f"\n{len(slowest)} keys in their panes, ms to the first byte of the answer\n")
    print("| key | held | free |\n|---|---|---|")
    for held, free, name in slowest[:10]:
        print(f"| `{name}` | {held:.0f} | {free:.0f} |")
    columns = [median(each) for each in zip(*(row[:2] for row in slowest), strict=True)]
    print(f"| median of all | {columns[0]:.0f} | {columns[1]:.0f} |")
    return all(held - free <= BOUND for held, free, _ in slowest)


def measure_lock(data: Path) -> None:
    """Print what a reader sees of a lock: at the start, at a tick, at leaving."""
    with locked(data, "EXCLUSIVE"):
        start = time.perf_counter()
        env = {"RUNTALL_DATA": str(data)}
        with Handbook(env=env) as probe:
            probe.wait_for("help", timeout=30)
            print(f"\nstart while the file is held: {(time.perf_counter() - start) * 1000:.0f} ms")
    for name, leave in (("Ctrl+C twice", _interrupt), ("SIGTERM", _terminate)):
        with opened(data, "checklist") as probe, locked(data, "IMMEDIATE"):
            saving = _first_ms(probe, "x")
            probe.wait_for("[~]")
            flags = answer_ms(probe, "!")
            probe.wait_for("emergency")
            start = time.perf_counter()
            leave(probe)
            probe.wait_for_exit()
            took = time.perf_counter() - start
        print(f"tick shown as being saved: {saving:.0f} ms; `!` after it: {flags:.0f} ms; ", end="")
        print(f"{name} then ends it in {took * 1000:.0f} ms")
    with opened(data, "checklist") as probe, locked(data, "IMMEDIATE"):
        probe.press("x")
        start = time.perf_counter()
        probe.wait_for("Not saved", timeout=30)
        assert "[~]" not in probe.text
        print(f"a tick is refused in the end, after {time.perf_counter() - start:.1f} s")


def _interrupt(probe: Probe) -> None:
    probe.press("ctrl+c", "ctrl+c")


def _terminate(probe: Probe) -> None:
    probe.signal(signal.SIGTERM)


def made(folder: Path, source: str) -> str:
    """A library to be loaded before all others; empty where there is no C compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        print("\nno C compiler: such a disk was not tried")
        return ""
    library = folder / f"{len(source)}.so"
    argv = [compiler, "-x", "c", "-shared", "-fPIC", "-o", str(library), "-", "-ldl"]
    subprocess.run(argv, input=source.encode(), check=True)
    return str(library)


def measure_hang(data: Path, folder: Path) -> None:
    """Print what a disk does that answers no read, beside the same keys on one that does."""
    library, flag = made(folder, HANGING_READ), folder / "hangs"
    if not library:
        return
    os.environ["RUNTALL_HANGS"] = str(flag)
    print(
        "\nno read of the diary is answered from the start, ms to the first byte; in brackets: all are\n"
    )
    keys = ("]", "space", "c", "j", "!", "q", "/")
    times: dict[bool, list[float]] = {}
    for hangs in (False, True):
        if hangs:
            flag.touch()
        with opened(data, "text", library) as probe:
            times[hangs] = [answer_ms(probe, key) for key in keys]
    for key, free, hung in zip(keys, times[False], times[True], strict=True):
        print(f"* `{key}`: {hung:.0f} ({free:.0f})")
    with opened(data, "text", library) as probe:
        probe.send("c3")
        probe.rest()
        assert "once the diary has answered" in probe.text, probe.text
        flag.unlink()
        start = time.perf_counter()
        probe.wait_for("3 [x]", timeout=30)
        print(
            f"* `c3` in one go: ticked {time.perf_counter() - start:.1f} s after the disk answers"
        )


def measure_disk(data: Path, folder: Path) -> None:
    """Print what a disk does whose every sync takes a second."""
    library = made(folder, SLOW_FSYNC)
    if not library:
        return
    print("\nevery sync takes a second, ms to the first byte of the answer\n")
    with opened(data, "text", library) as probe:
        for key in ("]", "]", "space", "c", "3", "j", "!", "backspace", "d", "escape", "/"):
            print(f"* `{key}`: {answer_ms(probe, key):.0f}")
    with opened(data, "checklist", library) as probe:
        probe.press("5")
        start = time.perf_counter()
        probe.wait_for("[~]")
        probe.wait_for(lambda shown: "[~]" not in shown.text, timeout=30)
        print(f"* a tick is on the disk after {time.perf_counter() - start:.1f} s")
        probe.settle(8, timeout=20)  # the place of a moment ago
        start = time.perf_counter()
        probe.press("q")
        probe.wait_for_exit(30)
        print(f"* `q`: ended after {time.perf_counter() - start:.1f} s")


def main(words: Sequence[str]) -> int:
    """Measure all, or only what is named: lock, disk, hang, keys."""
    print(machine())
    fine = True
    with tempfile.TemporaryDirectory() as place, suppress(KeyboardInterrupt):
        data = filled(Path(place) / "data")
        if not words or "lock" in words:
            measure_lock(data)
        if not words or "disk" in words:
            measure_disk(data, Path(place))
        if not words or "hang" in words:
            measure_hang(data, Path(place))
        if not words or "keys" in words:
            fine = measure_keys(data)
    return 0 if fine else 1


if __name__ == "__main__":
    os.environ["RUNTALL_NOW"] = "2026-11-18T07:00:00Z"
    sys.exit(main(sys.argv[1:]))
