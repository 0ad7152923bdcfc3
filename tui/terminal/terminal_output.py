"""The way out to the terminal: always UTF-8, never stuck for good, and aware of a lost link."""

import io
import os
import select
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_LOOK_AGAIN = 0.1
"""Seconds between looks at whether a stalled terminal has been given up."""


class TerminalLine(io.RawIOBase):
    """Raw output to the terminal of a descriptor; once it is given up, it takes and drops all.

    The terminal is opened anew where that is allowed, so that writing without waiting is this
    program's choice alone and not the shell's.
    """

    def __init__(self, descriptor: int, hung_up: Callable[[], None]) -> None:
        self.given_up = False
        """Set it to let every writer go on though the terminal takes nothing."""
        self._hung_up = hung_up
        self._descriptor = _open_again(descriptor)

    def fileno(self) -> int:
        """The descriptor that is written to."""
        return self._descriptor

    def isatty(self) -> bool:
        """True: this is only made for terminals."""
        return True

    def writable(self) -> bool:
        """True."""
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write some of the data and return how many bytes; waits while the terminal is full."""
        size = memoryview(data).nbytes
        while not self.given_up:
            try:
                return os.write(self._descriptor, data)
            except BlockingIOError:
                select.select([], [self._descriptor], [], _LOOK_AGAIN)
            except OSError:
                self.given_up = True
                self._hung_up()
        return size

    def close(self) -> None:
        """Close the descriptor; closing again does nothing."""
        if not self.closed:
            os.close(self._descriptor)
        super().close()


def open_text(line: TerminalLine) -> io.TextIOWrapper:
    """A text file over the line that writes UTF-8 whatever the locale says, and `?` for the rest."""
    return io.TextIOWrapper(io.BufferedWriter(line), encoding="utf-8", errors="replace", newline="")


def _open_again(descriptor: int) -> int:
    try:
        flags = os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        return os.open(os.ttyname(descriptor), flags)
    except OSError:
        return os.dup(descriptor)
