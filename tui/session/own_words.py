"""What the reader wrote, to be searched: notes of runs, and items of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from ..diary.clock import local_day, moment_of
from ..diary.model import Run, list_of
from ..handbook.safe_text import one_line
from ..search.query import is_excluded, without_start
from ..search.snippets import TextRange, merge_overlaps
from ..search.words import SMALL_WORDS, leveled, plain_words, read_query, unquoted_words
from .checklists import ChecklistDesk

RUN = "run"
ITEM = "item"


class OwnText(NamedTuple):
    """Something that the reader wrote."""

    kind: str
    """`RUN` or `ITEM`."""
    id: str
    """The run's, or the item's reference."""
    where: str
    """The day of the run, or the title of the list."""
    text: str

    @property
    def list_id(self) -> str:
        """The list that an item stands on; empty for a run."""
        return list_of(self.id) if self.kind == ITEM else ""

    @property
    def title(self) -> str:
        """Where it stands, in words: `Run of Nov 18, 2026`, or the title of the list."""
        if self.kind == ITEM:
            return self.where
        day = date.fromisoformat(self.where)
        return f"Run of {day:%b} {day.day}, {day.year}"


class OwnHit(NamedTuple):
    """Something that the reader wrote and that answers a search."""

    own: OwnText
    spans: tuple[TextRange, ...]
    """The matches in its text, in characters."""


class OwnWords:
    """All that the reader wrote, made ready once, so that each letter of a search is quick."""

    def __init__(self, texts: Iterable[OwnText] = ()) -> None:
        self._texts = tuple((each, f" {' '.join(plain_words(each.text))} ") for each in texts)

    def find(
        self, query: str, most: int | None = None, *, typing: bool = False
    ) -> tuple[OwnHit, ...]:
        """The texts that hold each word of a search, or a word that begins like it; its quotes and minuses hold.

        At most so many of them, the first ones. While typing, the first letters of a last word are not looked for yet.
        """
        asked, excluded = _read(query, typing=typing)
        found = (
            OwnHit(own, _spans_in(own.text, asked))
            for own, plain in self._texts
            if asked
            and all(each.is_in(plain) for each in asked)
            and not any(each.is_in(plain) for each in excluded)
        )
        return tuple(islice(found, most))


def own_texts(desk: ChecklistDesk, runs: Iterable[Run]) -> Iterator[OwnText]:
    """The notes of the runs, then the items; what is empty is left out."""
    for run in runs:
        if run.note.strip():
            day = local_day(moment_of(run.finished)).isoformat()
            yield OwnText(RUN, run.id, day, one_line(run.note))
    for listed in desk.lists:
        for own in desk.diary.lists.state(listed.id).own:
            yield OwnText(ITEM, own.item, listed.title, one_line(own.text))


class _AskedWords(NamedTuple):
    """A word of a search, or several in quotes."""

    words: tuple[str, ...]
    quoted: bool

    def is_in(self, plain: str) -> bool:
        """Whether a text holds it, or a word that begins like it; its words stand between blanks."""
        words = " ".join(self.words)
        if self.quoted:
            return f" {words} " in plain
        return (f" {words}" if words.isascii() else words) in plain

    def is_at(self, place: int, plain: Sequence[str]) -> bool:
        """Whether it stands at this place among the words of a text."""
        there = plain[place : place + len(self.words)]
        if self.quoted:
            return tuple(there) == self.words
        return self.is_in(f" {there[0]}")


def _spans_in(text: str, every: Sequence[_AskedWords]) -> tuple[TextRange, ...]:
    """Where a text holds what is asked for."""
    words = unquoted_words(text)
    plain = [each.plain for each in words]
    return tuple(
        merge_overlaps(
            (words[place].start, words[place + len(asked.words) - 1].end)
            for asked in every
            for place in range(len(words))
            if asked.is_at(place, plain)
        )
    )


def _read(query: str, *, typing: bool) -> tuple[list[_AskedWords], list[_AskedWords]]:
    """What a search asks for, and what it excludes; small words are asked for only where nothing else is."""
    level = leveled(query)
    asked: list[_AskedWords] = []
    excluded: list[_AskedWords] = []
    for word in without_start(read_query(level, typing=typing)):
        parts = plain_words(word.text) if word.quoted else (word.plain,)
        (excluded if is_excluded(word, level) else asked).append(_AskedWords(parts, word.quoted))
    telling = [each for each in asked if each.quoted or each.words[0] not in SMALL_WORDS]
    return telling or asked, excluded
