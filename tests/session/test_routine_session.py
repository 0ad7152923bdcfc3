"""A routine being done and kept: where it is found again, who counts it, and what it ticks."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.small_book import write_book
from tui.diary.diary import Diary, open_diary
from tui.handbook.loading import Pages, load_handbook
from tui.handbook.routines import Routine, routine_on
from tui.session.checklists import ChecklistDesk
from tui.session.routine_session import RoutineSession, Unfinished, unfinished

FILES = {
    "SUMMARY.md": (
        "# Summary\n\n- [Two](routines/two.md)\n- [One](routines/one.md)\n"
        "- [Reach](exercises/reach.md)\n- [Lean](exercises/lean.md)\n"
        "- [Before](checklists/before.md)\n- [Week](checklists/week.md)\n"
    ),
    "runtall.toml": "",
    "routines/two.md": "# Two\n\n1. [Reach](../exercises/reach.md)\n2. [Lean](../exercises/lean.md)\n",
    "routines/one.md": "# One\n\n1. [Lean](../exercises/lean.md)\n",
    "exercises/reach.md": "# Reach\n\n<!-- timer: reps 4; sides each; switch 5 -->\n",
    "exercises/lean.md": "# Lean\n\n<!-- timer: hold 10 -->\n",
    "checklists/before.md": (
        "# Before\n\n- [ ] **Reached.** <!-- id: reached --> <!-- routine: two -->\n"
        "- [ ] **Warm.** <!-- id: warm -->\n"
    ),
    "checklists/week.md": (
        "# Week\n\n<!-- resets: week -->\n\n"
        "- [ ] **Strong twice.** <!-- id: strong --> <!-- routine: one two; times 2 -->\n"
    ),
}


class Seconds:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.present = 0.0

    def __call__(self) -> float:
        return self.present


class Desk:
    """A book, its reader's diary, and two clocks."""

    def __init__(self, folder: Path) -> None:
        self.handbook = load_handbook(write_book(folder / "book", FILES))
        self.pages = Pages(self.handbook)
        self.folder = folder / "data"
        self.moment = datetime(2026, 11, 18, 6, 30, tzinfo=UTC)
        self.seconds = Seconds()
        self.diary = self.opened()
        self.desk = ChecklistDesk(self.handbook, self.pages, self.diary, lambda: self.moment)

    def opened(self) -> Diary:
        return open_diary(self.folder, clock=lambda: self.moment)

    def routine(self, name: str = "two") -> Routine:
        found = routine_on(self.handbook, self.pages, self.handbook.by_id[name])
        assert found is not None
        return found

    def session(self, name: str = "two", left: Unfinished | None = None) -> RoutineSession:
        return RoutineSession(self.desk, self.routine(name), self.seconds, left)

    def after(self, session: RoutineSession, seconds: float, presses: bool = True) -> None:
        """Let time pass, looked at often; what waits is done at once."""
        for _ in range(round(seconds * 2)):
            now = session.player.phase
            if presses and now is not None and not now.counts_down:
                session.go_on()
            self.seconds.present += 0.5
            session.look()

    def do(self, name: str) -> tuple[str, ...]:
        """Do a routine whole."""
        session = self.session(name)
        self.after(session, 60)
        assert session.player.whole
        return session.end("done")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.diary.close()


def test_done_whole_it_ticks_what_is_then_true(here: Desk) -> None:
    """Only items that name the routine are ticked, and a second session of the week ticks its own."""
    assert here.do("two") == ("Reached",)
    assert [row.ticked for row in here.desk.ticked("before").rows] == [True, False]
    assert here.do("two") == ("Strong twice",)
    entry = here.diary.routines.every()[0]
    assert (entry.routine, entry.outcome, entry.done, entry.skipped) == (
        *("two", "done", ("reach", "lean")),
        (),
    )
    assert 24 <= entry.seconds <= 28
    assert here.diary.routines.under_way() is None


def test_sessions_of_another_week_do_not_count(here: Desk) -> None:
    """Done once in each of two weeks is not done twice."""
    here.do("one")
    here.moment += timedelta(days=7)
    assert here.do("one") == ()
    here.moment += timedelta(days=1)
    assert here.do("one") == ("Strong twice",)


@pytest.mark.parametrize("outcome", ["done", "stopped", "hurt"])
def test_not_whole_it_ticks_nothing(here: Desk, outcome: str) -> None:
    """A routine with something skipped, or stopped, ticks nothing, and says so in the diary."""
    session = here.session()
    session.skip()
    if outcome == "done":
        here.after(session, 60)
    assert session.end(outcome) == ()
    entry = here.diary.routines.every()[0]
    assert (entry.outcome, entry.skipped) == (outcome, ("reach",))
    assert not any(row.ticked for row in here.desk.ticked("before").rows)


def test_left_at_any_second_it_is_found_at_the_same_step(here: Desk) -> None:
    """A session that dies at any moment is found at the very step it was at, paused."""
    chance = random.Random(5)
    for _ in range(60):
        session = here.session()
        here.after(session, chance.uniform(0, 24.5))
        at, skipped = session.player.at, session.player.skipped
        other = here.opened()
        desk = ChecklistDesk(here.handbook, here.pages, other)
        left = unfinished(desk, here.routine())
        assert left is not None
        assert (left.player.at, left.player.skipped, left.player.paused) == (at, skipped, True)
        assert left.player.left >= session.player.left
        other.close()


def test_where_it_was_left_in_words(here: Desk) -> None:
    """What is asked says the step and the side."""
    session = here.session()
    here.after(session, 7, presses=False)
    session.go_on()
    here.after(session, 5, presses=False)
    left = unfinished(here.desk, here.routine())
    assert left is not None
    assert left.words == "Two: step 1 of 2, left side"
    assert unfinished(here.desk, here.routine("one")) is None


def test_taken_over_by_another_session(here: Desk) -> None:
    """Who takes a routine over goes on; the other finds out at its next step and writes no more."""
    first = here.session()
    left = unfinished(here.desk, here.routine())
    assert left is not None
    second = here.session(left=left)
    first.skip()
    assert (first.taken, first.player.paused) == (True, True)
    assert first.end("stopped") == ()
    second.go_on()
    here.after(second, 60)
    second.end("done")
    assert [each.outcome for each in here.diary.routines.every()] == ["done"]


def test_a_session_that_runs_is_told_from_one_that_died(
    here: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that is alive counts it still; one that is gone has left it."""
    here.session()
    left = unfinished(here.desk, here.routine())
    assert left is not None
    monkeypatch.setattr(os, "getpid", lambda: 1)
    assert left.elsewhere
    gone = os.fork()
    if not gone:
        os._exit(0)
    os.waitpid(gone, 0)
    dead = Unfinished(left.entry._replace(player=f"{gone}.0"), here.routine())
    assert not dead.elsewhere


def test_a_new_one_ends_the_old(here: Desk) -> None:
    """There is one routine at a time: what was left is kept as stopped."""
    here.session("two")
    here.session("one")
    assert [each.outcome for each in here.diary.routines.every()] == ["stopped"]
    entry = here.diary.routines.under_way()
    assert entry is not None
    assert entry.routine == "one"


def test_private_keeps_nothing(here: Desk, tmp_path: Path) -> None:
    """With `--private` no file is made."""
    diary = open_diary(tmp_path / "none", private=True)
    session = RoutineSession(
        ChecklistDesk(here.handbook, here.pages, diary), here.routine(), here.seconds
    )
    here.after(session, 60)
    session.end("done")
    assert not (tmp_path / "none").exists()


def test_where_nothing_can_be_written_it_goes_on(here: Desk) -> None:
    """A diary that cannot be kept stops no routine; why is said."""
    here.folder.mkdir(mode=0o700, exist_ok=True)
    (here.folder / "diary.db").mkdir()
    session = here.session()
    here.after(session, 60)
    assert session.player.whole
    assert "diary.db" in session.trouble


def test_across_machines(here: Desk, tmp_path: Path) -> None:
    """Past routines and the one under way come along in an export."""
    here.do("two")
    here.session("one").skip()
    other = open_diary(tmp_path / "other")
    other.import_text(here.diary.export())
    assert other.export() == here.diary.export()
    assert other.routines.every() == here.diary.routines.every()
    assert other.routines.under_way() == here.diary.routines.under_way()
    other.close()


def test_an_older_entry_has_defaults(here: Desk) -> None:
    """An entry with only its routine and its time is read; one of a wrong outcome is refused."""
    entry = here.diary.routines.begin("two", "")
    text = here.diary.export()
    assert '"phase": 0' in text
    short = (
        '{"format": "runtall", "version": 1, "routines": [{"id": "%s", '
        '"changed": "2026-11-19T00:00:00Z", "routine": "two", "started": "2026-11-18T06:30:00Z"}]}'
    )
    assert here.diary.import_text(short % entry.id).changed == 1
    assert here.diary.routines.under_way() == entry._replace(
        changed="2026-11-19T00:00:00Z", player=""
    )
