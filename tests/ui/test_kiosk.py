"""In a shared handbook, as a forced command starts it, nothing on the screen leads out."""

from __future__ import annotations

from typing import TypeVar

import pytest
from textual.screen import Screen

from tui.terminal.clipboard import COPY_MAX
from tui.ui.controllers import clipboard
from tui.ui.controllers.clipboard import Outside

T = TypeVar("T")


class Host:
    """Hears what is said and sent; whatever else it is asked is a way out."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.sent: list[str] = []

    def say(self, words: str) -> None:
        self.said.append(words)

    def send(self, sequence: str) -> None:
        self.sent.append(sequence)

    async def ask(self, screen: Screen[T]) -> T | None:
        raise AssertionError(f"asked by {screen}")


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Host:
    """A host where a browser and tmux could be started."""
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("TMUX", "/tmp/tmux")
    for name in ("run_quietly", "open_address", "save_text"):
        monkeypatch.setattr(clipboard, name, None)
    return Host()


async def test_too_long_to_copy(host: Host) -> None:
    """What is too long for the clipboard is said to be, and no file is offered for it."""
    await Outside(host, ssh=False, kiosk=True).copy("x" * (COPY_MAX + 1), "page")
    assert host.said == ["Not copied: 65 kB is over the limit of 64 kB."]


async def test_copying(host: Host) -> None:
    """A text goes to the terminal of the reader, and through no program."""
    await Outside(host, ssh=False, kiosk=True).copy("a", "page")
    assert host.sent == ["\x1b]52;c;YQ==\x07"]


async def test_addresses(host: Host) -> None:
    """A link out of the book is shown, and no browser is offered."""
    await Outside(host, ssh=False, kiosk=True).follow("https://example.org/")
    assert host.said == ["This leads out of the book (y copies it): https://example.org/"]
