"""The diary open on a screen without a terminal, and what its reader sees."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from tests.past_runs import export_of
from tests.ui.reading import Reading, reading
from tui.diary.diary import Diary, open_diary
from tui.handbook.loading import OWN_BOOK
from tui.ui.screens.diary import DiaryScreen
from tui.ui.widgets.diary import DiaryView
from tui.ui.widgets.status_bar import StatusBar

HANDS = "before-the-run/hands"
RUNS: tuple[Mapping[str, object], ...] = (
    {"soreness": 4, "soreness_next_day": 2, "note": "Stiff after the hill", "ticked": [HANDS]},
    {"soreness": 2, "note": "Easy", "left": [HANDS]},
    *({"soreness": number, "note": f"run {number}"} for number in (3, 1, 5, 2, 4, 6)),
)
"""Eight runs, two days apart, the newest on November 18, 2024."""


class Session(Reading):
    """The handbook with its diary open."""

    @property
    def view(self) -> DiaryView:
        return self.app.screen_stack[1].query_one(DiaryView)

    @property
    def runs(self) -> list[str]:
        """The notes of the runs as they are shown."""
        return [run.note for run in self.view.runs]

    @property
    def chosen(self) -> str:
        """The line of the chosen run."""
        return next(line.strip() for line in self.screen.splitlines() if line.lstrip()[:2] == "> ")

    @property
    def warning(self) -> str:
        """What is said above the keys."""
        bar = self.app.screen_stack[1].query_one(StatusBar)
        return f"{bar.notice}{bar.warning}"

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until a condition holds."""
        async with asyncio.timeout(10):
            while not holds():
                await self.pilot.pause(0.02)

    async def write(self, text: str) -> None:
        """Write over the line that is asked for."""
        await self.press("end", "ctrl+u", *text, "enter")


OpenRuns = Callable[..., AbstractAsyncContextManager[Session]]
"""Opens the diary with these runs in it, at a size."""


@asynccontextmanager
async def open_diary_on(
    data: Path,
    runs: Sequence[Mapping[str, object]] = RUNS,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[Session]:
    """Open the diary on our own book, with these runs in it."""
    if runs:
        kept(data, lambda diary: diary.import_text(export_of(*runs)))
    async with reading(OWN_BOOK, data, size=size) as book:
        session = Session(book.app, book.pilot)
        await session.press("d")
        await session.until(lambda: isinstance(session.app.screen, DiaryScreen))
        await session.pilot.pause()
        yield session


def kept(data: Path, look: Callable[[Diary], object]) -> object:
    """What another session sees or does."""
    with open_diary(data) as diary:
        return look(diary)


def levels(data: Path) -> list[tuple[int | None, int | None, str]]:
    """Soreness and note of each run, as they are on the disk."""
    with open_diary(data) as diary:
        return [(run.soreness, run.soreness_next_day, run.note) for run in diary.runs.every()]
