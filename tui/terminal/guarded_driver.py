"""A Textual driver that bears whatever comes in, stops and resumes whole, and notices a lost link."""

import contextlib
import os
import signal
import termios
import tty
from collections.abc import Callable

from textual import events
from textual.app import App
from textual.drivers.linux_driver import (
    KITTY_DISAMBIGUATE_ESCAPE_CODES,
    KITTY_REPORT_ALL_KEYS,
    KITTY_REPORT_ASSOCIATED_TEXT,
    LinuxDriver,
)
from textual.geometry import Size
from textual.message import Message
from textual.messages import InBandWindowResize

from .capabilities import MAX_COLUMNS, MAX_ROWS
from .input_reading import InputReader
from .restoring import read_attributes, write_attributes
from .terminal_output import TerminalLine, open_text

_KITTY_FLAGS = (
    KITTY_DISAMBIGUATE_ESCAPE_CODES | KITTY_REPORT_ALL_KEYS | KITTY_REPORT_ASSOCIATED_TEXT
)
"""What Textual asks of terminals that know kitty's keyboard protocol."""
_POINTER_SHAPE = "\x1b]22;"


class Guarded(LinuxDriver):
    """What a terminal driver needs to survive; put it before another driver among the bases.

    A terminal that has gone raises SIGHUP in this very process, so that there is one way out.
    """

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        """Take over the terminal's line; nothing is sent yet."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._line = TerminalLine(self._file.fileno() if self._file else 2, hang_up)
        self._file = open_text(self._line)
        self._known_size = self._get_terminal_size()
        self._size = size or self._known_size
        self.modes_are_on = False
        """Whether the terminal is still changed: started, and not yet wholly restored."""
        self._suspended = False
        self._wake_read, self._wake_write = os.pipe()

    @property
    def mouse_is_on(self) -> bool:
        """Whether the terminal reports the mouse."""
        return self._mouse

    def set_mouse(self, on: bool) -> None:
        """Turn mouse reports on or off while running."""
        if on == self._mouse:
            return
        if on:
            self._mouse = True
            self._enable_mouse_support()
        else:
            self._disable_mouse_support()
            self._mouse = False

    def give_up_output(self) -> None:
        """Drop all output from now on, so that nobody waits for a stalled terminal."""
        self._line.given_up = True

    def write(self, data: str) -> None:
        """Write text; while stopped, and for the shape of the pointer, nothing is sent."""
        # The pointer's shape is the one thing that could not be put back as it was.
        if self._writer_thread is not None and not data.startswith(_POINTER_SHAPE):
            super().write(data)

    def stay_suspended(self) -> None:
        """Do not come back to the screen when continued: the app is about to leave."""
        if self._suspended:
            self._auto_restart = False

    def start_application_mode(self) -> None:
        """Set the terminal up; in the background wait to be continued, without one hang up."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        started = self._writer_thread is not None
        self.modes_are_on = started
        self._suspended = not started
        if not started and read_attributes(self.fileno) is None:
            hang_up()

    def stop_application_mode(self) -> None:
        """Put the terminal back as it was, if it was changed."""
        if self._writer_thread is not None:
            super().stop_application_mode()

    def close(self) -> None:
        """Wait until all is written and let the output thread end."""
        if self._writer_thread is not None:
            super().close()
            self._writer_thread = None
            self.modes_are_on = self._line.given_up

    def disable_input(self) -> None:
        """Stop reading and drop what was typed ahead."""
        if self._key_thread is None:
            return
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        self._disable_mouse_support()
        os.write(self._wake_write, b"x")
        self._key_thread.join()
        self._key_thread = None
        os.read(self._wake_read, 1)
        try:
            termios.tcflush(self.fileno, termios.TCIFLUSH)
        except termios.error:
            return

    def run_input_thread(self) -> None:
        """Read until stopped; a terminal that has gone is a hang-up."""
        reader = InputReader(
            self.fileno,
            self._wake_read,
            screen_size=lambda: self._known_size,
            emit=self.process_message,
        )
        if not reader.run():
            hang_up()

    def process_message(self, message: Message) -> None:
        """Pass a message on, but for sizes that came as input: only the system's are believed."""
        if not isinstance(message, events.Resize | InBandWindowResize):
            super().process_message(message)

    def _query_in_band_window_resize(self) -> None:
        """Do not ask: such reports would have to be believed."""

    def _get_terminal_size(self) -> tuple[int, int]:
        try:
            columns, rows = os.get_terminal_size(self.fileno)
        except OSError:
            columns, rows = 0, 0
        self._known_size = min(columns or 80, MAX_COLUMNS), min(rows or 24, MAX_ROWS)
        return self._known_size

    def _run_input_thread(self) -> None:
        # An error goes to `threading.excepthook`, which `run_guarded` listens to.
        self.run_input_thread()

    def _sigtstp_application(self, *_: object) -> None:
        self._do_soon(self._suspend)

    def _sigcont_application(self, *_: object) -> None:
        self._do_soon(self._continue)

    def _do_soon(self, act: Callable[[], None]) -> None:
        # A signal may come while the main thread holds the very locks that writing needs.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(act)

    def _suspend(self) -> None:
        if self._app._exit:
            return
        if self._auto_restart and not self._suspended:
            self._suspended = True
            self._must_signal_resume = True
            self.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)

    def _continue(self) -> None:
        if not self._auto_restart:
            return
        if self._suspended:
            self.resume_application_mode()
        else:
            self._assert_modes()
        columns, rows = self._get_terminal_size()
        self._app.post_message(events.Resize(Size(columns, rows), Size(columns, rows)))
        self._app.refresh(layout=True)

    def _assert_modes(self) -> None:
        """Set every mode again: while we were stopped, others may have changed them."""
        attributes = read_attributes(self.fileno)
        if attributes is not None:
            attributes[tty.LFLAG] = self._patch_lflag(attributes[tty.LFLAG])
            attributes[tty.IFLAG] = self._patch_iflag(attributes[tty.IFLAG])
            attributes[tty.CC][termios.VMIN] = 1
        write_attributes(self.fileno, attributes)
        # Kitty's flags are set and not pushed: they are taken back only once.
        self.write(f"\x1b[?1049h\x1b[2J\x1b[?25l\x1b[?1004h\x1b[={_KITTY_FLAGS};1u")
        self._enable_bracketed_paste()
        self._disable_line_wrap()
        self._enable_mouse_support()
        self.flush()


def hang_up() -> None:
    """Let this process know that its terminal has gone."""
    os.kill(os.getpid(), signal.SIGHUP)
