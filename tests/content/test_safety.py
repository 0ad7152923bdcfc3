"""The danger signs are all there, in order of haste, and nothing in the book plays them down."""
# ruff: noqa: RUF001 - the book writes ranges with an en dash

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from tui.handbook.blocks import Heading
from tui.handbook.files import read_text
from tui.handbook.loading import OWN_BOOK
from tui.handbook.model import Handbook, Page
from tui.handbook.signs import Level, Signs, load_signs
from tui.self_check.loading import load_self_check
from tui.self_check.model import SelfCheck

from .prose import after_lead_in, in_list, lead_in, paragraphs, under

LEVELS = ["NOW", "TODAY", "BOOK"]

MOVE_UP = "Move one level up if any of these is true"

EMERGENCY_NUMBERS = ["911", "112", "999", "000", "111"]

Kept = Mapping[str, Mapping[str, list[str]]]
"""The tables of kept_words.toml: each sign, and the words that its lines must keep."""


@pytest.fixture(scope="module")
def kept() -> Kept:
    return tomllib.loads((Path(__file__).parent / "kept_words.toml").read_text())


@pytest.fixture(scope="module")
def signs() -> Signs:
    return load_signs(OWN_BOOK)


@pytest.fixture(scope="module")
def check(handbook: Handbook) -> SelfCheck:
    found = load_self_check(handbook)
    assert found is not None
    return found


@pytest.mark.parametrize("level", LEVELS)
def test_the_full_list_has_each_sign(pages: Mapping[str, Page], signs: Signs, level: str) -> None:
    """A line for each sign of the list under its level, in its order, and no other line."""
    lines = [lead_in(line) for line in under(pages["red-flags"], level)]
    assert lines == [f"{each.text}." for each in signs.signs if each.level == level]


def test_each_sign_says_what_to_do_and_when_it_is_more_urgent(
    pages: Mapping[str, Page], signs: Signs
) -> None:
    """The line of a sign holds the words of the list for both, after what it may be."""
    lines = {lead_in(line): line for level in LEVELS for line in under(pages["red-flags"], level)}
    wrong = [
        f"{sign.id}: {words}"
        for sign in signs.signs
        for words in (sign.do, sign.up)
        if words not in after_lead_in(lines[f"{sign.text}."]).partition("May be: ")[2]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("level", "opening"), [("NOW", "Call your emergency number"), ("TODAY", "Get care today")]
)
def test_the_short_page_has_each_sign(
    pages: Mapping[str, Page], signs: Signs, level: str, opening: str
) -> None:
    """The short page has the short line of each sign, in its list, and no other line."""
    lines = short_list(pages["safety-first"], opening)
    assert lines == [each.short for each in signs.signs if each.level == level]


def test_the_gate_asks_for_each_sign_once(check: SelfCheck, signs: Signs) -> None:
    """Each urgent sign is in one answer, of its own level, and there are at most twenty lines."""
    asked = [(each, answer.level) for answer in check.gate.answers for each in answer.signs]
    expected = [(each.id, each.level) for each in signs.signs if each.level != Level.BOOK]
    assert sorted(asked) == sorted(expected)
    assert len(check.gate.answers) <= 20


def test_letters_of_the_gate_keep_their_level(check: SelfCheck) -> None:
    """Scripts and habits rely on the letters: none has become less urgent."""
    before = dict.fromkeys("abcd", Level.NOW) | dict.fromkeys("efghijkml", Level.TODAY)
    now = {answer.id: answer.level for answer in check.gate.answers}
    assert {letter: now[letter].rank <= level.rank for letter, level in before.items()} == (
        dict.fromkeys(before, True)
    )


def test_the_gate_is_as_wide_as_the_short_page(check: SelfCheck, kept: Kept) -> None:
    """An answer holds the words by which a reader would know each of its signs."""
    lost = [
        f"{sign}: {missing}"
        for answer in check.gate.answers
        for sign in answer.signs
        if (missing := absent(kept["gate"].get(sign, []), answer.text))
    ]
    assert lost == []
    assert set(kept["gate"]) == {each for answer in check.gate.answers for each in answer.signs}


def test_everyone_for_whom_it_is_more_urgent_is_asked(
    pages: Mapping[str, Page], check: SelfCheck, signs: Signs
) -> None:
    """The groups of the list stand on the page and in the question after the gate."""
    lines = [line.text for line in under(pages["red-flags"], MOVE_UP)]
    lost = [
        each.id for each in signs.groups if not any(text.startswith(each.text) for text in lines)
    ]
    assert lost == []
    assert len(lines) == len(signs.groups)
    assert check.risks is not None
    asked = [answer.group for answer in check.risks.answers if answer.group]
    assert asked == [each.id for each in signs.groups]


def test_each_sign_has_its_source(pages: Mapping[str, Page], signs: Signs) -> None:
    """Beside each sign stands where it comes from, and the full list cites it."""
    cited = set(re.findall(r"\bR\d+\b", pages["red-flags"].text))
    assert [each.id for each in signs.signs if not set(each.sources) & cited] == []
    assert [each.id for each in signs.signs if set(each.sources) - cited] == []


@pytest.mark.parametrize("table", ["red-flags", "safety-first"])
def test_no_sign_is_narrowed(
    pages: Mapping[str, Page], signs: Signs, kept: Kept, table: str
) -> None:
    """Each sign keeps the details by which a runner would recognize it."""
    text = {each.id: each.short for each in signs.signs}
    if table == "red-flags":
        lines = {lead_in(i): i.text for level in LEVELS for i in under(pages["red-flags"], level)}
        text = {each.id: lines[f"{each.text}."] for each in signs.signs}
    lost = [
        f"{sign}: {missing}"
        for sign, needed in kept[table].items()
        if (missing := absent(needed, text[sign]))
    ]
    assert lost == []


def test_a_tick_settles_no_danger(pages: Mapping[str, Page]) -> None:
    """The list that decides on help sends to the signs each time, and has no item for them."""
    page = pages["do-i-need-help"]
    items = [block.text for block in paragraphs(page) if in_list(block)]
    assert [each for each in items if "NOW" in each or "TODAY" in each] == []
    assert {"NOW", "TODAY"} <= set(re.findall(r"\b[A-Z]+\b", page.text))
    assert "red-flags" in {placed.link.section for placed in page.links}


@pytest.mark.parametrize("name", ["once", "during-the-run"])
def test_chest_pressure_is_the_same_everywhere(pages: Mapping[str, Page], name: str) -> None:
    """The checklists act on chest pressure as the signs do."""
    text = pages[name].text.lower()
    needed = ["chest pressure", "within a few minutes", "call", "any heart risk", "even if it goes"]
    needed = [*needed[:4], "get care the same day"] if name == "once" else needed
    assert absent(needed, text) == []


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
        "keep still and let nobody move you",
        "Do not eat or drink",
        "only if the dispatcher or your doctor says so",
        "push hard and fast in the center of the chest",
        "at least 2 inches (5 cm)",
        "100–120 times a minute",
    ]
    assert [words for words in needed if words not in steps] == []


def test_conditions_of_self_care_are_complete(pages: Mapping[str, Page]) -> None:
    """All seven conditions of self-care are there."""
    assert len(under(pages["red-flags"], "When self-care is reasonable")) == 7


def test_the_short_page_leads_to_the_full_list(pages: Mapping[str, Page]) -> None:
    """The short page says that it is short, and where the full list is."""
    linked = [placed.link.section for placed in pages["safety-first"].links]
    assert "red-flags" in linked
    assert "choose the faster" in pages["safety-first"].text


def test_emergency_numbers_stand_in_one_place(
    handbook: Handbook, pages: Mapping[str, Page]
) -> None:
    """Numbers differ by country and may change, so only the red-flags page names them."""
    number = re.compile(rf"(?<![\w.,;:–-])({'|'.join(EMERGENCY_NUMBERS)})(?![\w,–-]|\.\w)")
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
