"""What words mean to a book: their stems, the phrases that say the same, and near misses."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from .index import SearchTerm, Tables
from .synonyms import Synonyms
from .words import FILLERS, SMALL_WORDS, plain_words

LONGEST_PHRASE = 7
"""Words; no known phrase is longer."""

_BRITISH = (
    ("our", "or"),
    ("is", "iz"),
    ("ys", "yz"),
    ("oe", "e"),
    ("ae", "e"),
    ("ll", "l"),
    ("mme", "m"),
    ("tre", "ter"),
    ("ogue", "og"),
    ("ence", "ense"),
)

_Stems = tuple[str, ...]


class SynonymMatch(NamedTuple):
    """Neighboring words, from which one to before which one, and what stands for them."""

    start: int
    end: int
    alternatives: tuple[str, ...]
    indirect: tuple[str, ...] = ()
    """Other names of the same thing: what stands for a word that stands for them."""


class Lexicon:
    """The words of a book and its synonyms together."""

    def __init__(self, tables: Tables, synonyms: Synonyms) -> None:
        self._tables = tables
        self._groups = synonyms.groups
        self._spellings: Mapping[str, int] = {}
        self._spelled_at = 0
        self._nearest: dict[tuple[str, bool], str | None] = {}
        """What words came nearest to, of all and of some; a query is asked anew with each of its letters."""
        phrases = [phrase for group in synonyms.groups for phrase in group]
        spoken = {phrase: plain_words(phrase) for phrase in phrases}
        words = {word for plain in spoken.values() for word in plain}
        tables.learn(words)
        self._extra_words = dict.fromkeys((word for word in words if len(word) > 3), 0)
        self._keys = {phrase: self._key(plain) for phrase, plain in spoken.items()}
        self._stems = {stem for key in self._keys.values() for stem in key}
        self._groups_of: dict[_Stems, list[int]] = {}
        for number, group in enumerate(synonyms.groups):
            for phrase in group:
                self._groups_of.setdefault(self._keys[phrase], []).append(number)
        self._phrases = sorted(
            (phrase.lower(), number)
            for number, group in enumerate(synonyms.groups)
            for phrase in group
        )

    def synonyms(self, words: Sequence[str]) -> Iterator[SynonymMatch]:
        """The stretches of these words that have synonyms: the longest, none overlapping."""
        taken: set[int] = set()
        longest_first = sorted(self._stretches(words), key=lambda each: each[0] - each[1])
        for start, end, key in longest_first:
            groups = self._groups_of.get(key)
            # "TOS" has the stem of "to", which nobody means by it.
            if end - start == 1 and words[start] in SMALL_WORDS:
                continue
            if groups and taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                yield SynonymMatch(start, end, *self._same(key, [self._groups[n] for n in groups]))

    def _same(
        self, key: _Stems, groups: Sequence[tuple[str, ...]]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What these groups say for a phrase: the book's own words, then its other names."""
        direct: dict[str, None] = {}
        indirect: dict[str, None] = {}
        for first, *names in groups:
            own = self._keys[first] == key
            (indirect if own else direct).update({first: None})
            (direct if own else indirect).update(dict.fromkeys(names))
        direct = {phrase: None for phrase in direct if self._keys[phrase] != key}
        indirect = {p: None for p in indirect if p not in direct and self._keys[p] != key}
        return tuple(direct), tuple(indirect)

    def in_phrases(self, words: Sequence[str]) -> set[int]:
        """Which of these words stand in a phrase that synonyms.toml knows, by number."""
        return {
            number
            for start, end, key in self._stretches(words)
            if key in self._groups_of
            for number in range(start, end)
        }

    def synonyms_of_start(self, start: str) -> tuple[str, ...]:
        """What stands for the phrases of synonyms.toml that begin like this, of three groups."""
        first = bisect_left(self._phrases, (start,))
        begun = takewhile(lambda each: each[0].startswith(start), self._phrases[first:])
        groups = sorted({group for _, group in begun})[:3]
        return tuple(phrase for group in groups for phrase in self._groups[group])

    def knows(self, word: str) -> bool:
        """Whether the book or its synonyms hold some form of the word."""
        return self._stems.issuperset(self._key((word,))) or self.in_book(word)

    def in_book(self, word: str) -> bool:
        """Whether the book itself holds some form of the word."""
        return all(map(self._tables.has_stem, self._tables.stems_of(word)))

    def begins(self, start: str) -> bool:
        """Whether some word of the book begins like this."""
        return self._tables.holds(SearchTerm(start, stemmed=False, unfinished=True))

    def american_spelling(self, word: str) -> str | None:
        """The known American spelling of a word that is spelled the British way."""
        spelled = (word.replace(british, here) for british, here in _BRITISH if british in word)
        return next(filter(self.knows, spelled), None)

    def split_compound(self, word: str) -> str | None:
        """The two words that someone wrote as one, when the book has them side by side."""
        for at in range(3, len(word) - 1):
            first, second = word[:at], word[at:]
            if self.in_book(first) and self.in_book(second):
                phrase = f"{first} {second}"
                if self._tables.holds(SearchTerm(phrase)):
                    return phrase
        return None

    def nearest(self, word: str, among: Callable[[str], bool] | None = None) -> str | None:
        """The known word that is one or two letters away, of some; None when there is none."""
        spellings = self.spellings()
        key = word, among is not None
        if key not in self._nearest:
            self._nearest[key] = self._most_alike(word, spellings, among)
        return self._nearest[key]

    def _most_alike(
        self, word: str, spellings: Mapping[str, int], among: Callable[[str], bool] | None
    ) -> str | None:
        edits = 0 if len(word) < 4 else 1 if len(word) < 6 else 2
        if not edits:
            return None
        from rapidfuzz import process  # noqa: PLC0415 - only a word that matches nothing needs it
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - likewise

        found = process.extract(
            word, list(spellings), scorer=OSA.distance, score_cutoff=edits, limit=None
        )
        near = [
            (distance, other[0] != word[0], -spellings[other], other)
            for other, distance, _ in found
            if distance and (len(word) > 6 or other[0] == word[0]) and (not among or among(other))
        ]
        return min(near)[-1] if near else None

    def spellings(self) -> Mapping[str, int]:
        """Every word that can be searched for, and how many entries hold it.

        While the book is being indexed it may lack the newest tenth.
        """
        if self._tables.size > 1.1 * self._spelled_at:
            self._spellings = self._extra_words | self._tables.spellings()
            self._spelled_at = self._tables.size
            self._nearest = {}
        return self._spellings

    def forget_spellings(self) -> None:
        """List the book's words anew when they are next needed."""
        self._spelled_at = 0

    def _stretches(self, words: Sequence[str]) -> Iterator[tuple[int, int, _Stems]]:
        """Every run of neighboring words, from which one to before which one, and its key."""
        for start in range(len(words)):
            for end in range(start + 1, min(start + LONGEST_PHRASE, len(words)) + 1):
                if end - start == 1 or not {words[start], words[end - 1]} & FILLERS:
                    yield start, end, self._key(words[start:end])

    def _key(self, words: Sequence[str]) -> _Stems:
        """What phrases share that differ only in fillers and endings."""
        significant = [word for word in words if word not in FILLERS] or words
        return tuple(stem for word in significant for stem in self._tables.stems_of(word))
