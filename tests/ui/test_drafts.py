"""What is half typed when the line drops is there on return, until it is used or refused."""

from pathlib import Path

from tests.ui.reading import Reading, reading
from tui.diary.data_folder import DRAFTS
from tui.handbook.loading import OWN_BOOK
from tui.session.history import Place
from tui.ui.screens.answering_screens import KEEP_AFTER

LIST = Place("before-the-run")


async def half_type(data: Path, *keys: str, words: str) -> None:
    """Press keys in a session of its own, and let the line drop once the words are kept."""
    async with reading(OWN_BOOK, data, place=LIST) as here:
        await here.press("2", *keys)
        await until_kept(here, data, words)


async def until_kept(here: Reading, data: Path, words: str) -> None:
    """Wait until the words are in the file of drafts: the promise is within a second of the last key."""
    for _ in range(40):
        if (data / DRAFTS).exists() and words in (data / DRAFTS).read_text():
            return
        await here.pilot.pause(KEEP_AFTER / 4)
    raise AssertionError(here.screen)


async def test_finish(tmp_path: Path) -> None:
    """Soreness and note are filled in again, and said at the start; filed, they are no draft any more."""
    data = tmp_path / "data"
    await half_type(data, "r", "down", "enter", "3", "enter", *"easy", words="easy")
    async with reading(OWN_BOOK, data) as here:
        while "Left half done: what you said of the run (r)" not in here.status:
            await here.pilot.pause(0.02)
        await here.press("r", "down", "enter")
        assert "What you were typing is here again" in here.screen
        assert "easy" in here.screen
        await here.press("enter", "enter")
        assert "The run is filed" in here.status
        (run,) = here.app._visit.diary.runs.every()
        assert (run.soreness, run.note) == (3, "easy")
    assert not (data / DRAFTS).exists()


async def test_items(tmp_path: Path) -> None:
    """A reason and an own item's words come back where they were typed; Esc throws them away."""
    data = tmp_path / "data"
    await half_type(data, "down", "s", *"cold", words="cold")
    await half_type(data, "a", *"gloves", words="gloves")
    async with reading(OWN_BOOK, data, place=LIST) as here:
        await here.press("down", "down", "s")
        assert "cold" in here.screen
        await here.press("escape", "escape", "s")
        assert "cold" not in here.screen
        await here.press("escape", "a")
        assert "gloves" in here.screen
        await here.press("enter")
        assert "[ ] gloves" in here.screen
    assert not (data / DRAFTS).exists()


async def test_self_check(tmp_path: Path) -> None:
    """The self-check asks whether to go on where one was; begun again, the answers are gone."""
    data = tmp_path / "data"
    await half_type(data, "w", "0", "enter", "0", "enter", "2", "enter", "1", words="q2=a")
    async with reading(OWN_BOOK, data) as here:
        await here.press("w")
        assert "The self-check was left at: 2 of 14" in here.screen
        await here.press("enter")
        assert "2 of 14" in here.screen
        assert "[x] 1" in here.screen
        await here.press("backspace")
        assert "[x] 2" in here.screen
        await until_kept(here, data, '"2"')
    async with reading(OWN_BOOK, data) as here:
        await here.press("w", "down", "enter")
        assert "Safety first" in here.screen
        assert not (data / DRAFTS).exists()


async def test_self_check_left(tmp_path: Path) -> None:
    """Who leaves the self-check leaves no answers on the device, and nor does a result."""
    data = tmp_path / "data"
    async with reading(OWN_BOOK, data) as here:
        await here.press("c", "2", "w", "0", "enter")
        await until_kept(here, data, "q0=z")
        await here.press("escape")
        assert not (data / DRAFTS).exists()
        await here.press("w", "0", "enter")
        await until_kept(here, data, "q0=z")
        await here.press("backspace", "O", "1", "enter")
        assert "Call your emergency number" in here.screen
        for _ in range(40):
            if not (data / DRAFTS).exists():
                break
            await here.pilot.pause(KEEP_AFTER / 4)
        assert not (data / DRAFTS).exists()


async def test_search(tmp_path: Path) -> None:
    """The words of a search are what the up arrow brings back first."""
    data = tmp_path / "data"
    await half_type(data, "/", *"shoulder bl", words="shoulder bl")
    async with reading(OWN_BOOK, data) as here:
        await here.press("/")
        assert "brings back an earlier search" in here.screen
        await here.press("up")
        assert "shoulder bl" in here.screen
        await here.press("escape")
    assert not (data / DRAFTS).exists()
