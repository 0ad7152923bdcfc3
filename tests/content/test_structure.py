"""The book is whole: its chapters, its pages, and what the program needs to find in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from tui.handbook.blocks import Figure, Heading, Preformatted
from tui.handbook.loading import OWN_BOOK
from tui.handbook.model import Handbook, Kind, Page
from tui.layout.typesetting import typeset

CHAPTERS = [
    "Start here",
    "Muscles",
    "Posture",
    "Form",
    "Tight chest and shoulders",
    "Gear",
    "Training and conditions",
    "Relief now",
    "Prevention",
    "Who you are",
    "Plans",
    "Getting help",
    "Exercises",
    "Routines",
    "Checklists",
    "Reference",
]

QUESTIONS = {
    "start-here": ["why", "upper back", "after a run"],
    "muscles-and-running": ["which muscles", "upper back"],
    "posture-while-running": ["my posture", "while i run"],
    "running-form": ["my running form"],
    "tight-chest-shoulders": ["tight chest", "shoulders"],
    "gear": ["my gear", "blame"],
    "prevention-plan": ["how do i prevent it", "coming back"],
}
"""The article's seven questions: the page that answers each, and words its title must hold."""


def test_chapters(handbook: Handbook) -> None:
    """Twelve chapters come first, then the exercises, the routines, the checklists, and the reference pages."""
    assert [chapter.title for chapter in handbook.chapters] == CHAPTERS


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.SECTION, 59),
        (Kind.EXERCISE, 32),
        (Kind.ROUTINE, 6),
        (Kind.CHECKLIST, 6),
        (Kind.REFERENCE, 6),
    ],
)
def test_how_many_pages(handbook: Handbook, kind: Kind, expected: int) -> None:
    """The book has 58 sections and the page of the self-check, 31 cards and their rules, six routines, six checklists, six reference pages."""
    actual = sum(section.kind is kind for section in handbook.sections)
    assert actual == expected


def test_every_entry_has_its_page(handbook: Handbook) -> None:
    """Nothing in the contents is a mere announcement."""
    assert [section.id for section in handbook.sections if section.path is None] == []


def test_every_page_is_in_the_contents(handbook: Handbook) -> None:
    """A page that SUMMARY.md does not list would never be found."""
    files = {file.relative_to(OWN_BOOK).as_posix() for file in OWN_BOOK.rglob("*.md")}
    assert sorted(files - set(handbook.by_path) - {"SUMMARY.md"}) == []


def test_ids_are_unique() -> None:
    """Commands, links, and diaries name a page by its id, so no two pages share one."""
    stems = Counter(file.stem for file in OWN_BOOK.rglob("*.md"))
    assert [stem for stem, count in stems.items() if count > 1] == []


def test_each_page_has_the_title_that_the_contents_give(pages: Mapping[str, Page]) -> None:
    """A page has one main heading, first of all, and the contents call it by the same words."""
    wrong = []
    for name, page in pages.items():
        mains = [
            block.text for block in page.blocks if isinstance(block, Heading) and block.level == 1
        ]
        if mains != [page.section.title] or not isinstance(page.blocks[0], Heading):
            wrong.append(f"{name}: {mains}, in SUMMARY.md {page.section.title!r}")
    assert wrong == []


def test_the_files_open_with_their_title(pages: Mapping[str, Page]) -> None:
    """The main heading is written in the file, not put there for want of one."""
    wrong = [
        f"{name}: {path} does not begin with its title"
        for name, page in pages.items()
        if (path := page.section.path)
        and not (OWN_BOOK / path).read_text().startswith(f"# {page.section.title}\n")
    ]
    assert wrong == []


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_seven_questions_are_asked(handbook: Handbook, name: str) -> None:
    """A reader who comes with one of the seven usual questions finds it among the titles."""
    title = handbook.by_id[name].title.lower()
    missing = [part for part in [*QUESTIONS[name], "?"] if part not in title]
    assert missing == []


def test_roles(handbook: Handbook) -> None:
    """Every page that the program opens by a key of its own is there and has a page."""
    roles = handbook.roles
    named = [roles.first_page, roles.red_flags, roles.checklist, roles.body_map]
    assert named == ["start-here", "red-flags", "before-the-run", "body-map"]
    assert [name for name in named if handbook.by_id[name].path is None] == []


def test_renamed_ids_lead_to_pages(handbook: Handbook) -> None:
    """An id that had to change leads to one that exists."""
    old_pages = {old: new for old, new in handbook.renamed.items() if "/" not in old}
    assert [old for old, new in old_pages.items() if new not in handbook.by_id] == []


def test_glossary_terms(pages: Mapping[str, Page]) -> None:
    """The glossary explains fifty terms or more, in the order of the alphabet."""
    terms = [block.text for block in pages["glossary"].blocks[1:] if isinstance(block, Heading)]
    assert len(terms) >= 50
    assert terms == sorted(terms, key=str.casefold)


def test_the_one_page_is_a_sheet(pages: Mapping[str, Page]) -> None:
    """The whole of it, printed at 72 columns, fits on a sheet of sixty lines."""
    lines = [line.text for line in typeset(pages["one-page"], 72).lines]
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 72


def test_drawings_fit_sixty_columns(pages: Mapping[str, Page]) -> None:
    """Text that cannot be wrapped stands on a terminal sixty columns wide."""
    wide = [
        f"{name}: {line!r}"
        for name, page in pages.items()
        for block in page.blocks
        if isinstance(block, Preformatted)
        for line in block.text.splitlines()
        if len(line) > 60
    ]
    assert wide == []


def test_figures_are_small(pages: Mapping[str, Page]) -> None:
    """A pose is at most 34 cells by 10 lines, so that two stand side by side or one above the other."""
    wrong = [
        f"{name}: {len(lines)} lines of at most {max(map(len, lines))}"
        for name, page in pages.items()
        for block in page.blocks
        if isinstance(block, Figure)
        for pose in block.poses
        if len(lines := pose.split("\n")) > 10 or max(map(len, lines)) > 34
    ]
    assert wrong == []


def test_figures_are_ascii(pages: Mapping[str, Page]) -> None:
    """A drawing looks the same on every terminal that shows it."""
    figures = [b for page in pages.values() for b in page.blocks if isinstance(b, Figure)]
    assert figures
    assert [figure.caption for figure in figures if not "".join(figure.poses).isascii()] == []


def test_body_map_zones(pages: Mapping[str, Page]) -> None:
    """Each of the six zones on the map says what is felt, where to start, and what not to miss."""
    blocks = pages["body-map"].blocks
    zones = [at for at, block in enumerate(blocks) if block.text.startswith("Zone ")]
    parts = ["Runners say:", "Start with:", "Do not miss:"]
    found = [
        (blocks[at].text[:6], [blocks[at + 1 + n].text.startswith(parts[n]) for n in range(3)])
        for at in zones
    ]
    assert found == [(f"Zone {n}", [True] * 3) for n in range(1, 7)]
