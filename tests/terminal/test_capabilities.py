"""What is used of a terminal follows from what it says, and each choice has its reason."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.pty.probe import Probe
from tui.terminal.capabilities import (
    ANSI_THEME,
    OWN_THEME,
    Capabilities,
    Options,
    Ttys,
    detect,
    prepare_environment,
)
from tui.terminal.terminfo import Promised, look_up

ROOT = Path(__file__).parents[2]
ALL = Ttys(stdin=True, stdout=True, stderr=True)


def decide(
    environ: Mapping[str, str] | None = None,
    options: Options | None = None,
    ttys: Ttys = ALL,
    size: tuple[int, int] | None = (80, 24),
    promised: Promised | None = None,
) -> Capabilities:
    """Detect with TERM=xterm-256color unless said otherwise."""
    full = {"TERM": "xterm-256color", **(environ or {})}
    return detect(
        full,
        ttys=ttys,
        size=size,
        options=options or Options(),
        ask_terminfo=lambda _: promised,
    )


@pytest.mark.parametrize(
    ("ttys", "term", "expected", "why"),
    [
        (ALL, "xterm", True, "input, output and errors all go to a terminal"),
        (Ttys(False, True, True), "xterm", False, "standard input is not a terminal"),
        (Ttys(True, False, True), "xterm", False, "standard output is not a terminal"),
        (Ttys(True, True, False), "xterm", False, "standard error is not a terminal"),
        (ALL, "", False, "TERM is not set"),
        (ALL, "dumb", False, "TERM is dumb"),
        (ALL, "unknown", False, "TERM is unknown"),
        (ALL, "vt52", False, "TERM is vt52, which is no ANSI terminal"),
        (ALL, "hp-color", False, "TERM is hp-color, which is no ANSI terminal"),
        (ALL, "strange", False, "TERM is strange, which is no ANSI terminal"),
    ],
)
def test_interactive(ttys: Ttys, term: str, expected: bool, why: str) -> None:
    """The handbook opens only where all three streams are a terminal that can draw."""
    found = decide({"TERM": term}, ttys=ttys, promised=Promised(0, ansi=False)).interactive
    assert (found.value, found.why) == (expected, why)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "256"),
        ({"TERM": "xterm"}, "16"),
        ({"TERM": "vt100"}, "none"),
        ({"TERM": "dumb"}, "none"),
        ({"TERM": "linux", "COLORTERM": "truecolor"}, "16"),
        ({"TERM": "xterm-direct"}, "truecolor"),
        ({"COLORTERM": "truecolor"}, "truecolor"),
        ({"COLORTERM": "24bit"}, "truecolor"),
        ({"COLORTERM": "yes"}, "256"),
        ({"COLORTERM": "truecolor", "STY": "1.x", "TERM": "screen.xterm-256color"}, "256"),
        ({"COLORTERM": "truecolor", "STY": "1.x", "TERM": "screen"}, "16"),
        ({"NO_COLOR": "1"}, "none"),
        ({"NO_COLOR": ""}, "256"),
        ({"CLICOLOR": "0"}, "none"),
        ({"CLICOLOR": "1"}, "256"),
        ({"CLICOLOR": "0", "CLICOLOR_FORCE": "1"}, "256"),
        ({"CLICOLOR_FORCE": "0", "CLICOLOR": "0"}, "none"),
        ({"CLICOLOR_FORCE": "1", "TERM": "dumb"}, "16"),
        ({"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, "none"),
    ],
)
def test_color(environ: dict[str, str], expected: str) -> None:
    """Color is what the terminal declares, unless the reader's environment says otherwise."""
    assert decide(environ).color.value == expected


def test_color_option_rules() -> None:
    """--color never and always overrule the environment."""
    assert decide({"CLICOLOR_FORCE": "1"}, Options(color="never")).color.value == "none"
    assert decide({"NO_COLOR": "1"}, Options(color="always")).color.value == "256"
    assert decide({"TERM": "dumb"}, Options(color="always")).color.value == "16"


def test_no_color_into_a_pipe() -> None:
    """Output that is no terminal gets color only when that is asked for."""
    pipe = Ttys(stdin=True, stdout=False, stderr=True)
    assert decide(ttys=pipe).color.value == "none"
    assert decide({"CLICOLOR_FORCE": "1"}, ttys=pipe).color.value == "256"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, False),
        ({"LANG": "C"}, False),
        ({"LANG": "POSIX"}, False),
        ({"LANG": "en_US"}, False),
        ({"LANG": "en_US.UTF-8"}, True),
        ({"LANG": "C.UTF-8"}, True),
        ({"LANG": "en_US.utf8"}, True),
        ({"LANG": "de_DE.ISO-8859-15@euro"}, False),
        ({"LANG": "de_DE.UTF-8@euro"}, True),
        ({"LANG": "en_US.UTF-8", "LC_CTYPE": "en_US.ISO-8859-1"}, False),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "C", "LC_CTYPE": "en_US.UTF-8", "LC_ALL": ""}, True),
        ({"LC_CTYPE": "UTF-8"}, True),
        ({"LC_CTYPE": "C.UTF-8"}, False),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, False),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "POSIX"}, False),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "en_US.ISO-8859-1"}, True),
    ],
)
def test_unicode(environ: dict[str, str], expected: bool) -> None:
    """Only a locale that the reader set, and that names UTF-8, means Unicode."""
    assert decide(environ).unicode.value is expected


def test_unicode_option_rules() -> None:
    """--ascii and --unicode overrule the locale."""
    assert decide({"LANG": "C.UTF-8"}, Options(ascii=True)).unicode.value is False
    assert decide(options=Options(ascii=False)).unicode.value is True


@pytest.mark.parametrize("name", ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"])
def test_ssh_turns_the_mouse_off(name: str) -> None:
    """Over SSH the mouse is off unless asked for; else it is on unless refused."""
    assert decide().mouse.value is True
    assert decide(options=Options(mouse=False)).mouse.value is False
    assert decide({name: "x"}).ssh.value is True
    assert decide({name: "x"}).mouse.value is False
    assert decide({name: "x"}, Options(mouse=True)).mouse.value is True


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "none"),
        ({"TMUX": "/tmp/t,1,0"}, "tmux"),
        ({"STY": "1.pts"}, "screen"),
        ({"TMUX": "/tmp/t,1,0", "STY": "1.pts", "TERM": "tmux-256color"}, "tmux"),
        ({"TMUX": "/tmp/t,1,0", "STY": "1.pts", "TERM": "screen.xterm"}, "screen"),
    ],
)
def test_multiplexer(environ: dict[str, str], expected: str) -> None:
    """The multiplexer is the one right around us."""
    assert decide(environ).multiplexer.value == expected


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, OWN_THEME),
        ({"COLORTERM": "truecolor"}, OWN_THEME),
        ({"TERM": "xterm"}, ANSI_THEME),
        ({"TERM": "linux"}, ANSI_THEME),
        ({"NO_COLOR": "1"}, ANSI_THEME),
        ({"SSH_TTY": "x"}, ANSI_THEME),
        ({"SSH_TTY": "x", "COLORTERM": "truecolor"}, OWN_THEME),
    ],
)
def test_theme(environ: dict[str, str], expected: str) -> None:
    """Our own theme needs 256 colors, and over SSH truecolor; else the terminal's own colors."""
    assert decide(environ).theme.value == expected


@pytest.mark.parametrize(
    ("size", "expected"), [((80, 24), (80, 24)), ((0, 0), (1, 1)), ((65535, 9999), (1000, 500))]
)
def test_size(size: tuple[int, int], expected: tuple[int, int]) -> None:
    """Absurd sizes are brought into bounds."""
    assert decide(size=size).size.value == expected


def test_driver() -> None:
    """The thin driver is the usual one."""
    assert decide().driver.value == "thin"
    assert decide(options=Options(driver="full")).driver.value == "full"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "screen-256color", "TMUX": "x"}, True),
        ({"TERM": "screen.xterm-256color", "STY": "x"}, False),
        ({"TERM": "screen"}, False),
    ],
)
def test_color_erase(environ: dict[str, str], expected: bool) -> None:
    """Blanks are erased with their background everywhere but in GNU screen."""
    assert decide(environ).color_erase.value is expected


@pytest.mark.parametrize(
    ("term", "promised", "expected", "why"),
    [
        ("alacritty", None, "truecolor", "TERM is alacritty, which is known to show every color"),
        ("strange", None, "16", "TERM is strange, which is not known to show more"),
        ("strange", 256, "256", "terminfo promises 256 colors for strange"),
        ("strange", 88, "16", "terminfo promises 88 colors for strange"),
        ("strange", 8, "16", "terminfo promises 8 colors for strange"),
        ("strange", 0, "none", "terminfo promises 0 colors for strange"),
        ("xterm", 0, "16", "TERM is xterm, which is not known to show more"),
        ("vt420", 256, "none", "TERM is vt420"),
    ],
)
def test_colors_that_are_promised(term: str, promised: int | None, expected: str, why: str) -> None:
    """A name that says nothing is looked up in terminfo, where there is one to ask."""
    entry = None if promised is None else Promised(promised, ansi=True)
    assert decide({"TERM": term}, promised=entry).color == (expected, why)


def test_terminfo_without_an_entry() -> None:
    """A terminal that terminfo does not know has no entry, and that is no error."""
    assert look_up("no-such-terminal-at-all") is None


def test_locale_that_is_not_there() -> None:
    """Where the machine lacks the locale that was sent, both are told: that one and what is in force."""
    found = decide({"LANG": "en_US.UTF-8", "LC_CTYPE": "C.UTF-8"}).unicode
    assert found == (True, "en_US.UTF-8 was sent as LANG; LC_CTYPE C.UTF-8 is in force")


def test_no_terminal_to_ask() -> None:
    """A size that nobody has reported is not said to be reported."""
    assert decide(size=None).size == ((80, 24), "there is no terminal to ask")


@pytest.mark.parametrize(
    ("term", "few"), [("vt100", True), ("vt100-am", True), ("vt220", False), ("xterm", False)]
)
def test_few_attributes(term: str, few: bool) -> None:
    """A VT100 knows few kinds of letters, and its successors more."""
    assert decide({"TERM": term}).few_attributes.value is few


@pytest.mark.parametrize(
    ("term", "promised", "expected"),
    [
        ("xterm-256color", None, True),
        ("ansi", None, False),
        ("strange", None, False),
        ("strange", Promised(8, ansi=True, scrolls=True), True),
        ("strange", Promised(8, ansi=True), False),
    ],
)
def test_scrolls(term: str, promised: Promised | None, expected: bool) -> None:
    """Lines are moved by terminals that are known to, and by those of which terminfo says so."""
    assert decide({"TERM": term}, promised=promised).scrolls.value is expected


def test_every_fact_has_a_reason() -> None:
    """`as_dict` is JSON: each fact's value and a reason in words."""
    facts: dict[str, Any] = json.loads(json.dumps(decide().as_dict()))
    assert set(facts) == {
        *("interactive", "color", "unicode", "ssh", "multiplexer"),
        *("mouse", "theme", "size", "driver", "color_erase"),
        *("scrolls", "few_attributes", "kiosk"),
    }
    assert {tuple(fact) for fact in facts.values()} == {("value", "why")}
    assert all(fact["why"] for fact in facts.values())


@pytest.mark.parametrize(("color", "no_color"), [("never", "1"), ("always", None)])
def test_textual_decides_nothing(color: Any, no_color: str | None) -> None:
    """Textual's switches and stale sizes go; what we decided about color stands."""
    environ = {
        "TEXTUAL_DRIVER": "os:system",
        "TEXTUAL_LOG": "/tmp/x",
        "TEXTUAL": "debug",
        "COLUMNS": "7",
        "LINES": "7",
        "NO_COLOR": "",
        "HOME": "/home/x",
    }
    prepare_environment(environ, decide({"COLORTERM": "truecolor"}, Options(color=color)))
    system = "standard" if color == "never" else "truecolor"
    expected = {
        "HOME": "/home/x",
        "TEXTUAL_COLOR_SYSTEM": system,
        "TEXTUAL_ANIMATIONS": "none",
        "TEXTUAL_SMOOTH_SCROLL": "0",
        "TEXTUAL_FPS": "250",
        "NO_COLOR": no_color,
    }
    assert environ == {name: value for name, value in expected.items() if value is not None}


def test_real_terminal() -> None:
    """Run on a terminal, the streams and the size are the terminal's own."""
    code = (
        "from tui.terminal.capabilities import *; found = detect_here(Options());"
        "print('found', found.interactive.value, *found.size.value)"
    )
    with Probe((sys.executable, "-c", code), columns=91, lines=33, cwd=ROOT) as probe:
        assert probe.wait_for_exit() == 0
        assert probe.text.strip() == "found True 91 33"


def test_imports_neither_textual_nor_rich() -> None:
    """Detection and copying are cheap: they load nothing of what draws."""
    code = (
        "import sys, tui.terminal.capabilities, tui.terminal.clipboard;"
        "print([m for m in ('textual', 'rich', 'asyncio') if m in sys.modules])"
    )
    done = subprocess.run(
        (sys.executable, "-c", code), capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == "[]\n"
