"""Filed runs in words: one run whole, and what its items are called today. No disk."""

from __future__ import annotations

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


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))
