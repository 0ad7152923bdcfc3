"""Experiments on the screen: begun from an item or a result, asked about at `r`, ended by danger."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.ui.reading import OpenBook, Reading, reading
from tests.ui.test_self_check import answer_all, pass_gate
from tui.diary.clock import now
from tui.diary.diary import open_diary
from tui.diary.model import Experiment
from tui.diary.runs import Trial
from tui.handbook.loading import OWN_BOOK
from tui.ui.screens.red_flags import RedFlagsScreen

PACK = 5
"""The number of the first item on the list that may be tried."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where the diary is."""
    return tmp_path / "data"


@pytest.fixture
def own_book(data: Path) -> OpenBook:
    """Opens our own book."""
    return partial(reading, OWN_BOOK, data)


def kept(data: Path) -> list[Experiment]:
    """The experiments on the disk, newest first."""
    with open_diary(data) as diary:
        return list(diary.experiments.every())


async def test_from_an_item(own_book: OpenBook, data: Path) -> None:
    """`E` on an item says how it goes before it begins; then the list says what today is."""
    async with own_book() as here:
        await here.press("c", *"j" * (PACK - 1), "E")
        assert "about half the" in here.screen
        assert kept(data) == []
        await here.press("enter")
        (begun,) = kept(data)
        assert begun.item == "before-the-run/pack"
        today = "with" if begun.sequence[0] else "without"
        assert f"Today: {today})" in " ".join(here.screen.split())
        await here.press("E")
        assert "End the experiment" in here.screen
        await here.press("enter")
        assert kept(data)[0].why_ended == "stopped by you"
        await here.press("u")
        assert kept(data)[0].ended is None


async def test_the_diary_shows_them(own_book: OpenBook, data: Path) -> None:
    """A mark in the chart where one began, and a line about each below the runs."""
    with open_diary(data) as diary:
        diary.experiments.start("before-the-run/hands", "Hands free", sequence=(True, False) * 6)
        diary.runs.finish(
            soreness=3, trial=Trial(diary.experiments.every()[0].id, unable=False, why_ended="")
        )
    async with own_book() as here:
        await here.press("d", "G")
        assert "Experiments" in here.screen
        assert "Hands free: 1 of 12 runs. Today: without." in here.screen
        assert "| an experiment begins" in here.screen
        marks = [line.rstrip() for line in here.screen.splitlines()]
        assert any(line.endswith("|") for line in marks)


async def test_not_from_a_safety_item(own_book: OpenBook, data: Path) -> None:
    """The gate is never tried."""
    async with own_book() as here:
        await here.press("c", "E")
        assert "Not one to try" in here.status
        assert kept(data) == []


@pytest.mark.parametrize(("choice", "unable", "ended"), [("", False, False), ("j", True, False)])
async def test_filing_asks_whether_the_run_followed(
    own_book: OpenBook, data: Path, choice: str, unable: bool, ended: bool
) -> None:
    """`r` asks first; what could not follow is marked and keeps its place."""
    async with own_book() as here:
        await here.press("c", "space", *"j" * (PACK - 1), "E", "enter")
        await here.press("r", *choice, "enter", "3", "enter", "enter")
        (begun,) = kept(data)
        assert len(begun.runs) == 1
        assert (bool(begun.unable), begun.ended is not None) == (unable, ended)


async def test_a_danger_sign_ends_it_and_shows_the_red_flags(
    own_book: OpenBook, data: Path
) -> None:
    """The run is filed with the answer, and what to do comes at once."""
    async with own_book() as here:
        await here.press("c", "space", *"j" * (PACK - 1), "E", "enter")
        await here.press("r", "j", "j", "enter", "3", "enter", "enter")
        await here.pilot.pause()
        assert isinstance(here.app.screen, RedFlagsScreen)
        assert kept(data)[0].why_ended == "a danger sign came"
        with open_diary(data) as diary:
            assert [run.danger for run in diary.runs.every()] == [True]


async def test_from_a_result(own_book: OpenBook, data: Path) -> None:
    """`E` on a result offers its items, or to keep the cause and the date; never the answers."""
    async with own_book() as here:
        await here.press("E", "escape")
        await pass_gate(here)
        await answer_all(here)
        await here.press("E")
        assert "Pack or vest adjusted" in here.screen
        await here.press("enter", "enter")
        (begun,) = kept(data)
        assert (begun.item, begun.cause) == ("before-the-run/pack", "gear")
        await here.press("E", "G", "enter")
        (cause,) = (each for each in kept(data) if each.id != begun.id)
        assert (cause.item, cause.sequence) == ("", ())
        assert cause.cause in ("gear", "arms")


async def test_a_sign_of_danger_in_the_self_check_ends_it(own_book: OpenBook, data: Path) -> None:
    """As in the shell; no result with a sign leads to a trial."""
    async with own_book() as here:
        await here.press("c", *"j" * (PACK - 1), "E", "enter")
        await here.press("w", "space", "enter")
        assert "Ended: the experiment" in here.status
        assert kept(data)[0].why_ended == "a danger sign came"
        await here.press("E")
        assert "Try one change" not in here.screen


async def test_the_morning_after_is_asked_about(own_book: OpenBook, data: Path) -> None:
    """One quiet line names the key, which opens the box for it; no bare digit files anything."""
    moment = now() - timedelta(days=1)
    with open_diary(data, clock=lambda: moment) as diary:
        diary.runs.finish(soreness=2)
    async with own_book() as here:
        await until(here, "p notes how the back is this morning")
        await here.press("3", "p", "4", "enter")
    with open_diary(data) as diary:
        assert [run.soreness_next_day for run in diary.runs.every()] == [4]


async def test_what_is_due_is_said(own_book: OpenBook, data: Path) -> None:
    """The date that was kept with a cause comes up on opening, with the key of the self-check."""
    with open_diary(data) as diary:
        diary.experiments.start("", "Arm carriage", cause="arms", look_again="2024-01-01")
    async with own_book() as here:
        await until(here, "time to look again (w): Arm carriage")


async def until(here: Reading, words: str) -> None:
    """Wait until the status line says this."""
    async with asyncio.timeout(10):
        while words not in here.status:
            await here.pilot.pause(0.02)
