"""`undo` and `redo`: the newest act of this device, whichever process did it."""

from __future__ import annotations

from .checklist import desk_of, require_readable
from .context import Context

NOTHING = 1
"""The exit code where there is nothing to undo."""


def undo(context: Context) -> int:
    """Take back the newest act of the last 24 hours, and say which it was."""
    return _turn(context, back=True)


def redo(context: Context) -> int:
    """Do again what was undone last, and say which it was."""
    return _turn(context, back=False)


def _turn(context: Context, *, back: bool) -> int:
    kept = context.diary
    desk = desk_of(context)
    require_readable(desk)
    kept.take_up_acts()
    said = desk.undo() if back else desk.redo()
    context.output.write(f"{said}.")
    return NOTHING if said.startswith("There is nothing") else 0
