"""Files of older and newer versions."""

from __future__ import annotations

import sqlite3

import pytest

from tests.diary.conftest import Open
from tests.diary.test_opening import assert_refuses
from tui.diary import records
from tui.diary.diary import Diary
from tui.diary.errors import Newer, UpdateFailed

HANDS = "before/hands"


def test_newer_file_is_only_read(diary: Diary, open_here: Open) -> None:
    """A file from a newer version can be read, is said to be newer, and is not touched."""
    diary.lists.tick(HANDS)
    diary.close()
    with sqlite3.connect(diary.path) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    before = diary.path.read_bytes()
    reader = open_here()
    assert_refuses(reader, Newer, "read_only")
    assert list(reader.lists.state("before").ticked) == [HANDS]
    assert diary.path.read_bytes() == before


def test_file_made_newer_while_open(diary: Diary) -> None:
    """A session that is open when a newer version takes over the file writes nothing more to it."""
    diary.lists.tick(HANDS)
    with sqlite3.connect(diary.path) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    assert diary.changed_by_others()
    assert_refuses(diary, Newer, "read_only")


def test_older_file_is_brought_up_to_date(
    diary: Diary, open_here: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Migrations run in order, once, and keep what was there."""
    diary.lists.tick(HANDS)
    diary.close()
    steps = (("CREATE TABLE second(a)",), ("INSERT INTO second VALUES(3)",))
    monkeypatch.setattr(records, "MIGRATIONS", (*records.MIGRATIONS, *steps))
    for _ in range(2):
        newer = open_here()
        assert newer.mode == "writable"
        assert list(newer.lists.state("before").ticked) == [HANDS]
    with sqlite3.connect(diary.path) as connection:
        assert connection.execute("SELECT a FROM second").fetchall() == [(3,)]
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)
    connection.close()


def test_failed_migration_leaves_the_file(
    diary: Diary, open_here: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A migration that fails midway leaves the old file as it was, and says so."""
    diary.lists.tick(HANDS)
    diary.close()
    before = diary.path.read_bytes()
    steps = ("CREATE TABLE second(a)", "INSERT INTO record SELECT * FROM record")
    monkeypatch.setattr(records, "MIGRATIONS", (*records.MIGRATIONS, steps))
    assert_refuses(open_here(), UpdateFailed)
    assert diary.path.read_bytes() == before
