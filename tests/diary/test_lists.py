"""Ticks, skips, own items and hidden ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.diary.conftest import Clock, Open
from tui.diary.diary import Diary, open_diary
from tui.diary.errors import NoSuchItem, NotKept, TooLong

HANDS, VEST = "before/hands", "before/vest"


def test_tick_is_kept(diary: Diary, open_here: Open) -> None:
    """A tick and its time are there for the next session."""
    diary.lists.tick(HANDS)
    diary.close()
    assert open_here().lists.state("before").ticked == {HANDS: "2026-11-18T06:30:00Z"}


def test_second_tick_keeps_the_first_time(diary: Diary, clock: Clock) -> None:
    """Ticking what is ticked changes nothing, and is no act to undo."""
    diary.lists.tick(HANDS)
    clock.wait(minutes=1)
    act = diary.lists.tick(HANDS)
    assert act.changes == ()
    assert diary.lists.state("before").ticked == {HANDS: "2026-11-18T06:30:00Z"}


def test_untick(diary: Diary) -> None:
    """A wrong tick can be taken back, and ticked again."""
    diary.lists.tick(HANDS)
    diary.lists.untick(HANDS)
    assert diary.lists.state("before").ticked == {}
    diary.lists.tick(HANDS)
    assert list(diary.lists.state("before").ticked) == [HANDS]


def test_skip_has_a_reason(diary: Diary) -> None:
    """A skipped item keeps why; unskipping takes that back."""
    diary.lists.skip(VEST, "no vest today")
    assert diary.lists.state("before").skipped == {VEST: "no vest today"}
    diary.lists.unskip(VEST)
    assert diary.lists.state("before").skipped == {}


def test_an_item_is_ticked_or_skipped(diary: Diary) -> None:
    """Ticking a skipped item replaces the skip, and the other way around."""
    diary.lists.skip(VEST, "no vest today")
    diary.lists.tick(VEST)
    assert (diary.lists.state("before").skipped, list(diary.lists.state("before").ticked)) == (
        {},
        [VEST],
    )
    diary.lists.skip(VEST, "")
    assert (diary.lists.state("before").skipped, diary.lists.state("before").ticked) == (
        {VEST: ""},
        {},
    )


def test_untick_leaves_a_skip_alone(diary: Diary) -> None:
    """Unticking is for ticks, unskipping for skips."""
    diary.lists.skip(VEST, "later")
    diary.lists.tick(HANDS)
    assert diary.lists.untick(VEST).changes == ()
    assert diary.lists.unskip(HANDS).changes == ()


def test_lists_are_apart(diary: Diary) -> None:
    """A list shows its own items only, even where one list's name begins with another's."""
    diary.lists.tick("before/hands")
    diary.lists.tick("before/more/hands")
    assert list(diary.lists.state("before").ticked) == ["before/hands"]
    assert list(diary.lists.state("before/more").ticked) == ["before/more/hands"]


def test_run_begins_with_its_first_act(diary: Diary) -> None:
    """The run's id comes with the first tick, and all lists that reset by run share it."""
    assert diary.runs.current_id() is None
    diary.lists.tick(HANDS)
    run_id = diary.runs.current_id()
    diary.lists.skip("after/stretch", "rain")
    assert run_id is not None
    assert diary.runs.current_id() == run_id
    assert diary.lists.state("after").run_id == run_id


def test_week_list_starts_afresh_on_local_monday(diary: Diary, clock: Clock) -> None:
    """A week's ticks last until Monday in the reader's own time zone, here five hours behind UTC."""
    diary.lists.tick("weekly/rows", "week")
    clock.present = clock.present.replace(day=23, hour=4, minute=59)
    assert list(diary.lists.state("weekly", "week").ticked) == ["weekly/rows"]
    clock.present = clock.present.replace(day=23, hour=5, minute=0)
    assert diary.lists.state("weekly", "week").ticked == {}
    assert diary.lists.state("weekly", "week").run_id is None


def test_week_list_is_ticked_again_in_its_second_week(diary: Diary, clock: Clock) -> None:
    """What was ticked last week can be ticked this week, and skipped the week after."""
    diary.lists.tick("weekly/rows", "week")
    clock.wait(days=7)
    diary.lists.tick("weekly/rows", "week")
    ticked = diary.lists.state("weekly", "week").ticked
    assert ticked == {"weekly/rows": "2026-11-25T06:30:00Z"}
    diary.lists.skip("weekly/rows", "sick", "week")
    clock.wait(days=7)
    diary.lists.skip("weekly/rows", "sick", "week")
    assert diary.lists.state("weekly", "week").skipped == {"weekly/rows": "sick"}


def test_never_list_stays(diary: Diary, clock: Clock) -> None:
    """What is done once stays done, through runs and weeks."""
    diary.lists.tick("gear/desk", "never")
    diary.lists.tick(HANDS)
    diary.runs.finish()
    clock.wait(days=100)
    assert list(diary.lists.state("gear", "never").ticked) == ["gear/desk"]


def test_own_items_keep_their_order(diary: Diary) -> None:
    """Own items stand in the order they were added, on the list they were added to."""
    for text in ("first", "second", "third"):
        diary.lists.add("before", text)
    diary.lists.add("after", "elsewhere")
    own = diary.lists.state("before").own
    assert [each.text for each in own] == ["first", "second", "third"]
    assert [each.position for each in own] == [0, 1, 2]


def test_own_item_is_edited_and_removed(diary: Diary) -> None:
    """An own item can be changed, ticked and removed, and its tick goes with it."""
    item = diary.lists.add("before", "frist").subject
    diary.lists.edit(item, "first")
    diary.lists.tick(item)
    assert [(own.item, own.text) for own in diary.lists.state("before").own] == [(item, "first")]
    diary.lists.remove(item)
    state = diary.lists.state("before")
    assert (state.own, state.ticked) == ((), {})
    with pytest.raises(NoSuchItem):
        diary.lists.edit(item, "again")


def test_hidden_item_can_be_shown_again(diary: Diary) -> None:
    """The book's own items are hidden, not lost."""
    diary.lists.hide(VEST)
    assert diary.lists.state("before").hidden == {VEST}
    diary.lists.show(VEST)
    assert diary.lists.state("before").hidden == frozenset()


@pytest.mark.parametrize("marked_as", ["", "before/jacket"])
def test_hiding_takes_back_the_tick(diary: Diary, marked_as: str) -> None:
    """A hidden item is not ticked, nor is it under an earlier name; the run that is filed says neither."""
    diary.lists.tick(marked_as or VEST)
    diary.lists.hide(VEST, marked_as)
    assert diary.lists.state("before").ticked == {}
    diary.runs.finish()
    assert diary.runs.every()[0].ticked == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(text=st.text(min_size=1, max_size=2000).filter(lambda text: bool(text.strip())))
def test_any_text_is_kept(diary: Diary, text: str) -> None:
    """Own items keep any Unicode as it was given, unpaired surrogates and controls too."""
    diary.lists.add("before", text)
    assert diary.lists.state("before").own[-1].text == text


def test_longest_text(diary: Diary) -> None:
    """2,000 characters of any kind are kept; one more is refused, and nothing is added."""
    diary.lists.add("before", "🏃" * 2000)
    with pytest.raises(TooLong, match=r"2,001 characters; shorten it to 2,000"):
        diary.lists.add("before", "🏃" * 2001)
    assert len(diary.lists.state("before").own) == 1


def test_blank_item_is_refused(diary: Diary) -> None:
    """An item without words is no item."""
    with pytest.raises(NotKept, match="a few words"):
        diary.lists.add("before", " \n")


def test_private_diary_leaves_nothing(open_here: Open, directory: Path) -> None:
    """A private session works as ever, and touches no disk."""
    private = open_here(private=True)
    private.lists.tick(HANDS)
    assert list(private.lists.state("before").ticked) == [HANDS]
    assert (private.mode, private.trouble, private.private) == ("memory", None, True)
    assert not directory.exists()


def test_private_diary_beside_a_kept_one(diary: Diary, directory: Path, clock: Clock) -> None:
    """It reads nothing of the one that is kept, and whatever is done in it leaves that as it is."""
    diary.runs.finish(note="kept")
    diary.lists.tick(HANDS)
    clock.wait(days=2)
    diary.back_up()
    diary._store.events.add("something happened", clock())
    before = {file.name: file.read_bytes() for file in directory.iterdir()}
    private = open_diary(directory, private=True, clock=clock, at_once=False)
    for look in (private.open, private.changed_by_others, private.notices):
        assert not look()
        assert private.runs.every() == ()
    private.lists.tick(HANDS)
    clock.wait(days=-2)
    private.lists.untick(HANDS)
    private.runs.finish()
    private.back_up()
    assert private.take_event() is None
    private.erase()
    assert (private.mode, private.runs.every()) == ("memory", ())
    private.close()
    assert {file.name: file.read_bytes() for file in directory.iterdir()} == before
