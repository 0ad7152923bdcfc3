"""How long search takes, in this book and in a generated one of 5,000 sections, beside grep.

Usage, in the checkout: python -m tests.benchmarks.search
Prints a Markdown table.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.search.engine import Index
from tui.search.synonyms import Synonyms, load_asked, load_synonyms

SECTIONS = 5000
TYPED = ("upper back pain", "why do my shoulders creep up", "cadence", "tight chest stretch")
"""What is typed letter by letter."""


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one book; times in milliseconds."""

    book: str
    sections: int
    indexed: float
    longest_step: float
    letter: float
    """Of the processor's time, as is the slowest: others that work on the machine count in the rest."""
    slowest_letter: float
    grep: float
    first: float
    """`runtall search`, the whole process, with no index kept."""
    second: float
    """The same once the index is kept."""


def main() -> None:
    """Measure both books and print the table."""
    rows = [measure("this book", OWN_BOOK, load_synonyms(OWN_BOOK))]
    with tempfile.TemporaryDirectory() as folder:
        write_book(Path(folder))
        rows.append(measure("generated", Path(folder), load_synonyms(OWN_BOOK)))
    print(
        "| book | sections | index | longest step | a letter | slowest letter | grep -ri"
        " | `runtall search` | again |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for row in rows:
        print(
            f"| {row.book} | {row.sections:,} | {row.indexed:,.0f} ms | {row.longest_step:.1f} ms"
            f" | {row.letter:.1f} ms | {row.slowest_letter:.1f} ms | {row.grep:.1f} ms"
            f" | {row.first:,.0f} ms | {row.second:,.0f} ms |"
        )


def measure(name: str, folder: Path, synonyms: Synonyms) -> Row:
    """Index the book in `folder` and type into it."""
    handbook = load_handbook(folder)
    begun = time.perf_counter()
    index = Index(handbook, Pages(handbook), synonyms, asked=load_asked(folder))
    steps = list(timed_steps(index))
    indexed = (time.perf_counter() - begun) * 1000
    index.search("warm up", limit=10)
    letters = list(timed_letters(index))
    grep = statistics.median(timed_grep(folder, words) for words in TYPED)
    sections = len(handbook.sections)
    letter = statistics.median(letters)
    first, second = timed_commands(folder)
    return Row(name, sections, indexed, max(steps), letter, max(letters), grep, first, second)


def timed_steps(index: Index) -> Iterator[float]:
    """Index to the end; how long each step took."""
    more = True
    while more:
        begun = time.perf_counter()
        more = index.add(8)
        yield (time.perf_counter() - begun) * 1000


def timed_letters(index: Index) -> Iterator[float]:
    """Type every query; how long the processor worked for each letter, least of three times."""
    for words in TYPED:
        for end in range(1, len(words) + 1):
            yield min(timed_search(index, words[:end]) for _ in range(3))


def timed_search(index: Index, words: str) -> float:
    """How long the processor works for a query that is being typed."""
    begun = time.process_time()
    index.search(words, limit=10, typing=True)
    return (time.process_time() - begun) * 1000


def timed_grep(folder: Path, words: str) -> float:
    """How long grep takes for the same words, which it finds in this order alone."""
    command = ["grep", "-ri", "--include=*.md", words, str(folder)]
    begun = time.perf_counter()
    subprocess.run(command, check=False, capture_output=True)
    return (time.perf_counter() - begun) * 1000


def timed_commands(folder: Path) -> tuple[float, float]:
    """How long the command takes, least of five: with no index kept, and with one."""
    command = [sys.executable, "-m", "tui", "--book", str(folder), "search", "traps"]
    with tempfile.TemporaryDirectory() as cache:
        environ = {**os.environ, "XDG_CACHE_HOME": cache}
        times: list[list[float]] = [[], []]
        for number in range(10):
            if number % 2 == 0:
                shutil.rmtree(Path(cache, "runtall"), ignore_errors=True)
            begun = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env=environ)
            times[number % 2].append((time.perf_counter() - begun) * 1000)
        return min(times[0]), min(times[1])


def write_book(folder: Path) -> None:
    """A book of many sections: this book's paragraphs, dealt out among words made up."""
    chance = random.Random(1)
    paragraphs = [
        paragraph
        for file in sorted(OWN_BOOK.rglob("*.md"))
        for paragraph in file.read_text(encoding="utf-8").split("\n\n")
        if len(paragraph) > 100
    ]
    words = ["".join(chance.choices("abdeilmnorstu", k=chance.randint(4, 9))) for _ in range(20000)]
    entries = []
    for number in range(SECTIONS):
        title = " ".join(chance.sample(words, 2)).capitalize()
        dealt = [chance.choice(paragraphs), " ".join(chance.choices(words, k=200))]
        text = "\n\n".join([f"# {title}", *dealt, "## More", chance.choice(paragraphs)])
        (folder / f"{number}.md").write_text(text, encoding="utf-8")
        entries.append(f"- [{title}]({number}.md)")
    (folder / "SUMMARY.md").write_text("\n".join(entries), encoding="utf-8")


if __name__ == "__main__":
    main()
