"""The diary: looking back on past runs, and mending them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.getters import query_one

from ...diary.clock import local_day, now
from ...diary.errors import CannotRead
from ...diary.model import Run
from ...handbook.model import Handbook, Page
from ...keys import FOOTER, Key, names_of
from ...session.history import Place
from ...session.routine_report import past_routines
from ...session.run_report import ItemNames, full_day, run_page
from ..controllers.responses import DiaryAct, Response, Say, Warn, unanswered
from ..controllers.run_forms import add_run, edit_run
from ..conversation import Conversation, ask_diary, converse, say_on
from ..key_queue import Awaited, not_done, queue_of
from ..widgets.bindings import bindings
from ..widgets.diary import DiaryView
from ..widgets.diary_lines import LookBack
from ..widgets.reader import Reader
from ..widgets.status_bar import StatusBar
from .answering_screens import LEAVES, AnswerModal, AnswerScreen
from .base import StatusScreen

if TYPE_CHECKING:
    from ..controllers.checklist import ChecklistController, Outcome

LOOK_AGAIN_AFTER = 1.0
"""Seconds between two looks at what other sessions have saved."""


class DiaryScreen(AnswerScreen[Place | None], StatusScreen[Place | None], inherit_bindings=False):
    """Answers with the place in the book that the reader wants to go to, or None."""

    BINDINGS = bindings(
        "edit-run",
        "add-run",
        "try-item",
        "remove-run",
        "soreness",
        "undo",
        "redo",
        "red-flags",
        "seen",
        "help",
        "close",
        "quit",
        "diary",
        "find",
        "next-match",
        "previous-match",
    )
    AUTO_FOCUS = "DiaryView"
    can_search = True

    view = query_one(DiaryView)

    def __init__(
        self,
        handbook: Handbook,
        checklists: ChecklistController,
        keys: Mapping[str, Key],
        *,
        run: str = "",
    ) -> None:
        """Show the runs, with the one that has this id chosen, else the newest."""
        super().__init__(keys)
        self._to_choose = run
        self._handbook = handbook
        self._checklists = checklists
        self._diary = checklists.desk.diary
        self._thread = checklists.thread
        self._awaited: Awaited | None = None
        """What was typed for the runs before they were read."""
        self._looking: Future[tuple[tuple[Run, ...], LookBack] | CannotRead] | None = None
        self._names = ItemNames(handbook, checklists.desk.lists)

    def compose(self) -> ComposeResult:
        """The diary and the status line."""
        yield DiaryView()
        yield StatusBar()

    def on_mount(self) -> None:
        """Show the runs, and look now and then for those that other sessions file."""
        self.view.year = local_day(now()).year
        self.view.names = self._names
        self.show_keys()
        self.view.otherwise = "The runs are shown once the diary has answered."
        self._look()
        self._await_runs()
        self._show_state()
        self.set_interval(LOOK_AGAIN_AFTER, self._look_again)

    def on_unmount(self) -> None:
        """Say what was typed for runs that were not there."""
        self._end_waiting()

    def footer(self) -> Iterable[Key]:
        """The keys of the runs."""
        return (self._keys[name] for name in FOOTER["diary"])

    def save(self, act: DiaryAct) -> None:
        """Change the diary, and show the runs as they are then."""
        asked = self._checklists.save(act)
        self._thread.when_done(asked, lambda outcome: self._show_outcome(outcome, act))
        self._show_state()

    @on(DiaryView.RunOpened)
    def _open_run(self, message: DiaryView.RunOpened) -> None:
        page = run_page(message.run, self._names)
        self.app.push_screen(RunScreen(page, self._handbook), self._leave_for)

    @on(DiaryView.Moved)
    def _note_position(self) -> None:
        count = len(self.view.runs)
        self.status.position = f"{self.view.cursor + 1:,}/{count:,}" if count else ""

    def action_edit_run(self) -> None:
        """Change what is known of the chosen run."""
        if self.view.run is not None:
            said = f"The run is changed; {self._checklists.key_of('undo')} takes it back"
            converse(self.app, self._edit(self.view.run, said), self._take)

    def action_add_run(self) -> None:
        """Add a run of an earlier day."""
        converse(self.app, add_run(self._diary, self._checklists.desk.now()), self._take)

    def action_try_item(self) -> None:
        """End what is tried, or begin to try something."""
        converse(self.app, self._checklists.try_item(None, ""), self._take)

    def action_soreness(self) -> None:
        """Note how sore the back is for the chosen run."""
        if self.view.run is not None:
            conversation = self._checklists.record_soreness(self.view.run)
            converse(self.app, conversation, self._take)

    def action_remove_run(self) -> None:
        """Remove the chosen run."""
        run = self.view.run
        if run is not None:
            said = f"Removed the run of {full_day(run)}; {self._checklists.key_of('undo')} brings it back"
            self.save(DiaryAct(lambda: self._diary.runs.remove(run.id), said))

    def action_seen(self) -> None:
        """Say no longer what happened to the diary."""
        self._take(self._checklists.dismiss())

    def action_undo(self) -> None:
        """Undo the last act of this session."""
        self.save(self._checklists.undo())

    def action_redo(self) -> None:
        """Do again what was undone."""
        self.save(self._checklists.redo())

    def action_red_flags(self) -> None:
        """Go to the red flags."""
        section = self._handbook.get(self._handbook.roles.red_flags)
        if section is not None:
            self.dismiss(Place(section.id))

    def action_help(self) -> None:
        """Explain the diary."""
        self.show_help(DiaryView.HELP, "diary")

    def action_diary(self) -> None:
        """Back to the book."""
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Hide what this book does not have."""
        return action != "red_flags" or bool(self._handbook.roles.red_flags)

    def _look_again(self) -> None:
        looking = self._checklists.look_for_changes()
        self._thread.when_done(looking, self._show_changes, soon=False)

    def _show_changes(self, outcome: Outcome) -> None:
        if outcome.lists or outcome.notices:
            self._show_outcome(outcome)

    def _show_outcome(self, outcome: Outcome, act: DiaryAct | None = None) -> None:
        """Show what came of an act, on whatever screen is open by then."""
        warning = self._checklists.take(outcome, act)
        for screen in self.app.screen_stack:
            if isinstance(screen, StatusScreen) and warning is not None:
                screen.warn(warning)
        if self.is_attached:
            if not outcome.warning:
                self._look()
            self._show_state()
            if outcome.said:
                self.say(outcome.said)

    def _show_state(self) -> None:
        """Say what happened to the diary, and whether something is being saved."""
        self.status.notice = self._checklists.notice
        self.status.saving = self._thread.is_saving

    def _look(self) -> None:
        """Read the runs, and show them; without waiting for a diary that is held up."""
        if self._looking is None or self._looking.done():
            self._looking = self._thread.ask(self._read_runs)
            self._thread.when_done(self._looking, self._show_runs)

    def _await_runs(self) -> None:
        """Hold what is typed for the runs until they are there."""
        queue = queue_of(self.app)
        if queue is not None and self._looking is not None and not self._looking.done():
            on_runs = (key for key in self._keys.values() if key.where == "diary")
            self._awaited = Awaited(self, only=names_of(on_runs))
            queue.wait_for(self._awaited)

    def _end_waiting(self, *, sends: bool = False) -> None:
        """Send what was typed for the runs, now that they are there, or say that it is not done."""
        queue, awaited = queue_of(self.app), self._awaited
        self._awaited = None
        if queue is None or awaited is None:
            return
        if sends:
            queue.release(awaited)
            return
        say_on(self.app, not_done(queue.forget(awaited), "the runs were not there yet"))

    def _read_runs(self) -> tuple[tuple[Run, ...], LookBack] | CannotRead:
        """Read the runs, in the diary's thread."""
        try:
            return self._diary.activities.joined().runs, self._look_back()
        except CannotRead as error:
            return error

    def _show_runs(self, found: tuple[tuple[Run, ...], LookBack] | CannotRead) -> None:
        """Show the runs, or say why they cannot be read."""
        trouble: Exception | None = self._diary.trouble
        if isinstance(found, CannotRead):
            trouble = found
        elif self.is_attached:
            self.view.otherwise = self._why_empty()
            self.view.runs, self.view.beside = found
            self.view.choose(self._to_choose)
            self._to_choose = ""
        if trouble is not None and self.is_attached:
            self.warn(str(trouble))
        if self.is_attached:
            self._show_state()  # what was saved before they were read is on the disk
        self._end_waiting(sends=not isinstance(found, CannotRead))

    def _why_empty(self) -> str:
        if self._diary.private:
            return "With --private no runs are kept, and none are shown."
        if self._diary.mode == "memory" and self._diary.trouble is not None:
            return "The diary cannot be read. The rest of the handbook works as ever."
        checklist, finish = (self._checklists.key_of(name) for name in ("checklist", "finish"))
        where = f"{checklist} opens the checklist, and {finish} files a run" if checklist else ""
        return f"No runs yet. In the book, {where}: what was ticked, how sore the back is, a note."

    def _look_back(self) -> LookBack:
        """What stands beside the runs; raises CannotRead."""
        desk = self._checklists.desk
        notices = tuple(map(str, desk.notices()))
        past = past_routines(self._diary.routines.every(), self._handbook)
        return LookBack(desk.experiments.first_runs, desk.experiments.lines, notices, past)

    def _edit(self, shown: Run, said: str) -> Conversation[Response]:
        try:
            found = yield from ask_diary(self._thread, lambda: self._diary.runs.named((shown.id,)))
        except CannotRead as error:
            return unanswered(error)
        if not found:
            return Say("This run was removed elsewhere")
        drafts, now = self._diary.drafts, self._checklists.desk.now()
        changed = yield from edit_run(drafts, found[0], shown, now)
        return DiaryAct(lambda: self._diary.runs.edit(changed), said) if changed else None

    def _take(self, answer: Response) -> None:
        if isinstance(answer, Say | Warn):
            self.say(answer.words)
        elif isinstance(answer, DiaryAct):
            self.save(answer)

    def _leave_for(self, place: Place | None) -> None:
        if place is not None:
            self.dismiss(place)


class RunScreen(AnswerModal[Place | None], inherit_bindings=False):
    """One past run whole; answers with the place that a link leads to, or None."""

    BINDINGS = bindings("close", "quit", "diary")

    reader = query_one(Reader)

    def __init__(self, page: Page, handbook: Handbook) -> None:
        super().__init__()
        self._page = page
        self._handbook = handbook

    def compose(self) -> ComposeResult:
        """The page, in a reader of its own."""
        yield Reader()

    def on_mount(self) -> None:
        """Show the page."""
        self.reader.border_subtitle = LEAVES
        self.reader.show(self._page)

    @on(Reader.LinkFollowed)
    def _follow(self, message: Reader.LinkFollowed) -> None:
        section = self._handbook.get(message.link.section)
        if section is not None:
            self.dismiss(Place(section.id))

    def action_diary(self) -> None:
        """Back to the diary."""
        self.dismiss(None)
