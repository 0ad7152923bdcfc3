"""A checklist of the book, joined with what the reader did: rows ready to be shown. No disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..diary.model import ListState, OwnItem
from ..handbook.checklists import Checklist, Item, Resets, item_at
from ..handbook.model import Handbook
from ..handbook.safe_text import one_line


class Row(NamedTuple):
    """One item as it stands now."""

    item: Item
    """The book's, or one made of the reader's own words."""
    title: str = ""
    """The title of the section that its reason leads to."""
    ticked_at: str | None = None
    skipped: str | None = None
    """Why it is skipped, which may be empty; None where it is not."""
    own: bool = False
    hidden: bool = False
    marked_as: str = ""
    """The reference under which the diary has its tick or skip, be it an earlier one."""
    hidden_as: str = ""
    """Likewise for its being hidden."""
    today: str = ""
    """`with` or `without`, where it is what an experiment tries."""
    offered: bool = False
    """Whether to offer that it is left out for good: at the first use of what not everyone has."""
    fact: str = ""
    """What the reader's own runs say of it."""
    saving: bool = False
    """Whether a change to it is on its way to the disk."""

    @property
    def reference(self) -> str:
        """Its name today: `LIST/ITEM`."""
        return self.item.reference

    @property
    def label(self) -> str:
        """What is to be done."""
        return self.item.label

    @property
    def shown_label(self) -> str:
        """What is to be done, with one's own number, and in an experiment whether today."""
        beside = "; ".join(filter(None, (self.fact, self.today and f"Today: {self.today}")))
        return f"{self.label} ({beside})" if beside else self.label

    @property
    def ticked(self) -> bool:
        """Whether it is done."""
        return self.ticked_at is not None

    @property
    def open(self) -> bool:
        """Whether it is neither done, skipped nor hidden."""
        return self.ticked_at is None and self.skipped is None and not self.hidden

    @property
    def box(self) -> str:
        """Its state in three characters: `[x]` done, `[-]` skipped, `[ ]` open, `[~]` being saved."""
        if self.saving:
            return "[~]"
        return "[x]" if self.ticked else "[ ]" if self.skipped is None else "[-]"

    @property
    def state(self) -> str:
        """The same in words."""
        if self.ticked or self.skipped is None:
            return "done" if self.ticked else "open"
        return f"skipped, {self.skipped}" if self.skipped else "skipped"

    def as_json(self) -> dict[str, object]:
        """The row as the `check` command prints it; what is absent is None."""
        return {
            "id": self.item.id,
            "label": self.label,
            "why": self.item.why or None,
            "section": self.item.section or None,
            "ticked": self.ticked,
            "ticked_at": self.ticked_at,
            "skipped": self.skipped,
            "own": self.own,
            "today": self.today or None,
            "fact": self.fact or None,
        }


@dataclass(frozen=True, slots=True)
class TickedList:
    """A checklist as it stands now."""

    id: str
    title: str
    resets: Resets
    rows: tuple[Row, ...]
    """Every item, the hidden ones too; the reader's own below the book's."""
    run_id: str | None = None
    """The current run's id; None before its first tick, and on lists that do not reset by run."""

    @property
    def shown(self) -> tuple[Row, ...]:
        """The rows that are not hidden."""
        return tuple(row for row in self.rows if not row.hidden)

    @property
    def open(self) -> tuple[Row, ...]:
        """What is still to be done."""
        return tuple(row for row in self.rows if row.open)

    @property
    def done(self) -> int:
        """How many of the shown rows are ticked."""
        return sum(row.ticked for row in self.shown)

    @property
    def total(self) -> int:
        """How many rows are shown."""
        return len(self.shown)

    @property
    def begun(self) -> bool:
        """Whether anything on it is ticked or skipped."""
        return len(self.open) < self.total

    @property
    def count(self) -> str:
        """The progress in figures: `5/12`."""
        return f"{self.done}/{self.total}"

    @property
    def words(self) -> str:
        """The progress in words: `5 of 12, 1 skipped`."""
        skipped = sum(not row.ticked and row.skipped is not None for row in self.shown)
        return f"{self.done} of {self.total}" + (f", {skipped} skipped" if skipped else "")

    def with_row(self, reference: str, *, today: str = "", fact: str = "") -> TickedList:
        """The list with what is said beside the label of one of its rows."""
        rows = (
            row._replace(today=today or row.today, fact=fact or row.fact)
            if row.reference == reference
            else row
            for row in self.rows
        )
        return replace(self, rows=tuple(rows))

    def as_json(self) -> dict[str, object]:
        """The list as the `check` command prints it."""
        return {
            "list": self.id,
            "title": self.title,
            "done": self.done,
            "total": self.total,
            "run_id": self.run_id,
            "items": [row.as_json() for row in self.shown],
        }


def with_offers(listed: TickedList) -> TickedList:
    """The list with the offer to leave out for good what is open and may not apply."""
    rows = (row._replace(offered=row.open and row.item.may_not_apply) for row in listed.rows)
    return replace(listed, rows=tuple(rows))


def with_saving(listed: TickedList, references: Collection[str]) -> TickedList:
    """The list with the items marked whose changes are on their way to the disk."""
    if not references:
        return listed
    rows = (row._replace(saving=row.reference in references) for row in listed.rows)
    return replace(listed, rows=tuple(rows))


def bar(done: int, total: int, width: int) -> str:
    """A bar of this many cells; full only when all is done, and never empty once begun."""
    filled = max(width * done // total if total else 0, min(done, 1))
    return "█" * filled + "─" * (width - filled)


def is_about_danger(handbook: Handbook, item: Item) -> bool:
    """Whether an item decides on the run or leads to the red flags: such are for everyone."""
    roles = handbook.roles
    if roles.gate_item and item.reference == f"{roles.checklist}/{roles.gate_item}":
        return True
    return bool(roles.red_flags) and any(
        each.link.section == roles.red_flags for each in item.links
    )


def names_in_diary(handbook: Handbook, list_id: str) -> tuple[str, ...]:
    """The ids under which the diary may know a list or its items: earlier ones, then today's."""
    earlier = []
    for old, new in handbook.renamed.items():
        if new == list_id:
            earlier.append(old)
        elif "/" in old and (new.rpartition("/")[0] or old.rpartition("/")[0]) == list_id:
            earlier.append(old.rpartition("/")[0])
    return (*dict.fromkeys(each for each in earlier if each != list_id), list_id)


def join(handbook: Handbook, checklist: Checklist, states: Sequence[ListState]) -> TickedList:
    """A list of the book with its ticks; a state for each of its `names_in_diary`, in that order.

    What the book has renamed keeps its tick; what it has no longer is left out, but not forgotten.
    """
    marks = _ListMarks(
        _by_item(handbook, checklist, (each for state in states for each in state.ticked)),
        _by_item(handbook, checklist, (each for state in states for each in state.skipped)),
        _by_item(handbook, checklist, (each for state in states for each in state.hidden)),
        {item: at for state in states for item, at in state.ticked.items()},
        {item: one_line(why) for state in states for item, why in state.skipped.items()},
    )
    book = (marks.row(handbook, item) for item in checklist.items)
    own = (each for state in states for each in state.own if _stands_on(handbook, each, checklist))
    after = max((item.block for item in checklist.items), default=0) + 1
    rows = (marks.own_row(each, checklist.id, after + number) for number, each in enumerate(own))
    run_id = states[-1].run_id if states else None
    return TickedList(checklist.id, checklist.title, checklist.resets, (*book, *rows), run_id)


class _ListMarks(NamedTuple):
    """What the diary holds about a list; the first three lead from today's reference to its own."""

    ticks: Mapping[str, str]
    skips: Mapping[str, str]
    hidden: Mapping[str, str]
    ticked: Mapping[str, str]
    skipped: Mapping[str, str]

    def row(self, handbook: Handbook, item: Item) -> Row:
        reason = handbook.by_id.get(item.section)
        tick = self.ticks.get(item.reference, "")
        skip = "" if tick else self.skips.get(item.reference, "")
        return Row(
            item,
            title=reason.title if reason else "",
            ticked_at=self.ticked.get(tick),
            skipped=self.skipped.get(skip),
            hidden=item.reference in self.hidden and not is_about_danger(handbook, item),
            marked_as=tick or skip or item.reference,
            hidden_as=self.hidden.get(item.reference, item.reference),
        )

    def own_row(self, own: OwnItem, list_id: str, block: int) -> Row:
        return Row(
            Item(list_id, own.id, one_line(own.text), "", "", (), block),
            ticked_at=self.ticked.get(own.item),
            skipped=self.skipped.get(own.item),
            own=True,
            marked_as=own.item,
        )


def _by_item(
    handbook: Handbook, checklist: Checklist, references: Iterable[str]
) -> Mapping[str, str]:
    return dict(_resolved(handbook, checklist, references))


def _resolved(
    handbook: Handbook, checklist: Checklist, references: Iterable[str]
) -> Iterator[tuple[str, str]]:
    for reference in references:
        item = item_at(handbook, (checklist,), reference)
        if item is not None:
            yield item.reference, reference


def _stands_on(handbook: Handbook, own: OwnItem, checklist: Checklist) -> bool:
    return handbook.renamed.get(own.list, own.list) == checklist.id or own.list == checklist.id
