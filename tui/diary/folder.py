"""The directory and the file as the system sees them: private, ours, and really there."""

from __future__ import annotations

import fcntl
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import platformdirs

from .trouble import (
    LinkRefused,
    Locked,
    NoHome,
    NotADirectory,
    NotAFile,
    NotOurs,
    ReadOnly,
)

FILE_NAME = "diary.db"

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
    """Make the directory, 0700, and check that it is ours.

    Raises NotOurs, LinkRefused, NotADirectory or ReadOnly, and OSError where the system refuses.
    """
    missing: list[Path] = []
    nearest = directory
    while not os.path.lexists(nearest):
        missing.append(nearest)
        nearest = nearest.parent
    _check_directory(nearest, root_will_do=bool(missing))
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)
        path.chmod(0o700)


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


class Found(NamedTuple):
    """What a look at the file showed."""

    identity: tuple[int, int]
    """Device and number: another file under the same name has another."""
    beginning: bytes
    """Its first 32 bytes."""
    size: int
    writable: bool


def look(path: Path) -> Found | None:
    """Look at the file and make it 0600; None where there is none.

    Raises LinkRefused, NotAFile or NotOurs, and OSError where the system refuses.
    """
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
        if writable and stat.S_IMODE(found.st_mode) != 0o600:
            os.fchmod(descriptor, 0o600)
        beginning = os.read(descriptor, 32)
        return Found((found.st_dev, found.st_ino), beginning, found.st_size, writable)
    finally:
        os.close(descriptor)


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


def remove_diary(path: Path, patience: float) -> None:
    """Remove the file and whatever was put aside from it; raises Trouble or OSError."""
    if not path.parent.exists():
        return
    prepare(path.parent)
    with hold(path.parent, patience):
        for one in (path, *path.parent.glob(f"{path.stem}.damaged-*")):
            one.unlink(missing_ok=True)
            one.with_name(f"{one.name}-journal").unlink(missing_ok=True)
        path.with_name("diary.new").unlink(missing_ok=True)
        settle(path.parent)


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
