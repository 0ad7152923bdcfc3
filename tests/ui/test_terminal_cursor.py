"""The terminal's cursor: on what has the keys, wherever one goes."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.past_runs import export_of
from tests.ui.looking_back import RUNS
from tests.ui.reading import Reading, reading
from tui.diary.diary import open_diary
from tui.handbook.loading import OWN_BOOK
from tui.ui.widgets.choice_list import ChoiceList
from tui.ui.widgets.field import Field
from tui.ui.widgets.line_list import LineList
from tui.ui.widgets.reader import Reader
from tui.ui.widgets.results import ResultsView
from tui.ui.widgets.routine import RoutineView


def line_at_cursor(here: Reading) -> str:
    """The words in the line that the terminal's cursor is on."""
    return here.screen.splitlines()[here.app.cursor_position.y]


@pytest.mark.parametrize("way", [("tab",), ("c",), ("w",), (":",), ("m", "'")], ids="".join)
async def test_in_a_list(tmp_path: Path, way: tuple[str, ...]) -> None:
    """After any keys the cursor is in the line of the chosen row, or of the box."""
    chance = Random("".join(way))
    keys = ("down", "down", "down", "up", "pagedown", "pageup", "home", "end")
    async with reading(OWN_BOOK, tmp_path) as here:
        await here.press(*way)
        for _ in range(40):
            await here.press(chance.choice(keys))
            if way == (":",):
                assert here.app.cursor_position.y == 1
            else:
                assert ">" in line_at_cursor(here)


async def test_in_the_text(tmp_path: Path) -> None:
    """The cursor is in the line of a link or of a match that was jumped to, else in the top one."""
    async with reading(OWN_BOOK, tmp_path) as here:
        assert "Why does my upper back ache" in line_at_cursor(here)
        await here.press(">")
        assert "Read this first" in line_at_cursor(here)
        await here.press("]")
        assert "Read this first" in line_at_cursor(here)
        await here.press("/", *"pack", "enter", "n", "n")
        assert "pack" in line_at_cursor(here).lower()


async def test_among_hits(tmp_path: Path) -> None:
    """The cursor is in the search box while one types, and on the chosen hit while one goes through them."""
    async with reading(OWN_BOOK, tmp_path) as here:
        await here.press("/", *"pack")
        assert "pack" in line_at_cursor(here)
        assert here.app.cursor_position.y == 1
        for key in ("down", "pagedown", "up", "pageup"):
            await here.press(key)
            assert line_at_cursor(here).startswith(">"), key
        await here.press("down", "s")
        assert here.app.cursor_position.y == 1
        await here.press("down", "f2", "escape")
        assert line_at_cursor(here).startswith(">")


async def test_after_a_dialog(tmp_path: Path) -> None:
    """Once a dialog is gone the cursor is back in the line of the chosen row."""
    async with reading(OWN_BOOK, tmp_path) as here:
        await here.press("c", "j", "j")
        before = here.app.cursor_position
        await here.press("s")
        assert here.app.cursor_position != before
        await here.press("escape")
        assert here.app.cursor_position == before


async def test_on_a_chosen_link_after_the_page_moved(tmp_path: Path) -> None:
    """A link that is still in sight keeps the cursor; going to a heading or a match leaves it."""
    async with reading(OWN_BOOK, tmp_path) as here:
        await here.press(">", "j", "j")
        assert "Read this first" in line_at_cursor(here)
        await here.resize(90, 24)
        assert "Read this first" in line_at_cursor(here)
        await here.press("{")
        assert here.app.screen.query_one(Reader).chosen is None


async def test_in_the_line_that_finds(tmp_path: Path) -> None:
    """In a narrow window the whole of some words and how often they are there has room."""
    async with reading(OWN_BOOK, tmp_path, size=(40, 12)) as here:
        await here.press("&", *"upper", "space", *"back")
        assert "upper back" in line_at_cursor(here)
        assert line_at_cursor(here).rstrip().endswith("found")


@pytest.mark.parametrize("theme", ["ansi-dark", "runtall-dark"])
async def test_in_a_form_longer_than_the_window(tmp_path: Path, theme: str) -> None:
    """The line to write in is never hidden by the hint at the foot; its label stands above it."""
    async with reading(OWN_BOOK, tmp_path, size=(40, 12)) as here:
        here.app.theme = theme
        await here.press("d", "a")
        for label in ("Day", "optional", "Kilometers", "Minutes", "Kilograms", "Note"):
            await here.press("x")
            assert line_at_cursor(here).strip("│ ")[-1:] == "x"
            assert label in here.screen.splitlines()[here.app.cursor_position.y - 1]
            await here.press("tab")


async def test_in_the_line_that_finds_where_it_is_narrow(tmp_path: Path) -> None:
    """In the narrowest window there is room for what is looked for."""
    async with reading(OWN_BOOK, tmp_path, size=(24, 6)) as here:
        await here.press("&", *"back")
        assert "back" in line_at_cursor(here)


async def test_in_a_question_longer_than_the_window(tmp_path: Path) -> None:
    """Where the question leaves no line for its first answer, the answer shows."""
    async with reading(OWN_BOOK, tmp_path, size=(24, 6)) as here:
        await here.press("w")
        assert "[ ] 1" in line_at_cursor(here)


KEYS = (
    *("j", "k", "down", "up", "pagedown", "pageup", "home", "end", "tab", "space", "enter"),
    *(">", "<", "}", "{", "[", "]", "c", "d", "w", "B", "!", "/", ":", "?", "t", "o"),
    *("a", "b", "e", "f", "h", "i", "l", "m", "n", "p", "r", "s", "u"),
    *("E", "F", "H", "N", "O", "S", "T", "U", "X", "0", "1", "3", "&", "'"),
    *("backspace", "delete", "shift+tab", "escape", "escape"),
)
"""Keys that move, open, change and close, and some that may be letters to write."""
SIZES = ((80, 24), (40, 12), (120, 40), (200, 50), (70, 16))


def words_of(here: Reading) -> str:
    """The words of what has the keys, as they are to be seen in its line."""
    stepping = [each for each in here.app.screen.query(ResultsView) if each.stepping]
    widget = stepping[0] if stepping else here.app.screen.focused
    if isinstance(widget, RoutineView):
        return widget.line_at(widget._now).text
    if isinstance(widget, LineList):
        row = widget.rows[widget.cursor].start if widget.cursor < len(widget.rows) else None
        return widget.line_at(row).text if row is not None else ""
    if isinstance(widget, Field):
        return widget.value[: widget.cursor_position][-5:]
    if isinstance(widget, ChoiceList) and widget.highlighted is not None:
        return str(widget.get_option_at_index(widget.highlighted).prompt)[:10]
    if isinstance(widget, Reader) and widget.numbered is None:
        return words_on(widget)
    return ""


def words_on(reader: Reader) -> str:
    """The chosen link's first word where that is in sight, else what was jumped to or is on top."""
    if reader.chosen is not None and reader.page is not None:
        link = reader.page.links[reader.chosen]
        row = reader._laid_out.row_of(link.block, link.start) - reader.top
        if 0 <= row < reader.size.height:
            return link.text.split()[0]
    lines = reader._laid_out.lines
    return lines[reader._here].text if reader._here < len(lines) else ""


async def press_any_keys(data: Path, seed: int) -> None:
    """Press 200 keys, each time with the cursor's line holding the words of what has the keys."""
    chance = Random(seed)
    with open_diary(data) as diary:
        diary.import_text(export_of(*RUNS))
    async with reading(OWN_BOOK, data, size=SIZES[seed % len(SIZES)]) as here:
        for number in range(200):
            key = chance.choice(KEYS)
            await here.press(key)
            words = " ".join(words_of(here).split())
            line = " ".join(line_at_cursor(here).split())
            assert words in line, f"key {number}, {key}, “{words}”:\n{here.screen}"


async def test_after_any_keys(tmp_path: Path) -> None:
    """Wherever 200 random keys lead, the cursor is on what has the keys."""
    await press_any_keys(tmp_path, 0)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 200))
async def test_after_very_many_keys(tmp_path: Path, seed: int) -> None:
    """Likewise a hundred times more, at every size."""
    await press_any_keys(tmp_path, seed)
