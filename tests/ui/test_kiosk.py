"""In a shared handbook, as a forced command starts it, nothing on the screen leads out."""

from __future__ import annotations

import pytest

from tui.terminal.clipboard import COPY_MAX
from tui.ui.controllers import clipboard
from tui.ui.controllers.clipboard import ClipboardController
from tui.ui.controllers.responses import CopyText, Response, Say
from tui.ui.conversation import Conversation


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is sent to the terminal, where a browser and tmux could be started."""
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("TMUX", "/tmp/tmux")
    for name in ("run_quietly", "open_address", "save_text"):
        monkeypatch.setattr(clipboard, name, None)
    return []


def copying(sent: list[str]) -> ClipboardController:
    """Copies in a shared handbook."""
    return ClipboardController(sent.append, ssh=False, kiosk=True)


def said(conversation: Conversation[Response]) -> str:
    """What a conversation says that asks nothing; whatever is asked is a way out."""
    with pytest.raises(StopIteration) as end:
        raise AssertionError(f"asked by {next(conversation)}")
    assert isinstance(end.value.value, Say)
    return end.value.value.words


async def test_too_long_to_copy(sent: list[str]) -> None:
    """What is too long for the clipboard is said to be, and no file is offered for it."""
    text = "x" * (COPY_MAX + 1)
    copied = await copying(sent).copy(text)
    assert not copied.sent
    offer = copying(sent).offer_file(CopyText(text, "page"), copied.message)
    assert said(offer) == "Not copied: 65 kB is over the limit of 64 kB."


async def test_copying(sent: list[str]) -> None:
    """A text goes to the terminal of the reader, and through no program."""
    await copying(sent).copy("a")
    assert sent == ["\x1b]52;c;YQ==\x07"]


def test_addresses(sent: list[str]) -> None:
    """A link out of the book is shown, and no browser is offered."""
    shown = "This leads out of the book (y copies it): https://example.org/"
    assert said(copying(sent).open_link("https://example.org/")) == shown
