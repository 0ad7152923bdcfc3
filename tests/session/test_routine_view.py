"""What the screen shows of a routine at a second, and what each second costs on the wire."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui.handbook.cards import Card
from tui.handbook.doses import parse_dose
from tui.handbook.routines import Routine, Step
from tui.session.routine_player import Player, started
from tui.session.routine_view import ShownLine, lines_of
from tui.terminal.grid import Abilities
from tui.terminal.thin_driver import Screen

_COLORS = {
    "cursor": "\x1b[7;38;2;216;212;204;48;2;28;30;33m",
    "strong": "\x1b[1;38;2;216;212;204;48;2;28;30;33m",
    "": "\x1b[38;2;216;212;204;48;2;28;30;33m",
}


def holding(dose: str) -> Player:
    """In the first hold of an exercise with this dose."""
    card = Card("lean", "Lean", parse_dose(dose), (("steps", ("Lean.", "Breathe.")),), ())
    player = started(Routine("lean", "Lean", (Step(card, card.dose, card.how(), "Lean", 0),)))
    return player.passed(5)[0]


def shown(player: Player, height: int = 23) -> list[str]:
    return [line.text for line in lines_of(player, (), "", 72, height)]


def drawn(lines: tuple[ShownLine, ...]) -> str:
    """What Textual writes for these lines, the cursor at the end where it says what to do."""
    moves = (
        f"\x1b[{row};3H{_COLORS.get(line.look, _COLORS[''])}{line.text}"
        f"\x1b[m{_COLORS['']}{' ' * (76 - len(line.text))}\x1b[m"
        for row, line in enumerate(lines, 1)
    )
    now = next(row for row, line in enumerate(lines, 1) if line.is_now)
    return "".join(moves) + f"\x1b[{now};3H"


@pytest.mark.parametrize("height", [11, 23, 49])
def test_a_second_costs_few_bytes(height: int) -> None:
    """Each second of a hold, the last ones and a turn of the minutes too, takes at most 60 bytes."""
    player = holding("hold 99; sets 3; rest 60")
    screen, costs = Screen(Abilities(), 80, 50), []
    while player.seconds > 1:
        sent = screen.write(drawn(lines_of(player, (), "", 72, height))) + screen.flush()
        costs.append(len(sent))
        player, _ = player.passed(1)
    assert len(costs) == 98
    assert max(costs[1:]) <= 60


def test_a_count_keeps_its_place() -> None:
    """With a digit less the others stay where they were."""
    player = holding("hold 20")
    ten = lines_of(player.passed(10)[0], (), "", 72, 11)
    nine = lines_of(replace(player, left=9.0), (), "", 72, 11)
    assert (ten[2].text, nine[2].text) == ("10  Hold", " 9  Hold")


def test_large_where_there_is_room() -> None:
    """The count has strokes of several lines, or one line on a low screen; next stays in sight."""
    player = holding("hold 20")
    assert shown(player)[3:8] == ["###  ###", "  #  # #", "###  # #", "#    # #", "###  ###"]
    assert "20  Hold" in shown(player, 11)
    for height in (11, 23):
        assert "Next: the end · about 1 min left" in shown(player, height)


def test_the_end_and_a_pause_are_said() -> None:
    """The last three seconds and a pause show in a reversed line, and a pause in words."""
    player = holding("hold 20")
    looks = {
        state: next(line for line in lines_of(at, (), "", 72, 23) if line.is_now)
        for state, at in {
            "on": player,
            "ends": player.passed(8)[0].passed(9.5)[0],
            "paused": player.pause(),
        }.items()
    }
    assert {state: line.look for state, line in looks.items()} == {
        "on": "strong",
        "ends": "cursor",
        "paused": "cursor",
    }
    assert looks["paused"].text == "Paused. Hold"


def test_whole_words_on_a_narrow_screen() -> None:
    """What waits for a key says so whole, be it on two lines."""
    player = holding("reps 12; sides alternate")
    said = [line.text.strip() for line in lines_of(player, (), "", 33, 11)]
    assert said[2:4] == ["12 repetitions, each side.", "Space when done"]
