"""Every text can be read: contrast as WCAG AA asks, computed for what the style sheet pairs."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.color import Color
from rich.segment import Segment
from textual.color import Color as TextualColor
from textual.theme import Theme

from tests.past_runs import export_of
from tests.pictures import SCREENS, TODAY
from tests.ui.looking_back import RUNS
from tests.ui.reading import OpenBook, Reading, reading
from tui.diary.diary import open_diary
from tui.handbook.loading import OWN_BOOK
from tui.session import reading_state
from tui.terminal.capabilities import Options, Ttys, detect
from tui.ui import themes
from tui.ui.app import _theme
from tui.ui.screens.dialogs import HINT, FormLine, FormScreen

AA = 4.5
OWN = (themes.DARK, themes.LIGHT)
THEMES = themes.THEMES
SHEETS = sorted(Path(themes.__file__).parent.rglob("*.tcss"))
SHEET = "".join(each.read_text("utf-8") for each in SHEETS)
MARKS = 3
DRAWN = {"line"}
"""Variables of rulers and empty bars: marks, not text."""


class Palette(NamedTuple):
    """The colors of a terminal, as its makers set them."""

    colors: tuple[str, ...]
    """The sixteen, from black to bright white."""
    ink: str
    paper: str

    def hex(self, color: Color | None, otherwise: str) -> str:
        """A color as this terminal shows it."""
        if color is None or color.is_default:
            return otherwise
        return self.colors[color.number] if color.number is not None else color.get_truecolor().hex


def palette(colors: str, ink: str, paper: str) -> Palette:
    """A palette from hexadecimal digits."""
    return Palette(tuple(f"#{each}" for each in colors.split()), f"#{ink}", f"#{paper}")


XTERM = """000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5
           7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"""
VGA = """000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa
         555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"""
GNOME = """171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc
           5e5c64 f66151 33da7a e9ad0c 2a7bde c061cb 33c7de ffffff"""
TANGO = """2e3436 cc0000 4e9a06 c4a000 3465a4 75507b 06989a d3d7cf
           555753 ef2929 8ae234 fce94f 729fcf ad7fa8 34e2e2 eeeeec"""
MACOS = """000000 990000 00a600 999900 0000b2 b200b2 00a6b2 bfbfbf
           666666 e50000 00d900 e5e500 0000ff e500e5 00e5e5 e5e5e5"""
DARK = {
    "xterm": palette(XTERM, "e5e5e5", "000000"),
    "VGA": palette(VGA, "aaaaaa", "000000"),
    "GNOME": palette(GNOME, "d0cfcc", "171421"),
}
LIGHT = {
    "xterm": palette(XTERM, "000000", "ffffff"),
    "GNOME": palette(GNOME, "171421", "ffffff"),
    "Tango": palette(TANGO, "2e3436", "ffffff"),
    "macOS": palette(MACOS, "000000", "ffffff"),
}
SHOWN_IN = {themes.ANSI_DARK.name: DARK, themes.ANSI_LIGHT.name: LIGHT}
"""The terminals in whose own colors a theme is looked at; one of ours is the same in all."""


def contrast(one: str, other: str) -> float:
    """How much two colors differ in lightness, from 1 to 21, by WCAG 2."""
    low, high = sorted(_luminance(TextualColor.parse(each)) for each in (one, other))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: TextualColor) -> float:
    parts = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def colors_of(theme: Theme) -> dict[str, str]:
    """What each variable of the style sheet is in a theme."""
    return {**theme.to_color_system().generate(), **theme.variables}


def used(what: str) -> set[str]:
    """The variables that the style sheet uses for `color` or `background`."""
    return set(re.findall(rf"(?<![a-z-]){what}: \$([a-z-]+);", SHEET))


def test_contrast_is_as_wcag_defines_it() -> None:
    """Black on white is 21; the gray that WCAG's own examples call just enough is 4.5."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
def test_text_reaches_aa(theme: Theme) -> None:
    """Each color of text, faint text too, reaches 4.5:1 on the background and on panels."""
    colors = colors_of(theme)
    texts = used("color") - DRAWN - {"now-text", "today-text"}
    assert {"foreground", "text-faint", "primary", "accent"} <= texts
    assert used("background") == {"background", "panel", "now-back", "today-back"}
    low = {
        (text, on): round(contrast(colors[text], colors[on]), 2)
        for text in texts
        for on in ("background", "panel")
        if contrast(colors[text], colors[on]) < AA
    }
    assert low == {}
    for pair in ("now", "today"):
        assert contrast(colors[f"{pair}-text"], colors[f"{pair}-back"]) >= AA
    assert contrast(colors["warning"], colors["panel"]) >= AA


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
def test_marks_can_be_made_out(theme: Theme) -> None:
    """Rulers and the empty part of a bar reach 3:1 on the background and on panels."""
    colors = colors_of(theme)
    low = [
        (mark, on, ratio)
        for mark in DRAWN
        for on in ("background", "panel")
        if (ratio := round(contrast(colors[mark], colors[on]), 2)) < MARKS
    ]
    assert low == []


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_danger_has_a_look_of_its_own(theme: Theme) -> None:
    """The colors of NOW and TODAY differ, no other color is theirs, and only dangers wear them."""
    own = {name: theme.variables[name] for name in ("now-back", "today-back")}
    others = {value for name, value in colors_of(theme).items() if name not in own}
    assert len(set(own.values())) == len(own)
    if not theme.name.startswith("ansi"):
        assert set(own.values()) & others == set()
    rules = re.findall(r"([\w-]+)\s*\{[^{}]*\$((?:now|today)-(?:text|back))", SHEET)
    assert {name.rpartition("--")[2] for name, _ in rules} == {"now", "today"}
    wrong = [name for name, used in rules if not used.startswith(name.rpartition("--")[2])]
    assert wrong == []


def drawn(here: Reading) -> Iterator[Segment]:
    """What is on the screen; what lies dimmed below a dialog is not in use."""
    screen = here.app.screen
    for part in screen.children:
        for strip in screen._compositor.render_strips()[part.region.y : part.region.bottom]:
            yield from strip.crop(part.region.x, part.region.right)


def too_faint(segment: Segment, terminal: Palette) -> str:
    """What is wrong with the colors of a stretch of text as a terminal shows it; mostly nothing."""
    style = segment.style
    if style is None or not segment.text.strip():
        return ""
    if style.dim:
        return "dim, which each terminal draws in its own way"
    ink = terminal.hex(style.color, terminal.ink)
    paper = terminal.hex(style.bgcolor, terminal.paper)
    least = AA if re.search(r"\w", segment.text) else MARKS
    ratio = contrast(ink, paper)
    return f"{ink} on {paper}: {ratio:.2f}" if ratio < least else ""


@pytest.mark.parametrize("theme", list(themes.THEMES))
async def test_what_is_drawn_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    """On every screen text is drawn with 4.5:1 and a mark with 3:1, in the colors of any terminal."""
    monkeypatch.setenv("RUNTALL_NOW", TODAY)
    with open_diary(tmp_path) as diary:
        diary.import_text(export_of(*RUNS))
        diary.progress.keep_theme(theme)
    wrong = set()
    async with reading(OWN_BOOK, tmp_path) as here:
        here.app.theme = theme
        for name, keys in SCREENS.items():
            await here.press(*keys)
            for terminal, its_colors in SHOWN_IN.get(theme, DARK).items():
                found = {too_faint(each, its_colors): each.text for each in drawn(here)}
                wrong |= {(name, terminal, why, text) for why, text in found.items() if why}
    assert wrong == set()


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_dialogs_in_the_terminals_own_colors(open_book: OpenBook, theme: str) -> None:
    """Without a background of its own a dialog has a frame, over the page, and its line shows."""
    async with open_book() as reading:
        reading.app.theme = theme
        await reading.press("m", "'")
        top, first = (line for line in reading.screen.splitlines() if line[0] in "╭│")
        assert top.index("Bookmarks") == first.index("Long")
        assert "Alpha" in reading.screen
        await reading.press("escape", "?")
        assert "╭" in reading.screen


@pytest.mark.parametrize("theme", list(themes.THEMES))
@pytest.mark.parametrize("keys", [("/",), ("/", "x"), (":",), ("&",), ("&", "x")], ids="".join)
async def test_a_line_to_write_in_shows(
    open_book: OpenBook, theme: str, keys: tuple[str, ...]
) -> None:
    """In each theme a line to write in is underlined to its end, with words in it and without."""
    async with open_book() as reading:
        reading.app.theme = theme
        await reading.press(*keys)
        field = reading.app.screen.query_one("Field")
        strip = reading.app.screen._compositor.render_strips()[field.region.y]
        cells = sum(each.cell_length for each in strip if each.style and each.style.underline)
        assert cells == field.content_size.width


@pytest.mark.parametrize("theme", list(themes.THEMES))
@pytest.mark.parametrize("keys", [("tab",), (":",), ("m", "'"), ("/", "s", "h", "o")])
async def test_the_chosen_row_is_reversed_everywhere(
    open_book: OpenBook, theme: str, keys: tuple[str, ...]
) -> None:
    """In each theme and each list the chosen row is marked and reversed from its mark on."""
    async with open_book() as reading:
        reading.app.theme = theme
        await reading.press(*keys)
        async with asyncio.timeout(20):
            while not (found := bars(reading)):
                await reading.pilot.pause()
        assert found[0].startswith("> ")


def bars(here: Reading) -> list[str]:
    """What is reversed in each line that has a bar."""
    reversed_in = (
        "".join(each.text for each in strip if each.style and each.style.reverse)
        for strip in here.app.screen._compositor.render_strips()
    )
    return [each for each in reversed_in if len(each) > 2]


@pytest.mark.parametrize(
    ("depth", "kept", "expected"),
    [
        ("truecolor", "runtall-light", "runtall-light"),
        ("truecolor", None, "runtall-dark"),
        ("256", "gone", "runtall-dark"),
        ("16", "runtall-light", "ansi-dark"),
        ("16", "ansi-light", "ansi-light"),
        ("none", "runtall-dark", "ansi-dark"),
    ],
)
def test_theme_at_the_start(depth: str, kept: str | None, expected: str) -> None:
    """A kept theme is taken up, but not one of ours where there are 16 colors or none."""
    environ = {
        "truecolor": {"TERM": "xterm", "COLORTERM": "truecolor"},
        "256": {"TERM": "xterm-256color"},
        "16": {"TERM": "linux"},
        "none": {"TERM": "xterm-256color", "NO_COLOR": "1"},
    }[depth]
    ttys = Ttys(stdin=True, stdout=True, stderr=True)
    found = detect(environ, ttys=ttys, size=(80, 24), options=Options())
    assert _theme(kept, found) == expected


def test_names_for_the_shell() -> None:
    """`runtall theme` offers the themes that there are."""
    assert themes.ORDER == reading_state.THEMES


@pytest.mark.parametrize("theme", list(themes.THEMES))
async def test_a_form_says_what_its_keys_do(open_book: OpenBook, theme: str) -> None:
    """In a small window too a form of two lines shows its hint, with a frame and without."""
    async with open_book(size=(40, 12)) as reading:
        reading.app.theme = theme
        reading.app.push_screen(FormScreen("Finish", FormLine("Soreness"), FormLine("Note")))
        await reading.pilot.pause()
        assert HINT in reading.screen
