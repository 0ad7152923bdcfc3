"""The self-check on the screen: the gate, a question a screen, and where to start."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.getters import query_one
from textual.reactive import var
from textual.screen import Screen

from ...diary.drafts import Draft, Words
from ...handbook.blocks import Block, Link
from ...handbook.body_map import BodyMap, Zone
from ...handbook.model import Page, Section
from ...handbook.signs import Level
from ...keys import FOOTER, Key
from ...self_check.advice import Adviser
from ...self_check.interview import Interview, Sight
from ...session.startable import Here
from ..controllers.responses import DiaryAct, Response, Say, Warn
from ..conversation import converse
from ..widgets.bindings import bindings
from ..widgets.question import QuestionView
from ..widgets.reader import Reader
from ..widgets.status_bar import StatusBar
from .answering_screens import SideScreen

if TYPE_CHECKING:
    from ..controllers.checklist import ChecklistController, Outcome


class SelfCheckScreen(SideScreen[Here], inherit_bindings=False):
    """Asks; answers with the link that was followed, with what is to be started from, or None."""

    BINDINGS = bindings(
        "go-on",
        "back",
        "body-map",
        "start-over",
        "start-routine",
        "try-item",
        "red-flags",
        "help",
        "close",
        "quit",
        "self-check",
    )
    AUTO_FOCUS = None

    interview: var[Interview | None] = var[Interview | None](None, init=False, bindings=True)
    """How far the reader is."""

    asked = query_one(QuestionView)

    def __init__(
        self,
        interview: Interview,
        adviser: Adviser,
        keys: Mapping[str, Key],
        body_map: tuple[BodyMap, Page] | None,
        red_flags: Callable[[], Screen[Link | None] | None],
        *,
        draft: Draft,
        checklists: ChecklistController,
    ) -> None:
        super().__init__(keys, red_flags)
        self.draft = draft
        self._checklists = checklists
        self._begin = interview
        self._adviser = adviser
        self._body_map = body_map

    def compose(self) -> ComposeResult:
        """The question, what is said at the end, and the status line."""
        yield QuestionView()
        yield Reader()
        yield StatusBar()

    @property
    def half_typed(self) -> Words:
        """The answers so far, until the questions are at an end."""
        return self.interview.written if self.interview is not None else ()

    def on_mount(self) -> None:
        """Go on where the reader left it."""
        self.interview = self._begin

    def watch_interview(self) -> None:
        """Show what comes now."""
        if self.interview is None:
            return
        asking = self.interview.sight is Sight.QUESTION
        self.asked.display = asking
        self.reader.display = not asking
        self.set_focus(self.asked if asking else self.reader)
        if asking:
            self._ask(self.interview)
        else:
            page = Page(Section("self-check-result", "", "", None), self._said(self.interview))
            self.reader.show(page)
        self.show_keys()
        self.keep_soon()

    @on(QuestionView.Picked)
    def _choose(self, message: QuestionView.Picked) -> None:
        if self.interview is not None and self.interview.sight is Sight.QUESTION:
            self.interview = self.interview.choose(message.answer)

    @on(QuestionView.WentOn)
    def _answered(self) -> None:
        self.action_go_on()

    def action_go_on(self) -> None:
        """On to what comes next."""
        if self.interview is None:
            return
        if self.interview.may_go_on:
            self.interview = self.interview.go_on()
            self._tell_experiments(self.interview)
        else:
            self.say("Choose what fits, or None of these; Space chooses")

    def action_back(self) -> None:
        """Back to the question before."""
        if self.interview is not None:
            self.interview = self.interview.go_back()

    def action_start_over(self) -> None:
        """Begin again with no answers."""
        if self.interview is not None:
            self.interview = Interview(self.interview.check)

    def action_start_routine(self) -> None:
        """Do one of the exercises that the result names; above SELF it names none."""
        if self.reader.page is not None:
            self.dismiss(Here(self.reader.page, self.reader.chosen_link))

    def action_body_map(self) -> None:
        """Answer the question where it hurts by pointing at the map."""
        if self._body_map is None or self.interview is None:
            return
        from .body_map import BodyMapScreen  # noqa: PLC0415 - opened on demand

        screen = BodyMapScreen(*self._body_map, self._keys, self._red_flags, question=True)
        self.app.push_screen(screen, self._take_zone)

    def action_try_item(self) -> None:
        """Try a change that goes with a cause that was named, or keep the cause and the date."""
        causes = [score.cause for score in self._now.result.causes]
        converse(self.app, self._checklists.try_cause(causes), self._take_act)

    def action_help(self) -> None:
        """Explain the self-check."""
        self.show_help(QuestionView.HELP, "question")

    def action_self_check(self) -> None:
        """Leave; the answers stay until the program ends."""
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """The map answers only the question where it hurts; nothing comes before the gate."""
        if self.interview is None:
            return True
        at_the_end = self.interview.sight is Sight.RESULT
        at_home = at_the_end and self.interview.result.level is Level.SELF
        works: Mapping[str, bool | None] = {
            "body_map": self._body_map is not None and self._asks_where,
            "start_routine": at_home,
            "try_item": at_home and bool(self.interview.result.causes),
            "go_on": self.interview.sight is Sight.QUESTION,
            "back": (self.interview.at > 0 or self.interview.warned) or None,
        }
        return works.get(action, True)

    def footer(self) -> Iterable[Key]:
        """The keys of the question or of the advice that work now."""
        pane = "question" if self._now.sight is Sight.QUESTION else "advice"
        if self.reader.chosen is not None:
            pane = "link"
        names = (name for name in FOOTER[pane] if name in self._keys)
        return (self._keys[name] for name in names if self.check_action(name.replace("-", "_"), ()))

    @property
    def _asks_where(self) -> bool:
        asking = self.interview is not None and self.interview.sight is Sight.QUESTION
        return asking and any(answer.zones for answer in self._now.question.answers)

    def _tell_experiments(self, interview: Interview) -> None:
        """A result may end what goes on; a sign of danger always does."""
        if interview.sight is not Sight.QUESTION:
            urgent = interview.result.level in (Level.NOW, Level.TODAY)
            self._take_act(self._checklists.after_self_check(urgent=urgent))

    def _take_act(self, answer: Response) -> None:
        if isinstance(answer, Say | Warn):
            self.say(answer.words)
        elif isinstance(answer, DiaryAct):
            asked = self._checklists.save(answer)
            self._checklists.thread.when_done(asked, self._show_outcome)

    def _show_outcome(self, outcome: Outcome) -> None:
        """Say what came of an act; the lists show it once one is back at them."""
        words = self._checklists.take(outcome) or outcome.said
        if words and self.is_attached:
            self.say(words)

    @property
    def _now(self) -> Interview:
        return self.interview or self._begin

    def _take_zone(self, taken: Link | Zone | None) -> None:
        if isinstance(taken, Link):
            self.dismiss(taken)
        elif taken is not None:
            fitting = [each for each in self._now.question.answers if taken.number in each.zones]
            if not fitting:
                self.say(f"Zone {taken.number} has no answer of its own: choose the nearest")
            elif fitting[0].id not in self._now.chosen:
                self.interview = self._now.choose(fitting[0].id)

    def _ask(self, interview: Interview) -> None:
        self.asked.ask(interview.question, interview.step, interview.chosen)

    def _said(self, interview: Interview) -> tuple[Block, ...]:
        return self._adviser.result(interview.result)
