"""The diary on the screen: what is seen of past runs, and the ways about in it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.ui.looking_back import HANDS, OpenRuns, open_diary_on
from tui.diary.model import Run
from tui.session.routine_report import PastRoutine
from tui.ui.screens.reading import ReadingScreen
from tui.ui.widgets.diary import DiaryView
from tui.ui.widgets.diary_lines import LookBack, diary_lines


@pytest.fixture
def open_runs(tmp_path: Path) -> OpenRuns:
    return partial(open_diary_on, tmp_path / "data")


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (24, 6), (200, 60)])
async def test_opens(open_runs: OpenRuns, size: tuple[int, int]) -> None:
    """The medians stand above the runs, at any size; nothing is too wide."""
    async with open_runs(size=size) as session:
        await session.press("g")
        words = " ".join(session.screen.split())
        assert "Median soreness after the run: last five: 3; the" in words
        if size[1] >= 12:
            assert session.chosen.startswith(("> Nov 18", "> Mon Nov 18"))
            assert "Stiff" in session.chosen


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_chart(open_runs: OpenRuns, size: tuple[int, int]) -> None:
    """A column for each run, oldest first, on the whole scale, with what its signs mean."""
    async with open_runs(size=size) as session:
        await session.press("g")
        lines = [line.strip() for line in session.screen.splitlines()]
        assert "Soreness: o after, . next day, * both" in session.screen
        assert any(line.startswith("0 +") for line in lines)
        top = next(line for line in lines if line.endswith("|"))
        assert top.split()[0] in ("10", "8")
        assert "Nov 18" in session.screen


async def test_whole_run(open_runs: OpenRuns) -> None:
    """Enter shows a run whole; Esc leads back to it."""
    async with open_runs() as session:
        await session.press("j", "k", "enter")
        assert "Soreness after the run: 4 of 10" in session.screen
        assert "[x] Hands free, or a plan made to swap sides" in session.screen
        await session.press("escape")
        assert session.chosen.startswith("> Mon Nov 18")


async def test_link_of_a_run(open_runs: OpenRuns) -> None:
    """An item of a run leads to its reason in the book."""
    async with open_runs() as session:
        await session.press("enter", ">", "enter")
        await session.until(lambda: isinstance(session.app.screen, ReadingScreen))
        await session.until(lambda: session.section == "bottles-phones-strollers")


async def test_empty(open_runs: OpenRuns) -> None:
    """An empty diary says how runs get there, and blames nobody."""
    async with open_runs([]) as session:
        assert (
            "No runs yet. In the book, c opens the checklist, and r files a run" in session.screen
        )


async def test_no_item_is_named(open_runs: OpenRuns) -> None:
    """Items are not held against soreness: what luck makes would look like advice."""
    runs = [{"soreness": 2, "ticked": [HANDS]}] * 15 + [{"soreness": 5, "left": [HANDS]}] * 15
    async with open_runs(runs, size=(80, 60)) as session:
        assert "Hands" not in session.screen


async def test_moving(open_runs: OpenRuns) -> None:
    """Lines, pages, top and bottom lead everywhere, and the chosen run is in sight after each."""
    runs = [{"note": f"run {number}"} for number in range(100)]
    async with open_runs(runs) as session:
        for keys, note in (
            ("j", "run 1"),
            ("k", "run 0"),
            ("k", "run 0"),
            ("ctrl+d", "run 22"),
            ("pageup", "run 0"),
            ("pagedown", "run 22"),
            ("g", "run 0"),
        ):
            await session.press(keys)
            assert session.chosen.endswith(note)
        await session.press("G")
        assert session.view.run is session.view.runs[99]
        await session.press("g", "j")
        assert session.chosen.endswith("run 1")


async def test_years(open_runs: OpenRuns) -> None:
    """Runs of another year stand under its number."""
    old = {"finished": "2019-03-02T10:00:00Z", "started": "2019-03-02T09:00:00Z", "note": "old"}
    async with open_runs([{}, old]) as session:
        lines = [line.strip() for line in session.screen.splitlines()]
        assert "2019" in lines
        assert lines[lines.index("2019") + 1].endswith("old")


async def test_resizing(open_runs: OpenRuns) -> None:
    """The same run is chosen, and in sight, at another size."""
    async with open_runs() as session:
        await session.press(*"jjjjj")
        for size in ((40, 12), (120, 40), (80, 24)):
            await session.resize(*size)
            assert "run 2" in session.chosen


async def test_mouse(open_runs: OpenRuns) -> None:
    """A click chooses a run; a click on the chosen one shows it whole."""
    async with open_runs() as session:
        await session.click(DiaryView, "Easy")
        assert "Easy" in session.chosen
        await session.click(DiaryView, "Easy")
        assert "Run of Nov 16, 2024" in session.screen


@pytest.mark.parametrize("key", ["escape", "q", "d"])
async def test_leaving(open_runs: OpenRuns, key: str) -> None:
    """Esc, q and d lead back to the page that was open, and do not quit."""
    async with open_runs() as session:
        before = session.section
        await session.press(key)
        await session.until(lambda: isinstance(session.app.screen, ReadingScreen))
        assert session.section == before


async def test_red_flags(open_runs: OpenRuns) -> None:
    """The red flags are one key away."""
    async with open_runs() as session:
        await session.press("!")
        await session.until(lambda: session.section == "red-flags")


async def test_help(open_runs: OpenRuns) -> None:
    """Help says what the lines mean and which keys there are."""
    async with open_runs() as session:
        await session.press("?")
        assert "The diary" in session.screen


async def test_five_thousand(open_runs: OpenRuns) -> None:
    """A long diary opens, and its last run is a key away."""
    runs = [{"soreness": number % 8, "note": f"run {number}"} for number in range(5000)]
    async with open_runs(runs) as session:
        await session.press("G", "enter")
        await session.until(lambda: "run 4999" in session.screen)


@pytest.mark.parametrize("width", [38, 76])
def test_routines_between_the_runs(width: int) -> None:
    """A past routine stands by its day among the runs, is no row to be chosen, and fits the width."""
    runs = [
        Run(f"{day}", f"2024-11-{day}T07:00:00Z", f"2024-11-{day}T07:30:00Z") for day in (18, 14)
    ]
    past = [
        PastRoutine(f"{moment}T12:00:00Z", f"Desk break: done, {number} min")
        for number, moment in enumerate(("2024-11-20", "2024-11-16", "2023-11-10"))
    ]
    beside = LookBack(routines=tuple(past))
    drawn = diary_lines(runs, "", beside, year=2024, width=width, height=24)
    shown = [
        line if isinstance(line, int) else "".join(piece.text for piece in line.pieces)
        for line in drawn.lines
    ]
    assert [shown[at] for at in drawn.rows] == [0, 1]
    newest, first, between, second, year, oldest = shown[shown.index(0) - 1 :]
    assert (first, second, year) == (0, 1, "2023")
    for day, line in (("Nov 20", newest), ("Nov 16", between), ("Nov 10", oldest)):
        assert day in str(line)
    assert all(len(each) <= width for each in shown if isinstance(each, str))
    long = LookBack(routines=(PastRoutine("2024-11-20T12:00:00Z", "word " * 30),))
    assert len(diary_lines([], "", long, year=2024, width=width, height=9).lines) > 2
    nothing = diary_lines([], "No runs yet.", beside, year=2024, width=width, height=24)
    assert (len(nothing.rows), len(nothing.lines)) == (0, 3 + 1 + 3 + 1)
