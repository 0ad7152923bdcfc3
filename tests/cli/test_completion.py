"""`completion`: a real bash, zsh and fish complete from the script alone."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import Run


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("fin", ["finish"]),
        ("read hunc", ["hunching"]),
        ("tick warm", ["warm-up"]),
        ("finish --sor", ["--soreness"]),
        ("--private toc --js", ["--json"]),
        ("help red-", ["red-flags"]),
        ("routine desk", ["desk-break"]),
        ("--data /tmp tick warm", ["warm-up"]),
    ],
)
def test_bash(run: Run, words: str, expected: list[str]) -> None:
    """Commands, pages, items and options are completed, in bash itself."""
    script = run("completion", "bash").out
    asked = ["runtall", *words.split()]
    ask = f"COMP_WORDS=({' '.join(asked)}); COMP_CWORD={len(asked) - 1}; _runtall"
    said = subprocess.run(
        ["bash", "--norc", "-c", f'{script}\n{ask}\nprintf "%s\\n" "${{COMPREPLY[@]}}"'],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (said.stdout.split(), said.stderr) == (expected, "")


_WORDS = [
    ("fin", "finish"),
    ("read hunc", "hunching"),
    ("tick warm", "warm-up"),
    ("finish --sor", "--soreness"),
    ("--private toc --js", "--json"),
    ("routine desk", "desk-break"),
    ("--data /tmp tick warm", "warm-up"),
]


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
@pytest.mark.parametrize(("words", "expected"), _WORDS)
def test_zsh(run: Run, words: str, expected: str) -> None:
    """The script hands the right words to zsh, which offers those that fit."""
    script = run("completion", "zsh").out
    asked = ["runtall", *words.split()]
    stand_in = "compdef() {}; _files() {}; compadd() { shift; print -l -- $@ }"
    ask = f"words=({' '.join(asked)}); CURRENT={len(asked)}; _runtall"
    said = subprocess.run(
        ["zsh", "-f", "-c", f"{stand_in}\n{script}\n{ask}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert expected in said.stdout.split()
    assert said.stderr == ""


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
@pytest.mark.parametrize(("words", "expected"), _WORDS)
def test_fish(run: Run, tmp_path: Path, words: str, expected: str) -> None:
    """Commands, pages, items and options are completed, in fish itself."""
    script = run("completion", "fish").out
    said = subprocess.run(
        ["fish", "--no-config", "-c", f'{script}\ncomplete -C "runtall {words}"'],
        capture_output=True,
        text=True,
        check=True,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    assert [line.split("\t")[0] for line in said.stdout.splitlines()] == [expected]
