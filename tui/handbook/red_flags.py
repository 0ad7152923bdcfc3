"""The page of red flags at a glance: the signs of its most urgent levels, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .blocks import Block, Description, ListItem, Paragraph, Span, Style, part_under
from .model import Page

LEVELS = {"NOW": Style.NOW, "TODAY": Style.TODAY}
"""The parts of the page that are shown at a glance, the most urgent first, and their looks."""


def at_a_glance(page: Page) -> tuple[Block, ...]:
    """For each urgent level what it asks for, with its signs as a list; none if a level is missing.

    A level is a heading with its name; what it asks for is the paragraph under it, and a sign is
    what an item of its list has in bold at its beginning.
    """
    levels = [_level(name, part_under(page.blocks, name)) for name in LEVELS]
    return tuple(block for level in levels for block in level) if all(levels) else ()


def _level(name: str, part: Sequence[Block]) -> tuple[Paragraph, ...]:
    paragraphs = [each for each in part if isinstance(each, Paragraph)]
    asked = next((each.text for each in paragraphs if not _in_list(each)), "")
    signs = list(_signs(paragraphs))
    if not asked or not signs:
        return ()
    words = Span(f"{name}: {asked.removeprefix(f'{name} means ')}", Style.STRONG | LEVELS[name])
    item = ListItem("-", opens=True, tight=True)
    return (
        Paragraph((words,), inside=(Description(term=True, opens=True),)),
        *(Paragraph((Span(sign),), inside=(item,)) for sign in signs),
    )


def _signs(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for each in paragraphs:
        if _in_list(each) and each.spans and Style.STRONG in each.spans[0].style:
            yield each.spans[0].text.strip().rstrip(".")


def _in_list(block: Block) -> bool:
    return any(isinstance(around, ListItem) for around in block.inside)
