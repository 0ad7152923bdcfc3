"""A contact sheet: every screen at every size in every look, as the terminal shows it.

    python -m tests.pictures [FOLDER] [--before FOLDER] [--sizes 80x24 …] [--looks dark …]

Each picture is drawn from what the program sent to a terminal. `index.html` in the folder shows all
of them; with `--before`, each beside the one of the same name that an earlier run made.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from html import escape
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pyte.screens import Char

from tests.past_runs import export_of
from tests.pty.handbook import Handbook
from tests.ui.looking_back import RUNS
from tui.diary.diary import open_diary

FOLDER = Path("build/pictures")
TODAY = "2024-11-20T07:00:00"
"""Two days after the newest of the runs in the diary."""
WIDE, HIGH = 8.43, 17
"""Points of a cell at 14 points, the width as DejaVu Sans Mono has it."""
SETTLES_AFTER = 0.4
"""Seconds without a byte after which a screen shows all that it will."""
AT_ONCE = 4
"""Terminals; most of the time each waits."""
SIZES = ("80x24", "40x12", "120x40", "200x50")
NAMED = {
    "black": "#000000",
    "red": "#c4342b",
    "green": "#2e9e44",
    "brown": "#b58900",
    "blue": "#2a6fc9",
    "magenta": "#a347ba",
    "cyan": "#1f9e9e",
    "white": "#c8c8c8",
    "brightblack": "#6b6b6b",
    "brightred": "#ff6b63",
    "brightgreen": "#6fdd83",
    "brightbrown": "#f5d76e",
    "brightblue": "#6ca6f0",
    "brightmagenta": "#e08cf5",
    "bfightmagenta": "#e08cf5",
    "brightcyan": "#74dcdc",
    "brightwhite": "#ffffff",
}
"""The sixteen colors, by the emulator's names, one of which it spells its own way."""


class Look(NamedTuple):
    """A way the handbook can look: what makes it so, and the colors of the terminal itself."""

    words: tuple[str, ...] = ()
    theme: str = ""
    env: Mapping[str, str | None] = {}
    ink: str = "#d0d0d0"
    paper: str = "#0c0c0c"


LOOKS: Mapping[str, Look] = {
    "dark": Look(theme="runtall-dark"),
    "light": Look(theme="runtall-light"),
    "ansi-dark": Look(theme="ansi-dark"),
    "ansi-light": Look(theme="ansi-light", ink="#111111", paper="#ffffff"),
    "16": Look(env={"TERM": "linux", "COLORTERM": None}),
    "plain": Look(("--color", "never")),
    "ascii": Look(("--ascii",)),
}

_NONE = ("0", "enter", "0", "enter")
"""Keys through the gate of the self-check where nothing is wrong."""
SCREENS: Mapping[str, tuple[str, ...]] = {
    "welcome": (),
    "help": ("?",),
    "link": ("escape", ">"),
    "numbers": ("f",),
    "page-end": ("escape", "escape", "]", "G"),
    "contents": ("tab", "j", "j"),
    "contents-help": ("?",),
    "checklist": ("escape", "escape", "c", "space", "j", "s", "enter", "j"),
    "add": ("a", *"Shoes tied"),
    "finish": ("escape", "escape", "r"),
    "finish-form": ("down", "enter"),
    "diary": ("escape", "d"),
    "run": ("enter",),
    "search-empty": ("escape", "escape", "/"),
    "search": tuple("stiff"),
    "search-own": ("ctrl+u", *"hill stiff"),
    "search-filters": ("ctrl+u", *"shoulder", "f2"),
    "search-filtered": ("enter",),
    "search-nothing": ("ctrl+u", *"zzxq"),
    "search-danger": ("ctrl+u", *"chest", "space", *"pain"),
    "danger": ("enter",),
    "match": ("/", "ctrl+u", *"stiff", "enter"),
    "bookmarks": ("escape", "m", "'"),
    "palette": ("escape", ":"),
    "palette-nothing": tuple("zzxq"),
    "map": ("escape", "B", "j"),
    "red-flags": ("escape", "!"),
    "gate": ("escape", "w"),
    "now": ("space", "enter"),
    "question": ("O", *_NONE, "1"),
    "result": ("enter", "1", *("enter",) * 13),
    "routine": ("escape", "S", "enter"),
}
"""The keys that lead from each screen to the next."""


def main() -> None:
    """Draw what was asked for, and the sheet that shows all of it."""
    parser = argparse.ArgumentParser(description="Draw a contact sheet of all screens.")
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--before", type=Path, metavar="FOLDER", help="pictures to show beside")
    parser.add_argument("--sizes", nargs="+", default=SIZES, metavar="80x24")
    parser.add_argument("--looks", nargs="+", default=[*LOOKS], choices=LOOKS)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    wanted = [(options.folder, size, look) for size in options.sizes for look in options.looks]
    with ProcessPoolExecutor(AT_ONCE) as pool:
        for done in pool.map(_draw, wanted):
            print(done, flush=True)
    sheet = options.folder / "index.html"
    sheet.write_text(_sheet(options.folder, options.before), "utf-8")
    print(sheet)


def _draw(wanted: tuple[Path, str, str]) -> str:
    """Draw all screens of one size and look."""
    folder, size, look = wanted
    for name, picture in _session(size, LOOKS[look]):
        (folder / f"{name}.{size}.{look}.svg").write_text(picture, "utf-8")
    return f"{size} {look}"


def _session(size: str, look: Look) -> Iterator[tuple[str, str]]:
    """Go through all screens, and draw each."""
    columns, _, lines = size.partition("x")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with open_diary(data) as diary:
            diary.import_text(export_of(*RUNS))
            if look.theme:
                diary.progress.keep_theme(look.theme)
        words = (*look.words, "--data", folder)
        env = {"RUNTALL_NOW": TODAY, **look.env}
        with Handbook(*words, size=(int(columns), int(lines)), env=env) as handbook:
            for name, keys in SCREENS.items():
                for key in keys:
                    handbook.press(key)
                    handbook.rest(0.15 if key == "escape" else 0.05)
                handbook.rest(SETTLES_AFTER)
                yield name, drawn(handbook.screen.cells, look)


def drawn(cells: Sequence[Sequence[Char]], look: Look) -> str:
    """The cells of a screen as SVG: a rectangle for each stretch of background, a text a word."""
    width, height = len(cells[0]) * WIDE, len(cells) * HIGH
    parts = [part for y, row in enumerate(cells) for part in _row(row, y, look)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1f} {height}"'
    font = 'font-family="DejaVu Sans Mono,Menlo,Consolas,monospace" font-size="14"'
    paper = f'<rect width="100%" height="100%" fill="{look.paper}"/>'
    return "\n".join([f"{head} {font}>", paper, *parts, "</svg>\n"])


def _row(row: Sequence[Char], y: int, look: Look) -> Iterator[str]:
    x = 0
    texts = []
    for (ink, paper, style, underlined), group in groupby(row, lambda cell: _colors(cell, look)):
        data = [cell.data for cell in group]
        if paper != look.paper:
            place = f'x="{x * WIDE:.1f}" y="{y * HIGH}" width="{len(data) * WIDE + 0.3:.1f}"'
            yield f'<rect {place} height="{HIGH}.3" fill="{paper}"/>'
        if underlined:
            place = f'x="{x * WIDE:.1f}" y="{y * HIGH + 15}" width="{len(data) * WIDE:.1f}"'
            texts.append(f'<rect {place} height="1" fill="{ink}"/>')
        for blank, word in groupby(enumerate(data, x), lambda each: each[1] == " "):
            letters = [*word]
            if not blank:
                words = escape("".join(char for _, char in letters))
                place = f'x="{letters[0][0] * WIDE:.1f}" y="{y * HIGH + 13}"'
                texts.append(f'<text {place} fill="{ink}"{style}>{words}</text>')
        x += len(data)
    yield from texts


def _colors(cell: Char, look: Look) -> tuple[str, str, str, bool]:
    """The colors of a cell, as they are seen, the attributes of its text, and if a line is under it."""
    ink, paper = _color(cell.fg, look.ink), _color(cell.bg, look.paper)
    ink, paper = (paper, ink) if cell.reverse else (ink, paper)
    return (
        ink,
        paper,
        ' font-weight="bold"' * cell.bold
        + ' font-style="italic"' * cell.italics
        + ' text-decoration="line-through"' * cell.strikethrough,
        cell.underscore,
    )


def _color(name: str, otherwise: str) -> str:
    return otherwise if name == "default" else NAMED.get(name, f"#{name}")


def _sheet(folder: Path, before: Path | None) -> str:
    """A page with all pictures of the folder, those of one screen together."""
    parts = ["<!doctype html><meta charset=utf-8><title>Run Tall: every screen</title>"]
    parts.append("<style>body{background:#888;font-family:sans-serif}img{margin:4px}</style>")
    for name in SCREENS:
        parts.append(f"<h2>{name}</h2>")
        for file in sorted(folder.glob(f"{name}.*.svg")):
            older = before.resolve() / file.name if before is not None else file
            shown = [file.name] if older == file else [older.as_uri(), file.name]
            parts += [f'<img src="{each}" width=600 alt="{file.stem}">' for each in shown]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
