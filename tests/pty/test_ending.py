"""Whatever ends the handbook, the place is kept, it ends soon, and the terminal is as it was."""

from __future__ import annotations

import signal
import stat
import sys
import termios
from pathlib import Path

import pytest

from tests.pty import job
from tests.pty.handbook import COMMAND, NOTHING, Handbook
from tui.diary.diary import open_diary
from tui.handbook.loading import OWN_BOOK, load_handbook

IGNORE_HANGUP = ("sh", "-c", 'trap "" HUP; exec "$@"', "sh")
OTHER_SESSION = (*IGNORE_HANGUP, "setsid", "--wait")
THIRD = load_handbook(OWN_BOOK).readable[2].id
SOON = 5.0
"""Seconds: the second that the program gives itself, on a machine that does much else."""


def read_on(handbook: Handbook) -> None:
    """Turn to the third page, before which the reader has not been there."""
    handbook.wait_for("1/", timeout=30)
    handbook.rest()
    handbook.press("]", "]")
    handbook.wait_for("3/")
    handbook.rest()


def kept_page() -> str:
    """The page that the next start opens."""
    with open_diary() as diary:
        kept = diary.progress.place(load_handbook(OWN_BOOK).title)
    return kept.section if kept else ""


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT])
def test_signals(number: signal.Signals) -> None:
    """A signal ends it with 128 and its number; the place is kept, the terminal as it was."""
    with Handbook() as handbook:
        read_on(handbook)
        handbook.signal(number)
        assert handbook.wait_for_exit(timeout=SOON) == 128 + number
        assert handbook.left_behind == NOTHING
    assert kept_page() == THIRD


@pytest.mark.parametrize("wrapper", [IGNORE_HANGUP, OTHER_SESSION], ids=["ignored", "elsewhere"])
def test_a_closed_terminal(wrapper: tuple[str, ...]) -> None:
    """A terminal that goes ends it, though SIGHUP is ignored or goes to another session."""
    with Handbook(command=(*wrapper, *COMMAND)) as handbook:
        read_on(handbook)
        handbook.hang_up()
        assert handbook.wait_for_exit(timeout=SOON) == 128 + signal.SIGHUP
    assert kept_page() == THIRD


def test_a_terminal_closed_while_drawing() -> None:
    """An error on output is a lost link, too."""
    with Handbook(command=(*IGNORE_HANGUP, *COMMAND)) as handbook:
        read_on(handbook)
        handbook.send("T" * 50)
        handbook.hang_up()
        assert handbook.wait_for_exit(timeout=SOON) == 128 + signal.SIGHUP
    assert kept_page() == THIRD


def test_end_of_input() -> None:
    """Input that ends, as with Ctrl+D on a line that others set back, is a lost link."""
    with Handbook() as handbook:
        read_on(handbook)
        settings = termios.tcgetattr(handbook.fd)
        settings[3] |= termios.ICANON
        termios.tcsetattr(handbook.fd, termios.TCSANOW, settings)
        handbook.send(b"\x04\x04")
        assert handbook.wait_for_exit(timeout=SOON) == 128 + signal.SIGHUP
    assert kept_page() == THIRD


def stopped(handbook: Handbook) -> None:
    """Wait until the process is stopped and nothing more comes."""
    handbook.wait_for(lambda _: handbook.state == "T")
    handbook.settle()


def test_suspending_from_everywhere() -> None:
    """Ctrl+Z gives the terminal back, from the text as from a box being written in; `fg` comes back."""
    with Handbook(command=(*job.COMMAND, *COMMAND)) as handbook:
        read_on(handbook)
        job.find_job(handbook)
        for keys, sign in (((), "3/"), (("/", *"neck"), "neck")):
            handbook.press(*keys)
            handbook.wait_for(sign)
            handbook.rest()
            handbook.press("ctrl+z")
            stopped(handbook)
            assert handbook.left_behind == NOTHING
            handbook.screen.reset()
            job.bring_to_front(handbook)
            handbook.wait_for(sign)
            handbook.rest()
        handbook.signal(signal.SIGTERM)
        assert handbook.wait_for_exit(timeout=SOON) == 128 + signal.SIGTERM
        assert handbook.left_behind == NOTHING


def test_suspending_with_no_shell() -> None:
    """As over `ssh -t host runtall`, Ctrl+Z only says that there is nothing to go back to."""
    with Handbook() as handbook:
        read_on(handbook)
        handbook.press("ctrl+z")
        handbook.wait_for("There is no shell here to go back to; q quits")
        handbook.press("]")
        handbook.wait_for("4/")


def test_no_suspending_in_a_kiosk() -> None:
    """A shared handbook gives nobody a shell, neither by Ctrl+Z nor by the signal for it."""
    with Handbook("--kiosk", command=(*job.COMMAND, *COMMAND)) as handbook:
        read_on(handbook)
        job.find_job(handbook)
        handbook.press("ctrl+z")
        handbook.wait_for("There is no shell here to go back to; q quits")
        handbook.signal(signal.SIGTSTP)
        handbook.press("]")
        handbook.wait_for("4/")


def test_stopped_from_outside() -> None:
    """SIGSTOP, others' settings, another size, SIGCONT: the screen is whole again, and keys work."""
    with Handbook() as handbook:
        read_on(handbook)
        raw = handbook.line_settings
        handbook.signal(signal.SIGSTOP)
        stopped(handbook)
        settings = termios.tcgetattr(handbook.fd)
        settings[3] |= termios.ICANON | termios.ECHO | termios.ISIG
        termios.tcsetattr(handbook.fd, termios.TCSANOW, settings)
        handbook.screen.reset()
        handbook.resize(100, 30)
        handbook.signal(signal.SIGCONT)
        handbook.wait_for(lambda probe: "3/" in probe.screen.display[29])
        handbook.wait_for(lambda _: handbook.line_settings == raw)
        handbook.rest()
        handbook.press("]")
        handbook.wait_for("4/")
        used = handbook.cpu_seconds
        handbook.settle(quiet=1)
        assert handbook.cpu_seconds - used < 0.2
        handbook.press("q")
        assert handbook.wait_for_exit() == 0
        assert handbook.changed_modes == set()


def test_ctrl_c_twice() -> None:
    """Ctrl+C says how to quit, wherever one is, and pressed again quits."""
    with Handbook() as handbook:
        read_on(handbook)
        handbook.press("/", *"neck")
        handbook.wait_for("neck")
        handbook.press("ctrl+c")
        handbook.rest()
        assert handbook.status is None
        handbook.press("ctrl+c")
        assert handbook.wait_for_exit() == 0
        assert handbook.left_behind == NOTHING


BROKEN = """
import sys
from tui.ui.screens.help import HelpScreen
from tui.cli.main import main

def fail(self):
    note = "a private note"
    raise ZeroDivisionError(f"broken by {len(note)}")

HelpScreen.on_mount = fail
sys.exit(main([]))
"""


def test_a_bug(tmp_path: Path) -> None:
    """A bug ends it with 70 and one line that names a private report without values of variables."""
    with Handbook(command=(sys.executable, "-c", BROKEN)) as handbook:
        read_on(handbook)
        handbook.press("?")
        assert handbook.wait_for_exit(timeout=SOON) == 70
        (report,) = (tmp_path / "home/state/runtall").iterdir()
        shown = handbook.output[handbook.output.rfind(b"\x1b[") :].decode()
        assert shown.partition("runtall: ")[2] == (
            f"a bug ended the program (ZeroDivisionError); please send the report at {report}\r\n"
        )
        assert stat.S_IMODE(report.stat().st_mode) == 0o600
        assert "ZeroDivisionError: broken by 14" in report.read_text("utf-8")
        assert "a private note" not in report.read_text("utf-8")
        assert handbook.left_behind == NOTHING
    assert kept_page() == THIRD
