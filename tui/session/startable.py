"""What can be started from a page: itself, or the routines and exercises that it leads to."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from ..handbook.blocks import Link, Table, joined
from ..handbook.checklists import Item
from ..handbook.errors import HandbookError
from ..handbook.loading import Pages
from ..handbook.model import DOABLE, Handbook, Page, Section
from ..handbook.routines import routine_on
from .routine_words import minutes
from .ticked_list import is_about_danger

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Startable(NamedTuple):
    """A page that can be done, and what a list says of it."""

    section: Section
    words: str


class Here(NamedTuple):
    """Where the reader is: a page, and what is chosen on it."""

    page: Page
    link: Link | None = None
    item: Item | None = None


def startable_here(
    handbook: Handbook, pages: Pages, here: Here, weekday: int
) -> tuple[Startable, ...]:
    """What can be started: what the link or the item leads to; else this page, or what it links to.

    Of a page with a table of days, today's come first. Nothing is started from the page of red
    flags, or from an item that decides on the run, whatever they lead to.

    Args:
        handbook: The book.
        pages: Its pages.
        here: Where the reader is.
        weekday: Today, 0 for Monday.
    """
    page, item = here.page, here.item
    if page.section.id == handbook.roles.red_flags or (item and is_about_danger(handbook, item)):
        return ()
    for named in (_of_link(here), _of_item(item)):
        sections = [each for name in named if (each := _doable(handbook, name))]
        if sections:
            return _startable(handbook, pages, dict.fromkeys(sections), frozenset())
    if page.section.kind in DOABLE:
        return _startable(handbook, pages, [page.section], frozenset())
    names = _names_of_linked(handbook, page)
    row = _row_of(page, _DAYS[weekday])
    today = {each for each, texts in names.items() if any(text in row for text in texts)}
    ordered = sorted(names, key=lambda each: each not in today)
    return _startable(handbook, pages, map(handbook.by_id.__getitem__, ordered), today)


def _of_link(here: Here) -> tuple[str, ...]:
    return (here.link.section,) if here.link else ()


def _of_item(item: Item | None) -> tuple[str, ...]:
    """The routines that an item names, then those that it links to."""
    return (*item.routines, *(each.link.section for each in item.links)) if item else ()


def _doable(handbook: Handbook, name: str) -> Section | None:
    section = handbook.get(name)
    return section if section and section.path and section.kind in DOABLE else None


def _startable(
    handbook: Handbook, pages: Pages, sections: Iterable[Section], today: Container[str]
) -> tuple[Startable, ...]:
    return tuple(
        Startable(each, ("Today: " if each.id in today else "") + titled(handbook, pages, each))
        for each in sections
    )


def titled(handbook: Handbook, pages: Pages, section: Section) -> str:
    """The title of a page, with its minutes where it can be done and does not say them itself."""
    if "minute" in section.title:
        return section.title
    seconds = about_seconds(handbook, pages, section)
    return section.title if seconds is None else f"{section.title}, {minutes(seconds)}"


def about_seconds(handbook: Handbook, pages: Pages, section: Section) -> int | None:
    """About how long a page takes to be done; None where it cannot be, or is itself wrong."""
    try:
        found = routine_on(handbook, pages, section)
    except HandbookError:
        return None
    return found.about_seconds() if found else None


def _names_of_linked(handbook: Handbook, page: Page) -> dict[str, list[str]]:
    """How a page calls the routines and exercises that it links to, by their ids, in its order."""
    names: dict[str, list[str]] = {}
    for placed in page.links:
        section = _doable(handbook, placed.link.section)
        if section is not None:
            names.setdefault(section.id, []).append(placed.text.casefold())
    return names


def _row_of(page: Page, day: str) -> str:
    """What the tables of a page have for a day of the week."""
    return "\n".join(_rows_of(page, day)).casefold()


def _rows_of(page: Page, day: str) -> Iterator[str]:
    for block in page.blocks:
        if isinstance(block, Table):
            for first, *rest in block.rows:
                if joined(first).strip() == day:
                    yield from map(joined, rest)
