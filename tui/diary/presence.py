"""Whether a session of this machine is there: it locks a byte of one file for as long as it lives.

The system lets go of the lock however a session ends, so no other is ever taken for it, as by the
number of a process.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path

_OPEN = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_DIGITS = 8


def new_name() -> str:
    """A name for a session, which is also the number of its byte."""
    return os.urandom(_DIGITS // 2).hex()


class Presence:
    """A session that is there until it ends this; where nothing can be locked, nobody sees it."""

    def __init__(self, name: str, file: Path) -> None:
        """Be there under a name; `file` is made where it lacks."""
        self._descriptor: int | None = None
        with suppress(OSError):
            self._descriptor = os.open(file, _OPEN | os.O_CREAT, 0o600)
            _lock(self._descriptor, name)

    def end(self) -> None:
        """Be there no longer."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def is_present(name: str, file: Path) -> bool:
    """Whether another process is there under a name.

    Not to be asked while this process is there itself: to close the file lets go of its own lock.
    """
    try:
        descriptor = os.open(file, _OPEN)
    except OSError:
        return False
    try:
        _lock(descriptor, name)
    except (BlockingIOError, PermissionError):
        return True
    except OSError:
        return False
    else:
        return False
    finally:
        os.close(descriptor)


def _lock(descriptor: int, name: str) -> None:
    """Lock the byte of a name; those of older versions all have the first one, which nobody locks."""
    known = len(name) == _DIGITS and set(name) <= set("0123456789abcdef")
    fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 1 + int(name, 16) if known else 0)
