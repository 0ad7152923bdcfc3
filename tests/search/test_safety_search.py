"""Whoever searches for what may be a danger is shown the red flags first."""

from pathlib import Path

import pytest

from tests.small_book import book
from tui.handbook.loading import Pages
from tui.handbook.signs import load_signs
from tui.search.engine import Index, build_index
from tui.search.synonyms import NO_SYNONYMS

SIGNS = """
[places]
CHEST = ["chest"]
[feelings]
PAIN = ["pain", "pains"]

[[signs]]
id = "heart"
level = "NOW"
sign = "Pain in the chest"
do = "NOW: call."
say = ["CHEST PAIN", "cant breathe"]

[[signs]]
id = "faint"
level = "TODAY"
sign = "A faint"
do = "TODAY: go."
say = ["fainting", "fainted"]
alone = ["faint"]

[[asking]]
id = "ask"
level = "BOOK"
sign = "Asking"
do = "BOOK: ask."
say = ["how serious"]
"""
RED_FLAGS = "# Red flags\n\n## NOW\n\n- **A cut.** Deep.\n- **Pain in the chest.** Call.\n\n## BOOK\n\nBook.\n"
FILES = {
    "SUMMARY.md": "- [Chest pain](one.md)\n- [Red flags](flags.md)\n- [Two](two.md)\n",
    "one.md": "# Chest pain\n\nChest pain, chest pain.\n",
    "flags.md": RED_FLAGS,
    "signs.toml": SIGNS,
}
ROLES = {"runtall.toml": '[roles]\nred_flags = "flags"\n'}


def index_of(folder: Path, files: dict[str, str]) -> Index:
    handbook = book(folder, files)
    return build_index(handbook, Pages(handbook), NO_SYNONYMS, load_signs(handbook.folder))


@pytest.mark.parametrize(
    ("words", "level", "phrase"),
    [
        ("chest pain", "NOW", "chest pain"),
        ("is CHEST PAIN normal", "NOW", "CHEST PAIN"),
        ("chest pains", "NOW", "chest pains"),
        ('"chest pain"', "NOW", "chest pain"),
        ("chset pain", "NOW", "chset pain"),
        ("pain in the chest", "NOW", "pain in the chest"),
        ("I can\u2019t breathe", "NOW", "can't breathe"),
        ("fainted, then a pain", "TODAY", "fainted"),
        ("fainting with chest pain", "NOW", "chest pain"),
    ],
)
def test_a_danger_shows_the_red_flags_first(
    tmp_path: Path, words: str, level: str, phrase: str
) -> None:
    """The most urgent sign counts, and its page comes before all other hits, once."""
    results = index_of(tmp_path, FILES | ROLES).search(words)
    assert results.safety is not None
    found = (results.safety.level, results.safety.phrase, results.safety.section)
    assert found == (level, phrase, "flags")
    assert results.hits[0].id == "flags"
    assert [hit.id for hit in results.hits].count("flags") == 1


@pytest.mark.parametrize("words", ["chest", "breathe", "chest, not in", "in my chest", ""])
def test_other_words_are_no_danger(tmp_path: Path, words: str) -> None:
    """A part of a sign is none."""
    assert index_of(tmp_path, FILES | ROLES).search(words).safety is None


def test_half_a_word_names_a_sign_only_while_one_types(tmp_path: Path) -> None:
    """What is typed to its end is taken as it stands."""
    index = index_of(tmp_path, FILES | ROLES)
    assert index.danger_in("cant breat") is None
    danger = index.danger_in("cant breat", typing=True)
    assert danger is not None
    assert danger.sign.id == "heart"


def test_a_word_that_may_have_to_do_with_a_sign_gets_a_quiet_line(tmp_path: Path) -> None:
    """What alone is no sign is no alarm and not nothing; other words have no such line."""
    index = index_of(tmp_path, FILES | ROLES)
    assert index.search("faint").quiet_line.startswith("If someone is unwell now")
    assert index.search("two").quiet_line == ""


def test_the_warning_names_the_sign_and_what_to_do(tmp_path: Path) -> None:
    """What to do comes first, then the sign; one who asks how urgent it is has no sign."""
    index = index_of(tmp_path, FILES | ROLES)
    said = [index.search(words).safety for words in ("chest pain", "how serious")]
    assert [each.warning for each in said if each] == [
        "NOW: call. The sign: Pain in the chest.",
        "BOOK: ask.",
    ]


def test_the_first_hit_shows_the_line_of_the_sign(tmp_path: Path) -> None:
    """It reads the sign's sentence, and opens at the sign's own line."""
    hit = index_of(tmp_path, FILES | ROLES).search("chest pain").hits[0]
    assert hit.snippet == "Pain in the chest. NOW: call."
    (place,) = hit.places
    assert (place.block, place.start, place.end) == (3, 0, len("Pain in the chest"))
    assert hit.matches == 1


def test_a_sign_opens_at_its_first_line(tmp_path: Path) -> None:
    """Also where the page speaks of it again below."""
    again = {"flags.md": f"{RED_FLAGS}\nPain in the chest, again.\n"}
    hit = index_of(tmp_path, FILES | ROLES | again).search("chest pain").hits[0]
    assert [place.block for place in hit.places] == [3]


def test_the_other_hits_follow_the_red_flags(tmp_path: Path) -> None:
    """In their own order, with nothing of other words in between; at most so many as are wanted."""
    index = index_of(tmp_path, FILES | ROLES)
    results = index.search("chest pain zither")
    assert [hit.id for hit in results.hits] == ["flags", "one"]
    assert (results.unknown, results.unknown_line) == (("zither",), "")
    assert index.search("chest pain", limit=0).hits == ()


def test_a_question_how_urgent_it_is_shows_the_page(tmp_path: Path) -> None:
    """It names no sign, so no line of one is shown."""
    hit = index_of(tmp_path, FILES | ROLES).search("how serious").hits[0]
    assert (hit.id, hit.snippet) == ("flags", "A cut. Deep.")


def test_a_sign_that_the_page_lacks_opens_the_page(tmp_path: Path) -> None:
    """A page that has no line of the sign is shown all the same."""
    hit = index_of(tmp_path, FILES | ROLES).search("fainted").hits[0]
    assert (hit.id, hit.places) == ("flags", ())


@pytest.mark.parametrize("words", ["no chest pain", "faint"])
def test_a_quiet_line(tmp_path: Path, words: str) -> None:
    """A sign that is denied, or an everyday word alone, is no alarm, and not nothing."""
    results = index_of(tmp_path, FILES | ROLES).search(words)
    assert results.safety is None
    assert results.quiet is not None
    assert results.quiet_line == "If someone is unwell now, Red flags says how fast to act."


def test_dangers_are_seen_from_the_first_moment(tmp_path: Path) -> None:
    """While the book is still being indexed, the red flags are already there."""
    handbook = book(tmp_path, FILES | ROLES)
    index = Index(handbook, Pages(handbook), NO_SYNONYMS, load_signs(handbook.folder))
    before = index.search("chest pain")
    assert (before.safety is not None, before.hits) == (True, ())
    index.add(1)
    assert [hit.id for hit in index.search("chest pain").hits] == ["flags"]


def test_a_book_without_red_flags_has_no_dangers(tmp_path: Path) -> None:
    """Where no page has the role, hits stand as they rank."""
    index = index_of(tmp_path, FILES)
    results = index.search("chest pain")
    assert results.safety is None
    assert index.danger_in("chest pain") is None
    assert results.hits[0].id == "one"
