"""An address on a page → the section it leads to, by all the ways in which mdBook lets one write it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from .blocks import Link
from .model import Handbook, Section

_LIBRARY = re.compile(r"(?:std|core|alloc|proc_macro|test)(?:::|$)")
"""How the Rust books name what rustdoc documents."""
_DOWNLOADS = (".pdf", ".epub", ".zip", ".gz", ".tgz", ".svg", ".png", ".jpg", ".rs", ".txt", ".mp4")
_WEB = ("https:", "http:", "mailto:")
_INDEX = ("README.md", "index.md", "index.html")
"""The pages that stand for their folder."""


def resolve(handbook: Handbook, section: Section, address: str) -> Link:
    """Where an address on the page of `section` leads; see `why_not` where it leads nowhere."""
    plain = Link(address)
    if plain.external or address.startswith("//"):
        return plain
    path, anchor = _split(address)
    target = find_page(handbook, section, path) if path else section
    if handbook.settings.redirects and (anchor or target is None):
        old = _joined(section, path) if path else section.path or ""
        moved = redirected(handbook, old, anchor)
        if moved is not None:
            return moved
    return Link(address, target.id, anchor) if target else plain


def redirected(handbook: Handbook, path: str, anchor: str, *, steps: int = 5) -> Link | None:
    """Where a page, or a part of it, has moved to by the settings of the book; None if to nowhere.

    Args:
        handbook: The book.
        path: The page's path, relative to the book.
        anchor: The part of the page that is meant; empty for all of it.
        steps: How often what is found may have moved again.
    """
    redirects = handbook.settings.redirects
    stem = posixpath.splitext(path)[0]
    old = f"{stem.removesuffix('README')}index.html" if stem.endswith("README") else f"{stem}.html"
    new = redirects.get(f"{old}#{anchor}") if anchor else None
    if new is None:
        new = redirects.get(old)
        new = f"{new}#{anchor}" if new and anchor and "#" not in new else new
    if not new or not steps:
        return None
    if Link(new).external:
        return Link(new) if new.lower().startswith(_WEB) else None
    given, part = _split(new)
    there = Section("", "", "", old)
    joined = _joined(there, given) if given else old
    target = find_page(handbook, there, given or posixpath.basename(old))
    if target is None or part:
        again = redirected(handbook, joined, part, steps=steps - 1)
        if again is not None:
            return again
    return Link(new, target.id, part) if target else Link(f"/{joined}")


def find_page(handbook: Handbook, section: Section, path: str) -> Section | None:
    """The section whose page a path on the page of `section` names; None where there is none."""
    joined = _joined(section, path)
    if joined in handbook.by_path and not path.endswith("/"):
        return handbook.by_path[joined]
    found = (handbook.by_path.get(each) for each in _candidates(joined, path))
    page = next((each for each in found if each is not None), None)
    return handbook.first if page is None and joined == "index.html" else page


def leads_elsewhere(handbook: Handbook, section: Section, link: Link) -> bool:
    """Whether a link that no page of the book answers leads to another book, or to a file."""
    path = _joined(section, _split(link.address)[0])
    is_file = (handbook.folder / path).is_file() or _is_download(path)
    others = link.address.startswith("//") or bool(_LIBRARY.match(link.address))
    return others or _is_above(path) or is_file


def why_not(handbook: Handbook, section: Section, link: Link) -> str:
    """Why a link on the page of `section` cannot be followed, in a line."""
    path = _joined(section, _split(link.address)[0])
    if link.address.startswith("//"):
        return f"This leads to a web page: https:{link.address}"
    if _LIBRARY.match(link.address):
        return f"This leads to the documentation of Rust's library: {link.address}"
    if _is_above(path):
        return f"This leads to another book, not to a page of this one: {link.address}"
    if (handbook.folder / path).is_file():
        return f"This leads to a file of the book that is no page: {path}"
    if _is_download(path):
        return f"This leads to a file that is not here: {path}"
    return f"This book has no page {path}"


def _is_download(path: str) -> bool:
    """Whether a path is that of a file for another program, such as a PDF."""
    return posixpath.splitext(path)[1].lower() in _DOWNLOADS


def _is_above(path: str) -> bool:
    return path == ".." or path.startswith("../")


def _split(address: str) -> tuple[str, str]:
    """The path and the anchor of an address, without what a program would ask for between them."""
    path, _, anchor = address.partition("#")
    return unquote(path.partition("?")[0]), unquote(anchor)


def _joined(section: Section, path: str) -> str:
    """A path relative to the book; one that begins with a slash is so already."""
    here = "" if path.startswith("/") else posixpath.dirname(section.path or "")
    return posixpath.normpath(posixpath.join(here, path.lstrip("/")))


def _candidates(path: str, written: str) -> Iterator[str]:
    """The other paths that a page may have which is meant by a path, the likeliest first."""
    stem, suffix = posixpath.splitext(path)
    if suffix in (".html", ".md"):
        yield stem + (".md" if suffix == ".html" else ".html")
        folder, name = posixpath.split(stem)
        if name in ("index", "README"):
            yield from (posixpath.join(folder, each) for each in _INDEX)
    else:
        yield from (posixpath.normpath(posixpath.join(path, each)) for each in _INDEX)
        if not written.endswith("/"):
            yield from (f"{path}.md", f"{path}.html")
