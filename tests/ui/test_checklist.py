"""The checklist on the screen: every key, what it says, and what is on the disk afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from tests.small_book import book
from tui.diary.diary import Diary, open_diary
from tui.diary.errors import CannotRead, CannotSave, DiskFull, DiskRefused
from tui.handbook.loading import Pages
from tui.keys import TABLE
from tui.session import diary_thread
from tui.session.diary_thread import DiaryThread
from tui.session.reading_state import ReadingState
from tui.terminal.capabilities import Options, Ttys, detect
from tui.terminal.textual_private import key_events
from tui.ui import app, conversation
from tui.ui.app import RunTall
from tui.ui.controllers.checklist import ChecklistController, Outcome
from tui.ui.screens.dialogs import ChoiceScreen, FormScreen
from tui.ui.screens.diary import DiaryScreen
from tui.ui.screens.reading import ReadingScreen

SUMMARY = """# Summary

# Text

- [One](one.md)
- [Two](two.md)
- [Flags](flags.md)

# Lists

- [Before](checklists/before.md)
- [Weekly](checklists/weekly.md)
"""
BEFORE = """# Before

Start at the top.

- [ ] **No red flag.** [Flags](../flags.md) <!-- id: gate -->
- [ ] **Hands soft.** Fists pull the shoulders up. [One](../one.md) <!-- id: hands -->
- [ ] **Warm-up done.** [Two](../two.md) <!-- id: warm-up -->

Then go on to [Weekly](weekly.md).
"""
WEEKLY = (
    "# Weekly\n\n<!-- resets: week -->\n\n- [ ] **Rows done.** [One](../one.md) <!-- id: rows -->\n"
)
SETTINGS = """[roles]
first_page = "one"
checklist = "before"
gate_item = "gate"
red_flags = "flags"
"""
FILES = {
    "SUMMARY.md": SUMMARY,
    "flags.md": "# Flags\n\nStop and get help.\n",
    "checklists/before.md": BEFORE,
    "checklists/weekly.md": WEEKLY,
    "runtall.toml": SETTINGS,
}


class Session:
    """The handbook open on a screen, and the diary behind it."""

    def __init__(self, pilot: Pilot[None], diary: Diary) -> None:
        self.pilot = pilot
        self.diary = diary

    @property
    def screen(self) -> ReadingScreen:
        screen = self.pilot.app.screen_stack[0]
        assert isinstance(screen, ReadingScreen)
        return screen

    @property
    def text(self) -> list[str]:
        """The lines of the list as they are drawn."""
        view = self.screen.panes.checklist
        lines = (view.render_line(y).text.rstrip() for y in range(view.size.height))
        return [line.strip() for line in lines if line.strip()]

    @property
    def rows(self) -> list[str]:
        """The rows as they are drawn, without marker and number."""
        return [line[line.index("[") :] for line in self.text if "[" in line]

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    @property
    def held(self) -> str:
        """What was typed for a list that is not there yet."""
        return self.screen.not_done.rpartition(": ")[2]

    def type_ahead(self, characters: str) -> None:
        """Press keys in one go."""
        for character in characters:
            for event in key_events(character):
                self.pilot.app.post_message(event)

    async def write(self, text: str) -> None:
        await self.press(*("space" if each == " " else each for each in text), "enter")

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; a test that never sees it runs out of its time."""
        while not holds():
            await self.pilot.pause(0.01)


@asynccontextmanager
async def session(
    tmp_path: Path,
    diary: Diary | None = None,
    *,
    files: dict[str, str] | None = None,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[Session]:
    """The handbook open at its first page."""
    handbook = book(tmp_path / "book", {**FILES, **(files or {})})
    found = detect(
        {"TERM": "xterm-256color", "LANG": "C.UTF-8"},
        ttys=Ttys(True, True, True),
        size=size,
        options=Options(),
    )
    with DiaryThread(diary or open_diary(tmp_path / "data", at_once=False)) as thread:
        visit = ReadingState(thread, handbook.title)
        handbook_app = RunTall(handbook, Pages(handbook), TABLE, found, visit)
        async with handbook_app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Session(pilot, thread.diary)


async def test_a_list_that_cannot_be_used_is_a_page(tmp_path: Path) -> None:
    """What is wrong with it is said for as long as it holds, and its page can be read."""
    broken = {"checklists/before.md": BEFORE.replace("Start", "<!-- resets: daily -->\n\nStart")}
    async with session(tmp_path, files=broken) as here:
        await here.press("c")
        await here.until(lambda: bool(here.screen.status.warning))
        assert "“daily” is no time to start afresh" in here.screen.status.warning
        assert here.screen.section == "before"
        assert not here.screen.panes.listing


async def test_leaving_while_the_lists_are_read(tmp_path: Path) -> None:
    """Ticks that come when the screen is gone are shown nowhere, and are no error."""
    async with session(tmp_path) as here:
        screen = here.screen
    screen.show_lists()


async def test_c_goes_to_the_list_and_back(tmp_path: Path) -> None:
    """`c` opens the checklist, and returns to the page that was read."""
    async with session(tmp_path) as here:
        await here.press("]", "c")
        assert here.text[:2] == ["Before", "────────────────────────  0 of 3"]
        await here.press("c")
        assert here.screen.panes.listing is False
        assert here.screen.trail.here is not None
        assert here.screen.trail.here.section == "two"


async def test_a_list_always_opens_as_a_list(tmp_path: Path) -> None:
    """However one comes to a checklist page, it is shown to be ticked, with its other words."""
    async with session(tmp_path) as here:
        await here.press("]", "]", "]")
        assert here.screen.panes.listing is True
        assert "Start at the top." in here.text
        assert "Then go on to Weekly." in here.text


@pytest.mark.parametrize("key", ["space", "enter", "x"])
async def test_tick_and_untick(key: str, tmp_path: Path) -> None:
    """Space, Enter and x tick the chosen item, and take the tick back."""
    async with session(tmp_path) as here:
        await here.press("c", "j", key)
        assert here.rows[1] == "[x] Hands soft"
        assert list(here.diary.lists.state("before").ticked) == ["before/hands"]
        await here.press(key)
        assert here.rows[1] == "[ ] Hands soft"


async def test_digits_tick(tmp_path: Path) -> None:
    """1 to 9 tick the first nine items; a digit without an item does nothing."""
    async with session(tmp_path) as here:
        await here.press("c", "3", "9")
        assert [row[:3] for row in here.rows] == ["[ ]", "[ ]", "[x]"]


async def test_fast_typing_loses_nothing(tmp_path: Path) -> None:
    """Keys that come faster than they are drawn all count."""
    async with session(tmp_path) as here:
        await here.press("c")
        await here.pilot.press("1", "2", "3", "s")
        await here.until(lambda: here.pilot.app.screen is not here.screen)
        assert here.screen.panes.checklist.listed is not None
        assert here.screen.panes.checklist.listed.done == 3


async def test_the_reason_stands_under_the_chosen_item(tmp_path: Path) -> None:
    """Only the chosen item shows why it helps and where that is explained."""
    async with session(tmp_path) as here:
        await here.press("c")
        assert "Fists pull the shoulders up." not in here.text
        await here.press("j")
        assert here.text[here.text.index("Fists pull the shoulders up.") + 1] == "i: One"


async def test_the_reason_and_back(tmp_path: Path) -> None:
    """`i` opens the reason of an item, and Backspace returns to that item."""
    async with session(tmp_path) as here:
        await here.press("c", "j", "j", "i")
        assert here.screen.panes.reader.page is not None
        assert here.screen.panes.reader.page.section.id == "two"
        await here.press("backspace")
        assert here.screen.panes.checklist.row is not None
        assert here.screen.panes.checklist.row.label == "Warm-up done"


async def test_the_reason_of_the_gate_is_the_red_flags(tmp_path: Path) -> None:
    """The item that decides whether to run opens the red flags."""
    async with session(tmp_path) as here:
        await here.press("c", "i")
        assert here.screen.trail.here is not None
        assert here.screen.trail.here.section == "flags"


async def test_a_page_knows_its_items(tmp_path: Path) -> None:
    """On a page `i` shows the items of all lists that rest on it; one of them can be gone to."""
    async with session(tmp_path) as here:
        await here.press("i")
        assert isinstance(here.pilot.app.screen, ChoiceScreen)
        await here.press("enter")
        assert here.screen.panes.checklist.row is not None
        assert here.screen.panes.checklist.row.label == "Hands soft"


async def test_skip_with_a_reason(tmp_path: Path) -> None:
    """`s` asks why, and the row shows it; asked again, the reason is filled in."""
    async with session(tmp_path) as here:
        await here.press("c", "j", "s")
        await here.write("no vest today")
        assert here.rows[1] == "[-] Hands soft"
        assert "Skipped: no vest today" in here.text
        assert here.text[1].endswith("0 of 3, 1 skipped")
        await here.press("s", "!", "enter")
        assert "Skipped: no vest today!" in here.text


async def test_escape_skips_nothing(tmp_path: Path) -> None:
    """Leaving a question leaves everything as it was."""
    async with session(tmp_path) as here:
        await here.press("c", "s", "n", "escape")
        assert here.rows[0] == "[ ] No red flag"


async def test_own_items(tmp_path: Path) -> None:
    """`a` adds an item and chooses it, `e` changes it, Del removes it, `u` brings it back."""
    async with session(tmp_path) as here:
        await here.press("c", "a")
        await here.write("Dog fed")
        assert here.rows[-1] == "[ ] Dog fed"
        assert here.screen.panes.checklist.row is not None
        assert here.screen.panes.checklist.row.own is True
        assert any("Your own item: e changes it, Del removes it" in each for each in here.text)
        await here.press("e")
        await here.write("!")
        assert here.rows[-1] == "[ ] Dog fed!"
        await here.press("delete")
        assert here.rows[-1] == "[ ] Warm-up done"
        await here.press("u")
        assert here.rows[-1] == "[ ] Dog fed!"


async def test_the_books_items_cannot_be_edited(tmp_path: Path) -> None:
    """`e` on an item of the book says what can be done instead."""
    async with session(tmp_path) as here:
        await here.press("c", "e")
        assert here.screen.status.said == "This item is the book's; a adds one of your own"


async def test_not_for_me_is_offered_at_first_use(tmp_path: Path) -> None:
    """The row of a thing that not everyone has says its key, until it is used or a run is filed."""
    before = BEFORE.replace("id: hands -->", "id: hands --> <!-- may not apply -->")
    async with session(tmp_path, files={"checklists/before.md": before}) as here:
        await here.press("c")
        offer = "[ ] Hands soft (Del: not for me)"
        assert here.rows[1] == offer
        await here.press("2")
        assert here.rows[1] == "[x] Hands soft"
        await here.press("2", "delete")
        assert here.rows == ["[ ] No red flag", "[ ] Warm-up done"]
        assert here.screen.status.said == "Not for me, so it no longer counts; u brings it back"
        await here.press("u")
        assert here.rows[1] == offer
        here.diary.runs.finish()
        await here.press("c", "c")
        assert here.rows[1] == "[ ] Hands soft"


async def test_hide_and_show(tmp_path: Path) -> None:
    """Del hides an item of the book; H shows hidden ones, and Del brings one back."""
    async with session(tmp_path) as here:
        await here.press("c", "j", "delete")
        assert here.rows == ["[ ] No red flag", "[ ] Warm-up done"]
        await here.press("H", "k")
        assert here.rows[1] == "[ ] Hands soft (not for me)"
        await here.press("delete")
        assert here.diary.lists.state("before").hidden == frozenset()
        assert here.rows[1] == "[ ] Hands soft"


async def test_undo_and_redo(tmp_path: Path) -> None:
    """`u` takes back the last act and says which; `U` does it again."""
    async with session(tmp_path) as here:
        await here.press("c", "1", "2", "u")
        assert [row[:3] for row in here.rows] == ["[x]", "[ ]", "[ ]"]
        assert here.screen.status.said == "Undone: tick of “Hands soft”"
        await here.press("U")
        assert [row[:3] for row in here.rows] == ["[x]", "[x]", "[ ]"]


async def test_finish(tmp_path: Path) -> None:
    """`r` asks for soreness and a note, files the run, starts afresh; `u` takes it back."""
    async with session(tmp_path) as here:
        await here.press("c", "1", "r", "3", "enter")
        await here.write("easy")
        (run,) = here.diary.runs.every()
        assert (run.soreness, run.note, run.ticked) == (3, "easy", ("before/gate",))
        assert (
            here.screen.status.said
            == "The run is filed and its lists start afresh; u takes it back"
        )
        assert here.rows[0] == "[ ] No red flag"
        await here.press("u")
        assert here.diary.runs.every() == ()
        assert here.rows[0] == "[x] No red flag"


async def test_soreness_must_be_0_to_10(tmp_path: Path) -> None:
    """Another number is refused where it is written, and nothing is filed."""
    async with session(tmp_path) as here:
        await here.press("c", "1", "r", "1", "1", "enter", "enter")
        assert isinstance(here.pilot.app.screen, FormScreen)
        assert here.diary.runs.every() == ()


async def test_an_open_gate_offers_the_red_flags(tmp_path: Path) -> None:
    """With the gate item open `r` asks first, and the red flags are the first answer."""
    async with session(tmp_path) as here:
        await here.press("c", "2", "r")
        assert isinstance(here.pilot.app.screen, ChoiceScreen)
        await here.press("enter")
        assert here.screen.trail.here is not None
        assert here.screen.trail.here.section == "flags"
        assert here.diary.runs.every() == ()


@pytest.mark.parametrize(
    "keys", [("escape",), ("enter",), ("down", "down", "enter")], ids=["Esc", "red flags", "no"]
)
async def test_an_open_gate_files_only_when_told_to(tmp_path: Path, keys: tuple[str, ...]) -> None:
    """Whatever is answered at the gate but "file it", no run is filed or asked about further."""
    async with session(tmp_path) as here:
        await here.press("c", "2")
        before = list(here.pilot.app.screen_stack)
        await here.press("r")
        assert len(here.pilot.app.screen_stack) == len(before) + 1
        await here.press(*keys)
        assert here.pilot.app.screen_stack == before
        assert here.diary.runs.every() == ()


async def test_soreness_after_the_run(tmp_path: Path) -> None:
    """`p` notes soreness for the newest run; with none filed it says how one is."""
    async with session(tmp_path) as here:
        await here.press("p")
        assert here.screen.status.said == "No run is filed yet; r files this one"
        here.diary.runs.finish()
        await here.press("p", "4", "enter")
        assert [run.soreness for run in here.diary.runs.every()] == [4]


async def test_a_half_done_run_is_asked_about_once(tmp_path: Path) -> None:
    """A list left half-done for over 12 hours asks what to do; going on is not asked again."""
    present = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)
    with open_diary(tmp_path / "data", clock=lambda: present) as before:
        before.lists.tick("before/hands")
    later = open_diary(tmp_path / "data", clock=lambda: present + timedelta(hours=13))
    async with session(tmp_path, later) as here:
        await here.press("c")
        await here.until(lambda: isinstance(here.pilot.app.screen, ChoiceScreen))
        await here.press("enter")
        assert later.runs.left_half_done() is None
        await here.press("c", "c")
        assert here.pilot.app.screen is here.screen


async def test_what_is_not_saved_is_not_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tick that cannot be saved is not shown; the reason stays until saving works."""
    async with session(tmp_path) as here:
        await here.press("c")

        def refuse(*_: object) -> None:
            raise CannotSave(DiskFull(tmp_path))

        with monkeypatch.context() as patched:
            patched.setattr(here.diary.lists, "tick", refuse)
            await here.press("x", "j", "k")
            assert here.rows[0] == "[ ] No red flag"
            assert "the disk is full" in here.screen.status.warning
        await here.press("x")
        assert here.rows[0] == "[x] No red flag"
        assert here.screen.status.warning == ""


async def test_trouble_is_said_at_the_start(tmp_path: Path) -> None:
    """Where nothing can be kept, the handbook opens and says why; ticking is refused."""
    (tmp_path / "data").write_text("in the way")
    async with session(tmp_path) as here:
        await here.until(lambda: "Nothing can be saved" in here.screen.status.warning)
        await here.press("c", "x")
        assert here.rows[0] == "[ ] No red flag"
        assert "Not saved" in here.screen.status.warning


async def test_damage_is_said(tmp_path: Path) -> None:
    """A damaged diary is mended, and the reader is told where the old file is."""
    (tmp_path / "data").mkdir(mode=0o700)
    (tmp_path / "data" / "diary.db").write_bytes(b"no diary at all" * 400)
    async with session(tmp_path) as here:
        await here.until(lambda: "the diary was damaged" in here.screen.status.notice)
        assert "diary.damaged-" in here.screen.status.notice
        await here.press("c", "x")
        assert here.screen.status.notice.startswith("D dismisses this: the diary was damaged")
        await here.press("D")
        assert here.screen.status.notice == ""
        assert here.diary.notices() == ()


async def test_private_is_said(tmp_path: Path) -> None:
    """With --private ticks last as long as the session, and the screen says so."""
    async with session(tmp_path, open_diary(private=True)) as here:
        await here.press("c", "x")
        assert here.rows[0] == "[x] No red flag"
        assert here.screen.status.position.startswith("private")


async def test_the_contents_count(tmp_path: Path) -> None:
    """A list with ticks shows its count in the contents; one without shows none."""
    async with session(tmp_path) as here:
        await here.press("c", "1")
        assert here.screen.panes.contents.counts == {"before": "1/3"}
        await here.press("u")
        assert here.screen.panes.contents.counts == {}


async def test_another_session_shows(tmp_path: Path) -> None:
    """A tick of another session shows without a key, and the chosen item stays chosen."""
    async with session(tmp_path) as here:
        await here.press("c", "j")
        with open_diary(tmp_path / "data") as other:
            other.lists.tick("before/warm-up")
        await here.until(lambda: here.rows[-1] == "[x] Warm-up done")
        assert here.screen.panes.checklist.row is not None
        assert here.screen.panes.checklist.row.label == "Hands soft"


async def test_nothing_is_looked_at_beside_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a page is read, the file is left alone."""
    async with session(tmp_path) as here:
        await here.press("c")
        looks: list[bool] = []
        look = here.diary.changed_by_others

        def noticed() -> bool:
            looks.append(True)
            return look()

        monkeypatch.setattr(here.diary, "changed_by_others", noticed)
        await here.until(lambda: len(looks) > 0)
        await here.press("c")
        before = len(looks)
        await here.pilot.pause(1.2)
        assert len(looks) == before


async def test_links_of_a_list(tmp_path: Path) -> None:
    """`f` offers the links of the list, those of the chosen item first."""
    async with session(tmp_path) as here:
        await here.press("c", "j", "f", "enter")
        assert here.screen.trail.here is not None
        assert here.screen.trail.here.section == "one"


async def test_the_mouse_ticks_a_box(tmp_path: Path) -> None:
    """A click on a box ticks it; one on the words only chooses the item."""
    async with session(tmp_path) as here:
        await here.press("c")
        await here.pilot.pause()
        view = here.screen.panes.checklist

        async def click(words: str, beside: int = 0) -> None:
            """Click so many cells beside these words, on the line of the item that they name."""
            drawn = [view.render_line(y).text for y in range(view.size.height)]
            y = next(number for number, line in enumerate(drawn) if "Warm-up" in line)
            place = drawn[y].index(words) + beside
            await here.pilot.click(view, offset=(place, y + view.gutter.top))
            await here.pilot.pause()

        await click("Warm-up")
        await click("Warm-up", beside=4)
        assert here.rows[-1] == "[ ] Warm-up done"
        await click("[ ]", beside=1)
        assert here.rows[-1] == "[x] Warm-up done"


async def test_the_mouse_follows_a_link(tmp_path: Path) -> None:
    """A click on a link of the list opens the page that it leads to."""
    async with session(tmp_path) as here:
        await here.press("c")
        view = here.screen.panes.checklist
        drawn = [view.render_line(y).text for y in range(view.size.height)]
        y = next(number for number, line in enumerate(drawn) if "Weekly" in line)
        column = drawn[y].index("Weekly")
        await here.pilot.click(view, offset=(column + 1, y + view.gutter.top))
        await here.until(lambda: here.screen.section == "weekly")


@pytest.mark.parametrize("size", [(24, 6), (40, 12), (80, 24), (200, 60)])
async def test_the_chosen_item_is_in_sight(size: tuple[int, int], tmp_path: Path) -> None:
    """At every size the chosen item can be seen, wherever one goes in the list."""
    async with session(tmp_path, size=size) as here:
        await here.press("c")
        for keys in (("j",), ("j",), ("k",), ("G",), ("g",), ("pagedown",), ("pageup",)):
            await here.press(*keys)
            assert any(line.startswith(">") for line in here.text)


async def test_an_unsound_list_is_read_as_text(tmp_path: Path) -> None:
    """A list with two items of one id opens as a page, and says what is wrong with it."""
    twice = BEFORE.replace("id: hands", "id: gate")
    async with session(tmp_path, files={"checklists/before.md": twice}) as here:
        await here.press("c")
        assert here.screen.panes.listing is False
        assert "before.md" in here.screen.status.warning


@contextmanager
def held(data: Path, how: str = "IMMEDIATE") -> Iterator[sqlite3.Connection]:
    """Another program has the diary's file locked, until it rolls back."""
    other = sqlite3.connect(data / "diary.db", isolation_level=None)
    try:
        other.execute(f"BEGIN {how}")
        yield other
    finally:
        other.close()


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
async def test_no_key_waits_while_the_file_is_locked(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tick shows as being saved, other keys go on, and it shows as done once it is on the disk."""
    async with session(tmp_path) as here:
        await here.press("c", "2")
        assert here.rows[1] == "[x] Hands soft"
        monkeypatch.setattr(diary_thread, "MOMENT", 0.001)
        with held(tmp_path / "data", how) as other:
            await here.press("g", "x", "j", "x", "x", "j", "x", "x")
            assert here.rows == ["[~] No red flag", "[~] Hands soft", "[~] Warm-up done"]
            assert here.screen.status.saving
            await here.press("]", "c", "[", "p", "/", "escape", "r")
            assert "held up" in here.screen.status.said
            await here.press("!")
            assert here.screen.trail.here is not None
            assert here.screen.trail.here.section == "flags"
            other.execute("ROLLBACK")
            await here.until(lambda: not here.screen.status.saving)
        await here.press("c")
        await here.until(
            lambda: here.rows == ["[x] No red flag", "[x] Hands soft", "[ ] Warm-up done"]
        )
        assert set(here.diary.lists.state("before").ticked) == {"before/gate", "before/hands"}


async def test_what_the_lock_kept_from_being_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tick that was refused in the end shows as it was, with the reason; what came after it is refused too."""
    impatient = open_diary(tmp_path / "data", patience=0.2)
    async with session(tmp_path, impatient) as here:
        await here.press("c", "2", "u")
        monkeypatch.setattr(diary_thread, "MOMENT", 0.001)
        with held(tmp_path / "data"):
            await here.press("1", "3", "2")
            await here.until(lambda: not here.screen.status.saving)
            assert "in use by another program" in here.screen.status.warning
            assert [row[:3] for row in here.rows] == ["[ ]", "[ ]", "[ ]"]
        await here.press("1")
        await here.until(lambda: here.rows[0] == "[x] No red flag")
        assert here.screen.status.warning == ""


async def test_the_book_opens_before_the_diary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another program has the file locked the book shows; then it goes on where it was left."""
    async with session(tmp_path) as here:
        await here.press("]", "m", "T", "c", "2")
        theme = here.pilot.app.theme
        await here.press("c")
        here.screen.save_place()
    monkeypatch.setattr(diary_thread, "MOMENT", 0.001)
    monkeypatch.setattr(app, "LOAD_AGAIN_AFTER", 0.05)
    with held(tmp_path / "data", "EXCLUSIVE") as other:
        diary = open_diary(tmp_path / "data", patience=0.2, at_once=False)
        async with session(tmp_path, diary) as here:
            assert here.screen.section == "one"
            await here.until(lambda: "in use by another" in here.screen.status.warning)
            other.execute("ROLLBACK")
            await here.until(lambda: here.screen.section == "two")
            await here.until(lambda: here.screen.status.warning == "")
            assert here.pilot.app.theme == theme
            assert here.screen.panes.contents.counts == {"before": "1/3"}
            await here.press("c")
            await here.until(lambda: here.rows[1] == "[x] Hands soft")


async def test_moved_before_the_diary_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has turned the page meanwhile stays there; a list shows with its ticks once they are known."""
    async with session(tmp_path) as here:
        await here.press("c", "2")
    monkeypatch.setattr(diary_thread, "MOMENT", 0.001)
    monkeypatch.setattr(app, "LOAD_AGAIN_AFTER", 0.05)
    with held(tmp_path / "data", "EXCLUSIVE") as other:
        diary = open_diary(tmp_path / "data", patience=0.2, at_once=False)
        async with session(tmp_path, diary) as here:
            await here.press("]", "c")
            assert here.screen.section == "before"
            assert not here.screen.panes.listing
            other.execute("ROLLBACK")
            await here.until(lambda: here.screen.panes.listing)
            await here.until(lambda: here.rows[1:2] == ["[x] Hands soft"])
            await here.press("1")
            await here.until(lambda: here.rows[0] == "[x] No red flag")


@asynccontextmanager
async def held_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Session, Event]]:
    """A session whose first look at the lists lasts until the event is set."""
    monkeypatch.setattr(diary_thread, "MOMENT", 0.001)
    go_on = Event()
    read = ChecklistController._read

    def read_late(self: ChecklistController, list_id: str = "") -> Outcome:
        """Read once the disk answers."""
        go_on.wait()
        return read(self, list_id)

    monkeypatch.setattr(ChecklistController, "_read", read_late)
    async with session(tmp_path) as here:
        try:
            yield here, go_on
        finally:
            go_on.set()


async def test_typed_ahead_of_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed in one go with the key of a list waits for it in its order, however long it takes."""
    async with held_up(tmp_path, monkeypatch) as (here, go_on):
        here.type_ahead("c3jxkx")
        await here.until(lambda: here.held == "3 j x k x")
        assert not here.screen.panes.listing
        go_on.set()
        await here.until(lambda: here.screen.panes.listing and not here.screen.status.saving)
        await here.until(
            lambda: here.rows == ["[ ] No red flag", "[x] Hands soft", "[ ] Warm-up done"]
        )


async def test_a_digit_for_a_list_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages are read and red flags shown at once meanwhile, and the item is ticked in the end."""
    async with held_up(tmp_path, monkeypatch) as (here, go_on):
        await here.press("c")
        assert "once the diary has answered" in here.screen.status.said
        await here.press("3", "j")
        assert here.screen.status.said == ""
        await here.press("!")
        assert here.screen.section == "flags"
        await here.press("1")
        assert "works on a checklist" in here.screen.status.said
        go_on.set()
        await here.until(lambda: here.screen.panes.contents.counts == {"before": "1/3"})
        assert here.screen.section == "flags"
        assert set(here.diary.lists.state("before").ticked) == {"before/warm-up"}


async def test_a_list_that_comes_behind_another_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was typed for it is no key of the screen in front, and is done once that is closed."""
    async with held_up(tmp_path, monkeypatch) as (here, go_on):
        await here.press("c", "3", ":")
        palette = here.pilot.app.screen
        assert palette is not here.screen
        go_on.set()
        await here.until(lambda: here.screen.panes.listing)
        assert here.held == "3"
        await here.press("escape")
        await here.until(lambda: here.rows[2] == "[x] Warm-up done")


async def test_red_flags_typed_behind_keys_that_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They pass by all that waits; what cannot be done without the list in front is said."""
    async with held_up(tmp_path, monkeypatch) as (here, go_on):
        here.type_ahead("c2s!")
        await here.until(lambda: here.screen.section == "flags")
        go_on.set()
        await here.until(lambda: "Not done" in here.screen.status.said)
        assert here.screen.status.said.endswith(": s")
        await here.until(lambda: here.screen.panes.contents.counts == {"before": "1/3"})


async def test_keys_for_a_list_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are said not to be done, beside the reason."""
    async with held_up(tmp_path, monkeypatch) as (here, go_on):
        here.type_ahead("c3 ")
        await here.until(lambda: here.held == "3 Space")

        def fail(_: str) -> None:
            raise CannotRead(DiskRefused(here.diary.path))

        monkeypatch.setattr(here.screen._checklists.desk, "ticked", fail)
        go_on.set()
        await here.until(lambda: here.screen.status.said.endswith(": 3 Space"))
        assert here.screen.status.warning
        assert here.held == ""


@asynccontextmanager
async def with_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *keys: str
) -> AsyncIterator[tuple[Session, Event]]:
    """A session with a run filed, whose diary answers nothing after these keys until the event is set."""
    async with session(tmp_path) as here:
        here.screen._thread.ask(here.diary.runs.finish).result()
        await here.press(*keys)
        monkeypatch.setattr(diary_thread, "MOMENT", 0.001)
        go_on = Event()
        here.screen._thread.ask(go_on.wait)
        try:
            yield here, go_on
        finally:
            go_on.set()


async def test_typed_ahead_of_a_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed in one go with a key that asks the diary first waits for the form."""
    async with with_a_run(tmp_path, monkeypatch) as (here, go_on):
        here.type_ahead("p4\r]")
        await here.until(lambda: "held up" in here.screen.status.said)
        await here.pilot.pause()
        go_on.set()
        await here.until(lambda: here.screen.section == "two")
        run = here.screen._thread.ask(here.diary.runs.every).result()[0]
        assert 4 in (run.soreness, run.soreness_next_day)


async def test_a_question_that_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said no longer that the diary is held up."""
    async with with_a_run(tmp_path, monkeypatch) as (here, go_on):
        here.type_ahead("p")
        await here.until(lambda: "held up" in here.screen.status.said)
        go_on.set()
        await here.until(lambda: isinstance(here.pilot.app.screen, FormScreen))
        assert here.screen.status.said == ""


@pytest.mark.parametrize("typed", ["p4!", "p!", "p4]"])
async def test_a_question_is_withdrawn(
    typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No form comes up over what the reader has gone on to; what was typed for it is said."""
    monkeypatch.setattr(conversation, "WITHIN", 600)  # however busy the machine
    async with with_a_run(tmp_path, monkeypatch) as (here, go_on):
        here.type_ahead(typed[:-1])
        await here.until(lambda: "held up" in here.screen.status.said)
        await here.press(*(key.key for key in key_events(typed[-1])))
        gone_on = "flags" if typed[-1] == "!" else "two"
        await here.until(lambda: here.screen.section == gone_on)
        await here.until(lambda: ("4" in typed) == here.screen.status.said.endswith(": 4"))
        go_on.set()
        here.screen._thread.ask(lambda: None).result()
        await here.pilot.pause()
        assert here.pilot.app.screen is here.screen
        assert here.screen._thread.ask(here.diary.runs.every).result()[0].soreness is None


async def test_a_diary_that_does_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a while that is said; what was typed for its form is done nowhere else."""
    monkeypatch.setattr(conversation, "WITHIN", 0.05)
    async with with_a_run(tmp_path, monkeypatch) as (here, _):
        here.type_ahead("p]")
        await here.until(lambda: here.screen.status.said.endswith("had not answered: ]"))
        await here.press("p")
        await here.until(lambda: "try again in a moment" in here.screen.status.said)
        assert here.screen.section == "one"


async def test_typed_ahead_of_the_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed in one go with the key of the diary waits for the runs, and Enter later too."""
    async with with_a_run(tmp_path, monkeypatch) as (here, go_on):
        here.type_ahead("dp4\r")
        await here.until(lambda: len(here.pilot.app.screen_stack) == 2)
        await here.press("!")
        assert here.screen.section == "flags"
        await here.until(lambda: here.screen.status.said.endswith("there yet: p 4 Enter"))
        here.type_ahead("d")
        await here.until(lambda: len(here.pilot.app.screen_stack) == 2)
        await here.press("j", "enter")
        go_on.set()
        await here.until(lambda: len(here.pilot.app.screen_stack) == 3)
        here.type_ahead("qq")
        await here.until(lambda: len(here.pilot.app.screen_stack) == 1)


async def test_saving_is_over_on_the_diary_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was still being saved when the diary was opened is not said to be for ever."""
    async with with_a_run(tmp_path, monkeypatch, "c") as (here, go_on):
        await here.press("2", "d")
        above = here.pilot.app.screen
        assert isinstance(above, DiaryScreen)
        assert above.status.saving
        go_on.set()
        await here.until(lambda: not above.status.saving)


async def test_an_older_look_wipes_no_tick(tmp_path: Path) -> None:
    """What was read before a tick and comes in after it leaves the tick shown."""
    async with session(tmp_path) as here:
        await here.press("c")
        before = here.screen._checklists.look_through().result()
        await here.press("2")
        here.screen._show_first(before)
        assert here.rows[1] == "[x] Hands soft"
        await here.press("2")
        assert here.rows[1] == "[ ] Hands soft"


async def test_erased_while_a_page_is_read(tmp_path: Path) -> None:
    """Turning a page brings nothing back, and says that the diary is gone; the next tick starts a new one."""
    async with session(tmp_path) as here:
        await here.press("c", "2", "c")
        with open_diary(tmp_path / "data") as other:
            other.erase()
        await here.press("]")
        await here.until(lambda: "was erased or taken away" in here.screen.status.notice)
        assert [*(tmp_path / "data").iterdir()] == []
        await here.press("D", "c", "1")
        assert here.screen.status.notice == ""
        assert here.rows[:2] == ["[x] No red flag", "[ ] Hands soft"]
