"""One thread for all that a screen wants of the diary, so that no key waits for a lock or a slow disk."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar, cast

from ..diary.errors import CannotRead
from ..diary.progress import HARDLY

if TYPE_CHECKING:
    from ..diary.diary import Diary


class Saved(Protocol):
    """What came of saving something."""

    @property
    def warning(self) -> str | None:
        """Why it was not saved; None or empty where it was."""


T = TypeVar("T")
S = TypeVar("S", bound=Saved)

MOMENT = 0.04
"""Seconds that a key waits for the thread: most disks are quicker, and then nothing is drawn twice."""
_Job = tuple[Future[Any], Callable[[], Any]]


class DiaryThread:
    """Opens the diary, then does what it is asked, one thing after the other, in the order asked.

    From then on only what this thread runs may use the diary, but for its properties.
    """

    def __init__(self, diary: Diary) -> None:
        self.diary = diary
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._late: Future[Any] | None = None
        """What was waited for in vain, until it is done."""
        self._thread = Thread(target=self._work, name="diary", daemon=True)
        self.acts: tuple[Future[Saved], ...] = ()
        """What the reader did last and may still be to be saved."""
        self.deliver: Callable[[Callable[[], object]], object] = lambda call: call()
        """Has something done where the screens are, whichever thread asks."""
        self.ask(diary.open)
        diary.drafts.write = self.ask
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close().result()

    def ask(self, job: Callable[[], T]) -> Future[T]:
        """Have something done; the future holds what it returns or raises."""
        asked: Future[T] = Future()
        self._jobs.put((asked, job))
        return asked

    def is_soon_done(self, asked: Future[Any], moments: int = 1) -> bool:
        """Wait a moment for something; not at all while the thread is held up. Whether it is done."""
        if self._late is None or self._late.done():
            wait([asked], MOMENT * moments)
            self._late = None if asked.done() else asked
        return asked.done()

    def save(self, act: Callable[[], S]) -> Future[S]:
        """Have something saved that the reader did."""
        self.acts = tuple(each for each in self.acts if not each.done())
        asked = self.ask(act)
        self.acts += (cast("Future[Saved]", asked),)
        return asked

    def post(self, act: Callable[[], S], then: Callable[[S], object]) -> None:
        """Have something saved that the reader did, and go on with what came of it."""
        self.when_done(self.save(act), then)

    @property
    def is_saving(self) -> bool:
        """Whether something that the reader did is still to be saved."""
        return not all(each.done() for each in self.acts)

    def when_done(
        self, asked: Future[T], then: Callable[[T], object], *, soon: bool = True
    ) -> bool:
        """Go on with what was asked, once it is there; whether that was at once.

        Args:
            asked: What was asked.
            then: Is given what came of it.
            soon: Whether to wait a moment for it.
        """
        if soon and self.is_soon_done(asked):
            then(asked.result())
            return True

        def deliver(done: Future[T]) -> None:
            """Pass it on, unless it was withdrawn or nobody is there any more."""
            if done.cancelled():
                return
            with suppress(RuntimeError):
                self.deliver(lambda: then(done.result()))

        asked.add_done_callback(deliver)
        return False

    def question(self, question: Callable[[], T]) -> Future[T | CannotRead]:
        """Have a question answered; the future holds what it gives, or why it cannot be answered now.

        Another program is hardly waited for; a long diary may take its time.
        """

        def answered() -> T | CannotRead:
            """Answer it, if that is possible now."""
            try:
                with self.diary.waiting(HARDLY):
                    return question()
            except CannotRead as error:
                return error

        return self.ask(answered)

    def close(self) -> Future[None]:
        """Close the diary after all that was asked, and do nothing any more."""
        asked = self.ask(self.diary.close)
        self._jobs.put(None)
        return asked

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            _do(job)
            if self._jobs.empty():
                _do((Future(), self.diary.aside))


def _do(job: _Job) -> None:
    asked, do = job
    if asked.set_running_or_notify_cancel():
        try:
            asked.set_result(do())
        except BaseException as error:  # noqa: BLE001 - whoever asked is told
            asked.set_exception(error)
