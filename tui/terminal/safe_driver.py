"""A Textual driver that bears whatever comes in, stops and resumes whole, and notices a lost link.

It is written against `textual.driver.Driver`, which is public, and not against Textual's own driver
for Linux: what that one lacks could only be mended through names that it does not promise to keep.
"""

import asyncio
import contextlib
import contextvars
import os
import signal
import termios
from collections.abc import Callable
from threading import Thread
from typing import ClassVar

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size

from .capabilities import MAX_COLUMNS, MAX_ROWS
from .input import InputReader
from .job_control import shell_waits, stop
from .modes import (
    MOUSE_OFF,
    MOUSE_ON,
    START,
    START_AGAIN,
    STOP,
    Attributes,
    raw,
    read_attributes,
    restore_modes,
    still_to_restore,
    write_attributes,
)
from .output import TerminalOutput

_IN, _OUT = 0, 2
"""The terminal as Textual uses it: keys from standard input, the screen to standard error."""
POINTER_SHAPE = "\x1b]22;"
"""Begins the request for another shape of the mouse pointer."""
ASK_FOR_SYNC = "\x1b[?2026$p"


class SafeDriver(Driver):
    """Full screen on the terminal of the standard streams.

    A terminal that has gone raises SIGHUP in this very process, so that there is one way out.
    """

    questions: ClassVar[str] = ASK_FOR_SYNC
    """What is asked about the terminal, of the terminal itself."""

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        """Take over the terminal's line; nothing is sent yet."""
        super().__init__(app, debug=debug, mouse=mouse, size=size or self.read_size())
        self.app = app
        self.mouse_is_on = mouse
        """Whether the terminal reports the mouse."""
        self.output = TerminalOutput(_OUT, hang_up)
        self.loop = asyncio.get_running_loop()
        self.context = contextvars.copy_context()
        """The app's own context, for those who act on it from outside."""
        self.modes_are_on = False
        """Whether the terminal is still changed: started, and not yet wholly restored."""
        self.attributes_before: Attributes | None = None
        """The line settings that the terminal is to have again."""
        self.may_suspend = True
        """Whether Ctrl+Z may stop the program where there is a shell to come back from."""
        self._stopped = self._leaving = False
        self._input_thread: Thread | None = None
        self._wake_read, self._wake_write = os.pipe()
        signal.signal(signal.SIGTSTP, lambda *_: self._do_soon(self.suspend))
        signal.signal(signal.SIGCONT, self._on_continue)

    @property
    def can_suspend(self) -> bool:
        """Whether to suspend here leads back to a shell that can continue us."""
        return self.may_suspend and shell_waits(_IN)

    def set_mouse(self, on: bool) -> None:
        """Turn mouse reports on or off while running."""
        if on != self.mouse_is_on:
            self.mouse_is_on = on
            self.write(MOUSE_ON if on else MOUSE_OFF)
            self.flush()

    def restore(self, attributes: Attributes | None) -> None:
        """Put the terminal back by hand, as far as it is not; `attributes` where no others are known."""
        if self.modes_are_on:
            self.modes_are_on = False
            restore_modes(_OUT, still_to_restore(self.output.end()))
            write_attributes(_IN, self.attributes_before or attributes)

    def give_up_output(self) -> None:
        """Drop all output from now on, so that nobody waits for a stalled terminal."""
        self.output.given_up = True

    def write(self, data: str) -> None:
        """Write text; while stopped, and for the shape of the pointer, nothing is sent."""
        # The pointer's shape is the one thing that could not be put back as it was.
        if self.output.is_running and not data.startswith(POINTER_SHAPE):
            self.output.write(data)

    def ask(self, questions: str) -> None:
        """Ask the terminal about itself; it answers where keys come from, if at all."""
        # Apple's terminal shows a letter for it, and cannot do what is asked about.
        if os.environ.get("TERM_PROGRAM") != "Apple_Terminal":
            self.write(questions)

    def leave(self) -> None:
        """Do not come back to the screen when continued: the app is about to end."""
        self._leaving = True

    def start_application_mode(self) -> None:
        """Set the terminal up; in the background of a shell wait to be put in front."""
        attributes = read_attributes(_IN)
        if attributes is None or not write_attributes(_IN, attributes):
            hang_up()
            return
        self.attributes_before = attributes
        self.modes_are_on = True
        self.output.start()
        signal.signal(signal.SIGWINCH, lambda *_: self._do_soon(self.resized))
        write_attributes(_IN, raw(attributes))
        self.write(START + MOUSE_ON * self.mouse_is_on)
        self.ask(self.questions)
        self.flush()
        self._input_thread = Thread(target=self._read_input, name="runtall-input")
        self._input_thread.start()
        self._post_size()

    def stop_application_mode(self) -> None:
        """Put the terminal back as it was, if it was changed."""
        if self.output.is_running:
            self.disable_input()
            write_attributes(_IN, self.attributes_before)
            self.write(STOP)
            self.flush()

    def close(self) -> None:
        """Wait until all is written and let the output thread end."""
        if self.output.is_running:
            self.output.stop()
            self.modes_are_on = self.output.given_up

    def disable_input(self) -> None:
        """Stop reading and drop what was typed ahead."""
        if self._input_thread is None:
            return
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        self.write(MOUSE_OFF * self.mouse_is_on)
        os.write(self._wake_write, b"x")
        self._input_thread.join()
        self._input_thread = None
        os.read(self._wake_read, 1)
        with contextlib.suppress(termios.error):
            termios.tcflush(_IN, termios.TCIFLUSH)

    def suspend(self) -> None:
        """Give the terminal back and stop, until the shell continues us; else do nothing."""
        if self._stopped or self._leaving or not self.can_suspend:
            return
        self._stopped = True
        self.suspend_application_mode()
        stop()
        if not self._leaving:
            self.resume_application_mode()
            self.send_message(self.SignalResume())
            self.app.refresh(layout=True)
        self._stopped = False

    def read_size(self) -> tuple[int, int]:
        """Columns and rows, as many as can be drawn; 80 by 24 where they are not known."""
        try:
            columns, rows = os.get_terminal_size(_IN)
        except OSError:
            columns, rows = 0, 0
        return min(columns or 80, MAX_COLUMNS), min(rows or 24, MAX_ROWS)

    def resized(self) -> None:
        """Let the app know that the terminal has another size."""
        self._post_size()

    def _post_size(self) -> None:
        size = Size(*self.read_size())
        self.app.post_message(events.Resize(size, size))

    def _read_input(self) -> None:
        reader = InputReader(
            _IN, self._wake_read, screen_size=self.read_size, emit=self.process_message
        )
        if not reader.run():
            hang_up()

    def _on_continue(self, *_: object) -> None:
        if not self._stopped:
            self._do_soon(self._start_again)

    def _do_soon(self, act: Callable[[], None]) -> None:
        # A signal may come while the main thread holds the very locks that writing needs.
        with contextlib.suppress(RuntimeError):
            self.loop.call_soon_threadsafe(act, context=self.context)

    def _start_again(self) -> None:
        """Set every mode again: while others stopped us, they may have changed them."""
        if not self.output.is_running:
            return
        attributes = read_attributes(_IN)
        if attributes is not None:
            write_attributes(_IN, raw(attributes))
        self.write(START_AGAIN + MOUSE_ON * self.mouse_is_on)
        self.flush()
        self._post_size()
        self.app.refresh(layout=True)


def hang_up() -> None:
    """Let this process know that its terminal has gone."""
    os.kill(os.getpid(), signal.SIGHUP)
