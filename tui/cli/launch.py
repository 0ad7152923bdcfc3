"""From the command line into the handbook on the screen."""

from __future__ import annotations

import os

from ..handbook.lookup import find_section
from ..keys import Key
from ..session.history import Place
from ..session.reading_state import ReadingState
from ..terminal.bug_report import report_folder
from ..terminal.capabilities import prepare_environment
from ..terminal.startup import leave_out_tls
from .context import Context
from .info import chosen_keys

SYNC_WAIT = 0.2
"""Seconds for which leaving waits for a sync."""


def open_handbook(context: Context) -> int:
    """Open the handbook, at the section that was named or at the first; return the exit code."""
    handbook, keys = context.handbook, chosen_keys(context)
    named = context.option("section")
    place = Place(find_section(handbook, named).id) if named else None
    prepare_environment(os.environ, context.capabilities)
    with context.diary as diary:
        diary.sync_beside()
        code = _run(context, ReadingState(diary, handbook.title), keys, place)
        diary.sync_beside(SYNC_WAIT)
        return code


def _run(context: Context, visit: ReadingState, keys: tuple[Key, ...], place: Place | None) -> int:
    leave_out_tls()
    from ..terminal.lifecycle import run_app  # noqa: PLC0415 - only the handbook needs Textual
    from ..ui.app import RunTall  # noqa: PLC0415 - likewise

    app = RunTall(context.handbook, context.pages, keys, context.capabilities, visit, place=place)
    mouse = context.capabilities.mouse.value
    return run_app(app, report_folder=report_folder(), mouse=mouse)
