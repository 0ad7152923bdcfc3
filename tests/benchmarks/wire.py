"""What reading costs on the wire: bytes and milliseconds for this program and others like it.

    python -m tests.benchmarks.wire [--columns 80] [--lines 24] [--idle 10]

Every program shows the same page in a pty of the same size, and is sent keys. A cell holds the
bytes and the milliseconds from key to last byte, each the median of the presses. Programs that are
not installed have no row, and what a program cannot do has a dash. Printed as Markdown.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from markdown_it import MarkdownIt

from tests.benchmarks.conditions import as_installed, machine
from tests.pty.probe import Probe, Reply

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "content" / "help" / "red-flags.md"
WIDTH = 55
"""The width of the text beside the contents in a terminal of 80 columns."""

STEPS = (
    "first paint",
    "line",
    "page down",
    "another page",
    "contents move",
    "checklist move",
    "tick",
    "search letter",
    "match step",
    "mouse 1 s",
    "routine 1 s",
    "routine paused",
    "idle",
)


@dataclass(frozen=True)
class Keys:
    """Keys to press, and the step that they are measured for; without one they only lead on."""

    keys: tuple[str, ...]
    step: str = ""
    needs: str = ""
    """A text without which the screen is not the right one, and the keys are not measured."""


Script = tuple[Keys, ...]

_PAGES = Keys(("space", "space", "space"), "page down")
_LINES = Keys(("down", "down", "down"), "line")
PAGER: Script = (
    _LINES,
    _PAGES,
    Keys(("home", "/")),
    Keys(("p", "a", "i"), "search letter"),
    Keys(("n", "enter")),
    Keys(("n", "n", "n"), "match step"),
)
RUNTALL: Script = (
    _LINES,
    _PAGES,
    Keys(("]", "]", "["), "another page"),
    Keys(("[", "g", "tab")),
    Keys(("down", "down", "up"), "contents move"),
    Keys(("escape", "c")),
    Keys(("down",) * 11, "checklist move"),
    Keys(("home",)),
    Keys(("space", "space", "space"), "tick", needs="[ ]"),
    Keys(("escape", "escape", "/", "p", "a")),
    Keys(("i", "n", "s"), "search letter"),
    Keys(("backspace", "enter")),
    Keys(("n", "n", "n"), "match step"),
    Keys(("escape",)),
)
_VIEWER: Script = (
    Keys(("pagedown", "pagedown", "pagedown"), "page down"),
    Keys(("home", "tab", "tab")),
    Keys(("down", "down", "up"), "contents move"),
)


@dataclass(frozen=True)
class Program:
    """A program to measure: its name in the table, its command, and what to press in it."""

    name: str
    argv: tuple[str, ...]
    script: Script
    env: Mapping[str, str | None] = field(default_factory=dict)
    routine: tuple[str, ...] = ()
    """Keys that start something that counts down, after the script."""
    side_margins: bool = True
    """Whether the terminal moves lines between margins at the sides, as xterm does."""


def programs(folder: Path) -> Iterator[Program]:
    """All that can be compared here, with the page written to a folder as each needs it."""
    html, text = folder / "page.html", folder / "page.txt"
    html.write_text(MarkdownIt().render(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    read = [sys.executable, "-m", "tui", "read", PAGE.stem, "--width", str(WIDTH)]
    text.write_bytes(subprocess.run(read, cwd=ROOT, check=True, capture_output=True).stdout)
    for driver, margins in (("thin", True), ("thin", False), ("full", True)):
        data = folder / f"{driver}-{margins}"
        options = ("--mouse", "--driver", driver, "--data", str(data))
        argv = (sys.executable, "-m", "tui", *options, "open", PAGE.stem)
        env, plank = as_installed(folder), ("escape", ":", *"open: plank", "enter", "S")
        name = f"runtall --driver {driver}{'' if margins else ', no side margins'}"
        yield Program(name, argv, RUNTALL, env, plank, margins)
    yield Program("less", ("less", str(text)), PAGER)
    viewer = (sys.executable, "-m", "tests.benchmarks.viewer", str(PAGE))
    yield Program("Textual MarkdownViewer", viewer, _VIEWER)
    for name in ("frogmouth", "hike"):
        yield Program(name, (name, str(PAGE)), _VIEWER[:1])
    yield Program("glow", ("glow", "-p", str(PAGE)), PAGER[:1], {"PAGER": "less -R"})
    yield Program("w3m", ("w3m", str(html)), PAGER[:1])


def measured(
    program: Program, columns: int, lines: int, idle: float, quiet: float = 0.4
) -> dict[str, str]:
    """A cell of the table for each step that the program takes.

    Args:
        program: What to start, and to press in it.
        columns: Width of the terminal.
        lines: Height of the terminal.
        idle: Seconds to watch what is sent while nothing is pressed; 0 leaves it out.
        quiet: Seconds without a byte after which an answer is whole.
    """
    cells = {}
    # The first start compiles what is not compiled yet, and does not count.
    _started(program, columns, lines).close()
    start = time.perf_counter()
    with _started(program, columns, lines) as probe:
        taken = (probe.last_byte_at - start) * 1000
        cells["first paint"] = f"{len(probe.output):,} B, {taken:,.0f} ms"
        for part in program.script:
            ready = part.needs in probe.text
            replies = [_pressed(probe, key, quiet) for key in part.keys]
            if part.step and ready and all(reply.size for reply in replies):
                cells[part.step] = _cell(replies)
        if any(mode in probe.screen.private_modes for mode in (1000, 1002, 1003)):
            cells["mouse 1 s"] = f"{_moved(probe):,} B"
        if program.routine:
            cells |= _counted(probe, program.routine)
        if idle:
            probe.settle(0.5)
            cells["idle"] = f"{probe.settle(idle, idle).size:,} B"
    return cells


def _started(program: Program, columns: int, lines: int) -> Probe:
    margins = program.side_margins
    size = {"columns": columns, "lines": lines}
    probe = Probe(program.argv, **size, cwd=ROOT, env=program.env, side_margins=margins)
    probe.wait_for(lambda probe: bool(probe.text.strip()), timeout=30)
    probe.settle(1.5)
    return probe


def _pressed(probe: Probe, key: str, quiet: float = 0.4) -> Reply:
    probe.press(key)
    return probe.settle(quiet)


def _moved(probe: Probe) -> int:
    """Bytes for 50 moves of the mouse in a second, down and up over the left of the screen."""
    before, lines = len(probe.output), probe.screen.lines
    for move in range(50):
        y = abs(move % (2 * lines) - lines) + 1
        probe.send(f"\x1b[<35;{5 + move // 5};{min(y, lines)}M")
        probe.settle(0.02, 0.02)
    probe.settle(0.4)
    return len(probe.output) - before


def _counted(probe: Probe, keys: tuple[str, ...]) -> dict[str, str]:
    """Bytes for each of ten seconds of a hold, and for as long a pause."""
    for key in keys:
        _pressed(probe, key)
    probe.wait_for("Hold")
    probe.settle(0.5)
    before = len(probe.output)
    end = time.monotonic() + 10
    while (left := end - time.monotonic()) > 0:
        probe.settle(left, left)
    counting = len(probe.output) - before
    _pressed(probe, "space")
    paused = probe.settle(10, 10).size
    _pressed(probe, "escape")
    return {"routine 1 s": f"{counting / 10:,.0f} B", "routine paused": f"{paused:,} B"}


def _cell(replies: list[Reply]) -> str:
    size, time = median(r.size for r in replies), median(r.last_ms for r in replies)
    return f"{size:,.0f} B, {time:,.0f} ms"


def main() -> None:
    """Measure each program and print its row."""
    parser = argparse.ArgumentParser(description="Print what reading costs on the wire.")
    parser.add_argument("--columns", type=int, default=80)
    parser.add_argument("--lines", type=int, default=24)
    parser.add_argument("--idle", type=float, default=10, help="seconds")
    options = parser.parse_args()
    steps = [f"idle {options.idle:g} s" if step == "idle" else step for step in STEPS]
    print(f"| {options.columns} x {options.lines} |", " | ".join(steps), "|")
    print("|---" * (len(STEPS) + 1) + "|")
    with tempfile.TemporaryDirectory() as folder:
        for program in programs(Path(folder)):
            if shutil.which(program.argv[0]) is None:
                continue
            cells = measured(program, options.columns, options.lines, options.idle)
            row = [cells.get(step, "-") for step in STEPS]
            print(f"| {program.name} |", " | ".join(row), "|", flush=True)
    print(f"\n{machine()}")


if __name__ == "__main__":
    main()
