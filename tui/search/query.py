"""A query → what it asks for: words with their synonyms, misspellings mended, dangers seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .danger import DangerReader, Seen
from .english import is_english
from .index import SearchTerm
from .lexicon import Lexicon, SynonymMatch
from .slips import sound_of
from .unspaced import is_unspaced
from .words import SMALL_WORDS, Word, leveled, read_query

MOST_ALTERNATIVES = 16
"""Synonyms looked for beside one word or phrase."""

SHORTEST_START = 3
"""Letters; fewer that match nothing are no beginning of a word, unless it is being typed."""


_NUMBER_AND_UNIT = re.compile(r"(\d+)([^\W\d_]+)")


class Unit(NamedTuple):
    """Words of a query that are asked for together, and what else would answer them."""

    words: tuple[SearchTerm, ...]
    alternatives: tuple[SearchTerm, ...] = ()
    required: bool = False
    """Whether nothing without it is an answer: it was quoted."""

    @property
    def everything(self) -> tuple[SearchTerm, ...]:
        """Its words and whatever stands for them."""
        return self.words + self.alternatives


class Query(NamedTuple):
    """What a query asks for."""

    units: tuple[Unit, ...]
    pairs: tuple[tuple[SearchTerm, SearchTerm], ...]
    """Neighbors in the query that tell more when they are neighbors on a page."""
    words: tuple[str, ...]
    """Its significant words, without those of any question."""
    unknown: tuple[str, ...]
    """The words that neither the book nor its synonyms have."""
    excluded: tuple[SearchTerm, ...]
    """What no answer may hold: a minus stands right before it."""
    corrected: str | None
    """The query as it is answered, where words of it had to be mended."""
    seen: Seen
    """What it holds of signs of danger."""
    begun: bool
    """Whether it is no more than the first letters of a word, too few to look for."""

    @property
    def everything(self) -> tuple[SearchTerm, ...]:
        """All that is looked for, to be marked where it is found."""
        return tuple(dict.fromkeys(asked for unit in self.units for asked in unit.everything))


class _QueryWord(NamedTuple):
    """How one word of a query is taken."""

    word: Word
    text: str
    begins: bool = False
    """Whether words that begin like it count as well."""
    related: tuple[str, ...] = ()
    """Words of the book that are made from it, where the book has only those."""
    only_begins: bool = False
    """Whether nothing but words that begin like it count: the book has no such word yet."""
    corrected: bool = False
    unknown: bool = False

    @property
    def small(self) -> bool:
        """Whether it only carries the question."""
        return self.word.small and not self.word.unfinished

    @property
    def asked(self) -> SearchTerm:
        """The word, or the quoted phrase, itself; a word that is only begun has no stem yet."""
        if self.only_begins:
            return self.start
        return SearchTerm(self.text, stemmed=not self.word.quoted, unfinished=self._is_open_phrase)

    @property
    def start(self) -> SearchTerm:
        """Every word that begins like it."""
        return SearchTerm(self.text, stemmed=False, unfinished=True)

    @property
    def _is_open_phrase(self) -> bool:
        return self.word.quoted and self.word.unfinished


def interpret(
    query: str,
    lexicon: Lexicon,
    dangers: DangerReader,
    *,
    typing: bool = False,
    exact: bool = False,
) -> Query:
    """What `query` asks for: while it is typed, its last word may be unfinished; or exactly as it is."""
    level = leveled(query)
    seen = dangers.see(level, typing=typing)
    typed = read_query(level, typing=typing)
    words = tuple(_apart(without_start(typed), lexicon))
    excluded = [word for word in words if is_excluded(word, level)]
    words = tuple(word for word in words if word not in excluded)
    mend = _Mending(lexicon, dangers if seen.bodily or seen.danger else None)
    known = lexicon.in_phrases([word.plain for word in words])
    known.update(number for number, word in enumerate(words) if dangers.knows(word.plain))
    readings = [
        _read(word, lexicon, None if exact else mend, is_known=number in known)
        for number, word in enumerate(words)
    ]
    if all(reading.small for reading in readings):
        significant = readings
    else:
        significant = [reading for reading in readings if not reading.small]
    return Query(
        units=_without_repeats(tuple(_units(readings, significant, lexicon))),
        pairs=tuple(_pairs(readings, significant)),
        words=tuple(word for reading in significant for word in reading.text.split()),
        unknown=tuple(reading.text for reading in readings if reading.unknown),
        excluded=tuple(SearchTerm(word.text, stemmed=not word.quoted) for word in excluded),
        corrected=_corrected(level, readings),
        seen=seen,
        begun=bool(typed) and not words and not excluded,
    )


def is_excluded(word: Word, query: str) -> bool:
    """Whether a minus stands right before a word, and nothing before that."""
    start = word.start - word.quoted
    return query[start - 1 : start] == "-" and not query[: start - 1][-1:].strip()


def _apart(words: Sequence[Word], lexicon: Lexicon) -> Iterator[Word]:
    """The words, a number and its unit parted where nothing knows them as one: "15km"."""
    for word in words:
        parts = None if word.quoted else _NUMBER_AND_UNIT.fullmatch(word.text)
        if parts and not lexicon.knows(word.plain):
            border = word.start + parts.end(1)
            yield word._replace(text=parts[1], end=border, unfinished=False)
            yield word._replace(text=parts[2], start=border)
        else:
            yield word


def without_start(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words without one whose first letters are being typed: what is found stays while they are."""
    last = words[-1] if words else None
    if last and last.unfinished and not last.quoted and last.text.isalpha():
        enough = len(last.text) >= SHORTEST_START or is_unspaced(last.text)
        return words if enough else words[:-1]
    return words


class _Mending(NamedTuple):
    """Which word was meant by a slip."""

    lexicon: Lexicon
    dangers: DangerReader | None
    """Where the query holds a word of the body or a sign: what knows such words."""

    def meant(self, word: str) -> str | None:
        """The word that was meant by a whole one; None where there is none."""
        meant = self.lexicon.meant(word)
        return meant if meant and self._may_be(word, meant, sound_of(meant)) else None

    def begun(self, start: str) -> str | None:
        """The word that is being typed with a slip; None where there is none."""
        meant = self.lexicon.begun(start)
        sound = sound_of(meant)[: len(sound_of(start))] if meant else ""
        return meant if meant and self._may_be(start, meant, sound) else None

    def _may_be(self, word: str, meant: str, sound: str) -> bool:
        """Whether a slip may be taken for this word beside the others of the query.

        Beside a word of the body an unknown word may well name an illness, and is not taken for what merely looks
        like it: "stridor" is no stride. It is mended toward a word of the body, or else toward a subject of the book
        that is spoken the same or has the same letters.
        """
        if self.dangers is None or self.dangers.is_bodily(meant):
            return True
        same = sound == sound_of(word) or sorted(word) == sorted(meant)
        return same and self.lexicon.is_subject(meant)


def _read(word: Word, lexicon: Lexicon, mend: _Mending | None, *, is_known: bool) -> _QueryWord:
    """How a word is taken; without `mend`, exactly as it is."""
    plain = word.plain
    if word.quoted or plain in SMALL_WORDS:
        return _QueryWord(word, word.text.lower(), begins=word.unfinished)
    if word.unfinished:
        return _read_unfinished(word, lexicon, mend, is_known=is_known)
    if is_known or lexicon.knows(plain):
        return _QueryWord(word, plain)
    if mend is None or lexicon.is_asked(plain):
        return _QueryWord(word, plain, unknown=True)
    return _read_foreign(word, lexicon, mend)


def _read_foreign(word: Word, lexicon: Lexicon, mend: _Mending) -> _QueryWord:
    """A word that the book lacks: another spelling, an ordinary word, a beginning or a slip."""
    plain = word.plain
    respelled = lexicon.american_spelling(plain) or lexicon.split_compound(plain)
    if respelled:
        return _QueryWord(word, respelled)
    if is_english(plain):
        related = lexicon.related(plain)
        return _QueryWord(word, plain, related=related, unknown=not related)
    if len(plain) >= SHORTEST_START and lexicon.begins(plain):
        return _QueryWord(word, plain, begins=True)
    meant = mend.meant(plain)
    if meant:
        return _QueryWord(word, meant, corrected=True)
    return _QueryWord(word, plain, begins=len(plain) >= SHORTEST_START, unknown=True)


def _read_unfinished(
    word: Word, lexicon: Lexicon, mend: _Mending | None, *, is_known: bool
) -> _QueryWord:
    """The word that is being typed: what begins like it, or would but for a slip."""
    plain = word.plain
    begins = lexicon.begins(plain)
    if is_known or begins or lexicon.in_book(plain):
        only = begins and not is_known and not lexicon.spelled(plain)
        return _QueryWord(word, plain, begins=True, only_begins=only)
    begun = mend.begun(plain) if mend and not lexicon.is_asked(plain) else None
    if begun:
        return _QueryWord(word, begun, corrected=True)
    return _QueryWord(word, plain, begins=True, unknown=True)


def _units(
    readings: Sequence[_QueryWord], significant: Sequence[_QueryWord], lexicon: Lexicon
) -> Iterator[Unit]:
    """The words with synonyms by stretches, then the significant words that stand alone."""
    plain = [_plain(reading) for reading in readings]
    taken: set[int] = set()
    for stretch in (*lexicon.synonyms(plain), *_joined(readings, lexicon)):
        stands = range(stretch.start, stretch.end)
        inside = [readings[number] for number in stands]
        if taken.isdisjoint(stands) and not any(each.word.quoted for each in inside):
            taken.update(stands)
            words = [each for each in inside if each in significant] or inside
            starts = [each.start for each in words if each.begins]
            others = map(SearchTerm, stretch.alternatives[:MOST_ALTERNATIVES])
            yield Unit(tuple(each.asked for each in words), (*starts, *others))
    for number, reading in enumerate(readings):
        if number not in taken and reading in significant:
            yield _unit(reading, lexicon)


def _unit(reading: _QueryWord, lexicon: Lexicon) -> Unit:
    if reading.word.quoted:
        return Unit((reading.asked,), required=True)
    if not reading.begins:
        return Unit((reading.asked,), tuple(map(SearchTerm, reading.related)))
    more: tuple[str, ...] = ()
    if len(reading.text) > SHORTEST_START and not lexicon.begins(reading.text):
        more = lexicon.synonyms_of_start(reading.text)
    return Unit((reading.asked,), (reading.start, *map(SearchTerm, more)))


def _without_repeats(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The units; what is asked for itself stands for nothing else."""
    own = {asked.words for unit in units for asked in unit.words}
    return tuple(
        unit._replace(
            alternatives=tuple(a for a in unit.alternatives if not _repeats(a, unit, own))
        )
        for unit in units
    )


def _repeats(alternative: SearchTerm, unit: Unit, own: set[str]) -> bool:
    return alternative.words.lower() in own and alternative.words not in {
        asked.words for asked in unit.words
    }


def _joined(readings: Sequence[_QueryWord], lexicon: Lexicon) -> Iterator[SynonymMatch]:
    """Neighbors that the book writes as one word."""
    for number, (first, second) in enumerate(pairwise(readings)):
        joined = first.text + second.text
        if len(joined) > 5 and joined not in SMALL_WORDS and lexicon.in_book(joined):
            yield SynonymMatch(number, number + 2, (joined,))


def _pairs(
    readings: Sequence[_QueryWord], significant: Sequence[_QueryWord]
) -> Iterator[tuple[SearchTerm, SearchTerm]]:
    for first, second in pairwise(readings):
        if (first in significant or second in significant) and not (
            first.word.quoted or second.word.quoted
        ):
            yield _neighbor(first), _neighbor(second)


def _neighbor(reading: _QueryWord) -> SearchTerm:
    return reading.start if reading.word.unfinished else reading.asked


def _plain(reading: _QueryWord) -> str:
    """How the word, as it is taken, is compared with known phrases."""
    return reading.text if reading.text != reading.word.text.lower() else reading.word.plain


def _corrected(query: str, readings: Sequence[_QueryWord]) -> str | None:
    mended = [reading for reading in readings if reading.corrected]
    for reading in reversed(mended):
        query = query[: reading.word.start] + reading.text + query[reading.word.end :]
    return query if mended else None
