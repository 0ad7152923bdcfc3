"""Every text can be read: contrast as WCAG AA asks, computed for what the style sheet pairs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from tests.ui.reading import OpenBook
from tui.session import reading_state
from tui.terminal.capabilities import Options, Ttys, detect
from tui.ui import themes
from tui.ui.app import _theme

AA = 4.5
OWN = (themes.DARK, themes.LIGHT)
THEMES = themes.THEMES
SHEETS = sorted(Path(themes.__file__).parent.rglob("*.tcss"))
SHEET = "".join(each.read_text("utf-8") for each in SHEETS)
MARKS = 3
DRAWN = {"line"}
"""Variables of rulers and empty bars: marks, not text."""
CONSOLE = {
    "black": "#000000",
    "red": "#aa0000",
    "green": "#00aa00",
    "yellow": "#aa5500",
    "blue": "#0000aa",
    "magenta": "#aa00aa",
    "cyan": "#00aaaa",
    "white": "#aaaaaa",
    "bright_black": "#555555",
    "bright_red": "#ff5555",
    "bright_green": "#55ff55",
    "bright_yellow": "#ffff55",
    "bright_blue": "#5555ff",
    "bright_magenta": "#ff55ff",
    "bright_cyan": "#55ffff",
    "bright_white": "#ffffff",
}
"""The colors of the Linux console."""


def contrast(one: str, other: str) -> float:
    """How much two colors differ in lightness, from 1 to 21, by WCAG 2."""
    low, high = sorted(_luminance(Color.parse(each)) for each in (one, other))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: Color) -> float:
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


@pytest.mark.parametrize(
    ("theme", "on"), [(themes.ANSI_DARK, "#000000"), (themes.ANSI_LIGHT, "#ffffff")]
)
def test_sixteen_colors_reach_aa(theme: Theme, on: str) -> None:
    """In the terminal's own colors, those of the console, text reaches 4.5:1 as well."""
    names = (
        theme.primary,
        theme.secondary,
        theme.accent,
        theme.success,
        theme.warning,
        theme.error,
    )
    shown = [str(name).removeprefix("ansi_") for name in names]
    assert [name for name in shown if contrast(CONSOLE[name], on) < AA] == []
    for pair in ("now", "today"):
        text, back = (
            CONSOLE[theme.variables[name].removeprefix("ansi_")]
            for name in (f"{pair}-text", f"{pair}-back")
        )
        assert contrast(text, back) >= AA


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    "keys", [(), (">",), ("f",), ("?",), ("/", "s", "h", "o"), (":",), ("m", "'")]
)
async def test_what_is_drawn_reaches_aa(
    open_book: OpenBook, theme: Theme, keys: tuple[str, ...]
) -> None:
    """On the screen itself, no text is drawn with less; what lies dimmed below is not in use."""
    async with open_book() as reading:
        reading.app.theme = theme.name
        await reading.press("]", *keys)
        low = {
            (segment.text.strip(), style.color.name, style.bgcolor.name)
            for part in reading.app.screen.children
            for strip in reading.app.screen._compositor.render_strips()[
                part.region.y : part.region.bottom
            ]
            for segment in strip.crop(part.region.x, part.region.right)
            if (style := segment.style) and style.color and style.bgcolor
            if re.search(r"\w", segment.text)
            and contrast(style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex) < AA
        }
        assert low == set()


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
        strips = reading.app.screen._compositor.render_strips()
        bars = [
            "".join(each.text for each in strip if each.style and each.style.reverse)
            for strip in strips
        ]
        assert [bar[:2] for bar in bars if len(bar) > 2][:1] == ["> "]


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
