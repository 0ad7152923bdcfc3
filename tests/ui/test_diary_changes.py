"""Past runs changed on the screen, here and elsewhere, and what is then on the disk."""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path

import pytest

from tests.ui.looking_back import OpenRuns, kept, levels, open_diary_on
from tui.diary.diary import open_diary
from tui.diary.model import Activity
from tui.ui.screens.diary import DiaryScreen


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where the diary is."""
    return tmp_path / "data"


@pytest.fixture
def open_runs(data: Path) -> OpenRuns:
    return partial(open_diary_on, data)


async def test_edit(open_runs: OpenRuns, data: Path) -> None:
    """`e` changes soreness and note; `u` takes it back, `U` does it again."""
    async with open_runs() as session:
        await session.press("e")
        for text in ("7", "1", "2024-11-17 18:30", "5 mi", "48:30", "", "new"):
            await session.write(text)
        await session.until(lambda: session.runs[0] == "new")
        assert levels(data)[0] == (7, 1, "new")
        assert (session.view.runs[0].km, session.view.runs[0].minutes) == (8.05, 48.5)
        assert "Sun Nov 17" in session.chosen
        await session.press("u")
        assert levels(data)[0] == (4, 2, "Stiff after the hill")
        assert session.runs[0] == "Stiff after the hill"
        await session.press("U")
        assert levels(data)[0] == (7, 1, "new")


async def test_add(open_runs: OpenRuns, data: Path) -> None:
    """`a` adds a run of an earlier day; a day that is none is not taken."""
    async with open_runs([{"note": "newer"}]) as session:
        await session.press("a")
        await session.write("someday")
        assert "Give a day" in session.screen
        for text in ("2024-11-01", "3", "8.5", "", "", "older"):
            await session.write(text)
        await session.until(lambda: session.runs == ["newer", "older"])
    assert levels(data) == [(None, None, "newer"), (3, None, "older")]


async def test_edit_shows_what_was_recorded(open_runs: OpenRuns, data: Path) -> None:
    """It fills the lines, and is not kept as the reader's own unless it is changed."""
    watch = Activity(id="a" * 32, start="2024-11-18T06:40:00Z", minutes=47.0, km=8.5)
    kept(data, lambda diary: diary.activities.keep_new([watch]))
    async with open_runs([{"note": "hill"}]) as session:
        assert "8.5 km, 47 min" in session.screen
        await session.press("e")
        assert " 8.5 " in session.screen
        await session.press(*["enter"] * 4)
        await session.write("46")
        await session.press("enter", "enter")
        await session.until(lambda: session.view.runs[0].minutes == 46)
        await session.press("enter")
        assert "8.5 km, 46 min" in session.screen
    with open_diary(data) as diary:
        (run,) = diary.runs.every()
    assert (run.km, run.minutes) == (None, 46)


async def test_edit_keeps_what_is_not_changed(open_runs: OpenRuns, data: Path) -> None:
    """A note of several lines stays as it is where only the soreness is changed."""
    async with open_runs([{"note": "one\n\ttwo \x1b[2J"}]) as session:
        await session.press("e")
        assert "\x1b" not in session.screen
        await session.write("3")
        await session.press(*["enter"] * 6)
        await session.until(lambda: session.view.runs[0].soreness == 3)
    assert levels(data) == [(3, None, "one\n\ttwo \x1b[2J")]


async def test_edit_can_be_left(open_runs: OpenRuns, data: Path) -> None:
    """Esc leaves a run as it was, and a soreness of eleven is not taken."""
    async with open_runs() as session:
        before = levels(data)
        await session.press("e")
        await session.write("11")
        assert "from 0 to 10" in session.screen
        await session.press("escape")
        assert "Esc again drops what you typed" in session.screen
        await session.press("end", "backspace", "escape")
        assert "Esc again drops what you typed" in session.screen
        await session.press("escape")
        assert isinstance(session.app.screen, DiaryScreen)
        assert levels(data) == before
        await session.press("e", "escape")
        assert isinstance(session.app.screen, DiaryScreen)


async def test_soreness(open_runs: OpenRuns, data: Path) -> None:
    """`p` notes the soreness of the chosen run, here for a later day."""
    async with open_runs([{"note": "newer"}, {"note": "older"}]) as session:
        await session.press("j", "p", "6", "enter")
        await session.until(lambda: session.view.runs[1].soreness_next_day == 6)
    assert levels(data) == [(None, None, "newer"), (None, 6, "older")]


async def test_remove(open_runs: OpenRuns, data: Path) -> None:
    """Del removes the chosen run and says so; the next one is chosen, and `u` brings it back."""
    async with open_runs() as session:
        await session.press("j", "delete")
        assert "Removed the run of Nov 16, 2024; u brings it back" in session.screen
        assert session.chosen.startswith("> Thu Nov 14")
        assert "Easy" not in [note for *_, note in levels(data)]
        await session.press("u")
        assert "Easy" in session.runs
        assert [note for *_, note in levels(data)] == session.runs


async def test_remove_all(open_runs: OpenRuns) -> None:
    """After the last run is removed the diary says how runs get there; no key does harm."""
    async with open_runs([{"note": "only"}]) as session:
        await session.press("delete")
        assert "No runs yet" in session.screen
        await session.press("j", "k", "G", "g", "tab", "pagedown", "enter", "e", "p", "delete")
        await session.press("u")
        assert session.runs == ["only"]


async def test_others(open_runs: OpenRuns, data: Path) -> None:
    """What another session files shows without a key; the chosen run stays chosen."""
    async with open_runs() as session:
        await session.press("j")
        chosen = session.chosen
        kept(data, lambda diary: diary.runs.finish(soreness=9, note="elsewhere"))
        await session.until(lambda: session.runs[0] == "elsewhere")
        await session.pilot.pause()
        assert session.chosen == chosen


async def test_others_over_a_list(open_runs: OpenRuns, data: Path) -> None:
    """Nor does it take a key where the diary was opened from a checklist."""
    async with open_runs() as session:
        await session.press("escape", "c", "d")
        kept(data, lambda diary: diary.runs.finish(note="elsewhere"))
        await session.until(lambda: session.runs[0] == "elsewhere")


async def test_changed_elsewhere(open_runs: OpenRuns, data: Path) -> None:
    """A run that another session removed meanwhile is not changed, and that is said."""
    async with open_runs([{"note": "a"}, {"note": "b"}]) as session:
        await session.press("e")
        kept(data, lambda diary: diary.runs.remove(diary.runs.find("1").id))
        await session.write("3")
        await session.press(*["enter"] * 6)
        await session.until(lambda: session.runs == ["b"])
    assert levels(data) == [(None, None, "b")]


@pytest.fixture
def file_in_the_way(data: Path) -> None:
    """A file stands where the diary's directory should be."""
    data.write_text("not a directory")


@pytest.mark.usefixtures("file_in_the_way")
async def test_out_of_reach(open_runs: OpenRuns) -> None:
    """A diary that cannot be read is said in words, and not shown as an empty one."""
    async with open_runs([]) as session:
        assert "is not a directory" in session.warning
        assert "The diary cannot be read" in session.screen
        assert "No runs yet" not in session.screen


async def test_cannot_be_saved(open_runs: OpenRuns, data: Path) -> None:
    """A change that cannot be saved is said, and not shown."""
    async with open_runs() as session:
        connection = sqlite3.connect(data / "diary.db")
        connection.execute("PRAGMA user_version=99")
        connection.close()
        await session.press("delete")
        assert session.runs[0] == "Stiff after the hill"
        assert session.warning.startswith("Not saved: ")
        assert "newer version of runtall" in session.warning


async def test_damage(open_runs: OpenRuns, data: Path) -> None:
    """A file that is damaged while it shows is mended, and said with the path of the old one."""
    async with open_runs() as session:
        (data / "broken").write_bytes(b"text")
        (data / "broken").replace(data / "diary.db")
        await session.until(lambda: "diary.damaged-" in session.warning)
