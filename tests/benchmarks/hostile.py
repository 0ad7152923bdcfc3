"""Pages made to be slow, and a signal at each of them. `python -m tests.benchmarks.hostile [PAGES]`.

300 books whose second page is of a few signs in any order are opened; `]` goes to that page, and
SIGTERM comes up to a second later. Says how long the slowest page took, how long the program took to
end, and whether the terminal was as before; exits with 1 where one did not end in order.
"""

from __future__ import annotations

import random
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks.conditions import machine
from tests.pty.handbook import NOTHING, Handbook
from tests.search.test_hostile_pages import PAGES_LONG, generated, read
from tests.small_book import write_book

SUMMARY = "# Summary\n\n- [One](one.md)\n- [Two](two.md)\n"
ENDED = 128 + signal.SIGTERM


def end_at(place: Path, page: str, chance: random.Random) -> tuple[float, str]:
    """Seconds from SIGTERM to the end while a page is read, and what was not in order."""
    book = write_book(place / "book", {"SUMMARY.md": SUMMARY, "one.md": "# One\n", "two.md": page})
    words = ("--book", str(book), "--data", str(place / "data"))
    with Handbook(*words) as handbook:
        handbook.wait_for("One", timeout=30)
        handbook.press("]")
        handbook.settle(chance.random(), timeout=1)
        began = time.perf_counter()
        handbook.signal(signal.SIGTERM)
        code = handbook.wait_for_exit(30)
        took = time.perf_counter() - began
        tidy = code == ENDED and handbook.left_behind == NOTHING
        return took, "" if tidy else f"exit {code}, left {handbook.left_behind}"


def main(words: Sequence[str]) -> int:
    """Measure and print."""
    print(machine())
    seeds = range(int(words[0]) if words else PAGES_LONG)
    slowest = max((read(generated(seed)), seed) for seed in seeds)
    print(f"{len(seeds)} pages; the slowest, {slowest[1]}, took {slowest[0]:.2f} s to read and set")
    ends = []
    for seed in seeds:
        with tempfile.TemporaryDirectory() as place:
            ends.append((*end_at(Path(place), generated(seed), random.Random(seed)), seed))
    late = sorted(((took, seed) for took, _, seed in ends), reverse=True)
    untidy = {seed: wrong for _, wrong, seed in ends if wrong}
    print(
        f"from SIGTERM to the end: median {median(took for took, *_ in ends):.2f} s, at most",
        end="",
    )
    print(f" {late[0][0]:.2f} s (page {late[0][1]}); {len(untidy)} not in order {untidy}")
    return 1 if untidy else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
