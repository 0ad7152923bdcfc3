"""Whatever is typed, and however the window changes, the handbook neither breaks nor sends harm."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.past_runs import export_of
from tests.pty.emulator import Emulator
from tests.pty.handbook import COMMAND, NOTHING, ROOT, Handbook
from tests.pty.probe import KEYS
from tests.pty.sequences import unsafe
from tests.small_book import write_book

EVIL = (
    "a\x1b[2Jb\x1b]52;c;ZXZpbA==\x07c\x9b31md\u202ee\u2066f\x00g\x7fh\ud800[/x][@click=app.quit]i"
)
"""What nobody should ever have to see: each of these does harm to some terminal or some program."""
PIECES = (
    *(b"\x1b", b"\x1b[", b"\x1bO", b"\x1b]", b"\x1bP", b"\x1b[<", b"\x1b[200~", b"\x1b[201~"),
    *(b"\x1b[:7u", b"\x1b[1114112u", b"\x1b[<0;5;5M", b"\x1b[<0;9000;1M", b"\x1b[<35;9;9M"),
    *(b"\x1b[<0;30;5M\x1b[<32;40;9M\x1b[<0;40;9m", b"\x1b[<64;40;9M", b"\x1b[<0;12;3m"),
    *(b"\xff", b"\xc3", "é".encode(), "中".encode(), b"\x1b[200~p\x1bq\x1b[201~", b"\x03"),
)
SIZES = ((1, 1), (2, 40), (23, 5), (24, 6), (40, 12), (80, 24), (120, 40), (500, 3), (500, 200))
ROUND = (
    *("?", "escape", ">", "y", "f", "escape", "tab", "?", "escape", "tab", "Y", "]", "[", "m", "'"),
    *(
        "escape",
        "c",
        "j",
        "?",
        "escape",
        "f",
        "escape",
        "s",
        "escape",
        "a",
        "escape",
        "i",
        "c",
        "r",
    ),
    *("escape", "d", "enter", "escape", "e", "escape", "escape", "/", "a", "enter", "n", ":", "o"),
    *("escape", "!", "escape", "w", "escape", "B", "escape", "T"),
)
"""Once through every screen that the book has."""
AT_ONCE = 10
"""Keys that come faster than the program takes them."""


def evil_book(folder: Path) -> Path:
    """A book whose every word is hostile, with a list, links and titles."""
    evil = EVIL.replace("\ud800", "").replace("\x00", "")
    page = f"# {evil}\n\n{evil} [{evil}](two.md) [out](https://example.org/{evil[:9]})\n\n"
    item = f"- [ ] **{evil}.** {evil} [{evil}](../one.md) <!-- id: first -->\n"
    return write_book(
        folder,
        {
            "SUMMARY.md": f"# {evil}\n\n# {evil}\n\n- [{evil}](one.md)\n- [Two](two.md)\n"
            f"- [{evil}](checklists/list.md)\n- [Draft {evil}]()\n",
            "one.md": page + f"> {evil}\n\n```\n{evil}\n```\n\n| {evil} |\n|---|\n| {evil} |\n" * 9,
            "two.md": page * 5,
            "checklists/list.md": f"# {evil}\n\n{item}{item.replace('first', 'second')}",
            "runtall.toml": '[roles]\nchecklist = "list"\nred_flags = "one"\n',
        },
    )


def evil_diary(folder: Path) -> Path:
    """A diary whose notes and reasons are hostile, as another program may have exported them."""
    evil = EVIL.replace("\ud800", "").replace("\x00", "")
    run = {"note": evil, "skipped": {"list/first": evil}, "own": {"list/" + "a" * 32: evil}}
    command = (*COMMAND, "import", "-", "--data", str(folder))
    done = subprocess.run(
        command, cwd=ROOT, input=export_of(run, run), text=True, check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    return folder


class Session:
    """Types at random at handbooks on a hostile book, one after another where one is quit."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.words = (
            *("--book", str(evil_book(folder / "book"))),
            *("--data", str(evil_diary(folder / "data"))),
        )
        self.chance = chance
        self.reports = folder / "home/state/runtall"
        self.output = bytearray()

    def walk(self) -> None:
        """Go once through every screen."""
        with Handbook(*self.words) as handbook:
            handbook.rest()
            for key in ROUND:
                handbook.press(key)
                handbook.settle(quiet=0.15 if key == "escape" else 0.02)
            self._end(handbook)
            self.output += handbook.output

    def type(self, count: int) -> None:
        """Type so many keys, bytes and changes of size, and end it by a signal."""
        while count > 0:
            env = {"DISPLAY": None, "WAYLAND_DISPLAY": None, "WSL_DISTRO_NAME": None}
            with Handbook(*self.words, env=env) as handbook:
                handbook.do_nothing_by_itself()
                handbook.wait_for(
                    lambda probe: b"\x1b[?1049h" in probe.output or probe.closed, timeout=30
                )
                assert not handbook.closed, bytes(handbook.output)
                handbook.rest()
                while count > 0 and handbook.status is None:
                    self._type_some(handbook)
                    count -= AT_ONCE
                self._end(handbook)
                self.output += handbook.output

    def _type_some(self, handbook: Handbook) -> None:
        keys = [self._key() for _ in range(AT_ONCE - 1)]
        handbook.send(b"".join(keys))
        handbook._set_size(*self.chance.choice(SIZES))
        handbook.settle(quiet=0.01, timeout=1)
        if handbook.status is None and handbook.state == "T":
            handbook.signal(signal.SIGCONT)

    def _key(self) -> bytes:
        kind = self.chance.random()
        if kind < 0.4:
            return self.chance.choice(list(KEYS.values())).encode()
        if kind < 0.8:
            return bytes([self.chance.randrange(32, 127)])
        return self.chance.choice((*PIECES, self.chance.randbytes(2)))

    def _end(self, handbook: Handbook) -> None:
        """By now it was quit in order, or ends in order when it is told to."""
        if handbook.status is None:
            handbook.signal(signal.SIGTERM)
            _bring_back(handbook)
        status = handbook.wait_for_exit()
        reports = list(self.reports.glob("*")) if self.reports.exists() else []
        assert [each.read_text("utf-8") for each in reports] == []
        assert status in (0, 128 + signal.SIGTERM)
        assert handbook.left_behind == NOTHING


def _bring_back(handbook: Handbook) -> None:
    """Continue it until it has ended: a Ctrl+Z typed before may still stop it, more than once."""
    end = time.monotonic() + 20
    while handbook.status is None and time.monotonic() < end:
        if handbook.state == "T":
            handbook.signal(signal.SIGCONT)
        handbook.settle(quiet=0.02)


@pytest.mark.parametrize(
    ("count", "seed"),
    [
        (1000, 7),
        pytest.param(10_000, None, marks=[pytest.mark.long, pytest.mark.timeout(1800)]),
    ],
)
def test_anything_typed(
    count: int, seed: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Random keys, bytes and sizes on a hostile book: no crash, a clean end, nothing harmful sent."""
    seed = random.SystemRandom().randrange(2**32) if seed is None else seed
    print(f"seed {seed}")
    # Drawing what nobody looks at would take longer than all the rest.
    monkeypatch.setattr(Emulator, "feed", lambda *_: None)
    session = Session(tmp_path, random.Random(seed))
    session.walk()
    session.type(count)
    assert unsafe(bytes(session.output)) == []
    assert b"\x1b]52;c;ZXZpbA" not in session.output
