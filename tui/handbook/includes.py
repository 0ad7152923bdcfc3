"""mdBook's tags `{{#include …}}` and their kin → the text that they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from .errors import ContentError
from .files import LARGEST_FILE, read_text
from .safe_text import one_line

DEEPEST = 10
"""Files that include each other are followed so far."""

_TAG = re.compile(
    r"(?P<escape>\\)?(?P<tag>\{\{\s*#(?P<name>[A-Za-z_]+)(?:\s+(?P<words>[^}\n]*))?\}\})"
)
_ANCHOR = re.compile(r"ANCHOR(?P<end>_END)?:\s*(?P<name>[\w-]+)")
_HIDDEN = "# "
"""What begins a line of Rust that is compiled but not shown."""


class _IncludedLines(NamedTuple):
    """A file, and which of its lines are meant: all, some by number, or those of an anchor."""

    path: str
    first: int = 1
    last: int | None = None
    anchor: str = ""


class Expanded(NamedTuple):
    """A page with what its tags stand for, and the files that it depends on."""

    text: str
    files: frozenset[Path]
    title: str
    """The title that a tag gives the page, in place of that in the contents; mostly empty."""


def expanded(text: str, file: Path, root: Path) -> Expanded:
    """The text of a page with what its tags stand for; `root` is the folder of the book.

    A file that cannot be read is named in its place. What all tags of a page bring in together
    is bounded as a page is.
    """
    expansion = _Expansion(root)
    shown = expansion.expand(text, file.parent, 0)
    return Expanded(shown, frozenset(expansion.files), one_line(expansion.title))


class _Expansion:
    """The expansion of one page; each file is read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.room = LARGEST_FILE
        """Characters that may still be included."""
        self.files: dict[Path, str] = {}
        self.title = ""

    def expand(self, text: str, folder: Path, depth: int) -> str:
        """The text of a file in a folder that so many others include, one within the other."""
        if depth == DEEPEST:
            return text
        return _TAG.sub(partial(self._behind_the_same, folder, depth), text)

    def _behind_the_same(self, folder: Path, depth: int, match: re.Match[str]) -> str:
        """What a tag stands for, each line behind what stands before the tag in its line."""
        before = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
        return self._replacement(folder, depth, match).replace("\n", f"\n{before}")

    def _replacement(self, folder: Path, depth: int, match: re.Match[str]) -> str:
        name, words = match["name"], (match["words"] or "").strip()
        if match["escape"]:
            return match["tag"]
        if name == "title" and words:
            self.title = words
            return ""
        if name in ("playground", "playpen") and words:
            path, *properties = words.split()
            info = ",".join(("rust", *(each.strip(",") for each in properties)))
            return f"```{info}\n{self._included(name, path, folder, depth)}\n```"
        if name in ("include", "rustdoc_include") and words:
            return self._included(name, words, folder, depth)
        return match["tag"]

    def _included(self, name: str, words: str, folder: Path, depth: int) -> str:
        part = _included_lines(words)
        file = folder / part.path
        try:
            text = self._read(file)
        except (ContentError, ValueError) as error:
            what = error.what if isinstance(error, ContentError) else "no file can be called so"
            return f"[{part.path}: {what}]"
        lines = text.splitlines()
        shown = set(_numbers(part, lines))
        keeps = name == "rustdoc_include"
        lines = [
            line if number in shown else _HIDDEN + line
            for number, line in enumerate(lines)
            if number in shown or (keeps and not (part.anchor and _ANCHOR.search(line)))
        ]
        included = "\n".join(lines)
        self.room -= len(included)
        if self.room < 0:
            return f"[{part.path}: more than a page can hold]"
        return self.expand(included, file.parent, depth + 1) if "{{" in included else included

    def _read(self, file: Path) -> str:
        if file not in self.files:
            self.files[file] = read_text(file, self.root)
        return self.files[file]


def _included_lines(words: str) -> _IncludedLines:
    """What `file.rs:2:10`, `file.rs:anchor` and their kin mean."""
    path, *bounds = words.split(":", 2)
    if not bounds:
        return _IncludedLines(path)
    first, last = bounds[0].strip(), bounds[1].partition(":")[0].strip() if bounds[1:] else ""
    if first and not first.isdecimal():
        return _IncludedLines(path, anchor=first)
    start = max(int(first), 1) if first else 1
    if len(bounds) == 1:
        return _IncludedLines(path, start, start)
    return _IncludedLines(path, start, int(last) if last.isdecimal() else None)


def _numbers(part: _IncludedLines, lines: Sequence[str]) -> Iterator[int]:
    """The numbers of the lines that are meant, from 0, without the marks of anchors among them."""
    if not part.anchor:
        yield from range(part.first - 1, min(part.last or len(lines), len(lines)))
        return
    inside = False
    for number, line in enumerate(lines):
        mark = _ANCHOR.search(line)
        if mark is None:
            if inside:
                yield number
        elif mark["name"] == part.anchor:
            inside = not mark["end"]
