"""Opening a web page outside the terminal, where the reader has a screen of their own for it."""

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from shutil import which

_WEB = re.compile(r"https?://[!-~]+", re.IGNORECASE)
_DISPLAYS = ("WAYLAND_DISPLAY", "DISPLAY")

Find = Callable[[str], str | None]
"""The path of a program, or None where it is not installed."""


def browser_for(
    address: str,
    *,
    environ: Mapping[str, str],
    ssh: bool,
    platform: str = sys.platform,
    find: Find = which,
) -> str | None:
    """The program that can open an address on the reader's own screen; None where none can.

    Only web addresses are opened, and never over SSH, where the browser would be on the far side.
    A text browser is never started: it would draw over the handbook.
    """
    if ssh or not _WEB.fullmatch(address):
        return None
    if platform == "darwin":
        return find("open")
    if any(environ.get(name) for name in _DISPLAYS):
        return find("xdg-open")
    return find("wslview") if environ.get("WSL_DISTRO_NAME") else None


def open_address(program: str, address: str) -> None:
    """Start a program with an address, away from this terminal; raise OSError if it cannot start."""
    subprocess.Popen(  # noqa: S603 - the program is one of ours, the address begins with http
        (program, address),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
