"""SUMMARY.md → chapters of sections, by mdBook's rules."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from .blocks import slug
from .errors import ContentError
from .hidden_html import blank_comments
from .model import Chapter, Section
from .safe_text import one_line

_PART = re.compile(r"#\s+(?P<title>.+?)\s*#*\s*$")
_ENTRY = re.compile(
    r"(?P<indent>\s*)(?P<bullet>(?:[-*+]|\d+[.)])\s+)?"
    r"\[(?P<title>(?:\\.|[^][\\]|\[(?:\\.|[^][\\])*\])*+)\]"
    r"\(\s*+(?:<(?P<angled>[^>]*)>|(?P<plain>(?:[^()\s]|\([^()\s]*\))*+))"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)\s*$"
)
_BULLET = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\S")
_SEPARATOR = re.compile(r"\s*(?:(?:-\s*){3,}+|(?:\*\s*){3,}+|(?:_\s*){3,}+)$")
_MARKED = re.compile(r"[\\*`&]")
_TAB_WIDTH = 4

Locate = Callable[[str, int], str | None]
"""A page's address and the line that gives it → its path relative to the book, if it has one."""


class _SummaryLine(NamedTuple):
    line: int
    title: str
    address: str
    indent: int
    text: int
    """The column in which its text begins: what is indented as far lies under it."""
    listed: bool
    parted: bool
    """Whether a rule stands above it."""


class _PageFile(NamedTuple):
    path: str
    id: str


def read_contents(
    text: str, file: Path, locate: Locate, id_of: Callable[[str], str], *, numbered: bool = False
) -> tuple[Chapter, ...]:
    """The chapters that a SUMMARY.md gives, in order, none where it lists none; the entries of its lists may be numbered.

    Raises:
        ContentError: a line that is no entry, or two pages with one id.
    """
    lines = list(_lines(text, file))
    entries = [line for line in lines if isinstance(line, _SummaryLine)]
    pages = _pages(entries, file, locate, id_of)
    builder = _Builder(pages, numbered=numbered)
    for line in lines:
        if isinstance(line, _SummaryLine):
            builder.add(line)
        else:
            builder.begin(line)
    builder.begin("")
    return tuple(builder.chapters)


def _pages(
    entries: Iterable[_SummaryLine], file: Path, locate: Locate, id_of: Callable[[str], str]
) -> dict[int, _PageFile]:
    """The page of each entry that has one, under the entry's line."""
    pages: dict[int, _PageFile] = {}
    taken: dict[str, int] = {}
    for entry in entries:
        if not entry.address:
            continue
        path = locate(entry.address, entry.line)
        if path is None:
            continue
        page = pages[entry.line] = _PageFile(path, id_of(path))
        if page.id in taken:
            what = f"the id “{page.id}” is taken by line {taken[page.id]}; rename one page"
            raise ContentError(file, entry.line, what)
        taken[page.id] = entry.line
    return pages


class _Builder:
    """Gathers entries into chapters; `nesting` holds the entries that are open."""

    def __init__(self, pages: Mapping[int, _PageFile], *, numbered: bool) -> None:
        self.numbered = numbered
        self.counts: list[int] = []
        """The number of the last entry at each level, counted through all parts."""
        self.pages = pages
        self.taken = {page.id for page in pages.values()}
        self.part = ""
        self.chapters: list[Chapter] = []
        self.sections: list[Section] = []
        self.nesting: list[_SummaryLine] = []

    def begin(self, part: str) -> None:
        """Close the chapter at hand and open the next."""
        if self.sections:
            self.chapters.append(Chapter(self.part, tuple(self.sections)))
        self.part, self.sections, self.nesting = part, [], []

    def add(self, entry: _SummaryLine) -> None:
        """Add one entry to the chapter at hand."""
        while self.nesting and (not entry.listed or self.nesting[-1].text > entry.indent):
            self.nesting.pop()
        page = self.pages.get(entry.line)
        section_id = page.id if page else self._draft_id(entry.title)
        chapter = self.part or (self.nesting[0].title if self.nesting else "")
        path = page.path if page else None
        depth, number = len(self.nesting), self._number(entry)
        self.sections.append(
            Section(section_id, entry.title, chapter, path, depth, number, entry.parted)
        )
        if entry.listed:
            self.nesting.append(entry)

    def _number(self, entry: _SummaryLine) -> str:
        """The number of an entry, which those before and after the lists do not have."""
        if not (self.numbered and entry.listed):
            return ""
        level = len(self.nesting)
        self.counts[level:] = [self.counts[level] + 1 if level < len(self.counts) else 1]
        return ".".join(map(str, self.counts))

    def _draft_id(self, title: str) -> str:
        """An id for an entry without a page; nothing can refer to it, so any free one will do."""
        first = slug(title) or "draft"
        numbered = (f"{first}-{number}" for number in count(2))
        free = next(each for each in chain((first,), numbered) if each not in self.taken)
        self.taken.add(free)
        return free


def _lines(text: str, file: Path) -> Iterator[_SummaryLine | str]:
    """Each entry, and each part title; the file's own title, its first heading, is neither."""
    seen = parted = False
    for number, line in enumerate(blank_comments(text).split("\n"), 1):
        entry = _ENTRY.match(line)
        if entry:
            yield _entry(entry, number, parted=parted)
            parted = False
        elif part := _PART.match(line):
            if seen:
                yield _plain(part["title"])
        elif _SEPARATOR.match(line):
            parted = True
        elif _BULLET.match(line):
            raise ContentError(file, number, "no link here; write - [Title](page.md)")
        seen = seen or bool(line.strip())


def _entry(match: re.Match[str], line: int, *, parted: bool) -> _SummaryLine:
    address = match["angled"] if match["angled"] is not None else match["plain"]
    bullet = match["bullet"] or ""
    indent = len(match["indent"].expandtabs(_TAB_WIDTH))
    text = len((match["indent"] + bullet).expandtabs(_TAB_WIDTH))
    title, listed = _plain(match["title"]), bool(bullet)
    return _SummaryLine(line, title, unquote(address), indent, text, listed, parted)


def _plain(title: str) -> str:
    """A title, in one line and safe to show, without Markdown's escapes and emphasis marks."""
    if _MARKED.search(title):
        title = re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)[*`]", "", title))
    return one_line(html.unescape(title))
