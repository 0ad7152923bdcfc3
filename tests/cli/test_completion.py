"""`completion`: a real bash completes from the script alone."""

from __future__ import annotations

import subprocess

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
