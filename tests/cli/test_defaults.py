"""What is set for all on a machine: taken where nothing else is said, refused where it would mix readers."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import Run


@pytest.fixture
def set_for_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Writes the file for all."""
    monkeypatch.setenv("XDG_CONFIG_DIRS", f"{tmp_path / 'none'}:{tmp_path / 'xdg'}")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    monkeypatch.delenv("RUNTALL_DATA", raising=False)
    file = tmp_path / "xdg" / "runtall" / "defaults.toml"
    file.parent.mkdir(parents=True)

    def write(text: str) -> Path:
        file.write_text(text)
        return file

    return write


@pytest.mark.parametrize("place", ["~/kept", "{tmp}/{user}"])
def test_data(run: Run, set_for_all: Callable[[str], Path], tmp_path: Path, place: str) -> None:
    """Each reader has a diary of their own; an option or a variable says otherwise; `doctor` names the file."""
    file = set_for_all(f'data = "{place.replace("{tmp}", str(tmp_path))}"\n')
    assert run("tick", "1").code == 0
    kept = (tmp_path / "home" / "kept", tmp_path / getpass.getuser())
    assert [(each / "diary.db").exists() for each in kept].count(True) == 1
    assert "0 of 12" in run("check", "--data", str(tmp_path / "other")).out
    assert json.loads(run("doctor", "--json").out)["defaults"]["value"] == str(file)
    assert run("brief").out == "1/12\n"


@pytest.mark.parametrize(
    ("text", "is_quick"),
    [
        ('data = "~/kept" # for each reader\nprivate = false\n\nkeys = "~/keys.toml"\n', True),
        ('# for all\ndata = "~/{user}"\n', True),
        ("private = false\n", True),
        ('data = "~/kept"\nprivate = true\n', False),
        ('data = "~/kept"\nbook = "/gone"\n', False),
        ("data = '~/kept'\n", False),
        ('data = "/for/all"\n', False),
        ('data = "~/kept"\n[more]\n', False),
    ],
)
def test_answers_for_prompts(
    run: Run,
    set_for_all: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    is_quick: bool,
) -> None:
    """`brief` is quick where a data folder is set for all; what else is set is left to the command."""
    monkeypatch.delenv("RUNTALL_NOW")
    monkeypatch.setenv("XDG_DATA_HOME", str(Path.home() / "data"))
    set_for_all(text)
    run("tick", "1")
    run("brief")
    with monkeypatch.context() as looked_up:
        looked_up.setattr("tui.cli.glance._look", None)
        assert (run("brief").out == "1/12\n") == is_quick


def test_private(run: Run, set_for_all: Callable[[str], Path]) -> None:
    """Nothing is kept where that is set for all."""
    set_for_all("private = true\n")
    assert "nothing is kept" in run("tick", "1").err


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('data = "/srv/all"', "data must hold ~ or {user}"),
        ('data = "kept/~"', "data is a whole path"),
        ("private = 1", "private is true or false"),
        ('color = "never"', "there is no setting 'color'"),
        ("data = ", "Invalid value"),
    ],
)
def test_wrong(run: Run, set_for_all: Callable[[str], Path], text: str, why: str) -> None:
    """A wrong file is named in one line, with who can mend it."""
    file = set_for_all(text)
    said = run("check")
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert why in said.err
    assert str(file) in said.err
    assert "whoever looks after this machine" in said.err
