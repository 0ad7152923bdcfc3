"""Reading and writing records through an open connection, inside one transaction."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import NamedTuple

from .checking import checked
from .model import Kept, kind_of
from .moments import stamp, written
from .records import SELECT, Record, T, decoded, encoded, part_key, unsealed


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


class Reading:
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

    def records(self) -> list[Record]:
        """Every record, tombstones too, in the order of kind and id."""
        query = f"{SELECT} ORDER BY kind, id"
        return [unsealed(row) for row in self._connection.execute(query)]


class Writing(Reading):
    """The records while one act is under way: all its changes are saved, or none."""

    def __init__(self, connection: sqlite3.Connection, moment: datetime) -> None:
        """Write through this connection, at this time."""
        super().__init__(connection)
        self.moment = moment
        self.now = written(moment)
        self.changes: list[Change] = []

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
        self._connection.execute(
            "INSERT OR REPLACE INTO record VALUES(?, ?, ?, ?, ?, ?)", record.row()
        )
