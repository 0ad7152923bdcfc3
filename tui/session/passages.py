"""What stands around a match on its page, to be seen before the page is opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..handbook.blocks import PLAIN_TEXT, Block, Figure, Heading, Paragraph, Preformatted, Span
from ..handbook.model import Page, Section
from .matches import Matches
from .own_words import OwnHit

LONGEST = 700
"""Characters of a passage after which no other block begins: a line may be slow."""
SHORT = 250
"""Characters of a passage that goes on under the next smaller heading."""
LEAD = 2
"""Blocks that may stand between a heading and the match, for the passage to begin with the heading's first."""


class Passage(NamedTuple):
    """A piece of a page, as a page of its own."""

    page: Page
    marks: tuple[tuple[int, int, int], ...] = ()
    """The matches: the block's number here, first character, last character plus one."""


NOTHING = Passage(Page(Section("", "", "", None), ()))


def passage_around(found: Matches, page: Page) -> Passage:
    """The match at hand with its heading and what follows, under the title of its page."""
    places = found.here.places
    block = places[found.match].block if places else page.block_of(found.here.id.partition("#")[2])
    heading = _heading_above(page.blocks, block)
    first = heading + 1 if block - heading <= LEAD + 1 else block
    above = page.blocks[heading : heading + 1]
    level = above[0].level if above and isinstance(above[0], Heading) else 0
    shown = [*([0] if heading else []), heading, *_under(page.blocks, first, level)]
    shown = list(dict.fromkeys(number for number in shown if number < len(page.blocks)))
    blocks = tuple(page.blocks[number] for number in shown)
    marks = tuple(
        (shown.index(place.block), place.start, place.end)
        for place in places
        if place.block in shown
    )
    return Passage(Page(page.section, blocks), marks)


def own_passage(found: OwnHit) -> Passage:
    """What the reader wrote, whole, under what it is."""
    title = Heading(1, (Span(found.own.title),))
    page = Page(Section("own", "", "", None), (title, Paragraph((Span(found.own.text),))))
    return Passage(page, tuple((1, *span) for span in found.spans))


def _heading_above(blocks: Sequence[Block], at: int) -> int:
    above = [n for n, block in enumerate(blocks[: at + 1]) if isinstance(block, Heading)]
    return above[-1] if above else 0


def _under(blocks: Sequence[Block], first: int, level: int) -> list[int]:
    """The blocks from this one on, without drawings, that belong to a heading of this level."""
    found: list[int] = []
    length = 0
    for number in range(first, len(blocks)):
        block = blocks[number]
        if length > (SHORT if isinstance(block, Heading) else LONGEST):
            break
        if isinstance(block, Heading) and block.level <= level:
            break
        drawn = isinstance(block, Preformatted) and block.language == PLAIN_TEXT
        if not drawn and not isinstance(block, Figure):
            found.append(number)
            length += len(block.text)
    return found
