"""What the self-check says in words."""

from __future__ import annotations

import pytest

from tui.handbook.blocks import Block, Heading, Paragraph, Table, spans_of
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.handbook.model import Section
from tui.self_check.advice import Adviser, bar
from tui.self_check.loading import load_self_check
from tui.self_check.model import SelfCheck, evaluate, parse_answers

VEST = "q0=z q1=a q2=a q3=c q4=a q5=a q10=e q11=b q12=a q13=b q14=a"


@pytest.fixture(name="check")
def _check() -> SelfCheck:
    check = load_self_check(load_handbook(OWN_BOOK))
    assert check is not None
    return check


@pytest.fixture(name="adviser")
def _adviser(check: SelfCheck) -> Adviser:
    handbook = load_handbook(OWN_BOOK)
    return Adviser(handbook, Pages(handbook), check)


def headings(blocks: tuple[Block, ...]) -> list[str]:
    """The words of all headings, in order."""
    return [block.text for block in blocks if isinstance(block, Heading)]


def words(blocks: tuple[Block, ...]) -> str:
    """All words, a block a line."""
    return "\n".join(block.text for block in blocks)


def test_now_gives_the_steps_and_nothing_else(adviser: Adviser, check: SelfCheck) -> None:
    """A NOW answer says what to do in the book's order, with no cause and no points."""
    said = adviser.result(evaluate(check, parse_answers(check, f"q0=a {VEST[5:]}")))

    assert said[1].text.startswith("911 (United States and Canada) · 112 (European Union)")
    assert headings(said) == [
        "Stop. Call your emergency number now.",
        "What to do on the spot",
        "Emergency numbers",
    ]
    assert "points" not in words(said)
    assert words(said).index("Stop running") < words(said).index("Call the emergency number and")


def test_today_gives_care_and_nothing_else(adviser: Adviser, check: SelfCheck) -> None:
    """A TODAY answer says not to run, where to go, when to call instead, and the way to its sign."""
    said = adviser.result(evaluate(check, parse_answers(check, f"q0=f {VEST[5:]}")))
    text = words(said)

    assert headings(said) == ["Get medical care today. Do not run."]
    assert said[1].text.startswith("If it becomes more urgent, call: 911")
    for expected in ("same-day medical care: urgent care", "NOW if it does not fade", "Your sign"):
        assert expected in text
    (link,) = {s.link for b in said for _, s in spans_of(b) if s.link and s.link.anchor}
    assert (link.section, link.anchor) == ("red-flags", "today")


def test_get_it_checked_has_no_causes(adviser: Adviser, check: SelfCheck) -> None:
    """With enough medical points it says whom to see and what to bring, and names no cause."""
    said = adviser.result(evaluate(check, parse_answers(check, f"{VEST[:-6]} q14=c")))

    assert headings(said) == ["Get it checked first", "What to bring"]
    assert "Because you chose: Yes, otherwise" in words(said)


def test_a_cause_says_why_and_what_to_try(adviser: Adviser, check: SelfCheck) -> None:
    """Each cause shows its points in words, the answers that gave them, one change, and links."""
    said = adviser.result(evaluate(check, parse_answers(check, VEST)))
    text = words(said)

    assert "15 of 28 points" in text
    assert "Because you said: “Taking off the pack, strap, or load eases it”" in text
    assert "One change: Six pairs of easy runs, one with the item and one without" in text
    assert "most likely place to start, not a diagnosis" in text
    assert "expert judgment, not statistics" in text


def test_links_lead_to_pages_of_the_book(adviser: Adviser, check: SelfCheck) -> None:
    """Every link of a result leads to a page that exists."""
    handbook = load_handbook(OWN_BOOK)
    said = adviser.result(evaluate(check, parse_answers(check, VEST)))
    links = [span.link for block in said for _, span in spans_of(block) if span.link is not None]

    assert links
    assert [link.section for link in links if handbook.get(link.section) is None] == []


def test_no_clear_favorite_says_what_to_try(adviser: Adviser, check: SelfCheck) -> None:
    """Where no cause stands out, prevention and load are offered and a second try in two weeks."""
    said = adviser.result(evaluate(check, parse_answers(check, "q0=z")))

    assert "No clear favorite" in headings(said)
    assert "repeat this check in two weeks" in words(said)
    assert "Too much, too soon" in words(said)


def test_a_bar_draws_what_causes_are_ranked_by(adviser: Adviser, check: SelfCheck) -> None:
    """Points on one scale for all: of two causes the one with more points has no shorter bar."""
    assert [bar(points, 28) for points in (0, 14, 28)] == ["─" * 12, "█" * 6 + "─" * 6, "█" * 12]
    said = adviser.result(evaluate(check, parse_answers(check, VEST)))
    table = next(each for each in said if isinstance(each, Table))
    drawn = ["".join(span.text for span in row[1]).count("█") for row in table.rows[1:]]
    assert drawn == sorted(drawn, reverse=True)


def test_without_a_page_for_red_flags_now_still_says_to_call(check: SelfCheck) -> None:
    """A book that names no page for red flags still tells what to do first."""
    handbook = load_handbook(OWN_BOOK)
    bare = type(handbook)(handbook.title, handbook.folder, handbook.chapters)
    said = Adviser(bare, Pages(bare), check).result(evaluate(check, {"q0": ("a",)}))

    assert headings(said) == ["Stop. Call your emergency number now."]
    assert isinstance(said[1], Paragraph)
    assert bare.get("red-flags") == Section(
        "red-flags", "Red flags: the full list", "Getting help", "help/red-flags.md"
    )
