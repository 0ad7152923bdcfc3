"""`toc`, `read`, `open` with no terminal, and `red-flags`: the book as text."""

from __future__ import annotations

from collections.abc import Sequence

from ..handbook.blocks import part_under
from ..handbook.errors import UnknownNameError
from ..handbook.lookup import find_section
from ..handbook.model import Page, Section
from ..handbook.red_flags import at_a_glance
from ..layout.spoken import for_the_ear
from ..layout.typesetting import PLAIN_RULE, typeset
from ..layout.wrapping import MEASURE
from ..session.startable import about_seconds, titled
from .context import Context, UsageError
from .prompts import remark

NARROWEST, WIDEST = 20, 400
"""Columns that `--width` takes."""


def toc(context: Context) -> int:
    """List the contents."""
    if context.option("json"):
        context.output.write_json(
            [
                {
                    "id": each.id,
                    "title": each.title,
                    "chapter": each.chapter,
                    "path": each.path,
                    "kind": each.kind.value,
                    "number": each.number or None,
                    "seconds": about_seconds(context.handbook, context.pages, each),
                }
                for each in context.handbook.sections
            ]
        )
    else:
        write_contents(context, ids=context.option("ids", False))
    return 0


def how_to_read(context: Context) -> int:
    """With no terminal to open the handbook on: the contents, and how to read on."""
    write_contents(context)
    context.output.write(
        '\nRead a section with: runtall read "TITLE" (or its id: runtall toc --ids)\n'
        "All of them: runtall read --all\n"
        "On a terminal, runtall opens the handbook. Every command: runtall --help"
    )
    return 0


def write_contents(context: Context, *, ids: bool = False) -> None:
    """Write each chapter with its sections, each before the id that opens it if that is asked for.

    What is to be known of the book follows.
    """
    context.output.write(context.handbook.title)
    for chapter in context.handbook.chapters:
        context.output.write(f"\n{chapter.title}" if chapter.title else "")
        for each in chapter.sections:
            if each.parted and not context.linear and each is not chapter.sections[0]:
                context.output.write(f"  {PLAIN_RULE}")
            draft = "" if each.path else " (not written yet)"
            indent = "  " * (each.depth + 1)
            number = f"{each.number} " if each.number else ""
            title = titled(context.handbook, context.pages, each)
            row = (f"{number}{title}{draft}", *([each.id] if ids else []))
            context.output.write_table([row], indent=indent)
    for note in context.handbook.notes:
        context.output.write(f"\n{note}")


def open_section(context: Context) -> int:
    """Print the section; the handbook itself opens only on a terminal."""
    section = find_section(context.handbook, context.arguments.section)
    _write_page(context, context.pages[section], _width(context))
    return 0


def read(context: Context) -> int:
    """Print sections, one after another."""
    width = _width(context)
    sections = _asked_for(context)
    if context.option("json"):
        context.output.write_json([_as_json(context, each) for each in sections])
        return 0
    notes = []
    for index, section in enumerate(sections):
        if index:
            context.output.write("\n")
        page = context.pages[section]
        _write_page(context, page, width)
        notes += [page.note] if page.note else []
    for note in notes[:1]:
        remark(context, note)
    return 0


def red_flags(context: Context) -> int:
    """Print when to stop and get help: the signs at a glance and the page, or one level of it."""
    section = context.handbook.get(context.handbook.roles.red_flags)
    if section is None:
        raise UsageError("this book names no page of red flags in its runtall.toml")
    page = context.pages[section]
    level = context.option("level")
    if level:
        page = Page(section, part_under(page.blocks, level))
        if not page.blocks:
            raise UnknownNameError("part of the page of red flags", level.upper())
    else:
        page = Page(section, (*at_a_glance(page), *page.blocks))
    _write_page(context, page, _width(context))
    return 0


def _asked_for(context: Context) -> Sequence[Section]:
    names: list[str] = context.arguments.section
    if context.option("all"):
        return context.handbook.readable
    if not names:
        raise UsageError("name a section, or give --all; `runtall toc` lists them")
    return [find_section(context.handbook, name) for name in names]


def _width(context: Context) -> int:
    width: int | None = context.option("width")
    if width is None:
        return min(context.output.columns, MEASURE)
    if not NARROWEST <= width <= WIDEST:
        raise UsageError(f"--width takes {NARROWEST} to {WIDEST} columns")
    return width


def _write_page(context: Context, page: Page, width: int) -> None:
    page = for_the_ear(page) if context.linear else page
    context.output.write_lines(typeset(page, width, fenced=True).lines)


def _as_json(context: Context, section: Section) -> dict[str, object]:
    page = context.pages[section]
    linked = dict.fromkeys(each.link.section for each in page.links if each.link.section)
    targets = [context.handbook.by_id[each] for each in linked]
    return {
        "id": section.id,
        "title": section.title,
        "chapter": section.chapter,
        "kind": section.kind.value,
        "text": page.text,
        "links": [{"id": each.id, "title": each.title} for each in targets],
    }
