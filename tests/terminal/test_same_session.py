"""A real program in a real pty shows the same with the thin driver as with Textual's own."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from operator import methodcaller
from pathlib import Path

import pytest

from tests.pty.probe import Probe
from tests.terminal.frames import cursor, looks

ROOT = Path(__file__).parents[2]
KEYS = [
    *("down", "down", "enter", "tab", "pagedown", "pagedown", "end", "pageup", "home", "tab"),
    *("down", "space", "down", "enter", "tab", "down", "down", "tab", "a", "b", "backspace", "走"),
    *("tab", "ctrl+p", "escape", "pagedown", "shift+tab", "x", "shift+tab", "up"),
]


def start(driver: str) -> Probe:
    """The app of many widgets, run with a driver."""
    argv = [sys.executable, "-m", "tests.terminal.many_widgets", driver]
    return Probe(argv, cwd=ROOT, env={"TEXTUAL_ANIMATIONS": "none"})


@pytest.fixture(params=["thin", "erase"])
def pair(request: pytest.FixtureRequest) -> Iterator[tuple[Probe, Probe]]:
    """The app with Textual's driver and with a thin one, both ready."""
    with ExitStack() as stack:
        yield stack.enter_context(start("full")), stack.enter_context(start(request.param))


def counter(probe: Probe) -> str:
    """The line on which the app counts what it has dealt with."""
    return probe.text.partition("\n")[0]


def same(full: Probe, thin: Probe) -> bool:
    """Whether both show the same, cursor and modes included."""
    full.settle(0.02)
    return (
        looks(thin.screen) == looks(full.screen)
        and cursor(thin.screen) == cursor(full.screen)
        and thin.screen.private_modes == full.screen.private_modes
    )


def _counter_differs(before: str, probe: Probe) -> bool:
    return counter(probe) != before


def step(pair: tuple[Probe, Probe], act: Callable[[Probe], None]) -> None:
    """Do something in both, and wait until they have dealt with it and show the same."""
    for probe in pair:
        before = counter(probe)
        act(probe)
        probe.wait_for(partial(_counter_differs, before))
    pair[1].wait_for(lambda thin: same(pair[0], thin))


def test_session(pair: tuple[Probe, Probe]) -> None:
    """After each key, each change of size and the end, both terminals show the same."""
    for probe in pair:
        probe.wait_for("at 80x24.")
    for key in KEYS:
        step(pair, methodcaller("press", key))
    for columns, lines in ((100, 30), (60, 20), (61, 20), (40, 12), (80, 24)):
        step(pair, methodcaller("resize", columns, lines))
        step(pair, methodcaller("press", "down"))
    for probe in pair:
        probe.settle(0.5)
    assert same(*pair)
    assert len(pair[1].output) < len(pair[0].output) / 3
    for probe in pair:
        probe.press("ctrl+q")
    assert [probe.wait_for_exit() for probe in pair] == [0, 0]
    assert same(*pair)


def test_repaint() -> None:
    """Repainting brings back a screen on which something else has written."""
    with start("thin") as probe:
        probe.wait_for("at 80x24.")
        probe.settle()
        intact = looks(probe.screen)
        probe.screen.feed("\x1b[H\x1b[41mnoise\x1b[2J\x1b[m")
        probe.press("f5")
        probe.wait_for(lambda probe: looks(probe.screen)[1:] == intact[1:])


def test_resize_and_back() -> None:
    """A terminal that was made small and large again, too fast to be noticed, is drawn whole."""
    with start("thin") as probe:
        probe.wait_for("at 80x24.")
        probe.settle()
        intact = looks(probe.screen)
        probe.screen.resize(5, 20)
        probe.screen.resize(24, 80)
        probe.signal(signal.SIGWINCH)
        probe.wait_for(lambda probe: looks(probe.screen)[1:] == intact[1:])


def test_idle() -> None:
    """A program in which nothing happens sends nothing."""
    with start("thin") as probe:
        probe.wait_for("at 80x24.")
        probe.settle(0.5)
        assert probe.settle(2).size == 0
