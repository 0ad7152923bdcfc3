"""Words → the places of the book that answer them, best first; safety before everything."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import filterfalse, islice
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from ..handbook.blocks import Heading
from ..handbook.errors import ContentError
from ..handbook.links import find_page
from ..handbook.loading import Pages
from ..handbook.model import Handbook, Kind, Section
from ..handbook.signs import NO_SIGNS, Level, Signs
from .danger import Danger, DangerReader
from .extraction import IndexEntry, entries_of, is_glossary
from .index import SearchTerm, ShownTexts, Tables
from .lexicon import Lexicon
from .query import Query, interpret
from .ranking import EntryTraits, rank
from .snippets import TextRange, merge_overlaps, snippet_of, without_marks
from .synonyms import NO_SYNONYMS, Synonyms
from .words import SMALL_WORDS, plain_words

TERM = "term"
"""The kind of a hit that is a term of the glossary; the others have their section's kind."""

QUIET = "If someone is unwell now, Red flags says how fast to act."
"""What is said where a query may have to do with a sign, but names none."""

_AT_ONCE = 500
"""Sections that are indexed together where nobody waits for a key in between: each time costs."""

SELDOM = frozenset((Kind.EXERCISE, Kind.ROUTINE, Kind.REFERENCE, TERM))
"""The kinds of entries that are less often the answer than a section."""


class MatchPlace(NamedTuple):
    """A match on a page: the block's number, and characters in the block's text."""

    block: int
    start: int
    end: int


@dataclass(frozen=True)
class Hit:
    """A section, or a term of the glossary, that answers a query."""

    section: Section
    id: str
    """The section's id; a term's is like `glossary#scapula`."""
    kind: str
    title: str
    heading: str
    """The heading on its page that the snippet stands under; empty where that is the title."""
    score: float
    snippet: str
    snippet_spans: tuple[TextRange, ...]
    """The matches in the snippet, in characters."""
    matches: int
    """How often the page, or the term, holds what was asked for."""
    locate: Callable[[], tuple[MatchPlace, ...]] = field(repr=False, compare=False)

    @property
    def chapter(self) -> str:
        """The title of the chapter that it stands in."""
        return self.section.chapter

    @cached_property
    def places(self) -> tuple[MatchPlace, ...]:
        """Where the matches are, in reading order; the page, or why it cannot be shown, is parsed for it."""
        return self.locate()


class SafetyLine(NamedTuple):
    """The warning that comes before all hits when a query names a sign of danger."""

    level: Level
    section: str
    """The id of the page of red flags."""
    sign: str
    """The id of the sign."""
    phrase: str
    """The words of the query that name it."""
    text: str
    """What is noticed, as the page of red flags has it; empty for a question how urgent it is."""
    do: str
    """What to do: `NOW: call the emergency number.`"""

    @property
    def warning(self) -> str:
        """What to do, and the sign."""
        return f"{self.do} The sign: {self.text}." if self.text else self.do


class Results(NamedTuple):
    """What a search found."""

    query: str
    corrected: str | None
    """The query that was answered instead, where a word of it was taken for a slip."""
    safety: SafetyLine | None
    hits: tuple[Hit, ...]
    """Best first."""
    quiet: SafetyLine | None
    """A sign that the query denies, or an everyday word of one; no alarm."""
    unknown: tuple[str, ...]
    """Words of the query that the book does not speak of."""
    known: tuple[str, ...]
    """The other significant words of it."""
    begun: bool
    """Whether it is no more than the first letters of a word, for which nothing was looked for."""
    filter_line: str = ""
    """What is said of the filters in the query."""

    @property
    def corrected_line(self) -> str:
        """What is said of a query that was answered with other words; empty where it was not."""
        return (
            f"Searched for “{self.corrected}” instead of “{self.query}”." if self.corrected else ""
        )

    @property
    def unknown_line(self) -> str:
        """What is said of the words that the book does not speak of; empty where it speaks of all.

        Nor does anything stand between a warning and what it leads to.
        """
        if not self.unknown or self.safety:
            return ""
        line = f"The handbook does not speak of {_quoted(self.unknown)}."
        if self.known and self.hits:
            line += f" Below is what it says of {_quoted(self.known)}."
        elif self.hits:
            line += " Below is what comes nearest."
        return line

    @property
    def quiet_line(self) -> str:
        """What is said of it."""
        return QUIET if self.quiet else ""


class KeptIndex(NamedTuple):
    """What a complete index is made again from, without reading the book."""

    notes: Mapping[str, Any]
    """What JSON can hold."""
    tables: Path
    """The database of its words."""


class Index:
    """What can be searched of a book; it is built step by step, and found in between."""

    def __init__(
        self,
        handbook: Handbook,
        pages: Pages,
        synonyms: Synonyms = NO_SYNONYMS,
        signs: Signs = NO_SIGNS,
        kept: KeptIndex | None = None,
        *,
        asked: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._handbook = handbook
        self._asked = asked or {}
        self._pages = pages
        self._tables = Tables((kept.notes, kept.tables) if kept else None)
        self._entries: list[IndexEntry] = []
        self._traits = EntryTraits()
        self._red_flags = handbook.get(handbook.roles.red_flags)
        # The red flags come first, so that no search is early enough to miss them.
        self._sections = sorted(handbook.sections, key=lambda each: each != self._red_flags)
        self._numbers = {section.id: number for number, section in enumerate(self._sections)}
        self._red_flags_row: int | None = None
        self.indexed = 0
        """How many sections can be found."""
        if kept:
            self._restore(kept.notes)
        self.use_words(synonyms, signs)

    def use_words(self, synonyms: Synonyms, signs: Signs) -> None:
        """Take the words of a query as these synonyms and signs have them, from now on."""
        self._lexicon = Lexicon(self._tables, synonyms)
        self._signs = signs if self._red_flags else NO_SIGNS
        self._dangers = DangerReader(self._signs, self._lexicon.in_book)

    @property
    def complete(self) -> bool:
        """Whether every section can be found."""
        return self.indexed == len(self._sections)

    def add(self, sections: int) -> bool:
        """Index so many more sections; whether there are still others."""
        new = self._sections[self.indexed : self.indexed + sections]
        texts = {section: self._markdown(section) for section in new}
        entries = [tuple(entries_of(section, text)) for section, text in texts.items()]
        mentions = [each for those in entries for entry in those for each in self._mentions(entry)]
        flat = [entry for those in entries for entry in those]
        titles = [_titles_of(entry) for entry in flat]
        self._tables.add(entries)
        self._tables.mention(mentions)
        self._tables.ask(enumerate((self._asked.get(e.id, ()) for e in flat), len(self._entries)))
        self._tables.learn(word for those in titles for words in those for word in words)
        for entry, those in zip(flat, titles, strict=True):
            self._note_traits(entry, those)
        self.indexed += len(new)
        if self.complete:
            self._asked = {}
            self._lexicon.forget_spellings()
        return not self.complete

    def save_to(self, database: sqlite3.Connection) -> dict[str, Any]:
        """Copy the words of a complete index to a database, and return for JSON what must be noted beside it."""
        notes = self._tables.save_to(database)
        entries = [(self._numbers[e.section.id], e.title, e.anchor) for e in self._entries]
        titles = [(stems, sorted(rows)) for stems, rows in self._traits.titles.items()]
        included = sorted(map(str, self._pages.included))
        return {**notes, "entries": entries, "titles": titles, "included": included}

    def _restore(self, notes: Mapping[str, Any]) -> None:
        """Take over what was noted of a complete index of the same book."""
        for number, title, anchor in notes["entries"]:
            self._note_entry(IndexEntry(self._sections[number], title, anchor))
        self._traits.titles = {tuple(stems): set(rows) for stems, rows in notes["titles"]}
        self.indexed = len(self._sections)

    def search(
        self,
        words: str,
        *,
        limit: int = 20,
        typing: bool = False,
        exact: bool = False,
        only: Collection[str] | None = None,
    ) -> Results:
        """What answers `words`, at most `limit` hits.

        While typing, the last word is unfinished; an exact search takes no word for a slip. Where only some sections
        are wanted, those come last that hold none of the words; but a sign of danger is answered as ever.
        """
        query = interpret(words, self._lexicon, self._dangers, typing=typing, exact=exact)
        ranked = rank(self._tables, query, self._traits)
        safety, quiet = map(self._safety_line, query.seen[:2])
        if only is not None and not safety:
            ranked = self._among(ranked, only)
        rows = self._with_red_flags(ranked) if safety else ranked
        hits = tuple(self._hits(rows[: max(limit, 0)], query))
        if safety and hits:
            hits = (self._hit_of_sign(hits[0], safety), *hits[1:])
        # A word may be known from a phrase alone, such as "is killing me", and still not stand in the book.
        answered = typing or any(hit.matches for hit in hits)
        lacking = () if answered else filterfalse(self._lexicon.in_book, query.words)
        unknown = query.unknown or tuple(lacking)
        known = tuple(word for word in query.words if word not in unknown)
        return Results(words, query.corrected, safety, hits, quiet, unknown, known, query.begun)

    def danger_in(self, words: str, *, typing: bool = False) -> Danger | None:
        """The sign of danger that a query names, if any."""
        return self._dangers.see(words, typing=typing).danger

    def nearest_words(self, words: str, limit: int = 3) -> tuple[str, ...]:
        """Words of the book that look like those of `words` that nothing matches."""
        unknown = interpret(words, self._lexicon, self._dangers).unknown
        near = (other for word in unknown for other in self._lexicon.nearest(word, limit))
        return tuple(islice(dict.fromkeys(near), limit))

    def _markdown(self, section: Section) -> str:
        """The page as it is written; a page that cannot be read is found by its title."""
        try:
            return self._pages.searchable(section)
        except ContentError:
            return ""

    def _mentions(self, entry: IndexEntry) -> list[tuple[int, str]]:
        """The numbers of the sections that an entry leads to, each with its sentence."""
        found = []
        for address, sentence in entry.mentions:
            target = find_page(self._handbook, entry.section, unquote(address))
            if target is not None and target != entry.section:
                found.append((self._numbers[target.id], sentence))
        return found

    def _note_traits(self, entry: IndexEntry, titles: set[tuple[str, ...]]) -> None:
        row = len(self._entries)
        self._note_entry(entry)
        for words in titles:
            stems = tuple(stem for word in words for stem in self._tables.stems_of(word))
            self._traits.titles.setdefault(stems, set()).add(row)

    def _note_entry(self, entry: IndexEntry) -> None:
        row = len(self._entries)
        self._entries.append(IndexEntry(entry.section, entry.title, entry.anchor))
        if entry.id == (self._red_flags.id if self._red_flags else None):
            self._red_flags_row = row
        roles = self._handbook.roles
        if entry.id == roles.first_page:
            self._traits.first_page = row
        if entry.id == roles.sources:
            self._traits.sources = row
        if _kind_of(entry) in SELDOM:
            self._traits.seldom.add(row)

    def _safety_line(self, danger: Danger | None) -> SafetyLine | None:
        if danger is None or self._red_flags is None:
            return None
        sign = danger.sign
        text = sign.text if self._signs.sign(sign.id) else ""
        section = self._red_flags.id
        return SafetyLine(sign.level, section, sign.id, danger.phrase, text, sign.do)

    def _with_red_flags(self, ranked: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """The ranked entries with the red flags on top."""
        if self._red_flags_row is None:
            return ranked
        others = [each for each in ranked if each[0] != self._red_flags_row]
        best = max((score for _, score in ranked), default=1.0)
        return [(self._red_flags_row, best), *others]

    def _among(
        self, ranked: list[tuple[int, float]], only: Collection[str]
    ) -> list[tuple[int, float]]:
        """The ranked entries of some sections, and then the others of these."""
        wanted = [row for row, each in enumerate(self._entries) if each.id in only]
        kept = [each for each in ranked if each[0] in wanted]
        there = {row for row, _ in kept}
        return [*kept, *((row, 0.0) for row in wanted if row not in there)]

    def _hit_of_sign(self, hit: Hit, safety: SafetyLine) -> Hit:
        """The hit of the red flags, with the sign's own line to read and to open."""
        if not safety.text:
            return hit
        said = f"{safety.text}. {safety.do}"
        here = partial(self._place_of_sign, hit, safety.text)
        return replace(hit, heading="", snippet=said, snippet_spans=(), matches=1, locate=here)

    def _place_of_sign(self, hit: Hit, text: str) -> tuple[MatchPlace, ...]:
        blocks = enumerate(self._pages.or_explanation(hit.section).blocks)
        return tuple(
            MatchPlace(number, 0, len(text))
            for number, block in blocks
            if block.text.startswith(text)
        )[:1]

    def _hits(self, rows: Sequence[tuple[int, float]], query: Query) -> Iterator[Hit]:
        texts = self._tables.texts([row for row, _ in rows], query.everything)
        for row, score in rows:
            plain, *marked = texts[row]
            yield self._hit(row, score, plain, marked, query.everything)

    def _hit(
        self,
        row: int,
        score: float,
        texts: ShownTexts,
        marked: list[ShownTexts],
        asked: Sequence[SearchTerm],
    ) -> Hit:
        entry = self._entries[row]
        by_field = [
            merge_overlaps(span for each in marked for span in without_marks(each[field])[1])
            for field in range(len(texts))
        ]
        headings, body, asides = range(len(texts))
        shown = asides if by_field[asides] and not by_field[body] else body
        shown = shown if texts[shown] else headings
        snippet = snippet_of(texts[shown], by_field[shown])
        heading = ""
        if shown == body:
            heading = self._tables.heading(row, snippet.line)
        elif shown == headings:
            heading = texts[headings].split("\n")[snippet.line]
        return Hit(
            section=entry.section,
            id=entry.id,
            kind=_kind_of(entry),
            title=entry.title,
            heading="" if heading == entry.title else heading,
            score=score,
            snippet=snippet.text,
            snippet_spans=snippet.spans,
            matches=sum(map(len, by_field)),
            locate=partial(self._places, entry, asked),
        )

    def _places(self, entry: IndexEntry, asked: Sequence[SearchTerm]) -> tuple[MatchPlace, ...]:
        """Where an entry's page holds what was asked for."""
        page = self._pages.or_explanation(entry.section)
        start = page.block_of(entry.anchor) if entry.anchor else 0
        end = len(page.blocks)
        if is_glossary(entry.section):
            later = range(start + bool(entry.anchor), end)
            end = next((n for n in later if _begins_term(page.blocks[n])), end)
        texts = [block.text for block in page.blocks[start:end]]
        marked = self._tables.marked_texts(texts, asked)
        spans: dict[int, list[TextRange]] = {}
        for number, text in marked:
            spans.setdefault(start + number, []).extend(without_marks(text)[1])
        return tuple(
            MatchPlace(n, *span) for n in sorted(spans) for span in merge_overlaps(spans[n])
        )


def build_index(
    handbook: Handbook,
    pages: Pages,
    synonyms: Synonyms,
    signs: Signs,
    kept: KeptIndex | None = None,
    *,
    asked: Mapping[str, Sequence[str]] | None = None,
) -> Index:
    """The complete index of a book; for a step at a time, make an `Index` and `add` to it."""
    index = Index(handbook, pages, synonyms, signs, kept, asked=asked)
    while not index.complete:
        index.add(_AT_ONCE)
    return index


def _quoted(words: Sequence[str]) -> str:
    """Words in quotation marks, as they are listed in a sentence."""
    quoted = [f"“{word}”" for word in words]
    return " or ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def _kind_of(entry: IndexEntry) -> str:
    return TERM if entry.anchor else str(entry.section.kind)


def _begins_term(block: object) -> bool:
    return isinstance(block, Heading) and block.level == 2


def _titles_of(entry: IndexEntry) -> set[tuple[str, ...]]:
    """The significant words of all that an entry is called: its title, its heading, a short title."""
    titles = {entry.title, entry.headings[0], re.split("[:(]", entry.title)[0]}
    every = (plain_words(title) for title in titles)
    return {tuple(word for word in words if word not in SMALL_WORDS) for words in every}
