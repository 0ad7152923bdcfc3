"""What leaves the handbook: text to the clipboard or a file, addresses to the browser."""

from __future__ import annotations

import asyncio
import os
from typing import Protocol, TypeVar

from textual.screen import Screen

from ...terminal.browser import browser_for, open_address
from ...terminal.clipboard import Copied, copy, run_quietly
from ...terminal.private_files import save_text
from ..screens.asking import AskScreen, Question
from ..screens.choice import ChoiceScreen

T = TypeVar("T")
LONGEST_PATH = 1000
"""Characters of a path to save in."""


class Host(Protocol):
    """The app, as far as this needs it."""

    def say(self, words: str) -> None:
        """Say a word to the reader until the next key."""

    def send(self, sequence: str) -> None:
        """Send a sequence to the terminal; raises OSError where there is none."""

    async def ask(self, screen: Screen[T]) -> T | None:
        """Show a screen over this one and wait for its answer; only in a worker."""


class Outside:
    """Copies, saves and opens; what could not be done is said, with what can be done instead."""

    def __init__(self, host: Host, *, ssh: bool, kiosk: bool = False) -> None:
        """In a kiosk no file is written and no program is started."""
        self._host = host
        self._ssh = ssh
        self._kiosk = kiosk

    async def copy(self, text: str, name: str) -> None:
        """Copy a text; where no way is open for it, offer to save it in a file."""
        copied = await asyncio.to_thread(self._copy, text)
        if copied.sent or not text or self._kiosk:
            self._host.say(copied.message)
        else:
            await self._offer_file(text, f"runtall-{name}.txt", copied.message)

    async def follow(self, address: str) -> None:
        """Show where a link leads; ask before it is opened."""
        program = browser_for(address, environ=os.environ, ssh=self._ssh or self._kiosk)
        if program is None:
            self._host.say(f"This leads out of the book (y copies it): {address}")
            return
        lines = (f"Open {address}", "Copy the address", "Stay here")
        at = await self._host.ask(ChoiceScreen("This leads out of the book", lines))
        if at == 0:
            self._open(program, address)
        elif at == 1:
            await self.copy(address, "link")

    def _copy(self, text: str) -> Copied:
        """In a thread of its own: tmux may take its time to answer."""
        environ = {} if self._kiosk else os.environ
        return copy(text, environ=environ, write=self._host.send, run=run_quietly)

    def _open(self, program: str, address: str) -> None:
        try:
            open_address(program, address)
        except OSError as error:
            self._host.say(f"The browser did not start: {error.strerror}; y copies the address")
        else:
            self._host.say("Sent to your browser")

    async def _offer_file(self, text: str, name: str, why: str) -> None:
        """Ask for a path until the text is saved or the reader thinks better of it."""
        path = f"~/{name}"
        while path:
            question = Question("Save it in this file instead:", path, LONGEST_PATH)
            answers = await self._host.ask(AskScreen(why, question))
            path = answers[0] if answers else ""
            why = await self._save(path, text) if path else ""
            if not why:
                return

    async def _save(self, path: str, text: str, *, replace: bool = False) -> str:
        """Save the text, and say so; return why not, where it was not."""
        try:
            save_text(path, text, replace=replace)
        except FileExistsError:
            lines = ("Choose another name", "Write over it")
            at = await self._host.ask(ChoiceScreen(f"{path} is there already", lines))
            return await self._save(path, text, replace=True) if at == 1 else "Not saved yet."
        except (OSError, ValueError, RuntimeError) as error:
            what = error.strerror if isinstance(error, OSError) else str(error)
            return f"Not saved: {what}."
        self._host.say(f"Saved in {path}; only you may read it")
        return ""
