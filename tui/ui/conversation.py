"""Asking a reader one thing after another: a generator yields screens and is sent their answers."""

from __future__ import annotations

from collections.abc import Callable, Generator
from concurrent.futures import Future
from functools import partial
from typing import Any, NamedTuple, TypeVar

from textual.app import App
from textual.screen import Screen

from ..diary.errors import Busy, CannotRead
from ..session.diary_thread import DiaryThread
from ..terminal.lifecycle import SafeApp
from .key_queue import Awaited, not_done, queue_of
from .widgets.status_bar import StatusBar

T = TypeVar("T")
HELD_UP = "The diary is held up; what you asked for comes as soon as it answers"
WITHIN = 10.0
"""Seconds in which a diary is to answer."""


class AskedDiary(NamedTuple):
    """Something that the diary is asked."""

    thread: DiaryThread
    asked: Future[Any]
    within: float
    """Seconds until it counts as refused."""
    said: str
    """What to say where it takes more than a moment."""


Conversation = Generator[Screen[Any] | AskedDiary, Any, T]
"""Yields the screens to show, is sent what each was answered, and returns what came of it."""


def ask(screen: Screen[T]) -> Conversation[T | None]:
    """Show a screen and wait for what it is answered; to be called with `yield from`."""
    answer: T | None = yield screen
    return answer


def ask_diary(
    thread: DiaryThread, question: Callable[[], T], *, within: float = 0, said: str = HELD_UP
) -> Conversation[T]:
    """Ask the diary, which may take its time; to be called with `yield from`.

    Raises CannotRead; Busy where it has not answered within so many seconds, or the usual ones. The
    conversation ends there if the reader presses another key meanwhile.
    """
    asked = thread.question(question)
    answer: T | CannotRead = yield AskedDiary(thread, asked, within or WITHIN, said)
    if isinstance(answer, CannotRead):
        raise answer
    return answer


def converse(
    app: App[Any], conversation: Conversation[T], then: Callable[[T], object], answer: object = None
) -> None:
    """Show the screens of a conversation, one after the other; at its end, pass on what came of it.

    No task runs meanwhile: a screen is pushed by the message that called for it, so that keys typed
    ahead find it there. Where the diary is slow they wait for that.
    """
    try:
        step = conversation.send(answer)
    except StopIteration as end:
        then(end.value)
        return
    go_on = partial(converse, app, conversation, then)
    if isinstance(step, Screen):
        app.push_screen(step, go_on)
    elif step.thread.is_soon_done(step.asked):
        go_on(step.asked.result())
    else:
        _Waiting(app, step, conversation, go_on)


def say_on(app: App[Any], words: str) -> None:
    """Say something, if it is anything, on whichever screen is in front."""
    if words and isinstance(app, SafeApp):
        app.say(words)


class _Waiting:
    """Goes on with a conversation once the diary has answered.

    What is typed in one go waits for it, and is done nowhere else; another key withdraws the question.
    """

    def __init__(
        self,
        app: App[Any],
        question: AskedDiary,
        conversation: Conversation[Any],
        go_on: Callable[[object], object],
    ) -> None:
        self._app, self._conversation, self._go_on = app, conversation, go_on
        self._question = question
        self._queue = queue_of(app)
        self._awaited = Awaited(app.screen, withdraw=self._withdraw)
        self._is_over = False
        self._timer = app.set_timer(question.within, self._refuse)
        if self._queue is not None:
            self._queue.wait_for(self._awaited)
        say_on(self._app, question.said)
        question.thread.when_done(question.asked, self._answer, soon=False)

    def _answer(self, answer: object) -> None:
        """Go on, then send what was typed ahead; another screen in front has withdrawn it."""
        if self._is_over:
            return
        if not self._is_in_front:
            self._withdraw()()
            return
        self._end()
        for bar in self._awaited.screen.query(StatusBar):
            if bar.said == self._question.said:
                bar.said = ""
        self._go_on(answer)
        if isinstance(answer, CannotRead) and self._is_in_front:
            say_on(self._app, self._not_done())
        elif self._queue is not None:
            self._queue.release(self._awaited)

    @property
    def _is_in_front(self) -> bool:
        return self._app.screen is self._awaited.screen

    def _refuse(self) -> None:
        self._answer(CannotRead(Busy(self._question.thread.diary.path)))

    def _withdraw(self) -> Callable[[], None]:
        """Leave it at that; what says what was typed for it in vain."""
        self._end()
        self._conversation.close()
        return partial(say_on, self._app, self._not_done())

    def _end(self) -> None:
        self._is_over = True
        self._timer.stop()
        self._question.asked.cancel()

    def _not_done(self) -> str:
        typed = self._queue.forget(self._awaited) if self._queue is not None else ()
        return not_done(typed, "the diary had not answered")
