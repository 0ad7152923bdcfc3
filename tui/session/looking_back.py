"""All runs at a glance: a picture of the last ten, and the items beside soreness. No disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ..diary.model import Run
from ..diary.statistics import FEWEST, Effect, bars, effects, recent_medians
from ..handbook.blocks import Block, Heading, ListItem, Paragraph, Span, Table
from ..layout.typesetting import MEASURE
from ..layout.wrapping import cell_width, fitted
from .past_runs import ItemNames

GAP = 3
"""Cells between the two columns of the picture."""
ROOM_FOR_TABLE = 56
"""Cells; narrower places have the items as a list."""
PROOF = (
    "This is no proof that an item helps or harms: other things differed between those runs too."
)


@dataclass(frozen=True, slots=True)
class Beside:
    """An item, and soreness on the runs with and without it."""

    label: str
    effect: Effect


def picture(runs: Sequence[Run], width: int) -> tuple[str, ...]:
    """Soreness of the last five runs that noted it, and of the five before, each with its median.

    Runs are given newest first. Where there is no room for both, the five before are a median alone.
    """
    noted = [run for run in runs if run.soreness is not None][:10]
    if not noted:
        return ()
    drawn, medians = bars(noted), recent_medians(runs)
    last = (f"Soreness, last {len(drawn[:5])}", *drawn[:5], _median(medians.last))
    if medians.before is None:
        return last
    before = (f"{len(drawn[5:])} before", *drawn[5:], _median(medians.before))
    wide = max(map(cell_width, last)) + GAP
    if wide + max(map(cell_width, before)) > width:
        return (*last, f"{before[0]}: {before[-1]}")
    rows = [*zip_longest(last[:-1], before[:-1], fillvalue=""), (last[-1], before[-1])]
    return tuple(f"{left.ljust(wide)}{right}".rstrip() for left, right in rows)


def medians_in_words(runs: Sequence[Run]) -> str:
    """The medians as one sentence; nothing where no soreness was noted."""
    medians = recent_medians(runs)
    if medians.last is None:
        return ""
    count = min(sum(run.soreness is not None for run in runs), 10)
    words = f"Median soreness after the run: {medians.last:g} (last {min(count, 5)} noted)"
    if medians.before is None:
        return f"{words}."
    return f"{words}, {medians.before:g} (the {count - 5} before)."


def beside_soreness(runs: Sequence[Run], names: ItemNames) -> tuple[Beside, ...]:
    """Each item that stands on enough runs with it and without, most relief first.

    The gate item is left out: it is about whether to run at all.
    """
    rows = effects([names.today(run) for run in runs])
    own = {item: words for run in reversed(runs) for item, words in run.own.items()}
    return tuple(
        Beside(names.label(row.item, own), row) for row in rows if not names.is_gate(row.item)
    )


def items_in_words(rows: Sequence[Beside], width: int) -> tuple[Block, ...]:
    """The items beside soreness as blocks for a width in cells, with what they are worth."""
    heading = Heading(2, (Span("Items beside soreness"),))
    if not rows:
        needed = f"at least {FEWEST} runs with it and {FEWEST} without"
        words = f"An item shows here once there are {needed}, with soreness noted after the run."
        return heading, _paragraph(words)
    meaning = (
        "Median soreness after runs with the item done, and without it; in brackets, how many runs."
    )
    shown = _table if width >= ROOM_FOR_TABLE else _list
    return heading, _paragraph(f"{meaning} {PROOF}"), *shown(rows, min(width, MEASURE))


def _table(rows: Sequence[Beside], width: int) -> Iterator[Block]:
    figures = [("With", "Without"), *map(_figures, rows)]
    taken = sum(max(map(len, column)) + 2 for column in zip(*figures, strict=True))
    labels = ["Item", *(fitted(row.label, width - taken) for row in rows)]
    lines = zip(labels, figures, strict=True)
    yield Table(tuple(tuple((Span(cell),) for cell in (label, *both)) for label, both in lines))


def _list(rows: Sequence[Beside], width: int) -> Iterator[Block]:
    for row in rows:
        with_it, without = _figures(row)
        words = f"{fitted(row.label, 3 * width)}: {with_it} with it, {without} without"
        yield Paragraph((Span(words),), (ListItem("-", opens=True, tight=True),))


def _figures(row: Beside) -> tuple[str, str]:
    effect = row.effect
    return (
        f"{effect.with_median:g} ({effect.with_runs})",
        f"{effect.without_median:g} ({effect.without_runs})",
    )


def _median(median: float | None) -> str:
    return "" if median is None else f"median {median:g}"


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))
