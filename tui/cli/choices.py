"""`bookmark` and `theme`: what a reader keeps of the book and chooses for its looks."""

from __future__ import annotations

from ..diary.errors import CannotRead
from ..handbook.errors import UnknownNameError
from ..handbook.lookup import find_section, nearest
from ..session.reading_state import THEMES
from .checklist import say_if_private
from .context import Context, UsageError


def bookmark(context: Context) -> int:
    """List the bookmarks; with a section, bookmark it or take its bookmark away."""
    name: str | None = context.option("section")
    remove: bool = context.option("remove", False)
    if name is None and remove:
        raise UsageError("name the section whose bookmark goes; `runtall bookmark` lists them")
    section = find_section(context.handbook, name) if name else None
    book = context.book_name
    kept = context.diary
    if kept.mode == "memory" and kept.trouble is not None:
        raise CannotRead(kept.trouble)
    if section is None:
        for each in kept.progress.bookmarks(book):
            known = context.handbook.get(each.section)
            context.output.write_table([(each.section, known.title if known else "(gone)")])
        return 0
    if remove:
        kept.progress.remove_bookmark(book, section.id)
        context.output.write(f"No longer bookmarked: {section.title}")
    else:
        kept.progress.add_bookmark(book, section.id)
        context.output.write(f"Bookmarked: {section.title}")
    say_if_private(context)
    context.keep_book_name()
    return 0


def theme(context: Context) -> int:
    """List the themes, the chosen one marked; with a name, choose it."""
    name: str | None = context.option("theme")
    if name is not None and name not in THEMES:
        raise UnknownNameError("theme", name, nearest(name, THEMES) or THEMES)
    kept = context.diary
    if name is None:
        chosen = kept.progress.theme()
        for each in THEMES:
            context.output.write(f"{each}{' (chosen)' if each == chosen else ''}")
        return 0
    kept.progress.keep_theme(name)
    context.output.write(f"The handbook opens in {name}.")
    say_if_private(context)
    return 0
