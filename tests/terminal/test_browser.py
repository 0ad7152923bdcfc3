"""A link out of the book is opened only where the reader has a screen for it."""

import subprocess
from collections.abc import Mapping

import pytest

from tui.terminal.browser import browser_for, open_address

PAGE = "https://example.org/a?b=c#d"
DESKTOP = {"DISPLAY": ":0"}


def found(
    address: str = PAGE,
    environ: Mapping[str, str] = DESKTOP,
    *,
    ssh: bool = False,
    platform: str = "linux",
) -> str | None:
    """The program, on a machine that has every one of them."""
    return browser_for(
        address, environ=environ, ssh=ssh, platform=platform, find=lambda name: f"/bin/{name}"
    )


def test_each_desktop_has_its_program() -> None:
    """Linux, Wayland, macOS and WSL open a page by their own means."""
    assert found() == "/bin/xdg-open"
    assert found(environ={"WAYLAND_DISPLAY": "wayland-0"}) == "/bin/xdg-open"
    assert found(environ={}, platform="darwin") == "/bin/open"
    assert found(environ={"WSL_DISTRO_NAME": "Debian"}) == "/bin/wslview"


def test_never_over_ssh() -> None:
    """Over SSH nothing is opened: the browser would be on the far side."""
    assert found(ssh=True) is None
    assert found(ssh=True, platform="darwin") is None


def test_no_text_browser() -> None:
    """Without a graphical screen nothing is opened that would draw over the handbook."""
    assert found(environ={}) is None


def test_not_installed() -> None:
    """Where the program is not installed, there is none to open with."""
    program = browser_for(
        PAGE, environ=DESKTOP, ssh=False, platform="linux", find=lambda _name: None
    )
    assert program is None


@pytest.mark.parametrize(
    "address",
    [
        "mailto:a@example.org",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "--remote-debugging-port=1",
        "https://example.org/a b",
        "https://example.org/\x1b[2J",
        "https://example.org/\u202e",
        "xhttps://example.org",
        "https://",
        "",
    ],
)
def test_web_addresses_only(address: str) -> None:
    """Only http and https addresses of visible ASCII are opened."""
    assert found(address) is None


def test_the_program_gets_the_address_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program gets the address as its one word, no part of this terminal, and no shell."""
    started: list[tuple[object, ...]] = []

    def start(words: object, **settings: object) -> None:
        started.append((words, settings))

    monkeypatch.setattr(subprocess, "Popen", start)
    open_address("/bin/xdg-open", PAGE)
    nowhere = subprocess.DEVNULL
    settings = {"stdin": nowhere, "stdout": nowhere, "stderr": nowhere, "start_new_session": True}
    assert started == [(("/bin/xdg-open", PAGE), settings)]
