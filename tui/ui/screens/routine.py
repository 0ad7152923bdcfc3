"""A routine on the screen: the handbook counts, the runner moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Never

from textual.app import ComposeResult
from textual.getters import query_one
from textual.screen import Screen
from textual.timer import Timer

from ...handbook.blocks import Figure, Link
from ...handbook.loading import Pages
from ...handbook.model import Handbook
from ...keys import FOOTER, Key, display
from ...session.reading_state import ReadingState
from ...session.routine_player import Event
from ...session.routine_session import RoutineSession
from ..widgets.bindings import bindings
from ..widgets.routine import RoutineView
from ..widgets.status_bar import StatusBar
from .answering_screens import SideScreen

LOOK_EVERY = 0.2
"""Seconds between two looks at the clock while something counts down; a second is drawn once."""


class RoutineScreen(SideScreen[Never], inherit_bindings=False):
    """Counts; answers with a link that was followed from the red flags, or None."""

    BINDINGS = bindings(
        *("move-done", "skip-move", "longer-rest", "shorter-rest", "it-hurts", "bell"),
        *("reason", "back", "red-flags", "help", "close", "quit"),
    )
    AUTO_FOCUS = "RoutineView"

    view = query_one(RoutineView)

    def __init__(
        self,
        session: RoutineSession,
        visit: ReadingState,
        book: tuple[Handbook, Pages],
        keys: Mapping[str, Key],
        red_flags: Callable[[], Screen[Link | None] | None],
    ) -> None:
        super().__init__(keys, red_flags)
        self.session = session
        self.ended = False
        """Whether it is done, or stopped because it hurts."""
        self._visit = visit
        self._handbook, self._pages = book
        self._counting: Timer | None = None

    def compose(self) -> ComposeResult:
        """The count and the status line."""
        yield RoutineView()
        yield StatusBar()

    def on_mount(self) -> None:
        """Begin, or stand where it was left."""
        self._counting = self.set_interval(LOOK_EVERY, self._look, pause=True)
        self._show()
        self.show_keys()

    def on_unmount(self) -> None:
        """Let go of it, to go on later."""
        self.session.leave()

    def footer(self) -> Iterable[Key]:
        """The keys that matter now."""
        pane = "routine-ended" if self.ended else "routine"
        return (self._keys[name] for name in FOOTER[pane])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Once it has ended no key does an exercise again."""
        moves = ("move_done", "skip_move", "longer_rest", "shorter_rest", "it_hurts", "back")
        return not (self.ended and action in moves)

    def action_move_done(self) -> None:
        """Done with the repetitions; else pause or go on."""
        self._take(self.session.go_on())

    def action_back(self) -> None:
        """To the step before."""
        self.session.back()
        self._show()

    def action_skip_move(self) -> None:
        """Leave this exercise out."""
        self.session.skip()
        self._take((Event.DONE,) if self.session.player.done else ())

    def action_longer_rest(self) -> None:
        """Rest longer."""
        self.session.lengthen()
        self._show()

    def action_shorter_rest(self) -> None:
        """Rest shorter."""
        self.session.lengthen(-1)
        self._show()

    def action_bell(self) -> None:
        """Ring the bell, or no longer."""
        self._visit.keep_bell(not self._visit.bell)
        self.say("The bell rings" if self._visit.bell else "The bell is off")

    def action_it_hurts(self) -> None:
        """Stop: no exercise any more, only when to get help."""
        now = self.session.player.phase
        if now is None:
            return
        card = self.session.player.routine.steps[now.exercise].card
        self.session.pause()
        self.session.end("hurt")
        self._end()
        key = self._keys["red-flags"]
        self.view.hurt = (
            card.title,
            card.part("Stop if"),
            display(key.keys[0]) if key.keys else "",
        )

    def action_reason(self) -> None:
        """Open the card of this exercise, and come back to the same second."""
        from .help import HelpScreen  # noqa: PLC0415 - opened on demand

        now = self.session.player.phase
        if now is None or self.ended:
            return
        card = self.session.player.routine.steps[now.exercise].card
        page = self._pages.or_explanation(self._handbook.by_id[card.id])
        self._stop_counting()
        self.app.push_screen(HelpScreen(page), self._come_back)

    def action_red_flags(self) -> None:
        """Look at the red flags; the clock stops meanwhile."""
        if not self.ended:
            self.session.pause()
            self._show()
        super().action_red_flags()

    def action_help(self) -> None:
        """Explain the keys."""
        if not self.ended:
            self.session.pause()
            self._show()
        self.show_help(RoutineView.HELP, "routine")

    def action_close(self) -> None:
        """Leave it where it is, to go on later."""
        self.dismiss(None)

    def action_quit(self) -> None:
        """Leave it where it is, to go on later."""
        self.action_close()

    def _look(self) -> None:
        events = self.session.look()
        if events and self._visit.bell:
            self.app.bell()
        self._take(events)

    def _take(self, events: tuple[Event, ...]) -> None:
        if Event.ASLEEP in events:
            self.say("The clock jumped; the routine is paused where it was")
        if Event.DONE in events:
            self.session.end("done", self._say_ticked)
            self._end()
        self._show()

    def _say_ticked(self, labels: tuple[str, ...]) -> None:
        if self.is_attached:
            self.say("; ".join(f"Ticked: {each}" for each in labels))
            self._show()

    def _end(self) -> None:
        self.ended = True
        self._stop_counting()
        self.show_keys()

    def _show(self) -> None:
        """Show this second, and count only while something counts down."""
        player = self.session.player
        now = player.phase
        self.view.figure = self._figure()
        self.view.player = player
        if self.session.taken:
            self.warn("Another session goes on with this routine; here it is paused")
        elif self.session.trouble:
            self.warn(f"Not kept: {self.session.trouble}")
        if self._counting is not None:
            counts = now is not None and now.counts_down and not player.paused and not self.ended
            (self._counting.resume if counts else self._counting.pause)()

    def _figure(self) -> Figure | None:
        now = self.session.player.phase
        if now is None:
            return None
        card = self.session.player.routine.steps[now.exercise].card
        page = self._pages.or_explanation(self._handbook.by_id[card.id])
        return next((each for each in page.blocks if isinstance(each, Figure)), None)

    def _stop_counting(self) -> None:
        self.session.look()
        if self._counting is not None:
            self._counting.pause()

    def _come_back(self, answer: None) -> None:  # noqa: ARG002 - Textual's
        self.session.awake()
        self._show()
