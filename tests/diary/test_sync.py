"""Sync through a folder: whatever is delivered when, all devices end up the same."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.diary.conftest import Clock
from tui.diary.diary import Diary, open_diary
from tui.diary.model import Run

ITEMS = [f"before/{each}" for each in ("hands", "vest", "shoes", "warm-up")]
DEVICES = 3
ACTS = 200


def _tick(diary: Diary, draw: random.Random) -> None:
    diary.lists.tick(draw.choice(ITEMS))


def _untick(diary: Diary, draw: random.Random) -> None:
    diary.lists.untick(draw.choice(ITEMS))


def _skip(diary: Diary, draw: random.Random) -> None:
    diary.lists.skip(draw.choice(ITEMS), "late")


def _hide(diary: Diary, draw: random.Random) -> None:
    draw.choice([diary.lists.hide, diary.lists.show])(draw.choice(ITEMS))


def _add(diary: Diary, draw: random.Random) -> None:
    diary.lists.add("before", f"own {draw.random()}")


def _finish(diary: Diary, draw: random.Random) -> None:
    diary.runs.finish(soreness=draw.randint(0, 10), note=f"note {draw.random()}")


def _edit(diary: Diary, draw: random.Random) -> None:
    runs: Sequence[Run] = diary.runs.every()
    if runs:
        diary.runs.edit(draw.choice(runs)._replace(note=f"other {draw.random()}"))


def _remove(diary: Diary, draw: random.Random) -> None:
    runs: Sequence[Run] = diary.runs.every()
    if runs:
        diary.runs.remove(draw.choice(runs).id)


DEEDS: tuple[Callable[[Diary, random.Random], None], ...] = (
    _tick,
    _untick,
    _skip,
    _hide,
    _add,
    _finish,
    _edit,
    _remove,
)


def _deliver(folders: Sequence[Path], draw: random.Random) -> None:
    """Carry a file from one device's folder to another's: late, twice, or only half of it."""
    source, target = draw.sample(folders, 2)
    files = sorted(source.glob("*.json"))
    if not files:
        return
    file = draw.choice(files)
    data = file.read_bytes()
    name = file.name
    kind = draw.random()
    if kind < 0.1:
        data = data[: draw.randint(0, len(data))]
        name = f"half-{draw.randrange(3)}.json"
    elif kind < 0.2:
        data += data
        name = "twice.json"
    elif kind < 0.3:
        name = name.replace(".json", ".sync-conflict-20261124-120000-ABCDEFG.json")
    if (target / name).exists() and _owner_of(target) == name:
        return
    (target / name).write_bytes(data)


def _owner_of(folder: Path) -> str:
    return (folder / "own").read_text()


class Device(NamedTuple):
    """A diary, and its copy of the folder that all share."""

    diary: Diary
    folder: Path


def _begun(number: int, tmp_path: Path, clock: Clock, draw: random.Random) -> Device:
    folder = tmp_path / f"shared{number}"
    folder.mkdir()
    apart = timedelta(minutes=draw.randint(-90, 90))
    device = Device(open_diary(tmp_path / f"data{number}", clock=lambda: clock() + apart), folder)
    _tick(device.diary, draw)
    device.diary.sync(folder)
    (own,) = folder.glob("*.json")
    (folder / "own").write_text(own.name)
    return device


def _deliver_all(devices: Sequence[Device]) -> None:
    """Let each write its file, and carry it to the others."""
    for diary, folder in devices:
        diary.sync(folder)
        name = _owner_of(folder)
        for other in devices:
            if other.folder != folder:
                shutil.copy(folder / name, other.folder / name)


@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 43))]
)
def test_all_end_the_same(seed: int, tmp_path: Path, clock: Clock) -> None:
    """Three devices, 200 acts, clocks apart, files late, cut and doubled: one diary in the end."""
    draw = random.Random(seed)
    devices = [_begun(number, tmp_path, clock, draw) for number in range(DEVICES)]
    for _ in range(ACTS):
        clock.wait(seconds=draw.randint(0, 400))
        device = draw.choice(devices)
        draw.choice(DEEDS)(device.diary, draw)
        if draw.random() < 0.5:
            _deliver([each.folder for each in devices], draw)
        if draw.random() < 0.3:
            device.diary.sync(device.folder)
    _deliver_all(devices)
    _deliver_all(devices)
    for diary, folder in devices:
        diary.sync(folder)
    assert len({diary.export() for diary, _ in devices}) == 1
    for diary, _ in devices:
        diary.close()


def test_nothing_removed_returns(tmp_path: Path, diary: Diary) -> None:
    """A run that one device removed goes from the others, and an old file does not bring it back."""
    folder = tmp_path / "shared"
    folder.mkdir()
    with open_diary(tmp_path / "other", clock=diary._store.now) as other:
        diary.runs.finish(note="secret")
        diary.sync(folder)
        other.sync(folder)
        old = {file: file.read_bytes() for file in folder.glob("*.json")}
        other.runs.remove(other.runs.find("1").id)
        other.sync(folder)
        diary.sync(folder)
        assert diary.runs.every() == ()
        for file, data in old.items():
            (folder / f"old-{file.name}").write_bytes(data)
        diary.sync(folder)
        other.sync(folder)
        assert diary.runs.every() == other.runs.every() == ()


def test_a_file_that_is_not_whole(tmp_path: Path, diary: Diary) -> None:
    """It is skipped and named; foreign JSON too; the rest is merged."""
    folder = tmp_path / "shared"
    folder.mkdir()
    with open_diary(tmp_path / "other", clock=diary._store.now) as other:
        other.lists.tick("before/hands")
        other.sync(folder)
    (good,) = folder.glob("*.json")
    (folder / "half.json").write_bytes(good.read_bytes()[:100])
    (folder / "package.json").write_text('{"name": "x"}')
    done = diary.sync(folder)
    assert (done.files, done.imported.new) == (1, 1)
    assert [line.partition(":")[0] for line in done.skipped] == ["half.json", "package.json"]
    assert all(line.endswith("the next sync looks at it again") for line in done.skipped)
    assert "before/hands" in diary.lists.state("before").ticked


def test_written_only_when_changed(tmp_path: Path, diary: Diary) -> None:
    """The file is 0600, and left alone while the diary is the same."""
    folder = tmp_path / "shared"
    folder.mkdir()
    diary.lists.tick("before/hands")
    diary.sync(folder)
    (own,) = folder.iterdir()
    before = own.stat()
    assert before.st_mode & 0o777 == 0o600
    diary.sync(folder)
    assert own.stat().st_ino == before.st_ino
    diary.lists.tick("before/vest")
    diary.sync(folder)
    assert own.stat().st_ino != before.st_ino


def test_begun_before_the_first_act(tmp_path: Path) -> None:
    """A device that has nothing yet keeps its name and the folder all the same."""
    folder = tmp_path / "shared"
    folder.mkdir()
    with open_diary(tmp_path / "new") as diary:
        diary.sync(folder)
        assert diary.sync_folder == folder
        diary.lists.tick("before/hands")
        diary.sync(folder)
    (own,) = folder.iterdir()
    assert "before/hands" in own.read_text()


def test_a_copied_home(tmp_path: Path, diary: Diary) -> None:
    """Two devices with one name: the second takes a name of its own, and nothing is lost."""
    folder = tmp_path / "shared"
    folder.mkdir()
    diary.lists.tick("before/hands")
    diary.sync(folder)
    shutil.copytree(diary.path.parent, tmp_path / "copied")
    with open_diary(tmp_path / "copied", clock=diary._store.now) as copied:
        copied.lists.tick("before/vest")
        assert not copied.sync(folder).renamed
        diary.lists.tick("before/shoes")
        assert diary.sync(folder).renamed
        copied.sync(folder)
        assert copied.export() == diary.export()
    assert len(list(folder.iterdir())) == 2


def test_erase_ends_it(tmp_path: Path, diary: Diary) -> None:
    """After `erase` nothing syncs by itself; the folder is no longer known."""
    folder = tmp_path / "shared"
    folder.mkdir()
    diary.lists.tick("before/hands")
    diary.sync(folder)
    assert diary.sync_folder == folder
    diary.erase()
    assert diary.sync_folder is None


def test_by_itself(tmp_path: Path, diary: Diary) -> None:
    """Where a device syncs, it does so beside other work; a folder that is away is no trouble."""
    folder = tmp_path / "shared"
    folder.mkdir()
    diary.lists.tick("before/hands")
    diary.sync(folder)
    diary.lists.tick("before/vest")
    diary.sync_beside(wait=30)
    (own,) = folder.iterdir()
    assert "before/vest" in own.read_text()
    shutil.rmtree(folder)
    diary.sync_beside(wait=30)
    assert not folder.exists()
