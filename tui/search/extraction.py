"""A page's Markdown → its words by fields, to be indexed: far quicker than parsing the page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..handbook.blocks import slug
from ..handbook.hidden_html import without_hidden
from ..handbook.model import Section
from ..handbook.safe_text import unescaped

LONGEST_MENTION = 1000
"""Characters of a sentence that count before a link, and after it."""

GLOSSARY = "glossary"
"""The page that is called so holds a term under each heading of the second level."""

_FIGURE = re.compile(r"^```+ *figure\b[^\n]*\n", re.MULTILINE)
_FENCE_END = re.compile(r"^```+ *$", re.MULTILINE)
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*)$")
_BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)]|#{1,6}|>)\s)")
_LINK = re.compile(
    r"!?\[([^\[\]]*)\](?:\(([^()\s]*(?:\([^()]*\)[^()\s]*)?)(?:\s+\"[^\"]*\")?\)|\[[^\]]*\])"
)
_START = re.compile(r"^\s*(?:(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?|>\s?)*", re.MULTILINE)
_BARE_LINE = re.compile(r"^\s*(?:```|~~~).*$|^[|: \t-]+$", re.MULTILINE)
_MARK = re.compile(r"\\([^\w\s])|\*+|`+|~~|</?[a-zA-Z][^<>\n]*>")
_DRAWING = re.compile("[\u2500-\u259f]+")
"""What boxes and bars are drawn with, which says nothing in a line of text."""
_UNDERSCORE = re.compile(r"(?<!\w)_+|_+(?!\w)")
_LABEL = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?:;])\s")


@dataclass
class IndexEntry:
    """What can be found as one hit, a section or a term of the glossary; its words by fields."""

    section: Section
    title: str
    anchor: str = ""
    """The heading that a term stands under; empty for a section."""
    headings: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    """The words that open a paragraph or an item in strong type, and those of the address."""
    body: list[str] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    """Paragraphs made of links: they name what other pages are about, not this one."""
    under: list[int] = field(default_factory=list)
    """For each text of the body, how many headings stand before it."""
    mentions: list[tuple[str, str]] = field(default_factory=list)
    """Addresses of other pages, each with the sentence that leads there."""

    @property
    def id(self) -> str:
        """The section's id; for a term, with its heading's anchor."""
        return f"{self.section.id}#{self.anchor}" if self.anchor else self.section.id


def entries_of(section: Section, markdown: str) -> Iterator[IndexEntry]:
    """The section as one entry; of a glossary, each of its terms as one more."""
    entry = IndexEntry(
        section, section.title, labels=[f"{section.chapter} {section.kind} {section.id}"]
    )
    with_terms = is_glossary(section)
    for block in _BREAK.split(_seen(markdown)):
        heading = _HEADING.match(block)
        if heading is None:
            _file(entry, block)
            continue
        title = _plain(heading[2].rstrip().rstrip("#"))
        if with_terms and heading[1] == "##":
            yield _finished(entry)
            entry = IndexEntry(section, title, slug(title))
        entry.headings.append(title)
    yield _finished(entry)


def _seen(markdown: str) -> str:
    """The Markdown without comments and scripts; of a figure the caption, which is all it says."""
    text = without_hidden(markdown)
    kept: list[str] = []
    at = 0
    for opening in _FIGURE.finditer(text):
        closing = _FENCE_END.search(text, opening.end()) if opening.start() >= at else None
        if closing is not None:
            caption = text[opening.end() : closing.start()].partition("\n\n")[0]
            kept += (text[at : opening.start()], caption)
            at = closing.end()
        elif opening.start() >= at:
            break
    return "".join([*kept, text[at:]])


def is_glossary(section: Section) -> bool:
    """Whether the section's page explains terms, one under each heading."""
    return section.id.rsplit("/", 1)[-1] == GLOSSARY


def _finished(entry: IndexEntry) -> IndexEntry:
    """The entry with a heading, which a page without any is shown with, too.

    The pages that a term leads to are about all that the term says.
    """
    if not entry.headings:
        entry.headings.append(entry.title)
    if entry.anchor:
        said = " ".join((entry.title, *entry.body))
        entry.mentions = [(address, said) for address, _ in entry.mentions]
    return entry


def _file(entry: IndexEntry, block: str) -> None:
    """Put the words of one block into the fields that they belong to."""
    text = _plain(block)
    if not text:
        return
    links = list(_LINK.finditer(block)) if "](" in block else []
    if sum(len(link[1]) for link in links) * 2 > len(text):
        entry.asides.append(text)
        return
    entry.body.append(text)
    entry.under.append(len(entry.headings))
    start = _START.match(block)
    label = _LABEL.match(block, start.end() if start else 0)
    if label:
        entry.labels.append(_plain(label[1]))
    ends = [end.end() for end in _SENTENCE.finditer(block)] if links else []
    for link in links:
        if link[2] and "#" not in link[2]:
            entry.mentions.append((link[2], _plain(_sentence(block, link, ends))))


def _sentence(block: str, link: re.Match[str], ends: list[int]) -> str:
    """The sentence that holds the link, or as much of it as stands near; `ends` are of all."""
    before = bisect_right(ends, link.start())
    after = bisect_left(ends, link.end() + 1)
    start = ends[before - 1] if before else 0
    end = ends[after] if after < len(ends) else len(block)
    return block[
        max(start, link.start() - LONGEST_MENTION) : min(end, link.end() + LONGEST_MENTION)
    ]


def _plain(markdown: str) -> str:
    """The words of a block on one line, without marks and addresses."""
    text = _LINK.sub(r"\1", markdown) if "[" in markdown else markdown
    if "\n" in text or not text[:1].isalpha():
        text = _START.sub("", text)
    if "|" in text or "```" in text or "~~~" in text or "---" in text:
        text = _BARE_LINE.sub("", text).replace("|", " ")
    if not text.isascii():
        text = _DRAWING.sub(" ", text)
    if any(mark in text for mark in "`<\\~"):
        text = _MARK.sub(r"\1", text)
    elif "*" in text:
        text = text.replace("*", "")
    if "_" in text:
        text = _UNDERSCORE.sub("", text)
    return " ".join(unescaped(text).split())
