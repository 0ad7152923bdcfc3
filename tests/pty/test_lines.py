"""The handbook in lines, as one who hears it goes through it: from the cause to the next morning."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.handbook import COMMAND, ROOT
from tests.pty.probe import Probe

PROMPT = "What next?"
MORNING = "2026-11-18T06:30:00"
TRANSCRIPT = Path(__file__).with_name("journey.txt")
"""All that is written and read on the way; RUNTALL_PICTURES=write writes it anew."""
ANEW = os.environ.get("RUNTALL_PICTURES") == "write"


class Lines(Probe):
    """The handbook in lines; what is written is heard whole."""

    def say(self, line: str, sign: str, prompt: str = PROMPT) -> str:
        """Write a line; what is answered until the next prompt, which holds the sign."""
        before = len(self.output)
        self.send(f"{line}\r")

        def answered(probe: Probe) -> bool:
            """Whether all of it has come, the prompt too."""
            new = bytes(probe.output[before:]).decode(errors="replace")
            return sign in new and new.rstrip().endswith(prompt)

        self.wait_for(answered, timeout=30)
        return bytes(self.output[before:]).decode()


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[Lines]:
    """Opened with `ACCESSIBLE=1`, as gh and others are, on a terminal that could show more."""
    env = {"ACCESSIBLE": "1", "RUNTALL_DATA": str(tmp_path / "data"), "RUNTALL_NOW": MORNING}
    with Lines(COMMAND, env=env, cwd=ROOT) as lines:
        lines.wait_for(PROMPT, timeout=30)
        yield lines


def test_the_whole_journey(lines: Lines) -> None:
    """Find the cause, tick, do a routine, finish, note the next morning; no escape byte anywhere."""
    assert "Page 1 of " in lines.text
    lines.say("help", "red-flags: when to stop")
    lines.say("self-check", "None of these", prompt="Answer:")
    for _ in range(2):
        lines.say("z", "Answer:", prompt="Answer:")
    for _ in range(13):
        lines.say("a", "Answer:", prompt="Answer:")
    assert "Points: " in lines.say("a", "Where to start")
    assert "1. " in lines.say("search tight shoulders", "1. ")
    assert "What about a tight chest" in lines.say("read tight-chest-shoulders", "End of page")
    lines.say("links", "1. ")
    assert "1. open: No NOW" in lines.say("check", "A number ticks")
    lines.say("1", "1 of 12")
    lines.say("2", "2 of 12")
    lines.say("undo", "Undone")
    lines.say("skip 3 --reason cold", "1 skipped")
    assert "3. skipped, cold: " in lines.say("check", "A number ticks")
    lines.say("routine", "1. Desk break")
    lines.say("1", "Enter: done", prompt="Get ready: 5 s")
    lines.say("s", "", prompt="Enter when done")
    lines.say("q", "Stopped.")
    lines.say("finish", "Soreness", prompt="optional):")
    lines.say("3", "Note", prompt="optional):")
    lines.say("easy, no ache", "Run filed")
    lines.say("soreness", "Soreness after the run", prompt=":")
    lines.say("4", "Soreness 4 is noted")
    assert "Sore after: 4. Next morning: not noted. Note: easy" in lines.say("diary", "Run 1: ")
    lines.say("diary edit 1 --next-day 2", "")
    assert "Next morning: 2" in lines.say("diary", "Run 1: ")
    lines.send("quit\r")
    assert lines.wait_for_exit() == 0
    assert b"\x1b" not in lines.output
    assert b"\r\r" not in lines.output
    written = lines.output.decode().replace("\r\n", "\n")
    if ANEW:
        TRANSCRIPT.write_text(written)
    remedy = "read what differs; if it is meant, run this test with RUNTALL_PICTURES=write"
    assert written == TRANSCRIPT.read_text(), remedy


def test_coming_back(lines: Lines, tmp_path: Path) -> None:
    """The page one was at is where one is the next time; wrong words are answered in a line."""
    lines.say("read hunching", "End of page")
    assert "There is no number 999" in lines.say("999", "There is no number")
    assert "there is no command" in lines.say("nonsense", "there is no command")
    lines.send("\x04")
    assert lines.wait_for_exit() == 0
    env = {"RUNTALL_DATA": str(tmp_path / "data"), "TERM": "dumb"}
    with Lines((*COMMAND, "--linear"), env=env, cwd=ROOT) as again:
        again.wait_for("Hunched, rounded shoulders", timeout=30)


def test_kiosk(tmp_path: Path) -> None:
    """With --kiosk nothing in a line leads out, whatever stands before it or behind it."""
    (tmp_path / "data").mkdir(mode=0o700)
    env = {"RUNTALL_DATA": str(tmp_path / "data")}
    with Lines((*COMMAND, "--linear", "--kiosk"), env=env, cwd=ROOT) as lines:
        lines.wait_for(PROMPT, timeout=30)
        for line in ("export", "log -- /etc/passwd", "import -- x", "toc --book /tmp", "sync /"):
            lines.say(line, "cannot be used in this shared handbook")
