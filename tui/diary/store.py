"""The store: one file behind every act, through locks, damage and other sessions."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from . import folder, schema
from .acts import Act, Change, Reading, Writing
from .damage import Damage
from .opening import Mode, Opened, Opener, in_memory, is_intact
from .records import Record
from .trouble import (
    CannotRead,
    CannotSave,
    ChangedElsewhere,
    Damaged,
    Newer,
    Trouble,
    explain,
    is_damage,
)

R = TypeVar("R")


class Store:
    """One diary, open; what it can do is its `mode`, and why it cannot do more its `trouble`."""

    def __init__(self, opener: Opener, *, private: bool = False) -> None:
        """Open the diary; a private one touches no file and is gone with the program."""
        self._opener = opener
        self._turn = threading.RLock()
        self._damage: Damage | None = None
        self.private = private
        self._opened = in_memory() if private else opener.open()
        self._adopt(self._opened)

    def _adopt(self, opened: Opened) -> None:
        if opened.connection is not self._opened.connection:
            self._opened.connection.close()
        self._opened = opened
        self._damage = opened.damage or self._damage
        self._seen = self._data_version()

    @property
    def path(self) -> Path:
        """Where the file is, or would be."""
        return self._opener.path

    @property
    def mode(self) -> Mode:
        """Whether acts are saved, only the past can be read, or neither."""
        return self._opened.mode

    @property
    def trouble(self) -> Trouble | None:
        """Why it is not writable; None where it is, or is private."""
        return self._opened.trouble

    def now(self) -> datetime:
        """The present, by the clock this diary goes by."""
        return self._opener.clock()

    def take_damage(self) -> Damage | None:
        """The damage that was mended since this was last asked, so that it is said once."""
        damage, self._damage = self._damage, None
        return damage

    def read(self, look: Callable[[Reading], R]) -> R:
        """What a look at the records gives; a damaged file is mended on the way.

        Raises CannotRead.
        """
        with self._turn:
            try:
                return look(Reading(self._opened.connection))
            except (sqlite3.Error, UnicodeError) as error:
                if not is_damage(error):
                    raise CannotRead(explain(error, self.path)) from error
            self._reopen(thorough=True)
            try:
                return look(Reading(self._opened.connection))
            except (sqlite3.Error, UnicodeError) as error:
                raise CannotRead(explain(error, self.path)) from error

    def change(self, name: str, subject: str, make: Callable[[Writing], object]) -> Act:
        """Do an act; when this returns it is on the disk.

        `make` may be called more than once; all that it does is saved, or nothing. Raises
        CannotSave, and whatever `make` raises.
        """
        with self._turn:
            for _ in range(3):
                changes = self._attempt(make)
                if changes is not None:
                    return Act(name, subject, changes)
            raise CannotSave(Damaged(self.path))

    def _attempt(self, make: Callable[[Writing], object]) -> tuple[Change, ...] | None:
        """Try an act once; None where the file turned out to be another one, or damaged."""
        if self.private:
            return self._commit(make)
        self._be_writable()
        try:
            with folder.hold(self.path.parent, self._opener.patience):
                if self._opened.identity == folder.identity(self.path):
                    return self._commit(make)
        except Newer:
            self._reopen()
        except Trouble as trouble:
            raise CannotSave(trouble) from trouble
        except OSError as error:
            raise CannotSave(explain(error, self.path)) from error
        except (sqlite3.Error, UnicodeError) as error:
            if not is_damage(error):
                raise CannotSave(explain(error, self.path)) from error
            self._reopen(thorough=True)
        return None

    def _be_writable(self) -> None:
        """Open the file anew where that may help: after trouble, or where another took its name."""
        moved = self._opened.identity != folder.identity(self.path)
        if self.mode != "writable" or moved:
            self._reopen()
        if self.mode != "writable":
            raise CannotSave(self.trouble or Damaged(self.path))

    def _commit(self, make: Callable[[Writing], object]) -> tuple[Change, ...]:
        connection = self._opened.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            if schema.is_newer(connection):
                raise Newer(self.path)
            writing = Writing(connection, self.now())
            make(writing)
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
        return tuple(writing.changes)

    def reverse(self, act: Act) -> Act:
        """Undo an act, as an act that can be undone in turn.

        Raises ChangedElsewhere where another session changed the same things since, and CannotSave.
        """

        def put_back(writing: Writing) -> None:
            """Give each record the body it had."""
            for change in reversed(act.changes):
                after = change.after
                present = writing.record(after.kind, after.id)
                if (present.body if present else "") != after.body:
                    raise ChangedElsewhere
                before = change.before or Record(after.kind, after.id, "", "", "")
                writing.put_body(before)

        return self.change(act.name, act.subject, put_back)

    def changed_by_others(self) -> bool:
        """Whether another session saved something since this was last asked; never waits long."""
        with self._turn:
            if self._opened.identity is None:
                return False
            present = folder.identity(self.path)
            if present != self._opened.identity:
                self._adopt(in_memory()) if present is None else self._reopen()
                return True
            version = self._data_version()
            if version is None or version == self._seen:
                return False
            self._seen = version
            self._notice_newer()
            return True

    def _notice_newer(self) -> None:
        """Stop writing where a newer version has taken the file over."""
        with suppress(sqlite3.Error):
            if self.mode == "writable" and schema.is_newer(self._opened.connection):
                self._reopen()

    def _data_version(self) -> int | None:
        """SQLite's count of changes by other connections; None while one of them has it locked."""
        try:
            return int(self._opened.connection.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:
            return None

    def check(self) -> None:
        """Read the whole file and mend it if it is damaged; raises CannotRead where it cannot be read."""
        with self._turn:
            try:
                intact = is_intact(self._opened.connection)
            except (sqlite3.Error, UnicodeError) as error:
                if not is_damage(error):
                    raise CannotRead(explain(error, self.path)) from error
                intact = False
            if not intact:
                self._reopen(thorough=True)

    def _reopen(self, *, thorough: bool = False) -> None:
        self._opened.connection.close()
        self._adopt(self._opener.open(thorough=thorough))

    def erase(self) -> None:
        """Remove the diary and all that was put aside from it; raises CannotSave."""
        with self._turn:
            self._opened.connection.close()
            self._adopt(in_memory())
            if self.private:
                return
            try:
                folder.remove_diary(self.path, self._opener.patience)
            except (Trouble, OSError) as error:
                self._reopen()
                trouble = explain(error, self.path) if isinstance(error, OSError) else error
                raise CannotSave(trouble) from error

    def close(self) -> None:
        """Close the file; nothing waits to be saved."""
        with self._turn:
            self._opened.connection.close()
