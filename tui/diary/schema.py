"""The tables of `diary.db`, and the steps that bring an older file up to date."""

from __future__ import annotations

import sqlite3

from .records import SELECT

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
