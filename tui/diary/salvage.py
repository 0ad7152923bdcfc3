"""What to do with a damaged file: put it aside, and copy over every record that can still be read.

SQLite itself reads what is left, from both ends of the table and of the index that holds each record
a second time; the seal of a record tells whether it is whole.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from .data_folder import SECOND_COPY, create_private, is_being_written, settle
from .records import PAGE, SELECT, Record, latest, migrate

_WAYS = tuple(
    f"{SELECT} {way.format(order)}"
    for way in (
        "NOT INDEXED ORDER BY kind {0}, id {0}",
        "INDEXED BY copy ORDER BY kind {0}, part {0}, id {0}",
    )
    for order in ("ASC", "DESC")
)
_LARGEST_GROWTH = 64
"""A header that promises more than this times the pages that are there is not believed."""


class Damage(NamedTuple):
    """What happened to a damaged file."""

    put_aside: Path
    """Where the damaged file is now, as it was."""
    recovered: int
    """Records in the new file: those that could be read, and those of the second copy."""
    from_copy: int
    """Those of them that only the second copy had."""

    def __str__(self) -> str:
        """One line for the reader."""
        kept = "nothing in it could be read"
        if self.recovered:
            records = "record" if self.recovered == 1 else "records"
            kept = f"what can be read is kept ({self.recovered:,} {records})"
        if self.from_copy:
            kept += f", {self.from_copy:,} of them from the second copy"
        return f"the diary was damaged; {kept}; the old file is {self.put_aside}"


def mend(path: Path, at: datetime, removed: Iterable[Record]) -> Damage:
    """Replace a damaged file by a new one with all that it and the second copy hold, but what was removed.

    Needs the directory held alone. The old file has a second name before the first is given away,
    so that nothing is lost if this is interrupted. Raises OSError or sqlite3.Error where it cannot
    be done; the file is then as it was.
    """
    aside = _name_for(path, at)
    _copy_aside(path, aside)
    try:
        found = records_in(aside)
        copied = records_in(path.with_name(SECOND_COPY))
        records = latest((*found, *copied))
        whole = latest((*records, *removed))
        replacement = build(path.with_name("diary.new"), whole)
    except (OSError, sqlite3.Error):
        aside.unlink()
        raise
    journal = path.with_name(f"{path.name}-journal")
    if is_being_written(path):
        journal.rename(aside.with_name(f"{aside.name}-journal"))
    replacement.replace(path)
    settle(path.parent)
    known = {(record.kind, record.id) for record in found}
    from_copy = sum((record.kind, record.id) not in known for record in records)
    return Damage(aside, len(records), from_copy)


def _name_for(path: Path, at: datetime) -> Path:
    base = f"{path.stem}.damaged-{at.strftime('%Y%m%dT%H%M%SZ')}"
    names = (f"{base}{suffix}.db" for suffix in ("", *(f"-{n}" for n in range(2, 10_000))))
    return next(p for p in map(path.with_name, names) if not p.exists())


def _copy_aside(path: Path, aside: Path) -> None:
    """Give the file a second name; a copy where the file system has no second names."""
    try:
        os.link(path, aside)
    except OSError:
        create_private(aside)
        shutil.copyfile(path, aside)


def build(path: Path, records: Iterable[Record]) -> Path:
    """Make a whole new diary at this path, on the disk before it returns."""
    create_private(path)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute(f"PRAGMA page_size={PAGE}")
        connection.execute("PRAGMA journal_mode=MEMORY")
        migrate(connection)
        insert(connection, records)
    except sqlite3.Error:
        connection.close()
        path.unlink()
        raise
    connection.close()
    settle(path)
    return path


def insert(connection: sqlite3.Connection, records: Iterable[Record]) -> None:
    """Store records in one transaction."""
    connection.execute("BEGIN")
    statement = "INSERT INTO record VALUES(?, ?, ?, ?, ?, ?)"
    connection.executemany(statement, (record.row() for record in records))
    connection.execute("COMMIT")


def records_in(path: Path) -> list[Record]:
    """Every record in a file, damaged or not, whose seal is whole; none where there is no file."""
    return readable(path.read_bytes()) if path.is_file() else []


def readable(data: bytes) -> list[Record]:
    """Every record whose seal is whole, the latest of each id, in the order of their ids."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.deserialize(_patched(data))
        connection.text_factory = lambda text: text.decode("utf-8", "replace")
        return latest(record for way in _WAYS for record in _whole(connection, way))
    finally:
        connection.close()


def _whole(connection: sqlite3.Connection, query: str) -> list[Record]:
    """The whole records that a query comes upon before damage ends it."""
    found = []
    with suppress(sqlite3.Error, OverflowError):
        for *values, seal in connection.execute(query):
            if all(isinstance(value, str) for value in values):
                record = Record(*values)
                if record.matches(seal):
                    found.append(record)
    return found


def _patched(data: bytes) -> bytes:
    """The file with the first page of a new one, and with a stand-in for each page that is missing.

    Our tables always begin at the same pages. A scan goes on past a stand-in; its row has no seal.
    """
    fresh = _fresh()
    stand_in = fresh[PAGE : 2 * PAGE]
    whole = data + bytes(-len(data) % PAGE)
    pages = [whole[at : at + PAGE] for at in range(PAGE, len(whole), PAGE)]
    promised = int.from_bytes(data[28:32], "big")
    if len(pages) < promised <= _LARGEST_GROWTH * (len(pages) + 1):
        pages += [stand_in] * (promised - 1 - len(pages))
    first = bytearray(fresh[:PAGE])
    first[28:32] = (len(pages) + 1).to_bytes(4, "big")
    return bytes(first) + b"".join(page if any(page) else stand_in for page in pages)


def _fresh() -> bytes:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute(f"PRAGMA page_size={PAGE}")
        migrate(connection)
        connection.execute("INSERT INTO record VALUES('', '', '', '', '', 0)")
        return connection.serialize()
    finally:
        connection.close()
