"""A folder → a handbook, and its pages when they are first needed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from .blocks import Block, Heading, Link, Paragraph, Span, slug
from .errors import ContentError
from .files import lies_in, read_text, refuse_link_out, toml_as_written, wrong_entry
from .links import resolve
from .markdown import FigureError, ParsedPage, parse
from .model import BookSettings, Handbook, Page, Roles, Section
from .page_files import PageFinder
from .safe_text import one_line
from .settings import read_settings
from .summary import read_contents

OWN_BOOK = Path(__file__).parents[2] / "content"
"""The handbook that comes with the program: the sibling of its code, in a checkout and installed."""

HTML = ".html"
"""How the names of pages end that mdBook has built."""

SELF_CHECK = "self-check.toml"
"""The name of the file that holds a book's self-check, beside its contents."""


_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]+\S.*$", re.MULTILINE)
"""A line that says where links lead, and is not shown."""
_TAG = re.compile(r"<[^<>]*+>")
_FRONT_MATTER = re.compile(r"---\n(?:[\w-]+:[^\n]*\n){1,40}?---\n")
"""What other programs keep at the top of a page, which is none of its text."""


def load_handbook(book: Path) -> Handbook:
    """The book in a folder: its contents and roles; pages are read when they are needed.

    The folder may also be named by its book.toml, its SUMMARY.md, or the folder of that.

    Raises:
        ContentError: the folder holds no book, or a file that makes it one is wrong.
    """
    try:
        return _load(_folder_of(book))
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise ContentError(error.filename or book, None, what) from error


def _folder_of(book: Path) -> Path:
    """The folder of a book that was named by one of the files, or the folder of pages, that make it one."""
    if book.name == "book.toml":
        return book.parent
    pages = book.parent if book.name == "SUMMARY.md" else book
    around = pages.absolute().parent
    if (pages / "book.toml").exists() or not (around / "book.toml").exists():
        return pages
    try:
        within = (around / read_settings(around).source).resolve() == pages.resolve()
    except ContentError:
        within = False
    return around if within else pages


def _load(folder: Path) -> Handbook:
    if not folder.is_dir():
        raise ContentError(folder, None, "no such folder; --book takes a folder with SUMMARY.md")
    book = read_settings(folder)
    source = folder / book.source
    if not lies_in(folder, source):
        what = f"src = “{book.source}” leads out of the book's folder"
        raise wrong_entry(folder / "book.toml", "src", what)
    summary = source / "SUMMARY.md"
    if not summary.is_file() and (folder / "index.html").is_file():
        from .built_books import is_built, load_built  # noqa: PLC0415 - most books are Markdown

        if is_built(folder):
            return load_built(folder)
    if not summary.is_file():
        raise ContentError(folder, None, "no SUMMARY.md in it; a book needs one, as mdBook has")
    refuse_link_out(summary)
    title = book.title or folder.resolve().name
    settings = toml_as_written(source / "runtall.toml")
    finder = PageFinder(source, summary, strict=settings is not None)
    id_of = _stem if settings is not None else _path_without_suffix
    chapters = read_contents(
        read_text(summary), summary, finder.locate, id_of, numbered=book.numbered
    )
    if not chapters:
        chapters = finder.every_page()
    notes = (*finder.notes(), *_notes_on(book))
    handbook = Handbook(title, source, chapters, settings=book, root=folder, notes=notes)
    return _with_settings(handbook, source / "runtall.toml", settings or {})


def _notes_on(book: BookSettings) -> Iterator[str]:
    if book.preprocessors:
        yield (
            f"Made with {', '.join(map(one_line, book.preprocessors))}, which does not run here; "
            "some signs on its pages are for it"
        )


class Pages:
    """The pages of a handbook, each read and parsed when it is first asked for."""

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        self._read: dict[str, Page] = {}
        self._titles: dict[str, str] = {}
        """The titles that pages give themselves, by the id of the section."""
        self.included: set[Path] = set()
        """The files that the pages read so far include."""

    def __getitem__(self, section: Section) -> Page:
        """The page of `section`.

        Raises:
            ContentError: the file cannot be read as text, or is too large.
        """
        page = self._read.get(section.id)
        if page is None:
            page = self._read[section.id] = self._parse(section)
        return page

    def or_explanation(self, section: Section) -> Page:
        """The page of `section`, or where it cannot be shown, a page that says why."""
        try:
            return self[section]
        except ContentError as error:
            why = Paragraph((Span(f"This page cannot be shown. {error}"),))
            return Page(section, (_title(section.title), why))

    def markdown(self, section: Section) -> str:
        """The text of a page as it is written, with what its tags include; empty for a draft.

        Raises:
            ContentError: the file cannot be read as text, or is too large.
        """
        if section.path is None:
            return ""
        file = self._handbook.folder / section.path
        text = read_text(file, self._handbook.folder)
        if "{{" in text and self._handbook.settings.includes:
            from .includes import expanded  # noqa: PLC0415 - our own book includes nothing

            text, files, title = expanded(text, file, self._handbook.root or self._handbook.folder)
            self.included |= files
            self._titles[section.id] = title
        return _FRONT_MATTER.sub("", text, count=1) if text.startswith("---\n") else text

    def searchable(self, section: Section) -> str:
        """The text of a page as its index needs it: without what is not shown.

        Raises:
            ContentError: the file cannot be read as text, or is too large.
        """
        if section.path is not None and section.path.endswith(HTML):
            from .built_books import as_markdown  # noqa: PLC0415 - most books are Markdown

            return as_markdown(self._parse_html(section))
        if section.path is not None and not self._handbook.settings.searches(section.path):
            return ""
        text = self.markdown(section)
        if "hidden" in text and any("hidden" in tag for tag in _TAG.findall(text)):
            from .built_books import as_markdown  # noqa: PLC0415 - few pages hide a part of them

            return as_markdown(self._parse_markdown(section))
        if "]:" in text:
            text = _DEFINITION.sub("", text)
        if "```" in text or "~~~" in text:
            from .code_blocks import without_hidden_lines  # noqa: PLC0415 - few pages hold code

            text = without_hidden_lines(text, self._handbook.settings.hidden_lines)
        return text

    def _parse(self, section: Section) -> Page:
        if section.path is None:
            note = Paragraph((Span("This page is not written yet."),))
            return Page(section, (_title(section.title), note))
        if section.path.endswith(HTML):
            return self._finished(section, self._parse_html(section))
        return self._finished(section, self._parse_markdown(section))

    def _parse_markdown(self, section: Section) -> ParsedPage:
        text = self.markdown(section)
        try:
            return parse(text, partial(self._resolve, section), self._handbook.settings)
        except FigureError as error:
            file = self._handbook.folder / (section.path or "")
            raise ContentError(file, error.line, str(error)) from error

    def _resolve(self, section: Section, address: str) -> Link:
        link = resolve(self._handbook, section, address)
        if link.leads or not self._rules:
            return link
        from .rules import link_to_rule  # noqa: PLC0415 - one book has rules

        return link_to_rule(self._rules, address) or link

    @cached_property
    def _rules(self) -> Mapping[str, str]:
        """The rules of a specification, each with the id of its section; none in most books."""
        if not self._handbook.settings.has_rules:
            return {}
        from .rules import rules_of  # noqa: PLC0415 - one book has rules

        return rules_of(self._handbook, self.markdown)

    def _parse_html(self, section: Section) -> ParsedPage:
        from .built_books import LARGEST_PAGE, parse_built  # noqa: PLC0415 - most books are Markdown

        file = self._handbook.folder / (section.path or "")
        text = read_text(file, self._handbook.folder, largest=LARGEST_PAGE)
        return parse_built(text, partial(resolve, self._handbook, section))

    def _finished(self, section: Section, parsed: ParsedPage) -> Page:
        page = _with_title(section, parsed, self._titles.get(section.id) or section.title)
        return replace(page, right_to_left=self._handbook.settings.right_to_left)


def _with_title(section: Section, parsed: ParsedPage, title: str) -> Page:
    """The page, with this title where it has none of its own."""
    blocks, comments, anchors = parsed
    if not blocks:
        blocks = (_title(title), Paragraph((Span("This page is empty."),)))
    elif not any(isinstance(block, Heading) and block.level == 1 for block in blocks):
        first = blocks[0]
        if isinstance(first, Heading) and _alike(first.text, title):
            blocks = (first._replace(level=1), *blocks[1:])
        else:
            blocks = (_title(title), *blocks)
            anchors = {name: block + 1 for name, block in anchors.items()}
    return Page(section, blocks, comments, anchors)


def _alike(heading: str, title: str) -> bool:
    """Whether a heading says no more than a title does."""
    return slug(heading).casefold() == slug(title).casefold()


def _title(title: str) -> Block:
    return Heading(1, (Span(title),))


def _with_settings(handbook: Handbook, file: Path, settings: dict[str, Any]) -> Handbook:
    """The handbook with the roles and renames of its runtall.toml, checked against its pages."""
    roles = _texts(settings, "roles", file)
    for role, page in roles.items():
        if role not in Roles._fields:
            what = f"unknown role “{role}”; known: {', '.join(sorted(Roles._fields))}"
            raise wrong_entry(file, role, what)
        if not role.endswith("_item") and page not in handbook.by_id:
            raise wrong_entry(file, role, f"role {role} names “{page}”, which is no page's id")
    renamed = _texts(settings, "renamed", file)
    return replace(handbook, roles=Roles(**roles), renamed=renamed)


def _texts(settings: dict[str, Any], table: str, file: Path) -> dict[str, str]:
    values = settings.get(table, {})
    if not isinstance(values, dict):
        raise wrong_entry(file, table, f"{table} must be a table, [{table}]")
    for name, value in values.items():
        if not isinstance(value, str):
            raise wrong_entry(file, name, f'[{table}] must hold lines such as name = "page-id"')
    return values


def _stem(path: str) -> str:
    return posixpath.basename(path).removesuffix(".md")


def _path_without_suffix(path: str) -> str:
    return path.removesuffix(".md")
