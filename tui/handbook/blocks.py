"""A page's text: blocks with inline spans, as frozen values; named tuples are quick to define and make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Flag, auto
from typing import NamedTuple


class Style(Flag):
    """How a stretch of text stands out from the text around it."""

    PLAIN = 0
    STRONG = auto()
    EMPHASIS = auto()
    CODE = auto()
    STRIKE = auto()
    NOW = auto()
    """A sign of danger that needs an emergency call; used for nothing else."""
    TODAY = auto()
    """A sign of danger that needs care today; used for nothing else."""


class Link(NamedTuple):
    """Where a stretch of text leads: to a section of this book, or else to an address."""

    address: str
    """The address as the page gives it."""
    section: str = ""
    """The id of the section it leads to; empty when it is none of this book's."""
    anchor: str = ""
    """The heading it leads to, as a slug."""

    @property
    def external(self) -> bool:
        """Whether it leads out of the book, to a web page or a mail address."""
        return re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", self.address) is not None

    @property
    def leads(self) -> bool:
        """Whether there is anything where it leads."""
        return bool(self.section) or self.external


class Span(NamedTuple):
    """A stretch of text with one style and one link; a line break is a newline."""

    text: str
    style: Style = Style.PLAIN
    link: Link | None = None


class Quote(NamedTuple):
    """A block quote around a block."""

    marker: str = ">"
    """What stands before each of its lines in Markdown."""


class ListItem(NamedTuple):
    """A list item around a block."""

    marker: str
    """What stands before it: `-`, `3.`, `[ ]` or `[x]`."""
    opens: bool
    """Whether the block is the item's first, the one that carries the marker."""
    tight: bool
    """Whether the items of the list stand without blank lines between them."""


class Description(NamedTuple):
    """An entry of a list of descriptions around a block: the term, or what is said of it."""

    term: bool
    opens: bool
    """Whether the block is the entry's first."""
    named: bool = False
    """Whether its author gave it a name for links."""


Container = Quote | ListItem | Description


class Heading(NamedTuple):
    """A heading; `level` 1 is the page's title."""

    level: int
    spans: tuple[Span, ...]
    inside: tuple[Container, ...] = ()
    named: bool = False
    """Whether its author gave it a name for links, in place of its words."""

    @property
    def anchor(self) -> str:
        """The name that a link to this heading uses."""
        return slug(self.text)

    @property
    def text(self) -> str:
        """The words alone."""
        return joined(self.spans)


class Paragraph(NamedTuple):
    """Running text; also what a list item or a footnote holds."""

    spans: tuple[Span, ...]
    inside: tuple[Container, ...] = ()
    comments: tuple[str, ...] = ()
    """HTML comments that stand in it, which are shown nowhere."""

    @property
    def text(self) -> str:
        """The words alone."""
        return joined(self.spans)


PLAIN_TEXT = "text"
"""The language of what is no code, such as a drawing."""


class Preformatted(NamedTuple):
    """Text whose lines and spaces stand as they are."""

    text: str
    inside: tuple[Container, ...] = ()
    language: str = ""
    """What it is written in, where its author says so."""
    remark: str = ""
    """What its author says of the code, such as that it does not compile."""
    whole: str = ""
    """The text with the lines that are not shown; empty where all are."""

    @property
    def described(self) -> str:
        """Its language, and what is said of it; nothing of what is text and no code."""
        language = "" if self.language == PLAIN_TEXT else self.language
        return ", ".join(each for each in (language, self.remark) if each)


class Figure(NamedTuple):
    """A drawing of one or several poses, and the sentence that says the same in words."""

    caption: str
    poses: tuple[str, ...]
    """Each pose as lines; they stand side by side where there is room."""
    inside: tuple[Container, ...] = ()

    @property
    def text(self) -> str:
        """The words alone: those who cannot see the drawing are told the caption."""
        return self.caption


class Table(NamedTuple):
    """Rows of cells, each cell a tuple of spans; the first row is the header."""

    rows: tuple[tuple[tuple[Span, ...], ...], ...]
    inside: tuple[Container, ...] = ()
    aligned: tuple[str, ...] = ()
    """For each column `right`, `center` or nothing; empty where all begin at the left."""

    @property
    def text(self) -> str:
        """The words alone: cells parted by a tab, rows by a line break."""
        return "\n".join("\t".join(joined(cell) for cell in row) for row in self.rows)


class Rule(NamedTuple):
    """A line that parts what is above from what is below."""

    inside: tuple[Container, ...] = ()
    text: str = ""


Block = Heading | Paragraph | Preformatted | Figure | Table | Rule


def joined(spans: tuple[Span, ...]) -> str:
    """The text of the spans, without their styles."""
    return "".join(span.text for span in spans)


_STAND_IN = re.compile(r"<U\+[0-9A-F]{4,5}>")
"""What a format character is shown as: it is no part of a name."""


def slug(text: str) -> str:
    """The anchor of a heading, as GitHub and mdBook make it: lower case, no punctuation, hyphens."""
    kept = "".join(c for c in _STAND_IN.sub("", text).strip().lower() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")


def spans_of(block: Block) -> Iterator[tuple[int, Span]]:
    """Each span of a block with its place in the block's text, in characters."""
    if isinstance(block, Heading | Paragraph):
        yield from _placed(block.spans, 0)
    elif isinstance(block, Table):
        at = 0
        for row in block.rows:
            for cell in row:
                yield from _placed(cell, at)
                at += len(joined(cell)) + 1


def _placed(spans: tuple[Span, ...], at: int) -> Iterator[tuple[int, Span]]:
    for span in spans:
        yield at, span
        at += len(span.text)


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
