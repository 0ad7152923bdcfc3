"""The parts that the book's pages are written in, and how hard their prose is to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import takewhile

import pyphen

from tui.handbook.blocks import Block, Heading, Link, ListItem, Paragraph, Style, joined, spans_of
from tui.handbook.model import Page

_SENTENCE_END = re.compile(r"(?<=[.!?:;])[\"”)]?\s+(?=[A-Z0-9\"“(])")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'\u2019-]*")


def lead_in(block: Block) -> str:
    """The bold words that open a paragraph and end in a stop, a comma, or a colon; else nothing."""
    if not isinstance(block, Paragraph):
        return ""
    bold = joined(tuple(takewhile(lambda span: Style.STRONG in span.style, block.spans)))
    return bold if bold.endswith((".", ",", ":")) else ""


def after_lead_in(block: Block) -> str:
    """The text of a block without its bold opening."""
    return block.text[len(lead_in(block)) :].strip()


def links_of(block: Block) -> list[tuple[str, Link]]:
    """The words and the target of each link in a block, dead ones too."""
    found: list[tuple[str, Link]] = []
    for _, span in spans_of(block):
        if span.link is None:
            continue
        if found and found[-1][1] is span.link:
            found[-1] = (found[-1][0] + span.text, span.link)
        else:
            found.append((span.text, span.link))
    return found


def evidence_of(page: Page) -> list[Paragraph]:
    """The paragraphs that say how sure the page is."""
    return [block for block in paragraphs(page) if lead_in(block).startswith("Evidence:")]


def see_also_of(page: Page) -> list[Paragraph]:
    """The paragraphs that name the pages to read next."""
    return [block for block in paragraphs(page) if block.text.startswith("See also:")]


def paragraphs(page: Page) -> Iterator[Paragraph]:
    """The running text of a page: paragraphs and the items of its lists."""
    return (block for block in page.blocks if isinstance(block, Paragraph))


def under(page: Page, heading: str) -> list[Paragraph]:
    """The list items that stand under a heading of the page."""
    found: list[Paragraph] = []
    inside = False
    for block in page.blocks:
        if isinstance(block, Heading):
            inside = block.text == heading
        elif inside and isinstance(block, Paragraph) and in_list(block):
            found.append(block)
    return found


def in_list(block: Block) -> bool:
    """Whether a block is an item of a list."""
    return any(isinstance(container, ListItem) for container in block.inside)


def told(page: Page) -> list[str]:
    """The page's prose, one text a paragraph: no bold openings, evidence line, or see-also line."""
    aside = [*evidence_of(page), *see_also_of(page)]
    texts = (after_lead_in(block) for block in paragraphs(page) if block not in aside)
    return [text for text in texts if text]


def sentences(text: str) -> list[str]:
    """A paragraph's sentences; a colon or semicolon before a capital ends one too."""
    return [part for part in _SENTENCE_END.split(text) if _WORD.search(part)]


def words(text: str) -> list[str]:
    """The words of a text, numbers included."""
    return _WORD.findall(text)


def reading_grade(texts: Iterable[str]) -> float:
    """The Flesch-Kincaid grade of some paragraphs: years of American school."""
    said = [sentence for text in texts for sentence in sentences(text)]
    spoken = [word for sentence in said for word in words(sentence)]
    syllables = sum(_syllables(word) for word in spoken)
    return 0.39 * len(spoken) / len(said) + 11.8 * syllables / len(spoken) - 15.59


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US", left=1, right=1)


def _syllables(word: str) -> int:
    return len(_hyphenation().positions(word.lower())) + 1
