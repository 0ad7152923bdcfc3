"""The command as a shell runs it: pipes that close, locales, and terminals that show nothing."""

import errno
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
    assert b'runtall read "TITLE"' in done.stdout
    assert b"\x1b" not in done.stdout


def test_closed_streams() -> None:
    """A command started without any streams ends all the same."""
    script = '"$0" -m tui toc <&- >&- 2>&-'
    done = subprocess.run(
        ["bash", "-c", script, sys.executable], check=False, cwd=_ROOT, capture_output=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


_ANSWERS = (
    *("toc", "read --all", "search hunching", "check", "tick hands", "finish", "red-flags"),
    *("diary", "export", "keys", "doctor", "restore", "self-check", "--help", "--version", "help"),
)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to offer")
@pytest.mark.parametrize("words", _ANSWERS)
def test_full_disk_behind_the_answer(words: str, tmp_path: Path) -> None:
    """An answer that cannot be written is one line with the reason and a code of its own, never a bug."""
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [*_RUN, *words.split(), "--data", str(tmp_path / "data")],
            check=False,
            cwd=_ROOT,
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
        )
    if done.returncode == 2:
        return  # words that make no command write no answer
    lines = done.stderr.decode().splitlines()
    assert (done.returncode, lines[-1]) == (
        3,
        "runtall: standard output: the disk is full; the answer is not whole",
    )
    assert not any("bug" in line for line in lines)


@pytest.mark.parametrize("name", ["pipe", "/dev/zero", "deep", "large"])
@pytest.mark.parametrize("what", ["keys", "book"])
def test_bad_settings(tmp_path: Path, name: str, what: str) -> None:
    """A keys file or settings of a book that are no such file are one line, at once."""
    (tmp_path / "SUMMARY.md").write_text("- [One](one.md)\n")
    (tmp_path / "one.md").write_text("# One\n")
    file = tmp_path / "runtall.toml"
    if name == "pipe":
        os.mkfifo(file)
    elif name == "/dev/zero":
        file.symlink_to(name)
    else:
        file.write_text("a = " + "[" * 100_000 if name == "deep" else "# " + "x" * 20_000_000)
    option = ("keys", "--keys", str(file)) if what == "keys" else ("toc", "--book", str(tmp_path))
    done = _run(*option)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert b"runtall.toml" in done.stderr


def test_too_few_files_may_be_open() -> None:
    """Where the system lets no more files be opened that is said in one line, and is no bug."""
    error = OSError(errno.EMFILE, os.strerror(errno.EMFILE))
    code = f"from tui.terminal.bug_report import *; raise SystemExit(report_bug({error!r}, report_folder()))"
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=_ROOT, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (3, b"", 1)
    assert b"ulimit -n" in done.stderr
