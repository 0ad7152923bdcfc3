"""What this terminal can show, what we will use of it, and why."""

import os
import sys
from collections.abc import Callable, Mapping, MutableMapping
from typing import Generic, Literal, NamedTuple, TypeVar

from .terminfo import Promised, look_up

Color = Literal["none", "16", "256", "truecolor"]
Multiplexer = Literal["tmux", "screen", "none"]
DriverName = Literal["thin", "full"]
ColorChoice = Literal["auto", "never", "always"]

T = TypeVar("T")

ANSI_THEME = "ansi-dark"
"""Textual's theme in the sixteen colors that the reader has chosen for their terminal."""
OWN_THEME = "runtall-dark"
"""Our own theme, for terminals that declare 256 colors or more."""
FRAMES_A_SECOND = 250
"""At most; a second frame soon after another has to wait for up to two of these."""
MAX_COLUMNS, MAX_ROWS = 1000, 500
"""Larger sizes are a mistake or an attack; drawing them would take minutes."""

_NO_SCREEN = ("", "dumb", "unknown")
_COERCED = ("C.UTF-8", "C.utf8")
_PLAIN_LOCALES = ("C", "POSIX")
_NOT_ANSI = ("vt52", "adm3a", "hp", "sun")
_MONOCHROME = ("vt100", "vt102", "vt220", "vt320", "vt420", "wyse60", "ansi-mono", "xterm-mono")
_FEW_ATTRIBUTES = ("vt100", "vt102", "ansi-mono")
"""Terminals that know SGR 0, 1, 4, 5 and 7 alone; what the VT220 added ends one by itself."""
_TRUECOLOR = (
    *("alacritty", "contour", "foot", "ghostty", "iterm2", "kitty", "mintty", "rio", "vscode"),
    *("wezterm", "xterm-ghostty", "xterm-kitty"),
)
"""Terminals that show every color; over SSH their name is all that is left of that."""
_WELL_KNOWN = ("xterm", "screen", "tmux", "linux", "rxvt", "vt100", "vt220", "ansi", *_TRUECOLOR)
"""The first words of names that nobody has to be asked about."""
_COLOR_SYSTEMS: dict[Color, str] = {
    "none": "standard",
    "16": "standard",
    "256": "256",
    "truecolor": "truecolor",
}


class Fact(NamedTuple, Generic[T]):
    """One thing decided about the terminal, and the reason in plain English."""

    value: T
    why: str


class Ttys(NamedTuple):
    """Which of the three standard streams are terminals."""

    stdin: bool
    stdout: bool
    stderr: bool


class Options(NamedTuple):
    """What the reader asked for on the command line; None means: decide for me."""

    ascii: bool | None = None
    color: ColorChoice = "auto"
    mouse: bool | None = None
    driver: DriverName = "thin"
    kiosk: bool = False


class Capabilities(NamedTuple):
    """Everything that is known and decided about one terminal."""

    interactive: Fact[bool]
    """Whether the handbook can open as a full screen here."""
    color: Fact[Color]
    unicode: Fact[bool]
    ssh: Fact[bool]
    multiplexer: Fact[Multiplexer]
    mouse: Fact[bool]
    theme: Fact[str]
    """The theme to start with when the reader has chosen none."""
    size: Fact[tuple[int, int]]
    """Columns and rows."""
    driver: Fact[DriverName]
    color_erase: Fact[bool]
    """Whether what is erased takes the background color in use."""
    scrolls: Fact[bool]
    """Whether lines are moved by the terminal itself."""
    few_attributes: Fact[bool]
    """Whether only bold, underline, blink and reverse show."""
    kiosk: Fact[bool]
    """Whether nothing may lead out of the handbook: no file, program or shell."""

    def as_dict(self) -> dict[str, dict[str, object]]:
        """The facts as `runtall doctor --json` prints them: name to value and why."""
        return {
            name: {"value": fact.value, "why": fact.why} for name, fact in self._asdict().items()
        }


def detect(
    environ: Mapping[str, str],
    *,
    ttys: Ttys,
    size: tuple[int, int] | None,
    options: Options,
    ask_terminfo: Callable[[str], Promised | None] = lambda _: None,
) -> Capabilities:
    """Decide what to use from the environment, the streams, the size, options and terminfo alone.

    The size is None where there is no terminal to report one.
    """
    ssh = _detect_ssh(environ)
    multiplexer = detect_multiplexer(environ)
    term = environ.get("TERM", "")
    known = term in _NO_SCREEN or term.split("-")[0] in _WELL_KNOWN
    promised = None if known else ask_terminfo(term)
    color = _choose_color(environ, ttys, options.color, multiplexer.value, promised)
    return Capabilities(
        interactive=_detect_interactive(environ, ttys, promised),
        color=color,
        unicode=_detect_unicode(environ, options.ascii),
        ssh=ssh,
        multiplexer=multiplexer,
        mouse=_choose_mouse(ssh.value, multiplexer.value, options.mouse),
        theme=_choose_theme(environ, color.value, ssh.value),
        size=_choose_size(size),
        driver=_choose_driver(options.driver),
        color_erase=_detect_color_erase(environ, multiplexer.value),
        scrolls=_detect_scrolls(term, known, promised),
        few_attributes=_detect_few_attributes(environ),
        kiosk=Fact(options.kiosk, "--kiosk" if options.kiosk else "--kiosk was not given"),
    )


def detect_here(options: Options) -> Capabilities:
    """Decide for the terminal that this process has."""
    return detect(
        os.environ,
        ttys=_current_ttys(),
        size=_current_size(),
        options=options,
        ask_terminfo=look_up,
    )


def prepare_environment(environ: MutableMapping[str, str], found: Capabilities) -> None:
    """Let Textual decide nothing by itself; call it before Textual is first imported.

    Textual's switches can replace the driver, press keys, and write key logs that all may
    read; COLUMNS and LINES would overrule the real size and freeze it.
    """
    for name in [name for name in environ if name.startswith("TEXTUAL")]:
        del environ[name]
    for name in ("COLUMNS", "LINES", "NO_COLOR"):
        environ.pop(name, None)
    if found.color.value == "none":
        environ["NO_COLOR"] = "1"
    environ["TEXTUAL_COLOR_SYSTEM"] = _COLOR_SYSTEMS[found.color.value]
    environ["TEXTUAL_ANIMATIONS"] = "none"
    environ["TEXTUAL_SMOOTH_SCROLL"] = "0"
    environ["TEXTUAL_FPS"] = str(FRAMES_A_SECOND)


def _current_ttys() -> Ttys:
    return Ttys(*(_is_tty(number) for number in range(3)))


def _is_tty(number: int) -> bool:
    try:
        return os.isatty(number)
    except OSError:
        return False


def _current_size() -> tuple[int, int] | None:
    # Standard input last: it is the one most often redirected.
    for stream in (sys.__stdout__, sys.__stderr__, sys.__stdin__):
        try:
            if stream is not None:
                columns, rows = os.get_terminal_size(stream.fileno())
                return columns, rows
        except (OSError, ValueError):
            continue
    return None


def _detect_interactive(
    environ: Mapping[str, str], ttys: Ttys, promised: Promised | None
) -> Fact[bool]:
    for name, is_tty in (
        ("standard input", ttys.stdin),
        ("standard output", ttys.stdout),
        ("standard error", ttys.stderr),
    ):
        if not is_tty:
            return Fact(False, f"{name} is not a terminal")
    term = environ.get("TERM", "")
    if term in _NO_SCREEN:
        return Fact(False, f"TERM is {term or 'not set'}")
    if term.split("-")[0] in _NOT_ANSI or (promised is not None and not promised.ansi):
        return Fact(False, f"TERM is {term}, which is no ANSI terminal")
    return Fact(True, "input, output and errors all go to a terminal")


def _choose_color(
    environ: Mapping[str, str],
    ttys: Ttys,
    choice: ColorChoice,
    multiplexer: Multiplexer,
    promised: Promised | None,
) -> Fact[Color]:
    depth = _declared_depth(environ, multiplexer, promised)
    wanted = _wanted_color(environ, choice)
    if wanted.value == "never":
        return Fact("none", wanted.why)
    if wanted.value == "always":
        return Fact("16" if depth.value == "none" else depth.value, f"{wanted.why}; {depth.why}")
    if not ttys.stdout:
        return Fact("none", "standard output is not a terminal")
    return depth


def _wanted_color(environ: Mapping[str, str], choice: ColorChoice) -> Fact[ColorChoice]:
    if choice != "auto":
        return Fact(choice, f"--color {choice}")
    if environ.get("NO_COLOR"):
        return Fact("never", "NO_COLOR is set")
    if environ.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return Fact("always", "CLICOLOR_FORCE is set")
    if environ.get("CLICOLOR") == "0":
        return Fact("never", "CLICOLOR is 0")
    return Fact("auto", "nothing asks for more or less")


def _declared_depth(
    environ: Mapping[str, str], multiplexer: Multiplexer, promised: Promised | None
) -> Fact[Color]:
    term = environ.get("TERM", "")
    if term in (*_NO_SCREEN, *_MONOCHROME, *_NOT_ANSI) or term.endswith("-m"):
        return Fact("none", f"TERM is {term or 'not set'}")
    if term == "linux":
        return Fact("16", "the Linux console shows 16 colors")
    # GNU screen hands COLORTERM on from outside, and then misreads the sequences it stands for.
    declares_truecolor = environ.get("COLORTERM", "").lower() in ("truecolor", "24bit")
    if declares_truecolor and multiplexer != "screen":
        return Fact("truecolor", f"COLORTERM is {environ['COLORTERM']}")
    return _depth_by_name(term, promised)


def _depth_by_name(term: str, promised: Promised | None) -> Fact[Color]:
    if term.endswith("-direct"):
        return Fact("truecolor", f"TERM is {term}")
    if term in _TRUECOLOR:
        return Fact("truecolor", f"TERM is {term}, which is known to show every color")
    if "256color" in term:
        return Fact("256", f"TERM is {term}")
    if promised is None:
        return Fact("16", f"TERM is {term}, which is not known to show more")
    depth: Color = "256" if promised.colors >= 256 else "16" if promised.colors >= 8 else "none"
    return Fact(depth, f"terminfo promises {promised.colors} colors for {term}")


def _detect_unicode(environ: Mapping[str, str], ascii_only: bool | None) -> Fact[bool]:
    if ascii_only is not None:
        return Fact(not ascii_only, "--ascii" if ascii_only else "--unicode")
    name, locale = _locale(environ)
    if not locale:
        return Fact(False, "no locale is set")
    charset = locale.partition("@")[0].partition(".")[2] or locale
    is_utf8 = charset.lower().replace("-", "") == "utf8"
    language = environ.get("LANG", "")
    if name == "LC_CTYPE" and locale in _COERCED and language not in ("", locale):
        # Python, too, sets LC_CTYPE where the machine lacks the locale that was sent.
        return Fact(is_utf8, f"{language} was sent as LANG; LC_CTYPE {locale} is in force")
    return Fact(is_utf8, f"{name} is {locale}")


def _locale(environ: Mapping[str, str]) -> tuple[str, str]:
    """The variable that sets the locale and its value, or two empty strings."""
    language = environ.get("LANG", "")
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        value = environ.get(name, "")
        # Python itself sets this when it finds no locale: it says nothing about the terminal.
        coerced = name == "LC_CTYPE" and value in _COERCED
        if coerced and language in ("", *_PLAIN_LOCALES):
            continue
        if value:
            return name, value
    return "", ""


def _detect_ssh(environ: Mapping[str, str]) -> Fact[bool]:
    for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"):
        if environ.get(name):
            return Fact(True, f"{name} is set")
    return Fact(False, "no SSH variable is set")


def detect_multiplexer(environ: Mapping[str, str]) -> Fact[Multiplexer]:
    """Which multiplexer stands directly between us and the terminal."""
    in_tmux, in_screen = bool(environ.get("TMUX")), bool(environ.get("STY"))
    # With one inside the other, both variables are set; only screen names itself "screen.*".
    if in_screen and (not in_tmux or environ.get("TERM", "").startswith("screen.")):
        return Fact("screen", "STY is set")
    if in_tmux:
        return Fact("tmux", "TMUX is set")
    return Fact("none", "neither TMUX nor STY is set")


def _detect_color_erase(environ: Mapping[str, str], multiplexer: Multiplexer) -> Fact[bool]:
    term = environ.get("TERM", "")
    if multiplexer == "screen" or (term.startswith("screen") and multiplexer != "tmux"):
        return Fact(False, "GNU screen erases to its own background")
    return Fact(True, "all but GNU screen erase to the background in use")


def _detect_scrolls(term: str, known: bool, promised: Promised | None) -> Fact[bool]:
    if known:
        return Fact(term != "ansi", f"TERM is {term or 'not set'}")
    if promised is None:
        return Fact(False, f"TERM is {term}, which is not known to do it")
    return Fact(promised.scrolls, f"terminfo says so of {term}")


def _detect_few_attributes(environ: Mapping[str, str]) -> Fact[bool]:
    term = environ.get("TERM", "")
    if term in _FEW_ATTRIBUTES or term.startswith(("vt100-", "vt102-")):
        return Fact(True, f"TERM is {term}: bold, underline, blink and reverse")
    return Fact(False, "all kinds of letters are sent")


def _choose_mouse(ssh: bool, multiplexer: Multiplexer, asked: bool | None) -> Fact[bool]:
    if asked is not None:
        return Fact(asked, "--mouse" if asked else "--no-mouse")
    if ssh:
        return Fact(False, "each move would be sent over SSH; M turns it on")
    if multiplexer == "screen":
        return Fact(False, "GNU screen holds Esc back while the mouse is on; M turns it on")
    return Fact(True, "M turns it off")


def _choose_theme(environ: Mapping[str, str], color: Color, ssh: bool) -> Fact[str]:
    if environ.get("TERM") == "linux":
        return Fact(ANSI_THEME, "the Linux console shows 16 colors")
    if color in ("none", "16"):
        return Fact(ANSI_THEME, "no more than 16 colors are in use")
    if ssh and color != "truecolor":
        return Fact(ANSI_THEME, "over SSH, and COLORTERM does not declare truecolor")
    return Fact(OWN_THEME, f"{color} is declared" if color == "truecolor" else "256 colors")


def _choose_size(size: tuple[int, int] | None) -> Fact[tuple[int, int]]:
    if size is None:
        return Fact((80, 24), "there is no terminal to ask")
    columns, rows = size
    kept = (min(max(columns, 1), MAX_COLUMNS), min(max(rows, 1), MAX_ROWS))
    why = "as the terminal reports it" if kept == size else f"the terminal reports {columns}x{rows}"
    return Fact(kept, why)


def _choose_driver(driver: DriverName) -> Fact[DriverName]:
    if driver == "full":
        return Fact(driver, "--driver full")
    return Fact(driver, "sends only the cells that changed")
