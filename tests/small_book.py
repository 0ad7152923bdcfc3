"""Small books, written for one test."""

from collections.abc import Mapping
from pathlib import Path

from tui.handbook.blocks import Block
from tui.handbook.loading import Pages, load_handbook
from tui.handbook.model import Handbook, Page

SUMMARY = """# Summary

# First part

- [One](one.md)
- [Two](two.md)
"""
PAGES = {"one.md": "# One\n\nThe first page.\n", "two.md": "# Two\n\nThe second page.\n"}
"""Two pages, the pages of `SUMMARY`."""


def write_book(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a book of two pages with these files added or changed, and return its folder."""
    for name, text in {"SUMMARY.md": SUMMARY, **PAGES, **(files or {})}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def book(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Handbook:
    """A book of two pages with these files added or changed, loaded."""
    return load_handbook(write_book(folder, files))


def page_of(handbook: Handbook, section_id: str) -> Page:
    """One page of the book, read anew."""
    return Pages(handbook)[handbook.by_id[section_id]]


def blocks_of(folder: Path, text: str | bytes) -> tuple[Block, ...]:
    """The blocks of a page with this text, the page `one` of a book of two."""
    return page_of(book(folder, {"one.md": text}), "one").blocks
