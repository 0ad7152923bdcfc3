"""Opening `diary.db`: never raises for a bad environment, but says what came of it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import quote_from_bytes

from . import folder, schema
from .damage import Damage, build, mend
from .records import SELECT
from .trouble import (
    Damaged,
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

Mode = Literal["writable", "read_only", "memory"]
"""Whether acts are saved, only the past can be read, or neither."""

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
        """Open the file, making or mending it where needed; `thorough` reads all of it first."""
        if self.refused is not None:
            return in_memory(self.refused)
        try:
            return self._open_safely(thorough=thorough)
        except Trouble as trouble:
            return in_memory(trouble)
        except (OSError, sqlite3.Error, UnicodeError) as error:
            return in_memory(explain(error, self.path))

    def _open_safely(self, *, thorough: bool) -> Opened:
        try:
            folder.prepare(self.path.parent)
        except ReadOnly as trouble:
            return self._open_to_read(trouble)
        found = folder.look(self.path)
        if found is None:
            self._create()
        elif not found.writable:
            return self._open_to_read(ReadOnly(self.path))
        damage = None
        if not self._is_sound(thorough=thorough):
            damage = self._mend(thorough=thorough)
        return self._open_to_write(damage)

    def _create(self) -> None:
        """Make a new diary under a name of its own first, so that no one ever sees half of one."""
        with folder.hold(self.path.parent, self.patience):
            if not self.path.exists():
                build(self.path.with_name("diary.new"), []).replace(self.path)
                folder.settle(self.path.parent)

    def _is_sound(self, *, thorough: bool) -> bool:
        """Whether the file can be used; looks twice, for a failing disk also reads as damage."""
        if self._seems_sound(thorough=thorough):
            return True
        time.sleep(0.1)
        return self._seems_sound(thorough=thorough)

    def _seems_sound(self, *, thorough: bool) -> bool:
        found = folder.look(self.path)
        if found is None or not found.beginning.startswith(_BEGINNINGS):
            return False
        connection = connect(self.path, "rw", self.patience)
        try:
            if schema.is_newer(connection):
                return True
            if not schema.is_marked(connection) and not schema.holds_records(connection):
                raise NotADiary(self.path)
            return schema.is_usable(connection) and (not thorough or is_intact(connection))
        except (sqlite3.DatabaseError, UnicodeError) as error:
            if is_damage(error):
                return False
            raise
        finally:
            connection.close()

    def _mend(self, *, thorough: bool) -> Damage | None:
        """Mend the file, unless another session just did."""
        with folder.hold(self.path.parent, self.patience):
            if self._seems_sound(thorough=thorough):
                return None
            return mend(self.path, self.clock())

    def _open_to_write(self, damage: Damage | None) -> Opened:
        connection = connect(self.path, "rw", self.patience)
        try:
            self._make_safe(connection)
        except Newer as trouble:
            connection.close()
            return self._open_to_read(trouble)
        except (Trouble, sqlite3.Error):
            connection.close()
            raise
        return Opened(connection, "writable", None, folder.identity(self.path), damage)

    def _make_safe(self, connection: sqlite3.Connection) -> None:
        """Make writing survive a power cut, and bring the file up to date."""
        if schema.is_newer(connection):
            raise Newer(self.path)
        if connection.execute("PRAGMA journal_mode=TRUNCATE").fetchone()[0] != "truncate":
            raise Locked(self.path)
        connection.execute("PRAGMA synchronous=FULL")
        if schema.version_of(connection) < len(schema.MIGRATIONS):
            self._update(connection)

    def _update(self, connection: sqlite3.Connection) -> None:
        try:
            schema.migrate(connection)
        except sqlite3.Error as error:
            trouble = explain(error, self.path)
            if isinstance(error, sqlite3.OperationalError) and type(trouble) is not Damaged:
                raise trouble from error
            raise UpdateFailed(self.path, str(error)) from error

    def _open_to_read(self, trouble: Trouble) -> Opened:
        """Open only to read; a half-finished write that cannot be undone here is read past."""
        if folder.look(self.path) is None:
            raise trouble
        for how in ("ro", "ro&immutable=1"):
            connection = connect(self.path, how, self.patience)
            try:
                connection.execute(f"{SELECT} LIMIT 1")
            except sqlite3.DatabaseError as error:
                connection.close()
                if type(explain(error, self.path)) not in (NoAccess, ReadOnly):
                    raise Damaged(self.path) if is_damage(error) else trouble from error
            else:
                return Opened(connection, "read_only", trouble, folder.identity(self.path))
        raise trouble


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
    """An empty diary that is gone with the program, because of the trouble or by wish."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    schema.migrate(connection)
    return Opened(connection, "memory", trouble)


def is_intact(connection: sqlite3.Connection) -> bool:
    """Whether the whole file reads well and both copies of each record agree."""
    return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
