"""Stopping and continuing: the shell gets its terminal, and the app comes back whole."""

import signal
import termios
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.pty import job
from tests.pty.probe import Probe
from tests.terminal.sample import COMMAND, ENVIRONMENT, NOTHING, Sample


@pytest.fixture(params=["full", "thin"])
def sample(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Sample]:
    """The sample app as a job of a shell."""
    with Sample(tmp_path, request.param, wrapper=job.COMMAND) as sample:
        sample.wait_for("Ready 80x24")
        job.find_job(sample)
        yield sample


def _wait_until_stopped(sample: Sample) -> None:
    sample.wait_for(lambda _: sample.state == "T")
    sample.settle()


def test_ctrl_z_and_back(sample: Sample) -> None:
    """Ctrl+Z gives the terminal back as it was; continued, the app draws itself anew."""
    threads = sample.threads
    for _ in range(3):
        sample.press("ctrl+z")
        _wait_until_stopped(sample)
        assert sample.left_behind == NOTHING
        sample.screen.reset()
        job.bring_to_front(sample)
        sample.wait_for("Ready")
    sample.send("abc")
    sample.wait_for("typed abc")
    assert sample.threads == threads
    sample.press("ctrl+q")
    assert sample.wait_for_exit() == 0
    assert sample.left_behind == NOTHING


def test_signal_while_suspended(sample: Sample) -> None:
    """A suspended app that is told to end does so without coming back to the screen."""
    sample.press("ctrl+z")
    _wait_until_stopped(sample)
    seen = len(sample.output)
    sample.signal(signal.SIGTERM)
    job.bring_to_front(sample)
    assert sample.wait_for_exit(timeout=5) == 128 + signal.SIGTERM
    assert b"\x1b[?1049h" not in sample.output[seen:]
    assert sample.left_behind == NOTHING


def test_stopped_from_outside_with_a_resize_between(sample: Sample) -> None:
    """SIGSTOP, a change of size, others' output and settings, SIGCONT: all is set right again."""
    raw = sample.line_settings
    sample.signal(signal.SIGSTOP)
    _wait_until_stopped(sample)
    _set_sane(sample)
    sample.screen.reset()
    sample.resize(60, 20)
    job.bring_to_front(sample)
    sample.wait_for("Ready 60x20")
    sample.wait_for(lambda _: sample.line_settings == raw)
    sample.send("abc")
    sample.wait_for("typed abc")
    sample.press("ctrl+q")
    assert sample.wait_for_exit() == 0
    assert sample.changed_modes == set()
    assert sample.pushed_keyboards == 0


def _set_sane(sample: Sample) -> None:
    settings = termios.tcgetattr(sample.fd)
    settings[3] |= termios.ICANON | termios.ECHO | termios.ISIG
    termios.tcsetattr(sample.fd, termios.TCSANOW, settings)


def test_stray_continues_start_no_threads(sample: Sample) -> None:
    """SIGCONT to a running app leaves it running as it was, with the same threads."""
    threads = sample.threads
    for _ in range(10):
        sample.signal(signal.SIGCONT)
        sample.settle(quiet=0.05)
    sample.send("abc")
    sample.wait_for("typed abc")
    assert sample.threads == threads
    sample.press("ctrl+q")
    assert sample.wait_for_exit() == 0
    assert sample.left_behind == NOTHING


def test_idle_app_burns_no_time(sample: Sample) -> None:
    """After stops and continues an idle app uses next to no processor time."""
    sample.signal(signal.SIGCONT)
    sample.press("ctrl+z")
    _wait_until_stopped(sample)
    job.bring_to_front(sample)
    sample.wait_for("Ready")
    sample.settle()
    before = sample.cpu_seconds
    assert sample.settle(quiet=1).size == 0
    assert sample.cpu_seconds - before < 0.1


def _alone(folder: Path) -> tuple[str, ...]:
    return (*COMMAND, str(folder))


def _in_a_script(folder: Path) -> tuple[str, ...]:
    return ("sh", "-c", '"$@"; exit $?', "sh", *_alone(folder))


def _in_another_session(folder: Path) -> tuple[str, ...]:
    return ("setsid", "--ctty", "--wait", *_alone(folder))


def _of_a_shell_without_jobs(folder: Path) -> tuple[str, ...]:
    return ("bash", "--norc", "--noprofile", "-c", f"set +m; {' '.join(_alone(folder))}; exit $?")


@pytest.mark.parametrize(
    "command", [_alone, _in_a_script, _in_another_session, _of_a_shell_without_jobs]
)
def test_nobody_to_continue_it(command: Callable[[Path], tuple[str, ...]], tmp_path: Path) -> None:
    """Where no shell could continue it, Ctrl+Z leaves it running, and it answers the next key."""
    with Probe(command(tmp_path), env=ENVIRONMENT) as sample:
        sample.wait_for("Ready 80x24")
        sample.press("ctrl+z")
        sample.send("abc")
        sample.wait_for("typed abc")
        sample.press("ctrl+q")
        assert sample.wait_for_exit() == 0


def test_stop_signal_with_nobody_to_continue_it(tmp_path: Path) -> None:
    """SIGTSTP, too, is dropped there, as the system does it for other programs."""
    with Sample(tmp_path) as sample:
        sample.wait_for("Ready 80x24")
        sample.signal(signal.SIGTSTP)
        sample.send("abc")
        sample.wait_for("typed abc")
        assert sample.state != "T"
