"""What is typed, one key at a time: each meets what the key before it has left."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Sequence
from functools import partial
from time import monotonic
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, Key, MouseDown, Paste
from textual.screen import Screen

from ..keys import display

LOOK_AFTER = 0.5
"""Seconds until one looks whether a widget was closed that still had the callback in its queue."""
_Focus = tuple[Screen[Any], DOMNode | None]


class Awaited:
    """Something that is still to come on a screen, and what was typed for it."""

    def __init__(
        self,
        screen: Screen[Any],
        ahead: Collection[str] | None = None,
        only: Collection[str] = (),
        withdraw: Callable[[], Callable[[], object]] | None = None,
    ) -> None:
        """Await something on a screen.

        Args:
            screen: Where it will stand.
            ahead: The keys that mean it where they were typed before the reader could see that it is
                not there yet; None where all do.
            only: The keys that mean nothing on what stands instead.
            withdraw: Is called when another key is sent, and gives what to call once that has been
                taken; without it, it is awaited all the same.
        """
        self.screen = screen
        self.withdraw = withdraw
        self.typed: tuple[Event, ...] = ()
        """What was typed for it."""
        self._ahead = ahead
        self._only = only
        self._seen_at = 0.0
        """When the reader could see that it is not there, as events count time; 0 until then."""
        screen.call_after_refresh(self._note_seen)

    def is_meant(self, event: Event, names: Collection[str | None]) -> bool:
        """Whether a key or a paste, called so, is meant for it."""
        if self._seen_at and event.time > self._seen_at:
            return not {*names}.isdisjoint(self._only)
        # What was typed in one go keeps its order.
        return (
            self._ahead is None
            or bool(self.typed)
            or not {*names}.isdisjoint({*self._ahead, *self._only})
        )

    def _note_seen(self) -> None:
        self._seen_at = monotonic()


class KeyQueue:
    """Sends each key once the app is idle.

    A key goes from the app down to the widget that has the keys, and from there back up to the app
    for its binding. Of two that come in one go, as all do over a slow link, the second would be at
    the old widget before the app has done what the first one means.

    The app is idle when a callback has passed twice through the message queues on that way, behind
    all that was in them, and screen and focus have stayed the same the second time: the first time
    brings the key to its binding, the second what widgets have told their screens because of it. A
    new screen passes nothing on before it is mounted. However busy the machine is, the key waits.

    A key that is meant for what is awaited is held until that stands, however long it takes. What was
    typed in one go with it stays behind it, but for the keys in `passing`, which wait for nothing.
    """

    def __init__(
        self,
        app: App[Any],
        send: Callable[[Event], Awaitable[None]],
        drained: Callable[[], object] = lambda: None,
        passing: frozenset[str] = frozenset(),
    ) -> None:
        self._app = app
        self._send = send
        self._drained = drained
        self._passing = passing
        self._waiting: deque[Event] = deque()
        self._awaited: Awaited | None = None
        self._round = 0
        """Counts the callbacks sent out; those of earlier rounds are void."""
        self._at: DOMNode = app
        """Whose queue the callback is in."""
        self._looking: asyncio.TimerHandle | None = None

    def put(self, event: Event) -> None:
        """Send what was typed as soon as the app is idle."""
        self._waiting.append(event)
        if len(self._waiting) == 1:
            self._go_round(None)

    @property
    def more_is_typed(self) -> bool:
        """Whether anything was typed that is still to be sent."""
        return bool(self._waiting)

    @property
    def letter_is_next(self) -> bool:
        """Whether a letter was typed that is still to be sent, right after the key at work."""
        following = self._waiting[0] if self._waiting else None
        return isinstance(following, Key) and following.is_printable

    def wait_for(self, awaited: Awaited) -> None:
        """Hold from now on what is typed for something that is still to come."""
        self._awaited = awaited

    def forget(self, awaited: Awaited) -> tuple[Event, ...]:
        """Hold nothing for it any more; what was typed for it is somebody else's."""
        if self._awaited is awaited:
            self._awaited = None
        typed, awaited.typed = awaited.typed, ()
        return typed

    def release(self, awaited: Awaited) -> None:
        """Send what was typed for it, before all else: it stands."""
        self._waiting.extendleft(reversed(self.forget(awaited)))
        if self._waiting:
            self._go_round(None)

    def _holds(self, event: Event) -> bool:
        """Hold an event that is meant for what is still to come; whether it is."""
        awaited = self._awaited
        if awaited is None or not isinstance(event, Key | Paste):
            return False
        names = (event.key, event.character) if isinstance(event, Key) else ()
        is_meant = self._app.screen is awaited.screen and awaited.is_meant(event, names)
        if is_meant and self._passing.isdisjoint(names):
            awaited.typed += (event,)
            return True
        return False

    def _go_round(self, before: _Focus | None) -> None:
        """Send a callback up from the focused widget to the app; `before` is how it was last."""
        self._round += 1
        focus = self._focus
        done = partial(self._send_if_idle, self._round, focus, again=before != focus)
        self._look_later(self._round)
        self._pass_up(focus[1] or focus[0], done)

    def _pass_up(self, node: DOMNode | None, done: Callable[[], object]) -> None:
        while node is not None:
            self._at = node
            if node.call_later(self._pass_up, node.parent, done):
                return
            node = node.parent  # it is being closed
        self._app.call_later(done)

    async def _send_if_idle(self, number: int, focus: _Focus, *, again: bool) -> None:
        """End a round: send the next key, or go round once more."""
        if number != self._round:
            return
        if again or self._focus != focus:
            self._go_round(focus)
            return
        if self._looking is not None:
            self._looking.cancel()
        event = self._waiting.popleft()
        if not self._holds(event):
            await self._send_on(event)
        if self._waiting:
            self._go_round(None)
        else:
            self._drained()

    async def _send_on(self, event: Event) -> None:
        """Send a key; what was awaited may be withdrawn because of it."""
        acts = isinstance(event, Key | Paste | MouseDown)
        withdraw = self._awaited.withdraw if acts and self._awaited is not None else None
        then = withdraw() if withdraw is not None else None
        await self._send(event)
        if then is not None:
            self._pass_up(self._focus[1] or self._focus[0], then)

    def _look_later(self, number: int) -> None:
        if self._looking is not None:
            self._looking.cancel()
        loop = asyncio.get_running_loop()
        self._looking = loop.call_later(LOOK_AFTER, self._look, number)

    def _look(self, number: int) -> None:
        """Begin the round anew where the callback was lost with a closed widget."""
        if self._at.is_running:
            self._look_later(number)
        else:
            self._app.call_later(self._begin_anew, number)

    def _begin_anew(self, number: int) -> None:
        if number == self._round:
            self._go_round(None)

    @property
    def _focus(self) -> _Focus:
        return self._app.screen, self._app.focused


def not_done(typed: Sequence[Event], why: str) -> str:
    """What is said of keys that were typed in vain; empty where none were."""
    names = " ".join(_name(each) for each in typed if isinstance(each, Key))
    return f"Not done, as {why}: {names}" if typed else ""


def _name(event: Key) -> str:
    character = (event.is_printable and event.character) or ""
    return display(character.strip() or event.key)


def queue_of(app: App[Any]) -> KeyQueue | None:
    """What passes on the keys of an app; None where nothing does."""
    queue = getattr(app, "key_queue", None)
    return queue if isinstance(queue, KeyQueue) else None


def is_letter_next(app: App[Any]) -> bool:
    """Whether a letter was typed in one go with the key at work, so that its work can wait for that."""
    queue = queue_of(app)
    return queue is not None and queue.letter_is_next
