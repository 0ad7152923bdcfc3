"""Copying to the reader's own clipboard, even over SSH, and saying honestly what was tried."""

import base64
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .capabilities import detect_multiplexer

Way = Literal["tmux", "screen", "terminal", "none"]
Write = Callable[[str], object]
"""Sends raw text to the terminal; raises OSError if it is gone."""
RunProgram = Callable[[Sequence[str], bytes], int]
"""Runs a command with these bytes on its standard input; returns its exit status."""

COPY_MAX = 64 * 1024
"""UTF-8 bytes; many terminals drop a longer request without a word."""
SCREEN_CHUNK = 700
"""Bytes of one device control string, its frame included; GNU screen drops longer ones."""

_START, _END = "\x1bP", "\x1b\\"


@dataclass(frozen=True)
class Copied:
    """What became of a copy: the way tried last, whether it was sent, and what to tell."""

    tried: Way
    sent: bool
    """False means: nothing left for the clipboard; offer to save a file."""
    message: str


def copy(text: str, *, environ: Mapping[str, str], write: Write, run: RunProgram) -> Copied:
    """Copy text by the way that can reach the reader's machine from here."""
    if not text:
        return Copied("none", False, "There is nothing to copy.")
    data = text.encode("utf-8", "replace")
    if len(data) > COPY_MAX:
        size = -(-len(data) // 1024)
        return Copied("none", False, f"Not copied: {size} kB is over the limit of 64 kB.")
    multiplexer = detect_multiplexer(environ).value
    if multiplexer == "tmux" and _load_into_tmux(data, run):
        return Copied("tmux", True, "Copied to tmux; your terminal may ignore tmux's request.")
    if multiplexer == "screen":
        return _send("screen", "".join(_screen_chunks(_request(data))), write)
    return _send("terminal", _request(data), write)


def run_quietly(command: Sequence[str], data: bytes) -> int:
    """Run a command for at most two seconds, showing nothing; raise OSError if it cannot run."""
    try:
        done = subprocess.run(  # noqa: S603 - the commands are written in this module
            command,
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=2,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(f"{command[0]} did not answer") from error
    return done.returncode


def _load_into_tmux(data: bytes, run: RunProgram) -> bool:
    try:
        return run(("tmux", "load-buffer", "-w", "-"), data) == 0
    except OSError:
        return False


def _request(data: bytes) -> str:
    """The terminal's own copy request, OSC 52."""
    return f"\x1b]52;c;{base64.b64encode(data).decode('ascii')}\x07"


def _screen_chunks(request: str) -> Iterator[str]:
    """The request cut up and framed, so that GNU screen hands it on to the terminal outside."""
    step = SCREEN_CHUNK - len(_START) - len(_END)
    for start in range(0, len(request), step):
        yield f"{_START}{request[start : start + step]}{_END}"


def _send(way: Way, request: str, write: Write) -> Copied:
    try:
        write(request)
    except OSError:
        return Copied(way, False, "Not copied: the terminal did not take it.")
    through = "through screen " if way == "screen" else ""
    return Copied(way, True, f"Sent {through}to your terminal to copy; it may ignore that.")
