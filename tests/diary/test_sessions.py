"""Several sessions at once, and sessions that are killed."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.diary.conftest import Body, Open
from tui.diary.data_folder import hold
from tui.diary.diary import Diary, open_diary

HANDS, VEST = "before/hands", "before/vest"
Spawn = Callable[[Body], tuple[int, int]]


def test_others_are_noticed(diary: Diary, open_here: Open) -> None:
    """Another session's tick is noticed once; our own are not others'."""
    other = open_here()
    assert diary.changed_by_others() is False
    diary.lists.tick(VEST)
    assert diary.changed_by_others() is False
    other.lists.tick(HANDS)
    assert diary.changed_by_others() is True
    assert diary.changed_by_others() is False
    assert set(diary.lists.state("before").ticked) == {HANDS, VEST}


def test_polling_is_patient_with_locks(diary: Diary) -> None:
    """While another program holds the file nothing is reported, and the change after it is."""
    other = sqlite3.connect(diary.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    other.execute("CREATE TABLE elsewhere(a)")
    diary._store._opened.connection.execute("PRAGMA busy_timeout=0")
    assert diary.changed_by_others() is False
    other.execute("COMMIT")
    other.close()
    assert diary.changed_by_others() is True


def test_file_removed_while_open(diary: Diary) -> None:
    """After the file was taken away the next tick is on the disk again, in a new file."""
    diary.lists.tick(HANDS)
    diary.path.unlink()
    assert diary.changed_by_others() is True
    assert "taken away" in str(diary.take_event())
    assert diary.lists.state("before").ticked == {}
    assert not diary.path.exists()
    diary.lists.tick(VEST)
    with open_diary(diary.path.parent) as other:
        assert list(other.lists.state("before").ticked) == [VEST]


def test_file_replaced_while_open(diary: Diary, open_here: Open, tmp_path: Path) -> None:
    """A tick goes into the file that now has the name, not into the one that had it."""
    other = open_here(tmp_path / "other")
    other.lists.tick(HANDS)
    other.path.replace(diary.path)
    diary.lists.tick(VEST)
    assert set(open_here().lists.state("before").ticked) == {HANDS, VEST}


def test_file_replaced_before_it_is_held(
    diary: Diary, open_here: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So too where that happens while a session waits for its turn to save."""
    other = open_here(tmp_path / "other")
    other.lists.tick(HANDS)

    def wait(directory: Path, patience: float) -> AbstractContextManager[None]:
        if other.path.exists():
            other.path.replace(diary.path)
        return hold(directory, patience)

    monkeypatch.setattr("tui.diary.data_folder.hold", wait)
    diary.lists.tick(VEST)
    assert set(open_here().lists.state("before").ticked) == {HANDS, VEST}


def test_eight_processes_at_once(directory: Path, spawn: Spawn) -> None:
    """Eight processes that tick 100 items each, from the making of the file on, lose none."""

    def tick(name: str) -> Body:
        def run(_: int) -> None:
            with open_diary(directory) as diary:
                for number in range(100):
                    diary.lists.tick(f"{name}/{number}")

        return run

    processes = [spawn(tick(f"list{number}"))[0] for number in range(8)]
    assert [os.waitpid(process, 0)[1] for process in processes] == [0] * 8
    with open_diary(directory) as diary:
        states = [diary.lists.state(f"list{number}") for number in range(8)]
        assert [len(state.ticked) for state in states] == [100] * 8
        assert len({state.run_id for state in states}) == 1


def kill_while_ticking(directory: Path, spawn: Spawn, seed: int) -> None:
    """Kill a process that ticks, at an instant the seed gives; all it acknowledged must be there."""
    chance = random.Random(seed)

    def tick(pipe: int) -> None:
        with open_diary(directory) as diary:
            for number in range(10_000):
                item = f"seed{seed}/{number}"
                diary.lists.tick(item)
                os.write(pipe, b".")
                if number % 7 == 6:
                    diary.runs.finish(note=f"seed{seed}", left=[item])
                    os.write(pipe, b"F")

    process, pipe = spawn(tick)
    said = b"" if chance.random() < 0.2 else os.read(pipe, 1)
    time.sleep(chance.random() * 0.03)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    while more := os.read(pipe, 65536):
        said += more
    check_acknowledged(directory, seed, said.decode())


def check_acknowledged(directory: Path, seed: int, said: str) -> None:
    with open_diary(directory) as diary:
        assert (diary.mode, diary.check(), diary.take_event()) == ("writable", None, None)
        runs = [run for run in diary.runs.every() if run.note == f"seed{seed}"]
        ticked = {item for run in runs for item in run.ticked}
        ticked |= set(diary.lists.state(f"seed{seed}").ticked)
        assert {f"seed{seed}/{number}" for number in range(said.count("."))} <= ticked
        assert len(runs) in {said.count("F"), said.count("F") + 1}


def rounds(number: int, long: int) -> list[object]:
    """Seeds for the suite, and more of them for the long run."""
    more = (pytest.param(seed, marks=pytest.mark.long) for seed in range(number, long))
    return [*range(number), *more]


@pytest.mark.parametrize("seed", rounds(5, 55))
def test_kill_loses_nothing(directory: Path, spawn: Spawn, seed: int) -> None:
    """Ten sessions in turn are killed at any instant: nothing acknowledged is lost, the file is whole."""
    for number in range(10):
        kill_while_ticking(directory, spawn, 10 * seed + number)


def test_kill_at_creation(tmp_path: Path, spawn: Spawn) -> None:
    """A session killed while it makes the file leaves no half of one."""
    chance = random.Random(1)
    for number in range(20):
        directory = tmp_path / str(number)

        def make(_: int, directory: Path = directory) -> None:
            open_diary(directory).lists.tick(HANDS)

        process, _ = spawn(make)
        time.sleep(chance.random() * 0.01)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        with open_diary(directory) as diary:
            assert (diary.mode, diary.take_event(), diary.check()) == ("writable", None, None)


def test_connections_are_closed(diary: Diary) -> None:
    """When the file is taken away, the connection to it is closed at once, not at some later time."""
    diary.lists.tick(HANDS)
    before = diary._store._opened.connection
    diary.path.unlink()
    diary.changed_by_others()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        before.execute("SELECT 1")


def test_a_file_that_an_act_came_upon(tmp_path: Path) -> None:
    """Where saving the place finds the file that another session made, the lists are read again."""
    with open_diary(tmp_path) as diary, open_diary(tmp_path) as other:
        other.lists.tick("before-the-run/hands")
        diary.progress.keep_place("Book", "arm-swing")
        assert diary.changed_by_others() is True
        assert diary.changed_by_others() is False
