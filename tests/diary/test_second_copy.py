"""The second copy: made once a day after a filed run, never worse than the diary, and never reviving."""

from __future__ import annotations

import stat

from tests.diary.conftest import Clock, Open
from tui.diary.diary import Diary
from tui.diary.records import RecordReader
from tui.diary.salvage import records_in


def in_copy(diary: Diary) -> set[tuple[str, str]]:
    """The kind and id of all that the second copy holds and that is not removed."""
    records = records_in(diary._store.second_copy)
    return {(each.kind, each.id) for each in records if not each.removed}


def in_diary(diary: Diary) -> set[tuple[str, str]]:
    records = diary._store.read(RecordReader.records)
    return {(each.kind, each.id) for each in records if not each.removed}


def test_made_after_a_run_once_a_day(diary: Diary, clock: Clock) -> None:
    """The copy is for the reader alone, and as old as the first run of a day."""
    diary.lists.tick("before/hands")
    assert not diary._store.second_copy.exists()
    diary.runs.finish(note="first")
    assert stat.S_IMODE(diary._store.second_copy.stat().st_mode) == 0o600
    before = in_copy(diary)
    assert before == in_diary(diary)
    diary.runs.finish(note="at once")
    clock.wait(hours=23)
    diary.runs.finish(note="second")
    assert in_copy(diary) == before
    clock.wait(hours=1)
    diary.runs.finish(note="third")
    assert in_copy(diary) == in_diary(diary)


def test_made_anew_when_something_in_it_is_removed(diary: Diary) -> None:
    """What is removed is gone from the copy with the same act; what came after it is left as it was."""
    diary.lists.add("before", "mine")
    diary.runs.finish(note="secret")
    diary.runs.remove(diary.runs.find("1").id)
    assert in_copy(diary) == in_diary(diary)
    assert b"secret" not in diary._store.second_copy.read_bytes()
    made = diary._store.second_copy.stat()
    diary.lists.tick("before/hands")
    diary.lists.untick("before/hands")
    assert diary._store.second_copy.stat() == made


def test_removal_that_another_device_made(diary: Diary, open_here: Open) -> None:
    """An import that removes something takes it out of the copy too."""
    diary.runs.finish(note="secret")
    other = open_here(diary.path.parent / "other")
    other.import_text(diary.export())
    other.runs.remove(other.runs.find("1").id)
    diary.import_text(other.export())
    assert b"secret" not in diary._store.second_copy.read_bytes()


def test_mending_takes_what_only_the_copy_has(diary: Diary, open_here: Open) -> None:
    """A file of which nothing can be read is replaced by what the copy holds, and that is said."""
    diary.runs.finish(note="kept")
    diary.close()
    diary.path.write_bytes(b"text")
    mended = open_here()
    assert [run.note for run in mended.runs.every()] == ["kept"]
    assert "1 of them from the second copy" in str(mended.take_event())


def test_damaged_copy_does_no_harm(diary: Diary, clock: Clock) -> None:
    """A copy that cannot be read is made anew."""
    diary.runs.finish(note="kept")
    diary._store.second_copy.write_bytes(b"text")
    clock.wait(days=2)
    diary.runs.finish(note="new")
    assert in_copy(diary) == in_diary(diary)


def test_private_diary_has_none(open_here: Open) -> None:
    """A private diary leaves no copy."""
    private = open_here(private=True)
    private.runs.finish(note="secret")
    assert not private.path.parent.exists()


def damage(diary: Diary) -> None:
    """Let nothing in the file be readable, and no second copy be there."""
    diary.close()
    diary.path.write_bytes(b"text")
    diary._store.second_copy.unlink(missing_ok=True)


def restored(diary: Diary) -> list[str]:
    """The notes of the runs once all is restored that can be."""
    for source in diary.sources():
        diary.restore(source)
    return [run.note for run in diary.runs.every()]


def test_damage_twice_revives_nothing(diary: Diary, open_here: Open, clock: Clock) -> None:
    """What was removed stays so, though a file put aside holds it and the diary has lost all since."""
    diary.runs.finish(note="kept")
    clock.wait(hours=1)
    diary.runs.finish(note="secret")
    data = bytearray(diary.path.read_bytes())
    diary.close()
    data[-40] ^= 1
    diary.path.write_bytes(data)
    once = open_here()
    assert "damaged" in str(once.take_event())
    once.runs.remove(once.runs.find("1").id)
    damage(once)
    assert restored(open_here()) == ["kept"]


def test_removed_and_brought_back(diary: Diary, open_here: Open, clock: Clock) -> None:
    """A removal that was undone is none."""
    diary.runs.finish(note="first")
    clock.wait(hours=1)
    diary.runs.finish(note="second")
    aside = diary.path.with_name("diary.damaged-20261118T063000Z.db")
    aside.write_bytes(diary.path.read_bytes())
    diary.runs.remove(diary.runs.find("1").id)
    diary.undo()
    after = diary.path.with_name("diary.damaged-20261118T063001Z.db")
    after.write_bytes(diary.path.read_bytes())
    damage(diary)
    assert restored(open_here()) == ["second", "first"]


def test_the_diary_taken_away_after_a_removal(diary: Diary, open_here: Open) -> None:
    """A new diary knows what the old one had removed; `erase` takes that list away too."""
    diary.runs.finish(note="secret")
    aside = diary.path.with_name("diary.damaged-20261118T063000Z.db")
    aside.write_bytes(diary.path.read_bytes())
    diary.runs.remove(diary.runs.find("1").id)
    diary.close()
    for name in ("diary.db", "diary.copy.db"):
        diary.path.with_name(name).unlink(missing_ok=True)
    new = open_here()
    new.lists.tick("before/hands")
    assert restored(new) == []
    new.erase()
    assert [*new.path.parent.iterdir()] == []


def test_a_lost_diary_and_its_copy(diary: Diary, open_here: Open, clock: Clock) -> None:
    """The copy of a diary that was taken away is spoken of, and never written over by a new one."""
    diary.runs.finish(note="kept")
    diary.path.unlink()
    new = open_here()
    assert any("`runtall restore`" in line for line in new.notices())
    assert new.take_event() is None
    new.lists.tick("before/hands")
    assert "its second copy is" in str(new.take_event())
    new.dismiss()
    clock.wait(days=2)
    new.runs.finish(note="new")
    assert "holds records that the diary has lost" in str(new.take_event())
    assert restored(new) == ["new", "kept"]


def test_a_removal_from_a_diary_that_is_damaged(diary: Diary, open_here: Open) -> None:
    """The diary is mended first, from the copy too: what only that still holds is not lost with it."""
    note = "far from where the other session writes".ljust(1900) + "harmed"
    diary.runs.finish(note=note)
    removed = diary.runs.finish(note="removed").subject
    diary._store._back_up()
    other = open_here()
    data = diary.path.read_bytes()
    assert data.count(b"harmed") == 2
    data = data.replace(b"harmed", b"HARMED", 1).replace(b"harmed", b"Harmed", 1)
    diary.path.write_bytes(data)
    other.lists.tick("before/makes the others look at the disk")
    diary.runs.remove(removed)
    assert [run.note for run in diary.runs.every()] == [note]
    assert in_copy(diary) == in_diary(diary)
