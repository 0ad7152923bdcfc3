"""A routine in a real terminal, its clock many times as fast: done whole, and killed at any second."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import pytest

from tests.pty.handbook import Handbook
from tui.diary.diary import open_diary
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.handbook.routines import Routine, routine_on
from tui.session.checklists import ChecklistDesk
from tui.session.routine_player import Player
from tui.session.routine_session import Unfinished, unfinished
from tui.session.routine_view import lines_of

TIMES = 20
KILLS = 200

pytestmark = [pytest.mark.long, pytest.mark.timeout(3600)]


def guided(data: Path, size: tuple[int, int] = (80, 24), *options: str) -> Handbook:
    """`runtall routine before-a-run` in a terminal."""
    command = (sys.executable, "-m", "tests.pty.fast_clock", str(TIMES))
    words = ("--data", str(data), "routine", "before-a-run", *options)
    return Handbook(*words, size=size, command=command)


def go_along(handbook: Handbook) -> None:
    """Press Space where the screen waits for it."""
    if "Space when done" in handbook.text or "Paused" in handbook.text:
        handbook.press("space")
    handbook.settle(0.05, 0.2)


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (200, 50)])
def test_a_whole_routine(tmp_path: Path, size: tuple[int, int]) -> None:
    """From the shell to its end: each step, and what comes next, is seen; then its item is ticked."""
    seen: set[str] = set()
    options = ("--no-bell",) if size == (40, 12) else ()
    with guided(tmp_path / "data", size, *options) as handbook:
        handbook.wait_for("1 of 5", timeout=30)
        end = time.monotonic() + 120
        while "Done." not in handbook.text and time.monotonic() < end:
            seen |= {f"{step} of 5" for step in range(1, 6) if f"{step} of 5. " in handbook.text}
            assert "Next: " in handbook.text or "Done." in handbook.text
            go_along(handbook)
        assert "Done." in handbook.text
        handbook.wait_for("Ticked: Chest")
        assert len(seen) == 5
        assert (b"\a" in handbook.output) != bool(options)
        for key in ("escape", "q"):
            handbook.rest()
            handbook.press(key)
        assert handbook.wait_for_exit() == 0
    with open_diary(tmp_path / "data") as diary:
        (entry,) = diary.routines.every()
    assert (entry.outcome, len(entry.done), entry.skipped) == ("done", 5, ())


def head(player: Player) -> tuple[str, ...]:
    """What the screen says of the phase that is on, without its count."""
    lines = lines_of(player, (), "", 72, 23)
    said = next(line.text.strip() for line in lines if line.is_now)
    return (lines[0].text, lines[1].text, said.removeprefix("Paused. "))


def phases_shown(handbook: Handbook, routine: Routine) -> list[int]:
    """The numbers of the phases that the screen may show, by its words."""
    players = [Player(routine, at, 1.0) for at in range(len(routine.phases))]
    return [each.at for each in players if all(part in handbook.text for part in head(each))]


def kept(data: Path) -> tuple[Routine, Unfinished | None]:
    """The routine, and where the diary says that it was left."""
    book = load_handbook(OWN_BOOK)
    pages = Pages(book)
    routine = routine_on(book, pages, book.by_id["before-a-run"])
    assert routine is not None
    with open_diary(data) as diary:
        return routine, unfinished(ChecklistDesk(book, pages, diary), routine)


def test_killed_at_any_second(tmp_path: Path) -> None:
    """Killed or cut off 200 times, it is always found again at the same step, never an earlier one."""
    data = tmp_path / "data"
    chance = random.Random(16)
    routine, left = kept(data)
    for number in range(KILLS):
        with guided(data) as handbook:
            if left is None:
                handbook.wait_for("1 of 5", timeout=60)
            else:
                handbook.wait_for(left.words, timeout=60)
                handbook.press("enter")
                handbook.wait_for("Paused", timeout=60)
                assert left.player.at in phases_shown(handbook, routine)
            end = time.monotonic() + chance.uniform(0, 1.5)
            while time.monotonic() < end:
                go_along(handbook)
            shown = phases_shown(handbook, routine)
            if number % 2:
                handbook.hang_up()
                handbook.wait_for_exit()
        _, left = kept(data)
        # A step is kept before it is drawn, so the diary may be one ahead of the screen.
        if left is not None and shown:
            assert shown[0] <= left.player.at <= shown[-1] + 1
