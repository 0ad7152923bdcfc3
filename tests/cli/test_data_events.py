"""What happens to the reader's data is said by each command until it is dismissed; what is lost can be restored."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from tests.cli.machines import RUN, Ask, Given, filing, on_machines, runs_in
from tests.cli.running import Run

DAMAGES = {
    "cut": lambda data: data[:6144],
    "empty": lambda _: b"",
    "second page lost": lambda data: data[:4096] + bytes(4096) + data[8192:],
}
COMMANDS = ("check", "tick hands", "untick hands", "finish", "diary", "export", "restore")


@pytest.fixture
def ask(tmp_path: Path, run: Run) -> Ask:
    return on_machines(tmp_path, run)


@pytest.fixture
def given(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> Given:
    return filing(ask, monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "here"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("words", COMMANDS)
def test_damage_is_said_by_every_command(
    ask: Ask, given: Given, folder: Path, words: str, damage: object
) -> None:
    """Whichever command meets the damage says it, and so does each one after it."""
    given(RUN)
    file = folder / "diary.db"
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]  # one of DAMAGES
    assert "the diary was damaged" in ask(*words.split()).err
    assert "the diary was damaged" in ask("tick", "hands").err
    assert len(list(folder.glob("diary.damaged-*.db"))) == 1


def test_seen(ask: Ask, given: Given, folder: Path) -> None:
    """`doctor` lists what happened and the file put aside, changing nothing; `--seen` ends it."""
    given(RUN)
    (folder / "diary.db").write_bytes(b"text")
    ask("check")
    before = names(folder)
    doctor = ask("doctor")
    assert (doctor.code, doctor.err) == (0, "")
    assert "the diary was damaged" in doctor.out
    assert "put aside 1" in doctor.out
    assert names(folder) == before
    assert "the diary was damaged" in ask("doctor", "--seen").out
    assert ask("check").err == ""
    assert "the diary was damaged" not in ask("doctor").out
    assert "put aside 1" in ask("doctor").out


def test_doctor_mends_nothing(ask: Ask, given: Given, folder: Path) -> None:
    """`doctor` says that the file is damaged, and leaves it as it is."""
    given(RUN)
    file = folder / "diary.db"
    harmed = file.read_bytes()[:6144]
    file.write_bytes(harmed)
    assert "is damaged" in ask("doctor").out
    assert (file.read_bytes(), names(folder)) == (harmed, {"diary.db", "diary.db-journal"})


@pytest.mark.parametrize("words", ["doctor", "check", "diary", "diary --json", "restore"])
def test_a_question_makes_no_file(ask: Ask, tmp_path: Path, words: str) -> None:
    """What only asks leaves no file and no folder behind."""
    ask(*words.split())
    assert not (tmp_path / "here").exists()


def test_read_only_home(ask: Ask, tmp_path: Path) -> None:
    """Where nothing can be saved the list is shown all the same, with one line beside it."""
    tmp_path.chmod(0o500)
    try:
        checked, listed = ask("check"), ask("diary")
    finally:
        tmp_path.chmod(0o700)
    assert "[ ] hands" in checked.out
    assert (checked.code, checked.err.count("\n")) == (3, 1)
    assert (listed.code, listed.err.count("\n")) == (3, 1)
    assert "No runs yet" in listed.out


def test_check_of_a_diary_that_cannot_be_read(ask: Ask, folder: Path) -> None:
    """The list is shown without ticks, and why; walking it would save nothing and is refused."""
    folder.write_text("not a directory")
    said = ask("check")
    assert "[ ] hands" in said.out
    assert (said.code, said.err.count("\n")) == (3, 1)
    assert ask("check", "--ask").code == 3


def test_data_folder_from_the_environment(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tilde is the home folder, as in a shell; a relative folder would be another one everywhere."""
    home = Path(os.environ["HOME"])
    home.mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUNTALL_DATA", "~/rt")
    assert run("tick", "hands").code == 0
    assert (home / "rt" / "diary.db").is_file()
    for words in ({"RUNTALL_DATA": "rt"}, {"RUNTALL_DATA": "./rt"}):
        monkeypatch.setenv("RUNTALL_DATA", words["RUNTALL_DATA"])
        said = run("tick", "hands")
        assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
        assert "whole path" in said.err
    assert run("tick", "hands", "--data", "rt").code == 2
    assert not (tmp_path / "rt").exists()


def test_restore_after_the_file_was_lost(ask: Ask, folder: Path) -> None:
    """The second copy is offered while the diary is gone, and merged after asking."""
    ask("finish", "--soreness", "3", "--note", "kept")
    (folder / "diary.db").unlink()
    assert "`runtall restore`" in ask("check").err
    asked = ask("restore")
    assert "1 run" in asked.out
    assert asked.code == 2
    assert ask("restore", "--yes").code == 0
    assert [run["note"] for run in runs_in(ask("diary", "--json"))] == ["kept"]
    assert "has all" in ask("restore").out


def test_second_copy_is_never_made_worse(ask: Ask, folder: Path) -> None:
    """A new diary beside an old copy does not write over it, on no later day."""
    ask("finish", "--note", "kept")
    (folder / "diary.db").unlink()
    copy = (folder / "diary.copy.db").read_bytes()
    os.utime(folder / "diary.copy.db", (0, 0))
    assert "second copy" in ask("finish", "--note", "new").err
    assert (folder / "diary.copy.db").read_bytes() == copy
    ask("restore", "--yes")
    assert {run["note"] for run in runs_in(ask("diary", "--json"))} == {"kept", "new"}


def test_nothing_to_restore(ask: Ask, given: Given) -> None:
    """Where there is no second copy, that is said."""
    given(RUN)
    said = ask("restore")
    assert (said.code, said.err) == (1, "")
    assert "no second copy" in said.out


def test_what_was_removed_stays_so(ask: Ask, folder: Path) -> None:
    """A removed run comes back neither with a restoring nor with the mending of a damaged file."""
    ask("finish", "--note", "secret")
    ask("finish", "--note", "kept")
    secret = next(run["id"] for run in runs_in(ask("diary", "--json")) if run["note"] == "secret")
    ask("diary", "remove", secret)
    assert b"secret" not in (folder / "diary.copy.db").read_bytes()
    (folder / "diary.db").write_bytes(b"text")
    assert [run["note"] for run in runs_in(ask("diary", "--json"))] == ["kept"]
    ask("restore", "--yes")
    assert [run["note"] for run in runs_in(ask("diary", "--json"))] == ["kept"]


def test_erase_reaches_every_copy(ask: Ask, folder: Path) -> None:
    """Nothing that the program made is left: diary, copy, files put aside, events, reports, index."""
    ask("finish", "--note", "secret")
    ask("search", "neck")
    cache = Path(os.environ["XDG_CACHE_HOME"]) / "runtall"
    assert [*cache.iterdir()] != []
    ask("brief", "--keep", "--yes")
    assert "brief.txt" in names(folder)
    (folder / "diary.db").write_bytes(b"text")
    ask("check")
    (folder / "mine.txt").write_text("mine")
    reports = Path(os.environ["XDG_STATE_HOME"]) / "runtall"
    reports.mkdir(parents=True)
    (reports / "bug-1.txt").write_text("x")
    assert ask("erase", "--yes").code == 0
    assert names(folder) == {"mine.txt"}
    assert [*reports.iterdir(), *cache.iterdir()] == []
    assert runs_in(ask("diary", "--json")) == []
    assert names(folder) == {"mine.txt"}


def test_erase_leaves_the_sync_folder(ask: Ask, folder: Path, tmp_path: Path) -> None:
    """This device's file is taken out of the folder, which is forgotten; what others hold is said."""
    shared = tmp_path / "shared"
    shared.mkdir()
    ask("finish", "--note", "secret")
    ask("sync", str(shared))
    (own,) = shared.iterdir()
    other = shared / f"{'0' * 32}.json"
    other.write_bytes(own.read_bytes())
    said = ask("erase", "--yes").out
    assert "1 other file there, of other devices" in said
    assert [*shared.iterdir()] == [other]
    assert names(folder) == set()
    assert ask("sync").code == 2
    assert runs_in(ask("diary", "--json")) == []


def test_erase_while_the_sync_folder_is_away(ask: Ask, tmp_path: Path) -> None:
    """The name of the file that could not be reached is said, as it cannot be removed later."""
    shared = tmp_path / "shared"
    shared.mkdir()
    ask("finish", "--note", "secret")
    ask("sync", str(shared))
    (own,) = shared.iterdir()
    shared.rename(tmp_path / "away")
    assert f"delete {own}" in ask("erase", "--yes").out


def test_renamed_tables_of_a_newer_version(ask: Ask, given: Given, folder: Path) -> None:
    """A newer version may hold its records as it likes: that is said, and never that it is damaged."""
    given(RUN)
    connection = sqlite3.connect(folder / "diary.db")
    connection.execute("ALTER TABLE record RENAME TO rec2")
    connection.execute("PRAGMA user_version=2")
    connection.close()
    before = (folder / "diary.db").read_bytes()
    for words in ("diary", "tick hands", "doctor", "export"):
        said = ask(*words.split())
        assert "newer version" in said.err + said.out
        assert "damaged" not in said.err + said.out
    assert (folder / "diary.db").read_bytes() == before


def test_folder_that_others_can_write(ask: Ask, given: Given, folder: Path, tmp_path: Path) -> None:
    """A folder that holds only our files is closed to others; any other is refused with the reason."""
    given(RUN)
    folder.chmod(0o777)
    assert ask("check").err == ""
    assert folder.stat().st_mode & 0o777 == 0o700
    shared = tmp_path / "there"
    shared.mkdir()
    (shared / "others.txt").write_text("theirs")
    shared.chmod(0o777)
    said = ask("tick", "hands", machine="there")
    assert (said.code, said.out) == (3, "")
    assert "other users can write" in said.err
    assert names(shared) == {"others.txt"}


def test_pipe_as_the_journal(ask: Ask, given: Given, folder: Path) -> None:
    """What stands in the journal's place is named, without waiting for anybody."""
    given(RUN)
    (folder / "diary.db-journal").unlink(missing_ok=True)
    os.mkfifo(folder / "diary.db-journal")
    said = ask("tick", "hands")
    assert (said.code, said.err.count("\n")) == (3, 1)
    assert "diary.db-journal: is not a file" in said.err
