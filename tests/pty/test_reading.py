"""The handbook in a real terminal: opens, pages, quits, and leaves the terminal as it was."""

import re
import signal
from pathlib import Path

import pytest

from tests.pty.handbook import NOTHING, Handbook

_SIZES = [(80, 24), (40, 12), (200, 50)]


@pytest.mark.parametrize("size", _SIZES)
def test_opens_pages_and_quits(size: tuple[int, int]) -> None:
    """It opens at the page asked for, pages down and up, opens the next page, and quits cleanly."""
    with Handbook("open", "glossary", size=size) as handbook:
        handbook.wait_for("These are the terms")
        handbook.press("space")
        handbook.wait_for(lambda probe: "These are the terms" not in probe.text)
        handbook.press("g")
        handbook.wait_for("These are the terms")
        handbook.press("]")
        handbook.wait_for("This is the back view")
        handbook.press("q")
        assert handbook.wait_for_exit() == 0
        assert handbook.left_behind == NOTHING


def test_a_first_visit_is_drawn_once() -> None:
    """The greeting stands in the first frame; nothing is laid out again to make room for it."""
    with Handbook() as handbook:
        handbook.wait_for("c opens the checklist")
        handbook.settle()
        assert handbook.output.count(b"hecklist.") == 1
        assert handbook.output.count(b"red flags") == 1


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="only Linux tells what is loaded")
def test_no_tls_is_loaded() -> None:
    """Reading and saving the place loads no OpenSSL: it would take a tenth of the memory."""
    with Handbook("open", "glossary") as handbook:
        handbook.wait_for("These are the terms")
        handbook.press("space")
        handbook.wait_for(lambda probe: "These are the terms" not in probe.text)
        handbook.press("m")
        handbook.wait_for("Bookmarked")
        loaded = Path(f"/proc/{handbook.pid}/maps").read_text()
        assert "_sqlite3" in loaded
        assert not re.search(r"/(_ssl|_hashlib|libssl|libcrypto)", loaded)


@pytest.mark.parametrize("size", _SIZES)
def test_every_line_keeps_to_the_screen(size: tuple[int, int]) -> None:
    """The status line stands on the last line of the screen, with how far one is at its end."""
    with Handbook("open", "red-flags", size=size) as handbook:
        handbook.wait_for("%")
        handbook.settle()
        last = handbook.text.splitlines()[-1]
        assert last.endswith("%")
        assert len(handbook.text.splitlines()) == size[1]
        assert len(last) <= size[0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_signals(number: signal.Signals) -> None:
    """A signal ends it with 128 and its number, and the terminal is as it was."""
    with Handbook() as handbook:
        handbook.wait_for("Why does my upper back")
        handbook.press("space")
        handbook.settle()
        handbook.signal(number)
        assert handbook.wait_for_exit() == 128 + number
        assert handbook.left_behind == NOTHING


def test_comes_back_to_the_place() -> None:
    """After a signal, the next start opens where the reader was."""
    with Handbook() as handbook:
        handbook.wait_for("Why does my upper back")
        handbook.press("]", "]")
        handbook.wait_for("3/")
        handbook.press("space")
        handbook.settle()
        page = handbook.text
        handbook.signal(signal.SIGTERM)
        handbook.wait_for_exit()
    with Handbook() as handbook:
        handbook.wait_for("3/")
        handbook.settle()
        top = page.splitlines()[1].strip()[-20:]
        assert top in handbook.text.splitlines()[1]


def test_resizing() -> None:
    """Another size of the window is taken up at once, down to one that only asks for room."""
    with Handbook() as handbook:
        handbook.wait_for("Why does my upper back")
        handbook.resize(20, 4)
        handbook.wait_for("Please")
        handbook.resize(120, 40)
        handbook.wait_for("Why does my upper back")


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"TERM": ""}])
def test_terminals_that_show_no_screen(env: dict[str, str]) -> None:
    """On a terminal that shows nothing but text, the contents are printed, without any escape."""
    with Handbook(env=env) as handbook:
        assert handbook.wait_for_exit() == 0
        assert b"runtall read " in handbook.output
        assert b"\x1b" not in handbook.output


def test_plain_locale() -> None:
    """In a locale without Unicode, only ASCII reaches the terminal."""
    with Handbook(env={"LANG": "C"}) as handbook:
        handbook.wait_for("Why does my upper back")
        handbook.press("]", "space", "?")
        handbook.settle()
        assert handbook.output.isascii()


def test_no_color() -> None:
    """With NO_COLOR set, no color is sent."""
    with Handbook(env={"NO_COLOR": "1"}) as handbook:
        handbook.wait_for("Why does my upper back")
        handbook.press("]", ">", "T")
        handbook.settle()
        sent = re.findall(rb"\x1b\[([\d;]*)m", handbook.output)
        codes = {code for each in sent for code in each.split(b";")}
        assert (
            not {b"38", b"48", *(str(n).encode() for n in (*range(30, 48), *range(90, 108)))}
            & codes
        )


def test_errors_before_it_opens(tmp_path: Path) -> None:
    """What is wrong with a book is said in one line, before the screen is taken."""
    with Handbook("--book", str(tmp_path)) as handbook:
        assert handbook.wait_for_exit() == 2
        assert b"\x1b" not in handbook.output
        assert b"no SUMMARY.md" in handbook.output
