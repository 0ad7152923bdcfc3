"""Our themes: calm colors for long reading; the only place with literal colors."""

from __future__ import annotations

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="runtall-dark",
    primary="#8fb8de",
    secondary="#9fb59a",
    accent="#e0b080",
    foreground="#d8d4cc",
    background="#1c1e21",
    surface="#1c1e21",
    panel="#26292d",
    warning="#e0b080",
    error="#e88f85",
    success="#9fc59a",
    dark=True,
    variables={
        "now-text": "#1c1e21",
        "now-back": "#ff9d94",
        "today-text": "#1c1e21",
        "today-back": "#ffe08a",
        "text-faint": "#9a968f",
        "line": "#6f747c",
        "screen-selection-background": "#3d5a78",
    },
)
LIGHT = Theme(
    name="runtall-light",
    primary="#1f5a94",
    secondary="#3f6b3a",
    accent="#8a4b10",
    foreground="#2b2a28",
    background="#faf8f3",
    surface="#faf8f3",
    panel="#efece4",
    warning="#8a4b10",
    error="#a3281c",
    success="#2f6b2a",
    dark=False,
    variables={
        "now-text": "#ffffff",
        "now-back": "#9b1c1c",
        "today-text": "#ffffff",
        "today-back": "#6b4e00",
        "text-faint": "#67635c",
        "line": "#8a857a",
        "screen-selection-background": "#bcd3ea",
    },
)
_ANSI_DANGER = {
    "now-text": "ansi_bright_white",
    "now-back": "ansi_red",
    "today-text": "ansi_bright_white",
    "today-back": "ansi_magenta",
}
"""Signs of danger in the terminal's own colors, the same on black and on white. White on the dark
ones can be read in every usual palette; black on the bright ones cannot, as it is often a gray."""
ANSI_DARK = replace(
    BUILTIN_THEMES["ansi-dark"],
    primary="ansi_cyan",
    secondary="ansi_green",
    accent="ansi_bright_yellow",
    warning="ansi_bright_yellow",
    error="ansi_bright_red",
    variables={
        **BUILTIN_THEMES["ansi-dark"].variables,
        **_ANSI_DANGER,
    },
)
"""Textual's theme in the terminal's own colors, without the dark blue that nobody reads on black."""
ANSI_LIGHT = replace(
    BUILTIN_THEMES["ansi-light"],
    secondary="ansi_magenta",
    success="ansi_blue",
    accent="ansi_default",
    warning="ansi_red",
    variables={
        **BUILTIN_THEMES["ansi-light"].variables,
        **_ANSI_DANGER,
    },
)
"""Likewise, without the green and cyan that nobody reads on white, and no match looks like danger."""
ANSI_VARIABLES = {
    **_ANSI_DANGER,
    "text-faint": "ansi_default",
    "line": "ansi_default",
}
"""What our style sheet asks of a theme beyond Textual's own, for the themes that lack it."""

THEMES = {theme.name: theme for theme in (DARK, LIGHT, ANSI_DARK, ANSI_LIGHT)}
"""All of them by name, in the order in which `T` goes through them."""
ORDER = tuple(THEMES)
