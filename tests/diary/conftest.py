"""What the diary's tests share: a home of their own, a clock that is set by hand, and processes."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest

from tui.diary.diary import Diary, open_diary


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.present = datetime(2026, 11, 18, 6, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.present

    def wait(self, **time: int) -> None:
        """Move on by this time, as for `timedelta`."""
        self.present += timedelta(**time)


class Open(Protocol):
    """Opens a diary that is closed after the test."""

    def __call__(
        self, at: Path | None = None, *, private: bool = False, patience: float = 10
    ) -> Diary: ...


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home for this test alone, in a time zone west of Greenwich."""
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("TZ", "UTC+5")
    time.tzset()
    yield place
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Where the diary is; not made yet."""
    return tmp_path / "data"


@pytest.fixture
def open_here(directory: Path, clock: Clock) -> Iterator[Open]:
    with ExitStack() as stack:

        def opened(at: Path | None = None, *, private: bool = False, patience: float = 10) -> Diary:
            diary = open_diary(at or directory, private=private, patience=patience, clock=clock)
            return stack.enter_context(diary)

        yield opened


@pytest.fixture
def diary(open_here: Open) -> Diary:
    """An empty diary whose file is there already, as after a first act."""
    diary = open_here()
    diary._store._be_writable(deliberate=True)
    return diary


@pytest.fixture
def give_away(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Make a path belong to another user, or ourselves another user where only root could."""

    def give(path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, 12345, -1, follow_symlinks=False)
        else:
            other = os.geteuid() + 1
            monkeypatch.setattr(os, "geteuid", lambda: other)

    return give


Body = Callable[[int], None]


@pytest.fixture
def spawn() -> Iterator[Callable[[Body], tuple[int, int]]]:
    """Run a body in a process of its own, with the writing end of a pipe; gives id and reading end."""
    started: list[tuple[int, int]] = []

    def start(body: Body) -> tuple[int, int]:
        reading, writing = os.pipe()
        with warnings.catch_warnings():
            # from Python 3.12 on; the child starts no thread and needs none
            warnings.simplefilter("ignore", DeprecationWarning)
            process = os.fork()
        if process == 0:
            status = 1
            try:
                os.close(reading)
                body(writing)
                status = 0
            finally:
                os._exit(status)
        os.close(writing)
        started.append((process, reading))
        return process, reading

    yield start
    for _, reading in started:
        os.close(reading)
