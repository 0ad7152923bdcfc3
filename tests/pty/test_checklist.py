"""The checklist in a real terminal: two sessions in step, and ticks that survive what happens."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.pty.handbook import Handbook
from tests.pty.probe import Probe
from tui.cli import repeated

ROOT = Path(__file__).parents[2]
RUNTALL = [sys.executable, "-m", "tui"]
Open = Callable[..., Probe]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where the diary is; not made yet."""
    return tmp_path / "data"


@pytest.fixture
def opened(data: Path) -> Iterator[Open]:
    """Open the handbook in a terminal, at the checklist."""
    with ExitStack() as stack:

        def open_list(*words: str, argv: list[str] = RUNTALL) -> Probe:
            command = [*argv, "open", "before-the-run", "--data", str(data), *words]
            probe = stack.enter_context(Probe(command, cwd=ROOT))
            probe.wait_for("of 12", timeout=30)
            return probe

        yield open_list


def run(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command, as from another shell."""
    command = [*RUNTALL, *words, "--data", str(data)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def ticked(data: Path) -> list[str]:
    """The ids of the ticked items, as another shell sees them."""
    answer: dict[str, Any] = json.loads(run(data, "check", "--json").stdout)
    return [each["id"] for each in answer["items"] if each["ticked"]]


def test_a_tick_from_the_shell_shows(data: Path, opened: Open) -> None:
    """A tick from another shell shows within 2 s without a key, at no cost while nothing changes."""
    probe = opened()
    probe.settle(0.5)
    written = len(probe.output)
    assert probe.settle(1.5, timeout=2).size == 0
    assert len(probe.output) == written
    assert run(data, "tick", "distance").returncode == 0
    probe.wait_for("1 of 12", timeout=2)
    assert "[x] Distance" in probe.text


def test_both_ticks_stay(data: Path, opened: Open) -> None:
    """Two sessions that tick at once lose nothing, and both show both."""
    one, other = opened(), opened()
    one.press("2")
    other.press("3")
    for probe in (one, other):
        probe.wait_for("2 of 12", timeout=5)
    assert ticked(data) == ["distance", "bail-out"]


def test_answers_for_prompts_follow(
    data: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the handbook is open a prompt need look nothing up: ticks and places leave its answers."""
    monkeypatch.delenv("RUNTALL_NOW", raising=False)
    monkeypatch.delenv("RUNTALL_BOOK", raising=False)
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(data.with_name("xdg")))
    run(data, "tick", "1")
    run(data, "brief", "--keep", "--yes")

    def follows(before: str, line: str) -> Callable[[Probe], bool]:
        """Whether the diary has changed, and what is kept for prompts is as it is now."""

        def look(_: Probe) -> bool:
            state = repeated.kept_state(str(data))
            kept = (data / repeated.FILE).read_text().split("\n")
            return state not in ("", before) and kept[0].startswith(state) and kept[2] == line

        return look

    before = repeated.kept_state(str(data))
    probe = opened()
    probe.press("2")
    probe.wait_for(follows(before, "2/12"), timeout=10)
    assert (data / repeated.LINE).read_text() == "2/12\n"
    before = repeated.kept_state(str(data))
    probe.press("]")
    probe.wait_for(follows(before, "2/12"), timeout=10)
    probe.press("q")
    probe.press("q")
    assert probe.wait_for_exit() == 0
    assert follows("", "2/12")(probe)


def test_a_finished_run_is_synced_at_once(data: Path, opened: Open) -> None:
    """A run that is filed in the handbook goes to the shared folder while the handbook is open."""
    folder = data.with_name("shared")
    folder.mkdir()
    run(data, "sync", str(folder))
    (own,) = folder.iterdir()
    run(data, "tick", "shoes")

    def holds(words: str) -> Callable[[Probe], bool]:
        """Whether this device's file has them."""
        return lambda _: words in own.read_text()

    probe = opened()
    probe.wait_for(holds("before-the-run/shoes"), timeout=10)  # the sync of opening is over
    probe.press("r")
    probe.wait_for("Run today?")
    probe.press("down", "enter")
    probe.wait_for("Finish this run")
    probe.press("2", "enter", *"nettles", "enter")
    probe.wait_for("The run is filed")
    probe.wait_for(holds("nettles"), timeout=10)
    assert probe.status is None


def kill_after_each_tick(data: Path, opened: Open, rounds: int) -> None:
    for _ in range(rounds):
        probe = opened()
        before = ticked(data)
        probe.press("2")
        probe.wait_for("1 of 12" if not before else "0 of 12")
        probe.signal(signal.SIGKILL)
        probe.wait_for_exit()
        assert ticked(data) == ([] if before else ["distance"])


def test_a_killed_session_keeps_its_ticks(data: Path, opened: Open) -> None:
    """What is drawn as ticked is on the disk, whatever kills the program."""
    kill_after_each_tick(data, opened, 3)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_many_killed_sessions_keep_their_ticks(data: Path, opened: Open) -> None:
    """As above, many times."""
    kill_after_each_tick(data, opened, 50)


def test_a_read_only_directory_says_why(data: Path, opened: Open) -> None:
    """With a data directory that cannot be written, the past shows, and ticking says why not."""
    assert run(data, "tick", "distance").returncode == 0
    data.chmod(0o500)
    probe = opened()
    probe.wait_for("1 of 12")
    probe.wait_for("Nothing can be saved")
    probe.press("3")
    probe.wait_for("Not saved")
    assert "1 of 12" in probe.text
    refused = run(data, "tick", "warm-up")
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (3, "", 1)
    data.chmod(0o700)
    probe.press("3")
    probe.wait_for("2 of 12")
    probe.wait_for(lambda shown: "Not saved" not in shown.text)


def test_a_full_disk_says_why(data: Path, opened: Open) -> None:
    """Where no file may grow, a tick is not drawn and the reason is."""
    assert run(data, "tick", "distance").returncode == 0
    full = ["bash", "-c", 'ulimit -f 0; exec "$0" "$@"', *RUNTALL]
    probe = opened(argv=full)
    probe.wait_for("1 of 12")
    probe.press("3")
    probe.wait_for("Not saved")
    assert "1 of 12" in probe.text
    assert ticked(data) == ["distance"]


def test_finish_asks_on_a_terminal(data: Path) -> None:
    """On a terminal `finish` asks for what was not given, and again where an answer is no answer."""
    with Probe([*RUNTALL, "finish", "--data", str(data)], cwd=ROOT) as probe:
        probe.wait_for("File this run all the same?")
        assert "runtall red-flags" in probe.text.replace("\n", "")
        probe.send("y\r")
        probe.wait_for("Soreness")
        probe.send("twelve\r")
        probe.wait_for("whole number from 0 to 10")
        probe.send("2\r")
        probe.wait_for("Note")
        probe.send("easy\r")
        probe.wait_for("Run filed")
        assert probe.wait_for_exit() == 0


def test_the_title_says_nothing_personal(opened: Open) -> None:
    """Whatever is ticked or written, the terminal's title does not tell."""
    probe = opened()
    probe.press("2", "a")
    probe.wait_for("New item")
    probe.send("Physio called\r")
    probe.wait_for("1/13")
    titles = probe.output.split(b"\x1b]")[1:]
    assert not any(b"Physio" in each or b"13" in each.split(b"\x07")[0] for each in titles)


def test_leaving_while_the_diary_is_held(data: Path, opened: Open) -> None:
    """`q` waits for a tick that is being saved, and says so; Ctrl+C does not, and says what was not saved."""
    assert run(data, "tick", "distance").returncode == 0
    other = sqlite3.connect(data / "diary.db", isolation_level=None)
    try:
        for keys, shown, code in (
            (("q",), "saving what you did last", 0),
            (("ctrl+c", "ctrl+c"), "was not saved", 3),
        ):
            probe = opened()
            probe.wait_for("1 of 12")
            other.execute("BEGIN IMMEDIATE")
            probe.press("3")
            probe.wait_for("[~] Bail-out")
            probe.press(*keys)
            probe.wait_for(shown)
            other.execute("ROLLBACK")
            assert probe.wait_for_exit() == code
            if not code:
                assert ticked(data) == ["distance", "bail-out"]
                assert run(data, "untick", "bail-out").returncode == 0
    finally:
        other.close()


def test_leaving_before_the_list_is_there(data: Path) -> None:
    """What was typed for a list that never came is said on leaving, which waits for nothing."""
    assert run(data, "tick", "distance").returncode == 0
    other = sqlite3.connect(data / "diary.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with Handbook("--data", str(data)) as probe:
            probe.wait_for("help", timeout=30)
            probe.send("c3")
            probe.rest()
            probe.press("q")
            assert probe.wait_for_exit() == 3
            assert "Not done, as the list was not there yet: 3" in probe.text
    finally:
        other.close()
    assert ticked(data) == ["distance"]
