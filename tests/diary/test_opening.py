"""Opening in every bad environment: the diary opens, says what is wrong, and refuses to save."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.diary.conftest import Open
from tui.diary import records
from tui.diary.diary import Diary, open_diary
from tui.diary.errors import (
    CannotRead,
    CannotSave,
    LinkRefused,
    Locked,
    NoHome,
    NotADiary,
    NotADirectory,
    NotAFile,
    NotOurs,
    ReadOnly,
    Trouble,
)

ROOT = Path(__file__).parents[2]
HANDS = "before/hands"


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def assert_refuses(diary: Diary, trouble: type[Trouble], mode: str = "memory") -> None:
    """The diary opened, names its trouble in one line, and saves nothing."""
    assert (diary.mode, type(diary.trouble)) == (mode, trouble)
    assert len(str(diary.trouble).splitlines()) == 1
    with pytest.raises(CannotSave) as raised:
        diary.lists.tick("before/vest")
    assert type(raised.value.trouble) is trouble
    assert "before/vest" not in diary.lists.state("before").ticked


@pytest.mark.parametrize("umask", [0o000, 0o777])
def test_all_is_private(tmp_path: Path, umask: int) -> None:
    """Directories are 0700 and files 0600 whatever the umask."""
    before = os.umask(umask)
    try:
        with open_diary(tmp_path / "a" / "b") as diary:
            diary.lists.tick(HANDS)
            diary.export_to(tmp_path / "a" / "export.json")
    finally:
        os.umask(before)
    modes = {path.name: mode_of(path) for path in (tmp_path / "a").rglob("*")}
    assert modes == {
        "b": 0o700,
        "diary.db": 0o600,
        "diary.db-journal": 0o600,
        "diary.undo": 0o600,
        "export.json": 0o600,
    }
    assert mode_of(tmp_path / "a") == 0o700


def test_open_file_is_made_private(diary: Diary, open_here: Open) -> None:
    """A diary that others could read is closed to them."""
    diary.close()
    diary.path.chmod(0o644)
    assert open_here().mode == "writable"
    assert mode_of(diary.path) == 0o600


def test_default_directory(home: Path) -> None:
    """Without a directory named, the diary is in the user's data directory."""
    with open_diary() as diary:
        assert diary.mode == "writable"
        assert diary.path.is_relative_to(home)


def test_opened_later(diary: Diary, directory: Path) -> None:
    """Where the file is not opened at once, it is not touched before `open`."""
    diary.lists.tick(HANDS)
    diary.close()
    diary.path.chmod(0o644)
    with open_diary(directory, at_once=False) as later:
        assert mode_of(diary.path) == 0o644
        later.open()
        assert list(later.lists.state("before").ticked) == [HANDS]


def test_settings_of_the_file(diary: Diary) -> None:
    """The file is ours by its mark and version, and never in WAL."""
    with sqlite3.connect(diary.path) as connection:
        facts = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version", "journal_mode")
        ]
    connection.close()
    assert facts == [records.APPLICATION_ID, len(records.MIGRATIONS), "delete"]
    assert diary._store._opened.connection.execute("PRAGMA journal_mode").fetchone()[0] == (
        "truncate"
    )
    assert diary._store._opened.connection.execute("PRAGMA synchronous").fetchone()[0] == 2


def test_directory_of_someone_else(
    directory: Path, open_here: Open, give_away: Callable[[Path], None]
) -> None:
    """A directory that belongs to another user is refused and left empty."""
    directory.mkdir()
    give_away(directory)
    assert_refuses(open_here(), NotOurs)
    assert list(directory.iterdir()) == []


def test_file_of_someone_else(
    diary: Diary, open_here: Open, give_away: Callable[[Path], None]
) -> None:
    """A file that belongs to another user is not read."""
    diary.lists.tick(HANDS)
    diary.close()
    give_away(diary.path)
    other = open_here()
    assert_refuses(other, NotOurs)
    assert other.lists.state("before").ticked == {}


def test_home_of_another_user(home: Path, give_away: Callable[[Path], None]) -> None:
    """With another user's HOME nothing is made there."""
    give_away(home)
    with open_diary() as diary:
        assert_refuses(diary, NotOurs)
    if os.geteuid() == 0:
        assert list(home.iterdir()) == []


def test_link_to_a_directory_of_someone_else(
    tmp_path: Path, open_here: Open, give_away: Callable[[Path], None]
) -> None:
    """A symbolic link does not lead into another user's directory; one to our own is followed."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert open_here(tmp_path / "link").mode == "writable"
    give_away(tmp_path / "real")
    assert_refuses(open_here(tmp_path / "link"), NotOurs)


def test_linked_file(directory: Path, tmp_path: Path, open_here: Open) -> None:
    """A symbolic link in place of the file is not followed."""
    directory.mkdir()
    (directory / "diary.db").symlink_to(tmp_path / "elsewhere")
    assert_refuses(open_here(), LinkRefused)
    assert not (tmp_path / "elsewhere").exists()


def test_link_to_nothing(tmp_path: Path, open_here: Open) -> None:
    """A directory that is a link to nothing is refused."""
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert_refuses(open_here(tmp_path / "link"), LinkRefused)


def test_directory_in_place_of_the_file(directory: Path, open_here: Open) -> None:
    """A directory named like the file is refused."""
    (directory / "diary.db").mkdir(parents=True)
    assert_refuses(open_here(), NotAFile)


def test_pipe_in_place_of_the_file(directory: Path, open_here: Open) -> None:
    """A pipe named like the file is refused at once, without waiting for a writer."""
    directory.mkdir()
    os.mkfifo(directory / "diary.db")
    assert_refuses(open_here(), NotAFile)


def test_file_in_place_of_the_directory(directory: Path, open_here: Open) -> None:
    """A file named like the directory is refused, as is a directory below a file."""
    directory.write_text("mine")
    assert_refuses(open_here(), NotADirectory)
    assert_refuses(open_here(directory / "below"), NotADirectory)
    assert directory.read_text() == "mine"


@pytest.mark.parametrize("named", ["", "relative", "/nowhere/at/all"])
def test_no_home(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    """Without a home the diary opens in memory and says so."""
    monkeypatch.setenv("HOME", named)
    with open_diary() as diary:
        assert_refuses(diary, NoHome)


def test_read_only_file(diary: Diary, open_here: Open) -> None:
    """What is in a read-only file can be read, and it stays as it is."""
    diary.lists.tick(HANDS)
    diary.close()
    diary.path.chmod(0o400)
    reader = open_here()
    assert_refuses(reader, ReadOnly, "read_only")
    assert list(reader.lists.state("before").ticked) == [HANDS]
    reader.back_up()
    assert mode_of(diary.path) == 0o400
    assert not diary.path.with_name("diary.copy.db").exists()


def test_read_only_home(home: Path) -> None:
    """In a read-only home the diary opens in memory."""
    home.chmod(0o500)
    with open_diary() as diary:
        assert_refuses(diary, ReadOnly)
    home.chmod(0o700)


def test_read_only_directory(diary: Diary, open_here: Open) -> None:
    """In a read-only directory the past can be read."""
    diary.lists.tick(HANDS)
    diary.close()
    diary.path.parent.chmod(0o500)
    reader = open_here()
    assert_refuses(reader, ReadOnly, "read_only")
    assert list(reader.lists.state("before").ticked) == [HANDS]
    diary.path.parent.chmod(0o700)


def test_saving_works_again_when_the_trouble_is_over(diary: Diary, open_here: Open) -> None:
    """The same session saves again as soon as it can."""
    diary.close()
    diary.path.chmod(0o400)
    later = open_here()
    assert_refuses(later, ReadOnly, "read_only")
    later.path.chmod(0o600)
    later.lists.tick(HANDS)
    assert (later.mode, later.trouble) == ("writable", None)


def test_database_of_another_program(directory: Path, open_here: Open) -> None:
    """A sound database that is not a diary is left alone."""
    directory.mkdir()
    with sqlite3.connect(directory / "diary.db") as connection:
        connection.execute("CREATE TABLE song(name)")
    connection.close()
    before = (directory / "diary.db").read_bytes()
    assert_refuses(open_here(), NotADiary)
    assert (directory / "diary.db").read_bytes() == before


def test_locked_past_the_timeout(diary: Diary, open_here: Open) -> None:
    """While another program holds the file, ticking is refused after the wait, and then works again."""
    patient = open_here(patience=0.05)
    other = sqlite3.connect(diary.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(CannotSave) as raised:
        patient.lists.tick(HANDS)
    assert type(raised.value.trouble) is Locked
    assert patient.changed_by_others() is False
    late = open_here(patience=0.05)
    assert (late.mode, type(late.trouble)) == ("memory", Locked)
    assert late.changed_by_others() is False
    for look in (patient.runs.every, patient.check, patient.export, late.runs.every):
        with pytest.raises(CannotRead) as unread:
            look()
        assert type(unread.value.trouble) is Locked
    assert (patient.mode, patient.trouble) == ("writable", None)
    other.execute("ROLLBACK")
    other.close()
    patient.lists.tick(HANDS)
    for each in (patient, late):
        assert list(each.lists.state("before").ticked) == [HANDS]
