"""`--kiosk`: a handbook for anybody, as the forced command of a shared account.

What would lead out of it is refused: file names, other commands, programs, suspending. The book and
the diary's folder are what `$RUNTALL_BOOK` and `$RUNTALL_DATA` say, which the one who runs it sets.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from types import SimpleNamespace

from .context import UsageError

COMMANDS = frozenset(
    {
        *("open", "toc", "read", "search", "red-flags", "self-check", "keys"),
        *("check", "tick", "untick", "skip", "item", "finish", "diary", "undo", "redo"),
        *("bookmark", "theme", "help", "brief", "due", "routine", "exercises"),
    }
)
"""The commands that name no file and start nothing; a new one is refused until it stands here."""
_PATHS = ("book", "data", "keys")
_NOT_ITS_READERS = ("RUNTALL_KEYS", "RUNTALL_DEBUG")


def hold(arguments: SimpleNamespace, environ: MutableMapping[str, str]) -> None:
    """With `--kiosk`, refuse what leads out; raises UsageError."""
    if not getattr(arguments, "kiosk", False):
        return
    for name in _NOT_ITS_READERS:
        environ.pop(name, None)
    command = getattr(arguments, "command", None)
    if command not in (None, *COMMANDS):
        raise UsageError(f"`{command}` cannot be used in this shared handbook")
    for option in _PATHS:
        if hasattr(arguments, option):
            raise UsageError(f"--{option} cannot be used in this shared handbook")
