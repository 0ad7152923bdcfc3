"""What words mean to a book: their stems, the phrases that say the same, and near misses."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from .english import begins_english, is_english
from .index import SearchTerm, Tables
from .slips import SHORTEST, Speller
from .synonyms import NUMBER, Synonyms
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

_ENDINGS = "er ers en ens ened ening y al ist ists ive ion ions ation ments ment ic able ful less ness".split()  # noqa: SIM905 - likewise
"""What makes a word from another that the stems keep apart."""

ANY = "0"
"""The number by which a phrase is looked up that takes any."""
_NUMBERS = frozenset("one two three four five six seven eight nine ten".split())  # noqa: SIM905 - likewise

_Stems = tuple[str, ...]


class SynonymMatch(NamedTuple):
    """Neighboring words, from which one to before which one, and what stands for them."""

    start: int
    end: int
    alternatives: tuple[str, ...]


class Lexicon:
    """The words of a book and its synonyms together."""

    def __init__(self, tables: Tables, synonyms: Synonyms) -> None:
        self._tables = tables
        self._groups = synonyms.groups
        self._spellings: Mapping[str, int] = {}
        self._spelled_at = 0
        self._speller = Speller({})
        self._speller_of: Mapping[str, int] = {}
        self._meant: dict[str, str | None] = {}
        self._begun: dict[str, str | None] = {}
        """What words were taken for; a query is read anew with each of its letters."""
        phrases = [phrase for group in synonyms.groups for phrase in group]
        spoken = {phrase: plain_words(phrase.replace(NUMBER, ANY)) for phrase in phrases}
        words = {word for plain in spoken.values() for word in plain}
        tables.learn(words)
        self._extra_words = dict.fromkeys((word for word in words if len(word) > 3), 0)
        self._keys = {phrase: self._key(plain) for phrase, plain in spoken.items()}
        self._subjects = {stem for first, *_ in synonyms.groups for stem in self._keys[first]}
        self._numbered = any(NUMBER in phrase for phrase in phrases)
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
            groups = self._groups_of.get(key) or self._groups_of.get(
                self._of_any_number(words[start:end])
            )
            # "TOS" has the stem of "to", which nobody means by it.
            if end - start == 1 and words[start] in SMALL_WORDS:
                continue
            if groups and taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                yield SynonymMatch(start, end, self._same(key, [self._groups[n] for n in groups]))

    def _same(self, key: _Stems, groups: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
        """What these groups say for a phrase: the book's own words, then its other names."""
        firsts = (first for first, *_ in groups)
        names = (name for _, *names in groups for name in names)
        every = dict.fromkeys((*firsts, *names))
        return tuple(phrase for phrase in every if self._keys[phrase] != key)

    def in_phrases(self, words: Sequence[str]) -> set[int]:
        """Which of these words stand in a phrase that synonyms.toml knows, by number."""
        return {
            number
            for start, end, key in self._stretches(words)
            if key in self._groups_of or self._of_any_number(words[start:end]) in self._groups_of
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

    def is_asked(self, word: str) -> bool:
        """Whether people ask for a page with some form of the word."""
        return self._tables.is_asked(word)

    def in_book(self, word: str) -> bool:
        """Whether the book itself holds some form of the word."""
        return all(map(self._tables.has_stem, self._tables.stems_of(word)))

    def is_subject(self, phrase: str) -> bool:
        """Whether each word stands in a title, or in what the book calls something that has synonyms."""
        stems = self._tables.stems_of(phrase)
        return all(stem in self._subjects or self._tables.is_in_title(stem) for stem in stems)

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

    def meant(self, word: str) -> str | None:
        """The known word that someone meant by one that nothing matches; None when there is none."""
        speller = self._current_speller()
        if word not in self._meant:
            meant = None if is_english(word) else speller.meant(word)
            self._meant[word] = meant or self._split_slip(word)
        return self._meant[word]

    def begun(self, start: str) -> str | None:
        """The known word that someone is typing with a slip; None when it may become another."""
        speller = self._current_speller()
        if start not in self._begun:
            begun = None if begins_english(start) else speller.begun(start) or speller.meant(start)
            self._begun[start] = begun
        return self._begun[start]

    def nearest(self, word: str, limit: int) -> Iterator[str]:
        """Known words that look like one, the likest first."""
        near = self._current_speller().near(word, (len(word) + 1) // 3)
        known = (each.word for each in sorted(near) if len(each.word) >= SHORTEST)
        return islice(known, limit)

    def related(self, word: str) -> tuple[str, ...]:
        """The book's words that are made from an ordinary one: "strengthen" from "strength"."""
        root = word.removesuffix("e") if len(word) > 3 else word
        made = (root + ending for ending in _ENDINGS)
        return tuple(each for each in made if self.spelled(each))

    def spelled(self, word: str) -> bool:
        """Whether the book holds the word in this very form."""
        return self._tables.holds(SearchTerm(word, stemmed=False))

    def _split_slip(self, word: str) -> str | None:
        """The two words that someone wrote as one, with a slip in one of them."""
        if len(word) < 2 * SHORTEST or is_english(word):
            return None
        for at in range(SHORTEST, len(word) - SHORTEST + 1):
            first, second = word[:at], word[at:]
            if self.in_book(first) or self.in_book(second):
                first = first if self.in_book(first) else self._speller.meant(first) or ""
                second = second if self.in_book(second) else self._speller.meant(second) or ""
                if first and second and self._tables.holds(SearchTerm(f"{first} {second}")):
                    return f"{first} {second}"
        return None

    def _current_speller(self) -> Speller:
        """The speller of the words that are known by now."""
        spellings = self.spellings()
        if self._speller_of is not spellings:
            self._speller, self._speller_of = Speller(spellings), spellings
            self._meant, self._begun = {}, {}
        return self._speller

    def spellings(self) -> Mapping[str, int]:
        """Every word that can be searched for, and how many entries hold it.

        While the book is being indexed it may lack the newest tenth.
        """
        if self._tables.size > 1.1 * self._spelled_at:
            self._spellings = self._extra_words | self._tables.spellings()
            self._spelled_at = self._tables.size
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

    def _of_any_number(self, words: Sequence[str]) -> _Stems:
        """The key of a phrase that takes any number; no key where these words hold none."""
        if not self._numbered or not any(map(_is_number, words)):
            return ()
        return self._key([ANY if _is_number(word) else word for word in words])

    def _key(self, words: Sequence[str]) -> _Stems:
        """What phrases share that differ only in fillers and endings."""
        significant = [word for word in words if word not in FILLERS] or words
        return tuple(stem for word in significant for stem in self._tables.stems_of(word))


def _is_number(word: str) -> bool:
    return word.isdecimal() or word in _NUMBERS
