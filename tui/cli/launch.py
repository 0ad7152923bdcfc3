"""From the command line into the handbook on the screen."""

from __future__ import annotations

import os

from ..handbook.lookup import find_section
from ..handbook.model import Section
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
    named = context.option("section")
    return open_at(context, find_section(context.handbook, named) if named else None)


def open_routine(context: Context) -> int:
    """Open the handbook at the routine that was named, and start it."""
    from .routine import named  # noqa: PLC0415 - only this needs to know of routines

    section, _ = named(context, context.option("routine"))
    return open_at(context, section, "start_routine")


def open_at(context: Context, section: Section | None, action: str = "") -> int:
    """Open the handbook at a section, run an action there, and return the exit code."""
    keys = chosen_keys(context)
    prepare_environment(os.environ, context.capabilities)
    with context.diary as diary:
        diary.sync_beside()
        silent = context.option("no_bell", False)
        visit = ReadingState(diary, context.handbook.title, silent=silent)
        code = _run(context, visit, keys, Place(section.id) if section else None, action)
        diary.sync_beside(SYNC_WAIT)
        return code


def _run(
    context: Context,
    visit: ReadingState,
    keys: tuple[Key, ...],
    place: Place | None,
    action: str,
) -> int:
    leave_out_tls()
    from ..terminal.lifecycle import run_app  # noqa: PLC0415 - only the handbook needs Textual
    from ..ui.app import RunTall  # noqa: PLC0415 - likewise

    book, found = (context.handbook, context.pages), context.capabilities
    app = RunTall(*book, keys, found, visit, place=place, action=action)
    return run_app(app, report_folder=report_folder(), mouse=found.mouse.value)
