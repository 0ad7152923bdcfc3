"""The diary's thread: one thing after the other, and nobody waits longer than a moment."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Event
from typing import NamedTuple

import pytest

from tui.diary.diary import open_diary
from tui.diary.errors import Busy, CannotRead
from tui.session import diary_thread
from tui.session.diary_thread import DiaryThread
from tui.session.history import Place
from tui.session.reading_state import ReadingState


class Done(NamedTuple):
    warning: str | None = None


@pytest.fixture
def thread(tmp_path: Path) -> Iterator[DiaryThread]:
    with DiaryThread(open_diary(tmp_path / "data", at_once=False)) as opened:
        yield opened


def test_in_the_order_asked(thread: DiaryThread) -> None:
    """Whatever is asked is done after all that was asked before."""
    did: list[int] = []
    for number in range(100):
        last = thread.ask(partial(did.append, number))
    last.result()
    assert did == list(range(100))


def test_a_question_is_answered_or_withdrawn(thread: DiaryThread) -> None:
    """It is answered after all that was asked before; one that was withdrawn is not asked later on."""
    assert thread.question(thread.diary.runs.every).result() == ()
    go_on, asked = Event(), list[str]()
    thread.ask(go_on.wait)
    withdrawn = thread.question(lambda: asked.append("first"))
    thread.when_done(withdrawn, lambda _: asked.append("answered"), soon=False)
    assert withdrawn.cancel()
    go_on.set()
    thread.ask(lambda: None).result()
    assert asked == []


def test_a_question_that_cannot_be_answered(thread: DiaryThread) -> None:
    """The reason is its answer."""

    def refuse() -> None:
        raise CannotRead(Busy("diary"))

    answer = thread.question(refuse).result()
    assert isinstance(answer, CannotRead)
    assert isinstance(answer.trouble, Busy)


def test_what_is_still_to_be_saved(thread: DiaryThread, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says that something is being saved until it is, and passes on what came of it."""
    monkeypatch.setattr(diary_thread, "MOMENT", 0.001)
    go_on, delivered = Event(), list[Done]()

    def wait_for_the_disk() -> Done:
        """Be slow."""
        go_on.wait()
        return Done("full")

    thread.post(wait_for_the_disk, delivered.append)
    assert (thread.is_saving, delivered) == (True, [])
    go_on.set()
    thread.ask(lambda: None).result()
    assert (thread.is_saving, delivered) == (False, [Done("full")])


def test_an_error_is_passed_on(thread: DiaryThread) -> None:
    """A bug in what was asked is raised where it is looked at, and the thread goes on."""
    failed = thread.ask(lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        failed.result()
    assert thread.ask(lambda: 1).result() == 1


def test_place_and_read_pages_are_gathered(thread: DiaryThread) -> None:
    """They are saved in one go when that is asked for, and not before."""
    visit = ReadingState(thread, "Book")
    visit.loaded.result()
    visit.take_up()
    visit.mark_read("one")
    visit.mark_read("two")
    visit.keep_place(Place("two", 1, 2))
    progress = thread.diary.progress
    assert thread.ask(lambda: progress.place("Book")).result() is None
    visit.save()
    place = thread.ask(lambda: progress.place("Book")).result()
    assert place is not None
    assert (place.section, place.block, place.character) == ("two", 1, 2)
    read = thread.ask(lambda: progress.read_sections("Book")).result()
    assert read == {"one", "two"}


def test_what_could_not_be_saved_is_saved_later(
    thread: DiaryThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A place that was refused goes with the next; a newer place wins over it."""
    visit = ReadingState(thread, "Book")
    visit.loaded.result()
    visit.take_up()
    progress = thread.diary.progress

    def refuse(*_: object) -> None:
        raise CannotRead(Busy("diary"))

    with monkeypatch.context() as patched:
        patched.setattr(progress, "keep_reading", refuse)
        visit.mark_read("one")
        visit.keep_place(Place("one"))
        visit.save()
        thread.ask(lambda: None).result()
    visit.keep_place(Place("two"))
    visit.save()
    place = thread.ask(lambda: progress.place("Book")).result()
    assert place is not None
    assert place.section == "two"
    assert thread.ask(lambda: progress.read_sections("Book")).result() == {"one"}
