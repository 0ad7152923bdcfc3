"""A folder → a handbook, and its pages when they are first needed."""

from __future__ import annotations

import os
import posixpath
import re
import stat
import tomllib
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from .blocks import Block, Heading, Link, Paragraph, Span
from .errors import ContentError
from .markdown import FigureError, parse
from .model import Handbook, Page, Roles, Section
from .safe_text import visible
from .summary import read_contents

LARGEST_FILE = 1_000_000
"""Bytes; a larger page would keep its reader waiting and is refused."""

OWN_BOOK = Path(__file__).parents[2] / "content"
"""The handbook that comes with the program: the sibling of its code, in a checkout and installed."""

SELF_CHECK = "self-check.toml"
"""The name of the file that holds a book's self-check, beside its contents."""


def load_handbook(folder: Path) -> Handbook:
    """The book in `folder`: its contents and roles; pages are read when they are needed.

    Raises:
        ContentError: the folder holds no book, or a file that makes it one is wrong.
    """
    try:
        return _load(folder)
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise ContentError(error.filename or folder, None, what) from error


def _load(folder: Path) -> Handbook:
    if not folder.is_dir():
        raise ContentError(folder, None, "no such folder; --book takes a folder with SUMMARY.md")
    title, source = _book_toml(folder)
    summary = source / "SUMMARY.md"
    if not summary.is_file():
        raise ContentError(folder, None, "no SUMMARY.md in it; a book needs one, as mdBook has")
    _refuse_link_out(summary)
    settings = _settings(source / "runtall.toml")
    id_of = _stem if settings is not None else _path_without_suffix
    locate = partial(_locate, source, _markdown_files(source), summary)
    chapters = read_contents(read_text(summary), summary, locate, id_of)
    handbook = Handbook(title or folder.resolve().name, source, chapters)
    return _with_settings(handbook, source / "runtall.toml", settings or {})


class Pages:
    """The pages of a handbook, each read and parsed when it is first asked for."""

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        self._read: dict[str, Page] = {}

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
            return Page(section, (_title(section), why))

    def _parse(self, section: Section) -> Page:
        if section.path is None:
            note = Paragraph((Span("This page is not written yet."),))
            return Page(section, (_title(section), note))
        file = self._handbook.folder / section.path
        text = read_text(file, self._handbook.folder)
        try:
            blocks, comments = parse(text, partial(_resolve, self._handbook, section))
        except FigureError as error:
            raise ContentError(file, error.line, str(error)) from error
        if not blocks:
            blocks = (_title(section), Paragraph((Span("This page is empty."),)))
        elif not any(isinstance(block, Heading) and block.level == 1 for block in blocks):
            blocks = (_title(section), *blocks)
        return Page(section, blocks, comments)


def read_text(file: Path, book: Path | None = None) -> str:
    """The text of a file that lies in the folder `book`; without it, in the file's own folder.

    Raises:
        ContentError: it lies elsewhere, cannot be opened, is too large, or is not UTF-8.
    """
    try:
        data = _read(file, book or file.parent)
    except OSError as error:
        raise ContentError(file, None, f"cannot be read: {error.strerror}") from error
    if len(data) > LARGEST_FILE:
        what = f"larger than {LARGEST_FILE // 1_000_000} MB; split it into several pages"
        raise ContentError(file, None, what)
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ContentError(file, line, "not UTF-8; save the file as UTF-8 text") from error


def lines_with(file: Path, pattern: str) -> list[int]:
    """The numbers of the lines of a file where a pattern matches; `^` and `$` match at each line."""
    text = read_text(file)
    found = re.finditer(pattern, text, re.MULTILINE)
    return [text.count("\n", 0, match.start()) + 1 for match in found]


def _read(file: Path, book: Path) -> bytes:
    if not _lies_in(book, file):
        what = "a link out of the book's folder; put the file itself there"
        raise ContentError(file, None, what)
    if stat.S_IFMT(file.stat().st_mode) not in (stat.S_IFREG, stat.S_IFDIR):
        raise ContentError(file, None, "no ordinary file; put the text itself there")
    with file.open("rb") as opened:
        return opened.read(LARGEST_FILE + 1)


def read_toml(file: Path) -> dict[str, Any] | None:
    """What a TOML file of the book says, safe to show; None when there is no such file.

    Raises:
        ContentError: it is not TOML, or a link that leads out of the book.
    """
    settings = _settings(file)
    return None if settings is None else {key: _safe(value) for key, value in settings.items()}


def _safe(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [_safe(each) for each in value]
    return {key: _safe(each) for key, each in value.items()} if isinstance(value, dict) else value


def _settings(file: Path) -> dict[str, Any] | None:
    """What a TOML file says, as it is written: ids and a book's title are names in the diary."""
    if not file.exists():
        return None
    _refuse_link_out(file)
    text = read_text(file)
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        said = re.search(r"at line (\d+)", str(error))
        line = int(said[1]) if said else text.count("\n") + 1
        what = "nested too deep" if isinstance(error, RecursionError) else error
        raise ContentError(file, line, f"not TOML: {what}") from error


def wrong_entry(file: Path, name: str, what: str) -> ContentError:
    """The error that `what` is wrong in a TOML file, with the line that first sets `name`."""
    entry = re.compile(rf"\s*\[*\s*[\"']?{re.escape(name)}[\"']?\s*[].=]")
    lines = enumerate(read_text(file).split("\n"), 1)
    return ContentError(file, next((at for at, line in lines if entry.match(line)), None), what)


def _refuse_link_out(file: Path) -> None:
    if file.is_symlink() and not file.resolve().is_relative_to(file.parent.resolve()):
        raise ContentError(file, None, "a link out of the book's folder; put the file itself there")


def _title(section: Section) -> Block:
    return Heading(1, (Span(section.title),))


def _book_toml(folder: Path) -> tuple[str, Path]:
    """The book's title, and the folder that holds its SUMMARY.md."""
    file = folder / "book.toml"
    settings = _settings(file)
    if settings is None:
        return "", folder
    book = settings.get("book", {})
    if not isinstance(book, dict):
        raise wrong_entry(file, "book", "book must be a table, [book]")
    title, source = book.get("title", ""), book.get("src", "src")
    for name, value in (("title", title), ("src", source)):
        if not isinstance(value, str):
            raise wrong_entry(file, name, f"{name} must be text in quotes")
    if not _lies_in(folder, folder / source):
        raise wrong_entry(file, "src", f"src = “{source}” leads out of the book's folder")
    return title, folder / source


def _lies_in(folder: Path, file: Path) -> bool:
    """Whether a file lies in a folder, after all links on the way were followed."""
    return Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder))


def _markdown_files(source: Path) -> frozenset[str]:
    """The paths of all real Markdown files below `source`; links are not followed."""
    found: set[str] = set()
    for folder, _, names in os.walk(source):
        below = os.path.relpath(folder, source)
        prefix = "" if below == "." else f"{Path(below).as_posix()}/"
        found.update(prefix + name for name in names if name.endswith(".md"))
    return frozenset(found)


def _locate(source: Path, files: frozenset[str], summary: Path, address: str, line: int) -> str:
    """The path of a page that the contents name, checked to be a file inside the book."""
    path = posixpath.normpath(address)
    if path.startswith(("/", "..")) or not path.endswith(".md"):
        raise ContentError(summary, line, f"“{address}” is no .md file inside the book's folder")
    file = source / path
    linked = path in files and file.is_symlink()
    if path not in files or (linked and not file.exists()):
        raise ContentError(summary, line, f"there is no file {path}; make it or mend the link")
    if linked and not _lies_in(source, file):
        raise ContentError(summary, line, f"“{address}” is a link out of the book's folder")
    return path


def _resolve(handbook: Handbook, section: Section, address: str) -> Link:
    """Where an address on the page of `section` leads."""
    plain = Link(address)
    if plain.external:
        return plain
    path, _, anchor = unquote(address).partition("#")
    target: Section | None = section
    if path:
        here = posixpath.dirname(section.path or "")
        target = handbook.by_path.get(posixpath.normpath(posixpath.join(here, path)))
    return Link(address, target.id, anchor) if target else plain


def _with_settings(handbook: Handbook, file: Path, settings: dict[str, Any]) -> Handbook:
    """The handbook with the roles and renames of its runtall.toml, checked against its pages."""
    roles = _texts(settings, "roles", file)
    for role, page in roles.items():
        if role not in Roles._fields:
            what = f"unknown role “{role}”; known: {', '.join(sorted(Roles._fields))}"
            raise wrong_entry(file, role, what)
        if role != "gate_item" and page not in handbook.by_id:
            raise wrong_entry(file, role, f"role {role} names “{page}”, which is no page's id")
    renamed = _texts(settings, "renamed", file)
    return Handbook(handbook.title, handbook.folder, handbook.chapters, Roles(**roles), renamed)


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
