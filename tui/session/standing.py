"""Where the reader stands, in the few words that the status line has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .matches import Matches

if TYPE_CHECKING:
    from .ticked_list import TickedList


def standing(
    number: int,
    count: int,
    progress: int,
    listed: TickedList | None,
    found: Matches | None,
) -> str:
    """Such as `12/88 · 45%`; on a list how many are done, after a search which match it is.

    Args:
        number: The page's number in the book, from 1.
        count: The pages of the book.
        progress: How much of the page has been in sight, in percent.
        listed: The list that shows instead of the page.
        found: What a search found on this page.
    """
    if found is not None:
        where = f"match {found.label}"
    else:
        where = f"{progress}%" if listed is None else listed.count
    return f"{number}/{count} · {where}"
