"""`doctor` tells the truth, and all that a report of a bug needs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.running import Run


@pytest.fixture
def facts(run: Run, monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, object]]:
    """What it says under a locale and a terminal that were sent, with a broken keys file."""
    monkeypatch.setenv("TERM", "strange-terminal")
    monkeypatch.setenv("LC_ALL", "de_DE.ISO-8859-1")
    monkeypatch.setenv("TMUX", "/tmp/tmux-1000/default")
    found: dict[str, dict[str, object]] = json.loads(run("doctor", "--json").out)
    return found


def test_what_a_report_needs(facts: dict[str, dict[str, object]]) -> None:
    """Versions, what was sent, the way it was installed and where reports are kept."""
    names = {
        "runtall",
        "python",
        "textual",
        "rich",
        "sqlite",
        "system",
        "executable",
        "reports",
        "index",
    }
    assert names <= facts.keys()
    assert facts["TERM"] == {"value": "strange-terminal", "why": "as it was sent"}
    assert facts["LC_ALL"]["value"] == "de_DE.ISO-8859-1"
    assert facts["TMUX"]["value"] == "set"
    assert facts["executable"]["why"] == "run from a checkout"


def test_no_path_twice(run: Run, tmp_path: Path) -> None:
    """A path that cannot be used is named once, with the reason."""
    (tmp_path / "diary.db").write_text("no diary")
    lines = [line for line in run("doctor", "--data", str(tmp_path)).lines if "diary.db" in line]
    assert [line.count(str(tmp_path / "diary.db")) for line in lines] == [1]


def test_keys_file_that_is_refused(run: Run, tmp_path: Path) -> None:
    """A keys file that cannot be used is not said to change keys."""
    file = tmp_path / "keys.toml"
    file.write_text("no = such = key")
    answer = run("doctor", "--keys", str(file))
    (line,) = (each for each in answer.lines if str(file) in each)
    assert line.count(str(file)) == 1
    assert "changes keys" not in line


def test_a_single_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all came in one file, that file is named."""
    with ZipFile(tmp_path / "runtall.pyz", "w") as file:
        file.writestr("__main__.py", "")
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "runtall.pyz")])
    found = json.loads(run("doctor", "--json").out)
    assert found["executable"]["why"] == f"unpacked from {tmp_path / 'runtall.pyz'}"
