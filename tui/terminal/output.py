"""The way out to the terminal: UTF-8, in a thread, never stuck for good, aware of a lost link."""

import os
import select
from collections.abc import Callable
from queue import Queue
from threading import Lock, Thread

from .modes import KEPT

_LOOK_AGAIN = 0.1
"""Seconds between looks at whether a stalled terminal has been given up."""
_WAITING_MAX = 30
"""Texts that wait to be sent; then whoever writes more has to wait, too."""


class TerminalOutput:
    """Sends text to the terminal of a descriptor; once it is given up, it takes and drops all.

    The terminal is opened anew where that is allowed, so that writing without waiting is this
    program's choice alone and not the shell's.
    """

    def __init__(self, descriptor: int, hung_up: Callable[[], None]) -> None:
        self.given_up = False
        """Set it to let every writer go on though the terminal takes nothing."""
        self.sent = b""
        """The last bytes that the terminal has taken."""
        self._sending = Lock()
        self.descriptor = _open_again(descriptor)
        self._hung_up = hung_up
        self._waiting: Queue[str | None] = Queue(_WAITING_MAX)
        self._thread: Thread | None = None

    @property
    def is_running(self) -> bool:
        """Whether what is written is sent."""
        return self._thread is not None

    def start(self) -> None:
        """Send from now on what is written."""
        self._thread = Thread(target=self._run, name="runtall-output", daemon=True)
        self._thread.start()

    def write(self, text: str) -> None:
        """Let the thread send a text soon; `?` stands for what no UTF-8 can hold."""
        self._waiting.put(text)

    def stop(self) -> None:
        """Wait until all is sent; what is written after that waits for the next start."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join()
            self._thread = None

    def end(self) -> bytes:
        """Send no more; the last bytes that the terminal has taken."""
        self.given_up = True
        if self._sending.acquire(timeout=_LOOK_AGAIN):  # it may be stuck where writing waits
            self._sending.release()
        return self.sent

    def send(self, data: bytes) -> None:
        """Send bytes now; waits while the terminal is full."""
        while data and not self.given_up:
            try:
                data = self._send_some(data)
            except BlockingIOError:
                select.select([], [self.descriptor], [], _LOOK_AGAIN)
            except OSError:
                self.given_up = True
                self._hung_up()

    def _send_some(self, data: bytes) -> bytes:
        """Send as much as the terminal takes, and take note of it; what is left."""
        with self._sending:
            taken = 0 if self.given_up else os.write(self.descriptor, data)
            self.sent = (self.sent + data[:taken])[-KEPT:]
        return data[taken:]

    def _run(self) -> None:
        while (text := self._waiting.get()) is not None:
            parts: list[str | None] = [text]
            # What has gathered meanwhile goes out in one go.
            while parts[-1] is not None and not self._waiting.empty():
                parts.append(self._waiting.get())
            self.send("".join(part or "" for part in parts).encode("utf-8", "replace"))
            if parts[-1] is None:
                return


def _open_again(descriptor: int) -> int:
    try:
        flags = os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        return os.open(os.ttyname(descriptor), flags)
    except OSError:
        return os.dup(descriptor)
