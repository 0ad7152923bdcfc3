"""From the command line into the handbook on the screen."""

from __future__ import annotations

import os
from concurrent.futures import wait

from ..diary.diary import PATIENCE
from ..handbook.lookup import find_section
from ..handbook.model import Section
from ..session.diary_thread import DiaryThread
from ..session.history import Place
from ..session.reading_state import ReadingState
from ..terminal.bug_report import report_folder
from ..terminal.capabilities import prepare_environment
from ..terminal.startup import leave_out_tls
from .context import Context
from .info import chosen_keys
from .output import write_message

SYNC_WAIT = 0.2
"""Seconds for which leaving waits for a sync."""
NOT_SAVED = 3
"""The exit code where what was done last is not saved."""
LEAVE_WITHIN = 0.5
"""Seconds for which leaving waits for the diary, where nothing hangs on it but the place."""


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
    diary = context.closed_diary
    thread = DiaryThread(diary)
    # The diary is opened and read while Textual is imported.
    silent = context.option("no_bell", False)
    visit = ReadingState(thread, context.book_name, silent=silent)
    diary.sync_beside()
    leave_out_tls()
    from ..terminal.lifecycle import run_app  # noqa: PLC0415 - only the handbook needs Textual
    from ..ui.app import RunTall  # noqa: PLC0415 - likewise

    place = Place(section.id) if section else None
    book, found = (context.handbook, context.pages), context.capabilities
    app = RunTall(*book, keys, found, visit, place=place, action=action)
    code = run_app(app, report_folder=report_folder(), mouse=found.mouse.value)
    saved = _close(context, thread, hurried=app.hurried or code != 0)
    if app.not_done:
        _say(context, app.not_done)
    context.keep_book_name()
    diary.sync_beside(SYNC_WAIT)
    return code if saved and not app.not_done else code or NOT_SAVED


def _close(context: Context, thread: DiaryThread, *, hurried: bool) -> bool:
    """Close the diary once what the reader did last is saved, or say that it was not; whether it was.

    Args:
        context: What was asked for.
        thread: The diary's.
        hurried: Whether the reader waits for nothing.
    """
    acts = [each for each in thread.acts if not each.done()]
    closed = thread.close()
    wait([closed], LEAVE_WITHIN)
    if acts and not closed.done() and not hurried:
        _say(context, "saving what you did last; Ctrl+C leaves without it")
        wait([closed], 2 * PATIENCE)
    refused = {each.result().warning for each in acts if each.done()} - {None, ""}
    if not all(each.done() for each in acts):
        refused.add("what you did last was not saved: the diary did not answer")
    for why in refused:
        _say(context, str(why))
    return not refused


def _say(context: Context, words: str) -> None:
    write_message(f"runtall: {words}", ascii_only=context.output.ascii)
