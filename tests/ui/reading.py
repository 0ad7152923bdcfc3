"""The handbook open on a screen without a terminal, and what its reader sees."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot
from textual.widget import Widget

from tui.diary.diary import open_diary
from tui.handbook.loading import Pages, load_handbook
from tui.keys import TABLE, Key
from tui.session.diary_thread import DiaryThread
from tui.session.history import Place
from tui.session.reading_state import ReadingState
from tui.terminal.capabilities import Options, Ttys, detect
from tui.ui.app import RunTall
from tui.ui.screens.reading import ReadingScreen
from tui.ui.widgets.contents import ContentsTree
from tui.ui.widgets.reader import Reader
from tui.ui.widgets.status_bar import StatusBar

_TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


@dataclass(frozen=True)
class Reading:
    """The open handbook; what is seen is read off the screen."""

    app: RunTall
    pilot: Pilot[None]

    async def press(self, *keys: str) -> None:
        """Press keys, one after another, and wait until all is done."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(columns, lines)
        await self.pilot.pause()

    async def click(self, widget: type[Widget], words: str) -> None:
        """Click on the first of these words in a widget."""
        for y, line in enumerate(self._lines_of(widget)):
            if words in line:
                region = self.app.screen.query_one(widget).region
                place = (region.x + line.index(words), region.y + y)
                await self.pilot.click(offset=place)
                await self.pilot.pause()
                return
        raise AssertionError(f"“{words}” is not in sight:\n{self.screen}")

    @property
    def screen(self) -> str:
        """All that is on the screen."""
        return "\n".join(self._lines())

    @property
    def page(self) -> list[str]:
        """The lines of the page that are in sight, without the margin."""
        lines = [line.rstrip() for line in self._lines_of(Reader)]
        indents = [len(line) - len(line.lstrip()) for line in lines if line]
        return [line[min(indents, default=0) :] for line in lines[1:]]

    @property
    def top(self) -> str:
        """The line of the page that stands on top."""
        return self.page[0]

    @property
    def contents(self) -> list[str]:
        """The lines of the contents that are in sight; none while they are hidden."""
        if not self.app.screen.query_one(ContentsTree).region.width:
            return []
        return [line.rstrip() for line in self._lines_of(ContentsTree)[1:] if line.strip()]

    @property
    def status(self) -> str:
        """The last line."""
        (line,) = self._lines_of(StatusBar)
        return line.strip()

    @property
    def section(self) -> str:
        """The id of the page that is open."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, ReadingScreen)
        return screen.trail.here.section if screen.trail.here else ""

    def _lines(self) -> list[str]:
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    def _lines_of(self, widget: type[Widget]) -> list[str]:
        region = self.app.screen.query_one(widget).region
        rows = self.app.screen._compositor.render_strips()[region.y : region.bottom]
        return [strip.crop(region.x, region.right).text for strip in rows]


OpenBook = Callable[..., AbstractAsyncContextManager[Reading]]
"""Opens the book in a folder, at a size, with keys, at a place."""


@asynccontextmanager
async def reading(
    folder: Path,
    data: Path,
    *,
    size: tuple[int, int] = (80, 24),
    keys: tuple[Key, ...] = TABLE,
    place: Place | None = None,
    action: str = "",
    greeted: bool = False,
    private: bool = False,
) -> AsyncIterator[Reading]:
    """The book in `folder`, open; what is kept of the visit is kept in `data`.

    The greeting of a first visit is gone already, as after a key, unless it is to be `greeted`.
    """
    handbook = load_handbook(folder)
    ttys = Ttys(stdin=True, stdout=True, stderr=True)
    found = detect(_TERMINAL, ttys=ttys, size=size, options=Options())
    with DiaryThread(open_diary(data, private=private, at_once=False)) as thread:
        visit = ReadingState(thread, handbook.title)
        app = RunTall(handbook, Pages(handbook), keys, found, visit, place=place, action=action)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            if not greeted:
                app.screen_stack[0].query_one(StatusBar).greeting = ()
                await pilot.pause()
            yield Reading(app, pilot)
