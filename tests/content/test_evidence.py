"""The book says how sure it is, in four words, and never says more than its sources do."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.handbook.blocks import Heading
from tui.handbook.model import Kind, Page

from .prose import evidence_of, in_list, lead_in, links_of, paragraphs

WORDS = {"Solid", "Partial", "Thin", "Contradicted"}

STRENGTH = ("Contradicted", "Thin", "Partial", "Solid")
"""The four words, from the weakest to the strongest."""

SOURCES_NEEDED = {"Solid": 2, "Partial": 1, "Thin": 0, "Contradicted": 1}
"""How many sources that can be found again a page must cite to say this word first."""

ADDRESS = re.compile(r"doi 10\.\d{4}|PubMed \d{6}|PMC\d{5}|\b[\w-]+(\.[\w-]+)+/[\w./%-]+")
"""What lets a reader find a source again."""

LESS_THAN_THE_PAGE = re.compile(
    r"\b(alone|nothing more|only for|inference|custom|known from practice|unproven|one (very large )?study)\b"
)
"""What a line says when its word covers less than the page advises; then the word is not Solid."""


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


def test_the_weakest_word_comes_first(pages: Mapping[str, Page]) -> None:
    """Where a page earns several words, the first is the weakest: a skimmer is never misled."""
    wrong = [
        f"{name}: {said}"
        for name, page in rated(pages).items()
        if (said := ratings(page)) and min(said, key=STRENGTH.index) != said[0]
    ]
    assert wrong == []


def test_a_word_is_earned(pages: Mapping[str, Page]) -> None:
    """Solid needs several sources that can be found again, Partial and Contradicted need one."""
    found = {name for name, text in entries(pages).items() if ADDRESS.search(text)}
    wrong = [
        f"{name}: {ratings(page)[0]}, {cited(page)}"
        for name, page in rated(pages).items()
        if len(found.intersection(cited(page))) < SOURCES_NEEDED[ratings(page)[0]]
    ]
    assert wrong == []


def test_solid_covers_what_the_page_advises(pages: Mapping[str, Page]) -> None:
    """A word that holds for the anatomy or the mechanics alone is not the page's first word."""
    wrong = [
        f"{name}: {match[0]}"
        for name, page in rated(pages).items()
        if ratings(page)[0] == "Solid"
        and (match := LESS_THAN_THE_PAGE.search(evidence_of(page)[0].text))
    ]
    assert wrong == []


def test_each_source_can_be_found_again(pages: Mapping[str, Page]) -> None:
    """Each entry has a doi, a number of PubMed or PMC, or the address of a page, not of a site."""
    wrong = [name for name, text in entries(pages).items() if not ADDRESS.search(text)]
    assert wrong == []


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
    """An entry ends with how the source was read: as an abstract or a page, never as a copy."""
    blocks = pages["sources"].blocks
    entries = [at for at, block in enumerate(blocks) if isinstance(block, Heading) and at]
    allowed = r"Read as: (abstract|page)"
    wrong = [
        blocks[at].text for at in entries if len(re.findall(allowed, blocks[at + 1].text)) != 1
    ]
    assert wrong == []


def test_sources_stand_in_the_order_of_their_numbers(pages: Mapping[str, Page]) -> None:
    """A reader who looks for R64 finds it between R63 and R65."""
    numbers = [int(source[1:]) for source in listed(pages)]
    assert numbers == sorted(numbers)


def ratings(page: Page) -> list[str]:
    """The words of the scale that a page's evidence line says, in its order."""
    return re.findall(rf"\b({'|'.join(STRENGTH)})\b", evidence_of(page)[0].text)


def entries(pages: Mapping[str, Page]) -> dict[str, str]:
    """What the page of sources says of each, by its number."""
    blocks = pages["sources"].blocks
    return {
        block.text: blocks[at + 1].text
        for at, block in enumerate(blocks)
        if isinstance(block, Heading) and at
    }


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
