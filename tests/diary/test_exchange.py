"""Export, import, exchange between machines, and erasing."""

from __future__ import annotations

import errno
import json
import os
import random
from pathlib import Path

import pytest

from tests.diary.conftest import Clock, Open
from tui.diary.data_folder import hold
from tui.diary.diary import Diary
from tui.diary.errors import (
    CannotSave,
    ChangedElsewhere,
    Locked,
    NoSuchItem,
    NoSuchRun,
    NotWritable,
    ReadOnly,
)
from tui.diary.exchange import Imported

HANDS, VEST = "before/hands", "before/vest"


def test_shape(diary: Diary) -> None:
    """An export is JSON that names its format and version, each record with id and time."""
    diary.lists.tick(HANDS)
    diary.runs.finish(soreness=2, note="é")
    diary.lists.add("before", "mine")
    text = diary.export()
    assert text.startswith('{\n "format": "runtall",\n "version": 1,\n')
    whole = json.loads(text)
    assert (whole["format"], whole["version"]) == ("runtall", 1)
    run = whole["runs"][0]
    assert (run["id"], run["changed"], run["soreness"], run["note"]) == (
        diary.runs.find("1").id,
        "2026-11-18T06:30:00Z",
        2,
        "é",
    )
    assert whole["marks"][0]["removed"] is True
    assert whole["own_items"][0].keys() == {"id", "changed", "list", "text", "position"}


def test_everything_comes_across(diary: Diary, open_here: Open, tmp_path: Path) -> None:
    """Runs, ticks, own and hidden items, places, read marks, bookmarks and choices all come along."""
    diary.runs.finish(soreness=2)
    diary.lists.tick(HANDS)
    diary.lists.skip(VEST, "cold")
    diary.lists.add("before", "mine")
    diary.lists.hide("before/other")
    diary.progress.keep_place("Book", "a", 1, 2)
    diary.progress.mark_read("Book", "a")
    diary.progress.add_bookmark("Book", "a")
    diary.progress.keep_theme("dusk")
    diary.export_to(tmp_path / "export.json")
    other = open_here(tmp_path / "other")
    assert other.import_from(tmp_path / "export.json") == Imported(9, 0, 0, 0)
    assert other.export() == diary.export()
    assert other.lists.state("before") == diary.lists.state("before")


def test_twice_changes_nothing(diary: Diary) -> None:
    """Importing one's own export, or the same file again, changes nothing."""
    diary.lists.tick(HANDS)
    diary.runs.finish()
    before = diary.export()
    assert diary.import_text(before) == Imported(0, 0, 0, 2)
    assert diary.export() == before


def test_old_export_revives_nothing(diary: Diary) -> None:
    """What was removed, unticked or changed since an export stays so, even within a second."""
    item = diary.lists.add("before", "mine").subject
    diary.lists.tick(HANDS)
    diary.runs.finish(note="old")
    diary.lists.tick(VEST)
    old = diary.export()
    diary.lists.remove(item)
    diary.lists.untick(VEST)
    diary.runs.remove(diary.runs.find("1").id)
    now = diary.export()
    assert diary.import_text(old) == Imported(0, 0, 0, 4)
    assert diary.export() == now


def test_changes_come_across(diary: Diary, open_here: Open, tmp_path: Path) -> None:
    """A run changed on one machine is changed on the other; one removed goes away there."""
    diary.runs.finish()
    other = open_here(tmp_path / "other")
    other.import_text(diary.export())
    diary.runs.edit(diary.runs.find("1")._replace(note="changed"))
    assert other.import_text(diary.export()) == Imported(0, 1, 0, 0)
    assert other.runs.find("1").note == "changed"
    diary.runs.remove(diary.runs.find("1").id)
    assert other.import_text(diary.export()) == Imported(0, 0, 1, 0)
    assert other.runs.every() == ()
    third = open_here(tmp_path / "third")
    assert third.import_text(diary.export()) == Imported(0, 0, 0, 1)


def test_changes_of_one_second_end_the_same(diary: Diary, open_here: Open, tmp_path: Path) -> None:
    """Of two changes of a run in the same second one wins, the same one on both machines."""
    diary.runs.finish(note="as filed")
    other = open_here(tmp_path / "other")
    other.import_text(diary.export())
    for here, note in ((diary, "at home"), (other, "at the club")):
        here.runs.edit(here.runs.find("1")._replace(note=note))
    assert diary.runs.find("1").changed == other.runs.find("1").changed
    at_home, at_the_club = diary.export(), other.export()
    diary.import_text(at_the_club)
    other.import_text(at_home)
    assert diary.export() == other.export()
    assert {diary.runs.find("1").note} <= {"at home", "at the club"}


def test_two_half_done_runs_become_one(diary: Diary, open_here: Open, tmp_path: Path) -> None:
    """Ticks made on two machines before one run are one run after an exchange, and none is lost."""
    other = open_here(tmp_path / "other")
    diary.lists.tick(HANDS)
    other.lists.tick(VEST)
    other.import_text(diary.export())
    diary.import_text(other.export())
    assert set(diary.lists.state("before").ticked) == {HANDS, VEST}
    assert diary.runs.current_id() == other.runs.current_id()


def test_run_filed_elsewhere_is_not_overwritten(
    diary: Diary, open_here: Open, tmp_path: Path
) -> None:
    """Ticks made here after the run was filed on another machine are filed as a run of their own."""
    other = open_here(tmp_path / "other")
    diary.lists.tick(HANDS)
    other.import_text(diary.export())
    other.lists.tick(VEST)
    diary.runs.finish(note="filed elsewhere")
    other.import_text(diary.export())
    other.runs.finish(note="filed here")
    assert {(run.note, run.ticked) for run in other.runs.every()} == {
        ("filed elsewhere", (HANDS,)),
        ("filed here", (VEST,)),
    }


def act_at_random(diary: Diary, chance: random.Random) -> None:
    """Some act of a reader, whatever the diary holds."""
    item = f"before/{chance.randrange(5)}"
    runs, own = diary.runs.every(), diary.lists.state("before").own
    acts = [
        lambda: diary.lists.tick(item),
        lambda: diary.lists.untick(item),
        lambda: diary.lists.skip(item, str(chance.random())),
        lambda: diary.lists.hide(item),
        lambda: diary.lists.show(item),
        lambda: diary.lists.add("before", str(chance.random())),
        lambda: own and diary.lists.edit(chance.choice(own).item, str(chance.random())),
        lambda: own and diary.lists.remove(chance.choice(own).item),
        lambda: diary.runs.finish(soreness=chance.randrange(11)),
        lambda: runs and diary.runs.edit(chance.choice(runs)._replace(note=str(chance.random()))),
        lambda: runs and diary.runs.remove(chance.choice(runs).id),
        diary.undo,
        diary.redo,
    ]
    chance.choice(acts)()


@pytest.mark.parametrize("seed", range(10))
def test_exchange_makes_diaries_the_same(
    tmp_path: Path, open_here: Open, clock: Clock, seed: int
) -> None:
    """Three machines that exchange files in any order, some old, end up the same in the end."""
    chance = random.Random(seed)
    diaries = [open_here(tmp_path / name) for name in ("laptop", "desktop", "server")]
    folder = [diaries[0].export()]
    for _ in range(60):
        diary = chance.choice(diaries)
        clock.wait(seconds=chance.randrange(3))
        if chance.random() < 0.2:
            folder.append(diary.export())
            diary.import_text(chance.choice(folder))
        else:
            try:
                act_at_random(diary, chance)
            except (ChangedElsewhere, NoSuchItem, NoSuchRun):
                continue
    for giver in diaries * 2:
        for taker in diaries:
            taker.import_text(giver.export())
    assert diaries[0].export() == diaries[1].export() == diaries[2].export()


def test_unknown_items_are_kept(diary: Diary, open_here: Open, tmp_path: Path) -> None:
    """Items that no book knows come across as they are."""
    diary.lists.tick("retired/long ago")
    diary.runs.finish()
    other = open_here(tmp_path / "other")
    other.import_text(diary.export())
    assert other.runs.every()[0].ticked == ("retired/long ago",)


def test_import_that_cannot_be_saved(diary: Diary, open_here: Open) -> None:
    """A diary that cannot be written refuses an import with its reason."""
    text = diary.export()
    diary.close()
    diary.path.chmod(0o400)
    with pytest.raises(CannotSave) as raised:
        open_here().import_text(text)
    assert type(raised.value.trouble) is ReadOnly


def test_erase(diary: Diary, open_here: Open) -> None:
    """Erasing leaves no file, damaged ones put aside included; the session can go on from nothing."""
    diary.lists.tick(HANDS)
    diary.close()
    diary.path.write_bytes(b"text")
    again = open_here()
    again.lists.tick(HANDS)
    again.erase()
    assert list(again.path.parent.iterdir()) == []
    assert again.lists.state("before").ticked == {}
    assert again.undo() is None
    again.lists.tick(VEST)
    assert list(open_here().lists.state("before").ticked) == [VEST]


def test_erase_while_another_session_is_open(diary: Diary, open_here: Open) -> None:
    """After an erasure another open session shows nothing of what was erased."""
    diary.lists.tick(HANDS)
    open_here().erase()
    assert diary.changed_by_others() is True
    assert diary.lists.state("before").ticked == {}
    assert list(diary.path.parent.iterdir()) == []


def test_erase_refused(diary: Diary, open_here: Open) -> None:
    """What may not be erased is left, and the reason given."""
    diary.lists.tick(HANDS)
    diary.close()
    diary.path.parent.chmod(0o500)
    reader = open_here()
    with pytest.raises(CannotSave) as raised:
        reader.erase()
    assert type(raised.value.trouble) is ReadOnly
    assert list(reader.lists.state("before").ticked) == [HANDS]
    diary.path.parent.chmod(0o700)


def test_erase_waits_for_another_session(diary: Diary, open_here: Open) -> None:
    """While another session saves, erasing is refused after the wait, and nothing is lost."""
    diary.lists.tick(HANDS)
    here = open_here(patience=0.05)
    with hold(diary.path.parent, 0), pytest.raises(CannotSave) as raised:
        here.erase()
    assert type(raised.value.trouble) is Locked
    assert list(here.lists.state("before").ticked) == [HANDS]


def test_export_into_a_link(diary: Diary, tmp_path: Path) -> None:
    """An export into a link, such as /dev/stdout, goes where the link leads."""
    (tmp_path / "link").symlink_to(tmp_path / "real")
    diary.export_to(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == diary.export()


def test_export_cannot_be_written(diary: Diary, tmp_path: Path) -> None:
    """An export into a place that is not there is refused with the reason, and leaves nothing."""
    with pytest.raises(CannotSave):
        diary.export_to(tmp_path / "nowhere" / "export.json")


def test_export_under_a_long_name(diary: Diary, tmp_path: Path) -> None:
    """A name may have as many letters as the system allows."""
    file = tmp_path / ("x" * 255)
    diary.export_to(file)
    assert file.read_text() == diary.export()
    assert list(tmp_path.glob(".*")) == []


def refuse(path: Path, **_: object) -> None:
    """As a disk does that is mounted to be read."""
    raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)


def test_erase_on_a_disk_that_is_only_read(diary: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is said, and the diary goes on."""
    diary.lists.tick(HANDS)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(CannotSave) as raised:
        diary.erase()
    assert type(raised.value.trouble) is ReadOnly
    assert list(diary.lists.state("before").ticked) == [HANDS]


@pytest.mark.parametrize("write", ["export", "sync"])
def test_a_disk_that_is_only_read(
    diary: Diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: str
) -> None:
    """Where a file cannot be made, nor a draft be taken away, the reason is said."""
    diary.lists.tick("before/hands")
    monkeypatch.setattr("tui.diary.data_folder.create_private", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(CannotSave) as raised:
        diary.export_to(tmp_path / "x") if write == "export" else diary.sync(tmp_path)
    assert type(raised.value.trouble) is NotWritable
    assert "(read-only file system)" in str(raised.value)
    assert "--data" not in str(raised.value)
