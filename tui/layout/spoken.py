"""Text for the ear and for braille: what stands in columns on a page is said one thing after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..handbook.blocks import Block, Paragraph, Rule, Span, Table
from ..handbook.model import Page


def without_tables(page: Page) -> Page:
    """The page with each row of a table as a paragraph of `Header: value`, and without rules."""
    blocks = (each for block in page.blocks for each in _spoken(block))
    return replace(page, blocks=tuple(blocks))


def _spoken(block: Block) -> Iterator[Block]:
    if isinstance(block, Rule):
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
