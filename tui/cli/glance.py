"""`brief` and `due`: one line for a prompt, and what is still to be noted, for `.profile` or cron."""

from __future__ import annotations

from contextlib import suppress

from ..diary.data_folder import BRIEF, write_beside
from ..diary.diary import Diary
from ..diary.errors import CannotSave, DiaryError, Trouble
from ..handbook.errors import HandbookError
from ..handbook.loading import OWN_BOOK
from ..session.checklists import ChecklistDesk
from ..session.glance import brief_line, due_line
from . import repeated
from .checklist import desk_of, named_list, require_readable
from .context import Context, UsageError
from .prompts import on_a_terminal

STILL_DUE = 1
"""The exit code of `due` where something is to be noted."""


def brief(context: Context) -> int:
    """Write the ticks of the main list, the soreness noted last, and an experiment's today."""
    if context.option("stop"):
        return _stop(context)
    line, _ = _look(context)
    if context.option("keep"):
        return _keep(context, line)
    context.output.write(line)
    return 0


def due(context: Context) -> int:
    """Ask about the morning after the newest run, while it is not noted; else write nothing."""
    _, line = _look(context)
    if line:
        context.output.write(line)
    return STILL_DUE if line else 0


def _look(context: Context) -> tuple[str, str]:
    """Both answers; they are kept for the next time, where nothing but the diary decides about them."""
    kept = context.diary
    state = repeated.known_state(str(kept.path.parent))  # before anything is looked for
    desk = desk_of(context)
    require_readable(desk)
    asked = context.option("command") == "brief" or _is_own_book(context)
    run = desk.newest_run()
    line = brief_line(desk, named_list(context, desk, None), run) if asked else ""
    question = due_line(run, desk.now())
    _keep_answers(context, desk, state, line, question)
    return line, question


def desk_beside(context: Context, diary: Diary) -> ChecklistDesk:
    """The book's lists beside a diary, to follow it with."""
    return ChecklistDesk(context.handbook, context.pages, diary)


def follow(context: Context, desk: ChecklistDesk, state: str) -> None:
    """After a change of an open diary, write anew what is kept beside it of these answers.

    Args:
        context: What was asked for.
        desk: Beside the diary; another program that has that locked is not waited for.
        state: As `repeated.state` tells it, from before it is read here.
    """
    with suppress(DiaryError, HandbookError), desk.diary.waiting(0):
        if not desk.main_list_id:
            return
        run = desk.newest_run()
        line = brief_line(desk, desk.ticked(desk.main_list_id), run)
        file = desk.diary.path.with_name(BRIEF)
        if file.exists():
            write_beside(file, f"{line}\n")
        if desk.diary.path.with_name(repeated.FILE).exists():
            _keep_answers(context, desk, state, line, due_line(run, desk.now()))


def _keep_answers(
    context: Context, desk: ChecklistDesk, state: str, line: str, question: str
) -> None:
    """Keep both answers for `repeated`, which asks for nothing but the diary, our book and the day."""
    page = context.handbook.get(context.handbook.roles.checklist)
    may_keep = state and _is_own_book(context) and repeated.may_repeat()
    if not (may_keep and page and page.path and desk.diary.mode == "writable"):
        return
    with suppress(OSError):
        key = f"{state} {repeated.edition(page.path)}"
        file = desk.diary.path.with_name(repeated.FILE)
        write_beside(file, f"{key}\n{page.path}\n{line}\n{question}\n")


def _is_own_book(context: Context) -> bool:
    return context.handbook.folder == OWN_BOOK


def _keep(context: Context, line: str) -> int:
    """Keep the line in a file that prompts can read, from now on; asks first."""
    kept = context.diary
    if kept.private:
        raise UsageError("with --private nothing is kept; leave it out")
    file = kept.path.with_name(BRIEF)
    if not (context.option("yes") or on_a_terminal()):
        raise UsageError("--keep asks first, as others may see your screen; give --yes as well")
    from .diary import agreed  # noqa: PLC0415 - loads all that shows past runs; every act is followed

    if not agreed(context, f"Others may see your screen. Keep “{line}” up to date in {file}?"):
        context.output.write("Nothing is kept.")
        return 0
    write_beside(file, f"{line}\n")
    if not file.exists():
        raise CannotSave(kept.trouble or Trouble(file))
    context.output.write(f"Kept in {file}; `runtall brief --stop` ends it.")
    return 0


def _stop(context: Context) -> int:
    file = context.diary.path.with_name(BRIEF)
    was_kept = file.exists()
    file.unlink(missing_ok=True)
    context.output.write("The line is kept no more." if was_kept else "No line was kept.")
    return 0
