"""A screen that asks things of its reader: other screens over it, each with an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from textual.screen import Screen

from ..keys import Key
from .typed_ahead import OPENING, TypedAhead

T = TypeVar("T")
HOLD_AT_MOST = 1.0
"""Seconds for which keys wait for the screen that they are meant for."""


class ConversingScreen(Screen[None], inherit_bindings=False):
    """Runs conversations, and sees that the keys typed ahead reach the screen they are meant for."""

    def __init__(self, keys: Mapping[str, Key]) -> None:
        super().__init__()
        self._asked = asyncio.Event()
        self._typed_ahead = TypedAhead(self, [key for name in OPENING for key in keys[name].keys])

    def start(self, conversation: Coroutine[Any, Any, None]) -> None:
        """Let a conversation with the reader run."""
        self.run_worker(conversation)

    async def lead(self, conversation: Coroutine[Any, Any, None]) -> None:
        """Let a conversation run, and hold the next keys until its first screen takes them."""
        self._asked.clear()
        self.start(self._led(conversation))
        with suppress(TimeoutError):
            await asyncio.wait_for(self._asked.wait(), HOLD_AT_MOST)

    async def ask(self, screen: Screen[T]) -> T | None:
        """Show a screen over this one and wait for its answer; only in a worker."""
        answer: asyncio.Future[T | None] = asyncio.get_running_loop().create_future()
        await self.app.push_screen(screen, answer.set_result)
        self._asked.set()
        return await answer

    async def _led(self, conversation: Coroutine[Any, Any, None]) -> None:
        try:
            await conversation
        finally:
            self._asked.set()
