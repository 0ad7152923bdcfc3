"""`export`, `import` and `erase`, called as the shell calls them."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.cli.machines import RUN, Ask, Given, filing, on_machines, runs_in, type_in
from tests.cli.running import Run
from tests.past_runs import run_id


@pytest.fixture
def ask(tmp_path: Path, run: Run) -> Ask:
    return on_machines(tmp_path, run)


@pytest.fixture
def given(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> Given:
    return filing(ask, monkeypatch)


def test_export_to_a_file(ask: Ask, given: Given, tmp_path: Path) -> None:
    """A file is written for the reader alone, and over another only with `--yes`."""
    given(RUN)
    file = tmp_path / "out.json"
    assert ask("export", str(file)).code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() == ask("export").out
    file.write_text("precious")
    said = ask("export", str(file))
    assert (said.code, file.read_text()) == (2, "precious")
    assert ask("export", str(file), "--yes").code == 0
    assert file.read_text() == ask("export").out


def test_export_over_a_link(ask: Ask, given: Given, tmp_path: Path) -> None:
    """A link is followed to the file it leads to; a directory is refused."""
    given(RUN)
    (tmp_path / "real.json").write_text("")
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    assert ask("export", str(tmp_path / "link.json"), "--yes").code == 0
    assert (tmp_path / "real.json").read_text() == ask("export").out
    assert ask("export", str(tmp_path), "--yes").code == 2


def test_export_through_somebody_elses_link(
    ask: Ask, given: Given, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written through a link that another user left; the reader is told which it is."""
    given(RUN)
    victim = tmp_path / "victim"
    (tmp_path / "out.json").symlink_to(victim)
    lstat = Path.lstat
    monkeypatch.setattr(Path, "lstat", lambda path: _given_away(lstat(path)))
    said = ask("export", str(tmp_path / "out.json"))
    assert said.code == 2
    assert "out.json is a link that is not yours" in said.err
    assert not victim.exists()


def _given_away(found: os.stat_result) -> os.stat_result:
    """The same file, of a user who is neither root nor the one who asks."""
    return os.stat_result((*found[:4], 4711, *found[5:]))


def test_home_folder(
    ask: Ask, given: Given, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`~` is the home folder also where no shell has seen it."""
    given(RUN)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert ask("export", "~/out.json").code == 0
    assert (tmp_path / "out.json").read_text() == ask("export").out
    assert ask("import", "~/out.json").code == 0


def test_import_twice(ask: Ask, given: Given, tmp_path: Path) -> None:
    """Importing says what came in; doing it again changes nothing."""
    given(RUN, {})
    ask("export", str(tmp_path / "file"))
    first = ask("import", str(tmp_path / "file"), machine="there")
    assert first.out == "Records imported: 2 new, 0 changed, 0 removed, 0 already here.\n"
    again = ask("import", str(tmp_path / "file"), machine="there")
    assert again.out == "Records imported: 0 new, 0 changed, 0 removed, 2 already here.\n"
    assert ask("export", machine="there").out == ask("export").out


@pytest.mark.parametrize("text", ["", "text", "[]", '{"format": "runtall"}'])
def test_bad_import(ask: Ask, given: Given, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """What is no export is refused in one line, and nothing is changed."""
    given(RUN)
    before = ask("export").out
    type_in(monkeypatch, text)
    said = ask("import", "-")
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert ask("export").out == before


def test_exchange(ask: Ask, given: Given, tmp_path: Path) -> None:
    """Two machines that exchange files through a folder, each having changed things, end up the same."""
    given({"note": "first"}, {"note": "second"}, {"note": "third"})
    ours, theirs = str(tmp_path / "ours"), str(tmp_path / "theirs")
    ask("export", ours)
    ask("import", ours, machine="there")
    ask("diary", "edit", run_id(0), "--note", "changed here")
    ask("diary", "remove", run_id(1))
    ask("diary", "edit", run_id(2), "--soreness", "3", machine="there")
    ask("export", theirs, machine="there")
    ask("import", theirs)
    ask("export", ours, "--yes")
    ask("import", ours, machine="there")
    assert ask("export", machine="there").out == ask("export").out
    found = [(run["note"], run["soreness"]) for run in runs_in(ask("diary", "--json"))]
    assert found == [("changed here", None), ("third", 3)]


def test_erase(ask: Ask, given: Given, tmp_path: Path) -> None:
    """Where nobody can be asked nothing is erased without `--yes`; with it, all is."""
    given(RUN)
    assert ask("erase").code == 2
    assert len(runs_in(ask("diary", "--json"))) == 1
    assert ask("erase", "--yes").code == 0
    assert list((tmp_path / "here").iterdir()) == []


def test_erase_leaves_others_alone(ask: Ask, tmp_path: Path) -> None:
    """A file of another program that has the diary's name is not erased."""
    (tmp_path / "here").mkdir()
    with sqlite3.connect(tmp_path / "here" / "diary.db") as connection:
        connection.execute("CREATE TABLE theirs(a)")
    connection.close()
    before = (tmp_path / "here" / "diary.db").read_bytes()
    assert ask("erase", "--yes").code == 3
    assert (tmp_path / "here" / "diary.db").read_bytes() == before


@pytest.mark.parametrize("words", [["export"], ["import", "x"], ["erase", "--yes"]])
def test_private(ask: Ask, words: list[str]) -> None:
    """With `--private` there is nothing to carry or erase, and that is said."""
    assert ask(*words, "--private").code == 2
    assert ask("diary", "--private").code == 0
