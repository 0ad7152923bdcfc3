"""The base of the lists: the cursor, the lines in sight, the mouse, and how the chosen row looks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input

from tui.ui.themes import ANSI_VARIABLES
from tui.ui.widgets.line_list import EVERY_LOOK, LineList, ListLine, Part

ROWS = 12


class Numbers(LineList):
    """A title, rows of two lines, a detail below each fourth, and words at the end."""

    COMPONENT_CLASSES: ClassVar[set[str]] = EVERY_LOOK

    def on_resize(self) -> None:
        """Show the lines."""
        self.show_lines(_lines())
        self.keep_in_sight()


class Round(Numbers):
    """Likewise, round and round."""

    WRAPS: ClassVar[bool] = True


class Marked(Numbers):
    """Likewise, and says how many rows are below."""

    SAYS_MORE: ClassVar[bool] = True


def _lines() -> Iterator[ListLine]:
    yield ListLine((Part("Title", "title"),))
    for row in range(ROWS):
        yield ListLine((Part(f"row {row}"),), row)
        yield ListLine((Part("goes on"),), row)
        if row % 4 == 0:
            yield ListLine((Part(f"about {row}"),), row, is_detail=True)
    yield ListLine((Part("The end", "strong"),))


class Listing(App[None]):
    """A list beside a box that can have the keys."""

    CSS_PATH = "../../tui/ui/app.tcss"

    def __init__(self, kind: type[Numbers]) -> None:
        super().__init__()
        self._kind = kind

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What our style sheet asks of a theme."""
        return ANSI_VARIABLES

    def compose(self) -> ComposeResult:
        """The list and the box."""
        yield self._kind()
        yield Input()


@asynccontextmanager
async def listing(
    kind: type[Numbers] = Numbers, height: int = 9
) -> AsyncIterator[tuple[Numbers, Pilot[None]]]:
    """A list with the keys, six lines high."""
    app = Listing(kind)
    async with app.run_test(size=(30, height)) as pilot:
        view = app.query_one(Numbers)
        view.focus()
        await pilot.pause()
        yield view, pilot


def shown(view: LineList) -> list[str]:
    """The lines in sight, as they are on the screen and not as they would be drawn anew."""
    region = view.region
    rows = view.screen._compositor.render_strips()[region.y : region.bottom]
    return [strip.crop(region.x, region.right).text.rstrip() for strip in rows]


async def test_the_cursor_keeps_to_the_rows() -> None:
    """Up from the first row and down from the last go nowhere."""
    async with listing() as (view, pilot):
        await pilot.press("up")
        assert view.cursor == 0
        await pilot.press("end", "down")
        assert view.cursor == ROWS - 1
        await pilot.press("home")
        assert view.cursor == 0


async def test_round_and_round() -> None:
    """A list that asks for it goes on at the other end."""
    async with listing(Round) as (view, pilot):
        await pilot.press("up")
        assert view.cursor == ROWS - 1
        await pilot.press("down")
        assert view.cursor == 0


async def test_one_mark_wherever_one_goes() -> None:
    """There is one mark on the screen, at the chosen row, which shows whole."""
    async with listing() as (view, pilot):
        for key in ("down",) * 7 + ("up",) * 3 + ("end",) + ("up",) * 5 + ("home", "down"):
            await pilot.press(key)
            await pilot.pause()
            lines = shown(view)
            assert [line for line in lines if line.startswith(">")] == [f"> row {view.cursor}"]
            assert lines[lines.index(f"> row {view.cursor}") + 1] == "  goes on"


async def test_what_stands_around_the_rows() -> None:
    """With the first row shows what stands above it, with the last what stands below."""
    async with listing() as (view, pilot):
        await pilot.press("end")
        await pilot.pause()
        assert shown(view)[-1] == "  The end"
        await pilot.press("home")
        await pilot.pause()
        assert shown(view)[0] == "  Title"


@pytest.mark.parametrize(
    ("words", "row"), [("row 1", 1), ("goes on", 0), ("about 0", 0), ("Title", 2)]
)
async def test_a_click(words: str, row: int) -> None:
    """A click on any line of a row chooses it; one on other words does nothing."""
    async with listing() as (view, pilot):
        await pilot.press("down", "down")
        await pilot.pause()
        view.go_to(0)
        await pilot.pause()
        y = next(y for y, line in enumerate(shown(view)) if words in line)
        await pilot.click(view, offset=(3, y))
        assert view.cursor == row


async def test_below_the_end() -> None:
    """Below the last line all is blank, and a click there does nothing."""
    async with listing(height=50) as (view, pilot):
        assert shown(view)[-1] == ""
        await pilot.click(view, offset=(3, view.size.height - 1))
        assert view.cursor == 0


async def test_the_terminals_cursor() -> None:
    """The terminal's cursor is on the chosen row, for braille displays, and stays with the keys."""
    async with listing() as (view, pilot):
        for key in ("down", "down", "end", "up", "up", "home"):
            await pilot.press(key)
            await pilot.pause()
            line = shown(view)[pilot.app.cursor_position.y - view.region.y]
            assert line == f"> row {view.cursor}"
        view.screen.query_one(Input).focus()
        await pilot.pause()
        assert pilot.app.cursor_position.y >= view.region.bottom


async def test_only_the_list_with_the_keys_has_a_bar() -> None:
    """The chosen row is reversed and marked where the keys move it, and nowhere else."""
    async with listing() as (view, pilot):

        def reversed_lines() -> list[int]:
            strips = view.screen._compositor.render_strips()[: view.size.height]
            return [
                y
                for y, strip in enumerate(strips)
                if any(each.style and each.style.reverse for each in strip)
            ]

        assert reversed_lines() == [1, 2]
        view.screen.query_one(Input).focus()
        await pilot.pause()
        assert reversed_lines() == []
        assert not any(line.startswith(">") for line in shown(view))


async def test_how_many_rows_are_below() -> None:
    """A list longer than the screen counts the rows that do not show whole, until none is left."""
    async with listing(Marked) as (view, pilot):
        for key in ("home", *("down",) * (ROWS - 1)):
            await pilot.press(key)
            await pilot.pause()
            *lines, said = shown(view)
            seen = [int(line.split()[-1]) for line in lines if "row" in line]
            whole = seen[-1] if lines[-1].strip() == f"row {seen[-1]}" else seen[-1] + 1
            if whole % 4 == 1 and lines[-1].strip() == "goes on":
                whole -= 1  # its detail is cut off
            assert said.strip() == (f"↓ {ROWS - whole} more below" if whole < ROWS else "")
            assert sum(line.startswith(">") for line in lines) == 1
        assert lines[-1] == "  The end"


async def test_nothing_is_below_a_short_list() -> None:
    """A list that the screen holds, and one on a screen too low, say nothing of what is below."""
    for height in (50, 6):
        async with listing(Marked, height=height) as (view, _):
            assert not any("below" in line for line in shown(view))
