"""What a handbook is made of: chapters of sections in their order, and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from .blocks import Block, Description, Heading, Link, Preformatted, Style, slug, spans_of


class Kind(StrEnum):
    """What a page is for; its top folder says it."""

    SECTION = "section"
    CHECKLIST = "checklist"
    EXERCISE = "exercise"
    ROUTINE = "routine"
    REFERENCE = "reference"


DOABLE = (Kind.ROUTINE, Kind.EXERCISE)
"""The kinds of page that can be done."""


class Section(NamedTuple):
    """One entry of the contents: a page, or a draft that has none yet."""

    id: str
    title: str
    chapter: str
    path: str | None
    """Relative to the book; None for a draft."""
    depth: int = 0
    """How deep the contents nest it under the sections before it."""
    number: str = ""
    """Such as `4.2`, where the book numbers its pages."""
    parted: bool = False
    """Whether the contents draw a rule above it."""

    @property
    def numbered_title(self) -> str:
        """The title behind its number."""
        return f"{self.number} {self.title}" if self.number else self.title

    @property
    def kind(self) -> Kind:
        """What the page is for, from its top folder."""
        top = (self.path or "").split("/", 1)[0]
        return _KIND_OF_FOLDER.get(top, Kind.SECTION)


_KIND_OF_FOLDER = {
    "checklists": Kind.CHECKLIST,
    "exercises": Kind.EXERCISE,
    "routines": Kind.ROUTINE,
    "reference": Kind.REFERENCE,
}


class Chapter(NamedTuple):
    """Sections that stand together in the contents under one part title, which may be empty."""

    title: str
    sections: tuple[Section, ...]


class Roles(NamedTuple):
    """Which pages and items play a part of their own; empty where the book has none."""

    first_page: str = ""
    red_flags: str = ""
    checklist: str = ""
    gate_item: str = ""
    body_map: str = ""
    self_check: str = ""
    distance_item: str = ""
    climb_page: str = ""
    cadence_page: str = ""
    pause_page: str = ""
    sources: str = ""


class BookSettings(NamedTuple):
    """The settings of a book; mdBook's own defaults where it says nothing."""

    title: str = ""
    source: str = "."
    """The folder that holds its SUMMARY.md, relative to that of book.toml."""
    right_to_left: bool = False
    smart_punctuation: bool = False
    """Whether straight quotes, `--` and `...` are to be shown as printers set them."""
    descriptions: bool = True
    """Whether `: ` at the beginning of a line says what the line above it means."""
    alerts: bool = True
    """Whether `[!NOTE]` at the beginning of a quote makes it an alert."""
    includes: bool = True
    """Whether tags such as `{{#include …}}` stand for what they name."""
    numbered: bool = False
    """Whether the contents number their pages."""
    hidden_lines: Mapping[str, str] = MappingProxyType({})
    """For a language, what begins the lines of its code that are not to be shown."""
    preprocessors: tuple[str, ...] = ()
    """Programs that change the pages before they are shown elsewhere; here none is run."""
    redirects: Mapping[str, str] = MappingProxyType({})
    """Pages and parts of pages that have moved, as `old/page.html#part`, each with its new address."""
    searched: Mapping[str, bool] = MappingProxyType({})
    """For pages and folders whether their text is searched; the longest path that fits counts."""

    def searches(self, path: str) -> bool:
        """Whether the text of the page with this path is searched."""
        fitting = [each for each in self.searched if path == each or path.startswith(f"{each}/")]
        return self.searched[max(fitting, key=len)] if fitting else True

    @property
    def has_rules(self) -> bool:
        """Whether lines such as `r[name]` name places, as in The Rust Reference."""
        return "spec" in self.preprocessors


PLAIN = BookSettings()
"""The settings of a book that has none."""


@dataclass(frozen=True)
class Handbook:
    """A book: its folder, its contents in order, and the parts that some pages play."""

    title: str
    folder: Path
    chapters: tuple[Chapter, ...]
    roles: Roles = field(default_factory=Roles)
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Ids that had to change: old to new, of pages and of checklist items."""
    settings: BookSettings = field(default_factory=BookSettings)
    """What its book.toml says."""
    root: Path | None = None
    """The folder that holds all of the book, with the files that its pages include."""
    notes: tuple[str, ...] = ()
    """What a reader should know who opens the book: what of it is missing, or cannot be shown."""

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Every section, in reading order."""
        return tuple(section for chapter in self.chapters for section in chapter.sections)

    @cached_property
    def readable(self) -> tuple[Section, ...]:
        """The sections that have a page, in reading order."""
        return tuple(section for section in self.sections if section.path is not None)

    @cached_property
    def checklists(self) -> tuple[Section, ...]:
        """The sections that are lists to tick, in reading order."""
        return tuple(section for section in self.readable if section.kind is Kind.CHECKLIST)

    @cached_property
    def by_id(self) -> Mapping[str, Section]:
        """Each section under its id."""
        return {section.id: section for section in self.sections}

    @cached_property
    def by_path(self) -> Mapping[str, Section]:
        """Each section that has a page under the page's path."""
        return {section.path: section for section in self.sections if section.path is not None}

    def get(self, section_id: str) -> Section | None:
        """The section with this id, today's or an earlier one."""
        for _ in self.renamed:
            section_id = self.renamed.get(section_id, section_id)
        found = self.by_id.get(section_id)
        if found is None and section_id and self.settings.redirects:
            from .links import redirected  # noqa: PLC0415 - it knows what a book is

            link = redirected(self, f"{section_id}.html", "")
            found = self.by_id.get(link.section) if link else None
        return found

    @cached_property
    def ancestors(self) -> Mapping[str, tuple[str, ...]]:
        """For each section, the ids of those that the contents nest it under, the outermost first."""
        found: dict[str, tuple[str, ...]] = {}
        for chapter in self.chapters:
            above: list[str] = []
            for section in chapter.sections:
                del above[section.depth :]
                found[section.id] = tuple(above)
                above.append(section.id)
        return found

    @cached_property
    def parents(self) -> frozenset[str]:
        """The ids of the sections that others are nested under."""
        return frozenset(above[-1] for above in self.ancestors.values() if above)

    def beside(self, section_id: str, step: int) -> Section | None:
        """The readable section `step` places after (before, if negative) this one."""
        ids = [section.id for section in self.readable]
        wanted = ids.index(section_id) + step if section_id in ids else -1
        return self.readable[wanted] if 0 <= wanted < len(ids) else None

    @property
    def first(self) -> Section | None:
        """The section that a first visit opens."""
        chosen = self.get(self.roles.first_page)
        if chosen is not None and chosen.path is not None:
            return chosen
        return self.readable[0] if self.readable else None


_FOREIGN_TAG = re.compile(r"\{\{\s*([#%]\w[\w-]*)")
"""How a tag begins that a program takes for its own before a page is shown."""


class PlacedLink(NamedTuple):
    """A link and where it stands on its page."""

    link: Link
    text: str
    block: int
    start: int
    """Characters from the beginning of the block's text."""


@dataclass(frozen=True)
class Page:
    """A section's text."""

    section: Section
    blocks: tuple[Block, ...]
    comments: tuple[str, ...] = ()
    """HTML comments that stand between its blocks."""
    own_anchors: Mapping[str, int] = field(default_factory=dict)
    """The names that links lead to, beside those of headings, with the number of their block."""
    right_to_left: bool = False

    @cached_property
    def links(self) -> tuple[PlacedLink, ...]:
        """Every link in reading order, also one that leads nowhere; several styles in one count once."""
        placed = (_links(number, block) for number, block in enumerate(self.blocks))
        return tuple(each for links in placed for each in links)

    @property
    def hides_lines(self) -> bool:
        """Whether some of its code has lines that are not shown."""
        return any(isinstance(each, Preformatted) and each.whole for each in self.blocks)

    def with_hidden_lines(self) -> Page:
        """The page with all lines of its code."""
        blocks = (
            each._replace(text=each.whole)
            if isinstance(each, Preformatted) and each.whole
            else each
            for each in self.blocks
        )
        return replace(self, blocks=tuple(blocks))

    @cached_property
    def note(self) -> str:
        """What a reader should know of the page: that another program would replace tags on it."""
        texts = (
            span.text
            for block in self.blocks
            for _, span in spans_of(block)
            if "{{" in span.text and Style.CODE not in span.style
        )
        tags = dict.fromkeys(tag[1] for text in texts for tag in _FOREIGN_TAG.finditer(text))
        named = ", ".join(f"{{{{{each} …}}}}" for each in tags)
        verb = "is" if len(tags) == 1 else "are"
        return f"{named} {verb} for a program that does not run here" if tags else ""

    @cached_property
    def text(self) -> str:
        """The words of all blocks, one block a line, without markup."""
        return "\n".join(block.text for block in self.blocks if block.text)

    def block_of(self, anchor: str) -> int:
        """The number of the block that a link with this anchor leads to; 0 when it leads to none."""
        return self.anchors.get(anchor, self.anchors.get(anchor.lower(), 0))

    def has_anchor(self, anchor: str) -> bool:
        """Whether a link with this anchor leads to a place on the page."""
        return anchor in self.anchors or anchor.lower() in self.anchors

    @cached_property
    def anchors(self) -> Mapping[str, int]:
        """The names that links lead to; of headings and terms called alike, each later one is numbered."""
        found: dict[str, int] = {}
        seen: Counter[str] = Counter()
        for number, name in (
            *_anchors(self.blocks, named=False),
            *_anchors(self.blocks, named=True),
        ):
            found.setdefault(f"{name}-{seen[name]}" if seen[name] else name, number)
            seen[name] += 1
        return {**found, **self.own_anchors}


def _anchors(blocks: Iterable[Block], *, named: bool) -> Iterator[tuple[int, str]]:
    """What the words of headings and terms make of a name, with the number of the block.

    Args:
        blocks: Those of a page.
        named: Whether those are meant that have a name from their author, too.
    """
    for number, block in enumerate(blocks):
        inner = block.inside[-1] if block.inside else None
        if isinstance(block, Heading):
            own = block.named
        elif isinstance(inner, Description) and inner.term and inner.opens:
            own = inner.named
        else:
            continue
        if own == named:
            yield number, slug(block.text)


def _links(number: int, block: Block) -> Iterator[PlacedLink]:
    open_link: PlacedLink | None = None
    end = 0
    for start, span in spans_of(block):
        if open_link and (span.link is not open_link.link or start != end):
            yield open_link
            open_link = None
        if span.link is not None:
            text = (open_link.text if open_link else "") + span.text
            first = open_link.start if open_link else start
            open_link = PlacedLink(span.link, text, number, first)
        end = start + len(span.text)
    if open_link:
        yield open_link
