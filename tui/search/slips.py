"""Misspelled words: how many slips are between two, which sound alike, and which of a book's is meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from .words import SMALL_WORDS

SHORTEST = 4
"""Letters; in a shorter word one slip could mean too many others."""
LONG = 7
"""Letters from which on a word may hold two slips."""
SOUNDS_WITHIN = 3
"""Slips between two words that sound alike; more, and they merely share consonants."""

_SOUNDS = tuple(
    (re.compile(written), spoken)
    for written, spoken in (
        ("sth(?=m)", "s"),
        ("ph", "f"),
        ("gm$", "m"),
        ("^(?:kn|gn)", "n"),
        ("^wr", "r"),
        ("^ps", "s"),
        ("tch|t(?=ure|ural)", "C"),
        ("ch", "C"),
        ("ck|q", "k"),
        ("x", "ks"),
        ("s?c(?=[eiy])", "s"),
        ("c", "k"),
        ("z", "s"),
        ("gh", "g"),
        ("th", "t"),
        ("(?<!^)[aeiouyhw]", ""),
        (r"(.)\1+", r"\1"),
    )
)
"""How letters are spoken, in this order; in the end only what begins the word and its consonants stand."""

_SAME_START = ("cks", "fp", "kn", "gj", "rw", "sz", "ei", "sp")
"""Letters that may begin the same sound."""


class Slip(NamedTuple):
    """A word that may have been meant; the first in order is the likeliest."""

    distance: int
    odd: int
    """How odd it would be: another sound, another first letter, another letter in place of one, a small word."""
    entries: int
    """How many entries hold it, below zero: the more, the likelier."""
    word: str


class Speller:
    """The words that can be meant, ready to be compared with one that nothing matches."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self._entries = words
        self._by_length: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for word in words:
            self._by_length[len(word)].append((_letters(word), word))

    def meant(self, word: str) -> str | None:
        """The word that was meant by one that is no word; None when none is like it."""
        if len(word) < SHORTEST:
            return None
        most = 2 if len(word) >= LONG else 1
        near = [each for each in self.near(word, most) if _begins_alike(word, each.word)]
        if not any(each.distance == 1 for each in near):
            near += self._sounding_like(word)
        return min(near).word if near else None

    def begun(self, start: str) -> str | None:
        """The word that this would be the beginning of, but for one slip."""
        if len(start) < SHORTEST:
            return None
        letters = _letters(start)
        found = [
            Slip(1, 0, -self._entries[word], word)
            for length, words in self._by_length.items()
            if length >= len(start)
            for each, word in words
            if (letters & ~each).bit_count() <= 1
            and word[0] == start[0]
            and slips_between(start, word, 1, begun=True) <= 1
        ]
        return min(found).word if found else None

    def near(self, word: str, most: int) -> Iterator[Slip]:
        """The words with at most so many slips to this one."""
        letters = _letters(word)
        for length in range(len(word) - most, len(word) + most + 1):
            for each, other in self._by_length.get(length, ()):
                if (each ^ letters).bit_count() > 2 * most:
                    continue
                distance = slips_between(word, other, most)
                if 0 < distance <= most:
                    yield self._slip(word, other, distance)

    def _sounding_like(self, word: str) -> Iterator[Slip]:
        """The words that are spoken as this one is written; each as one slip."""
        sound = sound_of(word)
        starts = {word[0]}.union(*(same for same in _SAME_START if word[0] in same))
        if len(sound) < 3:
            return
        for length in range(len(word) - SOUNDS_WITHIN, len(word) + SOUNDS_WITHIN + 1):
            for _, other in self._by_length.get(length, ()):
                if (
                    other[0] in starts
                    and sound_of(other) == sound
                    and slips_between(word, other, SOUNDS_WITHIN) <= SOUNDS_WITHIN
                ):
                    yield self._slip(word, other, 1)

    def _slip(self, word: str, other: str, distance: int) -> Slip:
        odd = (
            2 * (sound_of(other) != sound_of(word))
            + 2 * (other[0] != word[0])
            + (len(other) == len(word) and sorted(other) != sorted(word))
            + 4 * (other in SMALL_WORDS)
        )
        return Slip(distance, odd, -self._entries[other], other)


def slips_between(word: str, other: str, most: int, *, begun: bool = False) -> int:
    """Letters to leave out, put in, change or swap to make one word the other; `most` + 1 for more.

    Where the word is only begun, what the other has beyond it costs nothing.
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for at, letter in enumerate(word, 1):
        row = [at]
        for n, each in enumerate(other, 1):
            cost = min(last[n] + 1, row[n - 1] + 1, last[n - 1] + (letter != each))
            if at > 1 and n > 1 and letter == other[n - 2] and word[at - 2] == each:
                cost = min(cost, before[n - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(min(last) if begun else last[-1], most + 1)


@cache
def sound_of(word: str) -> str:
    """How a word sounds: its first letter and its consonants, as they are spoken."""
    for written, spoken in _SOUNDS:
        word = written.sub(spoken, word)
    return word


def _begins_alike(word: str, other: str) -> bool:
    """Whether the first letters may be a slip: in a short word, few people get the first one wrong."""
    return word[0] == other[0] or word[:2] == other[1::-1] or len(word) > 6


def _letters(word: str) -> int:
    """Which letters a word has, as bits: one slip changes two of them at most."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits
