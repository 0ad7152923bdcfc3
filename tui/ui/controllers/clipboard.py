"""What leaves the handbook: text to the clipboard or a file, addresses to the browser."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

from ...terminal.browser import browser_for, open_address
from ...terminal.clipboard import Copied, copy, run_quietly
from ...terminal.private_files import save_text
from ..conversation import Conversation, ask
from ..screens.dialogs import ChoiceScreen, FormLine, FormScreen
from .responses import CopyText, Response, Say

LONGEST_PATH = 1000
"""Characters of a path to save in."""


class ClipboardController:
    """Copies, saves and opens; what could not be done is said, with what can be done instead."""

    def __init__(self, write: Callable[[str], None], *, ssh: bool, kiosk: bool = False) -> None:
        """Copy with sequences that `write` sends to the terminal; it raises OSError without one.

        In a kiosk no file is written and no program is started.
        """
        self._write = write
        self._ssh = ssh
        self._kiosk = kiosk

    async def copy(self, text: str) -> Copied:
        """Copy a text, in a thread of its own: tmux may take its time to answer."""
        return await asyncio.to_thread(self._copy, text)

    def open_link(self, address: str) -> Conversation[Response]:
        """Show where a link leads; ask before it is opened."""
        program = browser_for(address, environ=os.environ, ssh=self._ssh or self._kiosk)
        if program is None:
            return Say(f"This leads out of the book (y copies it): {address}")
        lines = (f"Open {address}", "Copy the address", "Stay here")
        at = yield from ask(ChoiceScreen("This leads out of the book", lines))
        if at == 1:
            return CopyText(address, "link")
        return _open(program, address) if at == 0 else None

    def offer_file(self, text: CopyText, why: str) -> Conversation[Response]:
        """Ask for a path until the text is saved or the reader thinks better of it.

        In a kiosk it is only said why the text could not be copied.
        """
        if self._kiosk:
            return Say(why)
        path = f"~/runtall-{text.name}.txt"
        while path:
            line = FormLine("Save it in this file instead:", path, LONGEST_PATH)
            answers = yield from ask(FormScreen(why, line))
            path = answers[0] if answers else ""
            why = (yield from _save(path, text.text)) if path else ""
            if path and not why:
                return Say(f"Saved in {path}; only you may read it")
        return None

    def _copy(self, text: str) -> Copied:
        environ = {} if self._kiosk else os.environ
        return copy(text, environ=environ, write=self._write, run=run_quietly)


def _open(program: str, address: str) -> Say:
    try:
        open_address(program, address)
    except OSError as error:
        return Say(f"The browser did not start: {error.strerror}; y copies the address")
    return Say("Sent to your browser")


def _save(path: str, text: str, *, replace: bool = False) -> Conversation[str]:
    """Save the text; return why not, where it was not."""
    try:
        save_text(path, text, replace=replace)
    except FileExistsError:
        lines = ("Choose another name", "Write over it")
        at = yield from ask(ChoiceScreen(f"{path} is there already", lines))
        return (yield from _save(path, text, replace=True)) if at == 1 else "Not saved yet."
    except (OSError, ValueError, RuntimeError) as error:
        what = error.strerror if isinstance(error, OSError) else str(error)
        return f"Not saved: {what}."
    return ""
