"""Filing runs, looking back on them and mending them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.diary.conftest import Clock, Open
from tui.diary.clock import written
from tui.diary.diary import Diary
from tui.diary.errors import (
    AmbiguousRun,
    ChangedElsewhere,
    NoSuchRun,
    NotKept,
    TooLong,
)
from tui.diary.model import Measured
from tui.diary.runs import Trial, moved

HANDS, VEST = "before/hands", "before/vest"


def test_finish_files_what_was_done(diary: Diary, clock: Clock) -> None:
    """A filed run says what was ticked, skipped and left, and when; its lists start afresh."""
    diary.lists.tick(HANDS)
    run_id = diary.runs.current_id()
    clock.wait(hours=1)
    diary.lists.skip(VEST, "no vest today")
    diary.runs.finish(soreness=4, note="windy", left=["after/stretch"])
    assert [run.as_json() for run in diary.runs.every()] == [
        {
            "id": run_id,
            "started": "2026-11-18T06:30:00Z",
            "finished": "2026-11-18T07:30:00Z",
            "soreness": 4,
            "soreness_next_day": None,
            "note": "windy",
            "ticked": [HANDS],
            "skipped": {VEST: "no vest today"},
            "left": ["after/stretch"],
            **dict.fromkeys(("minutes", "km", "load", "climb", "descent", "cadence")),
            "danger": False,
        }
    ]
    state = diary.lists.state("before")
    assert (state.ticked, state.skipped, state.run_id) == ({}, {}, None)


def test_finish_with_nothing_ticked(diary: Diary) -> None:
    """A run without the list may be noted too; an absent note is null."""
    act = diary.runs.finish(soreness=0)
    run = diary.runs.every()[0]
    assert (run.id, run.ticked, run.as_json()["note"]) == (act.subject, (), None)


def test_next_run_has_another_id(diary: Diary) -> None:
    """Each run has an id of its own."""
    diary.lists.tick(HANDS)
    first = diary.runs.finish().subject
    diary.lists.tick(HANDS)
    assert diary.runs.current_id() not in {None, first}


def test_own_items_keep_their_words_in_the_run(diary: Diary) -> None:
    """A filed run still knows what an own item said after the item was removed."""
    item = diary.lists.add("before", "Tape the heel").subject
    diary.lists.tick(item)
    diary.runs.finish()
    diary.lists.remove(item)
    assert diary.runs.every()[0].own == {item: "Tape the heel"}


@pytest.mark.parametrize("soreness", [-1, 11, 10**9])
def test_soreness_is_0_to_10(diary: Diary, soreness: int) -> None:
    """Soreness beyond the scale is refused and the run stays open."""
    diary.lists.tick(HANDS)
    with pytest.raises(NotKept, match="from 0 to 10"):
        diary.runs.finish(soreness=soreness)
    assert list(diary.lists.state("before").ticked) == [HANDS]


def test_long_note_is_refused(diary: Diary) -> None:
    """A note over 2,000 characters is refused and nothing is filed."""
    with pytest.raises(TooLong):
        diary.runs.finish(note="a" * 2001)
    assert diary.runs.every() == ()


def test_runs_newest_first(diary: Diary, clock: Clock) -> None:
    """Runs come newest first."""
    for note in ("one", "two", "three"):
        diary.runs.finish(note=note)
        clock.wait(days=1)
    assert [run.note for run in diary.runs.every()] == ["three", "two", "one"]


def test_runs_by_their_ids(diary: Diary) -> None:
    """Those asked for, in that order; one that was removed is left out."""
    first, second, third = [diary.runs.finish().subject for _ in range(3)]
    diary.runs.remove(second)
    assert [run.id for run in diary.runs.named([third, second, first])] == [third, first]


def test_find_by_number_or_start_of_id(diary: Diary, clock: Clock) -> None:
    """1 is the newest run; the start of an id names one too, in either case."""
    diary.runs.finish(note="one")
    clock.wait(days=1)
    diary.runs.finish(note="two")
    old = diary.runs.every()[1]
    assert diary.runs.find("1").note == "two"
    assert diary.runs.find("2") == old
    assert diary.runs.find(old.id[:12].upper()) == old


@pytest.mark.parametrize("word", ["", "0", "3", "-1", "²", "zz", "9" * 5000])
def test_find_unknown(diary: Diary, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """A word that names no run is answered by name."""
    monkeypatch.setattr("tui.diary.runs.new_id", lambda: "f" * 32)
    diary.runs.finish()
    with pytest.raises(NoSuchRun):
        diary.runs.find(word)


def test_find_ambiguous(diary: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    """A start that fits several runs names them; one more letter may settle it."""
    ids = iter(["ab" + "0" * 30, "ac" + "0" * 30])
    monkeypatch.setattr("tui.diary.runs.new_id", lambda: next(ids))
    diary.runs.finish(note="b")
    diary.runs.finish(note="c")
    with pytest.raises(AmbiguousRun) as raised:
        diary.runs.find("a")
    assert set(raised.value.candidates) == {"ab" + "0" * 30, "ac" + "0" * 30}
    assert diary.runs.find("ab").note == "b"


def test_soreness_on_the_day_and_later(diary: Diary, clock: Clock) -> None:
    """On the local day of the run `p` notes soreness after it, until 04:00; later that of the next morning."""
    clock.present = clock.present.replace(day=18, hour=23)
    filed = diary.runs.finish().subject
    clock.present = clock.present.replace(day=19, hour=8, minute=59)
    diary.runs.record_soreness(3, filed)
    clock.present = clock.present.replace(day=19, hour=9, minute=0)
    diary.runs.record_soreness(5, filed)
    run = diary.runs.every()[0]
    assert (run.soreness, run.soreness_next_day) == (3, 5)


def test_soreness_of_an_older_run(diary: Diary) -> None:
    """It may be noted for any run, and again."""
    older = diary.runs.add(diary._store.now() - timedelta(days=1)).subject
    newer = diary.runs.finish().subject
    for _ in range(2):
        diary.runs.record_soreness(3, older)
    assert [run.soreness_next_day for run in diary.runs.named([older, newer])] == [3, None]


def test_edit(diary: Diary) -> None:
    """Any run can be mended."""
    diary.runs.finish(soreness=4, note="wnidy")
    run = diary.runs.find("1")
    diary.runs.edit(run._replace(soreness=None, soreness_next_day=2, note="windy"))
    mended = diary.runs.find("1")
    assert (mended.soreness, mended.soreness_next_day, mended.note) == (None, 2, "windy")


def test_edit_does_not_overwrite_another_session(diary: Diary, open_here: Open) -> None:
    """A run that another session changed after it was read is not overwritten."""
    diary.runs.finish(note="mine")
    run = diary.runs.find("1")
    open_here().runs.record_soreness(7, run.id)
    with pytest.raises(ChangedElsewhere):
        diary.runs.edit(run._replace(note="changed"))
    assert diary.runs.find("1").soreness == 7


def test_removed_run_leaves_no_words(diary: Diary) -> None:
    """Removing a run removes its note from the file as well."""
    diary.runs.finish(note="a secret kept nowhere")
    diary.runs.remove(diary.runs.find("1").id)
    assert diary.runs.every() == ()
    diary.close()
    assert b"a secret kept" not in diary.path.read_bytes()


def test_remove_twice(diary: Diary) -> None:
    """A run that is gone cannot be removed or changed; it is named as lists name it."""
    diary.runs.finish()
    run = diary.runs.find("1")
    diary.runs.remove(run.id)
    acts: list[Callable[[], object]] = [
        lambda: diary.runs.remove(run.id),
        lambda: diary.runs.edit(run),
        lambda: diary.runs.record_soreness(3, run.id),
    ]
    for act in acts:
        with pytest.raises(NoSuchRun, match=f"'{run.id[:8]}'"):
            act()


def test_half_done_for_over_twelve_hours_is_asked_once(diary: Diary, clock: Clock) -> None:
    """A list left half-done for over 12 hours is noticed, until the reader goes on with it."""
    diary.runs.go_on()
    assert diary.runs.left_half_done() is None
    diary.lists.tick(HANDS)
    clock.wait(hours=12)
    assert diary.runs.left_half_done() is None
    clock.wait(seconds=1)
    assert diary.runs.left_half_done() == "2026-11-18T06:30:00Z"
    diary.runs.go_on()
    assert diary.runs.left_half_done() is None
    diary.runs.finish()
    diary.lists.tick(HANDS)
    clock.wait(hours=13)
    assert diary.runs.left_half_done() is not None


@pytest.mark.parametrize(
    ("noted", "field"),
    [
        (datetime(2026, 11, 23, 3, 59), "soreness"),
        (datetime(2026, 11, 23, 4, 0), "soreness_next_day"),
    ],
)
def test_the_night_belongs_to_the_evening(
    diary: Diary, clock: Clock, noted: datetime, field: str
) -> None:
    """A soreness noted before 04:00 is that after the run, not that of the next morning."""
    clock.present = datetime(2026, 11, 22, 21, 0).astimezone()
    filed = diary.runs.finish().subject
    clock.present = noted.astimezone()
    diary.runs.record_soreness(4, filed)
    (run,) = diary.runs.every()
    assert getattr(run, field) == 4


def test_a_run_of_an_earlier_day(diary: Diary, clock: Clock) -> None:
    """It is added, as one act to undo, and the current run goes on."""
    diary.lists.tick("before-the-run/hands")
    current = diary.runs.current_id()
    diary.runs.add(clock.present - timedelta(days=1), measured=Measured(minutes=30, km=5))
    (run,) = diary.runs.every()
    assert (run.km, run.ticked) == (5, ())
    assert (run.started, run.finished) == ("2026-11-17T06:00:00Z", "2026-11-17T06:30:00Z")
    assert diary.runs.current_id() == current
    diary.undo()
    assert diary.runs.every() == ()


def test_a_run_filed_later(diary: Diary, clock: Clock) -> None:
    """It began with its first tick and ended when it did, or at that moment where it was ticked since."""
    diary.lists.tick(HANDS)
    clock.wait(hours=2)
    for ended in (clock.present - timedelta(hours=1), clock.present - timedelta(days=1)):
        diary.runs.finish(finished=ended)
        run = diary.runs.find("1")
        assert run.finished == written(ended)
        assert run.started == min("2026-11-18T06:30:00Z", run.finished)
        diary.undo()


def test_a_run_of_an_experiment(diary: Diary) -> None:
    """It is the next one of it, which may end with it; one that was unable is known as such."""
    tried = diary.experiments.start(HANDS, "Hands soft", sequence=(True, False) * 6).subject
    first = diary.runs.finish(trial=Trial(tried, unable=False, why_ended="")).subject
    second = diary.runs.finish(trial=Trial(tried, unable=True, why_ended="")).subject
    (kept,) = diary.experiments.every()
    assert (kept.runs, kept.unable, kept.ended) == ((first, second), (second,), None)
    diary.runs.finish(trial=Trial(tried, unable=False, why_ended="danger"))
    (kept,) = diary.experiments.every()
    assert (len(kept.runs), kept.unable) == (3, (second,))
    assert (kept.ended, kept.why_ended) == ("2026-11-18T06:30:00Z", "danger")
    removed = Trial("f" * 32, unable=False, why_ended="")
    assert diary.runs.named([diary.runs.finish(trial=removed).subject])


def test_a_run_that_ended_at_another_time(diary: Diary, clock: Clock) -> None:
    """It lasted as long."""
    diary.runs.add(clock.present, measured=Measured(minutes=30))
    run = moved(diary.runs.find("1"), clock.present - timedelta(days=1))
    assert (run.started, run.finished) == ("2026-11-17T06:00:00Z", "2026-11-17T06:30:00Z")


def test_a_run_of_unknown_length_began_when_it_ended(diary: Diary, clock: Clock) -> None:
    """No minutes are made up for one that was added without them."""
    diary.runs.add(clock.present - timedelta(days=1))
    (run,) = diary.runs.every()
    assert run.started == run.finished


def test_only_past_runs_make_another_edition(diary: Diary) -> None:
    """A tick, a kept place and a check leave the edition as it is; a filed run, mended or taken back, does not."""
    diary.lists.tick("before/hands", "run")
    before = diary.edition
    diary.lists.tick("before/warm-up", "run")
    diary.progress.keep_place("A book", "one")
    diary.check()
    assert diary.edition == before
    diary.runs.finish(soreness=2)
    filed = diary.edition
    assert filed > before
    diary.undo()
    assert diary.edition > filed
