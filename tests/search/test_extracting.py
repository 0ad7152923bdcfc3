"""The words that are indexed are the words that the parsed page shows."""

import re

import pytest

from tui.handbook.files import read_text
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.handbook.model import Section
from tui.search.extraction import entries_of

HANDBOOK = load_handbook(OWN_BOOK)
PAGES = Pages(HANDBOOK)
SECTION = Section("one", "One", "Part", "one.md")


def words_of(text: str) -> list[str]:
    return sorted(re.findall(r"\w+", text))


@pytest.mark.parametrize("section", HANDBOOK.readable, ids=lambda section: section.id)
def test_every_word_of_a_page_is_indexed(section: Section) -> None:
    """No word is dropped and none is made up, on any page of the book."""
    entries = entries_of(section, read_text(HANDBOOK.folder / str(section.path)))
    texts = [text for each in entries for text in (*each.headings, *each.body, *each.asides)]
    assert words_of(" ".join(texts)) == words_of(PAGES[section].text)


def test_words_are_filed_by_what_they_do() -> None:
    """Headings, opening words in strong type, text, and paragraphs of links go apart."""
    page = (
        "# One\n\nText with [a link](two.md). More.\n\n- [ ] **Label.** Why.\n\n## Two <!-- x -->\n\n"
        "See also: [Number three](three.md#x) · [Number four](four.md)\n"
    )
    (entry,) = entries_of(SECTION, page)
    assert entry.headings == ["One", "Two"]
    assert entry.labels[1:] == ["Label."]
    assert entry.body == ["Text with a link. More.", "Label. Why."]
    assert entry.under == [1, 1]
    assert entry.asides == ["See also: Number three · Number four"]
    assert entry.mentions == [("two.md", "Text with a link.")]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a **b** _c_ `d` ~~e~~ snake_case", "a b c d e snake_case"),
        ("[a](b.md \"t\") ![c](d.png) [e][f] <b>g</b> 1 < 2", "a c e g 1 < 2"),
        ("a \\* b &amp; c", "a * b & c"),
        ("> quoted\n> on", "quoted on"),
        ("| a | b |\n|---|:-:|\n| c | d |", "a b c d"),
        ("```python\ncode\n```", "code"),
        ("```\n┌──┐\n│ a │\n└──┘ ▁▅█ b\n```", "a b"),
        ("<!-- nothing\n\n# here -->", ""),
    ],
)  # fmt: skip
def test_marks_are_no_words(markdown: str, expected: str) -> None:
    """Markup, addresses and comments are not indexed."""
    (entry,) = entries_of(SECTION, markdown)
    assert " ".join(entry.body + entry.asides) == expected


def test_a_page_without_a_heading_has_its_title() -> None:
    """What a page is shown with is indexed, too."""
    (entry,) = entries_of(SECTION, "Words.")
    assert entry.headings == ["One"]


def test_a_glossary_has_an_entry_for_each_term() -> None:
    """Each heading of the second level begins a term, known by its anchor."""
    glossary = Section("reference/glossary", "Glossary", "", "reference/glossary.md")
    page = "# Glossary\n\nTerms.\n\n## stitch (ETAP)\n\nA pain.\n\n### More\n\nWords.\n\n## cue\n\nA word.\n"
    entries = [(each.id, each.body) for each in entries_of(glossary, page)]
    assert entries == [
        ("reference/glossary", ["Terms."]),
        ("reference/glossary#stitch-etap", ["A pain.", "Words."]),
        ("reference/glossary#cue", ["A word."]),
    ]
