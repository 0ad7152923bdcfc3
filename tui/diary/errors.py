"""What can go wrong with the diary, each with a class of its own and one plain line."""
# ruff: noqa: N818 -- each is named for what happened

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path
from typing import ClassVar


class DiaryError(Exception):
    """Any error of the diary; its text is one line for the reader."""


class Trouble(DiaryError):
    """Why the diary's file cannot be used as it should; the text says what, where and what to do."""

    words: ClassVar[str] = "cannot be used"

    def __init__(self, path: Path | str, detail: str = "") -> None:
        """Note the path it is about and, where it helps, a detail."""
        self.path = Path(path)
        self.reason = f"{self.words}{f' ({detail})' if detail else ''}"
        """The line without the path."""
        super().__init__(f"{path}: {self.reason}")


class NoHome(Trouble):
    """There is no home directory to keep the diary in."""

    words = "there is no home directory to keep the diary in; name a directory with --data"


class NotOurs(Trouble):
    """The file, its directory or the home above them belongs to someone else."""

    words = "belongs to another user; name a directory of your own with --data"


class OthersCanWrite(Trouble):
    """Other users may change what is in the data directory, or give it another name."""

    words = "other users can write in it; `chmod go-w` ends that, or name another with --data"


class LinkRefused(Trouble):
    """A symbolic link stands where the diary should be."""

    words = "is a symbolic link, which is not followed here; name the real place with --data"


class NotADirectory(Trouble):
    """Something else stands where the data directory should be."""

    words = "is not a directory; name one with --data"


class NotThere(Trouble):
    """The directory in which a file should be made is not there."""

    words = "there is no such directory; make it first, or name another"


class NotAFile(Trouble):
    """A directory or a device stands where the file should be."""

    words = "is not a file, and the diary needs this name; name another directory with --data"


class NotADiary(Trouble):
    """The file is a sound database of another program."""

    words = "belongs to another program; name another directory with --data"


class ReadOnly(Trouble):
    """The file, its directory or its disk cannot be written."""

    words = "can be read but not changed; make it writable, or name a directory with --data"


class NotWritable(Trouble):
    """A file that is not the diary cannot be written."""

    words = "cannot be written; make it writable, or name another"


class NoAccess(Trouble):
    """The system does not let us open it."""

    words = "permission denied; make it yours to read and write, or use --data"


class DiskFull(Trouble):
    """There is no room left."""

    words = "the disk is full; free some space and try again"


class DiskRefused(Trouble):
    """The disk did not do what it was asked."""

    words = "the disk refused it; it may be full, your quota used up, or the disk failing"


class Locked(Trouble):
    """Another program held the file for longer than we wait."""

    words = "is in use by another program; close that one, or try again in a moment"

    def __init__(self, path: Path | str) -> None:
        """Name the process that holds it, where that is known."""
        super().__init__(path, _holder_of(Path(path)))


class Busy(Trouble):
    """The diary's thread is held up by a slow disk or another program."""

    words = "is held up by a slow disk or another program; try again in a moment"


def _holder_of(path: Path) -> str:
    """The process that has a lock on a file, `held by process 4711, runtall`; nothing where that is not known."""
    try:
        found = path.stat()
        own = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
        locks = (line.split() for line in Path("/proc/locks").read_text().splitlines())
        process = next(int(each[4]) for each in locks if "->" not in each and each[5] == own)
        if process in (os.getpid(), -1):
            return ""
        name = Path(f"/proc/{process}/comm").read_text().strip()
    except (OSError, StopIteration, ValueError, IndexError):
        return ""
    return f"held by process {process}, {name}"


class NoLocking(Trouble):
    """The file system cannot lock files."""

    words = "this file system cannot lock files; name a directory on a local disk with --data"


class Newer(Trouble):
    """A newer version of the program wrote the file."""

    words = "was written by a newer version of runtall, so it can only be read; update runtall"


class UpdateFailed(Trouble):
    """The file could not be brought to this version; it is as it was."""

    words = "could not be updated for this version and is as it was; export it with the old one"


class Damaged(Trouble):
    """The file is damaged and could not be mended."""

    words = (
        "is damaged and cannot be mended where it is; nothing is lost by naming another directory "
        "with --data, and this file is left as it is"
    )


class Interrupted(Trouble):
    """A write is under way, or was interrupted."""

    words = "is being written, or a write was interrupted; the next command sets that right"


class Gone(Trouble):
    """The file was erased or taken away while it was open."""

    words = "was erased or taken away by another program; the next thing you do starts a new diary"


class CannotRead(DiaryError):
    """The diary could not be read; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        """Speak the trouble's own line."""
        super().__init__(str(trouble))
        self.trouble = trouble


class CannotSave(CannotRead):
    """An act was not saved, so it did not happen; `trouble` says why."""


class ChangedElsewhere(DiaryError):
    """Another session has changed the same thing since, and its word stands."""

    def __init__(self) -> None:
        """Say that nothing was done."""
        super().__init__("this was changed in another session since; nothing was done")


class TooLong(DiaryError):
    """A note, an own item or a reason is longer than the diary keeps."""

    def __init__(self, length: int, limit: int) -> None:
        """Say how long it is and how long it may be."""
        super().__init__(f"the text has {length:,} characters; shorten it to {limit:,}")


class NotKept(DiaryError):
    """A value that the diary does not keep, such as a soreness of eleven."""


class NoSuchRun(DiaryError):
    """No filed run has this number or start of an id."""

    def __init__(self, word: str, *, empty: bool = False) -> None:
        """Name what was asked for; `empty` where no run is filed at all."""
        why = "no run is filed yet; `runtall finish` files one"
        super().__init__(why if empty else f"no run is called {word!r}; 1 is the newest")


class AmbiguousRun(DiaryError):
    """Several runs' ids start so; `candidates` are their ids."""

    def __init__(self, word: str, candidates: tuple[str, ...]) -> None:
        """Name what was asked for and the ids that fit."""
        super().__init__(f"several runs start with {word!r}: {', '.join(candidates[:3])}")
        self.candidates = candidates


class NoSuchItem(DiaryError):
    """The own item is no longer there."""

    def __init__(self) -> None:
        super().__init__("this item is no longer there; it was removed in another session")


class BadImport(DiaryError):
    """A file that cannot be imported; nothing was changed."""


_BY_CODE: dict[str, type[Trouble]] = {
    "SQLITE_FULL": DiskFull,
    "SQLITE_READONLY": ReadOnly,
    "SQLITE_CANTOPEN": NoAccess,
    "SQLITE_PERM": NoAccess,
    "SQLITE_AUTH": NoAccess,
    "SQLITE_BUSY": Locked,
    "SQLITE_LOCKED": Locked,
    "SQLITE_PROTOCOL": NoLocking,
    "SQLITE_IOERR_LOCK": NoLocking,
    "SQLITE_IOERR": DiskRefused,
    "SQLITE_NOLFS": DiskRefused,
    "SQLITE_CORRUPT": Damaged,
    "SQLITE_NOTADB": Damaged,
    "SQLITE_ERROR": Damaged,
}
_BY_ERRNO: dict[int, type[Trouble]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EROFS: ReadOnly,
    errno.EACCES: NoAccess,
    errno.EPERM: NoAccess,
    errno.ENOENT: NotThere,
    errno.ENOTDIR: NotADirectory,
    errno.EISDIR: NotAFile,
    errno.ENXIO: NotAFile,
    errno.ELOOP: LinkRefused,
    errno.ENOLCK: NoLocking,
}
"""SQLite's and the system's names for trouble; a longer SQLite code falls back to its beginning.

A plain SQLITE_ERROR means that a table or column is not there, for our statements are sound.
"""


def explain(error: sqlite3.Error | OSError | UnicodeError, path: Path) -> Trouble:
    """The named trouble behind an error of SQLite or the system."""
    if isinstance(error, OSError):
        kind = _BY_ERRNO.get(error.errno or 0, DiskRefused)
        return kind(path, error.strerror or "" if kind is DiskRefused else "")
    code = getattr(error, "sqlite_errorname", "")
    while code and code not in _BY_CODE:
        code = code.rpartition("_")[0]
    if code:
        return _BY_CODE[code](path)
    return DiskRefused(path, str(error)) if _is_misuse(error) else Damaged(path)


def _is_misuse(error: sqlite3.Error | UnicodeError) -> bool:
    """Whether an error is none of the file's; text that cannot be decoded comes without a code."""
    coded = hasattr(error, "sqlite_errorname")
    return coded or isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError)


def is_damage(error: sqlite3.Error | UnicodeError) -> bool:
    """Whether an error means that the file's content is broken, rather than out of reach."""
    return isinstance(error, UnicodeError) or type(explain(error, Path())) is Damaged


class RoutineTaken(DiaryError):
    """Another session goes on with the routine."""

    def __init__(self) -> None:
        super().__init__("another session goes on with this routine")
