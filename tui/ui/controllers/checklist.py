"""What the keys of the lists do: ask where they must, and answer with the act to save."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from ...diary.clock import moment_of
from ...diary.drafts import Draft
from ...diary.errors import CannotRead, DiaryError
from ...diary.model import Run
from ...diary.records import Act
from ...handbook.checklists import Item, Resets
from ...handbook.errors import ContentError
from ...handbook.model import Section
from ...handbook.safe_text import one_line
from ...keys import Key, display
from ...session.checklists import ChecklistDesk, parse_soreness
from ...session.diary_thread import DiaryThread
from ...session.experiment_desk import that_can_be_tried
from ...session.history import Place
from ...session.ticked_list import Row, TickedList, with_saving
from ..conversation import Conversation, ask, ask_diary
from ..screens.dialogs import ChoiceScreen, FormLine, FormScreen, choose
from .experiments import (
    Followed,
    Proposal,
    after_self_check,
    ask_whether_followed,
    choices_now,
    try_change,
)
from .responses import DiaryAct, FollowLink, OpenPlace, Response, RunAction, Say, Warn, unanswered
from .run_forms import soreness_line

if TYPE_CHECKING:
    from ...self_check.model import Cause
    from ..widgets.checklist import ChecklistView

RED_FLAGS = RunAction("red_flags")
_WAITING = Say("The list is shown once the diary has answered")
FILED = "The run is filed and its lists start afresh; u takes it back"
FILED_LAST = "The run is filed, and the experiment is over; {diary} shows what came of it"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an act on the diary, or of a look at it."""

    said: str = ""
    """What to say of it until the next key."""
    warning: str | None = None
    """What to say for as long as it holds; None where what is said now still holds."""
    chosen: str = ""
    """The reference of the item to choose; empty where the chosen one stays."""
    lists: Mapping[str, TickedList | Warn] = field(default_factory=dict)
    """The lists that were read, or why one cannot be used, by their ids."""
    as_of: int = 0
    """Which of the controller's readings they are from; a later one has the higher number."""
    notices: tuple[str, ...] = ()
    """What happened to the diary, to be said until it is dismissed."""


class ChecklistController:
    """Asks and acts for the lists and the diary; the screen shows what came of it.

    It knows the lists as they were last read: no key waits for the diary to show them.
    """

    def __init__(self, desk: ChecklistDesk, thread: DiaryThread, keys: Mapping[str, Key]) -> None:
        self.desk = desk
        """The lists of the book beside the diary; what asks the diary is for its thread."""
        self.thread = thread
        self._keys = keys
        self._notices: tuple[str, ...] = ()
        self._asked_to_go_on = False
        self._known: dict[str, TickedList | Warn] = {}
        self._as_of: dict[str, int] = {}
        """Which reading each of them is from: what comes in late is not to hide what came after it."""
        self._readings = count()
        self._unread = ""
        """Why the lists could not be read when that was last tried."""
        self._unsaved: dict[str, Row] = {}
        """The items whose changes are on their way to the disk, as they will be."""
        self._looks: dict[str, Future[Outcome]] = {}
        self._refusal = Outcome()
        """What came of the last act that was refused; says nothing where none was."""

    def save(self, act: DiaryAct) -> Future[Outcome]:
        """Have the diary's thread do an act; its outcome says whether it is on the disk.

        All acts of the screens pass here.
        """
        if act.row is not None:
            self._unsaved[act.row.reference] = act.row
        return self.thread.save(partial(self._perform, act, self._refusal))

    def take(self, outcome: Outcome, act: DiaryAct | None = None) -> str | None:
        """Know what came of an act or a look; what to warn of now, None where nothing is new."""
        row = act.row if act is not None else None
        if row is not None and self._unsaved.get(row.reference) is row:
            del self._unsaved[row.reference]
        for list_id, listed in outcome.lists.items():
            if outcome.as_of >= self._as_of.get(list_id, 0):
                self._known[list_id], self._as_of[list_id] = listed, outcome.as_of
        self._notices = tuple(dict.fromkeys((*self._notices, *outcome.notices)))
        was_unread = self._unread
        if outcome.lists:
            self._unread = ""
        elif act is None and outcome.warning:
            self._unread = outcome.warning
        return "" if was_unread and not self._unread else outcome.warning

    def look(self, list_id: str = "") -> Future[Outcome]:
        """Have one list read again, or all of them."""
        return self._look_once(list_id, partial(self._read, list_id))

    def look_for_changes(self) -> Future[Outcome]:
        """Have all lists read again if another session has changed them."""
        return self._look_once("changes", self._read_changed)

    def look_through(self) -> Future[Outcome]:
        """Have every list and the whole diary read, and find what is to be said of it."""
        return self._look_once("all", self._read_through)

    @property
    def notice(self) -> str:
        """What happened to the diary, the newest first, until the reader dismisses it; else nothing."""
        if not self._notices:
            return ""
        *others, newest = self._notices
        more = f"; and {len(others)} more, see `runtall doctor`" if others else ""
        how = self.key_of("seen") or "`runtall doctor --seen`"
        return f"{how} dismisses this: {newest}{more}"

    def dismiss(self) -> Response:
        """Say no longer what happened to the diary."""
        if not self._notices:
            return Say("There is nothing to dismiss")
        self._notices = ()
        return DiaryAct(self.desk.diary.dismiss, "Dismissed")

    def list_on(self, section: Section) -> TickedList | Say | Warn | None:
        """The list on a page, as it was last read; None where it holds none, or why it cannot be shown."""
        if section.id not in self.desk.list_ids:
            return None
        known = self._known.get(section.id)
        if known is None:
            return Warn(self._unread) if self._unread else _WAITING
        return known if isinstance(known, Warn) else with_saving(known, self._unsaved)

    def knows(self, list_id: str) -> bool:
        """Whether a list was read before."""
        return list_id in self._known

    @property
    def counts(self) -> Mapping[str, str]:
        """How much is done on each list that was begun, by its id."""
        lists = (each for each in self._known.values() if isinstance(each, TickedList))
        return {each.id: each.count for each in lists if each.begun}

    def open_reason(self, row: Row | None) -> Response:
        """Go to the reason of an item; that of the gate item is the red flags."""
        if row is not None and self.desk.is_gate(row):
            return RED_FLAGS
        if row is None or not row.item.links:
            return Say("No page of the book gives a reason for this item")
        return FollowLink(row.item.links[0].link)

    def choose_item_about(self, section_id: str) -> Conversation[Response]:
        """Choose one of the items that rest on a page, and go to it."""
        items = self.desk.resting_on(section_id)
        if not items:
            return Say("No item of the checklists rests on this page")
        titles = {each.id: each.title for each in self.desk.lists}
        choices = [
            (f"{titles[each.checklist]}: {each.label}", Place(each.checklist, each.block))
            for each in items
        ]
        chosen = yield from choose("Items that rest on this page", choices)
        return OpenPlace(chosen) if chosen is not None else None

    def undo(self) -> DiaryAct:
        """Undo the last act of this session."""
        return DiaryAct(self.desk.undo)

    def redo(self) -> DiaryAct:
        """Do again what was undone."""
        return DiaryAct(self.desk.redo)

    def toggle(self, listed: TickedList, row: Row) -> DiaryAct:
        """Tick an item, or take its tick back; one that is still being saved is as it will be."""
        row = self._unsaved.get(row.reference, row)
        after = row._replace(ticked_at=None if row.ticked else "", skipped=None)
        return DiaryAct(lambda: self.desk.toggle(listed, row), list_id=listed.id, row=after)

    def change(self, listed: TickedList, wished: ChecklistView.Wished) -> Conversation[Response]:
        """Do what the reader wants of an item, other than to tick it, or of the list; ask first where needed."""
        match wished.wish, wished.row:
            case "add", _:
                answer = yield from self._add(listed)
            case "links", row:
                answer = yield from self._choose_link(listed.id, row)
            case "skip", Row() as row:
                answer = yield from self._skip(listed, row)
            case "edit", Row() as row:
                answer = yield from self._edit(listed, row)
            case "put away", Row() as row:
                answer = self._remove_or_hide(listed, row)
            case _:
                answer = None
        return answer

    def finish(self) -> Conversation[Response]:
        """File this run, after the gate and with what the reader says of it."""
        may_file, instead = yield from self._pass_the_gate()
        if not may_file:
            return instead
        try:
            goes_on = yield from ask_diary(self.thread, self.desk.experiments.goes_on)
        except CannotRead as error:
            return unanswered(error)
        followed: Followed | None = Followed()
        if goes_on is not None:
            followed = yield from ask_whether_followed(goes_on)
        if followed is None:
            return None
        soreness = soreness_line("Soreness, 0 to 10 (optional)")
        note_line, draft = FormLine("Note (optional)"), self._draft("finish")
        answers = yield from ask(FormScreen("Finish this run", soreness, note_line, draft=draft))
        if answers is None:
            return None
        level, note = parse_soreness(answers[0]), answers[1]

        def file() -> str:
            """File it, and say so."""
            self.desk.finish(level, note, unable=followed.unable, danger=followed.danger)
            self.desk.diary.sync_beside()
            over = goes_on is not None and self.desk.experiments.goes_on() is None
            return FILED_LAST.format(diary=self.key_of("diary")) if over else FILED

        return DiaryAct(file, then=RED_FLAGS if followed.danger else None)

    def try_item(self, row: Row | None, section_id: str) -> Conversation[Response]:
        """Try the chosen item; on a page one of the items that rest on it, or else any."""
        items: Sequence[Item] = self.desk.resting_on(section_id)
        if row is not None:
            items = (row.item,)
        elif not that_can_be_tried(items):
            items = [item for each in self.desk.lists for item in each.items]
        return (yield from self._try([Proposal(each) for each in that_can_be_tried(items)]))

    def try_cause(self, causes: Sequence[Cause]) -> Conversation[Response]:
        """Try one of the items for the causes that the self-check has named, or keep a cause alone."""
        proposed: dict[str, Proposal] = {}
        for cause in causes:
            found = (self.desk.resting_on(each) for each in cause.plan.sections)
            for item in that_can_be_tried([item for items in found for item in items]):
                proposed.setdefault(item.reference, Proposal(item, cause.id))
        return (yield from self._try([*proposed.values()], causes))

    def _try(
        self, proposed: Sequence[Proposal], causes: Sequence[Cause] = ()
    ) -> Conversation[Response]:
        if self.desk.diary.private:
            return Say("With --private nothing is kept")
        experiments = self.desk.experiments
        try:
            choices = yield from ask_diary(
                self.thread, lambda: choices_now(experiments, proposed, causes)
            )
        except CannotRead as error:
            return unanswered(error)
        return (yield from try_change(choices))

    def after_self_check(self, *, urgent: bool) -> DiaryAct:
        """Let experiments know what the self-check came to."""
        return after_self_check(self.desk.experiments, urgent=urgent)

    def record_latest_soreness(self) -> Conversation[Response]:
        """Note how sore the back is, for the run that was filed last."""
        try:
            run = yield from ask_diary(self.thread, self.desk.newest_run)
        except CannotRead as error:
            return unanswered(error)
        if run is None:
            return Say("No run is filed yet; r files this one")
        return (yield from self.record_soreness(run))

    def record_soreness(self, run: Run) -> Conversation[Response]:
        """Note how sore the back is, for this run."""
        words = self.desk.soreness_question(run)
        draft = self._draft(f"soreness {run.id}")
        answers = yield from ask(FormScreen("Soreness", soreness_line(words), draft=draft))
        level = parse_soreness(answers[0]) if answers else None
        if level is None:
            return None
        said = f"Soreness {level} is noted; {self.key_of('undo')} takes it back"
        return DiaryAct(lambda: self.desk.diary.runs.record_soreness(level, run.id), said)

    def ask_to_go_on(self, listed: TickedList) -> Conversation[Response]:
        """Ask once what is to become of a run that was left half-done over 12 hours ago."""
        if self._asked_to_go_on or listed.resets is not Resets.RUN:
            return None
        try:
            look = self.desk.diary.runs.left_half_done
            since = yield from ask_diary(self.thread, look, said="")
        except CannotRead:
            return None
        if since is None:
            return None
        self._asked_to_go_on = True
        when = f"{moment_of(since).astimezone():%a %b %d, %H:%M}"
        lines = ("Go on with it", "File it, and start afresh")
        at = yield from ask(ChoiceScreen(f"Left unfinished: {when}", lines))
        if at == 0:
            return DiaryAct(self.desk.diary.runs.go_on, "Going on with that run")
        return (yield from self.finish()) if at == 1 else None

    def key_of(self, name: str) -> str:
        """How the key is called that does this; empty where none does."""
        keys = self._keys[name].keys
        return display(keys[0]) if keys else ""

    def _draft(self, name: str) -> Draft:
        return self.desk.diary.drafts.named(name)

    def _look_once(self, name: str, look: Callable[[], Outcome]) -> Future[Outcome]:
        """Have a look done, unless the same one is still to be done."""
        if name not in self._looks or self._looks[name].done():
            self._looks[name] = self.thread.ask(look)
        return self._looks[name]

    # The diary's thread does what follows.

    def _perform(self, act: DiaryAct, refusal: Outcome) -> Outcome:
        """Do an act; it is refused with one that was refused since it was asked for."""
        if self._refusal is not refusal:
            return self._refusal
        try:
            result = act.act()
        except CannotRead as error:
            self._refusal = Outcome(warning=f"Not saved: {error}", notices=self._news())
            return self._refusal
        except DiaryError as error:
            outcome = Outcome(said=f"{error}"[:1].upper() + f"{error}"[1:])
        else:
            added = result.subject if isinstance(result, Act) and result.name == "add" else ""
            outcome = Outcome(result if isinstance(result, str) else act.said, "", added)
        seen = self._read(act.list_id)
        warning = outcome.warning if seen.warning is None else seen.warning
        return replace(seen, said=outcome.said, warning=warning, chosen=outcome.chosen)

    def _read(self, list_id: str = "") -> Outcome:
        lists: dict[str, TickedList | Warn] = {}
        try:
            for each in (list_id,) if list_id else self.desk.list_ids:
                try:
                    lists[each] = self.desk.ticked(each)
                except ContentError as error:
                    lists[each] = Warn(f"{error}")
        except CannotRead as error:
            return Outcome(warning=f"{error}", notices=self._news())
        return Outcome(lists=lists, as_of=next(self._readings), notices=self._news())

    def _read_changed(self) -> Outcome:
        changed = self.desk.diary.changed_by_others()
        return self._read() if changed else Outcome(notices=self._news())

    def _read_through(self) -> Outcome:
        diary = self.desk.diary
        found = self._read()
        try:
            diary.check()
        except CannotRead as error:
            found = replace(found, warning=f"{error}")
        if diary.trouble is not None:
            found = replace(found, warning=f"Nothing can be saved. {diary.trouble}")
        notices = (*found.notices, *self._news(), *diary.notices())
        return replace(found, said=self._opening_line(), notices=notices)

    def _opening_line(self) -> str:
        """What is next: a number to note, said once a day, or what was begun; else nothing."""
        try:
            if self.desk.morning_to_note():
                return f"{self.key_of('soreness')} notes how the back is this morning, after yesterday's run"
            note = self.desk.note_to_look_at()
            if note is None:
                return self._begun()
        except DiaryError:
            return ""
        key = self.key_of("self-check" if not note.item else "try-item")
        return f"It is time to look again ({key}): {one_line(note.label)}"

    def _begun(self) -> str:
        """What was begun and has not ended: a routine, a list, a trial; raises CannotRead."""
        desk = self.desk
        routine = desk.routine_under_way()
        if routine is not None:
            return (
                f"{routine.title}: left halfway; {self.key_of('start-routine')} on its page goes on"
            )
        listed = desk.ticked(desk.main_list_id) if desk.main_list_id else None
        if listed is not None and listed.begun and listed.done < listed.total:
            return f"{listed.title}: {listed.words}; {self.key_of('checklist')} goes on"
        trial = desk.experiments.goes_on()
        return trial.words if trial is not None else ""

    def _news(self) -> tuple[str, ...]:
        event = self.desk.diary.take_event()
        return (str(event),) if event is not None else ()

    def _pass_the_gate(self) -> Conversation[tuple[bool, Response]]:
        """Whether a run may be filed, at once or after asking; else what is to be done instead."""
        try:
            gate = yield from ask_diary(self.thread, self.desk.open_gate)
        except CannotRead as error:
            return False, unanswered(error)
        if gate is None:
            return True, None
        lines = ("Show the red flags first", "Yes: file it", "No: leave it all as it is")
        at = yield from ask(ChoiceScreen("Run today? Safety item is open", lines))
        if at == 0:
            return False, RED_FLAGS
        return at == 1, None

    def _choose_link(self, list_id: str, row: Row | None) -> Conversation[Response]:
        """Follow one of a list's links, those of the chosen item first."""
        links = self.desk.links(list_id, row)
        if not links:
            return Say("There are no links on this list")
        chosen = yield from choose("Links", [(each.text, each.link) for each in links])
        return FollowLink(chosen) if chosen is not None else None

    def _skip(self, listed: TickedList, row: Row) -> Conversation[Response]:
        why = FormLine("Why (optional)", row.skipped or "")
        draft = self._draft(f"skip {row.reference}")
        answers = yield from ask(FormScreen(f"Skip: {row.label}", why, draft=draft))
        if answers is None:
            return None
        return DiaryAct(lambda: self.desk.skip(listed, row, answers[0]), list_id=listed.id)

    def _add(self, listed: TickedList) -> Conversation[Response]:
        words, draft = FormLine(f"On: {listed.title}"), self._draft(f"add {listed.id}")
        answers = yield from ask(FormScreen("New item", words, draft=draft))
        if not answers or not answers[0]:
            return None
        return DiaryAct(lambda: self.desk.add(listed.id, answers[0]), list_id=listed.id)

    def _edit(self, listed: TickedList, row: Row) -> Conversation[Response]:
        words, draft = FormLine("Its words", row.label), self._draft(f"edit {row.reference}")
        answers = yield from ask(FormScreen("My item", words, draft=draft))
        if not answers or answers[0] in ("", row.label):
            return None
        return DiaryAct(lambda: self.desk.edit(row, answers[0]), list_id=listed.id)

    def _remove_or_hide(self, listed: TickedList, row: Row) -> DiaryAct:
        said = "It is back on the list"
        if not row.hidden:
            said = "Removed" if row.own else "Not for me, so it no longer counts"
            said += f"; {self.key_of('undo')} brings it back"
        return DiaryAct(lambda: self.desk.remove_or_hide(row), said, listed.id)
