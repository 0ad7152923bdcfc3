"""The right reason: what holds the file, what locks are missing, what has gone; and polls that never wait."""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.diary.conftest import Body, Open
from tui.diary.diary import Diary, open_diary
from tui.diary.errors import CannotSave, Damaged, Gone, Locked, NoLocking, OthersCanWrite, Trouble

HANDS = "before/hands"
BOOK = "Run Tall"


@pytest.mark.usefixtures("diary")
def test_no_lock_service(open_here: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system without locks is named at once; SQLite would take it for another program."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "lockf", refuse)
    assert type(open_here().trouble) is NoLocking


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="this system does not tell who locks")
def test_holder_is_named(diary: Diary, spawn: Callable[[Body], tuple[int, int]]) -> None:
    """A file that another process holds is said to be held by that one."""
    waiting, release = os.pipe()

    def hold(pipe: int) -> None:
        other = sqlite3.connect(diary.path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        os.write(pipe, b".")
        os.read(waiting, 1)

    process, pipe = spawn(hold)
    os.read(pipe, 1)
    try:
        with open_diary(diary.path.parent, patience=0.05) as other:
            refused = other.trouble
    finally:
        os.write(release, b".")
        os.waitpid(process, 0)
        os.close(waiting)
        os.close(release)
    assert type(refused) is Locked
    assert f"held by process {process}" in str(refused)


@pytest.mark.parametrize("asked", ["a poll", "a place"])
def test_hardly_anything_waits_for_a_lock(diary: Diary, asked: str) -> None:
    """While another program holds the file neither a poll nor leaving a page waits, though acts would."""
    other = sqlite3.connect(diary.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    letting_go = threading.Timer(5, other.execute, ["ROLLBACK"])
    letting_go.start()
    try:
        if asked == "a poll":
            assert diary.changed_by_others() is False
        else:
            with pytest.raises(CannotSave):
                diary.progress.keep_reading(BOOK, ("one", 0, 0), frozenset())
        assert letting_go.is_alive()
    finally:
        letting_go.cancel()
        other.close()


def test_poll_does_not_wait_for_an_act(diary: Diary) -> None:
    """While another thread saves, a poll answers at once and finds the change later."""
    entered, leave = threading.Event(), threading.Event()

    def slowly(_: object) -> None:
        entered.set()
        leave.wait(30)

    saving = threading.Thread(target=lambda: diary._store.change("tick", HANDS, slowly))
    saving.start()
    entered.wait(30)
    try:
        assert diary.changed_by_others() is False
        assert saving.is_alive()
    finally:
        leave.set()
        saving.join()


def test_erased_stays_erased(diary: Diary, open_here: Open) -> None:
    """Turning a page does not bring back what was erased elsewhere; the next deliberate act starts anew."""
    diary.progress.keep_place(BOOK, "one")
    open_here().erase()
    for _ in range(2):
        with pytest.raises(CannotSave) as refused:
            diary.progress.keep_place(BOOK, "two")
        assert type(refused.value.trouble) is Gone
        with pytest.raises(CannotSave):
            diary.progress.mark_read(BOOK, "two")
        assert list(diary.path.parent.iterdir()) == []
    assert "was erased or taken away" in str(diary.take_event())
    diary.lists.tick(HANDS)
    diary.progress.keep_place(BOOK, "three")
    place = open_here().progress.place(BOOK)
    assert place is not None
    assert place.section == "three"


def test_a_first_page_is_kept(open_here: Open) -> None:
    """Where no diary ever was, turning a page begins one."""
    open_here().progress.keep_place(BOOK, "one")
    place = open_here().progress.place(BOOK)
    assert place is not None
    assert place.section == "one"


def test_erased_here_stays_erased(diary: Diary) -> None:
    """Nor does turning a page in the session that erased it."""
    diary.progress.keep_place(BOOK, "one")
    diary.erase()
    with pytest.raises(CannotSave) as refused:
        diary.progress.keep_place(BOOK, "two")
    assert type(refused.value.trouble) is Gone
    assert list(diary.path.parent.iterdir()) == []


def test_a_link_in_its_place_is_there(directory: Path, open_here: Open) -> None:
    """A link that leads nowhere is refused, and not taken for no diary at all."""
    assert not open_here().exists
    directory.mkdir(mode=0o700)
    (directory / "diary.db").symlink_to("nowhere")
    assert open_here().exists


def test_file_made_by_another_session_is_noticed(open_here: Open) -> None:
    """A session that began without a file sees what another one saved since."""
    first, second = open_here(), open_here()
    second.lists.tick(HANDS)
    assert first.changed_by_others() is True
    assert list(first.lists.state("before").ticked) == [HANDS]
    assert first.changed_by_others() is False


def test_parent_that_anyone_can_write(tmp_path: Path, open_here: Open) -> None:
    """A folder that others could put another in place of is refused; a sticky one like /tmp is not."""
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    refused = open_here(shared / "mine")
    assert type(refused.trouble) is OthersCanWrite
    shared.chmod(0o1777)
    open_here(shared / "mine").lists.tick(HANDS)


def every(kind: type[Trouble]) -> list[type[Trouble]]:
    return [kind, *(each for sub in kind.__subclasses__() for each in every(sub))]


@pytest.mark.parametrize("kind", every(Trouble))
def test_no_advice_to_lose_something(kind: type[Trouble]) -> None:
    """Nobody is told to move a file away, unless it is said that nothing is lost."""
    words = kind.words
    assert "move it away" not in words
    assert kind is not Damaged or "nothing is lost" in words


def test_export_to_a_full_disk_leaves_nothing(
    diary: Diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An export that cannot be written whole leaves no part of it."""

    def refuse(_: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("tui.diary.data_folder.settle", refuse)
    (tmp_path / "out").mkdir()
    with pytest.raises(CannotSave):
        diary.export_to(tmp_path / "out" / "e.json")
    assert list((tmp_path / "out").iterdir()) == []


def test_events_are_kept_once(diary: Diary, open_here: Open) -> None:
    """An event is kept, once, across sessions, until it is dismissed."""
    events = diary._store.events
    for _ in range(2):
        events.add("something\nhappened", diary._store.now())
    assert [str(event) for event in open_here()._store.events.unseen()] == ["something happened"]
    events.dismiss()
    assert open_here().notices() == ()
