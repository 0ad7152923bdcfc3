"""Copying from the handbook, and links that lead out of it."""

from __future__ import annotations

import base64
import re
import stat
from pathlib import Path

import pytest

from tests.ui.reading import OpenBook
from tui.ui.app import RunTall

PAGE = "https://example.org/page"


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the terminal was asked to copy, oldest first."""
    texts: list[str] = []

    def take(_: RunTall, sequence: str) -> None:
        (text,) = re.findall(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", sequence)
        texts.append(base64.b64decode(text).decode())

    monkeypatch.setattr(RunTall, "send", take)
    return texts


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What was opened in a browser, on a machine with a desktop: program and address."""
    calls: list[tuple[str, str]] = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("tui.terminal.browser.browser_for.__kwdefaults__", _desktop())
    monkeypatch.setattr(
        "tui.ui.controllers.clipboard.open_address",
        lambda *words: calls.append((words[0], words[1])),
    )
    return calls


def _desktop() -> dict[str, object]:
    return {"platform": "linux", "find": lambda name: f"/bin/{name}"}


async def test_the_paragraph_on_top(open_book: OpenBook, copied: list[str]) -> None:
    """`y` copies the paragraph on top, whole and unwrapped; the message says how, and the doubt."""
    async with open_book(size=(40, 6)) as reading:
        await reading.press("]", "j", "j", "y")
        words = "The first is short, the second is long and a third leads out."
        assert copied[0].split() == f"{words} The last one leads to a part.".split()
        assert len(copied) == 1
        assert reading.status.startswith("Sent to your terminal")


async def test_the_paragraph_around_the_chosen_link(open_book: OpenBook, copied: list[str]) -> None:
    """With a link chosen, `y` copies the paragraph around it, though another is on top."""
    async with open_book() as reading:
        await reading.press("]", ">", "y")
        assert copied[0].startswith("The first is short")


async def test_the_address_of_a_link_out_of_the_book(
    open_book: OpenBook, copied: list[str]
) -> None:
    """With a link out of the book chosen, `y` copies where it leads."""
    async with open_book() as reading:
        await reading.press("]", ">", ">", ">", "y")
        assert copied == [PAGE]


async def test_the_whole_page(open_book: OpenBook, copied: list[str]) -> None:
    """`Y` copies the page as text, as `runtall read` prints it."""
    async with open_book() as reading:
        await reading.press("]", "]", "Y")
        assert copied == ["Short\n\nA short page.\n\nPart\n\nIts part."]


async def test_what_is_hostile_is_copied_visible(
    tmp_path: Path, open_book: OpenBook, copied: list[str]
) -> None:
    """What a paste would do harm with is copied as it is shown, not as it is."""
    async with open_book(size=(80, 6)) as reading:
        (tmp_path / "book/b/short.md").write_text(
            "# Short\n\nrm\x1b[201~ \u202e\n\n" + "more\n\n" * 9
        )
        await reading.press("]", "]", "j", "j", "y")
        assert copied == ["rm^[[201~ <U+202E>"]


async def test_too_much_goes_to_a_file(
    tmp_path: Path, open_book: OpenBook, copied: list[str]
) -> None:
    """Over 64 kB a file is offered, for the reader alone; one that is there is not written over."""
    (tmp_path / "home").mkdir()
    async with open_book() as reading:
        (tmp_path / "book/b/short.md").write_text("# Short\n\n" + "word " * 20_000)
        taken = tmp_path / "home/runtall-short.txt"
        taken.write_text("mine")
        await reading.press("]", "]", "Y")
        assert "is over the limit of 64 kB" in reading.screen
        assert "~/runtall-short.txt" in reading.screen
        await reading.press("enter")
        assert "is there already" in reading.screen
        await reading.press("enter")
        assert taken.read_text() == "mine"
        await reading.press("end", *["backspace"] * 4, "2", "enter")
        saved = tmp_path / "home/runtall-short2"
        assert saved.read_text().startswith("Short\n\nword word")
        assert stat.S_IMODE(saved.stat().st_mode) == 0o600
        assert "only you may read it" in reading.status
        await reading.press("Y", "enter", "down", "enter")
        assert taken.read_text() == saved.read_text()
        assert stat.S_IMODE(taken.stat().st_mode) == 0o600
    assert copied == []


async def test_no_way_to_copy(
    open_book: OpenBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the terminal does not take it a file is offered, and Esc leaves all as it was."""

    def fail(*_: object) -> None:
        raise OSError("gone")

    monkeypatch.setattr(RunTall, "send", fail)
    async with open_book() as reading:
        await reading.press("y")
        assert "the terminal did not take it" in reading.screen
        await reading.press("escape")
        assert "Save it" not in reading.screen
        assert not (tmp_path / "home/runtall-paragraph.txt").exists()


async def test_nowhere_to_save(
    open_book: OpenBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path that cannot be written is said, and asked for again."""
    monkeypatch.setattr("tui.terminal.clipboard.COPY_MAX", 1)
    async with open_book() as reading:
        monkeypatch.setenv("HOME", str(tmp_path / "gone"))
        await reading.press("y")
        await reading.press("enter")
        assert "Not saved: No such file or directory" in reading.screen


async def test_a_link_is_opened_only_after_asking(
    open_book: OpenBook, copied: list[str], opened: list[tuple[str, str]]
) -> None:
    """A link out of the book is shown; it is opened, copied, or left, as the reader says."""
    async with open_book() as reading:
        await reading.press("]", ">", ">", ">", "enter")
        assert f"Open {PAGE}" in reading.screen
        assert (copied, opened) == ([], [])
        await reading.press("escape")
        assert (copied, opened) == ([], [])
        await reading.press("enter", "down", "enter")
        assert (copied, opened) == ([PAGE], [])
        await reading.press("enter", "enter")
        assert opened == [("/bin/xdg-open", PAGE)]
        assert reading.status.startswith("Sent to your browser")


async def test_a_link_where_none_is_opened(open_book: OpenBook) -> None:
    """Where nothing can be opened, as over SSH, the address is shown, with how to copy it."""
    async with open_book(size=(120, 24)) as reading:
        await reading.press("]", ">", ">", ">", "enter")
        assert reading.status.startswith(f"This leads out of the book (y copies it): {PAGE}")


async def test_ctrl_c_copies_what_is_selected(open_book: OpenBook, copied: list[str]) -> None:
    """Ctrl+C copies a selection and says nothing of quitting; without one, twice quits."""
    async with open_book() as reading:
        await reading.press("]")
        y = next(n for n, line in enumerate(reading.screen.split("\n")) if "The first" in line)
        x = reading.screen.split("\n")[y].index("The first")
        await reading.pilot.mouse_down(offset=(x, y))
        await reading.pilot.hover(offset=(x + 8, y))
        await reading.pilot.mouse_up(offset=(x + 8, y))
        await reading.press("ctrl+c")
        assert copied == ["The first"]
        assert "quits" not in reading.status


async def test_mouse_says_what_it_is_now(open_book: OpenBook) -> None:
    """Without a terminal of its own `M` does nothing and does not break."""
    async with open_book() as reading:
        await reading.press("M")
        assert "mouse" not in reading.status
