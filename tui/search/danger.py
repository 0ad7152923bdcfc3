"""Signs of danger in a query, however they are said: in any order, with gaps, in other words, with slips."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise, product
from typing import NamedTuple

from ..handbook.signs import Level, Sign, Signs
from .english import is_english
from .slips import Speller, sound_of
from .words import Word, leveled, unquoted_words

GAP = 4
"""So many other words may stand between those of one sign."""
SHORTEST_SLIP = 4
"""Letters; a shorter word is never taken for a slip of another."""
SHORTEST_BEGINNING = 4
"""Letters of a word still being typed that stand for it, where they are most of it."""
WIDEST = 16
"""Words that a sign with its gaps may span."""
LONGEST_FORM = 6
"""Words; no form is longer."""
MOST_TOKENS = 200
"""So many words are looked at; of a pasted page, its beginning."""

FILLERS = frozenset(
    """
    a am an and are as at did do does for from her his i id im in is its ive me my of on or our the their
    that these those to us we what with you your
    """.split()  # noqa: SIM905 - a list of quoted words would fill a page
)
"""Words that stand anywhere in a sign without making it another."""
NEGATIONS = frozenset(
    "arent didnt doesnt dont hasnt havent isnt neither never no none nor not wasnt without".split()  # noqa: SIM905 - likewise
)
AFTER_NEGATION = frozenset(
    "any feel feeling felt getting got had have having longer more much real sign signs".split()  # noqa: SIM905 - likewise
)
"""Words that may stand between a negation and what it denies."""
_NEVER_A_SLIP = frozenset(
    "band clam crash ever fill fist heal heard lamb lost mist paint pea staff strike stuff tempo week went".split()  # noqa: SIM905 - likewise
)
"""Everyday words that sound as a sign's and are not it; those that only look like one are none anyway."""


_Forms = dict[tuple[str, ...], list[str]]
"""Forms of one or more words, and the slots that each fills."""
_A_AND_E = "ae"
"""What the British call an emergency department, as it is read from “A&E”."""


class Danger(NamedTuple):
    """A sign that a query names."""

    sign: Sign
    phrase: str
    """The words of the query that name it."""

    @property
    def level(self) -> Level:
        """How soon it needs help."""
        return self.sign.level


class Seen(NamedTuple):
    """What a query holds of signs."""

    danger: Danger | None = None
    """The most urgent sign."""
    quiet: Danger | None = None
    """Where there is none: a sign that is denied, or an everyday word alone."""
    bodily: bool = False
    """Whether any word is of the body or of how it feels."""


NOTHING_SEEN = Seen()


class _QueryToken(NamedTuple):
    word: Word
    at: int
    """Its number among all words of the query, the fillers too."""
    means: frozenset[str]
    """The known words that it may be."""


class _TokenRange(NamedTuple):
    start: int
    end: int


class _Phrasing(NamedTuple):
    """One way to say a sign: the slots and words that it needs."""

    sign: Sign
    order: int
    needs: tuple[str, ...]
    is_lack: bool


class _SignMatch(NamedTuple):
    way: _Phrasing
    stretches: tuple[_TokenRange, ...]

    @property
    def first(self) -> int:
        return min(each.start for each in self.stretches)

    @property
    def last(self) -> int:
        return max(each.end for each in self.stretches)

    @property
    def words(self) -> int:
        return sum(each.end - each.start for each in self.stretches)


class DangerReader:
    """Finds a book's signs of danger in what people type."""

    def __init__(self, signs: Signs, is_word: Callable[[str], bool] = lambda _: False) -> None:
        self._signs = signs
        self._is_word = is_word
        """Whether the book uses a word, which is then no slip of another."""
        self._known_slips: dict[str, list[str]] = {}
        """What words were taken for; a query is read anew with each of its letters."""

    def see(self, query: str, *, typing: bool = False) -> Seen:
        """What of signs a query holds; while it is typed, its last word may be unfinished."""
        if not self._signs.signs:
            return NOTHING_SEEN
        query = leveled(query)
        words = _with_a_and_e(unquoted_words(query)[:MOST_TOKENS])
        whole = list(self._whole(words))
        taken = {at for start, end, _ in whole for at in range(start, end)}
        unfinished = typing and query[-1:].isalnum()
        tokens = tuple(self._tokens(words, taken, unfinished=unfinished))
        found = self._found(tokens, whole)
        matches = list(self._matches(found))
        told = [each for each in matches if not _is_denied(each, tokens)]
        bodily = any(slot in self._signs.bodily for slot in found)
        if told:
            return Seen(_danger(min(told, key=_urgency), tokens, query), bodily=bodily)
        if matches:
            return Seen(quiet=_danger(min(matches, key=_urgency), tokens, query), bodily=bodily)
        return Seen(quiet=self._alone(tokens, query), bodily=bodily)

    def is_bodily(self, word: str) -> bool:
        """Whether the word, in any form, is of the body or of how it feels."""
        return not self._bodily_words.isdisjoint(_roots(word))

    def knows(self, word: str) -> bool:
        """Whether the word, in any form, is one of a sign's."""
        return any(root in self._words for root in _roots(word))

    def _whole(self, words: Sequence[Word]) -> Iterator[tuple[int, int, list[str]]]:
        """The words that count only together, each run as it is written: the longest, from the left."""
        plain = [word.plain for word in words]
        start = 0
        while start < len(words):
            ends = range(min(start + LONGEST_FORM, len(words)), start, -1)
            found = ((end, self._whole_at(plain[start:end])) for end in ends)
            end, names = next(((end, names) for end, names in found if names), (start + 1, []))
            if names:
                yield start, end, names
            start = end

    def _whole_at(self, plain: list[str]) -> list[str]:
        """What words say that count only together; the last may be a plural."""
        singular = (*plain[:-1], plain[-1].removesuffix("s"))
        return self._whole_forms.get(tuple(plain)) or self._whole_forms.get(singular, [])

    def _tokens(
        self, words: Sequence[Word], taken: Collection[int], *, unfinished: bool
    ) -> Iterator[_QueryToken]:
        for at, word in enumerate(words):
            if word.plain in FILLERS and at not in taken:
                continue
            last = unfinished and at == len(words) - 1
            means = () if at in taken else self._meanings(word.plain, unfinished=last)
            yield _QueryToken(word, at, frozenset(means))

    def _meanings(self, word: str, *, unfinished: bool) -> Iterable[str]:
        """The known words that a word may be: its roots, what it begins, or what it is a slip of."""
        roots = [root for root in _roots(word) if root in self._words]
        if roots:
            return roots
        if unfinished and len(word) >= SHORTEST_BEGINNING:
            begun = [w for w in self._words if w.startswith(word) and len(word) > 0.6 * len(w)]
            if begun:
                return begun
        if len(word) < SHORTEST_SLIP or word in _NEVER_A_SLIP or self._is_word(word):
            return ()
        if word not in self._known_slips:
            self._known_slips[word] = self._slips(word)
        return self._known_slips[word]

    def _slips(self, word: str) -> list[str]:
        most = 1 if len(word) < 8 else 2
        alike = [each for each in self._speller.near(word, most) if _begins_alike(word, each.word)]
        if is_english(word):
            alike = [each for each in alike if sound_of(each.word) == sound_of(word)]
        nearest = min((each.distance for each in alike), default=0)
        return [each.word for each in alike if each.distance == nearest]

    def _found(
        self, tokens: Sequence[_QueryToken], whole: Sequence[tuple[int, int, list[str]]]
    ) -> dict[str, list[_TokenRange]]:
        """The slots and words that tokens fill, each with where."""
        found: dict[str, list[_TokenRange]] = {}
        for first, before, names in whole:
            inside = [n for n, token in enumerate(tokens) if first <= token.at < before]
            for name in names:
                found.setdefault(name, []).append(_TokenRange(inside[0], inside[-1] + 1))
        for start in range(len(tokens)):
            for end, names in self._read(tokens, start):
                for name in names:
                    found.setdefault(name, []).append(_TokenRange(start, end))
        return found

    def _read(self, tokens: Sequence[_QueryToken], start: int) -> Iterator[tuple[int, list[str]]]:
        """Each form that begins at a token: before which token it ends, and what it says."""
        for end in range(start + 1, min(start + LONGEST_FORM, len(tokens)) + 1):
            if not tokens[end - 1].means:
                return
            for words in product(*(each.means for each in tokens[start:end])):
                if words in self._forms:
                    yield end, self._forms[words]

    def _matches(self, found: dict[str, list[_TokenRange]]) -> Iterator[_SignMatch]:
        have = found.keys()
        for way in self._ways:
            if not have >= set(way.needs):
                continue
            anchors, *others = sorted((found[name] for name in way.needs), key=len)
            for anchor in anchors:
                near = [
                    [s for s in each if abs(s.start - anchor.start) < WIDEST] for each in others
                ]
                for stretches in product((anchor,), *near):
                    if _holds_together(stretches):
                        yield _SignMatch(way, stretches)

    def _alone(self, tokens: Sequence[_QueryToken], query: str) -> Danger | None:
        """The sign of an everyday word that is all the query says."""
        for sign in self._signs.signs:
            for words in sign.alone:
                needed = [word for word in _plain(words) if word not in FILLERS]
                if len(needed) == len(tokens) and all(
                    word in (token.word.plain, *_roots(token.word.plain))
                    for word, token in zip(needed, tokens, strict=True)
                ):
                    return Danger(sign, query.strip())
        return None

    @cached_property
    def _ways(self) -> tuple[_Phrasing, ...]:
        signs = (*self._signs.signs, *self._signs.asking)
        return tuple(
            _Phrasing(sign, order, needs, not self._signs.lacks.isdisjoint(needs))
            for order, sign in enumerate(signs)
            for each in sign.say
            if (needs := tuple(w for w in each.split() if w not in FILLERS))
        )

    @cached_property
    def _forms(self) -> _Forms:
        forms: _Forms = {}
        for slot, words in self._signs.slots.items():
            if slot not in self._signs.whole:
                for each in words:
                    forms.setdefault(_significant(each), []).append(slot)
        for name in {name for way in self._ways for name in way.needs} - self._signs.slots.keys():
            forms.setdefault((name,), []).append(name)
        return forms

    @cached_property
    def _whole_forms(self) -> _Forms:
        forms: _Forms = {}
        for slot in self._signs.whole:
            for each in self._signs.slots.get(slot, ()):
                forms.setdefault(tuple(_plain(each)), []).append(slot)
        for each in self._signs.harmless:
            forms.setdefault(tuple(_plain(each)), []).append("")
        return forms

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word for words in self._forms for word in words)

    @cached_property
    def _speller(self) -> Speller:
        return Speller({word: 0 for word in sorted(self._words) if len(word) >= SHORTEST_SLIP})

    @cached_property
    def _bodily_words(self) -> frozenset[str]:
        every = (w for slot in self._signs.bodily for w in self._signs.slots[slot])
        return frozenset(words for words in every if words.isalpha())


def _significant(form: str) -> tuple[str, ...]:
    return tuple(word for word in _plain(form) if word not in FILLERS)


def _with_a_and_e(words: Sequence[Word]) -> list[Word]:
    """The words, with “A&E” as one."""
    joined: list[Word] = []
    for word in words:
        if word.plain == "e" and joined and joined[-1].plain == "a":
            joined[-1] = joined[-1]._replace(text=_A_AND_E, end=word.end)
        else:
            joined.append(word)
    return joined


def _plain(text: str) -> list[str]:
    words = text.split()
    if all(word.isalnum() and word.islower() for word in words):
        return words
    return [word.plain for word in unquoted_words(text)]


def _roots(word: str) -> Iterator[str]:
    """The word, and what it may be an inflection of."""
    yield word
    for ending in ("s", "es", "ed", "d", "ing", "ness", "ly", "er", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            root = word[: -len(ending)]
            yield root
            if ending in ("ed", "ing", "er", "y"):
                yield f"{root}e"
                if root[-1] == root[-2]:
                    yield root[:-1]
            if ending in ("es", "ed", "ness", "ly") and root.endswith("i"):
                yield f"{root[:-1]}y"


def _begins_alike(word: str, other: str) -> bool:
    return word[0] == other[0] or (word[:2] == other[1::-1]) or len(word) > 7


def _holds_together(stretches: Sequence[_TokenRange]) -> bool:
    """Whether no two stretches share a word, and few other words stand between them."""
    in_order = sorted(stretches)
    if any(a.end > b.start for a, b in pairwise(in_order)):
        return False
    own = sum(each.end - each.start for each in in_order)
    return in_order[-1].end - in_order[0].start - own <= GAP


def _is_denied(match: _SignMatch, tokens: Sequence[_QueryToken]) -> bool:
    """Whether a negation stands right before a sign that is no lack itself."""
    at = match.first - 1
    while at > 0 and tokens[at].word.plain in AFTER_NEGATION:
        at -= 1
    return not match.way.is_lack and at >= 0 and tokens[at].word.plain in NEGATIONS


def _urgency(match: _SignMatch) -> tuple[int, int, int]:
    """The most urgent first; of those, the one that explains most words."""
    return match.way.sign.level.rank, -match.words, match.way.order


def _danger(match: _SignMatch, tokens: Sequence[_QueryToken], query: str) -> Danger:
    start, end = tokens[match.first].word.start, tokens[match.last - 1].word.end
    return Danger(match.way.sign, query[start:end])
