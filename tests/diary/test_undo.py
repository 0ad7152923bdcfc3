"""Undo and redo of this session's own acts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.diary.conftest import Clock, Open
from tui.diary.diary import Diary
from tui.diary.errors import ChangedElsewhere
from tui.diary.model import ListState, Run

HANDS, VEST, NEVER = "before/hands", "before/vest", "gear/desk"

Seen = tuple[ListState, ListState, tuple[Run, ...]]


def seen(diary: Diary) -> Seen:
    """All that the reader sees of lists and runs; when a record changed is not shown."""
    runs = tuple(run._replace(changed="") for run in diary.runs.every())
    before = diary.lists.state("before")
    own = tuple(own._replace(changed="") for own in before.own)
    return before._replace(own=own), diary.lists.state("gear", "never"), runs


ACTS: dict[str, Callable[[Diary], object]] = {
    "tick": lambda diary: diary.lists.tick(HANDS),
    "tick in a list that stays": lambda diary: diary.lists.tick(NEVER, "never"),
    "tick a skipped item": lambda diary: diary.lists.tick(VEST),
    "untick": lambda diary: diary.lists.untick("before/ticked"),
    "skip": lambda diary: diary.lists.skip(HANDS, "cold"),
    "unskip": lambda diary: diary.lists.unskip(VEST),
    "add": lambda diary: diary.lists.add("before", "mine"),
    "edit": lambda diary: diary.lists.edit(diary.lists.state("before").own[0].item, "other"),
    "remove": lambda diary: diary.lists.remove(diary.lists.state("before").own[0].item),
    "hide": lambda diary: diary.lists.hide(HANDS),
    "show": lambda diary: diary.lists.show("before/hidden"),
    "finish": lambda diary: diary.runs.finish(soreness=3, note="n", left=[HANDS]),
    "soreness": lambda diary: diary.runs.record_soreness(9, diary.runs.find("1").id),
    "edit run": lambda diary: diary.runs.edit(diary.runs.find("1")._replace(note="new")),
    "remove run": lambda diary: diary.runs.remove(diary.runs.find("1").id),
}


def prepare(diary: Diary) -> None:
    """A diary in which each of the acts can be done."""
    diary.runs.finish(note="old")
    diary.lists.tick("before/ticked")
    diary.lists.skip(VEST, "no vest")
    diary.lists.tick(diary.lists.add("before", "own").subject)
    diary.lists.hide("before/hidden")


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_undo_and_redo(diary: Diary, open_here: Open, act: Callable[[Diary], object]) -> None:
    """Each act can be undone and done again, any number of times, and others see the same."""
    prepare(diary)
    before = seen(diary)
    act(diary)
    after = seen(diary)
    assert before != after
    for _ in range(3):
        diary.undo()
        assert seen(diary) == before
        diary.redo()
        assert seen(diary) == after
    assert seen(open_here()) == after


def test_undo_all_and_redo_all(diary: Diary, clock: Clock) -> None:
    """A whole session can be undone to its beginning, and done again."""
    start = seen(diary)
    prepare(diary)
    for name in ("tick", "tick a skipped item", "edit", "soreness", "finish", "remove run"):
        clock.wait(minutes=1)
        ACTS[name](diary)
    end = seen(diary)
    while diary.undo():
        pass
    assert seen(diary) == start
    while diary.redo():
        pass
    assert seen(diary) == end


def test_nothing_to_undo(diary: Diary, open_here: Open) -> None:
    """Only this session's own acts are undone."""
    open_here().lists.tick(HANDS)
    assert diary.undo() is None
    assert diary.redo() is None


def test_undo_names_the_act(diary: Diary) -> None:
    """Undoing tells what was undone."""
    diary.lists.tick(HANDS)
    act = diary.undo()
    assert act is not None
    assert (act.name, act.subject) == ("tick", HANDS)


def test_a_new_act_ends_redo(diary: Diary) -> None:
    """After something new there is nothing to do again."""
    diary.lists.tick(HANDS)
    diary.undo()
    diary.lists.tick(VEST)
    assert diary.redo() is None


def test_an_act_of_a_diary_that_was_taken_away(diary: Diary) -> None:
    """It is not undone in the one that begins then."""
    diary.lists.tick(HANDS)
    diary.path.unlink()
    with pytest.raises(ChangedElsewhere):
        diary.undo()
    assert diary.lists.state("before").ticked == {}


def test_undo_does_not_overwrite_another_session(diary: Diary, open_here: Open) -> None:
    """What another session changed since stands; the older acts can still be undone."""
    diary.lists.hide(VEST)
    diary.lists.tick(HANDS)
    open_here().lists.skip(HANDS, "cold")
    with pytest.raises(ChangedElsewhere):
        diary.undo()
    assert diary.lists.state("before").skipped == {HANDS: "cold"}
    act = diary.undo()
    assert act is not None
    assert act.name == "hide"
