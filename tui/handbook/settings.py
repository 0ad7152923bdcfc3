"""book.toml → what it says that bears on reading; the rest is for those who print or publish."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .files import toml_as_written, wrong_entry
from .model import PLAIN, BookSettings
from .safe_text import one_line

_UNDERSTOOD = frozenset(
    {"links", "index", "trpl-figure", "trpl-heading", "trpl-listing", "trpl-note"}
)
"""What mdBook does to its pages itself, and The Rust Book; so do we."""

_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"}
)
"""Languages that are written from right to left unless a book says otherwise."""


def read_settings(folder: Path) -> BookSettings:
    """The settings of the book in a folder; without a book.toml, those of a bare SUMMARY.md.

    Raises:
        ContentError: book.toml is not TOML, or title and src are not text.
    """
    file = folder / "book.toml"
    given = toml_as_written(file)
    if given is None:
        return PLAIN
    book = given.get("book", {})
    if not isinstance(book, dict):
        raise wrong_entry(file, "book", "book must be a table, [book]")
    title, source = book.get("title", ""), book.get("src", "src")
    for name, value in (("title", title), ("src", source)):
        if not isinstance(value, str):
            raise wrong_entry(file, name, f"{name} must be text in quotes")
    html = _table(given, "output", "html")
    hidden = _table(html, "code", "hidelines")
    smart = html.get("smart-punctuation", html.get("curly-quotes", True))
    return BookSettings(
        title,
        source,
        right_to_left=_is_right_to_left(book),
        smart_punctuation=smart is True,
        descriptions=html.get("definition-lists") is not False,
        alerts=html.get("admonitions") is not False,
        includes=_runs(given, "links"),
        numbered=html.get("no-section-label") is not True,
        hidden_lines={name: start for name, start in hidden.items() if isinstance(start, str)},
        preprocessors=tuple(
            each
            for each in _table(given, "preprocessor")
            if each not in _UNDERSTOOD and _runs(given, each)
        ),
        redirects=_redirects(html),
        searched=_searched(html),
    )


def _redirects(html: Mapping[str, Any]) -> dict[str, str]:
    moved = _table(html, "redirect").items()
    return {old.lstrip("/"): one_line(new) for old, new in moved if isinstance(new, str)}


def _searched(html: Mapping[str, Any]) -> dict[str, bool]:
    given = _table(html, "search", "chapter")
    return {
        posixpath.normpath(each): _table(given, each).get("enable") is not False for each in given
    }


def _runs(given: Mapping[str, Any], preprocessor: str) -> bool:
    """Whether a book's pages are to pass a preprocessor before they are shown in HTML."""
    if preprocessor not in _table(given, "preprocessor"):
        return _table(given, "build").get("use-default-preprocessors") is not False
    renderers = _table(given, "preprocessor", preprocessor).get("renderers")
    return not isinstance(renderers, list) or "html" in renderers


def _is_right_to_left(book: Mapping[str, Any]) -> bool:
    direction, language = book.get("text-direction"), str(book.get("language", ""))
    return direction == "rtl" or (
        direction is None and language.partition("-")[0].lower() in _RIGHT_TO_LEFT
    )


def _table(settings: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    """A table within tables; empty where there is none."""
    for name in path:
        inner = settings.get(name)
        settings = inner if isinstance(inner, dict) else {}
    return settings
