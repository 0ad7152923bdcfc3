"""Whoever searches for what may be a danger is shown the red flags first."""

from pathlib import Path

import pytest

from tests.small_book import book
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.search.engine import Index, build_index
from tui.search.synonyms import SafetyPhrase, Synonyms, load_synonyms

RED_FLAGS = "# Red flags\n\n## NOW\n\n**NOW** means call.\n\n- Something in the chest, pain or none.\n\n## TODAY\n\nToday.\n"
DANGERS = Synonyms(
    safety=(
        SafetyPhrase("NOW", "chest pain"),
        SafetyPhrase("NOW", "pain in my chest"),
        SafetyPhrase("NOW", "can't breathe"),
        SafetyPhrase("TODAY", "fainting"),
        SafetyPhrase("BOOK", "pain"),
    )
)
FILES = {
    "SUMMARY.md": "- [Chest pain](one.md)\n- [Red flags](flags.md)\n- [Two](two.md)\n",
    "one.md": "# Chest pain\n\nChest pain, chest pain.\n",
    "flags.md": RED_FLAGS,
}
ROLES = {"runtall.toml": '[roles]\nred_flags = "flags"\n'}


def index_of(folder: Path, files: dict[str, str]) -> Index:
    handbook = book(folder, files)
    return build_index(handbook, Pages(handbook), DANGERS)


@pytest.mark.parametrize(
    ("words", "level", "phrase"),
    [
        ("chest pain", "NOW", "chest pain"),
        ("is CHEST PAIN normal", "NOW", "chest pain"),
        ("chest pains", "NOW", "chest pain"),
        ('"chest pain"', "NOW", "chest pain"),
        ("chset pain", "NOW", "chest pain"),
        ("pain in the chest", "NOW", "pain in my chest"),
        ("pain in chest", "NOW", "pain in my chest"),
        ("cant breathe", "NOW", "can't breathe"),
        ("I can\u2019t breathe", "NOW", "can't breathe"),
        ("fainted, then pain", "TODAY", "fainting"),
        ("pain", "BOOK", "pain"),
        ("fainting with chest pain", "NOW", "chest pain"),
    ],
)
def test_a_danger_shows_the_red_flags_first(
    tmp_path: Path, words: str, level: str, phrase: str
) -> None:
    """The most urgent phrase counts, in any of its forms, and its level comes with the hits."""
    results = index_of(tmp_path, FILES | ROLES).search(words)
    assert results.safety is not None
    found = (results.safety.level, results.safety.phrase, results.safety.section)
    assert found == (level, phrase, "flags")
    assert results.hits[0].id == "flags"
    assert [hit.id for hit in results.hits].count("flags") == 1


@pytest.mark.parametrize("words", ["chest", "breathe", "chest, not in", "in my chest", ""])
def test_other_words_are_no_danger(tmp_path: Path, words: str) -> None:
    """Only whole phrases count."""
    assert index_of(tmp_path, FILES | ROLES).search(words).safety is None


def test_the_line_of_the_level_is_the_pages(tmp_path: Path) -> None:
    """What a level means is said in the words of the page; without such words, nothing is."""
    index = index_of(tmp_path, FILES | ROLES)
    lines = []
    for words in ("chest pain", "fainting", "pain"):
        safety = index.search(words).safety
        lines.append(safety.line if safety else None)
    assert lines == ["NOW means call.", "Today.", ""]


def test_dangers_are_seen_from_the_first_moment(tmp_path: Path) -> None:
    """While the book is still being indexed, the red flags are already there."""
    handbook = book(tmp_path, FILES | ROLES)
    index = Index(handbook, Pages(handbook), DANGERS)
    index.add(1)
    assert [hit.id for hit in index.search("chest pain").hits] == ["flags"]


def test_a_book_without_red_flags_has_no_dangers(tmp_path: Path) -> None:
    """Where no page has the role, hits stand as they rank."""
    results = index_of(tmp_path, FILES).search("chest pain")
    assert results.safety is None
    assert results.hits[0].id == "one"


def test_every_danger_of_this_book_is_seen() -> None:
    """Each [safety] phrase, typed as it stands, shows the red flags with its level or a faster."""
    handbook = load_handbook(OWN_BOOK)
    synonyms = load_synonyms(OWN_BOOK)
    index = build_index(handbook, Pages(handbook), synonyms)
    levels = ["NOW", "TODAY", "BOOK"]
    missed = []
    for danger in synonyms.safety:
        results = index.search(danger.phrase, limit=1)
        seen = results.safety is not None and results.hits[0].id == "red-flags"
        faster = levels[: levels.index(danger.level) + 1]
        if not seen or results.safety.level not in faster:  # type: ignore[union-attr]
            missed.append(danger.phrase)
    assert missed == []
