"""Records: the one shape in which everything is stored, their table, and how they are read and changed."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from .clock import stamp, written
from .model import Kept, body_fields, kind_of, part_of
from .validation import checked

T = TypeVar("T", bound=Kept)

SELECT = "SELECT kind, id, part, changed, body, seal FROM record"
"""Reads rows, in the order of `Record.row`."""

APPLICATION_ID = 0x52546C31
"""Marks the file as ours, in SQLite's own header."""

PAGE = 4096
"""Bytes in a page of the file."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE record(
            kind TEXT NOT NULL, id TEXT NOT NULL, part TEXT NOT NULL, changed TEXT NOT NULL,
            body TEXT NOT NULL, seal INTEGER NOT NULL, PRIMARY KEY(kind, id)) WITHOUT ROWID""",
        "CREATE INDEX copy ON record(kind, part, id, changed, body, seal)",
    ),
)
"""The statements that lead from each version to the next; a new file takes them all.

The index serves the look-ups, and holds each record a second time: what is damaged in one place
can be read from the other.
"""

BESIDE_BODY = ("id", "changed", "removed", "part")
"""What stands in an export's entry beside the fields of the body."""


class BrokenSeal(sqlite3.DatabaseError):
    """A row is not what was written: the file is damaged."""

    sqlite_errorname = "SQLITE_CORRUPT"


class Record(NamedTuple):
    """A row of the diary; a removed thing keeps its id and time, and its body is empty."""

    kind: str
    id: str
    part: str
    changed: str
    body: str

    @property
    def removed(self) -> bool:
        """Whether only the tombstone is left."""
        return not self.body

    @property
    def rank(self) -> tuple[str, bool, str]:
        """Of two records with one id the higher wins; at one time removal wins, then the longer text."""
        return (self.changed, self.removed, self.body)

    def row(self) -> tuple[str | int, ...]:
        """The values to store, with the seal that shows later whether they are still the same."""
        return (self.kind, self.id, self.part, self.changed, self.body, self._seal())

    def _seal(self) -> int:
        words = f"{self.kind}\n{self.id}\n{self.part}\n{self.changed}\n{self.body}"
        return zlib.crc32(words.encode())

    def matches(self, seal: object) -> bool:
        """Whether this is what the seal was made for."""
        return self._seal() == seal


def latest(records: Iterable[Record]) -> list[Record]:
    """Of all records with one id the one that wins, in the order of their ids."""
    found: dict[tuple[str, str], Record] = {}
    for record in records:
        key = (record.kind, record.id)
        if key not in found or record.rank > found[key].rank:
            found[key] = record
    return [found[key] for key in sorted(found)]


def unsealed(row: tuple[str, str, str, str, str, int]) -> Record:
    """The record in a stored row; raises BrokenSeal where the row was altered from outside."""
    record = Record(*row[:5])
    if not record.matches(row[5]):
        raise BrokenSeal("altered row")
    return record


def part_key(part: str) -> str:
    """A part as the file holds it: ASCII, whatever was in the name."""
    return json.dumps(part)[1:-1]


def encoded(thing: Kept, before: Record | None = None) -> Record:
    """A thing as a record: the same thing gives the same text on every machine.

    Fields of `before` that only a newer version knows are carried on.
    """
    unknown = unknown_fields(type(thing), before.body) if before else {}
    body = {name: getattr(thing, name) for name in body_fields(type(thing))}
    return _record(thing, unknown | body)


def encoded_entry(thing: Kept, entry: Mapping[str, object]) -> Record:
    """A thing as a record whose body is the entry of an export it was made of, as it came."""
    return _record(thing, {name: entry[name] for name in entry if name not in BESIDE_BODY})


def _record(thing: Kept, body: Mapping[str, object]) -> Record:
    part = part_key(part_of(thing))
    return Record(kind_of(type(thing)), thing.id, part, thing.changed, json_text(body))


def json_text(body: Mapping[str, object]) -> str:
    """A body as text, always in the same order."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), default=dict)


def unknown_fields(kept: type[Kept], body: str) -> dict[str, object]:
    """The fields in a body that only a newer version knows."""
    known = body_fields(kept)
    return {name: value for name, value in json.loads(body or "{}").items() if name not in known}


def decoded(kept: type[T], record: Record) -> T | None:
    """The thing in a record; None where it is removed, or lacks a field that has no default."""
    if record.removed:
        return None
    return built(kept, record.id, record.changed, json.loads(record.body))


def built(kept: type[T], record_id: str, changed: str, body: Mapping[str, object]) -> T | None:
    """A thing from its id, time and JSON values, an absent field having its default.

    None where a field is absent that has no default.
    """
    values: dict[str, Any] = {"id": record_id, "changed": changed}
    for name in body_fields(kept):
        if name in body:
            value = body[name]
            values[name] = tuple(value) if isinstance(value, list) else value
        elif name not in kept._field_defaults:
            return None
    return kept(**values)


class Change(NamedTuple):
    """One record before and after an act; None before where there was none."""

    before: Record | None
    after: Record


class Act(NamedTuple):
    """Something the reader did, with all that is needed to undo it."""

    name: str
    """`tick`, `untick`, `skip`, `unskip`, `add`, `edit`, `remove`, `hide`, `show`, `finish`,
    `edit run`, `remove run`, `soreness`."""
    subject: str
    """The item or the run it is about."""
    changes: tuple[Change, ...]
    """Empty where it was so already."""


class RecordReader:
    """The records as they are."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read through this connection."""
        self._connection = connection

    def record(self, kind: str, record_id: str) -> Record | None:
        """The record with this id, be it a tombstone."""
        query = f"{SELECT} WHERE kind = ? AND id = ?"
        row = self._connection.execute(query, (kind, record_id)).fetchone()
        return None if row is None else unsealed(row)

    def find(self, kept: type[T], record_id: str) -> T | None:
        """The thing with this id; None where there is none, or it is removed."""
        record = self.record(kind_of(kept), record_id)
        return None if record is None else decoded(kept, record)

    def every(self, kept: type[T], part: str | None = None) -> list[T]:
        """All things of a kind that are not removed, or those in one part."""
        query = f"{SELECT} WHERE kind = ? AND body <> ''"
        values = [kind_of(kept)]
        if part is not None:
            query += " AND part = ?"
            values.append(part_key(part))
        rows = self._connection.execute(query, values).fetchall()
        things = (decoded(kept, unsealed(row)) for row in rows)
        return [thing for thing in things if thing is not None]

    def holds(self, kept: type[T]) -> bool:
        """Whether there is any thing of a kind that is not removed; none is read."""
        query = "SELECT 1 FROM record WHERE kind = ? AND body <> '' LIMIT 1"
        return self._connection.execute(query, (kind_of(kept),)).fetchone() is not None

    def fingerprint(self, *kinds: type[Kept]) -> int:
        """A number that another one follows as soon as any thing of these kinds changes."""
        names = [kind_of(each) for each in kinds]
        marks = ", ".join("?" * len(names))
        query = f"SELECT total(seal), count(*) FROM record WHERE kind IN ({marks})"  # noqa: S608 - only question marks
        return hash(self._connection.execute(query, names).fetchone())

    def records(self) -> list[Record]:
        """Every record, tombstones too, in the order of kind and id."""
        query = f"{SELECT} ORDER BY kind, id"
        return [unsealed(row) for row in self._connection.execute(query)]


class RecordWriter(RecordReader):
    """The records while one act is under way: all its changes are saved, or none."""

    def __init__(self, connection: sqlite3.Connection, moment: datetime) -> None:
        """Write through this connection, at this time."""
        super().__init__(connection)
        self.moment = moment
        self.now = written(moment)
        self.changes: list[Change] = []
        self.removed: list[Record] = []
        """The tombstones that were left."""

    def put(self, thing: Kept) -> None:
        """Keep a thing; raises TooLong or NotKept where a field holds what it may not."""
        before = self.record(kind_of(type(thing)), thing.id)
        self.put_body(encoded(checked(thing), before))

    def remove(self, thing: Kept) -> None:
        """Remove a thing, leaving its tombstone."""
        self.put_body(Record(kind_of(type(thing)), thing.id, "", "", ""))

    def put_body(self, record: Record) -> None:
        """Keep a record's body, with a time later than the last; nothing where it is the same."""
        before = self.record(record.kind, record.id)
        if (before.body if before else "") != record.body:
            after = record._replace(changed=stamp(self.moment, before.changed if before else None))
            self.put_record(after)
            self.changes.append(Change(before, after))

    def put_record(self, record: Record) -> None:
        """Keep a record as it is, its time too."""
        if record.removed:
            self.removed.append(record)
        self._connection.execute(
            "INSERT OR REPLACE INTO record VALUES(?, ?, ?, ?, ?, ?)", record.row()
        )


def version_of(connection: sqlite3.Connection) -> int:
    """The version that the file was written by; 0 before the first migration."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def is_newer(connection: sqlite3.Connection) -> bool:
    """Whether a newer version of the program wrote the file."""
    return version_of(connection) > len(MIGRATIONS)


def is_marked(connection: sqlite3.Connection) -> bool:
    """Whether the file carries our mark."""
    return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)


def holds_records(connection: sqlite3.Connection) -> bool:
    """Whether the file has our table, marked or not."""
    query = "SELECT count(*) FROM sqlite_master WHERE name = 'record'"
    return bool(connection.execute(query).fetchone()[0])


def is_usable(connection: sqlite3.Connection) -> bool:
    """Whether mark, version and table are as we make them; raises sqlite3.Error where they are not."""
    version = version_of(connection)
    if version == len(MIGRATIONS):
        connection.execute(f"{SELECT} LIMIT 1")
    return is_marked(connection) and version > 0 and holds_records(connection)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to this version in one transaction; on any error it stays as it was."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statements in MIGRATIONS[version_of(connection) :]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={len(MIGRATIONS)}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
