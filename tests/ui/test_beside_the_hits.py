"""What the search box shows beside the book's hits: the reader's own words, filters, what a hit leads to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from threading import Event

import pytest

from tests.past_runs import export_of
from tests.small_book import write_book
from tests.ui.looking_back import kept
from tests.ui.reading import Reading, reading
from tests.ui.test_pictures import compare
from tui.ui.screens.diary import DiaryScreen
from tui.ui.screens.reading import ReadingScreen
from tui.ui.screens.search import WITH_PREVIEW, Preview, SearchField, SearchScreen
from tui.ui.widgets.checklist import ChecklistView
from tui.ui.widgets.diary import DiaryView
from tui.ui.widgets.results import OWN, ResultsView

_CARD = (
    "# {0}\n\n**Target:** The {1}.\n\n**Equipment:** {2}\n\n**When:** {3}\n\n## Steps\n\n"
    "1. Turn the neck.\n\n<!-- timer: sets 2; hold 20 -->\n"
)
_FILES = {
    "SUMMARY.md": "- [Neck](neck.md)\n- [Arms](arms.md)\n- [Ready](checklists/ready.md)\n"
    "- [Plank](exercises/plank.md)\n- [Swing](exercises/swing.md)\n",
    "runtall.toml": '[roles]\nchecklist = "ready"\n',
    "synonyms.toml": '[words]\nneck = ["nape"]\n',
    "neck.md": "# Neck\n\nA stiff neck." + "\n\nMore." * 30 + "\n\n## Turning\n\nElbow.\n",
    "arms.md": "# Arms\n\nArms hang from the neck.\n",
    "checklists/ready.md": "# Ready\n\n- [ ] **Shoes tied.**\n- [ ] **Gloves on.**\n",
    "exercises/plank.md": _CARD.format("Plank", "neck", "A mat.", "As a desk break."),
    "exercises/swing.md": _CARD.format("Swing", "neck", "None.", "Before a run."),
}
_RUNS = (
    {"note": "Quokka by the river"},
    {"note": "Nothing"},
    {"note": "My neck, a quokka"},
)
Open = Callable[..., AbstractAsyncContextManager[Reading]]


@pytest.fixture(name="opened")
def _opened(tmp_path: Path) -> Open:
    """Opens a small book with these runs and one own item in its diary, once all can be found."""
    folder, data = write_book(tmp_path / "book", _FILES), tmp_path / "data"
    kept(data, lambda diary: diary.import_text(export_of(*_RUNS)))
    kept(data, lambda diary: diary.lists.add("ready", "Feed the quokka"))

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = (80, 24), *, private: bool = False
    ) -> AsyncIterator[Reading]:
        async with reading(folder, data, size=size, private=private) as here:
            screen = here.app.screen
            assert isinstance(screen, ReadingScreen)
            await until(here, lambda: screen._searching._index.complete)
            yield here

    return opened


async def until(here: Reading, holds: Callable[[], bool]) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(20):
        while not holds():
            await here.pilot.pause(0.02)


def rows(here: Reading) -> list[str]:
    """The lines below the box, without those between."""
    return [line.strip() for line in here.screen.splitlines()[3:-1] if line.strip()]


def shown(here: Reading) -> str:
    """The words of the preview."""
    return "\n".join(block.text for block in here.app.screen.query_one(Preview).shown.page.blocks)


async def test_own_words_come_last(opened: Open) -> None:
    """Notes and own items stand below what the book answers, each with the line that holds the words."""
    async with opened() as here:
        await here.press("/", *"neck")
        await until(here, lambda: OWN in here.screen)
        lines = rows(here)
        assert lines[0].startswith("> Neck")
        assert lines[-3] == OWN
        assert lines[-2].split("  ")[0] == "Run of Nov 14, 2024"
        assert lines[-2].endswith("your note")
        assert lines[-1] == "My neck, a quokka"
        assert lines.index(OWN) == len(lines) - 3


async def test_a_run_is_opened_in_the_diary(opened: Open) -> None:
    """Enter on a note opens the diary with its run chosen, and Esc leads back to the page."""
    async with opened() as here:
        await here.press("/", *"quokka")
        await until(here, lambda: OWN in here.screen)
        assert "Nothing found in the handbook." in here.screen
        assert "1 of 3 in your own words" in here.status
        await here.press("down", "enter")
        assert isinstance(here.app.screen, DiaryScreen)
        view = here.app.screen.query_one(DiaryView)
        await until(here, lambda: bool(view.runs))
        assert view.run is not None
        assert view.run.note == "My neck, a quokka"
        await here.press("escape")
        assert here.section == "neck"


async def test_an_item_is_opened_in_its_list(opened: Open) -> None:
    """Enter on an own item opens its list with that item chosen."""
    async with opened() as here:
        await here.press("/", *"feed")
        await until(here, lambda: OWN in here.screen)
        await here.press("enter")
        view = here.app.screen.query_one(ChecklistView)
        assert here.section == "ready"
        assert view.row is not None
        assert view.row.label == "Feed the quokka"


async def test_private(opened: Open) -> None:
    """With --private nothing of the diary is found, nor what was written since."""
    async with opened(private=True) as here:
        await here.press("c", "a", *"Quokka fed", "enter")
        await until(here, lambda: "Quokka fed" in here.screen)
        await here.press("/", *"quokka")
        await until(here, lambda: "Nothing found." in here.screen)
        await here.pilot.pause(0.2)
        assert OWN not in here.screen
        assert here.app.screen.query_one(ResultsView).count == 0


@pytest.mark.parametrize(("lines", "downs"), [(24, 1), (12, 3)], ids=["room", "full"])
async def test_a_diary_that_is_slow(opened: Open, lines: int, downs: int) -> None:
    """The box opens and finds without the diary; once that has answered, the chosen hit is where it was."""
    held = Event()
    async with opened((80, lines)) as here:
        screen = here.app.screen
        assert isinstance(screen, ReadingScreen)
        screen._thread.ask(held.wait)
        try:
            await here.press("/", *"neck", *["down"] * downs)
            before = here.screen.splitlines()
            assert "own words" not in here.screen
        finally:
            held.set()
        view = here.app.screen.query_one(ResultsView)
        await until(here, lambda: view.count == 5)
        await until(here, lambda: "your own words" in here.screen.lower())
        after = here.screen.splitlines()
        at = next(number for number, line in enumerate(before) if line.startswith(">"))
        assert after[: at + 1] == before[: at + 1]


async def test_no_own_words_among_exercises(opened: Open) -> None:
    """Where only exercises are wanted, notes are no answer."""
    async with opened() as here:
        await here.press("/", *"neck kit:none")
        assert "[no equipment]" in here.screen
        assert OWN not in here.screen
        assert here.app.screen.query_one(ResultsView).count == 1


async def test_filters_are_offered_and_shown(opened: Open) -> None:
    """F2 offers what the labels say; a chosen one is a chip, is marked there, and goes away again."""
    async with opened() as here:
        await here.press("/", *"neck", "f2")
        assert "[ ] Needs: no equipment · 1 exercise" in here.screen
        assert "[ ] When: desk break · 1 exercise" in here.screen
        await here.press("enter")
        field = here.app.screen.query_one(SearchField)
        assert field.value.startswith("neck when:")
        chip = field.value.partition("when:")[2].replace("-", " ")
        assert f"Only exercises: [{chip}]" in here.screen
        await here.press("f2")
        assert f"[x] When: {chip}" in here.screen
        await here.press("enter")
        assert field.value == "neck"
        assert "Only exercises" not in here.screen


async def test_filters_in_a_narrow_window(opened: Open) -> None:
    """There the filters in force flow over as few lines as they fit on."""
    async with opened((40, 12)) as here:
        await here.press("/", *"neck kit:none min:5 when:before-a-run")
        assert rows(here)[:3] == [
            "Only exercises: [no equipment]",
            "[before a run] [at most 5 min]",
            "F2 changes this",
        ]


async def test_a_book_without_exercises(tmp_path: Path) -> None:
    """There F2 says that there is nothing to choose."""
    folder = write_book(tmp_path / "book", {"SUMMARY.md": "- [A](a.md)\n", "a.md": "# A\n"})
    async with reading(folder, tmp_path / "data") as here:
        await here.press("/", "f2")
        assert "no exercises to choose" in here.status


async def test_what_a_hit_leads_to(opened: Open) -> None:
    """Beside the list of a wide window stands the passage of the chosen hit, its matches marked."""
    async with opened((WITH_PREVIEW, 30)) as here:
        await here.press("/", *"elbow")
        await until(here, lambda: shown(here) == "Neck\nTurning\nElbow.")
        preview = here.app.screen.query_one(Preview)
        assert preview.marks == ((2, 0, 5),)
        assert "Elbow." in here.screen
        await here.press("backspace", *("backspace",) * 4, *"neck", "down")
        await until(here, lambda: shown(here) == "Arms\nArms hang from the neck.")
        await here.press("end", *("pagedown",) * 5)
        await until(here, lambda: shown(here) == "Run of Nov 14, 2024\nMy neck, a quokka")
        await here.press(*"zzxq")
        await until(here, lambda: not shown(here))


async def test_only_where_there_is_room(opened: Open) -> None:
    """A narrower window has the list alone, whatever its width was before; a wider one has both."""
    async with opened((WITH_PREVIEW - 1, 30)) as here:
        await here.press("/", *"elbow")
        assert not here.app.screen.query(Preview)
        await here.resize(WITH_PREVIEW, 30)
        await until(here, lambda: bool(here.app.screen.query(Preview)))
        await until(here, lambda: shown(here) == "Neck\nTurning\nElbow.")
        await here.resize(80, 24)
        assert not here.app.screen.query_one(Preview).display
        assert here.app.screen.query_one(ResultsView).size.width == 80


async def test_the_preview_takes_no_click(opened: Open) -> None:
    """A click on the preview follows nothing and leaves the keys in the box."""
    async with opened((WITH_PREVIEW, 30)) as here:
        await here.press("/", *"neck")
        await until(here, lambda: "stiff" in shown(here))
        await here.click(Preview, "A stiff")
        assert isinstance(here.app.screen, SearchScreen)
        assert here.app.screen.query_one(SearchField).has_focus


async def test_pages_of_hits(opened: Open) -> None:
    """Page Down and Page Up go through the hits a page at a time, and stop at their ends."""
    async with opened() as here:
        await here.press("/", *"neck")
        await until(here, lambda: OWN in here.screen)
        view = here.app.screen.query_one(ResultsView)
        await here.press("pagedown")
        assert view.cursor == view.count - 1
        await here.press("pageup")
        assert view.cursor == 0


async def test_a_page_that_cannot_be_read(tmp_path: Path) -> None:
    """It is found by its title; what stands beside the list says why it cannot be shown, and so does Enter."""
    files = {"SUMMARY.md": "- [Good](good.md)\n- [Bad heron](bad.md)\n", "good.md": "# Good\n"}
    folder = write_book(tmp_path / "book", files)
    (folder / "bad.md").write_bytes(b"# Bad heron\n\n\xff heron\n")
    async with reading(folder, tmp_path / "data", size=(WITH_PREVIEW, 30)) as here:
        await here.press("/", *"heron")
        await until(here, lambda: "This page cannot be shown." in shown(here))
        await here.press("enter")
        assert here.section == "bad"
        assert "This page cannot be shown." in here.screen


async def test_pictures(opened: Open) -> None:
    """The pictures of the box, wide with what a hit leads to and narrow with filters, show what it is."""
    async with opened((WITH_PREVIEW, 16)) as here:
        await here.press("/", *"neck")
        await until(here, lambda: OWN in here.screen and "stiff" in shown(here))
        compare(here, "search-beside-120x16")
    async with opened() as here:
        await here.press("/", *"neck kit:none min:5")
        compare(here, "search-filtered-80x24")
