"""The morning after a run: asked about once a day, while its number is not noted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from tui.diary.diary import open_diary
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.session.checklists import ChecklistDesk

EVENING = datetime(2026, 11, 22, 20, tzinfo=UTC).astimezone().replace(hour=20).astimezone(UTC)


@contextmanager
def evening() -> Iterator[tuple[ChecklistDesk, list[datetime]]]:
    """The lists on an evening; the clock is what stands first in the list."""
    clock = [EVENING]
    handbook = load_handbook(OWN_BOOK)
    with open_diary(private=True, clock=lambda: clock[0]) as diary:
        yield ChecklistDesk(handbook, Pages(handbook), diary, lambda: clock[0]), clock


@pytest.mark.parametrize(
    ("later", "asked"),
    [(1, False), (7.9, False), (8.1, True), (27.9, True), (32.1, False), (80, False)],
)
def test_only_on_the_day_after(later: float, asked: bool) -> None:
    """From 04:00 of the next day, for a day; said once, and not again before another one."""
    with evening() as (desk, clock):
        assert not desk.morning_to_note()
        desk.diary.runs.finish(soreness=2)
        clock[0] += timedelta(hours=later)
        assert [desk.morning_to_note(), desk.morning_to_note()] == [asked, False]


def test_not_once_it_is_noted() -> None:
    """A number that is there is not asked for."""
    with evening() as (desk, clock):
        desk.diary.runs.finish(soreness=2)
        clock[0] += timedelta(hours=14)
        desk.diary.runs.record_soreness(1, desk.diary.runs.find("1").id)
        assert not desk.morning_to_note()


def test_what_is_noted_already_stands_in_the_question() -> None:
    """Asked again on that day or on a later one, the number that is there is said."""
    with evening() as (desk, clock):
        desk.diary.runs.finish(soreness=0)
        (run,) = desk.diary.runs.every()
        assert desk.soreness_question(run) == "Soreness after the run, 0 to 10 (noted: 0)"
        unrated = run._replace(soreness=None)
        assert desk.soreness_question(unrated) == "Soreness after the run, 0 to 10"
        clock[0] += timedelta(hours=14)
        day = EVENING.astimezone()
        asked = f"Soreness on a later day, after the run of {day:%b} {day.day}, 0 to 10"
        assert desk.soreness_question(run) == asked
        desk.diary.runs.record_soreness(0, desk.diary.runs.find("1").id)
        (run,) = desk.diary.runs.every()
        assert desk.soreness_question(run) == f"{asked} (noted: 0)"


def test_a_note_to_look_at_again() -> None:
    """It comes up on its date, once a day, until it is closed."""
    with evening() as (desk, clock):
        desk.experiments.keep_cause("arms", "Arm carriage")
        assert desk.note_to_look_at() is None
        clock[0] += timedelta(weeks=2)
        assert desk.note_to_look_at() is not None
        assert desk.note_to_look_at() is None
        clock[0] += timedelta(days=1)
        assert desk.note_to_look_at() is not None
        desk.experiments.asked_again()
        clock[0] += timedelta(days=1)
        assert desk.note_to_look_at() is None
