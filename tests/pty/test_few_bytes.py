"""What moves cost on the wire, and that the screen is whole after them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pty.handbook import Handbook
from tests.terminal.frames import cursor, looks

TRIES = 12
"""A busy machine may hold a frame up until it is sent for its age: the best of some tries counts."""


def sent(handbook: Handbook, *keys: str) -> int:
    """The bytes that keys cost that come in one go."""
    handbook.rest()
    before = len(handbook.output)
    handbook.press(*keys)
    handbook.rest()
    return len(handbook.output) - before


def seen(handbook: Handbook) -> tuple[object, ...]:
    """All that a person sees: cells with their attributes, and the cursor."""
    return looks(handbook.screen), cursor(handbook.screen)


def is_whole(handbook: Handbook) -> bool:
    """Whether the screen is the same once every cell was sent again."""
    before = seen(handbook)
    handbook.press("ctrl+l")
    handbook.rest()
    return seen(handbook) == before


def holds(condition: Callable[[], bool]) -> bool:
    """Whether it holds at one of some tries."""
    return any(condition() for _ in range(TRIES))


def test_ten_moves_in_one_go(tmp_path: Path) -> None:
    """Ten moves in the checklist that come in one go cost less than three single ones."""
    with Handbook("--data", str(tmp_path), "open", "before-the-run") as handbook:
        handbook.wait_for("of 12")

        def ten_cost_less() -> bool:
            sent(handbook, "home")
            single = sum(sent(handbook, "j") for _ in range(3))
            sent(handbook, "home")
            return sent(handbook, *"jjjjjjjjjj") < single and is_whole(handbook)

        assert holds(ten_cost_less)
        assert is_whole(handbook)


def test_six_pages_in_one_go(tmp_path: Path) -> None:
    """Six pages in one go send the last one, and at most one between."""
    with Handbook("--data", str(tmp_path), "open", "glossary") as handbook:
        handbook.wait_for("These are the terms")

        def two_at_most() -> bool:
            single = max(sent(handbook, "space") for _ in range(6))
            sent(handbook, "g")
            return sent(handbook, *["space"] * 6) <= 2 * single and is_whole(handbook)

        assert holds(two_at_most)
        assert is_whole(handbook)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
def test_a_line(tmp_path: Path, size: tuple[int, int]) -> None:
    """A line further or back in the text costs as little as it says, and all else stays."""
    words = ("--data", str(tmp_path), "open", "red-flags")
    with Handbook(*words, size=size) as handbook:
        handbook.wait_for("five steps")
        costs = sorted(sent(handbook, key) for key in "jjjjkjk")
        assert costs[len(costs) // 2] <= 220
        assert is_whole(handbook)


def test_another_terminal(tmp_path: Path) -> None:
    """After a whole repaint it asks again: with dtach another terminal may have taken over."""
    words = ("--data", str(tmp_path), "open", "red-flags")
    with Handbook(*words) as handbook:
        handbook.wait_for("five steps")
        sent(handbook, "j")
        before = len(handbook.output)
        sent(handbook, "j")
        assert b"\x1b[?69h" in handbook.output[before:]
        handbook.screen.known_modes = frozenset({2026})
        sent(handbook, "ctrl+l")
        before = len(handbook.output)
        sent(handbook, "j", "j")
        assert b"\x1b[?69h" not in handbook.output[before:]
        assert is_whole(handbook)
