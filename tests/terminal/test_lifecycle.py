"""The parts that endings are made of."""

import os
import pty
import select
import stat
import termios
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyte
import pytest
from textual.app import ComposeResult
from textual.widgets import Input

from tui.terminal.bug_report import BUG, report_bug, save_report
from tui.terminal.lifecycle import SafeApp
from tui.terminal.modes import (
    END,
    KEPT,
    MOUSE_OFF,
    RESTORE,
    START,
    STOP,
    read_attributes,
    restore_modes,
    still_to_restore,
    write_attributes,
)
from tui.terminal.output import TerminalOutput


@dataclass(frozen=True)
class Pair:
    """Both ends of a pty: the terminal's and the program's."""

    terminal: int
    program: int


@pytest.fixture
def pair() -> Iterator[Pair]:
    terminal, program = pty.openpty()
    settings = termios.tcgetattr(program)
    settings[1] &= ~termios.OPOST
    termios.tcsetattr(program, termios.TCSANOW, settings)
    yield Pair(terminal, program)
    for descriptor in (terminal, program):
        try:
            os.close(descriptor)
        except OSError:
            continue


class Note:
    """Counts how often it was called."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


def _error() -> ValueError:
    secret = "private"
    try:
        raise ValueError(f"odd {len(secret)}")
    except ValueError as error:
        return error


def test_report_is_private(tmp_path: Path) -> None:
    """A report is made in a new folder that only its owner may enter, readable by the owner."""
    old = os.umask(0)
    try:
        report = save_report(_error(), tmp_path / "a" / "reports")
    finally:
        os.umask(old)
    assert stat.S_IMODE(report.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert report.read_text("utf-8").endswith("ValueError: odd 7\n")
    assert '"private"' not in report.read_text("utf-8")


def test_report_says_what_a_bug_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report has versions, terminal and locale, and neither the home folder nor other variables."""
    monkeypatch.setenv("HOME", str(Path(__file__).parent))
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("TMUX", "/tmp/tmux-1000/default")
    monkeypatch.setenv("SECRET", "hidden")
    written = save_report(_error(), tmp_path).read_text("utf-8")
    names = [line.partition(":")[0] for line in written.splitlines()]
    assert {"runtall", "python", "textual", "rich", "system", "LC_ALL"} <= {*names}
    assert "TMUX: set\n" in written
    assert 'File "~/test_lifecycle.py", line ' in written
    assert not any(each in written for each in ("hidden", "tmux-1000", str(Path(__file__).parent)))


def test_report_follows_no_link(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A folder that is a link to elsewhere is not written to; the line says that nothing was."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "reports").symlink_to(tmp_path / "elsewhere")
    assert report_bug(_error(), tmp_path / "reports") == BUG
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert capfd.readouterr().err == (
        "runtall: a bug ended the program (ValueError); no report could be saved in "
        f"{tmp_path}/reports: Not a directory\n"
    )


def test_report_line_is_safe(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """No control character of a folder's name reaches the terminal."""
    report_bug(_error(), tmp_path / "a\x1b]52;c;QQ==\x07\n\u202e")
    line = capfd.readouterr().err
    assert "a?]52;c;QQ==???/bug-" in line
    assert line.removesuffix("\n").isprintable()


def test_output_is_utf8(pair: Pair) -> None:
    """Text goes out as UTF-8 whatever the locale, in its order; half a character is replaced."""
    output = TerminalOutput(pair.program, Note())
    output.start()
    for text in ("é", "中\ud800", "\n"):
        output.write(text)
    output.stop()
    assert os.read(pair.terminal, 100) == "é中?\n".encode()


def test_output_goes_on_after_a_stop(pair: Pair) -> None:
    """Stopped, all that was written has been sent; started again, it sends what comes then."""
    output = TerminalOutput(pair.program, Note())
    for text in ("a", "b"):
        output.start()
        output.write(text)
        output.stop()
        output.stop()
        assert os.read(pair.terminal, 100) == text.encode()


def test_output_notices_a_lost_link_once(pair: Pair) -> None:
    """A terminal that has gone is told of once; what is written after that is dropped."""
    note = Note()
    output = TerminalOutput(pair.program, note)
    os.close(pair.terminal)
    output.send(b"abc")
    output.send(b"de")
    assert (note.count, output.given_up) == (1, True)


def test_output_that_is_given_up_is_dropped(pair: Pair) -> None:
    """Nobody waits for a stalled terminal that was given up."""
    output = TerminalOutput(pair.program, Note())
    output.start()
    output.given_up = True
    for _ in range(100):
        output.write("x" * 10_000)
    output.stop()
    assert select.select([pair.terminal], [], [], 0)[0] == []


def test_the_shells_descriptor_is_left_alone(pair: Pair) -> None:
    """That our writing does not wait is no concern of the other users of the terminal."""
    output = TerminalOutput(pair.program, Note())
    assert os.get_blocking(pair.program) is True
    assert os.get_blocking(output.descriptor) is False


def test_restoring_a_full_terminal(pair: Pair) -> None:
    """What a stalled terminal has not taken is dropped, so that the restoring gets through."""
    os.set_blocking(pair.program, False)
    while select.select([], [pair.program], [], 0)[1]:
        os.write(pair.program, b"x" * 1000)
    restore_modes(pair.program)
    received = bytearray()
    while select.select([pair.terminal], [], [], 0.1)[0]:
        received += os.read(pair.terminal, 65536)
    assert received.endswith(RESTORE)


def test_what_is_still_to_be_restored() -> None:
    """All after a frame, nothing after the end; the keyboard is given back once, cut where it may be."""
    stop = f"{MOUSE_OFF}{STOP}".encode()
    popped = stop.index(b"\x1b[<u") + 4
    for cut in range(len(stop)):
        sent = f"{START}frame".encode() + stop[:cut]
        more = still_to_restore(sent[-KEPT:])
        assert more.endswith(END.encode())
        assert more.count(b"\x1b[<u") == (cut < popped)
    assert still_to_restore((b"frame" + stop)[-KEPT:]) == still_to_restore(b"") == b""


@pytest.mark.parametrize("end", [STOP, RESTORE.decode()])
def test_leaving_where_there_is_no_other_screen(end: str) -> None:
    """Without an alternate screen, as in GNU screen, the prompt comes on a clean last line."""
    screen = pyte.Screen(20, 5)
    stream = pyte.Stream(screen)
    stream.feed(START + "\x1b[H" + "\r\n".join(["left over"] * 5) + "\x1b[2;3H" + end)
    assert (screen.cursor.y, screen.cursor.x) == (4, 0)
    assert screen.display[3:] == ["left over           ", " " * 20]


def test_restoring_where_there_is_no_terminal(tmp_path: Path) -> None:
    """Restoring is safe on a file, on nothing, and on a closed terminal."""
    path = tmp_path / "file"
    with path.open("wb") as file:
        restore_modes(file.fileno())
        assert read_attributes(file.fileno()) is None
        write_attributes(file.fileno(), None)
    assert path.read_bytes() == b""
    restore_modes(99)


def test_line_settings_come_back(pair: Pair) -> None:
    """Settings that were read can be written back."""
    before = read_attributes(pair.program)
    changed: Any = read_attributes(pair.program)
    changed[3] &= ~termios.ECHO
    write_attributes(pair.program, changed)
    assert read_attributes(pair.program) != before
    write_attributes(pair.program, before)
    assert read_attributes(pair.program) == before


class SavingApp(SafeApp[int]):
    """Counts how often it saves, and sees its widgets while it does."""

    def __init__(self) -> None:
        super().__init__()
        self.saved: list[str] = []

    def compose(self) -> ComposeResult:
        yield Input("a place")

    def before_leaving(self) -> None:
        self.saved.append(self.query_one(Input).value)

    def on_input_submitted(self) -> None:
        raise ValueError("broken")


async def test_leaving_saves_once() -> None:
    """However often the app is told to leave, it saves once, with its widgets still there."""
    app = SavingApp()
    async with app.run_test():
        app.exit(3)
        app.exit(4)
    assert app.saved == ["a place"]
    assert app.driver is None


async def test_bug_saves_too() -> None:
    """A bug saves the place and is there to be reported, and tests still see it raised."""
    app = SavingApp()
    with pytest.raises(ValueError, match="broken"):
        async with app.run_test() as pilot:
            await pilot.press("enter")
    assert app.saved == ["a place"]
    assert isinstance(app.bug, ValueError)
