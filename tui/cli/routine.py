"""`routine`: the routines and how long they take, and being guided through one line by line."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable

from ..diary.clock import elapsed
from ..handbook.cards import all_cards
from ..handbook.lookup import find_routine_page
from ..handbook.model import Section
from ..handbook.phases import Doing, Phase
from ..handbook.routines import Routine, all_routines, routine_on
from ..session.checklists import ChecklistDesk
from ..session.routine_player import Event, Player
from ..session.routine_session import RoutineSession, Unfinished, unfinished
from ..session.routine_words import clock_time, minutes, sentence, summary, timed
from .context import Context, UsageError
from .prompts import ask, on_a_terminal, remark

LOOK_EVERY = 0.25
"""Seconds between two looks at the clock."""
KEYS = "Enter: done, pause, or go on. s: skip. b: back. x: it hurts. q: stop."

Keyboard = Callable[[float], "str | None"]
"""Waits so many seconds for a line; None where none came, or nobody is there to write one."""


def routine(context: Context) -> int:
    """List the routines, or guide through one in lines."""
    name = context.option("routine")
    if name is None:
        return _list(context)
    _, found = named(context, name)
    if context.option("json"):
        context.output.write_json(_as_json(found))
    elif context.option("dry_run"):
        _foretell(context, found)
    else:
        return _guide(context, found)
    return 0


def named(context: Context, name: str) -> tuple[Section, Routine]:
    """The page called so, and the routine or the exercise on it; raises UsageError without a dose."""
    section = find_routine_page(context.handbook, name)
    found = routine_on(context.handbook, context.pages, section)
    if found is None:
        raise UsageError(f"{section.id} says no dose; `runtall read {section.id}` shows it")
    return section, found


def _list(context: Context) -> int:
    cards = all_cards(context.handbook, context.pages)
    found = all_routines(context.handbook, context.pages, cards)
    if context.option("json"):
        context.output.write_json([_head(each) for each in found.routines])
    else:
        context.output.write_table(
            [
                (each.id, minutes(each.about_seconds()).rjust(6), each.title)
                for each in found.routines
            ]
        )
    for error in found.errors:
        remark(context, str(error))
    return 0


def _head(routine: Routine) -> dict[str, object]:
    return {"id": routine.id, "title": routine.title, "seconds": routine.about_seconds()}


def _as_json(routine: Routine) -> dict[str, object]:
    steps = [_step_as_json(routine, phase) for phase in routine.phases]
    return {**_head(routine), "steps": steps}


def _step_as_json(routine: Routine, phase: Phase) -> dict[str, object]:
    counted = phase.amount.low if phase.amount else None
    return {
        "exercise": routine.steps[phase.exercise].card.id,
        "what": phase.doing.value,
        "set": phase.set or None,
        "side": phase.side or None,
        "position": phase.position or None,
        "seconds": phase.seconds,
        "reps": counted if phase.doing is Doing.REPS else None,
        "meters": counted if phase.doing is Doing.DISTANCE else None,
    }


def _foretell(context: Context, routine: Routine) -> None:
    """Write the whole of a routine at once, with times."""
    context.output.write(summary(routine))
    told = -1
    for seconds, phase in timed(routine):
        if phase.exercise != told and phase.doing is not Doing.REST:
            told = phase.exercise
            context.output.write(f"\n{_opening(routine, phase)}")
        context.output.write_table([(clock_time(seconds).rjust(6), sentence(phase))])


def _opening(routine: Routine, phase: Phase) -> str:
    step = routine.steps[phase.exercise]
    return f"{phase.exercise + 1} of {len(routine.steps)}. {step.text}"


def _guide(context: Context, routine: Routine) -> int:
    """Write one line for each event, in real time."""
    keyboard = _keyboard()
    desk = ChecklistDesk(context.handbook, context.pages, context.diary)
    left = unfinished(desk, routine)
    if left is not None and left.elsewhere and keyboard is None:
        remark(context, "this routine runs in another session; end it there")
        return 1
    chosen = _asked_to_go_on(context, left) if left else None
    session = RoutineSession(desk, routine, elapsed, chosen)
    context.output.write(f"{summary(routine)}. It stops with Ctrl+C.")
    if keyboard is not None:
        context.output.write(KEYS)
    return PlainGuide(context, session, keyboard).run()


class PlainGuide:
    """A routine line by line: for ears, and for where there is no screen."""

    def __init__(
        self, context: Context, session: RoutineSession, keyboard: Keyboard | None
    ) -> None:
        self._context = context
        self._session = session
        self._keyboard = keyboard
        self._told = -1
        self._trouble = ""
        self._waited = 0.0
        """Seconds that something without a count has taken, where nobody can say that it is done."""

    @property
    def _player(self) -> Player:
        return self._session.player

    def run(self) -> int:
        """Guide to the end, or until the reader stops."""
        self._tell()
        if self._player.paused:
            self._say("Paused where it was left; Enter goes on.")
        while not self._player.done:
            line = self._wait()
            before = self._session.spent
            if line is None:
                self._answer(self._session.look())
            if self._keyboard is None:
                self._go_on_alone(self._session.spent - before)
            if self._session.taken:
                self._say("Another session goes on with this routine.")
                return 1
            if line is not None and not self._take(line):
                return 0
        self._end("done", "Done." if self._player.whole else "Done, with something left out.")
        return 0

    def _wait(self) -> str | None:
        if self._keyboard is not None:
            return self._keyboard(LOOK_EVERY)
        select.select([], [], [], LOOK_EVERY)
        return None

    def _go_on_alone(self, seconds: float) -> None:
        """Where nobody can press a key, nothing waits for one."""
        now = self._player.phase
        if self._player.paused:
            self._session.go_on()
        elif now is not None and not now.counts_down:
            self._waited += seconds
            if self._waited >= now.seconds:
                self._waited = 0.0
                self._answer(self._session.go_on())

    def _take(self, line: str) -> bool:
        """Do what a line asks for; False where it asks to stop."""
        word = line.strip().lower()[:1]
        if word == "":
            before = self._player
            events = self._session.go_on()
            self._answer(events)
            if self._player.paused != before.paused and Event.ASLEEP not in events:
                self._say("Paused; Enter goes on." if self._player.paused else "Going on.")
        elif word in ("s", "b"):
            (self._session.skip if word == "s" else self._session.back)()
            self._tell()
        elif word == "x":
            self._end("hurt", self._stop_words())
            self._say("When to get help: runtall red-flags")
        elif word == "q":
            self._end("stopped", "Stopped.")
        else:
            self._say(KEYS)
        return word not in ("x", "q")

    def _stop_words(self) -> str:
        now = self._player.phase
        step = self._player.routine.steps[now.exercise] if now else None
        stop = step.card.part("Stop if") if step else ""
        return f"Stopped. Stop if: {stop}" if stop else "Stopped."

    def _end(self, outcome: str, words: str) -> None:
        """Keep what came of it, and say it with what is ticked now."""
        ticked: list[str] = []
        self._session.end(outcome, ticked.extend)
        self._say(words)
        for label in ticked:
            self._say(f"Ticked: {label}")
        if self._session.trouble:
            remark(self._context, f"not kept: {self._session.trouble}")

    def _answer(self, events: tuple[Event, ...]) -> None:
        for event in events:
            if event is not Event.ASLEEP and self._rings:
                self._context.output.write_prompt("\a")
            if event is Event.NEXT:
                self._tell()
            elif event is Event.ASLEEP:
                goes_on = "; Enter goes on" if self._keyboard is not None else ""
                self._say(f"The clock jumped, and the routine paused where it was{goes_on}.")

    @property
    def _rings(self) -> bool:
        return self._context.output.styled and not self._context.option("no_bell", False)

    def _tell(self) -> None:
        """Say what is on now."""
        now = self._player.phase
        if now is None:
            return
        if now.exercise != self._told and now.doing is not Doing.REST:
            self._told = now.exercise
            self._say(_opening(self._player.routine, now))
        waits = not now.counts_down and self._keyboard is not None
        self._say(f"{sentence(now)}{'; Enter when done' if waits else ''}")

    def _say(self, line: str) -> None:
        self._context.output.write(line)
        self._context.output.flush()


def _asked_to_go_on(context: Context, left: Unfinished) -> Unfinished | None:
    """What was left, if the reader wants to go on with it; without a terminal it begins afresh."""
    if not on_a_terminal():
        return None
    taken = "runs in another session; take it over?" if left.elsewhere else "go on there?"
    answer = ask(context, f"{left.words}: {taken} [y/n]")
    return left if (answer or "").lower().startswith("y") else None


def _keyboard() -> Keyboard | None:
    """Lines as they are typed; None where there is no terminal to type on."""
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    typed = bytearray()

    def read(seconds: float) -> str | None:
        line, separator, rest = bytes(typed).partition(b"\n")
        if not separator and select.select([sys.stdin], [], [], seconds)[0]:
            got = os.read(sys.stdin.fileno(), 1024)
            typed.extend(got or b"q\n")
            line, separator, rest = bytes(typed).partition(b"\n")
        if not separator:
            return None
        typed[:] = rest
        return line.decode(errors="replace")

    return read
