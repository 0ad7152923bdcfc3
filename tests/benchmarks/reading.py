"""Start, page, section and memory beside an empty Textual app and MarkdownViewer, and our commands.

Usage, in the checkout: python -m tests.benchmarks.reading [ROUNDS] [--book DIR]...
Prints Markdown tables; each figure is the median of the rounds, taken in turns so that a busy
minute is shared by all, after one round that does not count. Every program has its modules
compiled, and ours a diary from before, as on every day but the first.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.conditions import as_installed, machine
from tests.pty.probe import Probe
from tui.diary.diary import open_diary
from tui.handbook.loading import OWN_BOOK, load_handbook

ROOT = Path(__file__).parents[2]
PYTHON = sys.executable
EMPTY_APP = "from textual.app import App\nApp().run()\n"
VIEWER = """
import sys
from textual.app import App
from textual.widgets import MarkdownViewer
class Viewer(App):
    def compose(self):
        yield MarkdownViewer(open(sys.argv[1], encoding="utf-8").read())
    def on_mount(self):
        self.query_one(MarkdownViewer).focus()
Viewer().run()
"""
COMMANDS = (("read", "hunching"), ("search", "traps"), ("tick", "warm-up"), ("check", "--json"))
"""What is measured as whole processes."""


@dataclass(frozen=True)
class Opened:
    """One program, opened once: times in ms, memory in kB."""

    start: float
    page: float
    section: float
    memory: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Print what start, page and section take.")
    parser.add_argument("rounds", nargs="?", type=int, default=5)
    parser.add_argument("--book", action="append", default=[], type=Path, help="another book")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as path:
        folder = Path(path)
        with open_diary(folder / "diary") as diary:
            diary.progress.keep_theme("runtall-dark")
        # What was begun is said on opening, once the lists are read: the commands tick in a diary of their own.
        shutil.copytree(folder / "diary", folder / "ticked")
        programs = _programs(folder, options.book)
        taken: dict[str, list[Opened]] = {name: [] for name in programs}
        commands: dict[str, list[float]] = {" ".join(words): [] for words in COMMANDS}
        for turn in range(options.rounds + 1):
            for name, argv in programs.items():
                taken[name] += [_open(argv, folder)][not turn :]
            for words in COMMANDS:
                commands[" ".join(words)] += [_timed(words, folder)][not turn :]
    _print(taken, commands)


def _programs(folder: Path, books: Sequence[Path]) -> dict[str, Sequence[str]]:
    book = load_handbook(OWN_BOOK)
    text = "\n".join((OWN_BOOK / str(each.path)).read_text("utf-8") for each in book.readable[:40])
    (folder / "all.md").write_text(text, "utf-8")
    (folder / "empty.py").write_text(EMPTY_APP, "utf-8")
    (folder / "viewer.py").write_text(VIEWER, "utf-8")
    _write_large_book(folder / "large")
    return {
        "an empty Textual app": [PYTHON, str(folder / "empty.py")],
        "Textual's MarkdownViewer": [PYTHON, str(folder / "viewer.py"), str(folder / "all.md")],
        "Run Tall": [PYTHON, "-m", "tui"],
        "Run Tall, a book of 5,000 sections": [
            *(PYTHON, "-m", "tui"),
            *("--book", str(folder / "large")),
        ],
        **{
            f"Run Tall, {load_handbook(each).title}": [
                *(PYTHON, "-m", "tui"),
                *("--book", str(each.resolve())),
            ]
            for each in books
        },
    }


def _write_large_book(folder: Path) -> None:
    folder.mkdir()
    lines: list[str] = []
    for number in range(5000):
        if number % 100 == 0:
            lines.append(f"# Part {number // 100}\n")
        lines.append(f"- [Section {number}](s{number}.md)")
        words = f"About {number}: shoulders, rows and easy runs. " * 40
        (folder / f"s{number}.md").write_text(f"# Section {number}\n\n{words}\n", "utf-8")
    (folder / "SUMMARY.md").write_text("\n".join(lines), "utf-8")


def _open(argv: Sequence[str], folder: Path) -> Opened:
    data = tempfile.mkdtemp(dir=folder)
    shutil.copytree(folder / "diary", data, dirs_exist_ok=True)
    start = time.perf_counter()
    with Probe(argv, cwd=ROOT, env={**as_installed(folder), "RUNTALL_DATA": data}) as probe:
        probe.wait_for(lambda probe: 1049 in probe.screen.private_modes)
        # Long: MarkdownViewer thinks for a second between its first frame and its text.
        probe.settle(2)
        opened = (probe.last_byte_at - start) * 1000
        page = _key(probe, "pagedown")
        section = _key(probe, "]")
        return Opened(opened, page, section, probe.memory_kb)


def _key(probe: Probe, key: str) -> float:
    probe.press(key)
    return probe.settle(0.4).last_ms


def _timed(words: Sequence[str], folder: Path) -> float:
    """Milliseconds of one of our commands as a whole process, which may well say "no"."""
    changes = {**as_installed(folder), "RUNTALL_DATA": str(folder / "ticked")}
    start = time.perf_counter()
    subprocess.run(
        [PYTHON, "-m", "tui", *words],
        cwd=ROOT,
        env=_changed(changes),
        check=False,
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    return (time.perf_counter() - start) * 1000


def _changed(changes: Mapping[str, str | None]) -> dict[str, str]:
    merged = {**os.environ, **changes}
    return {name: value for name, value in merged.items() if value is not None}


def _print(taken: dict[str, list[Opened]], commands: dict[str, list[float]]) -> None:
    print("| program | start to last byte | page down | another section | memory |")
    print("|---|---|---|---|---|")
    empty = taken["an empty Textual app"]
    for name, opened in taken.items():
        start = _middle(opened, lambda each: each.start)
        ratio = start / _middle(empty, lambda each: each.start)
        memory = _middle(opened, lambda each: each.memory) / 1000
        page = _middle(opened, lambda each: each.page)
        section = _middle(opened, lambda each: each.section)
        print(
            f"| {name} | {start:.0f} ms, x {ratio:.2f} "
            f"| {_cell(page)} | {_cell(section)} | {memory:.1f} MB |"
        )
    print("\n| command | whole process |\n|---|---|")
    for words, times in commands.items():
        print(f"| `runtall {words}` | {median(times):.0f} ms |")
    print(f"\n{machine()}")


def _cell(time: float) -> str:
    """Milliseconds, or a dash where a key does nothing."""
    return f"{time:.0f} ms" if time else "-"


def _middle(opened: Sequence[Opened], of: Callable[[Opened], float]) -> float:
    return median(of(each) for each in opened)


if __name__ == "__main__":
    main()
