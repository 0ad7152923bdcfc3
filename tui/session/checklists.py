"""The book's checklists and the reader's diary side by side: what stands where, and every act on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ..diary.clock import local_day, moment_of, now, running_day
from ..diary.errors import NotKept
from ..diary.model import UNMEASURED, Experiment, Measured, Run
from ..diary.model import ResetRule as Rule
from ..diary.records import Act
from ..diary.runs import Trial
from ..handbook.checklists import Checklist, Item, Resets, item_at, items_linking_to, read_checklist
from ..handbook.errors import ContentError
from ..handbook.loading import Pages
from ..handbook.model import Handbook, PlacedLink, Section
from ..handbook.safe_text import one_line
from .experiment_desk import DANGER, ExperimentDesk
from .next_morning import days_without_morning
from .ticked_list import (
    Row,
    TickedList,
    is_about_danger,
    join,
    names_in_diary,
    with_offers,
)
from .training_load import Notice, longest, notices, outings

if TYPE_CHECKING:
    from ..diary.diary import Diary
    from .experiments import Course

_ACTS: Mapping[str, str] = {
    "tick": "tick of",
    "untick": "untick of",
    "skip": "skip of",
    "unskip": "end of the skip of",
    "add": "new item",
    "edit": "new words for",
    "remove": "removal of",
    "hide": "hiding of",
    "show": "showing of",
    "finish": "filing of the run",
    "add run": "adding of a run",
    "start experiment": "start of the experiment",
    "end experiment": "end of the experiment",
    "edit run": "change to a run",
    "remove run": "removal of a run",
    "soreness": "soreness",
}


class _PastRuns(NamedTuple):
    """What lists show of past runs."""

    none_filed: bool
    goes_on: Course | None
    distance: str


class ChecklistDesk:
    """Asks and acts for screens and commands alike; acts raise what the diary raises."""

    def __init__(
        self,
        handbook: Handbook,
        pages: Pages,
        diary: Diary,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._clock = clock
        self._handbook = handbook
        self._pages = pages
        self.diary = diary
        self.experiments = ExperimentDesk(diary, clock)
        """What the reader tries."""
        self._read: dict[str, Checklist] = {}
        self._past: dict[tuple[int, date], _PastRuns] = {}
        """What was last read of past runs, by the edition and the day that it is of."""

    def checklist(self, list_id: str) -> Checklist:
        """A list of the book; raises ContentError where its page is no sound list."""
        if list_id not in self._read:
            page = self._pages[self._handbook.by_id[list_id]]
            self._read[list_id] = read_checklist(self._handbook, page)
        return self._read[list_id]

    def now(self) -> datetime:
        """The present."""
        return self._clock()

    def current_id(self, section_id: str) -> str:
        """Today's id of a page that the diary knows, be it by an earlier one."""
        section = self._handbook.get(section_id)
        return section.id if section else section_id

    @property
    def main_list_id(self) -> str:
        """The id of the list for before the run; empty where the book has none that is sound."""
        main = self._handbook.roles.checklist
        return main if main in self.list_ids and self.is_sound(main) else ""

    @cached_property
    def list_ids(self) -> tuple[str, ...]:
        """The ids of all lists, in reading order."""
        return tuple(each.id for each in self._handbook.checklists)

    @property
    def lists(self) -> tuple[Checklist, ...]:
        """Every sound list, in reading order."""
        return tuple(self.checklist(each) for each in self.list_ids if self.is_sound(each))

    def is_sound(self, list_id: str) -> bool:
        """Whether the page of a list can be used as one."""
        try:
            self.checklist(list_id)
        except ContentError:
            return False
        return True

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The ids of all pages that are no lists, the one for a first visit first."""
        texts = [each for each in self._handbook.readable if each.id not in self.list_ids]
        first = self._handbook.first
        return tuple(each.id for each in sorted(texts, key=lambda each: each is not first))

    def links(self, list_id: str, row: Row | None) -> tuple[PlacedLink, ...]:
        """The links on the page of a list, those of one item first."""
        page = self._pages[self._handbook.by_id[list_id]]
        mine = row.item.links if row else ()
        return (*mine, *(each for each in page.links if each not in mine))

    def ticked(self, list_id: str) -> TickedList:
        """A list as it stands now; raises ContentError and CannotRead."""
        checklist = self.checklist(list_id)
        listed, past, roles = self._ticked(checklist), self._past_runs(), self._handbook.roles
        if past.none_filed:
            listed = with_offers(listed)
        if checklist.resets is not Resets.RUN:
            return listed
        goes_on = past.goes_on
        if goes_on and (tried := item_at(self._handbook, (checklist,), goes_on.experiment.item)):
            listed = listed.with_row(tried.reference, today=goes_on.today)
        return listed.with_row(f"{roles.checklist}/{roles.distance_item}", fact=past.distance)

    def _past_runs(self) -> _PastRuns:
        """What lists show of past runs; read anew when those change, but not for every tick."""
        at = (self.diary.edition, local_day(self._clock()))
        if at not in self._past:
            found = longest(outings(*self.diary.activities.joined()), self._clock())
            past = _PastRuns(
                none_filed=not self.diary.runs.any_filed(),
                goes_on=self.experiments.goes_on(),
                distance=found.words if found is not None else "",
            )
            self._past = {at: past}
        return self._past[at]

    def notices(self) -> tuple[Notice, ...]:
        """What stands out of past runs, each with the page that says more; raises CannotRead."""
        found = notices(outings(*self.diary.activities.joined()), self._clock())
        pages = (
            (each, self._handbook.get(getattr(self._handbook.roles, each.role))) for each in found
        )
        return tuple(each._replace(page=page) for each, page in pages if page is not None)

    def _ticked(self, checklist: Checklist) -> TickedList:
        names = names_in_diary(self._handbook, checklist.id)
        resets = _rule(checklist)
        states = [self.diary.lists.state(name, resets) for name in names]
        return join(self._handbook, checklist, states)

    def counts(self) -> Mapping[str, str]:
        """The count of each list that was begun, `5/12`, by its id; raises CannotRead."""
        lists = [self._ticked(each) for each in self.lists]
        return {each.id: each.count for each in lists if each.begun}

    def resting_on(self, section_id: str) -> tuple[Item, ...]:
        """The items of all lists that link to a section, those whose reason it is first."""
        return items_linking_to(self.lists, section_id)

    def is_gate(self, row: Row) -> bool:
        """Whether a row is the item that decides if the reader runs at all."""
        roles = self._handbook.roles
        return bool(roles.gate_item) and row.reference == f"{roles.checklist}/{roles.gate_item}"

    def open_gate(self) -> Row | None:
        """The gate item while it is not ticked; None where it is, or this book has none."""
        if not self._handbook.roles.checklist:
            return None
        rows = self.ticked(self._handbook.roles.checklist).rows
        return next((row for row in rows if self.is_gate(row) and not row.ticked), None)

    def toggle(self, listed: TickedList, row: Row) -> Act:
        """Tick an item, or take its tick back."""
        return self.untick(listed, row) if row.ticked else self.tick(listed, row)

    def tick(self, listed: TickedList, row: Row) -> Act:
        """Tick an item, be it skipped."""
        return self.diary.lists.tick(row.marked_as, _rule(listed))

    def untick(self, listed: TickedList, row: Row) -> Act:
        """Take back a tick, or a skip."""
        back = self.diary.lists.untick if row.skipped is None else self.diary.lists.unskip
        return back(row.marked_as, _rule(listed))

    def skip(self, listed: TickedList, row: Row, reason: str) -> Act:
        """Skip an item, with a reason."""
        return self.diary.lists.skip(row.marked_as, reason, _rule(listed))

    def add(self, list_id: str, words: str) -> Act:
        """Add an item of the reader's own."""
        return self.diary.lists.add(list_id, words)

    def edit(self, row: Row, words: str) -> Act:
        """Change the words of an own item."""
        return self.diary.lists.edit(row.marked_as, words)

    def remove_or_hide(self, row: Row) -> Act:
        """Remove an own item; hide one of the book's, or show it again."""
        if row.own:
            return self.diary.lists.remove(row.marked_as)
        if row.hidden:
            return self.diary.lists.show(row.hidden_as)
        if is_about_danger(self._handbook, row.item):
            raise NotKept(f"{row.item.id} is about signs of danger; it stays on everyone's list")
        return self.diary.lists.hide(row.reference, row.marked_as)

    def finish(
        self,
        soreness: int | None,
        note: str,
        measured: Measured = UNMEASURED,
        finished: datetime | None = None,
        *,
        unable: bool = False,
        danger: bool = False,
    ) -> Act:
        """File the current run, with what stands open on every list that resets by run.

        It is the next run of the experiment that goes on: `unable` says that it could not follow,
        `danger` that a danger sign came, which ends the experiment.
        """
        goes_on = self.experiments.goes_on()
        lists = (self._ticked(each) for each in self.lists if each.resets is Resets.RUN)
        left = [row.marked_as for each in lists for row in each.open]
        why_ended = DANGER if danger else ""
        trial = Trial(goes_on.experiment.id, unable, why_ended) if goes_on else None
        act = self.diary.runs.finish(
            soreness=soreness,
            note=note,
            left=left,
            measured=measured,
            finished=finished,
            trial=trial,
            danger=danger,
        )
        if danger:
            self.experiments.end_by_danger()
        return act

    def newest_run(self) -> Run | None:
        """The run that was filed last."""
        return next(iter(self.diary.runs.every()), None)

    def routine_under_way(self) -> Section | None:
        """The page of a routine that was begun and has not ended."""
        entry = self.diary.routines.under_way()
        return self._handbook.get(entry.routine) if entry is not None else None

    def morning_to_note(self) -> bool:
        """Whether yesterday's run still lacks this morning's number; so once a day."""
        run = self.newest_run()
        if run is None or days_without_morning(run, self._clock()) != 1:
            return False
        return self.diary.progress.first_on(running_day(self._clock()), "next morning")

    def note_to_look_at(self) -> Experiment | None:
        """The note that is to be looked at again; so once a day."""
        note = self.experiments.due()
        if note and self.diary.progress.first_on(running_day(self._clock()), "look again"):
            return note
        return None

    def soreness_question(self, run: Run) -> str:
        """What to ask about a run today: how the back is after it, or on a later day."""
        if self.is_after(run):
            noted = f" (noted: {run.soreness})" if run.soreness is not None else ""
            return f"Soreness after the run, 0 to 10{noted}"
        day = local_day(moment_of(run.finished))
        before = run.soreness_next_day
        noted = f" (noted: {before})" if before is not None else ""
        return f"Soreness on a later day, after the run of {day:%b} {day.day}, 0 to 10{noted}"

    def is_after(self, run: Run) -> bool:
        """Whether a soreness noted now is that after the run, and not that of a later day."""
        return running_day(self._clock()) <= running_day(moment_of(run.finished))

    def undo(self) -> str:
        """Undo this session's last act and say which it was."""
        before = self._own_words()
        act = self.diary.undo()
        return f"Undone: {self._name(act, before)}" if act else "There is nothing to undo"

    def redo(self) -> str:
        """Do again what was last undone, and say which it was."""
        before = self._own_words()
        act = self.diary.redo()
        return f"Done again: {self._name(act, before)}" if act else "There is nothing to do again"

    def _name(self, act: Act, before: dict[str, str]) -> str:
        item = item_at(self._handbook, self.lists, act.subject)
        label = item.label if item else (before | self._own_words()).get(act.subject)
        return f"{_ACTS[act.name]} “{label}”" if label else _ACTS[act.name].removesuffix(" of")

    def _own_words(self) -> dict[str, str]:
        """The words of the reader's own items, by their references; those that are removed have none."""
        states = (self.diary.lists.state(each) for each in self.list_ids)
        return {own.item: one_line(own.text) for state in states for own in state.own}


def soreness_problem(text: str) -> str:
    """What is wrong with a soreness; nothing where it is a number from 0 to 10, or blank."""
    fits = text.strip().lstrip("0") in {"", *map(str, range(11))}
    return "" if fits else "Soreness is a whole number from 0 to 10"


def parse_soreness(text: str) -> int | None:
    """The number that was written; None for a blank."""
    return int(text) if text.strip() else None


def _rule(listed: Checklist | TickedList) -> Rule:
    """When the ticks start afresh, as the diary says it."""
    match listed.resets:
        case Resets.RUN:
            return "run"
        case Resets.WEEK:
            return "week"
        case Resets.NEVER:
            return "never"
