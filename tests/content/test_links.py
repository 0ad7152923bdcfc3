"""Every link in the book leads where it says, in this program and in any other reader."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from tui.handbook.blocks import Heading, Link
from tui.handbook.loading import OWN_BOOK
from tui.handbook.model import Handbook, Kind, Page

from .prose import evidence_of, links_of, see_also_of


def all_links(pages: Mapping[str, Page]) -> Iterator[tuple[str, str, Link]]:
    """Each link of the book: the page it stands on, its words, where it leads."""
    for name, page in pages.items():
        for block in page.blocks:
            yield from ((name, text, link) for text, link in links_of(block))


def anchors_of(page: Page) -> list[str]:
    """The anchors that the headings of a page make."""
    return [block.anchor for block in page.blocks if isinstance(block, Heading)]


def test_no_link_is_dead(pages: Mapping[str, Page]) -> None:
    """A link leads to a page of the book."""
    dead = [
        f"{name}: [{text}]({link.address})"
        for name, text, link in all_links(pages)
        if not link.section
    ]
    assert dead == []


def test_no_anchor_is_dead(pages: Mapping[str, Page]) -> None:
    """A link into a page leads to a heading there."""
    dead = [
        f"{name}: [{text}]({link.address})"
        for name, text, link in all_links(pages)
        if link.anchor and link.section and link.anchor not in anchors_of(pages[link.section])
    ]
    assert dead == []


def test_links_are_paths_to_files(pages: Mapping[str, Page]) -> None:
    """Links work in mdBook and on a code host too: relative paths, spelled as the file is."""
    wrong = []
    for name, text, link in all_links(pages):
        path, _, _ = unquote(link.address).partition("#")
        here = OWN_BOOK / Path(pages[name].section.path or "").parent
        if path and (path.startswith("/") or not _spelled_so(here, path)):
            wrong.append(f"{name}: [{text}]({link.address})")
    assert wrong == []


def _spelled_so(here: Path, path: str) -> bool:
    """Whether the file exists under exactly this spelling, also on a disk that ignores case."""
    file = Path(os.path.normpath(here / path))
    return file.is_relative_to(OWN_BOOK) and file in file.parent.iterdir()


def test_headings_of_a_page_differ(pages: Mapping[str, Page]) -> None:
    """Two headings with one anchor would make a link to the second impossible."""
    wrong = [
        f"{name}: {anchor}"
        for name, page in pages.items()
        for anchor, count in Counter(anchors_of(page)).items()
        if count > 1 or not anchor
    ]
    assert wrong == []


def test_each_page_is_linked_from_another(handbook: Handbook, pages: Mapping[str, Page]) -> None:
    """A reader can reach every page from some other page."""
    reached = {link.section for name, _, link in all_links(pages) if link.section != name}
    assert [section.id for section in handbook.sections if section.id not in reached] == []


def test_see_also_names_pages_by_their_titles(
    handbook: Handbook, pages: Mapping[str, Page]
) -> None:
    """In a see-also line each link is the title of the page it leads to, and no page twice."""
    wrong = []
    for name, page in pages.items():
        for line in see_also_of(page):
            links = links_of(line)
            titles = [(text, handbook.by_id[link.section].title) for text, link in links]
            wrong += [
                f"{name}: {text!r} leads to {title!r}"
                for text, title in titles
                if text != title or title == page.section.title
            ]
            if len(set(titles)) < len(titles):
                wrong.append(f"{name}: names a page twice")
            if line.text != "See also: " + " · ".join(text for text, _ in links):
                wrong.append(f"{name}: {line.text!r}")
    assert wrong == []


def test_each_section_and_exercise_ends_with_see_also(pages: Mapping[str, Page]) -> None:
    """What to read next is the last thing on the page."""
    wrong = [
        name
        for name, page in pages.items()
        if page.section.kind in (Kind.SECTION, Kind.EXERCISE, Kind.ROUTINE)
        and see_also_of(page) != [page.blocks[-1]]
    ]
    assert wrong == []


def test_at_most_two_glossary_links_a_page(pages: Mapping[str, Page]) -> None:
    """Terms are linked where it helps; more than two links to the glossary would distract."""
    counts = Counter(
        name for name, _, link in all_links(pages) if link.section == "glossary" and link.anchor
    )
    assert {name: count for name, count in counts.items() if count > 2} == {}


def test_links_to_sources_stand_in_evidence_lines(pages: Mapping[str, Page]) -> None:
    """A source is named where the page says how sure it is, by its number, and links to itself."""
    wrong = []
    for name, page in pages.items():
        for block in page.blocks:
            for text, link in links_of(block):
                sound = text.lower() == link.anchor and block in evidence_of(page)
                if link.section == "sources" and link.anchor and not sound:
                    wrong.append(f"{name}: [{text}]({link.address})")
    assert wrong == []
