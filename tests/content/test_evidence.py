"""The book says how sure it is, in four words, and never says more than its sources do."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from tui.handbook.blocks import Heading
from tui.handbook.model import Kind, Page

from .prose import evidence_of, in_list, lead_in, links_of, paragraphs

WORDS = {"Solid", "Partial", "Thin", "Contradicted"}

SOLID = {
    "safety-first": "public guidance",
    "muscle-trapezius": "anatomy",
    "muscle-rhomboids": "anatomy",
    "spine-and-ribs": "anatomy",
    "soreness-or-injury": "timing of DOMS",
    "pain-from-elsewhere": "can be felt here",
    "fatigue-and-form": "how form changes",
    "cadence": "leg mechanics",
    "load-spikes": "overuse injuries in general",
    "run-or-rest": "when to stop",
    "body-signals": "stopping as the default",
    "red-flags": "public guidance",
    "who-to-see": "when to get help",
    "cadence-drill": "leg mechanics",
}
"""The pages whose first word is Solid, each with what it is solid for; nothing else has earned it."""


def rated(pages: Mapping[str, Page]) -> dict[str, Page]:
    """The pages that end with an evidence word."""
    kinds = (Kind.SECTION, Kind.EXERCISE, Kind.ROUTINE)
    return {
        name: page
        for name, page in pages.items()
        if page.section.kind in kinds and name != "how-to-use"
    }


def test_one_evidence_word_a_page(pages: Mapping[str, Page]) -> None:
    """Each section and each exercise has one evidence line, with one of the four words."""
    allowed = {f"Evidence: {word}." for word in WORDS}
    wrong = [
        f"{name}: {found}"
        for name, page in rated(pages).items()
        if len(found := [lead_in(line) for line in evidence_of(page)]) != 1
        or not allowed.issuperset(found)
    ]
    assert wrong == []


def test_the_evidence_line_stands_before_see_also(pages: Mapping[str, Page]) -> None:
    """A reader finds the evidence word at the same place on every page."""
    wrong = [name for name, page in rated(pages).items() if [page.blocks[-2]] != evidence_of(page)]
    assert wrong == []


def test_other_pages_have_no_evidence_word(pages: Mapping[str, Page]) -> None:
    """The page that explains the scale, the checklists, and the reference pages are not rated."""
    wrong = [name for name, page in pages.items() if name not in rated(pages) and evidence_of(page)]
    assert wrong == []


def test_how_to_use_explains_the_four_words(pages: Mapping[str, Page]) -> None:
    """The scale is explained from strongest to weakest."""
    words = [block.spans[0].text for block in paragraphs(pages["how-to-use"]) if in_list(block)]
    assert words == ["Solid", "Partial", "Thin", "Contradicted"]


def test_solid_only_where_earned(pages: Mapping[str, Page]) -> None:
    """Solid is the word for mechanics, anatomy, danger signs, and settled advice, nowhere else."""
    solid = {
        name
        for name, page in rated(pages).items()
        if [lead_in(line) for line in evidence_of(page)] == ["Evidence: Solid."]
    }
    assert sorted(solid) == sorted(SOLID)


@pytest.mark.parametrize("name", SOLID)
def test_solid_says_for_what(pages: Mapping[str, Page], name: str) -> None:
    """Where the word is Solid, the line says what it covers."""
    assert SOLID[name] in evidence_of(pages[name])[0].text


def test_each_cited_source_is_listed(pages: Mapping[str, Page]) -> None:
    """A number in an evidence line is a heading on the page of sources."""
    wrong = [
        f"{name}: {source}"
        for name, page in rated(pages).items()
        for source in cited(page)
        if source not in listed(pages)
    ]
    assert wrong == []


def test_each_listed_source_is_cited(pages: Mapping[str, Page]) -> None:
    """A source that no page uses does not belong in the list."""
    used = {source for page in rated(pages).values() for source in cited(page)}
    assert [source for source in listed(pages) if source not in used] == []


def test_sources_are_named_only_as_links(pages: Mapping[str, Page]) -> None:
    """Each R-number in the text is a link that a reader can follow."""
    wrong = [
        f"{name}: {numbers} in the text, {len(cited(page))} links"
        for name, page in rated(pages).items()
        if (numbers := re.findall(r"\bR\d+\b", page.text)) != cited(page)
    ]
    assert wrong == []


def test_each_source_says_how_it_was_read(pages: Mapping[str, Page]) -> None:
    """An entry ends with how the source was read: as an abstract, a page, a repost, or not."""
    blocks = pages["sources"].blocks
    entries = [at for at, block in enumerate(blocks) if isinstance(block, Heading) and at]
    allowed = r"Read as: (abstract|page|repost|not read by us)"
    wrong = [
        blocks[at].text for at in entries if len(re.findall(allowed, blocks[at + 1].text)) != 1
    ]
    assert wrong == []


def test_sources_stand_in_the_order_of_their_numbers(pages: Mapping[str, Page]) -> None:
    """A reader who looks for R64 finds it between R63 and R65."""
    numbers = [int(source[1:]) for source in listed(pages)]
    assert numbers == sorted(numbers)


def cited(page: Page) -> list[str]:
    """The numbers of the sources that a page names, in its order."""
    return [
        text
        for line in evidence_of(page)
        for text, link in links_of(line)
        if link.section == "sources"
    ]


def listed(pages: Mapping[str, Page]) -> list[str]:
    """The numbers that the page of sources explains, in its order."""
    return [block.text for block in pages["sources"].blocks[1:] if isinstance(block, Heading)]
