"""The self-check in a real terminal: from opening to the gate, the result, a section, and back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.handbook import Handbook


@pytest.fixture
def handbook(tmp_path: Path) -> Iterator[Handbook]:
    """The handbook, opened for the first time."""
    with Handbook("--data", str(tmp_path / "data")) as opened:
        opened.wait_for("Why does my upper back")
        opened.rest()
        yield opened


def press(handbook: Handbook, key: str, sign: str) -> None:
    """Press a key and wait for what it is to show."""
    handbook.press(key)
    handbook.wait_for(sign)


def test_there_and_back(handbook: Handbook) -> None:
    """Gate, questions, result, a section it leads to, back to the text, and the result again."""
    press(handbook, "]", " 2/")
    press(handbook, "w", "Safety first")
    handbook.press("end", "space")
    handbook.wait_for("[x] 0 None of these")
    press(handbook, "enter", "Which of these are true of you?")
    press(handbook, "0", "[x] 0 None of these")
    press(handbook, "enter", "1 of 14")
    for number in range(2, 15):
        handbook.press("1" if number < 7 else "space")
        press(handbook, "enter", f"{number} of 14")
    press(handbook, "enter", "Where to start")
    handbook.wait_for("Because you said:")
    press(handbook, ">", "Enter follow")
    press(handbook, "enter", "/ search")
    assert " 2/" not in handbook.text
    press(handbook, "backspace", " 2/")
    press(handbook, "w", "Where to start")


def test_now_and_nothing_else(handbook: Handbook) -> None:
    """A sign for now fills the screen and ends there; the program still quits cleanly."""
    press(handbook, "w", "Safety first")
    handbook.press("1")
    handbook.wait_for("[x] 1")
    press(handbook, "enter", "Stop. Call your emergency number now.")
    handbook.press("enter")
    handbook.rest()
    assert "of 14" not in handbook.text
    press(handbook, "q", "/ search")
    handbook.press("q")
    assert handbook.wait_for_exit() == 0


def test_typed_ahead(handbook: Handbook) -> None:
    """Keys that come in one go, as over a slow link, reach the screens that they are meant for."""
    handbook.send("w5\r")
    handbook.wait_for("Stop. Call your emergency number now.")


def test_a_dropped_link(tmp_path: Path) -> None:
    """After a dropped link the questions start afresh, and the ticks of the checklist are whole."""
    data = ("--data", str(tmp_path / "data"))
    with Handbook("open", "before-the-run", *data) as first:
        first.wait_for("0 of 12")
        press(first, "2", "1 of 12")
        press(first, "w", "Safety first")
        press(first, "5", "[x] 5")
        first.hang_up()
        end = time.monotonic() + 10
        while first.status is None:
            assert time.monotonic() < end
            time.sleep(0.02)
    with Handbook("open", "before-the-run", *data) as again:
        again.wait_for("1 of 12")
        press(again, "w", "Safety first")
        assert "[x]" not in again.text


def test_one_screen_of_red_flags(handbook: Handbook) -> None:
    """Every sign for now stands on one screen, in under 3 kB, and Esc brings back the text."""
    press(handbook, "k", "1/")  # the first key takes the greeting away
    handbook.rest()
    before, written = handbook.text, len(handbook.output)
    press(handbook, "!", "TODAY: no more running")
    handbook.rest()
    assert handbook.text.count("• ") >= 13
    assert len(handbook.output) - written < 3000
    handbook.press("escape")
    handbook.wait_for(lambda shown: shown.text == before)
