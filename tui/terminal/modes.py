"""The modes that a full-screen program sets on a terminal, and putting all of them back."""

import errno
import os
import select
import termios
import tty
from typing import Any

KITTY_FLAGS = 0b11001
"""Of kitty's keyboard protocol: unambiguous Esc, every key reported, with the text it types."""
MOUSE_ON = "\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h"
MOUSE_OFF = "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
START = f"\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[>{KITTY_FLAGS}u\x1b[?2004h\x1b[?7l"
"""The other screen, no cursor, reports of focus, kitty's keys, pastes in brackets, no line wrap."""
START_AGAIN = f"\x1b[?1049h\x1b[2J\x1b[?25l\x1b[?1004h\x1b[={KITTY_FLAGS};1u\x1b[?2004h\x1b[?7l"
"""The same once more; kitty's flags are set and not pushed, as they are taken back only once."""
END = "\x1b[?1049l\x1b[?25h\x1b[?1004l"
"""The end of `STOP`, which every driver sends as it is: nothing is left to be turned off after it."""
STOP = f"\x1b[?2004l\x1b[?7h\x1b[<u\x1b[0m\x1b[999;1H\x1b[K{END}"
"""All of `START` turned off.

Where there is no other screen to leave, the last line is clean and the cursor on it.
"""
RESTORE = f"\x1b\\\x1b[?2026l\x1b[?69l\x1b[r{MOUSE_OFF}{STOP}".encode()
"""Every mode off, after a frame or a control string that may have been cut in the middle."""

_PUSHED, _POPPED = f"\x1b[>{KITTY_FLAGS}u".encode(), b"\x1b[<u"
KEPT = len(STOP)
"""Bytes of what was sent last that say whether all is restored."""

Attributes = list[Any]
"""What `termios.tcgetattr` returns."""


def read_attributes(descriptor: int) -> Attributes | None:
    """The terminal's line settings, or None if there is no terminal."""
    try:
        return termios.tcgetattr(descriptor)
    except termios.error:
        return None


def write_attributes(descriptor: int, attributes: Attributes | None) -> bool:
    """Set the terminal's line settings; False if there are none or the terminal is not to be had.

    In the background of a shell this stops the process until it is in the foreground.
    """
    if attributes is None:
        return False
    while True:
        try:
            termios.tcsetattr(descriptor, termios.TCSANOW, attributes)
        except termios.error as error:
            if error.args[0] != errno.EINTR:
                return False
        else:
            return True


def raw(attributes: Attributes) -> Attributes:
    """Line settings for reading each key as it is pressed, made from others."""
    changed = [*attributes]
    changed[tty.IFLAG] &= ~(
        termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR
    )
    changed[tty.LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    changed[tty.CC] = [*attributes[tty.CC]]
    changed[tty.CC][termios.VMIN] = 1
    return changed


def still_to_restore(sent: bytes) -> bytes:
    """What turns off all that is on after a terminal has taken these bytes last; nothing where nothing is.

    Kitty's keyboard is given back once: a second time would take it from the program below.
    """
    if not sent or sent.endswith(END.encode()):
        return b""
    return RESTORE.replace(_POPPED, b"") if sent.rfind(_POPPED) > sent.rfind(_PUSHED) else RESTORE


def restore_modes(descriptor: int, sequence: bytes = RESTORE) -> None:
    """Turn every mode off, dropping what a stalled terminal has not taken; never waits."""
    try:
        if sequence:
            termios.tcflush(descriptor, termios.TCOFLUSH)
        if sequence and _has_room(descriptor):
            os.write(descriptor, sequence)
    except (OSError, termios.error):
        return


def _has_room(descriptor: int) -> bool:
    _, writable, _ = select.select([], [descriptor], [], 0)
    return bool(writable)
