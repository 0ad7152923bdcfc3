"""Filed runs in words: one run whole, and what its items are called today. No disk."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..diary.clock import local_day, moment_of
from ..diary.model import Run, list_of
from ..handbook.blocks import Block, Heading, Link, ListItem, Paragraph, Span, Style
from ..handbook.checklists import Checklist, Item, item_at
from ..handbook.model import Handbook, Page, Section
from ..handbook.safe_text import one_line

NOTHING = "-"
"""Stands where no soreness was noted."""


def day_of(run: Run) -> date:
    """The reader's own day on which the run was filed."""
    return local_day(moment_of(run.finished))


def full_day(run: Run) -> str:
    """The day with its year: `Nov 18, 2026`."""
    day = day_of(run)
    return f"{day:%b} {day.day}, {day.year}"


def distance(run: Run) -> str:
    """How far, how long and with what load, as far as it is known: `8.5 km, 48 min`."""
    known = ((run.km, "km"), (run.minutes, "min"), (run.load, "kg carried"))
    return ", ".join(f"{value:g} {unit}" for value, unit in known if value is not None)


def _of(done: int, total: int) -> str:
    return f"{done}/{total}"


def _inside(title: str) -> str:
    """A title as it is written inside a sentence."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


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

    def list_id(self, reference: str) -> str:
        """The id of the list that an item stands on today, or once stood on."""
        item = self.item(reference)
        if item is not None:
            return item.checklist
        return self.handbook.renamed.get(list_of(reference)) or list_of(reference)

    def place(self, reference: str) -> tuple[int, int]:
        """Where an item stands: its list among the lists, and its block; own and retired ones last."""
        item = self.item(reference)
        title = self.list_title(reference)
        of_lists = (number for number, each in enumerate(self.lists) if each.title == title)
        return next(of_lists, len(self.lists)), item.block if item else sys.maxsize

    def list_title(self, reference: str) -> str:
        """The title of the list that an item stands on, or the id of one the book has no longer."""
        list_id = self.list_id(reference)
        named = (each.title for each in self.lists if each.id == list_id)
        return next(named, one_line(list_of(reference)))

    def done(self, run: Run) -> str:
        """How many items of the main list were done: `11/12`; a dash where the run has none of it."""
        main = self.handbook.roles.checklist
        ticked = [each for each in run.ticked if self.list_id(each) == main]
        rest = [each for each in (*run.skipped, *run.left) if self.list_id(each) == main]
        return _of(len(ticked), len(ticked) + len(rest)) if ticked or rest else NOTHING

    def done_by_list(self, run: Run) -> str:
        """How many items of each list were done: `11/12 before the run, 2/9 during the run`."""
        counts: dict[str, list[int]] = {}
        for each in (*run.ticked, *run.skipped, *run.left):
            count = counts.setdefault(self.list_title(each), [0, 0])
            count[0] += each in run.ticked
            count[1] += 1
        return ", ".join(f"{_of(*count)} {_inside(title)}" for title, count in counts.items())


def run_page(run: Run, names: ItemNames) -> Page:
    """A run whole, as a page; each item of the book leads to its reason."""
    blocks: list[Block] = [Heading(1, (Span(f"Run of {full_day(run)}"),)), *_facts(run, names)]
    if run.note.strip():
        blocks.append(_paragraph("\n".join(map(one_line, run.note.strip().split("\n")))))
    references = sorted((*run.ticked, *run.skipped, *run.left), key=names.place)
    for title in dict.fromkeys(names.list_title(each) for each in references):
        here = [each for each in references if names.list_title(each) == title]
        blocks.append(Heading(2, (Span(title),)))
        blocks.extend(_item(run, each, names) for each in here)
    return Page(Section("run", "Run", "", None), tuple(blocks))


def _facts(run: Run, names: ItemNames) -> Iterator[Paragraph]:
    for name, value in (
        ("Soreness after the run", _out_of_ten(run.soreness)),
        ("Next morning", _out_of_ten(run.soreness_next_day)),
        ("Run", distance(run)),
        ("Climb", _climb(run)),
        ("Cadence", f"{run.cadence} steps a minute" if run.cadence else ""),
        ("Sign of danger", "came on this run" if run.danger else ""),
        ("Done", names.done_by_list(run)),
        ("Time", _hours(run)),
        ("Id", run.id[:8]),
    ):
        if not value:
            continue
        spans = (Span(f"{name}: ", Style.STRONG), Span(value))
        yield Paragraph(spans, (ListItem("-", opens=True, tight=True),))


def _climb(run: Run) -> str:
    down = "" if run.descent is None else f", {run.descent} m down"
    return "" if run.climb is None else f"{run.climb} m up{down}"


def _out_of_ten(soreness: int | None) -> str:
    return "not noted" if soreness is None else f"{soreness} of 10"


def _hours(run: Run) -> str:
    began, ended = (moment_of(each).astimezone() for each in (run.started, run.finished))
    if began.date() == ended.date():
        return f"{began:%H:%M}" if began == ended else f"from {began:%H:%M} to {ended:%H:%M}"
    return f"from {began:%b} {began.day}, {began:%H:%M} to {ended:%b} {ended.day}, {ended:%H:%M}"


def _item(run: Run, reference: str, names: ItemNames) -> Paragraph:
    why = run.skipped.get(reference)
    box = "[x]" if reference in run.ticked else "[ ]" if why is None else "[-]"
    label = Span(names.label(reference, run.own), link=_reason(names.item(reference)))
    reason = Span(f" (skipped: {one_line(why)})" if box == "[-]" and why else "")
    return Paragraph((label, reason), (ListItem(box, opens=True, tight=True),))


def _reason(item: Item | None) -> Link | None:
    return item.links[0].link if item is not None and item.section else None


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))
