"""Damaged files: put aside as they are, mended as far as they can be read, and said once."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.diary.conftest import Open
from tui.diary.database import CHECKED
from tui.diary.diary import Diary, open_diary
from tui.diary.errors import Newer
from tui.diary.records import PAGE, Record
from tui.diary.salvage import build, readable, records_in

HANDS = "before/hands"
TABLE_LEAF = 0x0D
"""The first byte of a page that holds rows of a table, as SQLite's file format has it."""
BOUND = (PAGE - 12) * 64 // 255 - 23
"""Bytes of a cell of an index that SQLite keeps on its page, as its file format has it."""
Contents = dict[tuple[str, str], str]


def fill(diary: Diary) -> Contents:
    """A diary of several pages with long notes; gives all its records."""
    for number in range(12):
        diary.lists.tick(f"before/item-{number}")
        diary.lists.tick("before/hands")
        diary.runs.finish(soreness=number % 11, note=f"{number} " + "long é" * 200, left=["a/b"])
    for number in range(30):
        diary.lists.tick(f"before/item-{number}")
    return contents(diary)


def contents(diary: Diary) -> Contents:
    records = diary._store.read(lambda reading: reading.records())
    return {(record.kind, record.id): f"{record.changed} {record.body}" for record in records}


def copied(diary: Diary) -> set[tuple[tuple[str, str], str]]:
    """What the second copy holds: as true as the diary, though of an earlier time."""
    records = records_in(diary._store.second_copy)
    return {((each.kind, each.id), f"{each.changed} {each.body}") for each in records}


def copies(data: bytes, words: bytes) -> tuple[int, int]:
    """Where a record's words stand in the table, and where in the index that holds it again."""
    first, second = data.index(words), data.rindex(words)
    in_table = data[first - first % PAGE] == TABLE_LEAF
    return (first, second) if in_table else (second, first)


WHOLE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "one byte": lambda _: b"S",
    "text": lambda _: b"Dear diary,\n" * 1000,
    "zeroed": lambda data: bytes(len(data)),
    "cut in the first page": lambda data: data[:1000],
    "cut in half": lambda data: data[: len(data) // 2],
}
PART: dict[str, Callable[[bytes], bytes]] = {
    "cut by one byte": lambda data: data[:-1],
    "first bytes zeroed": lambda data: bytes(16) + data[16:],
    "first page zeroed": lambda data: bytes(PAGE) + data[PAGE:],
    "second page zeroed": lambda data: data[:PAGE] + bytes(PAGE) + data[2 * PAGE :],
    "a page of noise": lambda data: (
        data[: 3 * PAGE] + random.Random(1).randbytes(PAGE) + data[4 * PAGE :]
    ),
    "mark lost": lambda data: data[:68] + bytes(4) + data[72:],
    "version lost": lambda data: data[:60] + bytes(4) + data[64:],
    "name of the table harmed": lambda data: data.replace(b"record", b"recorf"),
    "name of a column harmed": lambda data: data.replace(b"body TEXT", b"bodx TEXT"),
    "definition harmed": lambda data: data.replace(b"CREATE", b"CREATF"),
    "page size wrong": lambda data: data[:16] + b"\x02\x00" + data[18:],
    "write version unknown": lambda data: data[:18] + b"\x07" + data[19:],
}


def damage(diary: Diary, how: Callable[[bytes], bytes]) -> bytes:
    """Damage the file behind a closed diary; gives what is left of it."""
    diary.close()
    harmed = how(diary.path.read_bytes())
    diary.path.write_bytes(harmed)
    return harmed


@pytest.mark.parametrize("how", [*WHOLE.values(), *PART.values()], ids=[*WHOLE, *PART])
def test_damaged_file_is_put_aside(
    diary: Diary, open_here: Open, how: Callable[[bytes], bytes]
) -> None:
    """The damaged file is kept byte for byte under a name that is said once, and ticking goes on."""
    before = fill(diary)
    harmed = damage(diary, how)
    mended = open_here()
    report = mended.check()
    (put_aside,) = diary.path.parent.glob("diary.damaged-*.db")
    assert put_aside.name == "diary.damaged-20261118T063000Z.db"
    assert put_aside.read_bytes() == harmed
    assert str(put_aside) in str(report)
    assert mended.take_event() is None
    mended.lists.tick("before/new")
    assert mended.check() is None
    after = contents(mended)
    known = {*before.items(), *copied(diary)}
    assert {(key, after[key]) for key in after.keys() & before.keys()} <= known
    assert open_here().take_event() is None


@pytest.mark.parametrize("how", PART.values(), ids=PART)
def test_what_can_be_read_is_kept(
    diary: Diary, open_here: Open, how: Callable[[bytes], bytes]
) -> None:
    """Each record is copied over of which one copy is whole."""
    before = fill(diary)
    damage(diary, how)
    mended = open_here()
    report = mended.check()
    assert report is not None
    assert f"({len(before)} records)" in str(report)
    assert contents(mended) == before


def test_records_of_every_size_are_read(tmp_path: Path) -> None:
    """No record is lost for its length, just within a cell or just beyond it."""
    lengths = [bound - rest for bound in (BOUND, BOUND + PAGE - 4) for rest in range(50, 100)]
    records = [
        Record("hidden", f"{length:032x}", "", "2026-11-18T06:30:00Z", "x" * length)
        for length in lengths
    ]
    data = build(tmp_path / "diary.db", records).read_bytes()
    assert readable(data) == sorted(records)


def test_every_record_stands_twice(diary: Diary) -> None:
    """Any one page may be lost without losing a record but those with text longer than a page."""
    diary.lists.tick(HANDS)
    before = contents(diary)
    diary.close()
    data = diary.path.read_bytes()
    for start in range(0, len(data), PAGE):
        left = data[:start] + bytes(PAGE) + data[start + PAGE :]
        assert {(record.kind, record.id) for record in readable(left)} == before.keys()


@pytest.fixture(params=[CHECKED, 0], ids=["small", "large"])
def of_any_size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the files of a test for small ones, and for such as are not read whole with each opening."""
    monkeypatch.setattr("tui.diary.database.CHECKED", request.param)


@pytest.mark.usefixtures("of_any_size")
@pytest.mark.parametrize("met_by", ["a look", "an act"])
def test_damage_while_open_is_mended(diary: Diary, open_here: Open, met_by: str) -> None:
    """Damage that comes while the diary is open is found, said and mended without an error."""
    before = fill(diary)
    (run,) = [run for run in diary.runs.every() if run.note.startswith("7 ")]
    data = diary.path.read_bytes()
    one, _ = copies(data, b'"note":"7 long')
    _, two = copies(data, b'"note":"8 long')
    harmed = bytearray(data)
    harmed[one + 1], harmed[two + 1] = ord("N"), ord("N")
    diary.path.write_bytes(harmed)
    other = open_here()
    other.lists.tick("before/makes the others look at the disk")
    assert diary.changed_by_others()
    if met_by == "an act":
        diary.runs.edit(run)
    assert len(diary.runs.every()) == 12
    report = diary.take_event() or other.take_event()
    assert report is not None
    assert contents(diary).items() >= before.items()
    assert contents(other) == contents(diary)


def test_ticks_of_all_sessions_survive_a_mending(diary: Diary, open_here: Open) -> None:
    """A session that had the damaged file open goes on in the mended one, and loses no tick."""
    fill(diary)
    other = open_here()
    diary.path.write_bytes(bytes(100) + diary.path.read_bytes()[100:])
    other.lists.tick("after/one")
    diary.lists.tick("after/two")
    assert set(open_here().lists.state("after").ticked) == {"after/one", "after/two"}
    assert len(list(diary.path.parent.glob("diary.damaged-*.db"))) == 1


@pytest.mark.usefixtures("of_any_size")
def test_check_finds_what_no_one_looked_at(diary: Diary, open_here: Open) -> None:
    """The check reads the whole file; a sound one passes in silence."""
    before = fill(diary)
    assert diary.check() is None
    damage(diary, lambda data: data.replace(b'"note":"3 long', b'"note":"3 Long', 1))
    fresh = open_here()
    assert fresh.check() is not None
    assert contents(fresh) == before


def test_check_of_what_is_no_diary_any_more(diary: Diary) -> None:
    """Nor need the file still be one that SQLite reads."""
    before = fill(diary)
    diary.path.write_bytes(bytes(100) + diary.path.read_bytes()[100:])
    assert diary.check() is not None
    assert contents(diary) == before


def test_many_sessions_mend_once(diary: Diary, directory: Path) -> None:
    """Sessions that meet the damage together put the file aside once, and all go on."""
    before = fill(diary)
    damage(diary, PART["first page zeroed"])

    def meet(number: int) -> int:
        with open_diary(directory) as one:
            one.lists.tick(f"met/{number}")
            return len(contents(one).keys() & before.keys())

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(meet, range(8))) == [len(before)] * 8
    with open_diary(directory) as last:
        assert len(last.lists.state("met").ticked) == 8
    assert len(list(directory.glob("diary.damaged-*.db"))) == 1


def harm_at_random(data: bytes, chance: random.Random) -> bytes:
    """Flip bits, cut the end, or zero some pages."""
    harmed = bytearray(data)
    kind = chance.randrange(3)
    if kind == 0:
        for _ in range(chance.randint(1, 30)):
            harmed[chance.randrange(len(harmed))] ^= 1 << chance.randrange(8)
    elif kind == 1:
        del harmed[chance.randrange(len(harmed)) :]
    else:
        for _ in range(chance.randint(1, 3)):
            start = chance.randrange(len(harmed) // PAGE) * PAGE
            harmed[start : start + PAGE] = bytes(PAGE)
    return bytes(harmed)


@pytest.mark.parametrize(
    "seed", [*range(12), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(12, 212))]
)
def test_random_damage(diary: Diary, open_here: Open, seed: int) -> None:
    """After any damage the diary opens; what it then holds is true, and a loss is always said."""
    before = fill(diary)
    harmed = damage(diary, lambda data: harm_at_random(data, random.Random(seed)))
    after = open_here()
    after.check()
    assert after.mode == "writable" or type(after.trouble) is Newer
    if after.mode == "writable":
        after.lists.tick("after/new")
        held = contents(after)
        kept = {key: value for key, value in held.items() if key in before}
        assert {*kept.items()} <= {*before.items(), *copied(diary)}
        report = next(diary.path.parent.glob("diary.damaged-*.db"), None)
        assert report is not None or kept == before
        assert report is None or report.read_bytes() == harmed
