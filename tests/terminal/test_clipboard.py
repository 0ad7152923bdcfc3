"""Copying tries the way that can work, and says no more than it knows."""

import base64
import re
import sys
from collections.abc import Sequence

import pytest

from tui.terminal.clipboard import COPY_MAX, SCREEN_CHUNK, Copied, copy, run_quietly

TMUX = {"TMUX": "/tmp/tmux-0/default,1,0", "TERM": "tmux-256color"}
SCREEN = {"STY": "1.pts-0", "TERM": "screen"}


class Recorder:
    """Takes what is written and run, and answers as told."""

    def __init__(self, status: int | OSError = 0, gone: bool = False) -> None:
        self.written: list[str] = []
        self.ran: list[tuple[tuple[str, ...], bytes]] = []
        self._status = status
        self._gone = gone

    def write(self, text: str) -> None:
        if self._gone:
            raise OSError(5, "Input/output error")
        self.written.append(text)

    def run(self, command: Sequence[str], data: bytes) -> int:
        self.ran.append((tuple(command), data))
        if isinstance(self._status, OSError):
            raise self._status
        return self._status

    def copy(self, text: str, environ: dict[str, str]) -> Copied:
        return copy(text, environ=environ, write=self.write, run=self.run)


def _decoded(request: str) -> str:
    match = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", request)
    assert match is not None
    return base64.b64decode(match[1]).decode()


def test_plain_terminal() -> None:
    """Without a multiplexer the terminal is asked by OSC 52, which it may ignore."""
    recorder = Recorder()
    assert recorder.copy("Größe\n", {}) == Copied(
        "terminal", True, "Sent to your terminal to copy; it may ignore that."
    )
    assert [_decoded(request) for request in recorder.written] == ["Größe\n"]
    assert recorder.ran == []


def test_inside_tmux() -> None:
    """Inside tmux the text goes to tmux itself, and nothing to the terminal."""
    recorder = Recorder()
    assert recorder.copy("a\x1b", TMUX) == Copied(
        "tmux", True, "Copied to tmux; your terminal may ignore tmux's request."
    )
    assert recorder.ran == [(("tmux", "load-buffer", "-w", "-"), b"a\x1b")]
    assert recorder.written == []


@pytest.mark.parametrize("status", [1, FileNotFoundError(2, "tmux"), TimeoutError("tmux")])
def test_tmux_that_fails(status: int | OSError) -> None:
    """When tmux is missing, too old or stuck, the terminal is asked, and the message says so."""
    recorder = Recorder(status)
    assert recorder.copy("a", TMUX).tried == "terminal"
    assert [_decoded(request) for request in recorder.written] == ["a"]


@pytest.mark.parametrize("size", [1, 500, 700, 40_000])
def test_inside_screen(size: int) -> None:
    """Inside screen the request goes in frames that screen takes, and is whole outside."""
    recorder = Recorder()
    text = "x" * size
    copied = recorder.copy(text, SCREEN)
    assert copied.tried == "screen"
    assert copied.message == "Sent through screen to your terminal to copy; it may ignore that."
    frames = re.findall(r"\x1bP.*?\x1b\\", "".join(recorder.written), re.DOTALL)
    assert "".join(frames) == "".join(recorder.written)
    assert max(map(len, frames)) <= SCREEN_CHUNK
    assert _decoded("".join(frame[2:-2] for frame in frames)) == text


def test_too_long() -> None:
    """Over 64 kB, counted in bytes, nothing is tried."""
    recorder = Recorder()
    assert recorder.copy("é" * (COPY_MAX // 2), {}).sent is True
    recorder = Recorder()
    assert recorder.copy("é" * (COPY_MAX // 2) + "a", TMUX) == Copied(
        "none", False, "Not copied: 65 kB is over the limit of 64 kB."
    )
    assert (recorder.written, recorder.ran) == ([], [])


def test_nothing_to_copy() -> None:
    """An empty text would empty the clipboard: it is not sent."""
    recorder = Recorder()
    assert recorder.copy("", {}) == Copied("none", False, "There is nothing to copy.")
    assert recorder.written == []


@pytest.mark.parametrize("environ", [{}, TMUX, SCREEN])
def test_all_fails(environ: dict[str, str]) -> None:
    """If no way works, the result says so, for the caller to offer a file."""
    copied = Recorder(status=1, gone=True).copy("a", environ)
    assert copied.sent is False
    assert copied.message == "Not copied: the terminal did not take it."


def test_text_that_no_file_can_hold() -> None:
    """Half a character, as in odd file names, is replaced and not an error."""
    recorder = Recorder()
    recorder.copy("a\ud800", {})
    assert [_decoded(request) for request in recorder.written] == ["a?"]


def test_running_a_command() -> None:
    """A command gets the bytes on its standard input and its status comes back."""
    code = "import sys; sys.exit(sys.stdin.buffer.read() != b'abc')"
    assert run_quietly((sys.executable, "-c", code), b"abc") == 0
    assert run_quietly((sys.executable, "-c", code), b"abd") == 1
    with pytest.raises(OSError, match="no-such-command"):
        run_quietly(("no-such-command",), b"")
