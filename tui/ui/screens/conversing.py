"""A screen that asks things of its reader: other screens over it, each with an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from textual.screen import Screen

from ..key_queue import hold_until

T = TypeVar("T")
Answer = TypeVar("Answer")


class ConversingScreen(Screen[T], inherit_bindings=False):
    """Runs conversations; what is typed next is for the first screen that one shows."""

    def __init__(self) -> None:
        super().__init__()
        self._asked = asyncio.Event()
        self._asked.set()

    def start(self, conversation: Coroutine[Any, Any, None]) -> None:
        """Let a conversation with the reader run."""
        self._asked.clear()
        self.run_worker(self._led(conversation))

    async def ask(self, screen: Screen[Answer]) -> Answer | None:
        """Show a screen over this one and wait for its answer; only in a worker."""
        answer: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        await self.app.push_screen(screen, answer.set_result)
        self._asked.set()
        return await answer

    async def has_asked(self) -> None:
        """Wait until the conversation that has begun shows its first screen, or has ended."""
        await hold_until(self._asked)

    async def _led(self, conversation: Coroutine[Any, Any, None]) -> None:
        try:
            await conversation
        finally:
            self._asked.set()
