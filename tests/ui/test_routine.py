"""A routine on the screen: it counts, waits, stops for pain, and comes back to where it was."""

from pathlib import Path

import pytest

from tests.ui.reading import Reading, reading
from tests.ui.test_pictures import compare
from tui.handbook.loading import OWN_BOOK
from tui.session.history import Place
from tui.ui.controllers import routine as controller
from tui.ui.screens.reading import ReadingScreen
from tui.ui.screens.routine import RoutineScreen
from tui.ui.widgets.reader import Reader


class Seconds:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.present = 0.0

    def __call__(self) -> float:
        return self.present


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    clock = Seconds()
    monkeypatch.setattr(controller, "elapsed", clock)
    return clock


async def after(here: Reading, seconds: Seconds, passed: float) -> None:
    """Let so many seconds go by, one after another, each seen by the screen."""
    for _ in range(round(passed)):
        seconds.present += 1
        screen = here.app.screen
        if isinstance(screen, RoutineScreen) and not screen.ended:
            screen._look()
    await here.pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (200, 50)])
async def test_a_whole_routine(tmp_path: Path, seconds: Seconds, size: tuple[int, int]) -> None:
    """From its page to its end: step, count and next stay in sight, and its item is ticked."""
    place = Place("before-a-run")
    async with reading(OWN_BOOK, tmp_path, size=size, place=place) as here:
        await here.press("S")
        assert "1 of 5. Arm circles" in here.screen
        for _ in range(200):
            screen = here.app.screen
            assert isinstance(screen, RoutineScreen)
            if screen.ended:
                break
            assert "Next: " in here.screen
            await after(here, seconds, 2)
            now = screen.session.player.phase
            if now is not None and not now.counts_down:
                await here.press("space")
        assert "Done." in here.screen
        assert "Ticked: Chest" in here.screen
        await here.press("escape", "c")
        assert "1/12" in here.status
        await here.press("d")
        while "No runs yet" not in here.screen:
            await here.pilot.pause(0.02)
        assert "Before a run (4 minutes): done" in " ".join(here.screen.split())


async def test_it_hurts(tmp_path: Path, seconds: Seconds) -> None:
    """X stops it: the card's Stop if, the way to the red flags, and no exercise any more."""
    async with reading(OWN_BOOK, tmp_path, place=Place("before-a-run")) as here:
        await here.press("S")
        await after(here, seconds, 6)
        await here.press("X")
        assert "Stop if: A shoulder pinches" in here.screen
        assert "! red flags" in here.status
        for key in ("space", "s", "backspace", "+", "i"):
            await here.press(key)
            assert "It hurts: stopped" in here.screen
        await here.press("!")
        assert "NOW" in here.screen
        await here.press("escape", "escape", "S")
        assert "1 of 5. Arm circles" in here.screen


async def test_left_and_gone_on_with(tmp_path: Path, seconds: Seconds) -> None:
    """Left and opened again in another visit, it asks, and stands at the same step."""
    async with reading(OWN_BOOK, tmp_path, place=Place("before-a-run")) as here:
        await here.press("S", "s")
        await after(here, seconds, 2)
        await here.press("escape")
    async with reading(OWN_BOOK, tmp_path, place=Place("before-a-run")) as here:
        await here.press("S")
        assert "step 2 of 5" in here.screen
        await here.press("enter")
        assert "2 of 5. Standing trunk turns" in here.screen
        assert "Paused" in here.screen


async def test_the_card_and_back_to_the_same_second(tmp_path: Path, seconds: Seconds) -> None:
    """`i` opens the card; the clock stands meanwhile."""
    async with reading(OWN_BOOK, tmp_path, place=Place("plank")) as here:
        await here.press("S")
        await after(here, seconds, 8)
        screen = here.app.screen
        assert isinstance(screen, RoutineScreen)
        left = screen.session.player.left
        await here.press("i")
        assert "Target" in here.screen
        seconds.present += 60
        await here.press("escape")
        screen._look()
        assert (screen.session.player.left, screen.session.player.paused) == (left, False)


async def test_too_small_and_back(tmp_path: Path, seconds: Seconds) -> None:
    """At 20x5 it still says what to do, and no step is lost."""
    async with reading(OWN_BOOK, tmp_path, place=Place("plank")) as here:
        await here.press("S")
        await after(here, seconds, 8)
        await here.resize(20, 5)
        assert "Hold" in here.screen
        await here.resize(80, 24)
        assert "Hold" in here.screen


async def test_typed_ahead(tmp_path: Path, seconds: Seconds) -> None:
    """Keys typed ahead pass no step over."""
    async with reading(OWN_BOOK, tmp_path, place=Place("ytw")) as here:
        await here.press("S")
        await after(here, seconds, 6)
        screen = here.app.screen
        assert isinstance(screen, RoutineScreen)
        at = screen.session.player.at
        seconds.present += 5
        await here.press("space", "space", "space")
        assert screen.session.player.at == at + 1


async def test_from_the_item_of_a_list(tmp_path: Path, seconds: Seconds) -> None:
    """On an item that a routine does, the key starts that routine."""
    async with reading(OWN_BOOK, tmp_path, place=Place("before-the-run")) as here:
        screen = here.app.screen
        assert isinstance(screen, ReadingScreen)
        screen.panes.checklist.choose("before-the-run/warm-up")
        await here.press("S")
        assert "1 of 5. Arm circles" in here.screen
        assert seconds.present == 0


async def test_no_door_from_a_sign_of_danger(tmp_path: Path) -> None:
    """On a page that was opened for a sign of danger nothing starts."""
    async with reading(OWN_BOOK, tmp_path, place=Place("before-a-run")) as here:
        screen = here.app.screen
        assert isinstance(screen, ReadingScreen)
        screen.status.danger = ("NOW", "Call")
        await here.press("S")
        assert here.app.screen is screen
        assert "No exercise beside a sign of danger" in here.screen


async def test_from_the_palette(tmp_path: Path, seconds: Seconds) -> None:
    """A routine or an exercise is found by its name or by what its card trains, and starts."""
    async with reading(OWN_BOOK, tmp_path, place=Place("run-tall")) as here:
        await here.press(":", *"start front of the neck")
        assert "Start: Chin tuck" in here.screen
        await here.press("enter")
        assert "1 of 1. Chin tuck" in here.screen
        await here.press("escape", "!", "escape")
        assert (here.section, seconds.present) == ("run-tall", 0)


async def test_from_a_plan_and_its_links(tmp_path: Path) -> None:
    """On a plan the key offers its routines; with a link chosen, it starts that one."""
    async with reading(OWN_BOOK, tmp_path, place=Place("two-weeks")) as here:
        await here.press("S")
        assert "Strength A" in here.screen
        await here.press("escape")
        while "Desk break" not in here.app.screen.query_one(Reader).passage:
            await here.press(">")
        while getattr(here.app.screen.query_one(Reader).chosen_link, "section", "") != "desk-break":
            await here.press(">")
        await here.press("S")
        assert "1 of 3. Standing trunk turns" in here.screen


async def test_from_the_result_of_the_self_check(tmp_path: Path) -> None:
    """At its end, and not above SELF, the exercises that it names can be started; Esc comes back."""
    async with reading(OWN_BOOK, tmp_path) as here:
        await here.press("w", "end", "space", "enter", "0", "enter")
        assert "1 of 14" in here.screen
        await here.press("S", *("1", "enter") * 3, *("enter",) * 11)
        assert "Where to start" in here.screen
        await here.press("S", "enter")
        assert isinstance(here.app.screen, RoutineScreen)
        await here.press("escape")
        assert "Where to start" in here.screen
        await here.press("escape", "w", "O", "1", "enter", "S")
        assert "Call your emergency number" in here.screen


@pytest.mark.parametrize("page", ["red-flags", "run-tall"])
async def test_no_start_in_the_palette_beside_danger(tmp_path: Path, page: str) -> None:
    """Beside a sign of danger, and on the page of red flags, the palette starts no exercise."""
    async with reading(OWN_BOOK, tmp_path, place=Place(page)) as here:
        screen = here.app.screen
        assert isinstance(screen, ReadingScreen)
        if page != "red-flags":
            screen.status.danger = ("NOW", "Call")
        await here.press(":", *"start: chin")
        assert "Start:" not in here.screen
        await here.press("escape", "S")
        assert here.app.screen is screen


async def test_opened_to_be_done(tmp_path: Path) -> None:
    """`runtall routine NAME` opens the book at the routine and starts it; it can be silent."""
    async with reading(OWN_BOOK, tmp_path, place=Place("plank"), action="start_routine") as here:
        assert "1 of 1. Plank" in here.screen
        await here.press("b")
        assert "The bell is off" in here.status


@pytest.mark.parametrize(
    "size", [(80, 24), (40, 12), (200, 50)], ids=lambda size: f"{size[0]}x{size[1]}"
)
async def test_pictures(tmp_path: Path, seconds: Seconds, size: tuple[int, int]) -> None:
    """The pictures of a move that is drawn, one that is told, and the end that pain makes hold true."""
    at = f"{size[0]}x{size[1]}"
    async with reading(OWN_BOOK, tmp_path, size=size, place=Place("ytw")) as here:
        await here.press("S")
        await after(here, seconds, 8)
        compare(here, f"routine-move-{at}")
        await here.press("escape", ":", *"start: plank", "enter")
        await after(here, seconds, 8)
        compare(here, f"routine-hold-{at}")
        await here.press("X")
        compare(here, f"routine-hurt-{at}")
