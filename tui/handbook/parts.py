"""A part of a page: a heading and what stands under it."""

from __future__ import annotations

from collections.abc import Sequence

from .blocks import Block, Heading


def part_under(blocks: Sequence[Block], heading: str) -> tuple[Block, ...]:
    """The heading with these words, in any case, and all blocks up to the next of its level."""
    part: list[Block] = []
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            if part and block.level <= level:
                break
            if block.text.strip().casefold() == heading.casefold():
                level = block.level
        if level:
            part.append(block)
    return tuple(part)
