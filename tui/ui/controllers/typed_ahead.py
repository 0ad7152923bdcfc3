"""What is typed for a list that the diary has not given yet: it waits, or it is said that it was in vain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from textual.events import Event
from textual.events import Key as KeyEvent
from textual.screen import Screen

from ...keys import ANYWHERE, Key, names_of
from ..key_queue import Awaited, KeyQueue, not_done
from ..widgets.checklist import NUMBERS

_ON_LISTS = (
    *("line-down", "line-up", "top", "bottom", "reason", "checklist"),
    *("finish", "soreness", "try-item", "undo", "redo"),
)
"""What means more on a list than on its page, beside what only works on lists."""
_WHY = "the list was not there yet"


class TypedAhead:
    """Has the keys held that are meant for a list, while a screen shows only its page.

    Digits are taken for ticks wherever the reader is when the list comes; what asks something, or
    moves about, is passed on only to a list that is in front.
    """

    def __init__(
        self,
        screen: Screen[Any],
        queue: KeyQueue,
        keys: Mapping[str, Key],
        say: Callable[[str], object],
    ) -> None:
        self.list_id = ""
        """The list that is awaited; empty where none is."""
        self._awaited = Awaited(screen)
        self._screen = screen
        self._queue = queue
        self._keys = keys
        self._say = say

    @property
    def not_done(self) -> str:
        """Says what waits; empty where nothing does."""
        return not_done(self._awaited.typed, _WHY)

    def await_list(self, list_id: str) -> None:
        """Hold from now on what is typed for a list of which only the page shows."""
        typed = self._queue.forget(self._awaited)
        if list_id != self.list_id:
            self._give_up(typed)
            typed = ()
        self.list_id = list_id
        self._awaited = awaited_list(self._screen, self._keys.values())
        self._awaited.typed = typed
        self._queue.wait_for(self._awaited)

    def leave(self) -> None:
        """Another page is open: what was typed till now still waits for the list."""
        self._awaited.typed = self._queue.forget(self._awaited)

    def pass_on(self) -> None:
        """Give all to the list, which is in front."""
        self.list_id = ""
        self._queue.release(self._awaited)

    def end(self, tick: Callable[[int], object] | None) -> None:
        """Do what can be done without the list in front; say what is not done.

        Args:
            tick: Ticks the row with a number, counted from 0; None where there is no list.
        """
        self.list_id = ""
        typed = self._queue.forget(self._awaited)
        while typed and tick is not None and (number := _number(typed[0])) is not None:
            tick(number)
            typed = typed[1:]
        self._give_up(typed)

    def _give_up(self, typed: Sequence[Event]) -> None:
        if typed:
            self._say(not_done(typed, _WHY))


def awaited_list(screen: Screen[Any], keys: Iterable[Key]) -> Awaited:
    """What is meant for a list of which a screen shows only the page."""
    table = [*keys]
    ours = names_of(each for each in table if each.where == "checklist")
    others = names_of(each for each in table if each.where in (ANYWHERE, "text", "contents"))
    on_lists = names_of(each for each in table if each.id in _ON_LISTS)
    return Awaited(screen, ours | on_lists, ours - others)


def _number(event: Event) -> int | None:
    """The row that a key ticks by its number, counted from 0."""
    if isinstance(event, KeyEvent) and event.key in NUMBERS:
        return NUMBERS.index(event.key)
    return None
