"""Whatever ends the program, it saves, ends soon with the right status, and leaves no trace."""

import fcntl
import os
import select
import signal
import stat
import struct
import termios
from pathlib import Path

import pytest

from tests.terminal.sample import NOTHING, Sample
from tui.terminal.lifecycle import ENDINGS
from tui.terminal.modes import END

_IGNORE_HANGUP = ("sh", "-c", 'trap "" HUP; exec "$@"', "sh")
_OTHER_SESSION = (*_IGNORE_HANGUP, "setsid", "--wait")


@pytest.mark.parametrize("sample", ["full", "thin"], indirect=True)
@pytest.mark.parametrize("number", ENDINGS)
def test_signal_ends_it_in_order(sample: Sample, number: signal.Signals) -> None:
    """A signal saves the place, restores the terminal and gives 128 and its number."""
    sample.send("abc")
    sample.wait_for("typed abc")
    sample.signal(number)
    assert sample.wait_for_exit(timeout=5) == 128 + number
    assert sample.place == "abc"
    assert sample.left_behind == NOTHING


def test_quitting_restores_the_terminal(sample: Sample) -> None:
    """An ordinary end gives 0, saves and leaves the terminal as it was."""
    sample.press("ctrl+q")
    assert sample.wait_for_exit() == 0
    assert sample.place == ""
    assert sample.left_behind == NOTHING


def test_signal_before_the_screen_is_set_up(tmp_path: Path) -> None:
    """A signal while the app loads ends it before the terminal is touched for long."""
    with Sample(tmp_path, "early") as sample:
        assert sample.wait_for_exit(timeout=5) == 128 + signal.SIGTERM
        assert sample.left_behind == NOTHING


@pytest.mark.parametrize("sample", ["rather slow", "too slow"], indirect=True)
def test_the_terminal_is_restored_once(sample: Sample) -> None:
    """What has been restored is not restored again, however late the program ends after it."""
    sample.signal(signal.SIGTERM)
    assert sample.wait_for_exit(timeout=5) == 128 + signal.SIGTERM
    assert sample.output.endswith(END.encode())
    assert sample.output.count(END.encode()) == 1
    assert sample.left_behind == NOTHING


def test_many_signals_at_once(sample: Sample) -> None:
    """The first of many signals decides; the others do not disturb the leaving."""
    for _ in range(20):
        sample.signal(signal.SIGTERM)
    assert sample.wait_for_exit(timeout=5) == 128 + signal.SIGTERM
    assert sample.left_behind == NOTHING


def test_busy_app_is_ended_by_force(sample: Sample) -> None:
    """An app that no longer answers is ended, and the terminal restored by hand."""
    sample.press("ctrl+o")
    sample.wait_for("waiting")
    sample.signal(signal.SIGTERM)
    assert sample.wait_for_exit(timeout=5) == 128 + signal.SIGTERM
    assert sample.left_behind == NOTHING


def test_thread_that_never_ends_does_not_hold_the_process(tmp_path: Path) -> None:
    """After a signal the process ends even if a thread of its own would keep it alive."""
    with Sample(tmp_path, "hanging") as sample:
        sample.wait_for("Ready 80x24")
        sample.signal(signal.SIGTERM)
        assert sample.wait_for_exit(timeout=5) == 128 + signal.SIGTERM
        assert sample.left_behind == NOTHING


def test_stalled_terminal_does_not_hold_the_process(sample: Sample) -> None:
    """With nobody reading its output, the app still saves and ends, and restores what it can."""
    _fill_the_line(sample)
    sample.signal(signal.SIGTERM)
    status = _wait_without_reading(sample, timeout=5)
    sample.settle()
    assert status == 128 + signal.SIGTERM
    assert sample.place == ""
    assert sample.left_behind == NOTHING


def _fill_the_line(sample: Sample) -> None:
    """Let the app draw without reading, until it has not written anything more for a while."""
    quiet, step, before = 0, 0, -1
    while quiet < 20:
        step += 1
        sample._set_size(100 + step % 2, 40)
        select.select([], [], [], 0.02)
        waiting = struct.unpack("i", fcntl.ioctl(sample.fd, termios.FIONREAD, b"\0" * 4))[0]
        quiet = quiet + 1 if waiting == before else 0
        before = waiting


def _wait_without_reading(sample: Sample, timeout: float) -> int | None:
    descriptor = os.pidfd_open(sample.pid)
    select.select([descriptor], [], [], timeout)
    os.close(descriptor)
    return sample.status


@pytest.mark.parametrize("wrapper", [(), _IGNORE_HANGUP, _OTHER_SESSION])
def test_closed_terminal_ends_it(tmp_path: Path, wrapper: tuple[str, ...]) -> None:
    """A terminal that goes away ends it, even if SIGHUP is ignored or goes to another session."""
    with Sample(tmp_path, wrapper=wrapper) as sample:
        sample.wait_for("Ready 80x24")
        sample.hang_up()
        assert sample.wait_for_exit(timeout=5) == 128 + signal.SIGHUP
        assert sample.place == ""


def test_terminal_closed_while_writing(tmp_path: Path) -> None:
    """An error on output is a lost link, too: it ends and saves."""
    with Sample(tmp_path, wrapper=_IGNORE_HANGUP) as sample:
        sample.wait_for("Ready 80x24")
        sample.send("abc" * 300)
        sample.hang_up()
        assert sample.wait_for_exit(timeout=5) == 128 + signal.SIGHUP
        assert sample.place is not None


def test_end_of_input_ends_it(sample: Sample) -> None:
    """When the terminal's input ends, as with Ctrl+D on a line set back by others, it leaves."""
    settings = termios.tcgetattr(sample.fd)
    settings[3] |= termios.ICANON
    termios.tcsetattr(sample.fd, termios.TCSANOW, settings)
    sample.send(b"\x04\x04")
    assert sample.wait_for_exit(timeout=5) == 128 + signal.SIGHUP


@pytest.mark.parametrize("key", ["ctrl+b", "ctrl+t", "ctrl+y"])
def test_bug_ends_in_one_line(sample: Sample, key: str) -> None:
    """A bug, also one in a thread or a worker, gives 70, one line, and a private report without values."""
    sample.press(key)
    assert sample.wait_for_exit() == 70
    (report,) = sample.reports
    shown = sample.output[sample.output.rfind(b"\x1b[") :].decode()
    assert shown.partition("runtall: ")[2] == (
        f"a bug ended the program (ValueError); please send the report at {report}\r\n"
    )
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    written = report.read_text("utf-8")
    assert "ValueError: broken by 14" in written
    assert "in action_break\n" in written
    assert {"runtall: ", "textual: 8", "python: 3", "TERM: xterm-256color", "LANG: C.UTF-8"} <= {
        line[: len(start)]
        for line in written.splitlines()
        for start in ("runtall: ", "textual: 8", "python: 3", line)
    }
    assert "a private note" not in report.read_text("utf-8")
    assert sample.place == ""
    assert sample.left_behind == NOTHING


def test_bug_while_saving_is_reported(tmp_path: Path) -> None:
    """An error in the last act before leaving is a bug like any other."""
    with Sample(tmp_path, "unsaved") as sample:
        sample.wait_for("Ready 80x24")
        sample.press("ctrl+q")
        assert sample.wait_for_exit() == 70
        assert len(sample.reports) == 1
        assert sample.left_behind == NOTHING


def test_limit_of_processor_time(tmp_path: Path) -> None:
    """A program that computes until `ulimit -t` ends it saves what can be, and restores the terminal."""
    limited = ("bash", "-c", 'ulimit -t 4; exec "$@"', "bash")
    with Sample(tmp_path, wrapper=limited) as sample:
        sample.wait_for("Ready 80x24")
        sample.press("ctrl+g")
        sample.wait_for("computing")
        assert sample.wait_for_exit(timeout=30) == 128 + signal.SIGXCPU
        assert sample.left_behind == NOTHING
