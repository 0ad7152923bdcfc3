"""The command as a shell runs it: pipes that close, locales, and terminals that show nothing."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_RUN = (sys.executable, "-m", "tui")


def _run(*words: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **(env or {})}
    return subprocess.run(
        [*_RUN, *words],
        cwd=_ROOT,
        env=environment,
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("words", ["read --all", "toc --json", "--help"])
def test_reader_of_the_pipe_goes_away(words: str) -> None:
    """A pipe whose reader has seen enough is no error."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(
        [*_RUN, *words.split()], check=False, cwd=_ROOT, stdout=write_end, stderr=subprocess.PIPE
    )
    os.close(write_end)
    assert (done.returncode, done.stderr) == (0, b"")


def test_head() -> None:
    """`runtall read --all | head -1` shows one line and nothing else."""
    script = '"$0" -m tui read --all | { head -1; }; echo "${PIPESTATUS[0]}"'
    done = subprocess.run(
        ["bash", "-c", script, sys.executable], check=False, cwd=_ROOT, capture_output=True
    )
    first, code = done.stdout.decode().splitlines()
    assert (bool(first), code, done.stderr) == (True, "0", b"")


@pytest.mark.parametrize("locale", [{"LANG": "C"}, {"LANG": ""}, {"LC_ALL": "POSIX"}])
def test_plain_locales(locale: dict[str, str]) -> None:
    """Where the locale promises no more than ASCII, no more is sent, errors included."""
    for words in (("read", "--all"), ("--help",), ("read", "qqqq"), ("read", "muscle-")):
        done = _run(*words, env=locale)
        assert (done.stdout + done.stderr).isascii()


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"TERM": ""}, {}])
def test_no_screen(env: dict[str, str]) -> None:
    """With no terminal, or one that shows nothing but text, the contents are printed."""
    done = _run(env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"runtall read ID" in done.stdout
    assert b"\x1b" not in done.stdout


def test_closed_streams() -> None:
    """A command started without any streams ends all the same."""
    script = '"$0" -m tui toc <&- >&- 2>&-'
    done = subprocess.run(
        ["bash", "-c", script, sys.executable], check=False, cwd=_ROOT, capture_output=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
