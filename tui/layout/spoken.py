"""Text for the ear and for braille: what stands in columns is said one thing after the other, drawings not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..handbook.blocks import Block, ListItem, Paragraph, Preformatted, Rule, Span, Table
from ..handbook.model import Page

_DRAWN = re.compile("[\u2500-\u259f]")
_STATES = {"[x]": "done:", "[-]": "skipped:", "[ ]": "open:"}


def for_the_ear(page: Page, *, states: bool = False) -> Page:
    """The page with each row of a table as a paragraph of `Header: value`, without what is drawn.

    Args:
        page: As it is read.
        states: Whether a box says how an item stands; else it is the beginning of an item.
    """
    blocks = (each for block in page.blocks for each in _spoken(block))
    return replace(page, blocks=tuple(_without_box(each, states) for each in blocks))


def _without_box(block: Block, states: bool) -> Block:
    inside = tuple(
        each._replace(marker=_STATES[each.marker] if states else "-")
        if isinstance(each, ListItem) and each.marker in _STATES
        else each
        for each in block.inside
    )
    return block._replace(inside=inside)


def _spoken(block: Block) -> Iterator[Block]:
    if isinstance(block, Rule):
        return
    if isinstance(block, Preformatted) and _DRAWN.search(block.text):
        yield Paragraph((Span("(A drawing stands here.)"),), block.inside)
        return
    if not isinstance(block, Table) or len(block.rows) < 2:
        yield block
        return
    header, *rows = block.rows
    for row in rows:
        spans: list[Span] = []
        for name, cell in zip(header, row, strict=False):
            if cell:
                spans += [
                    *([Span(". ")] if spans else []),
                    *name,
                    *([Span(": ")] if name else []),
                    *cell,
                ]
        yield Paragraph(tuple(spans), block.inside)
