"""What the keys of the lists do: ask where they must, and answer with the act to save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...diary.clock import moment_of
from ...diary.drafts import Draft
from ...diary.errors import CannotRead, DiaryError
from ...diary.events import DiaryEvent
from ...diary.model import Run
from ...diary.records import Act
from ...handbook.checklists import Resets
from ...handbook.errors import ContentError
from ...handbook.model import Section
from ...keys import Key, display
from ...session.checklists import ChecklistDesk, parse_soreness, soreness_problem
from ...session.history import Place
from ...session.ticked_list import Row, TickedList
from ..conversation import Conversation, ask
from ..screens.dialogs import ChoiceScreen, FormLine, FormScreen, choose
from .responses import DiaryAct, FollowLink, OpenPlace, Response, RunAction, Say, Warn

if TYPE_CHECKING:
    from ..widgets.checklist import ChecklistView

RED_FLAGS = RunAction("red_flags")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an act on the diary."""

    said: str = ""
    """What to say of it until the next key."""
    warning: str | None = None
    """What to say for as long as it holds; None where what is said now still holds."""
    shown: bool = True
    """Whether the lists are to be shown as they are now."""
    chosen: str = ""
    """The reference of the item to choose; empty where the chosen one stays."""


class ChecklistController:
    """Asks and acts for the lists and the diary; the screen shows what came of it."""

    def __init__(self, desk: ChecklistDesk, keys: Mapping[str, Key]) -> None:
        self.desk = desk
        """The lists of the book beside the diary."""
        self._keys = keys
        self._asked_to_go_on = False
        self._counts: Mapping[str, str] | None = None

    def perform(self, act: DiaryAct) -> Outcome:
        """Do an act on the diary: it is on the disk when this returns, or the outcome says why not.

        All acts of the screens pass here.
        """
        try:
            result = act.act()
        except CannotRead as error:
            return Outcome(warning=f"Not saved: {error}", shown=False)
        except DiaryError as error:
            return Outcome(said=f"{error}"[:1].upper() + f"{error}"[1:])
        added = isinstance(result, Act) and result.name == "add"
        return Outcome(
            said=result if isinstance(result, str) else act.said,
            warning="",
            chosen=result.subject if isinstance(result, Act) and added else "",
        )

    def read_all(self) -> DiaryEvent | None:
        """Read every list and the whole diary, and return what is wrong with it; raises CannotRead.

        For a thread of its own.
        """
        for list_id in self.desk.list_ids:
            self.desk.is_sound(list_id)
        return self.desk.diary.check()

    def list_on(self, section: Section) -> TickedList | Warn | None:
        """The list on a page; None where it holds none, or the reason why it cannot be used."""
        if section.id not in self.desk.list_ids:
            return None
        try:
            return self.desk.ticked(section.id)
        except (ContentError, CannotRead) as error:
            return Warn(f"{error}")

    def counts(self, changed: TickedList | None = None) -> Mapping[str, str]:
        """How much is done on each list that was begun, by its id.

        Args:
            changed: The only list that has changed since this was last called, as it is now.
        """
        if changed is None or self._counts is None:
            self._counts = self._all_counts()
        else:
            others = {key: each for key, each in self._counts.items() if key != changed.id}
            self._counts = others | ({changed.id: changed.count} if changed.begun else {})
        return self._counts or {}

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
        """Tick an item, or take its tick back."""
        return DiaryAct(lambda: self.desk.toggle(listed, row), list_id=listed.id)

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
        soreness = soreness_line("Soreness, 0 to 10 (optional)")
        note_line, draft = FormLine("Note (optional)"), self._draft("finish")
        answers = yield from ask(FormScreen("Finish this run", soreness, note_line, draft=draft))
        if answers is None:
            return None
        level, note = parse_soreness(answers[0]), answers[1]
        said = "The run is filed and its lists start afresh; u takes it back"
        return DiaryAct(lambda: self.desk.finish(level, note), said)

    def record_latest_soreness(self) -> Conversation[Response]:
        """Note how sore the back is, for the run that was filed last."""
        try:
            run = self.desk.newest_run()
        except CannotRead as error:
            return Warn(str(error))
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
            since = self.desk.diary.runs.left_half_done()
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

    def _all_counts(self) -> Mapping[str, str] | None:
        """The counts of every list that was begun; None while the diary cannot be read."""
        try:
            return self.desk.counts()
        except CannotRead:
            return None

    def _pass_the_gate(self) -> Conversation[tuple[bool, Response]]:
        """Whether a run may be filed, at once or after asking; else what is to be done instead."""
        try:
            gate = self.desk.open_gate()
        except CannotRead as error:
            return False, Warn(str(error))
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


def soreness_line(label: str, value: str = "") -> FormLine:
    """A line of a form for how sore the back is."""
    return FormLine(label, value, longest=2, problem=soreness_problem)
