"""The diary: looking back on past runs, and mending them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.getters import query_one

from ...diary.damage import Damage
from ...diary.model import Run
from ...diary.moments import local_day, now
from ...diary.trouble import CannotRead, DiaryError
from ...handbook.model import Handbook
from ...handbook.safe_text import one_line
from ...keys import FOOTER, Key, display
from ...session.checklists import ChecklistDesk
from ...session.history import Place
from ...session.run_report import ItemNames, full_day, run_page
from ...session.soreness import soreness_of, why_no_soreness
from ..widgets.bindings import bindings
from ..widgets.diary import DiaryView
from ..widgets.status_bar import StatusBar
from .answering import AnsweringScreen
from .asking import AskScreen, Question
from .conversing import ConversingScreen
from .past_run import PastRunScreen

LOOK_AGAIN_AFTER = 1.0
"""Seconds between two looks at what other sessions have saved."""


class DiaryScreen(
    AnsweringScreen["Place | None"], ConversingScreen["Place | None"], inherit_bindings=False
):
    """Answers with the place in the book that the reader wants to go to, or None."""

    BINDINGS = bindings(
        "edit-run",
        "remove-run",
        "soreness",
        "undo",
        "redo",
        "red-flags",
        "help",
        "close",
        "quit",
        "diary",
    )
    AUTO_FOCUS = "DiaryView"

    view = query_one(DiaryView)
    status = query_one(StatusBar)

    def __init__(self, handbook: Handbook, desk: ChecklistDesk, keys: Mapping[str, Key]) -> None:
        super().__init__()
        self._handbook = handbook
        self._desk = desk
        self._keys = keys
        self._names = ItemNames(handbook, desk.lists)

    def compose(self) -> ComposeResult:
        """The diary and the status line."""
        yield DiaryView()
        yield StatusBar()

    def on_mount(self) -> None:
        """Show the runs, and look now and then for those that other sessions file."""
        self.view.year = local_day(now()).year
        self.status.keys = tuple(map(self._keys.__getitem__, FOOTER["diary"]))
        self._look()
        self.set_interval(LOOK_AGAIN_AFTER, self._look_again)

    def on_key(self, _: events.Key) -> None:
        """Anything said has been read when the next key comes."""
        self.status.said = ""

    @on(DiaryView.Opened)
    def _open_run(self, message: DiaryView.Opened) -> None:
        page = run_page(message.run, self._names)
        self.app.push_screen(PastRunScreen(page, self._handbook), self._leave_for)

    @on(DiaryView.Moved)
    def _note_position(self) -> None:
        count = len(self.view.runs)
        self.status.position = f"{self.view.cursor + 1:,}/{count:,}" if count else ""

    def action_edit_run(self) -> None:
        """Change the soreness and the note of the chosen run."""
        self._converse(self._edit)

    def action_soreness(self) -> None:
        """Note how sore the back is for the chosen run."""
        self._converse(self._record_soreness)

    def action_remove_run(self) -> None:
        """Remove the chosen run."""
        run = self.view.run
        if run is not None:
            said = f"Removed the run of {full_day(run)}; {self._key('undo')} brings it back"
            self._do(lambda: self._desk.diary.runs.remove(run.id), said)

    def action_undo(self) -> None:
        """Undo the last act of this session."""
        self._do(self._desk.undo)

    def action_redo(self) -> None:
        """Do again what was undone."""
        self._do(self._desk.redo)

    def action_red_flags(self) -> None:
        """Go to the red flags."""
        section = self._handbook.get(self._handbook.roles.red_flags)
        if section is not None:
            self.dismiss(Place(section.id))

    def action_help(self) -> None:
        """Explain the diary."""
        from .help import HelpScreen, help_page  # noqa: PLC0415 - opened on demand

        self.app.push_screen(HelpScreen(help_page(DiaryView.HELP, self._keys.values(), "diary")))

    def action_diary(self) -> None:
        """Back to the book."""
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Hide what this book does not have."""
        return action != "red_flags" or bool(self._handbook.roles.red_flags)

    def _look_again(self) -> None:
        changed = self._desk.diary.changed_by_others()
        damage = self._desk.diary.take_damage()
        if changed or damage:
            self._look(damage)

    def _look(self, damage: Damage | None = None) -> None:
        """Show the runs as they are on the disk now, or say why they cannot be read."""
        diary = self._desk.diary
        trouble: DiaryError | None = diary.trouble
        try:
            runs = diary.runs.every()
        except CannotRead as error:
            trouble = error
        else:
            self.view.otherwise = self._why_empty()
            self.view.runs = runs
        wrong = damage or diary.take_damage() or trouble
        if wrong is not None:
            self.status.warning = str(wrong)

    def _why_empty(self) -> str:
        if self._desk.diary.private:
            return "With --private no runs are kept, and none are shown."
        if self._desk.diary.mode == "memory" and self._desk.diary.trouble is not None:
            return "The diary cannot be read. The rest of the handbook works as ever."
        checklist, finish = self._key("checklist"), self._key("finish")
        where = f"{checklist} opens the checklist, and {finish} files a run" if checklist else ""
        return f"No runs yet. In the book, {where}: what was ticked, how sore the back is, a note."

    def _key(self, name: str) -> str:
        keys = self._keys[name].keys
        return display(keys[0]) if keys else ""

    async def _edit(self, run: Run) -> None:
        note = one_line(run.note)
        answers = await self.ask(
            AskScreen(
                f"Run of {full_day(run)}",
                _soreness_question("after the run", run.soreness),
                _soreness_question("the next morning", run.soreness_next_day),
                Question("Note", note),
            )
        )
        if answers is None:
            return
        changed = run._replace(
            soreness=soreness_of(answers[0]),
            soreness_next_day=soreness_of(answers[1]),
            note=run.note if answers[2] == note else answers[2],
        )
        said = f"The run is changed; {self._key('undo')} takes it back"
        self._do(lambda: self._desk.diary.runs.edit(changed), said)

    async def _record_soreness(self, run: Run) -> None:
        words = self._desk.soreness_question(run)
        answers = await self.ask(
            AskScreen("Soreness", Question(words, longest=2, why_not=why_no_soreness))
        )
        level = soreness_of(answers[0]) if answers else None
        if level is not None:
            said = f"Soreness {level} is noted; {self._key('undo')} takes it back"
            self._do(lambda: self._desk.diary.runs.record_soreness(level, run.id), said)

    def _converse(self, about: Callable[[Run], Coroutine[Any, Any, None]]) -> None:
        """Ask the reader about the chosen run."""
        if self.view.run is not None:
            self.start(about(self.view.run))

    def _do(self, act: Callable[[], object], said: str = "") -> None:
        """Act, and show the runs as they are then; an act may give the words to say itself."""
        try:
            words = act()
        except CannotRead as error:
            self.status.warning = f"Not saved: {error}"
        except DiaryError as error:
            self._look()
            self.status.said = f"{error}"[:1].upper() + f"{error}"[1:]
        else:
            self.status.warning = ""
            self._look()
            self.status.said = words if isinstance(words, str) else said

    def _leave_for(self, place: Place | None) -> None:
        if place is not None:
            self.dismiss(place)


def _soreness_question(when: str, soreness: int | None) -> Question:
    value = "" if soreness is None else str(soreness)
    return Question(f"Soreness {when}, 0-10", value, longest=2, why_not=why_no_soreness)
