"""The store: one file behind every act, through locks, damage and other sessions."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar

from . import data_folder, database, records
from .clock import moment_of, written
from .database import Mode, Opened, Opener, in_memory, is_intact
from .errors import (
    CannotRead,
    CannotSave,
    ChangedElsewhere,
    Damaged,
    DiaryError,
    Gone,
    Locked,
    Newer,
    Trouble,
    explain,
    is_damage,
)
from .events import DiaryEvent, Events
from .model import KINDS_OF_RUNS
from .records import Act, Change, Record, RecordReader, RecordWriter
from .removals import list_removals
from .salvage import records_in

R = TypeVar("R")

COPY_EVERY = timedelta(days=1)
"""The second copy is not made more often."""
_FAR_AHEAD = timedelta(days=1)

_LEFT_COPY = (
    "the diary is no longer where it was, but its second copy is; `runtall restore` brings back "
    "what it holds"
)
_BEHIND_COPY = (
    "the second copy of the diary holds records that the diary has lost, and is kept as it is; "
    "`runtall restore` brings them back"
)


class Source(NamedTuple):
    """A file beside the diary from which records can be brought back."""

    path: Path
    made: datetime
    records: tuple[Record, ...]


class Store:
    """One diary, open; what it can do is its `mode`, and why it cannot do more its `trouble`.

    Any thread may ask; one is served at a time.
    """

    def __init__(self, opener: Opener, *, private: bool = False, at_once: bool = True) -> None:
        """Open the diary; a private one touches no file and is gone with the program.

        Args:
            opener: How its file is opened.
            private: Whether it is private.
            at_once: Whether to open it now; else nothing may be asked of it before `open`.
        """
        self._opener = opener
        self._turn = threading.RLock()
        self._happened: DiaryEvent | None = None
        self._gone = False
        """Whether a diary that was open here is there no longer, be there another one since."""
        self._replaced = False
        """Whether an act found another file than the one that was read."""
        self.edition = 0
        """Grows with each change of past runs, and with each that another session made."""
        self.private = private
        self.events = Events(self.path.with_name(data_folder.EVENTS))
        self._opened = opener.open() if at_once and not private else in_memory()
        self._adopt(self._opened)

    def open(self) -> None:
        """Open the file, where that was not done at once."""
        if not self.private:
            with self._turn:
                self._adopt(self._opener.open())

    def _adopt(self, opened: Opened) -> None:
        if opened.connection is not self._opened.connection:
            self._opened.connection.close()
        self._opened = opened
        self.edition += 1
        if opened.damage is not None:
            self._note(str(opened.damage))
        self._seen = self._data_version()

    def _note(self, text: str) -> None:
        """Keep an event until it is dismissed, and for this session to say."""
        self._happened = self.events.add(text, self.now())

    @property
    def opener(self) -> Opener:
        """How its file is opened."""
        return self._opener

    @property
    def path(self) -> Path:
        """Where the file is, or would be."""
        return self._opener.path

    @property
    def mode(self) -> Mode:
        """Whether acts are saved, only the past can be read, or neither."""
        return "memory" if self.private else self._opened.mode

    @property
    def trouble(self) -> Trouble | None:
        """Why it is not writable; None where it is, or is private."""
        return self._opened.trouble

    @property
    def exists(self) -> bool:
        """Whether there is a file; a diary without one is empty until the first act."""
        return self._opened.identity is not None or os.path.lexists(self.path)

    def now(self) -> datetime:
        """The present, by the clock this diary goes by."""
        return self._opener.clock()

    def take_event(self) -> DiaryEvent | None:
        """What happened to the data since this was last asked, so that a session says it once."""
        event, self._happened = self._happened, None
        return event

    def notices(self) -> tuple[str, ...]:
        """What is to be said until it is dismissed."""
        if self.private:
            return ()
        lines = [str(event) for event in self.events.unseen()]
        if self.trouble is None and not self.exists and self.second_copy.is_file():
            lines.append(_LEFT_COPY)
        return tuple(dict.fromkeys(lines))

    def dismiss(self) -> None:
        """Do not say again what happened; raises CannotSave."""
        self.events.dismiss()

    def read(self, look: Callable[[RecordReader], R]) -> R:
        """What a look at the records gives; a damaged file is mended on the way.

        Raises CannotRead.
        """
        with self._turn:
            if type(self.trouble) is Locked and not self._reopen_at_once():
                raise CannotRead(self.trouble)
            try:
                return look(RecordReader(self._opened.connection))
            except (sqlite3.Error, UnicodeError) as error:
                if not is_damage(error):
                    raise CannotRead(explain(error, self.path)) from error
            self._reopen(thorough=True)
            try:
                return look(RecordReader(self._opened.connection))
            except (sqlite3.Error, UnicodeError) as error:
                raise CannotRead(explain(error, self.path)) from error

    def change(
        self,
        name: str,
        subject: str,
        make: Callable[[RecordWriter], object],
        *,
        deliberate: bool = True,
        patience: float | None = None,
    ) -> Act:
        """Do an act; when this returns it is on the disk.

        `make` may be called more than once; all that it does is saved, or nothing. An act that is
        not deliberate, such as keeping the place, does not bring back a diary that was erased.
        Raises CannotSave, and whatever `make` raises; where another program has the file locked, after
        `patience` seconds, or the usual ones.
        """
        with self._turn, nullcontext() if patience is None else self.waiting(patience):
            for _ in range(4):
                changes = self._attempt(make, deliberate=deliberate)
                if changes is not None:
                    return Act(name, subject, changes)
            raise CannotSave(Damaged(self.path))

    def _attempt(
        self, make: Callable[[RecordWriter], object], *, deliberate: bool
    ) -> tuple[Change, ...] | None:
        """Try an act once; None where the file turned out to be another one, or damaged."""
        if self.private:
            return self._commit(make)
        try:
            self._be_writable(deliberate=deliberate)
            with data_folder.hold(self.path.parent, self._opener.patience):
                if self._opened.identity == data_folder.identity(self.path):
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

    def _be_writable(self, *, deliberate: bool) -> None:
        """Open the file anew where that may help: after trouble, or where another took its name.

        Makes the file where there is none.
        """
        present = data_folder.identity(self.path)
        if self._opened.identity != present:
            self._replaced = True
        if present is None and self._opened.identity is not None:
            self._lose()
        if self.mode != "writable" or self._opened.identity != present:
            self._reopen()
        if self.mode != "writable":
            raise CannotSave(self.trouble or Damaged(self.path))
        if self._opened.identity is None:
            self._create(deliberate=deliberate)

    def _create(self, *, deliberate: bool) -> None:
        if self._gone and not deliberate:
            raise CannotSave(Gone(self.path))
        left = self.second_copy.is_file()
        self._opener.create()
        if left:
            self._note(_LEFT_COPY)
        self._reopen()

    def _lose(self) -> None:
        """Take note that the file is no longer there."""
        self._adopt(in_memory())
        self._gone = True
        self._happened = DiaryEvent(written(self.now()), str(Gone(self.path)))

    def _commit(self, make: Callable[[RecordWriter], object]) -> tuple[Change, ...]:
        connection = self._opened.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            if records.is_newer(connection):
                raise Newer(self.path)
            writer = RecordWriter(connection, self.now())
            make(writer)
            outdated = self._forget_elsewhere(writer.removed)
            connection.execute("COMMIT")
        finally:
            with suppress(sqlite3.Error):  # there is nothing to take back once it is saved
                connection.execute("ROLLBACK")
        if outdated:
            self._back_up()
        self.edition += any(each.after.kind in KINDS_OF_RUNS for each in writer.changes)
        self._note_clock(writer.changes)
        return tuple(writer.changes)

    def note_ahead(self, count: int) -> None:
        """Keep that so many imported records are dated ahead of this device's clock."""
        self._note(
            f"records dated ahead of this device's clock were imported: {count:,}; check both clocks"
        )

    def _note_clock(self, changes: Iterable[Change]) -> None:
        latest = max((change.after.changed for change in changes), default="")
        if not self.private and latest > written(self.now() + _FAR_AHEAD):
            self._note(
                f"a record was dated {moment_of(latest):%b %d, %Y} by a clock that was ahead; "
                "changes to it here are dated after that"
            )

    def reverse(self, act: Act) -> Act:
        """Undo an act, as an act that can be undone in turn.

        Raises ChangedElsewhere where another session changed the same things since, and CannotSave.
        """

        def put_back(writer: RecordWriter) -> None:
            """Give each record the body it had."""
            for change in reversed(act.changes):
                after = change.after
                present = writer.record(after.kind, after.id)
                if (present.body if present else "") != after.body:
                    raise ChangedElsewhere
                before = change.before or Record(after.kind, after.id, "", "", "")
                writer.put_body(before)

        return self.change(act.name, act.subject, put_back)

    def changed_by_others(self) -> bool:
        """Whether another session saved something since this was last asked; never waits."""
        if self.private or not self._turn.acquire(blocking=False):
            return False
        try:
            replaced, self._replaced = self._replaced, False
            return self._look_for_changes() or replaced
        finally:
            self._turn.release()

    def _look_for_changes(self) -> bool:
        present = data_folder.identity(self.path)
        if present != self._opened.identity:
            if present is None:
                self._lose()
                return True
            return type(self.trouble) in (type(None), Locked) and self._reopen_at_once()
        with self.waiting(0):
            version = self._data_version()
            if version is None or version == self._seen:
                return False
            self._seen = version
            self.edition += 1
            newer = self._is_newer()
        if newer:
            self._reopen_at_once()
        return True

    @contextmanager
    def waiting(self, patience: float) -> Iterator[None]:
        """Wait meanwhile for other programs no longer than so many seconds."""
        usual = self._opener
        self._opener = usual._replace(patience=patience)
        self._be_patient()
        try:
            yield
        finally:
            self._opener = usual
            self._be_patient()

    def _be_patient(self) -> None:
        patience = int(self._opener.patience * 1000)
        self._opened.connection.execute(f"PRAGMA busy_timeout={patience}")

    def _is_newer(self) -> bool:
        with suppress(sqlite3.Error):
            return records.is_newer(self._opened.connection)
        return False

    def _reopen_at_once(self) -> bool:
        """Open the file that now has the name, unless another program has it locked."""
        opened = self._opener._replace(patience=0).open()
        if type(opened.trouble) is Locked:
            opened.connection.close()
            return False
        self._adopt(opened)
        self._be_patient()
        return True

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

    @property
    def second_copy(self) -> Path:
        """Where the second copy is, or would be."""
        return self.path.with_name(data_folder.SECOND_COPY)

    def back_up(self) -> None:
        """Make the second copy, at most once a day, of a file that was checked; keeps quiet where it cannot."""
        with self._turn, suppress(OSError, sqlite3.Error, DiaryError):
            if self.private or self._opened.identity is None or self.mode != "writable":
                return
            if self.second_copy.is_file():
                age = self.now().timestamp() - self.second_copy.stat().st_mtime
                if 0 <= age < COPY_EVERY.total_seconds():
                    return
            self.check()
            known = {(each.kind, each.id) for each in self.read(RecordReader.records)}
            if {(each.kind, each.id) for each in records_in(self.second_copy)} - known:
                self._note(_BEHIND_COPY)
                return
            self._back_up()

    def _back_up(self) -> None:
        with suppress(OSError, sqlite3.Error):
            database.back_up(self._opened.connection, self.second_copy)
            now = self.now().timestamp()
            os.utime(self.second_copy, (now, now))

    def _forget_elsewhere(self, removed: Iterable[Record]) -> bool:
        """Take away a second copy that holds what is being removed; whether a new one is to be made.

        That, and a note for files that were put aside, come before the removal is saved, so that
        nothing can bring back what was removed.
        """
        gone = {(record.kind, record.id) for record in removed}
        if self.private or not gone:
            return False
        list_removals(self.path.parent, removed)
        held = {(each.kind, each.id) for each in records_in(self.second_copy) if not each.removed}
        if not held & gone:
            return False
        if not is_intact(self._opened.connection):
            raise sqlite3.DatabaseError("damaged")
        self.second_copy.unlink()
        return True

    def sources(self) -> tuple[Source, ...]:
        """The second copy and every file that was put aside, with what can be read of them."""
        paths = (self.second_copy, *sorted(self.path.parent.glob(data_folder.PUT_ASIDE)))
        return tuple(
            Source(
                path,
                datetime.fromtimestamp(path.stat().st_mtime).astimezone(),
                (*records_in(path),),
            )
            for path in paths
            if path.is_file()
        )

    def erase(self) -> None:
        """Remove the diary and every file that was made beside it; raises CannotSave."""
        with self._turn:
            self._adopt(in_memory())
            if self.private:
                return
            self._gone = True
            try:
                data_folder.remove_diary(self.path.parent, self._opener.patience)
            except (Trouble, OSError) as error:
                self._reopen()
                trouble = explain(error, self.path) if isinstance(error, OSError) else error
                raise CannotSave(trouble) from error

    def close(self) -> None:
        """Close the file; nothing waits to be saved."""
        with self._turn:
            self._opened.connection.close()
