"""How truly books of others are shown: what is raw, dead, too wide or not found in each.

    python -m tests.benchmarks.books DIR… [--examples]

Each DIR is a book as `--book` takes it. A row counts, over all pages of a book:

- raw tags: mdBook's own tags that are shown instead of what they stand for;
- dead links: those into the book that lead to no page, or to no place on it, of all into the book;
- elsewhere: links to other books and to files that are no page;
- raw marks: signs of Markdown or HTML in running text, which a reader should not see;
- wide: lines wider than 40 or 72 cells were asked for;
- CJK misses: pages that hold one of 20 Chinese or Japanese words and are not found by it;
- seconds to read and parse all pages, and the slowest page in milliseconds.

With --examples, the first few of each kind are printed below the table.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from tests.benchmarks.conditions import machine
from tui.handbook.blocks import Link, Style, spans_of
from tui.handbook.errors import HandbookError
from tui.handbook.links import leads_elsewhere
from tui.handbook.loading import Pages, load_handbook
from tui.handbook.model import Handbook, Page
from tui.handbook.signs import NO_SIGNS
from tui.layout.typesetting import typeset
from tui.layout.wrapping import cell_width
from tui.search.engine import build_index
from tui.search.synonyms import NO_SYNONYMS

WIDTHS = (40, 72)
WORDS = 20
"""Words that are looked for in a book written in Chinese or Japanese."""
EXAMPLES = 5

_TAG = re.compile(
    r"(?P<escape>\\)?(?P<tag>\{\{\s*#(?:include|rustdoc_include|playground|playpen|title)\s+[^}\s][^}]*\}\})"
)
_MARK = re.compile(
    r"\[!\w+\]|\{[#.][\w-]+\}|^: |</?(?:a|b|br|d[ldt]|div|i|img|kbd|li|p|span|su[bp]|t[dhr]|table|ul)\b[^<>]*>|\*\*\w|~~|\]\([^)\s]+\)",
    re.MULTILINE,
)
_RUN = re.compile(r"[\u4e00-\u9fff\u3040-\u30ff]{2,4}")


@dataclass
class Counted:
    """What was counted in one book."""

    name: str
    pages: int = 0
    links: int = 0
    examples: dict[str, list[str]] = field(default_factory=dict)
    count: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    slowest: float = 0.0

    def note(self, kind: str, example: str) -> None:
        """Count one more of a kind, and keep the first few to be read."""
        self.count[kind] += 1
        kept = self.examples.setdefault(kind, [])
        if len(kept) < EXAMPLES:
            kept.append(example)


def counted(folder: Path) -> Counted:
    """Read a book from cover to cover, and count."""
    result = Counted("/".join(folder.parts[-2:]))
    handbook = load_handbook(folder)
    pages = Pages(handbook)
    read: list[Page] = []
    for section in handbook.readable:
        start = time.perf_counter()
        try:
            read.append(pages[section])
        except HandbookError as error:
            result.note("unreadable", str(error))
        taken = time.perf_counter() - start
        result.seconds += taken
        result.slowest = max(result.slowest, taken)
    result.pages = len(read)
    for page in read:
        _count_links(result, handbook, pages, page)
        _count_tags(result, handbook, page)
        _count_marks(result, page)
        _count_wide(result, page)
    _count_misses(result, handbook, pages, read)
    return result


def _count_links(result: Counted, handbook: Handbook, pages: Pages, page: Page) -> None:
    for placed in page.links:
        link = placed.link
        where = f"{page.section.id}: {link.address}"
        if link.external:
            continue
        if not link.section and leads_elsewhere(handbook, page.section, link):
            result.note("elsewhere", where)
            continue
        result.links += 1
        if not link.section or not _reaches(pages, handbook, link):
            result.note("dead", where)


def _reaches(pages: Pages, handbook: Handbook, link: Link) -> bool:
    target = pages.or_explanation(handbook.by_id[link.section])
    return not link.anchor or target.has_anchor(link.anchor)


def _count_tags(result: Counted, handbook: Handbook, page: Page) -> None:
    """Count the tags that are shown, but for those whose author means them to be, behind a backslash."""
    written = (handbook.folder / str(page.section.path)).read_text("utf-8", "replace")
    meant = {found["tag"] for found in _TAG.finditer(written) if found["escape"]}
    for found in _TAG.finditer(page.text):
        if found["tag"] not in meant:
            result.note("tags", f"{page.section.id}: {found['tag']}")


def _count_marks(result: Counted, page: Page) -> None:
    for block in page.blocks:
        running = "".join(
            "\0" if Style.CODE in span.style else span.text for _, span in spans_of(block)
        )
        for mark in _MARK.finditer(running):
            result.note("marks", f"{page.section.id}: {running[mark.start() : mark.end() + 20]!r}")


def _count_wide(result: Counted, page: Page) -> None:
    for width in WIDTHS:
        for line in typeset(page, width).lines:
            if cell_width(line.text) > width:
                result.note("wide", f"{page.section.id}: {line.text}")


def _count_misses(result: Counted, handbook: Handbook, pages: Pages, read: Iterable[Page]) -> None:
    words = list(islice(_words(read), WORDS))
    index = build_index(handbook, pages, NO_SYNONYMS, NO_SIGNS) if words else None
    for word in words:
        hold = {page.section.id for page in read if word in page.text}
        found = index.search(word, limit=10_000).hits if index else ()
        missed = hold - {hit.section.id for hit in found}
        result.count["sought"] += len(hold)
        for section in sorted(missed):
            result.note("missed", f"{word} in {section}")


def _words(read: Iterable[Page]) -> Iterator[str]:
    """Words of titles, which the book is sure to speak of; each once."""
    runs = (run for page in read for run in _RUN.findall(page.section.title))
    yield from dict.fromkeys(runs)


def row(result: Counted) -> str:
    """A line of the table."""
    count = result.count
    followed = 100 * (result.links - count["dead"]) / max(result.links, 1)
    sought = f"{count['missed']}/{count['sought']}" if count["sought"] else "-"
    cells = (
        *(result.name, result.pages, count["unreadable"], count["tags"]),
        f"{count['dead']}/{result.links} ({followed:.1f} % followed)",
        *(count["elsewhere"], count["marks"], count["wide"], sought),
        f"{result.seconds:.2f} s, {1000 * result.slowest:.0f} ms",
    )
    return f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    """Count each book and print its row."""
    parser = argparse.ArgumentParser(description="Print how truly books of others are shown.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--examples", action="store_true")
    options = parser.parse_args()
    print(
        "| book | pages | unreadable | raw tags | dead links | elsewhere | raw marks | wide"
        " | CJK misses | all pages, slowest |"
    )
    print("|---" * 10 + "|")
    results: list[Counted] = []
    for folder in options.folders:
        try:
            results.append(counted(folder.resolve()))
        except HandbookError as error:
            print(f"| {folder} | not opened: {error} |" + " |" * 8)
        else:
            print(row(results[-1]), flush=True)
    print(f"\n{machine()}")
    for result in results if options.examples else ():
        for kind, examples in result.examples.items():
            print(f"\n{result.name}, {kind}: {result.count[kind]}")
            print("\n".join(f"  {example}" for example in examples))


if __name__ == "__main__":
    main()
