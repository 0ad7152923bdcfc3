"""What a person types → words and quoted phrases; whatever it holds is data, never syntax."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

MOST_WORDS = 40
"""So many words are looked for; of a pasted page, its beginning."""

LONGEST_WORD = 60
"""Characters; anything longer is no word of any book."""

_QUOTES = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc", "'") | dict.fromkeys("\u201c\u201d\u201e\xab\xbb", '"')
)
_PART = re.compile(r'"([^"]*)"?|[^"]+')
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|(?<=\d)%")

SMALL_WORDS = frozenset(
    """
    a about actually advice after again all also always am an and another any anyone anything are
    arent as ask at athlete athletes bad be because been before being best better between bit both
    but by can cannot cant client clients come could cure did didnt do does doesnt doing done dont
    during each even ever every explain fix fixed fixes fixing for from get gets getting give go
    goes going good got had happen happening happens has have having he help helps her here hers him
    his how i id if ill im in into is isnt issue issues it its ive jog jogger joggers jogging just
    keep keeps know let like lot made make makes many may me mean means might more most much my need
    needs no not of off often ok okay on one only or other our out over patient patients people per
    person please problem problems put really same seem seems should shouldnt so some somebody
    someone something sometimes still such take tell than that thats the their them then there these
    they thing things think this those through till tip tips to too try under until up us use used
    using usually very want was way we were what whats when whenever where which while who why will
    with without wont worth would wrong yes you your
    """.split()  # noqa: SIM905 - a list of quoted words would fill a page
)
"""Words of any question; alone they are looked for, beside others they only break ties."""

FILLERS = frozenset(
    """
    a an the my your his her our their this that these those i very really so quite just
    """.split()  # noqa: SIM905 - likewise
)
"""Words that may stand inside a known phrase without making it another."""


class Word(NamedTuple):
    """One word or quoted phrase, and where it stands in the query, in characters."""

    text: str
    start: int
    end: int
    quoted: bool = False
    unfinished: bool = False
    """Whether it is still being typed."""

    @property
    def small(self) -> bool:
        """Whether it carries the question rather than its subject."""
        return not self.quoted and self.plain in SMALL_WORDS

    @property
    def plain(self) -> str:
        """How it is compared: in lower case, without apostrophes."""
        return " ".join(plain_words(self.text))


def leveled(query: str) -> str:
    """The query with one kind of quotes and of accents; what words are read from."""
    if query.isascii():
        return query
    return unicodedata.normalize("NFC", query).translate(_QUOTES)


def read_query(query: str, *, typing: bool = False) -> tuple[Word, ...]:
    """The words of a leveled query, in order; while it is typed, the last may be unfinished."""
    words = [word for word, _ in zip(_words(query), range(MOST_WORDS), strict=False)]
    if typing and words and query[-1].isalnum():
        words[-1] = words[-1]._replace(unfinished=True)
    return tuple(words)


def unquoted_words(query: str) -> tuple[Word, ...]:
    """The words of a leveled query in order, in quotes or not."""
    found = (word for word in _WORD.finditer(query) if len(word[0]) <= LONGEST_WORD)
    return tuple(Word(word[0], word.start(), word.end()) for word in found)


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a phrase, as known phrases and queries are compared."""
    words = _WORD.findall(leveled(text).lower())
    return tuple("percent" if word == "%" else _without_apostrophe(word) for word in words)


def _without_apostrophe(word: str) -> str:
    return word.removesuffix("'s").replace("'", "") if "'" in word else word


def _words(query: str) -> Iterator[Word]:
    for part in _PART.finditer(query):
        if part[1] is not None:
            phrase = " ".join(_WORD.findall(part[1]))
            if phrase:
                yield Word(phrase, part.start(1), part.end(1), quoted=True)
            continue
        for word in _WORD.finditer(query, part.start(), part.end()):
            if len(word[0]) <= LONGEST_WORD:
                text = "percent" if word[0] == "%" else word[0]
                yield Word(text, word.start(), word.end())
