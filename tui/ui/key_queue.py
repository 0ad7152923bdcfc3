"""What is typed, one key at a time: each meets what the key before it has left."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, Key
from textual.screen import Screen

LOOK_AFTER = 0.5
"""Seconds until one looks whether a widget was closed that still had the callback in its queue."""
_Focus = tuple[Screen[Any], DOMNode | None]


class KeyQueue:
    """Sends each key once the app is idle.

    A key goes from the app down to the widget that has the keys, and from there back up to the app
    for its binding. Of two that come in one go, as all do over a slow link, the second would be at
    the old widget before the app has done what the first one means.

    The app is idle when a callback has passed twice through the message queues on that way, behind
    all that was in them, and screen and focus have stayed the same the second time: the first time
    brings the key to its binding, the second what widgets have told their screens because of it. A
    new screen passes nothing on before it is mounted. However busy the machine is, the key waits.
    """

    def __init__(
        self,
        app: App[Any],
        send: Callable[[Event], Awaitable[None]],
        drained: Callable[[], object] = lambda: None,
    ) -> None:
        self._app = app
        self._send = send
        self._drained = drained
        self._waiting: deque[Event] = deque()
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
        await self._send(self._waiting.popleft())
        if self._waiting:
            self._go_round(None)
        else:
            self._drained()

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


def is_letter_next(app: App[Any]) -> bool:
    """Whether a letter was typed in one go with the key at work, so that its work can wait for that."""
    queue = getattr(app, "key_queue", None)
    return isinstance(queue, KeyQueue) and queue.letter_is_next
