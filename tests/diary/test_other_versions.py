"""Records of older and newer versions: read with defaults, and carried on whole."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.diary.conftest import Clock, Open
from tui.diary.diary import Diary
from tui.diary.exchange import Imported
from tui.diary.model import Run
from tui.diary.records import Record, json_text

HANDS = "before/hands"
GOAL = Record("goal", "a" * 32, "spring", "2026-11-18T06:30:00Z", '{"km":[10,21]}')


def body_of(diary: Diary, kind: str) -> dict[str, Any]:
    """The body of the only record of a kind."""
    (record,) = [r for r in diary._store.read(lambda each: each.records()) if r.kind == kind]
    body: dict[str, Any] = json.loads(record.body)
    return body


def rewrite(diary: Diary, kind: str, **fields: object) -> None:
    """Change fields in the only record of a kind, as another version would; None takes one out."""
    (record,) = [r for r in diary._store.read(lambda each: each.records()) if r.kind == kind]
    body = json.loads(record.body) | fields
    text = json_text({name: value for name, value in body.items() if value is not None})
    diary._store.change("", "", lambda writing: writing.put_record(record._replace(body=text)))


def keep(diary: Diary, record: Record) -> None:
    diary._store.change("", "", lambda writing: writing.put_record(record))


def test_absent_fields_have_their_defaults(diary: Diary) -> None:
    """A run that an older version wrote without some fields is a run, its lists empty."""
    diary.lists.tick(HANDS)
    diary.runs.finish(soreness=3, note="old")
    rewrite(diary, "run", ticked=None, skipped=None, left=None, own=None, note=None, soreness=None)
    run = diary.runs.every()[0]
    assert (run.ticked, run.left, dict(run.skipped), dict(run.own)) == ((), (), {}, {})
    assert (run.note, run.soreness) == ("", None)


def test_record_without_a_needed_field_is_carried_on(diary: Diary) -> None:
    """A run without its time cannot be shown; it goes on being stored and exported."""
    diary.runs.finish(note="whole")
    rewrite(diary, "run", finished=None)
    before = body_of(diary, "run")
    assert diary.runs.every() == ()
    diary.lists.tick(HANDS)
    assert body_of(diary, "run") == before
    assert json.loads(diary.export())["runs"][0]["note"] == "whole"


def test_unknown_fields_survive_an_edit(diary: Diary) -> None:
    """A field of a newer version is still there after an edit, its undoing and its redoing."""
    diary.runs.finish(note="before")
    rewrite(diary, "run", shoes={"red": [1, 2]})
    diary.runs.edit(diary.runs.every()[0]._replace(note="after"))
    diary.undo()
    diary.redo()
    assert (body_of(diary, "run")["note"], body_of(diary, "run")["shoes"]) == (
        "after",
        {"red": [1, 2]},
    )


def test_unknown_fields_come_across(diary: Diary, open_here: Open) -> None:
    """Export and import carry unknown fields and absent ones, so that two diaries end up the same."""
    diary.runs.finish(note="n")
    rewrite(diary, "run", shoes="red", left=None)
    other = open_here(diary.path.parent / "other")
    assert other.import_text(diary.export()) == Imported(1, 0, 0, 0)
    assert other.export() == diary.export()
    assert diary.import_text(other.export()) == Imported(0, 0, 0, 1)
    assert other._store.read(lambda each: each.every(Run))[0].left == ()


def test_unknown_kinds_come_across(diary: Diary, open_here: Open) -> None:
    """Records of a kind that only a newer version knows are exported, imported and merged."""
    diary.lists.tick(HANDS)
    keep(diary, GOAL)
    other = open_here(diary.path.parent / "other")
    assert other.import_text(diary.export()) == Imported(2, 0, 0, 0)
    assert other.export() == diary.export()
    assert GOAL in other._store.read(lambda each: each.records())
    keep(diary, GOAL._replace(changed="2026-11-19T06:30:00Z", part="", body=""))
    assert other.import_text(diary.export()).removed == 1
    assert other.export() == diary.export()


def test_absent_parts_are_empty(diary: Diary) -> None:
    """An export that lacks a part of ours, as an older one may, has no records there."""
    diary.runs.finish()
    whole = json.loads(diary.export())
    for name in ("bookmarks", "settings", "marks"):
        del whole[name]
    assert diary.import_text(json.dumps(whole)) == Imported(0, 0, 0, 1)


@pytest.mark.parametrize(
    "fields", [{"changed": "2036-11-18T06:30:00Z"}, {"finished": "2036-01-01T00:00:00Z"}]
)
def test_records_dated_ahead_come_in(diary: Diary, open_here: Open, fields: dict[str, str]) -> None:
    """A record from a device whose clock was ahead keeps its time, is counted, and can be changed."""
    other = open_here(diary.path.parent / "other")
    other.runs.finish(note="ahead")
    whole = json.loads(other.export())
    whole["runs"][0] |= fields
    imported = diary.import_text(json.dumps(whole))
    assert (imported.new, imported.ahead) == (1, "changed" in fields)
    assert ("ahead of this device" in str(imported)) is ("changed" in fields)
    assert ("ahead of this device" in str(diary.take_event())) is ("changed" in fields)
    diary.runs.edit(diary.runs.every()[0]._replace(note="mended"))
    assert json.loads(diary.export())["runs"][0]["changed"] == (
        "2036-11-18T06:30:01Z" if "changed" in fields else "2026-11-18T06:30:01Z"
    )
    assert diary.import_text(json.dumps(whole)).same == 1
    assert diary.runs.every()[0].note == "mended"


@pytest.mark.parametrize(("at", "ahead"), [("07:30:00", 0), ("07:30:01", 1)])
def test_an_hour_ahead_is_no_wrong_clock(diary: Diary, at: str, ahead: int) -> None:
    """Two devices may differ by that much."""
    diary.runs.finish()
    whole = json.loads(diary.export())
    whole["runs"][0]["changed"] = f"2026-11-18T{at}Z"
    assert diary.import_text(json.dumps(whole)).ahead == ahead


def test_a_change_after_a_clock_that_was_ahead(diary: Diary, clock: Clock) -> None:
    """Where a record must be dated over a day ahead to come after its last change, that is said."""
    diary.lists.tick(HANDS)
    clock.wait(days=-1, seconds=1)
    diary.lists.untick(HANDS)
    assert diary.notices() == ()
    clock.wait(seconds=-1)
    diary.lists.tick(HANDS)
    (said,) = diary.notices()
    assert said.startswith("a record was dated Nov 18, 2026 by a clock that was ahead")
