"""What to do with a damaged file: put it aside, and copy over every record that can still be read.

Reads SQLite's pages directly (sqlite.org/fileformat2.html): where the tree above them is broken,
the pages below are still good, and the seal of each record tells whether it is whole.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from .folder import create_private, settle
from .records import Record
from .schema import PAGE, migrate

_INTERIOR, _LEAF = 0x02, 0x0A
_MOST_LOCAL = (PAGE - 12) * 64 // 255 - 23
_LEAST_LOCAL = (PAGE - 12) * 32 // 255 - 23


class Damage(NamedTuple):
    """What happened to a damaged file."""

    put_aside: Path
    """Where the damaged file is now, as it was."""
    recovered: int
    """Records that could be read and are in the new file."""

    def __str__(self) -> str:
        """One line for the reader."""
        kept = "nothing in it could be read"
        if self.recovered:
            kept = f"what can be read is kept ({self.recovered:,} records)"
        return f"the diary was damaged; {kept}; the old file is {self.put_aside}"


def mend(path: Path, at: datetime) -> Damage:
    """Replace a damaged file by a new one with all its readable records; needs the folder held alone.

    The old file has a second name before the first is given away, so that nothing is lost if this
    is interrupted. Raises OSError or sqlite3.Error where it cannot be done; the file is then as it was.
    """
    aside = _name_for(path, at)
    _copy_aside(path, aside)
    try:
        records = readable(aside.read_bytes())
        replacement = build(path.with_name("diary.new"), records)
    except (OSError, sqlite3.Error):
        aside.unlink()
        raise
    journal = path.with_name(f"{path.name}-journal")
    if journal.exists():
        journal.rename(aside.with_name(f"{aside.name}-journal"))
    replacement.replace(path)
    settle(path.parent)
    return Damage(aside, len(records))


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


def build(path: Path, records: list[Record]) -> Path:
    """Make a whole new diary at this path, on the disk before it returns."""
    create_private(path)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute(f"PRAGMA page_size={PAGE}")
        connection.execute("PRAGMA journal_mode=MEMORY")
        migrate(connection)
        connection.execute("BEGIN")
        insert = "INSERT INTO record VALUES(?, ?, ?, ?, ?, ?)"
        connection.executemany(insert, (record.row() for record in records))
        connection.execute("COMMIT")
    except sqlite3.Error:
        connection.close()
        path.unlink()
        raise
    connection.close()
    settle(path)
    return path


def readable(data: bytes) -> list[Record]:
    """Every record whose seal is whole, the latest of each id, in the order of their ids."""
    found: dict[tuple[str, str], Record] = {}
    for start in range(0, len(data), PAGE):
        for record in _records_on(data, start):
            key = (record.kind, record.id)
            if key not in found or record.rank > found[key].rank:
                found[key] = record
    return [found[key] for key in sorted(found)]


def _records_on(data: bytes, start: int) -> Iterator[Record]:
    page = data[start : start + PAGE]
    if not page or page[0] not in (_LEAF, _INTERIOR):
        return
    header = 8 if page[0] == _LEAF else 12
    count = int.from_bytes(page[3:5], "big")
    for place in range(header, min(header + 2 * count, len(page) - 1), 2):
        cell = int.from_bytes(page[place : place + 2], "big")
        payload = _payload(data, start, cell + (header - 8))
        record = _record_in(payload)
        if record is not None:
            yield record


def _payload(data: bytes, start: int, cell: int) -> bytes:
    """The bytes of a cell, followed through its overflow pages as far as they go."""
    page = data[start : start + PAGE]
    length, at = _varint(page, cell)
    if length <= _MOST_LOCAL:
        return page[at : at + length]
    local = _LEAST_LOCAL + (length - _LEAST_LOCAL) % (PAGE - 4)
    local = local if local <= _MOST_LOCAL else _LEAST_LOCAL
    payload = page[at : at + local]
    following = int.from_bytes(page[at + local : at + local + 4], "big")
    while following and len(payload) < length:
        overflow = data[(following - 1) * PAGE : following * PAGE]
        if not overflow:
            break
        payload += overflow[4:]
        following = int.from_bytes(overflow[:4], "big")
    return payload[:length]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """SQLite's variable-length number and where it ends; the end of the data ends it too."""
    value = 0
    for used, byte in enumerate(data[at : at + 8], start=1):
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + used
    return value, at + 8


def _record_in(payload: bytes) -> Record | None:
    """The record in a payload, from the table or from its copy; None unless the seal is whole."""
    end, at = _varint(payload, 0)
    kinds = []
    while at < min(end, len(payload)):
        kind, at = _varint(payload, at)
        kinds.append(kind)
    if len(kinds) != 6:
        return None
    values = []
    at = end
    for kind in kinds:
        size = _size(kind)
        values.append(payload[at : at + size])
        at += size
    try:
        name, second, third, changed, body = (value.decode() for value in values[:5])
    except UnicodeDecodeError:
        return None
    seal = _number(kinds[5], values[5])
    orders = (Record(name, a, b, changed, body) for a, b in ((second, third), (third, second)))
    return next((record for record in orders if record.matches(seal)), None)


def _size(kind: int) -> int:
    """Bytes of a value, from its serial type."""
    if kind >= 12:
        return (kind - 12) // 2
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[kind]


def _number(kind: int, data: bytes) -> int:
    """A whole number, from its serial type; the types 8 and 9 are the numbers 0 and 1 themselves."""
    return kind - 8 if kind in (8, 9) else int.from_bytes(data, "big", signed=True)
