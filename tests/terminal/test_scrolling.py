"""The terminal moves lines by itself, where that takes fewer bytes and the screen is the same."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.terminal.frames import Size
from tests.terminal.test_thin_driver import replay
from tui.terminal.grid import Abilities

COLUMNS = 34
SCROLLS = Abilities(scrolls=True, color_erase=True)
TEXT = [f"line {number} {'of the page ' * (number % 3)}".strip() for number in range(20)]
WORDS = [f"{chr(65 + n) * (5 + n)} {chr(97 + n) * 9} in a line"[:34] for n in range(17)]
_LINES = st.lists(st.sampled_from([*TEXT, "", "漢字 in a line"]), min_size=6, max_size=12)
_COLORS = st.sampled_from(["0", "48;2;9;8;7", "44;1"])


def frame(lines: Sequence[str], color: str = "0", before: str = "", behind: str = "") -> str:
    """These lines, between what stands at the sides and does not move, as wide as the screen."""
    columns = COLUMNS + 8 if before or behind else COLUMNS
    texts = [f"{before and y}{before}{text}" for y, text in enumerate(lines)]
    rows = (
        f"\x1b[{y};1H\x1b[{color}m{text}"
        f"{' ' * (columns - cell_len(text) - len(behind))}\x1b[31m{behind}"
        for y, text in enumerate(texts, 1)
    )
    return "".join([*rows, "\x1b[0m\x1b[1;1H"])


@settings(max_examples=150, deadline=None)
@given(
    _LINES,
    st.tuples(st.integers(0, 11), st.integers(0, 11)),
    st.integers(-3, 3),
    st.tuples(_COLORS, st.sampled_from(["", "pane ", "漢字 "]), st.sampled_from(["", "│"])),
    st.booleans(),
)
def test_same_screen(
    lines: list[str],
    ends: tuple[int, int],
    by: int,
    look: tuple[str, str, str],
    sides_move: bool,
) -> None:
    """Whatever moves up or down, with whatever beside it, the screen is as Textual draws it."""
    first, last = sorted(end % len(lines) for end in ends)
    part = lines[first : last + 1]
    by %= len(part)
    moved = [*lines[:first], *part[by:], *part[:by], *lines[last + 1 :]]
    columns = COLUMNS + 8
    steps: list[Size | str] = [Size(columns, len(lines))]
    steps += [frame(each, *look) for each in (lines, moved, lines)]
    replay(steps, SCROLLS, sides_move=sides_move)


@pytest.mark.parametrize("up", [True, False], ids=["up", "down"])
def test_few_bytes(up: bool) -> None:
    """A page that moves by a line takes one scroll and the line that is new."""
    before, after = TEXT[:10], TEXT[1:11]
    steps: list[Size | str] = [Size(COLUMNS, 10), frame(before if up else after)]
    move = frame(after if up else before)
    sent = replay([*steps, move], SCROLLS).removeprefix(replay([*steps], SCROLLS))
    drawn = replay([*steps, move], Abilities()).removeprefix(replay([*steps], Abilities()))
    assert f"\x1b{'D' if up else 'M'}\x1b[r" in sent
    assert len(sent) < 60
    assert len(sent) * 3 < len(drawn)


def test_where_it_saves_nothing() -> None:
    """Where most of each row stays as it is, nothing is moved."""
    contents = ["Muscles", "Posture", "Gear", "Relief now", "Plans", "Getting help"]
    sides = [f"{entry:27}{number}" for number, entry in enumerate(contents)]
    other = [f"{entry:27}{number}" for number, entry in enumerate(contents, 1)]
    size = Size(COLUMNS, len(contents))
    assert "\x1b[1;6r" not in replay([size, frame(sides), frame(other)], SCROLLS)


@pytest.mark.parametrize("lines", [1, 3, -1, -3])
def test_between_margins(lines: int) -> None:
    """Beside a pane that stays, only the text moves, where the terminal can do that."""
    before, after = (WORDS[3:14], WORDS[3 + lines : 14 + lines])
    size = Size(COLUMNS + 8, 11)
    steps: list[Size | str] = [size, frame(before, "0", "pane ", "│")]
    move = frame(after, "0", "pane ", "│")
    sent = replay([*steps, move], SCROLLS, sides_move=True)
    sent = sent.removeprefix(replay([*steps], SCROLLS, sides_move=True))
    drawn = replay([*steps, move], SCROLLS).removeprefix(replay([*steps], SCROLLS))
    assert sent.startswith(("\x1b[m\x1b[?69h", "\x1b[?69h"))
    scroll = sent.partition("\x1b[?69l")[0]
    assert scroll.count("\x1bD" if lines > 0 else "\x1bM") == abs(lines)
    assert "pane" not in sent
    assert len(sent) < len(drawn)


def test_parts_that_move_apart() -> None:
    """Lines above move one way and lines below the other, as where a part closes and one opens."""
    texts = [f"{number} {word} of the list" for number, word in enumerate("abcdefghijklmn")]
    before = [*texts[:6], "", *texts[6:12], ""]
    after = [*texts[1:6], "", "", "", *texts[6:12]]
    size = Size(COLUMNS, 14)
    sent = replay([size, frame(before), frame(after)], SCROLLS)
    sent = sent.removeprefix(replay([size, frame(before)], SCROLLS))
    assert "\x1bD\x1b[r" in sent
    assert "\x1bM\x1b[r" in sent


def test_only_where_it_is_shorter() -> None:
    """What seems shorter is worked out to the end: a scroll is sent only where it saves bytes."""
    contents = ["Muscles", "Posture", "Gear", "Relief now", "Plans", "Getting help"]
    for shift in range(1, 4):
        moved = [*contents[shift:], *contents[:shift]]
        steps: list[Size | str] = [Size(COLUMNS, 6), frame(contents), frame(moved)]
        assert len(replay(steps, SCROLLS)) <= len(replay(steps, Abilities(color_erase=True)))
