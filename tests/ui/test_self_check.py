"""The self-check on the screen: the gate, the questions, the result, and the way back."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path

import pytest

from tests.small_book import write_book
from tests.ui.reading import OpenBook, Reading, reading
from tui.handbook.loading import OWN_BOOK
from tui.ui.widgets.question import QuestionView

VEST = "aacaazzzzebaba"
"""A runner with a new vest: answers to the 14 questions, whose causes are gear and arms."""
LETTERS = "abcdefg"


@pytest.fixture
def own_book(tmp_path: Path) -> Callable[..., AbstractAsyncContextManager[Reading]]:
    """Opens our own book."""
    return partial(reading, OWN_BOOK, tmp_path / "data")


async def answer_all(here: Reading, letters: str = VEST) -> None:
    """Answer the 14 questions; `z` is the last answer of each."""
    for letter in letters:
        if letter == "z":
            await here.press("end", "space", "enter")
        else:
            await here.press(str(LETTERS.index(letter) + 1), "enter")


async def pass_gate(here: Reading) -> None:
    """Open the self-check and say that no sign fits, and that one belongs to no group."""
    await here.press("w", "0", "enter", "0", "enter")


def ticked(here: Reading) -> list[str]:
    """The lines of the answers that are chosen."""
    lines = (line.strip("> ") for line in here.screen.splitlines())
    return [line for line in lines if line.startswith("[x]")]


async def test_the_gate_stands_alone(own_book: OpenBook) -> None:
    """The signs of danger come before any question, those for now first; none is chosen."""
    async with own_book(size=(80, 60)) as here:
        await here.press("w")
        assert "Safety first" in here.screen
        assert here.screen.count("[ ]") == 20
        assert ticked(here) == []
        assert "of 14" not in here.screen


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_gate_says_how_much_is_below(own_book: OpenBook, size: tuple[int, int]) -> None:
    """Of the twenty signs and "None of these", it counts the answers that do not show whole."""
    async with own_book(size=size) as here:
        await here.press("w")
        view = here.app.screen.query_one(QuestionView)
        for _ in range(view.count):
            hidden = [
                row
                for row, lines in enumerate(view.rows)
                if lines and lines[-1] >= view.top + view.sight
            ]
            said = f"↓ {len(hidden)} more below"
            assert (said in here.screen) == bool(hidden)
            assert hidden or "more below" not in here.screen
            await here.press("down")


async def test_the_gate_asks_for_an_answer(own_book: OpenBook) -> None:
    """The gate cannot be skipped, and says what to do."""
    async with own_book() as here:
        await here.press("w", "enter")
        assert "None of these; Space chooses" in here.status
        assert "Safety first" in here.screen


async def test_none_of_these_stands_alone(own_book: OpenBook) -> None:
    """None of these takes the other answers back, and another answer takes it back."""
    async with own_book() as here:
        await here.press("w", "1", "2", "end", "space")
        assert ticked(here) == ["[x] 0 None of these"]
        await here.press("2", "g")
        assert [line[:15] for line in ticked(here)] == ["[x] 2 Sudden te"]


async def test_none_of_these_is_near(own_book: OpenBook) -> None:
    """0 stands beside it and chooses it; Up from the first answer goes to it, and chooses nothing."""
    async with own_book() as here:
        await here.press("w", "up")
        assert ("[ ] 0 None of these" in here.screen, ticked(here)) == (True, [])
        await here.press("g", "0")
        assert ticked(here) == ["[x] 0 None of these"]
        await here.press("enter")
        assert "Which of these are true of you?" in here.screen
        await here.press("enter")
        assert "None of these; Space chooses" in here.status


async def test_now_ends_there(own_book: OpenBook) -> None:
    """A sign for now fills the screen with what to do, and there is nothing to go on to."""
    async with own_book() as here:
        await here.press("w", "1", "5", "enter")
        lines = [line.strip() for line in here.screen.splitlines() if line.strip()]
        assert lines[0] == "Stop. Call your emergency number now."
        assert lines[1].startswith("911 (United States and Canada)")
        assert "go on" not in here.status
        before = here.screen
        await here.press("enter", "G", "space", "space")
        assert "of 14" not in here.screen
        await here.press("g")
        assert here.screen == before


async def test_today_ends_there(own_book: OpenBook) -> None:
    """After a sign for today only the groups are asked; then it says what to do, and no more."""
    async with own_book() as here:
        await here.press("w", *["down"] * 9, "space", "enter", "0", "enter")
        assert "Get medical care today. Do not run." in here.screen
        assert "go on" not in here.status
        await here.press("enter", "G", "space", "space")
        assert "of 14" not in here.screen


async def test_a_group_makes_it_more_urgent(own_book: OpenBook) -> None:
    """A sign for today in one for whom it is more urgent ends with the emergency number."""
    async with own_book() as here:
        await here.press("w", *["down"] * 10, "space", "enter", "3", "enter")
        assert "Stop. Call your emergency number now." in here.screen


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
@pytest.mark.parametrize("keys", [("1",), (*["down"] * 9, "space", "enter", "0")])
async def test_the_numbers_are_above_the_fold(
    own_book: OpenBook, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    """The emergency numbers are in sight at once, on small screens too."""
    async with own_book(size=size) as here:
        await here.press("w", *keys, "enter")
        for number in ("911", "112", "999", "000", "111"):
            assert number in here.screen


async def test_the_result(own_book: OpenBook) -> None:
    """The result names the likeliest places to start, each with points, why, and what to try."""
    async with own_book(size=(80, 60)) as here:
        await pass_gate(here)
        await answer_all(here)
        words = " ".join(here.screen.split())
        for expected in (
            "most likely place to start, not a diagnosis",
            "points are expert judgment",
            "1. Pack, vest",
            "15 of 28 points",
            "2. Arm carriage",
            "Because you said: “",
            "One change: Six pairs of easy runs, one with the item and one without",
            "Exercises: ",
        ):
            assert expected in words
        assert "your diagnosis" not in words


async def test_to_a_section_and_back(own_book: OpenBook) -> None:
    """A link of the result opens its page; Backspace leads back, and w shows the result again."""
    async with own_book() as here:
        await here.press("]")
        was = here.section
        await pass_gate(here)
        await answer_all(here)
        await here.press(">", "enter")
        assert here.section == "gear"
        await here.press("w")
        assert "Where to start" in here.screen
        await here.press("escape", "backspace")
        assert here.section == was


async def test_skipping_and_going_back(own_book: OpenBook) -> None:
    """A question may be left without an answer; Backspace goes back to what was chosen."""
    async with own_book() as here:
        await pass_gate(here)
        await here.press("enter", "2")
        assert "2 of 14" in here.screen
        await here.press("enter", "backspace")
        assert "2 of 14" in here.screen
        assert len(ticked(here)) == 1
        await here.press("backspace")
        assert ("1 of 14" in here.screen, ticked(here)) == (True, [])
        await here.press("backspace", "backspace", "backspace")
        assert ticked(here) == ["[x] 0 None of these"]


async def test_esc_keeps_the_answers(own_book: OpenBook) -> None:
    """Esc leaves, and w goes on where one was; after the program ends nothing is left."""
    async with own_book() as here:
        await pass_gate(here)
        await here.press("3", "escape")
        assert here.section == "start-here"
        await here.press("w")
        assert ("1 of 14" in here.screen, len(ticked(here))) == (True, 1)
    async with own_book() as here:
        await here.press("w")
        assert ("Safety first" in here.screen, ticked(here)) == (True, [])


async def test_starting_over(own_book: OpenBook) -> None:
    """O begins again with no answers, also from the result."""
    async with own_book() as here:
        await pass_gate(here)
        await answer_all(here)
        assert "O start over" in here.status
        await here.press("O")
        assert ("Safety first" in here.screen, ticked(here)) == (True, [])


async def test_red_flags_and_back(own_book: OpenBook) -> None:
    """The red flags are one key away from every question, and Esc comes back to it."""
    async with own_book() as here:
        await pass_gate(here)
        await here.press("2", "!")
        assert "NOW: stop and call the emergency number" in here.screen
        await here.press("escape")
        assert ("1 of 14" in here.screen, len(ticked(here))) == (True, 1)
        await here.press("!", ">", "enter")
        assert here.section == "glossary"


async def test_the_map_answers_where(own_book: OpenBook) -> None:
    """B shows the map at the question where, and the zone taken there is the answer."""
    async with own_book() as here:
        await pass_gate(here)
        await here.press("B")
        assert "1 of 14" in here.screen
        await here.press("enter", "B", "3", "enter")
        assert ticked(here) == ["[x] 2 Between the shoulder blades (zone 3)"]
        await here.press("B", "escape")
        assert ticked(here) == ["[x] 2 Between the shoulder blades (zone 3)"]


async def test_a_zone_without_an_answer(own_book: OpenBook) -> None:
    """A zone that no answer names is said, and nothing is chosen for the reader."""
    async with own_book() as here:
        await pass_gate(here)
        await here.press("enter", "B", "5", "enter")
        assert ("has no answer of its own" in here.status) == (ticked(here) == [])


async def test_several_answers(own_book: OpenBook) -> None:
    """Where several answers fit, several can be chosen; elsewhere another takes the first one's place."""
    async with own_book() as here:
        await pass_gate(here)
        await here.press("1", "2")
        assert len(ticked(here)) == 1
        await here.press("enter", "enter", "enter")
        assert ("4 of 14" in here.screen, "choose all that fit" in here.screen) == (True, True)
        await here.press("1", "down", "x")
        assert len(ticked(here)) == 2
        await here.press("x")
        assert len(ticked(here)) == 1


async def test_by_mouse(own_book: OpenBook) -> None:
    """A click chooses an answer, and one more takes it back."""
    async with own_book() as here:
        await here.press("w")
        await here.click(QuestionView, "A fall, blow")
        assert len(ticked(here)) == 1
        await here.click(QuestionView, "A fall, blow")
        assert ticked(here) == []


async def test_small_screen_loses_nothing(own_book: OpenBook) -> None:
    """At 40 by 12 every word of the gate comes by while one goes from answer to answer."""
    async with own_book(size=(40, 12)) as here:
        await here.press("w")
        seen = here.screen
        for _ in range(20):
            await here.press("down")
            seen += here.screen
        words = " ".join(seen.split())
        for expected in ("Before anything else", "Sudden tearing", "None of these"):
            assert expected in words
        await here.press("g")
        assert "Safety first" in here.screen
        await here.press("1", "enter")
        assert "Stop. Call your emergency number now." in here.screen


async def test_help(own_book: OpenBook) -> None:
    """? explains the self-check and its keys."""
    async with own_book() as here:
        await here.press("w", "?")
        assert "The self-check" in here.screen
        assert "choose the answer" in here.screen


async def test_a_book_without_one(tmp_path: Path) -> None:
    """A book without a self-check offers neither key nor command for it."""
    folder = write_book(tmp_path / "book")
    async with reading(folder, tmp_path / "data") as here:
        before = here.screen
        await here.press("w")
        assert here.screen == before
        await here.press(":", *"self-check")
        assert "Nothing has that name" in here.screen


async def test_a_broken_one(tmp_path: Path) -> None:
    """A self-check that is wrong is said whole, with its file and what to mend."""
    folder = write_book(tmp_path / "book", {"self-check.toml": "tie_order = 3\n"})
    async with reading(folder, tmp_path / "data", size=(40, 12)) as here:
        await here.press("w")
        assert "The self-check cannot open" in here.screen
        said = "".join(here.screen.split())
        assert "self-check.toml" in said
        await here.press("escape")
        assert here.section == "one"
