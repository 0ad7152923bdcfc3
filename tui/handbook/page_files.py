"""The files of a book's pages: those that its SUMMARY.md names, or all that there are."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from pathlib import Path

from .errors import ContentError
from .files import lies_in
from .model import Chapter, Section
from .safe_text import one_line

_FEW = 5
"""So many names of pages are given in one sentence."""


class PageFinder:
    """Finds pages; in a book written for us, a page that is missing is an error."""

    def __init__(self, source: Path, summary: Path, *, strict: bool) -> None:
        self._source = source
        self._summary = summary
        self._strict = strict
        self._files = frozenset(_markdown_files(source))
        self._missing: list[str] = []
        self._unlisted = False

    def locate(self, address: str, line: int) -> str | None:
        """The path of a page that a line of the contents names; None where it is not written yet.

        Raises:
            ContentError: it lies outside the book, or is missing where it may not be.
        """
        path = posixpath.normpath(address)
        if not self._strict and "." not in posixpath.basename(path) and f"{path}.md" in self._files:
            path = f"{path}.md"
        if (
            path.startswith(("/", ".."))
            or not path.endswith(".md")
            or "\0" in path
            or "://" in address
        ):
            what = f"“{address}” is no .md file inside the book's folder"
            raise ContentError(self._summary, line, what)
        file = self._source / path
        if path in self._files and not file.is_symlink():
            return path
        if path in self._files and file.exists():
            if lies_in(self._source, file):
                return path
            what = f"“{address}” is a link out of the book's folder"
            raise ContentError(self._summary, line, what)
        if self._strict or not _is_free(file):
            what = f"there is no file {path}; make it or mend the link"
            raise ContentError(self._summary, line, what)
        self._missing.append(path)
        return None

    def every_page(self) -> tuple[Chapter, ...]:
        """All pages in the order of their paths, as the contents of a book that lists none.

        Raises:
            ContentError: there is none.
        """
        paths = sorted(self._files - {self._summary.name})
        if self._strict or not paths:
            what = "it lists no page; add a line such as - [Title](page.md)"
            raise ContentError(self._summary, None, what)
        self._unlisted = True
        named = ((path, path.removesuffix(".md")) for path in paths)
        return (
            Chapter("", tuple(Section(name, one_line(name), "", path) for path, name in named)),
        )

    def notes(self) -> Iterator[str]:
        """What a reader should know of the pages."""
        if self._missing:
            names = ", ".join(map(one_line, self._missing[:_FEW]))
            more = len(self._missing) - _FEW
            rest = f" and {more} more" if more > 0 else ""
            yield f"Not written yet, though in the contents: {names}{rest}"
        if self._unlisted:
            yield "SUMMARY.md lists no page: all pages are shown, in the order of their names"


def _is_free(file: Path) -> bool:
    """Whether a page may still be written there."""
    try:
        file.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _markdown_files(source: Path) -> Iterator[str]:
    """The paths of all real Markdown files below `source`; links are not followed."""
    for folder, _, names in os.walk(source):
        below = os.path.relpath(folder, source)
        prefix = "" if below == "." else f"{Path(below).as_posix()}/"
        yield from (prefix + name for name in names if name.endswith(".md"))
