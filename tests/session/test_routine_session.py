"""A routine being done and kept: where it is found again, who counts it, and what it ticks."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import PIPE

import pytest

from tests.small_book import write_book
from tui.diary.clock import elapsed
from tui.diary.data_folder import PLAYING
from tui.diary.diary import Diary, open_diary
from tui.handbook.loading import Pages, load_handbook
from tui.handbook.routines import Routine, routine_on
from tui.session.checklists import ChecklistDesk
from tui.session.routine_player import Event
from tui.session.routine_session import RoutineSession, Unfinished, unfinished

ROOT = Path(__file__).parents[2]
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
        return self.ended(session, "done")

    def ended(self, session: RoutineSession, outcome: str) -> tuple[str, ...]:
        """What is ticked when it ends."""
        ticked: list[str] = []
        session.end(outcome, ticked.extend)
        return tuple(ticked)


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
    assert here.ended(session, outcome) == ()
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
    assert here.ended(first, "stopped") == ()
    second.go_on()
    here.after(second, 60)
    second.end("done")
    assert [each.outcome for each in here.diary.routines.every()] == ["done"]


def test_a_session_that_runs_is_told_from_one_that_died(here: Desk) -> None:
    """A session counts as elsewhere while its process lives, whatever numbers processes have."""
    here.session().leave()
    entry = here.diary.routines.under_way()
    assert entry is not None
    file = here.folder / PLAYING
    be_there = "import sys; from pathlib import Path; from tui.diary.presence import Presence; "
    be_there += "it = Presence(sys.argv[1], Path(sys.argv[2])); print('there', flush=True); input()"
    argv = [sys.executable, "-c", be_there, entry.player, str(file)]
    with subprocess.Popen(argv, cwd=ROOT, stdin=PIPE, stdout=PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"there\n"
        left = unfinished(here.desk, here.routine())
        assert left is not None
        assert left.elsewhere
        other.kill()
    left = unfinished(here.desk, here.routine())
    assert left is not None
    assert not left.elsewhere
    here.session(left=left)
    assert here.diary.routines.under_way() != left.entry


def test_the_name_of_another_machine_or_version_is_nobody_here(here: Desk) -> None:
    """An entry that came with an import, or from an older version, runs nowhere on this machine."""
    here.session().leave()
    entry = here.diary.routines.under_way()
    assert entry is not None
    for player in ("", f"{os.getppid()}.0123abcd", "0123abcd", "\u0663" * 8):
        assert not here.diary.routines.runs_elsewhere(entry._replace(player=player))


def test_repetitions_before_a_step_back_are_no_sleep(here: Desk) -> None:
    """What took long because it waited for the reader does not pause the step that comes then."""
    for act in (RoutineSession.skip, RoutineSession.back):
        session = here.session()
        here.after(session, 7, presses=False)
        here.seconds.present += 60
        act(session)
        here.seconds.present += 0.5
        assert session.look() == ()
        assert (session.player.paused, round(session.spent)) == (False, 68)
    session.pause()
    here.seconds.present += 3600
    session.back()
    here.seconds.present += 0.5
    assert (session.look(), round(session.spent)) == ((), 68)


def test_the_clock_goes_on_while_the_machine_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Linux the usual clock stands still in a sleep; this one tells of it."""
    asked: list[int] = []

    def seconds(clock: int) -> float:
        asked.append(clock)
        return 7.0

    monkeypatch.setattr(time, "clock_gettime", seconds)
    assert elapsed() == 7.0
    assert asked == [getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)]


def test_a_sleep_while_it_counts(here: Desk) -> None:
    """It pauses and says so, to a key too: that key does not end the pause at once."""
    session = here.session("one")
    here.after(session, 8)
    left = session.player.left
    here.seconds.present += 3600
    assert session.go_on() == (Event.ASLEEP,)
    assert (session.player.left, session.player.paused, round(session.spent)) == (left, True, 8)


def test_a_sleep_amid_repetitions(here: Desk) -> None:
    """They wait as they did; the hour does not count as time in motion."""
    session = here.session()
    here.after(session, 6, presses=False)
    here.seconds.present += 3600
    assert session.go_on() == (Event.NEXT,)
    assert round(session.spent) == 6 + 12


def test_a_card_renamed_under_a_saved_state(tmp_path: Path) -> None:
    """The step is found again by the card's present name, and so is what was skipped."""
    here = Desk(tmp_path)
    session = here.session()
    session.skip()
    here.after(session, 8, presses=False)
    place = session.player.at
    here.diary.close()
    book = tmp_path / "book"
    (book / "exercises/lean.md").rename(book / "exercises/incline.md")
    (book / "exercises/reach.md").rename(book / "exercises/stretch.md")
    names = '[renamed]\nlean = "incline"\nreach = "stretch"\n'
    (book / "runtall.toml").write_text(names, encoding="utf-8")
    for page in ("SUMMARY.md", "routines/two.md", "routines/one.md"):
        text = (book / page).read_text(encoding="utf-8")
        text = text.replace("lean.md", "incline.md").replace("reach.md", "stretch.md")
        (book / page).write_text(text, encoding="utf-8")
    # Another exercise was put before them, too.
    two = book / "routines/two.md"
    two.write_text(
        two.read_text(encoding="utf-8").replace(
            "1. ", "1. [Lean](../exercises/incline.md)\n2. ", 1
        ),
        encoding="utf-8",
    )
    handbook = load_handbook(book)
    diary = here.opened()
    renamed = routine_on(handbook, Pages(handbook), handbook.by_id["two"])
    assert renamed is not None
    left = unfinished(ChecklistDesk(handbook, Pages(handbook), diary), renamed)
    assert left is not None
    now = left.player.phase
    assert now is not None
    assert (now.exercise, renamed.steps[now.exercise].card.id) == (2, "incline")
    assert (left.player.skipped, left.player.at > place) == (frozenset({1}), True)
    diary.close()


def test_a_routine_that_lost_its_last_steps(here: Desk) -> None:
    """Where nothing is left after the place, it begins afresh, and nothing is ticked for it."""
    session = here.session()
    session.skip()
    short = replace(here.routine(), steps=here.routine().steps[:1])
    assert unfinished(here.desk, short) is None


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
    with open_diary(tmp_path / "none", private=True) as diary:
        desk = ChecklistDesk(here.handbook, here.pages, diary)
        session = RoutineSession(desk, here.routine(), here.seconds)
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
    with open_diary(tmp_path / "other") as other:
        other.import_text(here.diary.export())
        assert other.export() == here.diary.export()
        assert other.routines.every() == here.diary.routines.every()
        assert other.routines.under_way() == here.diary.routines.under_way()


def test_an_older_entry_has_defaults(here: Desk) -> None:
    """An entry with only its routine and its time is read; one of a wrong outcome is refused."""
    entry = here.diary.routines.begin("two")
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
