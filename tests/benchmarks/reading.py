"""Start, page, section and memory beside an empty Textual app and MarkdownViewer, in one run.

Usage, in the checkout: python -m tests.benchmarks.reading [ROUNDS]
Prints a Markdown table; each figure is the median of the rounds, taken in turns so that a busy
minute is shared by all.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.pty.probe import Probe
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


@dataclass(frozen=True)
class Opened:
    """One program, opened once: times in ms, memory in kB."""

    start: float
    page: float
    section: float
    memory: int


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        programs = _programs(Path(folder))
        taken: dict[str, list[Opened]] = {name: [] for name in programs}
        reads: list[float] = []
        bare: list[float] = []
        for _ in range(rounds):
            for name, argv in programs.items():
                taken[name].append(_open(argv, Path(folder)))
            reads.append(_timed([PYTHON, "-m", "tui", "read", "hunching"]))
            bare.append(_timed([PYTHON, "-c", "pass"]))
    _print(taken, reads, bare)


def _programs(folder: Path) -> dict[str, Sequence[str]]:
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
    start = time.perf_counter()
    with Probe(argv, cwd=ROOT, env={"RUNTALL_DATA": data}) as probe:
        probe.wait_for(lambda probe: 1049 in probe.screen.private_modes)
        probe.settle(0.5)
        opened = (time.perf_counter() - start) * 1000 - 500
        page = _key(probe, "pagedown")
        section = _key(probe, "]")
        return Opened(opened, page, section, probe.memory_kb)


def _key(probe: Probe, key: str) -> float:
    probe.press(key)
    return probe.settle(0.4).last_ms


def _timed(argv: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(argv, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1000


def _print(taken: dict[str, list[Opened]], reads: list[float], bare: list[float]) -> None:
    print("| program | start to last byte | page down | another section | memory |")
    print("|---|---|---|---|---|")
    empty = taken["an empty Textual app"]
    for name, opened in taken.items():
        start = _middle(opened, lambda each: each.start)
        ratio = start / _middle(empty, lambda each: each.start)
        memory = _middle(opened, lambda each: each.memory) / 1000
        page, section = (
            _middle(opened, lambda each: each.page),
            _middle(opened, lambda each: each.section),
        )
        print(
            f"| {name} | {start:.0f} ms, {ratio:.2f} times "
            f"| {page:.0f} ms | {section:.0f} ms | {memory:.1f} MB |"
        )
    print(
        f"\n`runtall read hunching`: {median(reads):.0f} ms; `python -c pass`: {median(bare):.0f} ms"
    )


def _middle(opened: Sequence[Opened], of: Callable[[Opened], float]) -> float:
    return median(of(each) for each in opened)


if __name__ == "__main__":
    main()
