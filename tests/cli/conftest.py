"""Commands, run in this process as if from a shell with no terminal."""

import os

import pytest

from tests.cli.running import Answer, Run
from tui.cli.main import main


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs a command; each answer holds only its own output."""
    monkeypatch.setattr(os, "isatty", lambda _: False)

    def run(*words: str) -> Answer:
        try:
            code = main(words)
        except SystemExit as left:
            code = int(left.code or 0)
        written = capsysbinary.readouterr()
        return Answer(code, written.out.decode(), written.err.decode())

    return run
