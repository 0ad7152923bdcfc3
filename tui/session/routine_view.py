"""A routine at this second as lines: what to do, a large count, what comes next, how it is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..handbook.phases import Phase
from ..layout.wrapping import break_lines
from .routine_player import COUNTED, Player
from .routine_words import minutes, next_words, what, where

_DIGITS = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": ("  #", "  #", "  #", "  #", "  #"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    "\u2013": ("   ", "   ", "###", "   ", "   "),
    " ": ("   ", "   ", "   ", "   ", "   "),
}
"""The strokes of each digit, three by five, in a sign of one byte: each second is sent anew."""
LARGE = 5
"""Lines of a large count."""
ROOM_FOR_LARGE = 16
"""Lines below which the count takes one line."""


class ShownLine(NamedTuple):
    """A line, and how it looks: one of the looks of a list, or none."""

    text: str
    look: str = ""
    is_now: bool = False
    """Whether it says what to do now, so that a screen reader is to read it."""


def lines_of(
    player: Player, pose: Sequence[str], caption: str, width: int, height: int
) -> tuple[ShownLine, ...]:
    """What the screen shows now; the steps of the move where there is no drawing, or no room for it."""
    now = player.phase
    if now is None:
        said = "Done." if player.whole else "Done, with something left out."
        return (ShownLine(said, "title", is_now=True),)
    head = tuple(_head(player, now, width, large=height >= ROOM_FOR_LARGE))
    left = height - len(head) - 1
    drawn = 0 < len(pose) <= left - 1 and all(len(line) <= width for line in pose)
    below = [ShownLine("")]
    if drawn:
        below += [ShownLine(line) for line in pose]
        below += _wrapped((caption,), width) if left > len(pose) + 2 else []
    else:
        below += _steps(player, now, width)
    return (*head, *below)[:height]


def stopped_lines(card: str, stop_if: str, width: int, red_flags: str) -> tuple[ShownLine, ...]:
    """What is said once it hurts: no exercise any more, only where to look."""
    words = [f"{card} is stopped, and so is the routine."]
    words += [f"Stop if: {stop_if}"] if stop_if else []
    words.append(f"{red_flags} shows the red flags: when to get help. Esc leaves.")
    said: list[ShownLine] = [ShownLine("It hurts: stopped", "warning", is_now=True)]
    for each in words:
        said += [ShownLine(""), *_wrapped((each,), width)]
    return tuple(said)


def _head(player: Player, now: Phase, width: int, *, large: bool) -> Iterator[ShownLine]:
    routine = player.routine
    step = f"{now.exercise + 1} of {len(routine.steps)}"
    title = f"{step}. {routine.steps[now.exercise].card.title}"
    yield from (line._replace(look="title") for line in _wrapped((title,), width))
    yield ShownLine(where(now), "strong")
    ends = now.counts_down and player.seconds <= COUNTED
    said = "Paused. " if player.paused else ""
    said += what(now) + ("" if now.counts_down else ". Space when done")
    count = str(player.seconds) if now.counts_down else str(now.amount)
    # A count keeps its place when it loses a digit: what moves has to be sent anew.
    count = count.rjust(len(str(now.seconds))) if now.counts_down else count
    look = "cursor" if ends or player.paused else "strong"
    if large:
        yield ShownLine("")
        for row in range(LARGE):
            yield ShownLine("  ".join(_DIGITS[each][row] for each in count).rstrip())
        yield ShownLine("")
    before = f"{count}  " if now.counts_down and not large else ""
    room = width - len(before)
    said = said if len(said) <= room else said.replace(". ", ".\n")
    for at, line in enumerate(_wrapped((said,), room)):
        yield ShownLine(before + line.text, look, is_now=at == 0)
        before = " " * len(before)
    coming = next_words(routine, now, player.next_work)
    last = f"Next: {coming} · about {minutes(player.about_left)} left"
    yield from _wrapped((last,), width)


def _steps(player: Player, now: Phase, width: int) -> Iterator[ShownLine]:
    step = player.routine.steps[now.exercise]
    if step.text != step.card.title:
        yield from _wrapped((step.text,), width)
    for number, each in enumerate(step.how, start=1):
        before = f"{number}. "
        for line in _wrapped((each,), width - len(before)):
            yield ShownLine(before + line.text)
            before = " " * len(before)


def _wrapped(texts: Sequence[str], width: int) -> list[ShownLine]:
    return [ShownLine(text[start:end]) for text in texts for start, end in break_lines(text, width)]
