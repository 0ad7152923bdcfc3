"""`brief` and `due`: one line for a prompt, and what is still to be noted, for `.profile` or cron."""

from __future__ import annotations

from ..diary.data_folder import BRIEF, write_beside
from ..diary.errors import CannotSave, Trouble
from ..session.checklists import ChecklistDesk
from ..session.glance import brief_line, due_line, rewrite_kept_line
from . import repeated
from .checklist import desk_of, named_list, require_readable
from .context import Context, UsageError
from .diary import agreed
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
    page, key = _key(context)
    with context.diary as kept:
        desk = desk_of(context)
        require_readable(desk)
        asked = context.option("command")
        line = brief_line(desk, named_list(context, desk, None)) if asked == "brief" or key else ""
        question = due_line(desk)
        if key and kept.mode == "writable":
            file = kept.path.with_name(repeated.FILE)
            write_beside(file, f"{key}\n{page}\n{line}\n{question}\n", desk.now())
    return line, question


def _key(context: Context) -> tuple[str, str]:
    """The page of the main list, and what the answers depend on before they are looked for."""
    asked = vars(context.arguments)
    if {*asked} - {"command", "run", "keep", "yes"} or not repeated.may_repeat():
        return "", ""
    page = context.handbook.get(context.handbook.roles.checklist)
    try:
        folder = repeated.data_folder()
        return (page.path, repeated.key(folder, page.path)) if page and page.path else ("", "")
    except (OSError, ValueError, KeyError):
        return "", ""


def _keep(context: Context, line: str) -> int:
    """Keep the line in a file that prompts can read, from now on; asks first."""
    kept = context.diary
    if kept.private:
        raise UsageError("with --private nothing is kept; leave it out")
    file = kept.path.with_name(BRIEF)
    if not (context.option("yes") or on_a_terminal()):
        raise UsageError("--keep asks first, as others may see your screen; give --yes as well")
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


def rewrite_after(context: Context) -> None:
    """After a command, write the line for prompts anew, where one is kept and the diary has changed."""
    diary = context.diary.path
    line = diary.with_name(BRIEF)
    if not line.exists() or line.stat().st_mtime_ns > diary.stat().st_mtime_ns:
        return
    from ..diary.diary import open_diary  # noqa: PLC0415 - seldom needed

    with open_diary(diary.parent) as kept:
        rewrite_kept_line(ChecklistDesk(context.handbook, context.pages, kept))
