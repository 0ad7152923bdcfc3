"""Filed runs in words: one run whole, and soreness over all of them beside the items. No disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from ..diary.clock import local_day, moment_of
from ..diary.model import Run, list_of
from ..diary.statistics import FEWEST, Effect, bars, effects, recent_medians
from ..handbook.blocks import Block, Heading, Link, ListItem, Paragraph, Span, Style, Table
from ..handbook.checklists import Checklist, Item
from ..handbook.lookup import item_at
from ..handbook.model import Handbook, Page, Section
from ..handbook.safe_text import one_line
from ..layout.typesetting import MEASURE
from ..layout.wrapping import cell_width, fitted

NOTHING = "-"
"""Stands where no soreness was noted."""
GAP = 3
"""Cells between the two columns of the picture."""
ROOM_FOR_TABLE = 56
"""Cells; narrower places have the items as a list."""
PROOF = (
    "This is no proof that an item helps or harms: other things differed between those runs too."
)


def day_of(run: Run) -> date:
    """The reader's own day on which the run was filed."""
    return local_day(moment_of(run.finished))


def full_day(run: Run) -> str:
    """The day with its year: `Nov 18, 2026`."""
    day = day_of(run)
    return f"{day:%b} {day.day}, {day.year}"


def done(run: Run) -> str:
    """How many of the run's items were done: `5/12`."""
    return f"{len(run.ticked)}/{len(run.ticked) + len(run.skipped) + len(run.left)}"


def level(soreness: int | None) -> str:
    """A soreness as a number, or the sign that none was noted."""
    return NOTHING if soreness is None else str(soreness)


@dataclass(frozen=True)
class ItemNames:
    """What the items of filed runs are called today."""

    handbook: Handbook
    lists: Sequence[Checklist]
    _found: dict[str, Item | None] = field(default_factory=dict, repr=False)

    def item(self, reference: str) -> Item | None:
        """The book's item; None for the reader's own, and for what the book has no longer."""
        if reference not in self._found:
            self._found[reference] = item_at(self.handbook, self.lists, reference)
        return self._found[reference]

    def label(self, reference: str, own: Mapping[str, str]) -> str:
        """The book's words, the reader's own as they were that day, or the id of a retired item."""
        item = self.item(reference)
        if item is not None:
            return item.label
        return one_line(own.get(reference) or f"{reference} (retired)")

    def list_title(self, reference: str) -> str:
        """The title of the list that an item stands on, or the id of one the book has no longer."""
        item = self.item(reference)
        list_id = item.checklist if item else self.handbook.renamed.get(list_of(reference))
        named = (each.title for each in self.lists if each.id == (list_id or list_of(reference)))
        return next(named, one_line(list_of(reference)))

    def today(self, run: Run) -> Run:
        """The run with its items under the names they have now."""
        if not self.handbook.renamed:
            return run
        return run._replace(
            ticked=tuple(self._now(each) for each in run.ticked),
            skipped={self._now(each): why for each, why in run.skipped.items()},
            left=tuple(self._now(each) for each in run.left),
        )

    def is_gate(self, reference: str) -> bool:
        """Whether this is the item that decides if the reader runs at all: no habit to be judged."""
        roles = self.handbook.roles
        return bool(roles.gate_item) and reference == f"{roles.checklist}/{roles.gate_item}"

    def _now(self, reference: str) -> str:
        item = self.item(reference)
        return item.reference if item else reference


def run_page(run: Run, names: ItemNames) -> Page:
    """A run whole, as a page; each item of the book leads to its reason."""
    blocks: list[Block] = [Heading(1, (Span(f"Run of {full_day(run)}"),)), *_facts(run)]
    if run.note.strip():
        blocks.append(_paragraph("\n".join(map(one_line, run.note.strip().split("\n")))))
    references = (*run.ticked, *run.skipped, *run.left)
    for title in dict.fromkeys(names.list_title(each) for each in references):
        here = [each for each in references if names.list_title(each) == title]
        blocks.append(Heading(2, (Span(title),)))
        blocks.extend(_item(run, each, names) for each in here)
    return Page(Section("run", "Run", "", None), tuple(blocks))


def _facts(run: Run) -> Iterator[Paragraph]:
    for name, value in (
        ("Soreness after the run", _out_of_ten(run.soreness)),
        ("Next morning", _out_of_ten(run.soreness_next_day)),
        ("Done", f"{done(run).replace('/', ' of ')}, {_hours(run)}"),
        ("Id", run.id[:8]),
    ):
        spans = (Span(f"{name}: ", Style.STRONG), Span(value))
        yield Paragraph(spans, (ListItem("-", opens=True, tight=True),))


def _out_of_ten(soreness: int | None) -> str:
    return "not noted" if soreness is None else f"{soreness} of 10"


def _hours(run: Run) -> str:
    began, ended = (moment_of(each).astimezone() for each in (run.started, run.finished))
    if began.date() == ended.date():
        return f"from {began:%H:%M} to {ended:%H:%M}"
    return f"from {began:%b} {began.day}, {began:%H:%M} to {ended:%b} {ended.day}, {ended:%H:%M}"


def _item(run: Run, reference: str, names: ItemNames) -> Paragraph:
    why = run.skipped.get(reference)
    box = "[x]" if reference in run.ticked else "[ ]" if why is None else "[-]"
    label = Span(names.label(reference, run.own), link=_reason(names.item(reference)))
    reason = Span(f" (skipped: {one_line(why)})" if box == "[-]" and why else "")
    return Paragraph((label, reason), (ListItem(box, opens=True, tight=True),))


def _reason(item: Item | None) -> Link | None:
    return item.links[0].link if item is not None and item.section else None


@dataclass(frozen=True, slots=True)
class ItemEffect:
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


def item_effects(runs: Sequence[Run], names: ItemNames) -> tuple[ItemEffect, ...]:
    """Each item that stands on enough runs with it and without, most relief first.

    The gate item is left out: it is about whether to run at all.
    """
    rows = effects([names.today(run) for run in runs])
    own = {item: words for run in reversed(runs) for item, words in run.own.items()}
    return tuple(
        ItemEffect(names.label(row.item, own), row) for row in rows if not names.is_gate(row.item)
    )


def items_in_words(rows: Sequence[ItemEffect], width: int) -> tuple[Block, ...]:
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


def _table(rows: Sequence[ItemEffect], width: int) -> Iterator[Block]:
    figures = [("With", "Without"), *map(_figures, rows)]
    taken = sum(max(map(len, column)) + 2 for column in zip(*figures, strict=True))
    labels = ["Item", *(fitted(row.label, width - taken) for row in rows)]
    lines = zip(labels, figures, strict=True)
    yield Table(tuple(tuple((Span(cell),) for cell in (label, *both)) for label, both in lines))


def _list(rows: Sequence[ItemEffect], width: int) -> Iterator[Block]:
    for row in rows:
        with_it, without = _figures(row)
        words = f"{fitted(row.label, 3 * width)}: {with_it} with it, {without} without"
        yield Paragraph((Span(words),), (ListItem("-", opens=True, tight=True),))


def _figures(row: ItemEffect) -> tuple[str, str]:
    effect = row.effect
    return (
        f"{effect.with_median:g} ({effect.with_runs})",
        f"{effect.without_median:g} ({effect.without_runs})",
    )


def _median(median: float | None) -> str:
    return "" if median is None else f"median {median:g}"


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))
