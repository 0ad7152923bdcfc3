"""The danger signs are all there, in order of haste, and nothing in the book plays them down."""
# ruff: noqa: RUF001 - the book writes ranges with an en dash

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from tui.handbook.blocks import Heading
from tui.handbook.loading import read_text
from tui.handbook.model import Handbook, Page

from .prose import after_lead_in, in_list, lead_in, paragraphs, under

LEVELS = ["NOW", "TODAY", "BOOK"]

EMERGENCY_NUMBERS = ["911", "112", "999", "000", "111"]

Signs = Mapping[str, Mapping[str, list[str]]]
"""The tables of signs.toml: each sign, and the words that must be kept for it."""


@pytest.fixture(scope="module")
def signs() -> Signs:
    return tomllib.loads((Path(__file__).parent / "signs.toml").read_text())


@pytest.mark.parametrize(("level", "expected"), [("NOW", 8), ("TODAY", 10), ("BOOK", 5)])
def test_each_level_has_its_signs(
    pages: Mapping[str, Page], signs: Signs, level: str, expected: int
) -> None:
    """No sign is lost: 8 need help now, 10 today, 5 an appointment, each in its place."""
    lines = under(pages["red-flags"], level)
    assert len(lines) == expected
    causes = [after_lead_in(line).partition("May be: ")[2].partition(".")[0] for line in lines]
    found = [[name for name in signs[level] if name in cause] for cause in causes]
    assert found == [[name] for name in signs[level]]


@pytest.mark.parametrize("level", LEVELS)
def test_no_sign_is_narrowed(pages: Mapping[str, Page], signs: Signs, level: str) -> None:
    """Each sign keeps the details by which a runner would recognize it."""
    lines = under(pages["red-flags"], level)
    lost = [
        f"{name}: {missing}"
        for (name, needed), line in zip(signs[level].items(), lines, strict=True)
        if (missing := absent(needed, line.text))
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("level", "act"), [("NOW", "call the emergency number"), ("TODAY", "TODAY"), ("BOOK", "BOOK")]
)
def test_each_sign_ends_with_what_to_do(pages: Mapping[str, Page], level: str, act: str) -> None:
    """A line begins with what is noticed and ends with what to do about it."""
    wrong = [
        line.text
        for line in under(pages["red-flags"], level)
        if not lead_in(line)
        or absent([act], after_lead_in(line).partition("May be: ")[2].partition(".")[2])
    ]
    assert wrong == []


def test_levels_stand_in_order_of_haste(pages: Mapping[str, Page]) -> None:
    """Someone in a hurry finds what to do first, then the signs, the most urgent before all."""
    headings = [block.text for block in pages["red-flags"].blocks if isinstance(block, Heading)]
    assert headings == [
        "Red flags: the full list",
        "What to do on the spot",
        "Emergency numbers",
        "NOW",
        "TODAY",
        "BOOK",
        "Move one level up if any of these is true",
        "When self-care is reasonable",
    ]


def test_what_to_do_on_the_spot(pages: Mapping[str, Page]) -> None:
    """The five steps name every act that saves a life, and none is left out."""
    steps = " ".join(line.text for line in under(pages["red-flags"], "What to do on the spot"))
    needed = [
        "Stop running and sit or lie down",
        "Call the emergency number",
        "location",
        "AED",
        "Do not drive yourself",
        "Do not eat or drink",
        "only if the dispatcher or your doctor says so",
        "push hard and fast in the center of the chest",
        "at least 2 inches (5 cm)",
        "100–120 times a minute",
    ]
    assert [words for words in needed if words not in steps] == []


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("Move one level up if any of these is true", 10), ("When self-care is reasonable", 7)],
)
def test_conditions_are_complete(pages: Mapping[str, Page], heading: str, expected: int) -> None:
    """All ten reasons to move up a level are there, and all seven conditions of self-care."""
    assert len(under(pages["red-flags"], heading)) == expected


@pytest.mark.parametrize(
    ("table", "opening"), [("short-now", "Call your emergency number"), ("short-today", "Get care today")]
)  # fmt: skip
def test_the_short_page_misses_no_sign(
    pages: Mapping[str, Page], signs: Signs, table: str, opening: str
) -> None:
    """Nobody with a danger sign reads the short page and thinks that it is not meant."""
    items = short_list(pages["safety-first"], opening)
    lost = [
        f"{name}: no line says {needed}"
        for name, needed in signs[table].items()
        if all(absent(needed, item) for item in items)
    ]
    assert lost == []


def test_the_short_page_leads_to_the_full_list(pages: Mapping[str, Page]) -> None:
    """The short page says that it is short, and where the full list is."""
    linked = [placed.link.section for placed in pages["safety-first"].links]
    assert "red-flags" in linked
    assert "choose the faster" in pages["safety-first"].text


def test_emergency_numbers_stand_in_one_place(
    handbook: Handbook, pages: Mapping[str, Page]
) -> None:
    """Numbers differ by country and may change, so only the red-flags page names them."""
    number = re.compile(rf"(?<![\w.,;:–-])({'|'.join(EMERGENCY_NUMBERS)})(?![\w,–-])")
    named = {
        name: sorted(found)
        for name, page in pages.items()
        if page.section.path
        and (found := set(number.findall(read_text(handbook.folder / page.section.path))))
    }
    assert named == {"red-flags": sorted(EMERGENCY_NUMBERS)}


@pytest.mark.parametrize(
    "words", ["probably just", "probably only", "nothing to worry about", "nothing serious to", "harmless pain"]
)  # fmt: skip
def test_nothing_plays_a_sign_down(pages: Mapping[str, Page], words: str) -> None:
    """Soothing words near chest or breathing signs could keep someone from calling."""
    assert [name for name, page in pages.items() if words in page.text.lower()] == []


@pytest.mark.parametrize(
    "name",
    ["start-here", "soreness-or-injury", "pain-from-elsewhere", "breathing", "run-or-rest", "first-48-hours",
     "body-signals", "exercise-rules", "before-the-run", "do-i-need-help", "body-map", "who-to-see"],
)  # fmt: skip
def test_pages_about_pain_lead_to_the_signs(pages: Mapping[str, Page], name: str) -> None:
    """A page on which a reader weighs up a pain links to one of the two safety pages."""
    linked = {placed.link.section for placed in pages[name].links}
    assert linked & {"red-flags", "safety-first"} != set()


def short_list(page: Page, opening: str) -> list[str]:
    """The items of the list that follows a bold line with this opening."""
    items: list[str] = []
    wanted = False
    for block in paragraphs(page):
        if not in_list(block):
            wanted = lead_in(block).startswith(opening)
        elif wanted:
            items.append(block.text)
    return items


def absent(needed: list[str], text: str) -> list[str]:
    """The words that a text does not hold, in capitals or not."""
    return [words for words in needed if words.lower() not in text.lower()]
