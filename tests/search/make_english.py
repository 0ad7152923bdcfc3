"""Makes tui/search/english.txt.gz from SCOWL, the word lists of Debian's package `scowl`.

Usage, in the checkout, where the package is installed or unpacked:
python -m tests.search.make_english /usr/share/dict/scowl
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tui.search.english import FILE, packed

LISTS = ("english", "american", "british")
SIZES = (10, 20, 35, 40)
"""The sizes of SCOWL that hold what most people know."""
SHORTEST = 4
"""Letters; a shorter word is never respelled, whatever it is."""


def main() -> None:
    """Write the file."""
    FILE.write_bytes(packed(set(ordinary_words(Path(sys.argv[1])))))
    print(f"{FILE}: {FILE.stat().st_size:,} bytes")


def ordinary_words(folder: Path) -> Iterator[str]:
    """The words of the lists, without names and without those with an apostrophe or an accent."""
    for name in LISTS:
        for size in SIZES:
            text = (folder / f"{name}-words.{size}").read_text(encoding="latin-1")
            for word in text.split():
                if word.isascii() and word.isalpha() and word.islower() and len(word) >= SHORTEST:
                    yield word


if __name__ == "__main__":
    main()
