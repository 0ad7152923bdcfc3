"""What is shown of a page before it is opened: the match with its heading and what follows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.search.own_index import own_index
from tests.small_book import write_book
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.handbook.signs import load_signs
from tui.search.engine import Index, build_index
from tui.search.synonyms import NO_SYNONYMS
from tui.session.matches import Matches
from tui.session.own_words import RUN, OwnText, OwnWords
from tui.session.passages import LONGEST, Passage, own_passage, passage_around

_PAGE = """# Neck

A stiff neck.

## Turning

One.

Two.

Three.

Four elbows.

```text
╭──╮
╰──╯
```

### Slowly

Knees.

## Rest

Toes.
"""


def _passage(index: Index, pages: Pages, words: str) -> Passage:
    found = index.search(words)
    return passage_around(Matches(words, found.hits), pages[found.hits[0].section])


@pytest.fixture(name="small")
def _small(tmp_path: Path) -> tuple[Index, Pages]:
    folder = write_book(tmp_path, {"SUMMARY.md": "- [Neck](neck.md)\n", "neck.md": _PAGE})
    book = load_handbook(folder)
    pages = Pages(book)
    return build_index(book, pages, NO_SYNONYMS, load_signs(folder)), pages


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        ("stiff", ["Neck", "A stiff neck.", "Turning", "One.", "Two.", "Three.", "Four elbows.",
                   "Slowly", "Knees.", "Rest", "Toes."]),
        ("two", ["Neck", "Turning", "One.", "Two.", "Three.", "Four elbows.", "Slowly", "Knees."]),
        ("elbows", ["Neck", "Turning", "Four elbows.", "Slowly", "Knees."]),
        ("knees", ["Neck", "Slowly", "Knees."]),
        ("toes", ["Neck", "Rest", "Toes."]),
    ],
)  # fmt: skip
def test_what_is_shown(small: tuple[Index, Pages], words: str, texts: list[str]) -> None:
    """The page's title, the match's heading, then the match or what leads to it; no drawing."""
    passage = _passage(*small, words)
    assert [block.text for block in passage.page.blocks] == texts


def test_the_matches_are_marked(small: tuple[Index, Pages]) -> None:
    """The marks are on the same words, at their blocks of the passage."""
    passage = _passage(*small, "elbows")
    ((block, start, end),) = passage.marks
    assert passage.page.blocks[block].text[start:end] == "elbows"


def test_a_note_whole() -> None:
    """What the reader wrote stands there whole, with its matches."""
    (hit,) = OwnWords([OwnText(RUN, "r1", "2026-11-28", "Stiff after the hill")]).find("hill")
    passage = own_passage(hit)
    assert [block.text for block in passage.page.blocks] == [
        "Run of Nov 28, 2026",
        "Stiff after the hill",
    ]
    assert passage.marks == ((1, 16, 20),)


def test_every_page_of_the_book() -> None:
    """Whatever is found, its match is in the passage, which is not much longer than a paragraph or two."""
    book = load_handbook(OWN_BOOK)
    pages = Pages(book)
    index = own_index()
    for words in ("shoulder", "R12", "stiff neck", "pack", "weekly", "scapula", "map"):
        found = index.search(words)
        for number, hit in enumerate(found.hits):
            passage = passage_around(Matches(words, found.hits, number), pages[hit.section])
            assert bool(passage.marks) == bool(hit.places), (words, hit.id)
            longest = max(len(block.text) for block in passage.page.blocks)
            assert sum(len(each.text) for each in passage.page.blocks) <= LONGEST + 2 * longest
