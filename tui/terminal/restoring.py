"""Putting a terminal back as it was, by hand, when the program that changed it no longer can."""

import os
import select
import termios
from typing import Any

RESTORE = (
    b"\x1b\\"  # ends a control string that was cut in the middle
    b"\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?2048l"
    b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[<u"
    b"\x1b[0m\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""Every mode that Textual or our driver ever turns on, turned off; harmless where it is off."""

Attributes = list[Any]
"""What `termios.tcgetattr` returns."""


def read_attributes(descriptor: int) -> Attributes | None:
    """The terminal's line settings, or None if there is no terminal."""
    try:
        return termios.tcgetattr(descriptor)
    except termios.error:
        return None


def write_attributes(descriptor: int, attributes: Attributes | None) -> None:
    """Set the terminal's line settings, if there are any and the terminal is still there."""
    if attributes is None:
        return
    try:
        termios.tcsetattr(descriptor, termios.TCSANOW, attributes)
    except termios.error:
        return


def restore_modes(descriptor: int) -> None:
    """Turn every mode off, dropping what a stalled terminal has not taken; never waits."""
    try:
        termios.tcflush(descriptor, termios.TCOFLUSH)
        if _has_room(descriptor):
            os.write(descriptor, RESTORE)
    except (OSError, termios.error):
        return


def _has_room(descriptor: int) -> bool:
    _, writable, _ = select.select([], [descriptor], [], 0)
    return bool(writable)
