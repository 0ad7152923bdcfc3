"""A book as mdBook has built it, a folder of HTML: its contents, and the text of its pages."""

from __future__ import annotations

import html
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

from .blocks import Heading, Preformatted, slug
from .building import BlockBuilder, Resolve
from .errors import ContentError
from .files import LARGEST_FILE, lies_in, read_text
from .html_reader import TAG, attributes_of, feed
from .markdown import ParsedPage
from .model import BookSettings, Chapter, Handbook, Section
from .safe_text import one_line

SUFFIX = ".html"
"""How the names of its pages end."""

LARGEST_PAGE = 4 * LARGEST_FILE
"""Bytes; a page as it is built carries drawings and code for a browser."""

_MARK = "Book generated using mdBook"
"""What stands in each page of a built book."""
_CONTENTS = re.compile(r"<ol class=\"chapter\">.*?(?=</nav>|</body>|$)", re.DOTALL)
_TITLE = re.compile(r"<h1 class=\"menu-title\">(.*?)</h1>", re.DOTALL)
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_RIGHT_TO_LEFT = re.compile(r"<html\b[^>]*\bdir=\"rtl\"")


def is_built(folder: Path) -> bool:
    """Whether mdBook has built the book in a folder."""
    index = folder / "index.html"
    if not index.is_file():
        return False
    if (folder / "toc.html").is_file():
        return True
    with index.open(encoding="utf-8", errors="replace") as opened:
        return _MARK in opened.read(4000)


def load_built(folder: Path) -> Handbook:
    """The built book in a folder.

    Raises:
        ContentError: its files cannot be read, or list no page.
    """
    index = read_text(folder / "index.html", folder, largest=LARGEST_PAGE)
    toc = folder / "toc.html"
    listed = read_text(toc, folder, largest=LARGEST_PAGE) if toc.is_file() else index
    found = _CONTENTS.search(listed)
    contents = _Contents(folder)
    contents.read(found[0] if found else "")
    if not contents.chapters:
        raise ContentError(folder, None, "no list of its pages was found; build it again by mdBook")
    named = _TITLE.search(index)
    title = one_line(html.unescape(named[1])) if named else folder.resolve().name
    settings = BookSettings(title, right_to_left=bool(_RIGHT_TO_LEFT.search(index)))
    return Handbook(title, folder, tuple(contents.chapters), settings=settings, root=folder)


def parse_built(source: str, resolve: Resolve) -> ParsedPage:
    """The blocks of a page: what stands in its main part."""
    main = _MAIN.search(source)
    builder = BlockBuilder(resolve)
    feed(builder, main[1] if main else source)
    return ParsedPage(builder.finish(), (), builder.anchors)


def as_markdown(page: ParsedPage) -> str:
    """The words of a page as the index takes them: headings marked, code between fences."""
    texts: list[str] = []
    for block in page.blocks:
        if isinstance(block, Heading):
            texts.append(f"{'#' * block.level} {block.text}")
        elif isinstance(block, Preformatted):
            texts.append(f"```\n{block.text}\n```")
        else:
            texts.append(block.text)
    return "\n\n".join(texts)


class _Contents:
    """Reads the list of pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.chapters: list[Chapter] = []
        self.part = ""
        self.depth = -1
        self.address = ""
        self.words: list[str] = []
        """The text of the entry that is open."""
        self.number = ""
        self.is_part = self.parted = False
        """Whether the entry that is open is a part's title; whether a rule stands above the next."""
        self.at_number = self.at_fold = False
        """Whether the text at hand is the number of an entry, or the sign that folds it."""
        self.ids: set[str] = set()
        self.top = ""
        """The title of the last entry that lies under no other."""

    def read(self, source: str) -> None:
        """Read all of it."""
        at = 0
        for tag in TAG.finditer(source):
            self._take_text(html.unescape(source[at : tag.start()]))
            at = tag.end()
            name = (tag["name"] or "").lower()
            if tag["end"]:
                self._close(name)
            else:
                self._open(name, attributes_of(tag["attributes"] or ""))
        self._end_entry()

    def _take_text(self, text: str) -> None:
        if self.at_number:
            self.number += text.strip()
        elif not self.at_fold:
            self.words.append(text)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        classes = attributes.get("class", "")
        if name in ("li", "ol"):
            self._end_entry()
            self.depth += name == "ol"
            self.is_part = "part-title" in classes
            self.parted = self.parted or "spacer" in classes
        elif name == "a":
            self.at_fold = "toggle" in classes
            self.address = self.address or attributes.get("href", "")
        elif name == "strong" and attributes.get("aria-hidden"):
            self.at_number = True

    def _close(self, name: str) -> None:
        if name == "li":
            self._end_entry()
        elif name == "ol":
            self._end_entry()
            self.depth -= 1
        elif name == "a":
            self.at_fold = False
        elif name == "strong":
            self.at_number = False

    def _end_entry(self) -> None:
        """Take the entry that ends here, if any does."""
        title = one_line("".join(self.words))
        address, number = self.address, self.number.rstrip(".")
        self.words, self.address, self.number = [], "", ""
        if not title and not number:
            return
        if self.is_part:
            self.part, self.is_part = title, False
            self.chapters.append(Chapter(title, ()))
            return
        depth = max(self.depth, 0)
        self.top = title if depth == 0 else self.top
        path = self._path(address)
        section_id = self._free_id(path.removesuffix(SUFFIX) if path else slug(title) or "draft")
        section = Section(
            section_id, title, self.part or self.top, path, depth, number, self.parted
        )
        self.parted = False
        before = self.chapters.pop() if self.chapters else Chapter(self.part, ())
        self.chapters.append(Chapter(before.title, (*before.sections, section)))

    def _path(self, address: str) -> str | None:
        """The path of a page, if it is one of the book's that is there."""
        path = posixpath.normpath(unquote(address.partition("#")[0]))
        if path.startswith(("/", "..")) or not path.endswith(SUFFIX) or "\0" in path:
            return None
        file = self.folder / path
        return path if file.is_file() and lies_in(self.folder, file) else None

    def _free_id(self, wanted: str) -> str:
        free, number = wanted, 2
        while free in self.ids:
            free, number = f"{wanted}-{number}", number + 1
        self.ids.add(free)
        return free
