"""What counts as a slip, what was meant by it, and what the book does not speak of."""

from __future__ import annotations

import gzip
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.search.own_index import own_index
from tui.handbook.loading import OWN_BOOK
from tui.search.engine import Index, Results
from tui.search.english import begins_english, is_english, packed
from tui.search.slips import Speller, slips_between, sound_of

SPELLING = tomllib.loads(Path(__file__).with_name("spelling.toml").read_text(encoding="utf-8"))
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(name="index", scope="module")
def _index() -> Index:
    return own_index()


def one_letter_slips(words: list[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    """Words with a letter left out, changed, doubled by another or swapped, that are no words then."""
    while True:
        word = chance.choice(words)
        at = chance.randrange(1, len(word))
        start, letter, rest = word[:at], word[at], word[at + 1 :]
        other = chance.choice(LETTERS)
        slip = chance.choice(
            [
                start + rest,
                start + other + rest,
                start + other + letter + rest,
                start + rest[:1] + letter + rest[1:],
            ]
        )
        if slip != word and not is_english(slip) and slip not in words:
            yield slip, word


def leads_to(results: Results, word: str) -> bool:
    """Whether a query of one word was answered as this word, or as another form or the beginning of it."""
    answered = " ".join(results.known)
    return word.startswith(answered) or (
        answered[:4] == word[:4] and abs(len(answered) - len(word)) < 3
    )


def test_an_ordinary_word_is_never_respelled(index: Index) -> None:
    """What everybody knows as a word is answered as it is typed, however like another it is."""
    results = [index.search(word) for word in SPELLING["ordinary"].split()]
    assert [each.corrected for each in results if each.corrected] == []
    assert sum(bool(each.unknown) for each in results) > 0.85 * len(results)


@pytest.mark.parametrize(("typed", "meant"), SPELLING["meant"].items())
def test_what_was_meant(index: Index, typed: str, meant: str) -> None:
    """Slips of the finger and words spelled as they sound are mended."""
    assert index.search(typed).corrected == meant


def test_one_letter_slips_are_mended(index: Index) -> None:
    """At least 94 of 100 slips of one letter lead to the word that was meant, or to its beginning."""
    text = " ".join(file.read_text(encoding="utf-8") for file in sorted(OWN_BOOK.rglob("*.md")))
    counted = Counter(re.findall(r"\b[a-z]{5,}\b", text))
    words = [word for word, times in counted.items() if times > 2]
    slips = list(islice(one_letter_slips(words, random.Random(1)), 300))
    wrong = [
        (slip, word) for slip, word in slips if not leads_to(index.search(slip, limit=1), word)
    ]
    assert len(wrong) <= 0.06 * len(slips), wrong


def test_a_second_slip_only_in_a_long_word() -> None:
    """Two letters may be wrong in a long word, in a short one only one."""
    speller = Speller({"shoulder": 3, "neck": 9})
    assert speller.meant("shoxx") is None
    assert speller.meant("shouldxx") == "shoulder"
    assert speller.meant("nexx") is None
    assert speller.meant("nec") is None
    assert speller.meant("nekc") == "neck"


@pytest.mark.parametrize(
    ("word", "other", "slips"),
    [("neck", "neck", 0), ("nekc", "neck", 1), ("nck", "neck", 1), ("necks", "neck", 1),
     ("nack", "neck", 1), ("", "neck", 3), ("ence", "neck", 2), ("xxce", "neck", 3)],
)  # fmt: skip
def test_slips_between(word: str, other: str, slips: int) -> None:
    """Left out, put in, changed and swapped letters count one each; beyond the most, nothing is counted."""
    assert slips_between(word, other, 2) == slips
    assert slips_between(other, word, 2) == slips


def test_words_that_sound_alike() -> None:
    """What is spoken alike sounds alike, and other words do not."""
    assert sound_of("diafram") == sound_of("diaphragm")
    assert sound_of("postcher") == sound_of("posture")
    assert sound_of("tension") != sound_of("mention")


def test_the_list_of_ordinary_words() -> None:
    """The kept list has common words in all their forms, in order, and not the slips of them."""
    assert all(
        map(is_english, ["taping", "brace", "killing", "gloves", "goes", "protein", "protest"])
    )
    assert not any(map(is_english, ["sholder", "brething", "tapin"]))
    assert begins_english("tapin")
    assert not begins_english("sholde")
    assert not any(map(is_english, ["", "stra\nstrap", "\n"]))
    assert gzip.decompress(packed(["strap", "straps", "arm"])) == b"\narm\nstrap\nstraps\n"


@pytest.mark.parametrize("word", ["killing", "hammering"])
def test_a_word_known_from_a_phrase_alone(index: Index, word: str) -> None:
    """Where only a synonym's phrase has a word, the search for it says that the book does not speak of it."""
    found = index.search(word)
    assert (sum(hit.matches for hit in found.hits), found.unknown) == (0, (word,))
    assert index.search(f"my back is {word} me").hits
