"""What terminfo, the system's own list of terminals, promises of one of them."""

from __future__ import annotations

from typing import NamedTuple


class Promised(NamedTuple):
    """What a terminal's entry says."""

    colors: int
    """0 where it has none."""
    ansi: bool
    """Whether it moves its cursor as ANSI terminals do."""
    scrolls: bool = False
    """Whether it moves the lines of a part of the screen, up and down."""


def look_up(term: str) -> Promised | None:
    """The entry of a terminal; None where there is none. Only the first call of a process counts."""
    try:
        import curses  # noqa: PLC0415 - most terminals are known without it
    except ImportError:
        return None
    try:
        curses.setupterm(term, 2)
        moves = curses.tigetstr("cup") or b""
        scrolls = all(curses.tigetstr(name) for name in ("csr", "ind", "ri"))
        return Promised(max(0, curses.tigetnum("colors")), moves.startswith(b"\x1b["), scrolls)
    except (OSError, ValueError, curses.error):
        return None
