"""Opening, checking and backing up `diary.db`; opening never raises for a bad environment, but says what came of it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import quote_from_bytes

from . import data_folder, records
from .data_folder import FileState
from .errors import (
    Damaged,
    Interrupted,
    Locked,
    Newer,
    NoAccess,
    NotADiary,
    ReadOnly,
    Trouble,
    UpdateFailed,
    explain,
    is_damage,
)
from .records import SELECT
from .removals import removals_in
from .salvage import Damage, build, mend

Mode = Literal["writable", "read_only", "memory"]
"""Whether acts are saved, only the past can be read, or neither."""

CHECKED = 3 * 2**20
"""Bytes up to which a file is checked whole with each opening: a millisecond for each 2**20."""

_BEGINNINGS = (
    b"SQLite format 3\0\x10\0\1\1\0\x40\x20\x20",
    b"SQLite format 3\0\x10\0\2\2\0\x40\x20\x20",
)
"""How a sound file of ours begins; the second where someone's tool switched it to WAL."""


class Opened(NamedTuple):
    """What opening gave."""

    connection: sqlite3.Connection
    mode: Mode
    trouble: Trouble | None = None
    """Why it is not writable; None where it is, or was not meant to be."""
    identity: tuple[int, int] | None = None
    """The file behind the connection; None in memory."""
    damage: Damage | None = None
    """What was put aside on the way."""


class Opener(NamedTuple):
    """How to open one diary; made once, used again whenever the file has to be opened anew."""

    path: Path
    clock: Callable[[], datetime]
    patience: float
    """Seconds to wait for other programs."""
    refused: Trouble | None = None
    """Why there is nothing to open at all."""

    def open(self, *, thorough: bool = False) -> Opened:
        """Open the file, mending it where needed; `thorough` reads all of it first, however large.

        Where there is none, an empty diary in memory stands for it until `create`.
        """
        if self.refused is not None:
            return in_memory(self.refused)
        try:
            return self._open_safely(thorough=thorough)
        except Trouble as trouble:
            return in_memory(trouble)
        except (OSError, sqlite3.Error, UnicodeError) as error:
            return in_memory(explain(error, self.path))

    def create(self) -> None:
        """Make the directory and the file where there is none; raises Trouble, OSError, sqlite3.Error.

        The file has a name of its own first, so that no one ever sees half of one.
        """
        data_folder.prepare(self.path.parent)
        with data_folder.hold(self.path.parent, self.patience):
            if not self.path.exists():
                removed = removals_in(self.path.parent)
                build(self.path.with_name("diary.new"), removed).replace(self.path)
                data_folder.settle(self.path.parent)

    def inspect(self) -> Trouble | None:
        """What is wrong, found without changing anything; None where all is well, or nothing is there."""
        try:
            if self.refused is not None:
                return self.refused
            if data_folder.examine(self.path.parent) or not data_folder.look(
                self.path, tighten=False
            ):
                return None
            return self._inspect_file()
        except Trouble as trouble:
            return trouble
        except (OSError, sqlite3.Error, UnicodeError) as error:
            return explain(error, self.path)

    def _inspect_file(self) -> Trouble | None:
        found = data_folder.look(self.path, tighten=False)
        if found is None or _is_newer(found):
            return found and Newer(self.path)
        if data_folder.is_being_written(self.path):
            return Interrupted(self.path)
        if not found.beginning.startswith(_BEGINNINGS):
            return Damaged(self.path)
        self._open_to_read(ReadOnly(self.path)).connection.close()
        return None if found.writable else ReadOnly(self.path)

    def _open_safely(self, *, thorough: bool) -> Opened:
        try:
            missing = data_folder.examine(self.path.parent)
        except ReadOnly as trouble:
            return self._open_to_read(trouble)
        found = None if missing else data_folder.look(self.path)
        if found is None:
            return in_memory()
        data_folder.prepare(self.path.parent)
        if _is_newer(found):
            return self._open_to_read(Newer(self.path))
        if not found.writable:
            return self._open_to_read(ReadOnly(self.path))
        damage = None
        connection = self._connect_if_sound(thorough=thorough)
        if connection is None:
            time.sleep(0.1)  # a failing disk also reads as damage
            connection = self._connect_if_sound(thorough=thorough)
        if connection is None:
            damage, connection = self._mend()
        return Opened(connection, "writable", None, data_folder.identity(self.path), damage)

    def _connect_if_sound(self, *, thorough: bool) -> sqlite3.Connection | None:
        """A connection to write through; None where the file is damaged."""
        found = data_folder.look(self.path)
        if found is None or not found.beginning.startswith(_BEGINNINGS):
            return None
        connection = connect(self.path, "rw", self.patience)
        try:
            if not records.is_marked(connection) and not records.holds_records(connection):
                raise NotADiary(self.path)
            whole = thorough or found.size <= CHECKED
            if records.is_usable(connection) and (not whole or is_intact(connection)):
                self._make_safe(connection)
                return connection
        except (sqlite3.DatabaseError, UnicodeError) as error:
            connection.close()
            if not is_damage(error):
                raise
        except Trouble:
            connection.close()
            raise
        connection.close()
        return None

    def _mend(self) -> tuple[Damage | None, sqlite3.Connection]:
        """Mend the file, unless another session just did."""
        damage = None
        with data_folder.hold(self.path.parent, self.patience):
            connection = self._connect_if_sound(thorough=True)
            if connection is None:
                damage = mend(self.path, self.clock(), removals_in(self.path.parent))
                connection = self._connect_if_sound(thorough=True)
        if connection is None:
            raise Damaged(self.path)
        return damage, connection

    def _make_safe(self, connection: sqlite3.Connection) -> None:
        """Make writing survive a power cut, and bring the file up to date."""
        if connection.execute("PRAGMA journal_mode=TRUNCATE").fetchone()[0] != "truncate":
            raise Locked(self.path)
        connection.execute("PRAGMA synchronous=FULL")
        version = records.version_of(connection)
        if version < len(records.MIGRATIONS):
            back_up(connection, self.path.with_name(f"diary.before-{version + 1}.db"))
            self._update(connection)

    def _update(self, connection: sqlite3.Connection) -> None:
        try:
            records.migrate(connection)
        except sqlite3.Error as error:
            trouble = explain(error, self.path)
            if isinstance(error, sqlite3.OperationalError) and type(trouble) is not Damaged:
                raise trouble from error
            raise UpdateFailed(self.path, str(error)) from error

    def _open_to_read(self, trouble: Trouble) -> Opened:
        """Open only to read; a half-finished write that cannot be undone here is read past."""
        found = data_folder.look(self.path, tighten=False)
        if found is None:
            raise trouble
        for how in ("ro", "ro&immutable=1"):
            connection = connect(self.path, how, self.patience)
            try:
                connection.execute(f"{SELECT} LIMIT 1")
                if type(trouble) is not Newer and not is_intact(connection):
                    raise Damaged(self.path)
            except sqlite3.DatabaseError as error:
                connection.close()
                if type(trouble) is Newer or not is_damage(error):
                    if type(explain(error, self.path)) not in (NoAccess, ReadOnly):
                        raise trouble from error
                else:
                    raise Damaged(self.path) from error
            except Damaged:
                connection.close()
                raise
            else:
                return Opened(connection, "read_only", trouble, data_folder.identity(self.path))
        raise trouble


def _is_newer(found: FileState) -> bool:
    """Whether a newer version wrote the file, by its header alone: its tables may be any."""
    marked = found.beginning[68:72] == records.APPLICATION_ID.to_bytes(4, "big")
    version = int.from_bytes(found.beginning[60:64], "big")
    return marked and version > len(records.MIGRATIONS)


def connect(path: Path, how: str, patience: float) -> sqlite3.Connection:
    """A connection to an existing file, `rw` or `ro`; each statement is its own transaction."""
    address = f"file:{quote_from_bytes(bytes(path))}?mode={how}"
    connection = sqlite3.connect(
        address, uri=True, timeout=patience, isolation_level=None, check_same_thread=False
    )
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def in_memory(trouble: Trouble | None = None) -> Opened:
    """An empty diary in memory: because of the trouble, by wish, or until there is a file."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    records.migrate(connection)
    return Opened(connection, "memory" if trouble else "writable", trouble)


def is_intact(connection: sqlite3.Connection) -> bool:
    """Whether the whole file reads well and both copies of each record agree."""
    return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")


def back_up(connection: sqlite3.Connection, path: Path) -> None:
    """Copy a database to a file, 0600, whole or not at all; raises OSError or sqlite3.Error."""
    draft = path.with_name(f"{path.name}.new")
    data_folder.create_private(draft)
    try:
        target = sqlite3.connect(draft, isolation_level=None)
        try:
            connection.backup(target)
        finally:
            target.close()
        data_folder.settle(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
