"""Pictures of the screens, kept true: each is compared with the file beside this test.

After a change that is meant, write them anew and look at them:

    RUNTALL_PICTURES=write python -m pytest tests/ui/test_pictures.py
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.ui.reading import Reading, reading
from tui.handbook.loading import OWN_BOOK

PICTURES = Path(__file__).parent / "pictures"
WRITE = os.environ.get("RUNTALL_PICTURES") == "write"
"""Read before the tests are sealed off from the machine's environment."""
_GATE = ("w",)
_QUESTIONS = (*_GATE, "end", "space", "enter")
_ANSWERS = ("1", "enter") * 5 + ("enter",) * 4 + ("5", "enter", "2", "enter") + ("enter",) * 3
_SCREENS: Mapping[str, tuple[str, ...]] = {
    "gate": _GATE,
    "question": (*_QUESTIONS, "1", "enter", "2"),
    "now": (*_GATE, "1", "enter"),
    "result": (*_QUESTIONS, *_ANSWERS),
    "map": ("B",),
    "search": ("/", *"stiff"),
    "red-flags": ("!",),
}
"""The keys that lead to each screen."""
_SIZES = ((80, 24), (40, 12))


def as_picture(here: Reading) -> str:
    """The screen as SVG, with no fonts to be fetched and no ids that change with its content."""
    drawn = here.app.export_screenshot(simplify=True)
    drawn = re.sub(r"terminal-\d+", "terminal", drawn)
    drawn = re.sub(r"\s*@font-face \{.*?\}", "", drawn, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


def compare(here: Reading, name: str) -> None:
    """Compare the screen with its picture, or write that anew."""
    file, drawn = PICTURES / f"{name}.svg", as_picture(here)
    if WRITE:
        PICTURES.mkdir(exist_ok=True)
        file.write_text(drawn)
    kept = file.read_text() if file.is_file() else ""
    remedy = "look at the screen; if it is meant, run this test with RUNTALL_PICTURES=write"
    assert kept == drawn, f"{file.name} is not what the screen shows: {remedy}\n{here.screen}"


async def until_all_is_found(here: Reading) -> None:
    """Wait until the whole book can be searched."""
    while "still being read" in here.screen:
        await here.pilot.pause()


@pytest.mark.parametrize("size", _SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", _SCREENS)
async def test_screens(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    """The pictures of the screens show what the screens are."""
    async with reading(OWN_BOOK, tmp_path, size=size) as here:
        await here.press(*_SCREENS[name])
        await until_all_is_found(here)
        compare(here, f"{name}-{size[0]}x{size[1]}")


async def test_the_first_page(tmp_path: Path) -> None:
    """The picture that the README shows is what one sees at the first visit."""
    async with reading(OWN_BOOK, tmp_path, greeted=True) as here:
        compare(here, "first-page")
