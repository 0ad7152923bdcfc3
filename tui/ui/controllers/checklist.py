"""What the checklist's keys do: ask where they must, act in the diary, and say what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from textual.screen import Screen

from ...diary.acts import Act
from ...diary.damage import Damage
from ...diary.model import Run
from ...diary.moments import moment_of
from ...diary.trouble import CannotRead, DiaryError
from ...handbook.blocks import Link
from ...handbook.checklists import Resets
from ...handbook.errors import ContentError
from ...handbook.model import Section
from ...session.checklists import ChecklistDesk
from ...session.history import Place
from ...session.soreness import soreness_of, why_no_soreness
from ...session.ticked_list import Row, TickedList
from ..screens.asking import AskScreen, Question
from ..screens.choice import ChoiceScreen

if TYPE_CHECKING:
    from ..widgets.checklist import ChecklistView

T = TypeVar("T")
SORENESS = "Soreness, 0 to 10 (optional)"


class Host(Protocol):
    """The screen that a flow speaks through."""

    def say(self, words: str) -> None:
        """Say a word to the reader until the next key."""

    def warn(self, words: str) -> None:
        """Say what the reader must know for as long as it holds; nothing ends it."""

    def show_ticks(self, chosen: str = "") -> None:
        """Show the lists as they are on the disk now, with this item chosen."""

    def follow(self, link: Link) -> None:
        """Go where a link leads."""

    def action_red_flags(self) -> None:
        """Show the red flags."""

    async def ask(self, screen: Screen[T]) -> T | None:
        """Show a screen over this one and wait for its answer; only in a worker."""

    async def choose_place(self, title: str, choices: Sequence[tuple[str, Place]]) -> None:
        """Let the reader choose one of these places, and go there; only in a worker."""

    def start(self, conversation: Coroutine[Any, Any, None]) -> None:
        """Let a conversation with the reader run."""


class ChecklistFlow:
    """Every act is saved before anything shows it; what cannot be saved is said, and not shown."""

    def __init__(self, host: Host, desk: ChecklistDesk) -> None:
        self._host = host
        self._desk = desk
        self._asked_to_go_on = False

    async def begin(self) -> None:
        """Once the first page stands: read the lists, check the diary, and say what is wrong."""
        if self._desk.diary.trouble is not None:
            self._host.warn(f"Nothing can be saved. {self._desk.diary.trouble}")
        try:
            damage = await asyncio.to_thread(self._read_all)
        except CannotRead as error:
            self._host.warn(f"{error}")
        else:
            self._say_damage(damage)
            self._host.show_ticks()

    def look_again(self) -> None:
        """Show what another session has saved since this was last called."""
        changed = self._desk.diary.changed_by_others()
        self._say_damage(self._desk.diary.take_damage())
        if changed:
            self._host.show_ticks()

    def list_at(self, section: Section) -> TickedList | None:
        """The list that a section holds; None where it holds none, or none that can be used."""
        if section.id not in self._desk.list_ids:
            return None
        try:
            return self._desk.ticked(section.id)
        except (ContentError, CannotRead) as error:
            self._host.warn(f"{error}")
            return None

    def open_reason(self, row: Row | None) -> None:
        """Go to the reason of an item; that of the gate item is the red flags."""
        if row is not None and self._desk.is_gate(row):
            self._host.action_red_flags()
        elif row is None or not row.item.links:
            self._host.say("No page of the book gives a reason for this item")
        else:
            self._host.follow(row.item.links[0].link)

    def choose_item_resting_on(self, section_id: str) -> None:
        """Choose one of the items that rest on a section, and go to it."""
        items = self._desk.resting_on(section_id)
        if not items:
            self._host.say("No item of the checklists rests on this page")
            return
        titles = {each.id: each.title for each in self._desk.lists}
        choices = [
            (f"{titles[each.checklist]}: {each.label}", Place(each.checklist, each.block))
            for each in items
        ]
        self._host.start(self._host.choose_place("Items that rest on this page", choices))

    def undo(self) -> None:
        """Undo the last act of this session."""
        self._do(self._desk.undo)

    def redo(self) -> None:
        """Do again what was undone."""
        self._do(self._desk.redo)

    def grant(self, listed: TickedList, wished: ChecklistView.Wished) -> None:
        """Do what is wished of an item, or of the list."""
        row = wished.row
        if wished.wish == "add":
            self._host.start(self._add(listed))
        elif wished.wish == "links":
            self._host.start(self._choose_link(listed.id, row))
        elif row is not None and wished.wish == "tick":
            self._do(lambda: self._desk.toggle(listed, row))
        elif row is not None and wished.wish == "skip":
            self._host.start(self._skip(listed, row))
        elif row is not None and wished.wish == "edit":
            self._host.start(self._edit(row))
        elif row is not None:
            self._put_away(row)

    async def finish(self) -> None:
        """File this run, after the gate and with what the reader says of it."""
        if not await self._pass_the_gate():
            return
        note = Question("Note (optional)")
        soreness = Question(SORENESS, longest=2, why_not=why_no_soreness)
        answers = await self._host.ask(AskScreen("Finish this run", soreness, note))
        if answers is not None:
            level, words = soreness_of(answers[0]), answers[1]
            said = "The run is filed and its lists start afresh; u takes it back"
            self._do(lambda: self._desk.finish(level, words), said)

    async def record_soreness(self) -> None:
        """Note how sore the back is, for the run that was filed last."""
        run = self._newest_run()
        if run is None:
            return
        words = self._desk.soreness_question(run)
        answers = await self._host.ask(
            AskScreen("Soreness", Question(words, longest=2, why_not=why_no_soreness))
        )
        level = soreness_of(answers[0]) if answers else None
        if level is not None:
            said = f"Soreness {level} is noted; u takes it back"
            self._do(lambda: self._desk.diary.runs.record_soreness(level, run.id), said)

    async def ask_to_go_on(self, listed: TickedList) -> None:
        """Ask once what is to become of a run that was left half-done over 12 hours ago."""
        if self._asked_to_go_on or listed.resets is not Resets.RUN:
            return
        since = self._half_done_since()
        if since is None:
            return
        self._asked_to_go_on = True
        when = f"{moment_of(since).astimezone():%a %b %d, %H:%M}"
        lines = ("Go on with it", "File it, and start afresh")
        at = await self._host.ask(ChoiceScreen(f"Left unfinished: {when}", lines))
        if at == 0:
            self._do(self._desk.diary.runs.go_on, "Going on with that run")
        elif at == 1:
            await self.finish()

    async def _pass_the_gate(self) -> bool:
        """Whether a run may be filed: at once, or after asking while the gate item is open."""
        try:
            gate = self._desk.open_gate()
        except CannotRead as error:
            self._host.warn(str(error))
            return False
        if gate is None:
            return True
        lines = ("Show the red flags first", "Yes: file it", "No: leave it all as it is")
        at = await self._host.ask(ChoiceScreen("Run today? Safety item is open", lines))
        if at == 0:
            self._host.action_red_flags()
        return at == 1

    def _newest_run(self) -> Run | None:
        try:
            run = self._desk.newest_run()
        except CannotRead as error:
            self._host.warn(str(error))
            return None
        if run is None:
            self._host.say("No run is filed yet; r files this one")
        return run

    def _half_done_since(self) -> str | None:
        try:
            return self._desk.diary.runs.left_half_done()
        except CannotRead:
            return None

    async def _choose_link(self, list_id: str, row: Row | None) -> None:
        """Follow one of a list's links, those of the chosen item first."""
        links = self._desk.links(list_id, row)
        if not links:
            self._host.say("There are no links on this list")
            return
        at = await self._host.ask(ChoiceScreen("Links", [each.text for each in links]))
        if at is not None:
            self._host.follow(links[at].link)

    async def _skip(self, listed: TickedList, row: Row) -> None:
        why = Question("Why (optional)", row.skipped or "")
        answers = await self._host.ask(AskScreen(f"Skip: {row.label}", why))
        if answers is not None:
            self._do(lambda: self._desk.skip(listed, row, answers[0]))

    async def _add(self, listed: TickedList) -> None:
        answers = await self._host.ask(AskScreen("New item", Question(f"On: {listed.title}")))
        if answers and answers[0]:
            act = self._do(lambda: self._desk.add(listed.id, answers[0]))
            if isinstance(act, Act):
                self._host.show_ticks(act.subject)

    async def _edit(self, row: Row) -> None:
        answers = await self._host.ask(AskScreen("My item", Question("Its words", row.label)))
        if answers and answers[0] not in ("", row.label):
            self._do(lambda: self._desk.edit(row, answers[0]))

    def _put_away(self, row: Row) -> None:
        said = "Hidden; H shows hidden items" if not row.hidden else "It shows again"
        if row.own:
            said = "Removed; u brings it back"
        self._do(lambda: self._desk.put_away(row), said)

    def _read_all(self) -> Damage | None:
        """In a thread of its own: the lists are parsed, and the whole diary is read."""
        for list_id in self._desk.list_ids:
            self._desk.is_sound(list_id)
        return self._desk.diary.check()

    def _say_damage(self, damage: Damage | None) -> None:
        if damage is not None:
            self._host.warn(f"{damage}")

    def _do(self, act: Callable[[], object], said: str = "") -> object:
        """Act, show the lists as they are then, and return what the act gave.

        That is said, where it is words; otherwise `said`.
        """
        try:
            outcome = act()
        except CannotRead as error:
            self._host.warn(f"Not saved: {error}")
        except DiaryError as error:
            self._host.say(f"{error}"[:1].upper() + f"{error}"[1:])
            self._host.show_ticks()
        else:
            self._host.warn("")
            self._host.show_ticks()
            self._host.say(outcome if isinstance(outcome, str) else said)
            return outcome
        return None
