"""The directory and its files as the system sees them: private, ours, and really there."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs

from .errors import (
    CannotSave,
    LinkRefused,
    Locked,
    NoHome,
    NoLocking,
    NotADirectory,
    NotAFile,
    NotOurs,
    NotWritable,
    OthersCanWrite,
    ReadOnly,
    Trouble,
    explain,
)

FILE_NAME = "diary.db"
SECOND_COPY = "diary.copy.db"
EVENTS = "diary.events"
ACTS = "diary.undo"
SYNC = "diary.sync"
DRAFTS = "diary.drafts"
SEARCHES = "diary.searches"
BOOKS = "diary.books"
BRIEF = "brief.txt"
PLAYING = "diary.playing"
REMOVED = "diary.removed"
PUT_ASIDE = "diary.damaged-*.db"
_LARGEST = 2**20
"""Bytes; a larger file beside the diary is not ours."""
_LONGEST_BEGINNING = 40
"""Characters of a name that its draft's begins with: a name has 255 bytes at most."""
_OURS = (
    "diary.db*",
    "diary.new*",
    "diary.copy.*",
    "diary.events",
    "diary.undo*",
    "diary.drafts*",
    "diary.searches*",
    "diary.books*",
    "diary.glance*",
    "brief.txt*",
    "diary.sync",
    "diary.playing",
    "diary.removed*",
    ".diary.sync.*.new",
    "diary.damaged-*",
    "diary.before-*",
)
"""The names of all files that the program makes in its data directory."""

_OPEN = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


def default_directory() -> Path:
    """Where this system keeps a user's data; raises NoHome where there is no such place."""
    directory = platformdirs.user_data_path("runtall", appauthor=False)
    if os.environ.get("XDG_DATA_HOME", "").startswith("/"):
        return directory
    home = Path(os.environ.get("HOME", "~")).expanduser() if _has_home() else Path()
    if not directory.is_absolute() or not home.is_absolute() or not home.is_dir():
        raise NoHome(directory)
    return directory


def _has_home() -> bool:
    """Whether a home is named at all: `HOME` may be empty, and a user without an entry has none."""
    try:
        return os.environ.get("HOME") != "" and bool(Path.home())
    except RuntimeError:
        return False


def prepare(directory: Path) -> None:
    """Make the directory, 0700, and check that it is ours alone, as `examine` does."""
    missing = examine(directory)
    for path in missing:
        path.mkdir(mode=0o700, exist_ok=True)
        path.chmod(0o700)
    if not missing:
        _be_alone(directory)


def examine(directory: Path) -> tuple[Path, ...]:
    """Check that a directory is ours, or could be made; the ones to be made, the outermost first.

    Changes nothing. Raises NotOurs, OthersCanWrite, LinkRefused, NotADirectory or ReadOnly, and
    OSError where the system refuses.
    """
    missing: list[Path] = []
    nearest = directory
    while not os.path.lexists(nearest):
        missing.append(nearest)
        nearest = nearest.parent
    _check_directory(nearest, root_will_do=bool(missing))
    above = nearest.resolve()
    for path in (*([above] if missing else []), *above.parents):
        mode = path.stat().st_mode
        if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
            raise OthersCanWrite(path)
    if not missing and not is_private(directory) and not _holds_only_ours(directory):
        raise OthersCanWrite(directory)
    return tuple(reversed(missing))


def is_private(directory: Path) -> bool:
    """Whether nobody but its owner can write in a directory."""
    return not directory.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _be_alone(directory: Path) -> None:
    """Take from others what they may do in a directory that we made."""
    if not is_private(directory):
        directory.chmod(0o700)


def _holds_only_ours(directory: Path) -> bool:
    """Whether a directory holds our files and nothing else, so that we must have made it."""
    names = {path.name for path in directory.iterdir()}
    return FILE_NAME in names and names == {path.name for path in our_files(directory)}


def our_files(directory: Path) -> list[Path]:
    """Every file that the program made in a data directory."""
    return sorted({path for pattern in _OURS for path in directory.glob(pattern)})


def _check_directory(path: Path, *, root_will_do: bool) -> None:
    owners = {os.geteuid(), 0} if root_will_do else {os.geteuid()}
    if path.is_symlink() and path.lstat().st_uid not in {os.geteuid(), 0}:
        raise NotOurs(path)
    try:
        found = path.stat()
    except FileNotFoundError:
        raise LinkRefused(path) from None
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectory(path)
    if found.st_uid not in owners:
        raise NotOurs(path)
    if not _may_write(path, found):
        raise ReadOnly(path)


def _may_write(path: Path, found: os.stat_result) -> bool:
    """Whether we may write; the owner's wish for a read-only file holds for root as well."""
    mine = found.st_uid == os.geteuid()
    return os.access(path, os.W_OK) and (not mine or bool(found.st_mode & stat.S_IWUSR))


class FileState(NamedTuple):
    """What a look at the file showed."""

    identity: tuple[int, int]
    """Device and number: another file under the same name has another."""
    beginning: bytes
    """Its first 100 bytes, which are SQLite's header."""
    size: int
    writable: bool


def look(path: Path, *, tighten: bool = True) -> FileState | None:
    """Look at the file, and make it 0600; None where there is none.

    Raises LinkRefused, NotAFile, NotOurs or NoLocking, and OSError where the system refuses.
    """
    journal = path.with_name(f"{path.name}-journal")
    if os.path.lexists(journal) and not stat.S_ISREG(journal.lstat().st_mode):
        raise NotAFile(journal)
    try:
        descriptor = os.open(path, os.O_RDONLY | _OPEN)
    except FileNotFoundError:
        return None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise NotAFile(path)
        if found.st_uid != os.geteuid():
            raise NotOurs(path)
        writable = _may_write(path, found)
        if tighten and writable and stat.S_IMODE(found.st_mode) != 0o600:
            os.fchmod(descriptor, 0o600)
        _try_locking(descriptor, path)
        beginning = os.read(descriptor, 100)
        return FileState((found.st_dev, found.st_ino), beginning, found.st_size, writable)
    finally:
        os.close(descriptor)


_BEYOND = 2**31
"""A byte that no lock of SQLite's covers, nor has a diary as many."""


def _try_locking(descriptor: int, path: Path) -> None:
    """Lock one byte: SQLite takes a missing lock service for another program, and would wait for it."""
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB, 1, _BEYOND)
    except OSError as error:
        if error.errno == errno.ENOLCK:
            raise NoLocking(path) from None


def is_being_written(path: Path) -> bool:
    """Whether a write is under way, or was interrupted: its journal is there."""
    journal = path.with_name(f"{path.name}-journal")
    return journal.is_file() and journal.stat().st_size > 0


def identity(path: Path) -> tuple[int, int] | None:
    """Device and number of the file that now has this name; None where there is none."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino)


def create_private(path: Path) -> None:
    """Make an empty file, 0600 whatever the umask, in place of any that was left there."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPEN, 0o600)
    try:
        os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


def remove_diary(directory: Path, patience: float) -> None:
    """Remove every file that the program made; raises Trouble or OSError."""
    if not directory.exists():
        return
    prepare(directory)
    with hold(directory, patience):
        for path in our_files(directory):
            path.unlink(missing_ok=True)
        settle(directory)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file anywhere, 0600, whole or not at all, and on the disk; raises CannotSave."""
    draft = path.with_name(f".{path.name[:_LONGEST_BEGINNING]}.{os.getpid()}.new")
    try:
        create_private(draft)
        draft.write_bytes(data)
        settle(draft)
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise CannotSave(explain_elsewhere(error, path)) from error


def explain_elsewhere(error: OSError, path: Path) -> Trouble:
    """The trouble with a file that is not the diary."""
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return NotWritable(path, (error.strerror or "").lower())
    return explain(error, path)


def settle(path: Path) -> None:
    """Wait until a file, or the names in a directory, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def hold(directory: Path, patience: float) -> Iterator[None]:
    """Hold the directory alone among our sessions, to write or to give files other names.

    Raises Locked after `patience` seconds. Where the system cannot lock directories, goes on
    without: SQLite still keeps writers apart, though each waits longer for its turn.
    """
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _lock(descriptor, directory, patience)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, directory: Path, patience: float) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise Locked(directory) from None
            time.sleep(0.001)
        except OSError:
            return
        else:
            return


def read_side_file(path: Path) -> Any:
    """What a small file beside the diary holds; None where it is not there, is not ours, or is no JSON."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            return json.loads(file.read(_LARGEST + 1))
    except (OSError, ValueError, RecursionError):
        return None


def write_side_file(path: Path, content: object, now: datetime) -> None:
    """Write what JSON can hold, as `write_beside` does."""
    write_beside(path, json.dumps(content), now)


def write_beside(path: Path, text: str, now: datetime | None = None) -> None:
    """Write a file, 0600, whole or not at all; where that is refused, nothing is kept.

    Args:
        path: In the data folder.
        text: All of it.
        now: Its time of change, by the clock that it is judged by later.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    with suppress(OSError):
        create_private(draft)
        draft.write_text(text)
        if now is not None:
            os.utime(draft, (now.timestamp(),) * 2)
        draft.replace(path)
