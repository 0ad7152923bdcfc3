"""Importing files from strangers: one clear line and nothing changed, or a count."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.diary.conftest import Open
from tui.diary.diary import Diary
from tui.diary.errors import BadImport
from tui.diary.exchange import LARGEST, Imported

Json = dict[str, Any]


def change(section: str, **values: object) -> Callable[[Json], None]:
    """Change the first record of a part."""

    def make(whole: Json) -> None:
        whole[section][0].update(values)

    return make


def drop(section: str, field: str) -> Callable[[Json], None]:
    def make(whole: Json) -> None:
        del whole[section][0][field]

    return make


def repeat(whole: Json) -> None:
    whole["runs"] *= 2


WRONG: dict[str, Callable[[Json], object]] = {
    "another format": lambda whole: whole.update(format="diary"),
    "a newer version": lambda whole: whole.update(version=2),
    "a part of another type": lambda whole: whole.update(runs={}),
    "a record of another type": lambda whole: whole.update(runs=[3]),
    "an id twice": repeat,
    "no id": drop("runs", "id"),
    "an id of another type": change("runs", id=7),
    "an id with a path": change("runs", id="../../../etc/passwd-0000000000"),
    "an id of something else": change("marks", id="0" * 32),
    "no time": drop("runs", "changed"),
    "a time that is none": change("runs", changed="2026-13-45T99:00:00Z"),
    "a time with other digits": change("runs", changed="٢٠٢٦-11-18T06:30:00Z"),
    "a run after all calendars": change("runs", finished="9999-12-31T23:59:59Z"),
    "a run before all calendars": change("runs", started="0001-01-01T00:00:00Z"),
    "a period of another rule": change("marks", period=""),
    "a field without a default missing": drop("runs", "finished"),
    "a record that is too large": change("runs", weather=["rain"] * 200_000),
    "soreness of eleven": change("runs", soreness=11),
    "soreness of true": change("runs", soreness=True),
    "soreness of a half": change("runs", soreness=3.5),
    "a note of another type": change("runs", note=["a"]),
    "a long note": change("runs", note="a" * 2001),
    "ticks of another type": change("runs", ticked="before/hands"),
    "skips of another type": change("runs", skipped=["before/hands"]),
    "an item that is none": change("runs", ticked=["hands"]),
    "an item with control characters": change("runs", ticked=["before/\x1b[31m"]),
    "a rule that is none": change("marks", resets="daily"),
    "a position below zero": change("own_items", position=-1),
    "a huge position": change("own_items", position=10**30),
}


@pytest.fixture
def whole(open_here: Open, tmp_path: Path) -> Json:
    """An export with a record of most kinds."""
    other = open_here(tmp_path / "other")
    other.runs.finish(soreness=3, note="theirs")
    other.lists.tick("before/hands")
    other.lists.add("before", "own")
    exported: Json = json.loads(other.export())
    return exported


def assert_refused(diary: Diary, data: str | bytes) -> None:
    diary.lists.tick("before/mine")
    before = diary.export()
    with pytest.raises(BadImport) as raised:
        diary.import_text(data)
    line = str(raised.value)
    assert len(line.splitlines()) == 1
    assert line.isprintable()
    assert len(line) < 200
    assert diary.export() == before


@pytest.mark.parametrize("spoil", WRONG.values(), ids=WRONG)
def test_half_ours(diary: Diary, whole: Json, spoil: Callable[[Json], object]) -> None:
    """One wrong record refuses the whole file in one line, and nothing is changed."""
    spoil(whole)
    assert_refused(diary, json.dumps(whole))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"\xff\xfe\xfa",
        b"Dear diary,",
        b"[" * 100_000,
        b'{"format": "runtall", "version": 1, "runs": [',
        b"null",
        b"[]",
        b"{}",
        b'{"format": "runtall", "version": 1} {}',
        b'{"format": "runtall", "version": 1, 2: 3}',
        b'{"format"; "runtall", "version": 1}',
        b"1" * 10_000,
        b"SQLite format 3\x00" + bytes(4000),
    ],
)
def test_not_ours(diary: Diary, data: bytes) -> None:
    """What is not JSON, or not ours, is refused in one line."""
    assert_refused(diary, data)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("{", "the file is not JSON"),
        ("{}", "the file is not an export of this diary"),
        ('{"format": "runtall", "version": 2}', "the file is from another version of runtall"),
        ('{"runs": {}}', "runs: this part is no list; the file is not whole"),
        ('{"runs": [3]}', "runs 1: this is no record; nothing was imported"),
    ],
)
def test_what_is_wrong_is_said(diary: Diary, data: str, line: str) -> None:
    """The line tells what is wrong, and where."""
    with pytest.raises(BadImport, match=line):
        diary.import_text(data)


def test_the_wrong_record_is_named(diary: Diary, whole: Json) -> None:
    """By its part and its number there."""
    repeat(whole)
    with pytest.raises(BadImport, match=r"^runs 2: the id [0-9a-f]{32} stands there twice$"):
        diary.import_text(json.dumps(whole))
    change("runs", soreness=11)(whole)
    with pytest.raises(BadImport, match=r"^runs 1: soreness is missing or wrong; nothing"):
        diary.import_text(json.dumps(whole))


def test_fifty_megabytes(diary: Diary, tmp_path: Path) -> None:
    """A huge file is refused after reading no more than we would take."""
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(50 * 2**20)
    with pytest.raises(BadImport, match="larger than 24 MB"):
        diary.import_from(huge)
    assert LARGEST < 50 * 2**20


def test_no_file(diary: Diary, tmp_path: Path) -> None:
    """A file that is not there, or is a directory, is refused by name."""
    for path, why in ((tmp_path / "none.json", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(BadImport, match=f"{path.name}: {why}"):
            diary.import_from(path)


def test_control_characters_in_notes_are_kept(diary: Diary, whole: Json) -> None:
    """A note may hold any character; it comes in as it is, for the screen to make visible."""
    change("runs", note="\x1b[31mred\x00\u202e\ud800")(whole)
    assert diary.import_text(json.dumps(whole)) == Imported(3, 0, 0, 0)
    assert diary.runs.every()[0].note == "\x1b[31mred\x00\u202e\ud800"


def test_unknown_facts_are_passed_over(diary: Diary, whole: Json) -> None:
    """What we do not know beside the records does no harm and is not kept."""
    whole |= {"weather": ["rain", {"id": "x"}], "sky": {"a": [1]}, "steps": [10**30] * 40_000}
    assert diary.import_text(json.dumps(whole)) == Imported(3, 0, 0, 0)
    assert "rain" not in diary.export()


def test_small_parts_that_unfold(diary: Diary) -> None:
    """A file that would take twenty times its size in memory is refused with its first bad record."""
    hostile = f'{{"format": "runtall", "version": 1, "marks": [{"[]," * 200_000}[]]}}'
    tracemalloc.start()
    try:
        assert_refused(diary, hostile.encode())
        assert tracemalloc.get_traced_memory()[1] < 10 * len(hostile)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "hostile", ["[" + "[]," * 200_000 + "[]]", '{"sky": [' + "[]," * 200_000 + "[]]}"]
)
def test_other_lists_that_unfold(diary: Diary, hostile: str) -> None:
    """Likewise where the lists stand anywhere else in the file."""
    tracemalloc.start()
    try:
        assert_refused(diary, hostile)
        assert tracemalloc.get_traced_memory()[1] < 10 * len(hostile)
    finally:
        tracemalloc.stop()


def test_ten_thousand_runs(diary: Diary, whole: Json) -> None:
    """A large diary comes in whole, with a count."""
    run = whole["runs"][0]
    whole["runs"] = [run | {"id": f"{number:032x}"} for number in range(10_000)]
    assert str(diary.import_text(json.dumps(whole))) == (
        "10,002 new, 0 changed, 0 removed, 0 already here"
    )
    assert len(diary.runs.every()) == 10_000
