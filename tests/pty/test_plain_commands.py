"""Plain commands on a terminal: line after line, no cursor moved, no color."""

from __future__ import annotations

import re

import pytest

from tests.pty.handbook import Handbook
from tests.pty.sequences import colors, unsafe_in_plain


def assert_plain(handbook: Handbook) -> None:
    """Only text, line ends, and bold or underlined words were written."""
    assert unsafe_in_plain(re.sub(rb"\r+\n", b"\n", bytes(handbook.output))) == []
    assert colors(bytes(handbook.output)) == []


@pytest.mark.parametrize("words", [("read", "start-here"), ("search", "neck"), ("check",)])
def test_answers(words: tuple[str, ...]) -> None:
    """An answer on a terminal may be bold or underlined, and no more."""
    with Handbook(*words) as handbook:
        handbook.wait_for_exit()
        assert len(handbook.output) > 200
        assert_plain(handbook)


def test_check_line_by_line() -> None:
    """`check --ask` asks about one item after another, and takes a letter and Enter."""
    with Handbook("check", "--ask") as handbook:
        handbook.wait_for("1 of 12.")
        handbook.send("n\r")
        handbook.wait_for("2 of 12.")
        handbook.send("y\r")
        handbook.wait_for("3 of 12.")
        handbook.send("q\r")
        handbook.wait_for("Before the run: 1 of 12")
        assert handbook.wait_for_exit() == 1
        assert_plain(handbook)


def test_self_check_line_by_line() -> None:
    """`self-check` asks one question after another, the gate first, and says where to start."""
    with Handbook("self-check", size=(80, 60)) as handbook:
        handbook.wait_for("Answer:")
        assert "Safety first." in handbook.text
        handbook.send("z\r")
        handbook.wait_for("Which of these are true of you?")
        handbook.send("z\r")
        for number in range(1, 15):
            handbook.wait_for(f"{number} of 14. ")
            handbook.send("\r")
        handbook.wait_for("Where to start")
        assert handbook.wait_for_exit() == 0
        assert_plain(handbook)


def test_mouse_over_ssh() -> None:
    """Over SSH the mouse starts off; `M` turns it on and off, and says which it is."""
    with Handbook(env={"SSH_CONNECTION": "1 2 3 4"}) as handbook:
        handbook.wait_for("Sore legs", timeout=30)
        handbook.rest()
        assert handbook.changed_modes & {1000, 1003, 1006} == set()
        handbook.press("M")
        handbook.wait_for("The mouse is on")
        assert handbook.changed_modes & {1000, 1003, 1006} == {1000, 1003, 1006}
        handbook.press("M")
        handbook.wait_for("The mouse is off")
        assert handbook.changed_modes & {1000, 1003, 1006} == set()
