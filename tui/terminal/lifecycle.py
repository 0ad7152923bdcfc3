"""Running the app so that whatever ends it, it ends in order and the terminal is as it was."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import textual
from rich.console import RenderableType
from textual.actions import ActionParseResult
from textual.app import ReturnType
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.worker import WorkerFailed

from .bug_report import report_bug, write_line
from .installation import Installation
from .modes import read_attributes
from .safe_driver import SafeDriver
from .textual_private import QuietApp, driver_of

ENDINGS = (
    *(signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT),
    *(signal.SIGXCPU, signal.SIGALRM, signal.SIGVTALRM, signal.SIGPROF),
    *(signal.SIGUSR1, signal.SIGUSR2),
)
"""The signals that ask the program to end, or that would end it on the spot."""
REPLACED = 75
"""The exit code where the program could not go on as it was replaced on disk: EX_TEMPFAIL."""
ASK_TO_RESTART = "Run Tall was replaced; q, then open it again. All is saved."
GRACE = 0.8
"""Seconds that the program has to end once it was asked to; then it is ended."""
STALLED = 0.3
"""Seconds of these after which a terminal that takes no output gets no more."""

_CHANGED = (*ENDINGS, signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH)


class SafeApp(QuietApp[ReturnType]):
    """An app that saves before it leaves, and leaves its bugs to `run_app` to report."""

    bug: Exception | None = None
    """The error that ended the app, if one did."""
    installation: Installation | None = None
    """The files that the program runs from, as they were when it began."""
    _leaving = False

    def before_leaving(self) -> None:
        """Save what must not be lost; called once, first of all, however the app is left."""

    @property
    def driver(self) -> SafeDriver | None:
        """The driver while the app runs on a terminal; None in tests without one."""
        driver = driver_of(self)
        return driver if isinstance(driver, SafeDriver) else None

    def exit(
        self,
        result: ReturnType | None = None,
        return_code: int = 0,
        message: RenderableType | None = None,
    ) -> None:
        """Save, then leave the app with a result and an exit code."""
        try:
            self._save_once()
        finally:
            super().exit(result, return_code, message)

    def panic(self, *_: RenderableType) -> None:
        """Leave because of an error, without showing it."""
        try:
            self._save_once()
        finally:
            super().panic()

    def say(self, words: str) -> None:
        """Say a word to the reader."""

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key asks for, unless what it needs has been replaced on disk: then say so."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except Exception:
            if not self.was_replaced:
                raise
            self.say(ASK_TO_RESTART)
            return True

    @property
    def was_replaced(self) -> bool:
        """Whether the program was replaced on disk, so that what is not yet loaded may not fit."""
        return self.installation is not None and self.installation.changed

    def failed(self, error: Exception) -> bool:
        """Keep the first error, to be reported."""
        # What was still being opened when the app was left finds its parts gone: that is no bug.
        if self._leaving and isinstance(error, NoMatches):
            return False
        if isinstance(error, WorkerFailed):
            if self.was_replaced:
                self.say(ASK_TO_RESTART)
                return False
            error = cast("Exception", error.error)
        self.bug = self.bug or error
        return True

    def _save_once(self) -> None:
        if self.is_running and not self._leaving:
            self._leaving = True
            self.before_leaving()


def run_app(app: SafeApp[Any], *, report_folder: Path, mouse: bool = True) -> int:
    """Run the app in the main thread and return the exit code to leave with, soon.

    A signal or a lost link asks the app to end; from then on the process has `GRACE` seconds until
    it is ended by force. A bug is reported in one line and a private file in the folder.
    """
    _keep_a_second_of_cpu()
    app.installation = Installation(Path(__file__), Path(textual.__file__))
    with _Guard(app) as guard:
        error = asyncio.run(_run(app, guard, mouse))
    bug = app.bug or error or guard.stray_error
    if bug is None:
        return guard.code or app.return_code or 0
    if app.was_replaced:
        write_line("runtall: Run Tall was replaced while it was open; open it again")
        return guard.code or REPLACED
    return guard.code or report_bug(bug, report_folder)


async def _run(app: SafeApp[Any], guard: _Guard, mouse: bool) -> BaseException | None:
    guard.watch_loop(asyncio.get_running_loop())
    running: asyncio.Future[list[object]] = asyncio.gather(
        app.run_async(mouse=mouse), return_exceptions=True
    )
    (outcome,) = await running
    return outcome if isinstance(outcome, BaseException) else None


class _Guard:
    """Watches for signals in a thread of its own, which no busy app and no stuck disk can stop."""

    def __init__(self, app: SafeApp[Any]) -> None:
        self.code = 0
        """128 and the number of the signal that ended the app, if one did."""
        self.stray_error: BaseException | None = None
        """The first error that nothing else took up, of a thread or a task."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._app = app
        self._attributes = read_attributes(0)
        self._ended = threading.Event()
        self._restoring = threading.Lock()
        self._thread = threading.Thread(target=self._watch, name="runtall-guard", daemon=True)

    def __enter__(self) -> Self:
        self._read_end, self._write_end = os.pipe()
        os.set_blocking(self._write_end, False)
        self._wakeup = signal.set_wakeup_fd(self._write_end, warn_on_full_buffer=False)
        self._handlers = {number: signal.getsignal(number) for number in _CHANGED}
        for number in ENDINGS:
            signal.signal(number, self._on_ending)
        self._thread_hook, threading.excepthook = threading.excepthook, self._on_thread_error
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._restore()
        if self.code == 128 + signal.SIGHUP:
            _point_streams_nowhere()
        if self.code:
            _be_deaf()
        else:
            self._stop_watching()

    def watch_loop(self, loop: asyncio.AbstractEventLoop) -> None:
        """Make the running loop the one to reach the app through."""
        self._loop = loop
        loop.set_exception_handler(self._on_loop_error)
        if self.code:
            self._ask_to_leave()

    def _on_ending(self, *_: object) -> None:
        # The thread hears of the signal by itself; but nothing else may come back to the screen.
        if driver := self._app.driver:
            driver.leave()

    def _on_loop_error(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        self.stray_error = self.stray_error or context.get("exception")

    def _on_thread_error(self, error: threading.ExceptHookArgs) -> None:
        self.stray_error = self.stray_error or error.exc_value
        self._in_loop(self._app.panic)

    def _stop_watching(self) -> None:
        threading.excepthook = self._thread_hook
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        os.close(self._write_end)
        self._thread.join()
        os.close(self._read_end)

    def _watch(self) -> None:
        while number := self._next_signal():
            if number in ENDINGS:
                self.code = 128 + number
                self._end_by(time.monotonic() + GRACE)

    def _next_signal(self) -> int:
        """The number of the next signal; 0 when there will be none."""
        return int.from_bytes(os.read(self._read_end, 1))

    def _end_by(self, deadline: float) -> None:
        self._ask_to_leave()
        if not self._ended.wait(STALLED) and (driver := self._app.driver):
            driver.give_up_output()
        self._ended.wait(max(0.0, deadline - time.monotonic()))
        # Even once the app has ended, a thread or a disk may hold the process up.
        time.sleep(max(0.0, deadline - time.monotonic()))
        self._restore()
        os._exit(self.code)

    def _ask_to_leave(self) -> None:
        self._in_loop(lambda: self._app.exit(return_code=self.code))

    def _in_loop(self, act: Callable[[], None]) -> None:
        driver = self._app.driver
        with contextlib.suppress(RuntimeError):
            if self._loop is not None:
                context = driver.context if driver else None
                self._loop.call_soon_threadsafe(act, context=context)

    def _restore(self) -> None:
        """Put the terminal back by hand, unless the driver has done so."""
        with self._restoring:
            if driver := self._app.driver:
                driver.restore(self._attributes)


def _keep_a_second_of_cpu() -> None:
    """Let a limit of processor time first be told, and not end the program on the spot.

    `ulimit -t` sets both limits to the same second, and then the system kills without a word.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard != resource.RLIM_INFINITY and soft in (hard, resource.RLIM_INFINITY) and hard > 1:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CPU, (hard - 1, hard))


def _be_deaf() -> None:
    """Take no further signal: Python puts back what would kill it before it has left with its code."""
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)


def _point_streams_nowhere() -> None:
    """Let later output be dropped instead of failing, now that the terminal has gone."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)
