"""The terminal moves lines by itself, where that takes fewer bytes and the screen is the same."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.terminal.frames import Size
from tests.terminal.test_thin_driver import replay
from tui.terminal.grid import Abilities

COLUMNS = 34
SCROLLS = Abilities(scrolls=True, color_erase=True)
TEXT = [f"line {number} {'of the page ' * (number % 3)}".strip() for number in range(20)]
_LINES = st.lists(st.sampled_from([*TEXT, "", "漢字 in a line"]), min_size=6, max_size=12)
_COLORS = st.sampled_from(["0", "48;2;9;8;7", "44;1"])


def frame(lines: Sequence[str], color: str = "0") -> str:
    """These lines, each as wide as the screen."""
    blanks = [COLUMNS - len(each) - sum(char > "\u3000" for char in each) for each in lines]
    rows = (
        f"\x1b[{y};1H\x1b[{color}m{text}{' ' * blank}"
        for y, (text, blank) in enumerate(zip(lines, blanks, strict=True), 1)
    )
    return "".join([*rows, "\x1b[0m\x1b[1;1H"])


@settings(max_examples=150, deadline=None)
@given(_LINES, st.integers(0, 11), st.integers(0, 11), st.booleans(), _COLORS)
def test_same_screen(lines: list[str], one: int, other: int, up: bool, color: str) -> None:
    """Whatever moves up or down, with whatever beside it, the screen is as Textual draws it."""
    first, last = sorted((one % len(lines), other % len(lines)))
    moved = [*lines]
    moved.insert(last if up else first, moved.pop(first if up else last))
    size = Size(COLUMNS, len(lines))
    replay([size, frame(lines, color), frame(moved, color), frame(lines, color)], SCROLLS)


@pytest.mark.parametrize("up", [True, False], ids=["up", "down"])
def test_few_bytes(up: bool) -> None:
    """A page that moves by a line takes one scroll and the line that is new."""
    before, after = TEXT[:10], TEXT[1:11]
    steps: list[Size | str] = [Size(COLUMNS, 10), frame(before if up else after)]
    move = frame(after if up else before)
    sent = replay([*steps, move], SCROLLS).removeprefix(replay([*steps], SCROLLS))
    drawn = replay([*steps, move], Abilities()).removeprefix(replay([*steps], Abilities()))
    assert ("\x1bD" if up else "\x1bM") in sent
    assert len(sent) < 60
    assert len(sent) * 3 < len(drawn)


def test_where_it_saves_nothing() -> None:
    """Where most of each row stays as it is, nothing is moved."""
    contents = ["Muscles", "Posture", "Gear", "Relief now", "Plans", "Getting help"]
    sides = [f"{entry:27}{number}" for number, entry in enumerate(contents)]
    other = [f"{entry:27}{number}" for number, entry in enumerate(contents, 1)]
    size = Size(COLUMNS, len(contents))
    assert "\x1b[1;6r" not in replay([size, frame(sides), frame(other)], SCROLLS)
