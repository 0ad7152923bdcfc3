"""What is typed, one key at a time: each meets what the key before it has left."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event

HOLD_AT_MOST = 1.0
"""Seconds that a key has for its way; then the next one sets out, whatever became of it."""


async def hold_until(happened: asyncio.Event) -> None:
    """Wait for what a key needs, for `HOLD_AT_MOST` seconds."""
    if not happened.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(happened.wait(), HOLD_AT_MOST)


class TypedAhead:
    """Holds what is typed while the key before it is under way.

    A key goes from the app down to the widget that has the keys, and from there back up to the app
    for its binding. Of two that come in one go, as all do over a slow link, the second would be at
    the old widget before the app has done what the first one means.
    """

    def __init__(self, app: App[Any], hand_on: Callable[[Event], Awaitable[None]]) -> None:
        self._app = app
        self._hand_on = hand_on
        self._held: deque[Event] = deque()
        self._under_way = False
        self._sent = 0

    async def take(self, event: Event) -> None:
        """Hand on what was typed, at once or when its turn comes."""
        self._held.append(event)
        if not self._under_way:
            await self._send()
        elif len(self._held) == 1:
            self._send_by_then()

    async def _send(self) -> None:
        self._under_way = bool(self._held)
        if self._held:
            self._sent += 1
            await self._hand_on(self._held.popleft())
            self._follow(self._focus, partial(self._follow_messages, self._sent))
        if self._held:
            self._send_by_then()

    @property
    def _focus(self) -> DOMNode:
        return self._app.focused or self._app.screen

    def _follow(self, node: DOMNode | None, then: Callable[[], object]) -> None:
        """Go behind a key up from this node to the app, and do what is to be done then."""
        while node is not None and not node.call_later(self._follow, node.parent, then):
            node = node.parent  # it is being closed
        if node is None:
            then()

    def _follow_messages(self, sent: int) -> None:
        """Go once more, behind what the widget has told the screens because of the key."""
        self._follow(self._focus, partial(self._app.call_later, self._send_after, sent))

    def _send_by_then(self) -> None:
        """Where the way of a key is lost, with a widget that it passes, the others go on at last."""
        self._app.set_timer(HOLD_AT_MOST, partial(self._send_after, self._sent))

    async def _send_after(self, sent: int) -> None:
        """Send what was typed after this key, unless that was done: its way may have been long."""
        if sent == self._sent:
            await self._send()
