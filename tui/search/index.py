"""The tables that search asks: every word of the book, by its stem and as it is spelled."""

from __future__ import annotations

import math
import sqlite3
import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from .extraction import IndexEntry
from .unspaced import put_together, set_apart

FIELDS = ("title", "headings", "labels", "body", "asides")
"""What an entry's words are filed under."""

OPENS, CLOSES = "\ufdd0", "\ufdd1"
"""What stands around a match; noncharacters, taken out of any text that holds them."""

MOST_MENTIONS = 40
"""Sentences kept for one section; each counts less than the one before."""

MOST_ASKED = 1000
"""Phrases kept for one entry."""

COMMON = 1000
"""So many entries hold a common word; how often each does tells nothing any more."""

_WEIGHTS = "0, 1, 2, 1, 1"
"""What a word counts in each field; in a title it counts apart, a label is part of the body as well."""

_ON_PAGE = "{headings body asides} : "
_IN_TITLE = "{title} : "

_COLUMNS = ", ".join(FIELDS)
_STEMMED = "tokenize='porter unicode61 remove_diacritics 2'"
_SPELLED = "tokenize='unicode61 remove_diacritics 2'"
_SCHEMA = f"""
CREATE TABLE entries (id INTEGER PRIMARY KEY, {_COLUMNS}, under);
CREATE VIRTUAL TABLE stems USING fts5(
  {_COLUMNS}, content='entries', content_rowid='id', {_STEMMED});
CREATE VIRTUAL TABLE spellings USING fts5(
  {_COLUMNS}, content='entries', content_rowid='id', prefix='1 2 3', {_SPELLED});
CREATE VIRTUAL TABLE mentions USING fts5(sentences, {_STEMMED});
CREATE VIRTUAL TABLE asked USING fts5(phrase, content='', {_STEMMED});
CREATE VIRTUAL TABLE stem_list USING fts5vocab(stems, row);
CREATE VIRTUAL TABLE stem_fields USING fts5vocab(stems, col);
CREATE VIRTUAL TABLE spelling_list USING fts5vocab(spellings, row);
"""
_SCRATCH = f"""
PRAGMA temp_store = MEMORY;
CREATE VIRTUAL TABLE temp.phrase USING fts5(words, content='', {_STEMMED});
CREATE VIRTUAL TABLE temp.phrase_stems USING fts5vocab(phrase, instance);
CREATE VIRTUAL TABLE temp.page_stems USING fts5(words, {_STEMMED});
CREATE VIRTUAL TABLE temp.page_spellings USING fts5(words, {_SPELLED});
"""

SHOWN = ("headings", "body", "asides")
"""The fields whose words stand on the page as they are indexed."""

ShownTexts = tuple[str, ...]
"""The texts of the shown fields."""


class SearchTerm(NamedTuple):
    """A word or phrase to look for; nothing in it is syntax."""

    words: str
    stemmed: bool = True
    """Whether other forms of it count; else it must be spelled this way."""
    unfinished: bool = False
    """Whether words that merely begin like it count."""

    @property
    def expression(self) -> str:
        """The same for FTS5, where all that stands within quotes is data."""
        words = set_apart(self.words).replace('"', '""')
        return f'"{words}"' + ("*" if self.unfinished else "")

    @property
    def table(self) -> str:
        """The index that can answer: a stemmed one knows no beginnings of words."""
        return "stems" if self.stemmed else "spellings"


class WordScores(NamedTuple):
    """The entries that have to do with a word, by their numbers; how rare the word is counts in none of them."""

    text: Mapping[int, float]
    """How much their own words have of it; nothing beside a title that does."""
    titled: Iterable[int]
    """Whose title holds it."""
    mentioned: Mapping[int, float]
    """How much the sentences of other pages that lead to them have of it."""
    phrases: Mapping[int, float]
    """How much each phrase that entries are asked for with has of it, by the phrase's number."""


class Tables:
    """A database of a book's words, made in memory, or read where it was kept."""

    def __init__(self, kept: tuple[Mapping[str, Any], Path] | None = None) -> None:
        where = read_only(kept[1]) if kept else ":memory:"
        # One thread uses it, but whichever lets it go closes it.
        self._database = sqlite3.connect(
            where, isolation_level=None, uri=kept is not None, check_same_thread=False
        )
        weakref.finalize(self, self._database.close)
        self._stems: dict[str, tuple[str, ...]] = {}
        self._sentences: dict[int, list[str]] = {}
        self._section_rows: list[int] = []
        self._mentioned = 0
        """How many sections others lead to."""
        self._phrases = 0
        """How many phrases entries are asked for with."""
        self.size = 0
        """How many entries are indexed."""
        self._database.executescript(_SCRATCH)
        if kept is None:
            self._database.executescript(_SCHEMA)
        else:
            notes, _ = kept
            self.size, self._mentioned = notes["size"], notes["mentioned"]
            self._phrases = notes["phrases"]
            self._section_rows = notes["section_rows"]

    def save_to(self, database: sqlite3.Connection) -> dict[str, Any]:
        """Copy all to another database, and return for JSON what must be noted beside it."""
        self._database.backup(database)
        return {
            "size": self.size,
            "section_rows": self._section_rows,
            "mentioned": self._mentioned,
            "phrases": self._phrases,
        }

    def add(self, sections: Sequence[Sequence[IndexEntry]]) -> None:
        """Index the entries of the next sections; entries are numbered as they come."""
        rows: list[tuple[int | str, ...]] = []
        for entries in sections:
            self._section_rows.append(self.size + len(rows))
            rows += [(self.size + len(rows) + n, *_texts(each)) for n, each in enumerate(entries)]
        marks = ", ".join("?" * (1 + len(FIELDS)))
        flat = [each for entries in sections for each in entries]
        under = [(" ".join(map(str, each.under)), self.size + n) for n, each in enumerate(flat)]
        with self._database:
            self._database.execute("BEGIN")
            for table, key in (("entries", "id"), ("stems", "rowid"), ("spellings", "rowid")):
                insert = f"INSERT INTO {table} ({key}, {_COLUMNS}) VALUES ({marks})"  # noqa: S608
                self._database.executemany(insert, rows)
            self._database.executemany("UPDATE entries SET under = ? WHERE id = ?", under)
        self.size += len(rows)

    def mention(self, mentions: Iterable[tuple[int, str]]) -> None:
        """Keep sentences of other pages, each with the number of the section it leads to."""
        changed: set[int] = set()
        for number, sentence in mentions:
            kept = self._sentences.setdefault(number, [])
            self._mentioned += not kept
            if len(kept) < MOST_MENTIONS:
                kept.append(sentence)
                changed.add(number)
        rows = [(number, "\n".join(self._sentences[number])) for number in changed]
        with self._database:
            self._database.execute("BEGIN")
            insert = "INSERT OR REPLACE INTO mentions (rowid, sentences) VALUES (?, ?)"
            self._database.executemany(insert, rows)

    def ask(self, entries: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Keep the phrases that people ask for entries with, by the number of the entry."""
        # In rising order, which takes FTS5 a sixth of the time.
        rows = sorted(
            (~(number * MOST_ASKED + n), set_apart(phrase))
            for number, phrases in entries
            for n, phrase in enumerate(phrases[:MOST_ASKED])
        )
        self._phrases += len(rows)
        with self._database:
            self._database.execute("BEGIN")
            insert = "INSERT INTO asked (rowid, phrase) VALUES (?, ?)"
            self._database.executemany(insert, rows)

    def find(self, asked: SearchTerm) -> WordScores:
        """The entries that hold a word or phrase, or are led to with it."""
        rows = self.holding(asked)
        if len(rows) > COMMON:
            text = dict.fromkeys(rows, 1.0)
        else:
            text = self._scores(asked.table, asked, self.size, _WEIGHTS)
        titled = self.titled(asked) if rows else ()
        phrases = self._scores("asked", asked, self._phrases)
        return WordScores(text, titled, self._mentioned_with(asked), phrases)

    def _scores(
        self, table: str, asked: SearchTerm, size: int, weights: str = "1"
    ) -> dict[int, float]:
        """How much the rows of a table, which are so many, have of a word, by the weights of its columns."""
        query = f"SELECT rowid, bm25({table}, {weights}) FROM {table} WHERE {table} MATCH ?"  # noqa: S608
        rows = self._rows(query, asked)
        worth = -_worth_to_sqlite(len(rows), size)
        return {row: score / worth for row, score in rows}

    def find_near(self, first: SearchTerm, second: SearchTerm, words: int) -> set[int]:
        """The entries that hold two words at most so many words apart."""
        match = f"NEAR({first.expression} {second.expression}, {words})"
        table = "spellings" if first.unfinished or second.unfinished else "stems"
        query = f"SELECT rowid FROM {table} WHERE {table} MATCH ?"  # noqa: S608
        return {row for (row,) in self._database.execute(query, (match,))}

    def holding(self, asked: SearchTerm, within: str = "") -> set[int]:
        """The entries that hold a word or phrase, however much they have of it."""
        query = f"SELECT rowid FROM {asked.table} WHERE {asked.table} MATCH ?"  # noqa: S608
        return {row for (row,) in self._rows(query, asked, within)}

    def titled(self, asked: SearchTerm) -> set[int]:
        """The entries whose title holds a word or phrase."""
        return self.holding(asked, _IN_TITLE)

    def holding_on_page(self, asked: SearchTerm) -> set[int]:
        """The entries whose page shows a word or phrase, under its title."""
        return self.holding(asked, _ON_PAGE)

    def _mentioned_with(self, asked: SearchTerm) -> dict[int, float]:
        scores = self._scores("mentions", asked, self._mentioned)
        there = len(self._section_rows)
        return {self._section_rows[n]: score for n, score in scores.items() if n < there}

    def _rows(self, query: str, asked: SearchTerm, within: str = "") -> list[tuple[int, ...]]:
        return self._database.execute(query, (within + asked.expression,)).fetchall()

    def stems_of(self, words: str) -> tuple[str, ...]:
        """The stems that these words are indexed under, in order."""
        if words not in self._stems:
            self.learn([words])
        return self._stems[words]

    def learn(self, phrases: Iterable[str]) -> None:
        """Work out the stems of many phrases at once; each is remembered."""
        new = [phrase for phrase in dict.fromkeys(phrases) if phrase not in self._stems]
        found: list[list[str]] = [[] for _ in new]
        with self._database:
            self._database.execute("BEGIN")
            insert = "INSERT INTO phrase (rowid, words) VALUES (?, ?)"
            self._database.executemany(insert, enumerate(map(set_apart, new)))
            query = "SELECT doc, term FROM phrase_stems ORDER BY doc, offset"
            for number, stem in self._database.execute(query):
                found[number].append(stem)
            self._database.execute("INSERT INTO phrase (phrase) VALUES ('delete-all')")
        self._stems.update(zip(new, map(tuple, found), strict=True))

    def holds(self, asked: SearchTerm) -> bool:
        """Whether any entry holds these words side by side."""
        query = f"SELECT 1 FROM {asked.table} WHERE {asked.table} MATCH ? LIMIT 1"  # noqa: S608
        return bool(self._rows(query, asked))

    def is_asked(self, word: str) -> bool:
        """Whether people ask for any entry with some form of a word."""
        return bool(self._rows("SELECT 1 FROM asked WHERE asked MATCH ? LIMIT 1", SearchTerm(word)))

    def is_in_title(self, stem: str) -> bool:
        """Whether a title holds a word with this stem."""
        query = "SELECT 1 FROM stem_fields WHERE term = ? AND col = 'title' LIMIT 1"
        return self._database.execute(query, (stem,)).fetchone() is not None

    def has_stem(self, stem: str) -> bool:
        """Whether any entry holds a word with this stem."""
        query = "SELECT 1 FROM stem_list WHERE term = ?"
        return self._database.execute(query, (stem,)).fetchone() is not None

    def spellings(self) -> dict[str, int]:
        """Every word of the book as it is spelled, and how many entries hold it."""
        return dict(self._database.execute("SELECT term, doc FROM spelling_list"))

    def texts(
        self, rows: Sequence[int], asked: Iterable[SearchTerm]
    ) -> Mapping[int, list[ShownTexts]]:
        """The shown texts of entries: as they are, then with matches marked by each index."""
        within = f"({', '.join(map(str, rows))})"
        columns = ", ".join(SHOWN)
        query = f"SELECT id, {columns} FROM entries WHERE id IN {within}"  # noqa: S608
        found = {row: [_shown(texts)] for row, *texts in self._database.execute(query)}
        for table, match in _matches(asked).items():
            columns = ", ".join(_marked(table, FIELDS.index(field)) for field in SHOWN)
            # The plus keeps SQLite from matching anew for each row, which takes ten times as long.
            query = (
                f"SELECT rowid, {columns} FROM {table} WHERE {table} MATCH ? AND +rowid IN {within}"  # noqa: S608
            )
            for row, *texts in self._database.execute(query, (match,)):
                found[row].append(_shown(texts))
        return found

    def heading(self, row: int, line: int) -> str:
        """The heading that a line of an entry's body stands under."""
        query = "SELECT headings, under FROM entries WHERE id = ?"
        headings, under = self._database.execute(query, (row,)).fetchone()
        before = int(under.split()[line])
        return put_together(headings.split("\n")[before - 1]) if before else ""

    def marked_texts(
        self, texts: Iterable[str], asked: Iterable[SearchTerm]
    ) -> list[tuple[int, str]]:
        """The numbers of the texts that match, each with its matches marked."""
        every = list(enumerate(map(_clean, texts)))
        found: list[tuple[int, str]] = []
        for table, match in _matches(asked).items():
            page = f"page_{table}"
            self._database.execute("BEGIN")
            insert = f"INSERT INTO {page} (rowid, words) VALUES (?, ?)"  # noqa: S608
            self._database.executemany(insert, every)
            query = f"SELECT rowid, {_marked(page, 0)} FROM {page} WHERE {page} MATCH ?"  # noqa: S608
            rows = self._database.execute(query, (match,))
            found += [(number, put_together(text)) for number, text in rows]
            self._database.execute("ROLLBACK")
        return found


def read_only(file: Path) -> str:
    """The address at which SQLite reads a kept file; nobody writes to one: another index is another file."""
    return f"file:{quote(bytes(file))}?mode=ro&immutable=1"


def entry_asked_for(phrase: int) -> int:
    """The number of the entry that people ask for with a phrase; numbers of phrases are below zero."""
    return ~phrase // MOST_ASKED


def worth(entries: int, size: int) -> float:
    """What a word counts that so many of all entries hold: the rarer, the more."""
    return math.log(1 + (size - entries + 0.5) / (entries + 0.5))


def _worth_to_sqlite(entries: int, size: int) -> float:
    """What FTS5 takes for it: next to nothing once half of all entries hold the word."""
    ratio = (size - entries + 0.5) / (entries + 0.5)
    return max(math.log(ratio), 1e-6) if ratio > 0 else 1e-6


def _matches(asked: Iterable[SearchTerm]) -> dict[str, str]:
    """For each index, what it has to match."""
    by_table: dict[str, list[str]] = {}
    for each in asked:
        by_table.setdefault(each.table, []).append(each.expression)
    return {table: " OR ".join(expressions) for table, expressions in by_table.items()}


def _marked(table: str, column: int) -> str:
    return f"highlight({table}, {column}, '{OPENS}', '{CLOSES}')"


def _texts(entry: IndexEntry) -> tuple[str, ...]:
    blocks = (entry.headings, entry.labels, entry.body, entry.asides)
    return tuple(_clean(text) for text in (entry.title, *map("\n".join, blocks)))


def _clean(text: str) -> str:
    """The text as it is indexed, without the characters of the marks."""
    return set_apart(text.replace(OPENS, " ").replace(CLOSES, " "))


def _shown(texts: Iterable[str]) -> ShownTexts:
    return tuple(map(put_together, texts))
