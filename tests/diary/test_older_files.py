"""A diary and an export made by an older version, by its own commands and screens, are read whole.

`tests/fixtures/9b4cfe7` was made by the version of that commit and must never be made anew: three
runs and a removed one, a run under way, ticks and skips on lists of every kind, own items and a
removed one, a hidden item and one shown again, places, bookmarks and read pages of two books.
"""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.diary.conftest import Clock, Open
from tui.diary.diary import Diary, open_diary

MADE = Path(__file__).parents[1] / "fixtures" / "9b4cfe7"
HANDBOOK = "Run Tall: a handbook for runners whose upper back gets sore"
CLUB = "The club's book"
PHRASE = "1308ec23c7244172b9eaf6f6ecbbbfca"
PHONE = "99729427f8b44faf81e1366b6c2d5b59"
OWN = {
    f"before-the-run/{PHONE}": "Phone left at home",
    f"before-the-run/{PHRASE}": "Beh · 跑步 réflexe",
}
CURRENT_RUN = "f4c03b3dfb244a7c8d10e9c2b89f9a46"
REMOVED_RUN = "bc549d2653564dd2ab65a502c23d86e4"

Exported = dict[tuple[str, str], dict[str, object]]


@pytest.fixture(params=["the file", "its export"])
def older(request: pytest.FixtureRequest, directory: Path, clock: Clock, open_here: Open) -> Diary:
    """The older diary, opened where it is or imported into a new one."""
    clock.present = datetime(2026, 11, 18, 7, tzinfo=UTC)
    if request.param == "the file":
        directory.mkdir(mode=0o700)
        shutil.copy(MADE / "diary.db", directory)
    diary = open_here()
    if request.param == "its export":
        diary.import_text((MADE / "export.json").read_bytes())
    return diary


def records_in(text: str) -> Exported:
    """Each record of an export, by the name of its section and its id."""
    whole = json.loads(text)
    return {
        (section, record["id"]): record
        for section, records in whole.items()
        if isinstance(records, list)
        for record in records
    }


def test_every_record_is_exported_as_before(older: Diary) -> None:
    """No id, time, field, removal or record is lost; a newer version may add fields of its own."""
    before = records_in((MADE / "export.json").read_text())
    after = records_in(older.export())
    assert after.keys() == before.keys()
    for key, record in before.items():
        assert {name: after[key].get(name) for name in record} == record, key


def test_the_export_brings_nothing_new_to_its_own_diary(older: Diary) -> None:
    """Each record of the export is in the diary already, with the same time."""
    exported = (MADE / "export.json").read_text()
    brought = older.import_text(exported)
    assert (brought.new, brought.changed, brought.removed) == (0, 0, 0)
    assert brought.same == len(records_in(exported)) == 33


def test_it_syncs_as_it_is(older: Diary, tmp_path: Path, clock: Clock) -> None:
    """Through a folder it goes to another device and back with every id and time as before."""
    folder = tmp_path / "shared"
    folder.mkdir()
    shutil.copy(MADE / "export.json", folder)
    before = records_in(older.export())
    older.sync(folder)
    with open_diary(tmp_path / "other", clock=clock) as other:
        other.sync(folder)
        assert records_in(other.export()) == before
    older.sync(folder)
    assert records_in(older.export()) == before


def test_runs(older: Diary) -> None:
    """The three runs are as they were filed, newest first; the removed one stays removed."""
    newest, long, first = older.runs.every()
    assert newest.id == "bd3fe763d6c0449b95df7663fc009e53"
    assert (newest.started, newest.finished) == ("2026-11-16T18:00:00Z", "2026-11-16T18:00:00Z")
    assert (newest.soreness, newest.soreness_next_day, newest.note) == (2, 1, "after work")
    assert (newest.ticked, newest.skipped, len(newest.left)) == ((), {}, 31)
    assert newest.own == OWN

    assert long.id == "1f70076f230d491483bc29c22efc8904"
    assert (long.started, long.finished) == ("2026-11-15T08:00:01Z", "2026-11-15T08:00:07Z")
    assert (long.soreness, long.soreness_next_day, long.note) == (0, None, "long one")
    assert long.ticked == (
        "before-the-run/no-red-flags",
        "before-the-run/bail-out",
        "before-the-run/warm-up",
    )
    assert (long.skipped, len(long.left)) == ({}, 28)
    assert long.own == OWN

    assert first.id == "2f5e018359b34452909a5935b82f6930"
    assert (first.started, first.finished) == ("2026-11-09T06:00:00Z", "2026-11-09T07:30:00Z")
    assert (first.soreness, first.soreness_next_day) == (4, 3)
    assert first.note == "First one. Tight — left side; “easy” 跑步 🏃"
    assert first.ticked == (
        "before-the-run/no-red-flags",
        "before-the-run/shoes",
        "before-the-run/warm-up",
        f"before-the-run/{PHRASE}",
        f"before-the-run/{PHONE}",
    )
    assert first.skipped == {"before-the-run/pack": "no pack today"}
    assert len(first.left) == 25
    assert "after-the-run/danger-signs" in first.left
    assert first.own == OWN
    assert REMOVED_RUN in older.export()


def test_lists(older: Diary) -> None:
    """Ticks, skips, own and hidden items of every kind of list are as they were left."""
    before = older.lists.state("before-the-run", "run")
    assert before.run_id == CURRENT_RUN
    assert before.ticked == {
        "before-the-run/bail-out": "2026-11-18T06:00:08Z",
        "before-the-run/no-red-flags": "2026-11-18T06:00:08Z",
    }
    assert before.skipped == {"before-the-run/warm-up": "in a hurry"}
    assert [(own.id, own.text) for own in before.own] == [
        (PHRASE, "Beh · 跑步 réflexe"),
        (PHONE, "Phone left at home"),
    ]
    assert before.hidden == {"before-the-run/bra"}
    assert older.lists.state("during-the-run", "run").ticked == {}
    assert older.lists.state("every-week", "week").ticked == {
        "every-week/core": "2026-11-16T18:10:00Z",
        "every-week/film-clip": "2026-11-17T09:10:00Z",
    }
    assert older.lists.state("once", "never").ticked == {
        "once/emergency-contact": "2026-11-17T09:11:00Z",
        "once/shoes": "2026-11-17T09:11:00Z",
    }


def test_reading(older: Diary) -> None:
    """Places, bookmarks, read pages and choices are as they were left, in both books."""
    place = older.progress.place(HANDBOOK)
    assert place is not None
    assert (place.section, place.block, place.character) == ("before-the-run", 4, 0)
    place = older.progress.place(CLUB)
    assert place is not None
    assert (place.section, place.block, place.character) == ("hills", 0, 0)
    assert [(kept.section, kept.added) for kept in older.progress.bookmarks(HANDBOOK)] == [
        ("muscles-and-running", "2026-11-17T20:00:02Z"),
        ("muscle-trapezius", "2026-11-17T20:00:03Z"),
    ]
    assert [kept.section for kept in older.progress.bookmarks(CLUB)] == ["hills"]
    assert older.progress.read_sections(HANDBOOK) == {"before-the-run", "muscle-rhomboids"}
    assert older.progress.read_sections(CLUB) == {"hills", "rules"}
    assert older.progress.theme() == "runtall-light"
    assert older.progress.contents_shown() is True


def test_the_run_under_way_goes_on(older: Diary) -> None:
    """The run that was under way keeps its id when it is filed, and a tick joins it."""
    older.lists.tick("after-the-run/log")
    older.runs.finish(soreness=1)
    filed = older.runs.every()[0]
    assert filed.id == CURRENT_RUN
    assert filed.started == "2026-11-18T06:00:08Z"
    assert filed.ticked == (
        "before-the-run/bail-out",
        "before-the-run/no-red-flags",
        "after-the-run/log",
    )
