"""`export`, `import`, `restore` and `erase`: everything personal, out, in, back and away."""

from __future__ import annotations

import sys
from pathlib import Path

from ..diary.diary import Diary
from ..diary.errors import (
    CannotSave,
    LinkRefused,
    NoHome,
    NotADiary,
    NotADirectory,
    NotAFile,
    NotOurs,
    Trouble,
)
from ..diary.exchange import LARGEST, Imported
from ..diary.store import Source
from ..search.index_file import cache_folder
from ..terminal.bug_report import report_folder
from ..terminal.private_files import RefusedPathError, real_path
from .context import Context, UsageError
from .diary import agreed, opened
from .prompts import on_a_terminal

INPUT = "-"
"""Stands for standard input, or output."""
NOTHING_THERE = 1
"""The exit code of `restore` where there is nothing to restore from."""

_NOT_OURS_TO_ERASE: tuple[type[Trouble], ...] = (
    LinkRefused,
    NoHome,
    NotADiary,
    NotADirectory,
    NotAFile,
    NotOurs,
)


def export(context: Context) -> int:
    """Write everything personal as JSON, to a file that only the reader may read, or to the output."""
    _refuse_private(context, "export")
    name: str = context.option("file") or INPUT
    kept = opened(context)
    if name == INPUT:
        context.output.write_bytes(kept.export().encode())
    elif _may_write(context, file := _file_named(name)):
        kept.export_to(file)
        count = len(kept.runs.every())
        runs = "1 run" if count == 1 else f"{count:,} runs"
        context.output.write(
            f"Wrote {name}: {runs} and the rest of the diary; only you may read it."
        )
    else:
        context.output.write("Nothing was written.")
    return 0


def import_(context: Context) -> int:
    """Merge an export into the diary; doing it again changes nothing."""
    _refuse_private(context, "import")
    name: str = context.arguments.file
    kept = opened(context)
    imported = (
        kept.import_text(_input()) if name == INPUT else kept.import_from(Path(name).expanduser())
    )
    context.output.write(f"Records imported: {imported}.")
    return 0


def restore(context: Context) -> int:
    """Show what the second copy and files put aside hold, and merge it after asking."""
    _refuse_private(context, "restore")
    kept = opened(context)
    lacking = [(source, kept.lacking(source)) for source in kept.sources()]
    for source, brings in lacking:
        context.output.write(_source_in_words(source, brings))
    wanted = [source for source, brings in lacking if brings.new or brings.changed]
    if not wanted:
        none = "The diary has all that they hold." if lacking else "There is no second copy."
        context.output.write(f"{none} Nothing is to be restored.")
        return 0 if lacking else NOTHING_THERE
    if not (context.option("yes") or on_a_terminal()):
        raise UsageError("restore asks first; give --yes where it cannot ask")
    if not agreed(context, "Merge them? Nothing newer is changed, and what was removed stays so."):
        context.output.write("Nothing was restored.")
        return 0
    for source in wanted:
        context.output.write(f"Records from {source.path.name}: {kept.restore(source)}.")
    return 0


def _source_in_words(source: Source, brings: Imported) -> str:
    runs = sum(record.kind == "run" and not record.removed for record in source.records)
    held = "1 run" if runs == 1 else f"{runs:,} runs"
    return (
        f"{source.path.name}, {source.made:%b %d, %Y, %H:%M}: {held}; "
        f"{brings.new + brings.changed:,} records that the diary lacks"
    )


def erase(context: Context) -> int:
    """Remove everything personal; asks first."""
    _refuse_private(context, "erase")
    kept = context.diary
    if isinstance(kept.trouble, _NOT_OURS_TO_ERASE):
        raise CannotSave(kept.trouble)
    if not (context.option("yes") or on_a_terminal()):
        raise UsageError("erase removes everything personal; give --yes where it cannot ask")
    if not agreed(context, f"{_what_goes(kept)} This cannot be undone."):
        context.output.write("Nothing was erased.")
        return 0
    left = kept.erase()
    caches = cache_folder().glob("search-*.index")
    for file in (*report_folder().glob("bug-*.txt"), *caches):
        file.unlink(missing_ok=True)
    context.output.write(f"Erased: nothing personal is left in {kept.path.parent}.")
    if left is not None:
        context.output.write(f"{left}.")
    return 0


def _what_goes(kept: Diary) -> str:
    """The question, with as much of what would go as can be read."""
    if kept.mode == "memory":
        return f"Erase the diary in {kept.path.parent}, which cannot be read?"
    count = len(kept.runs.every())
    runs = "1 run" if count == 1 else f"{count:,} runs"
    return f"Erase the diary in {kept.path.parent}: {runs}, ticks, own items, places and bookmarks?"


def _file_named(name: str) -> Path:
    """The file that a name means, through links of one's own alone; raises UsageError."""
    try:
        return real_path(name)
    except RefusedPathError as error:
        raise UsageError(f"{error.strerror}; name a file of your own") from error
    except (OSError, ValueError, RuntimeError) as error:
        raise UsageError(f"{name} cannot be written; give another name") from error


def _may_write(context: Context, file: Path) -> bool:
    """Whether a file may be written; one that is there only after asking."""
    if not file.exists():
        return True
    if not file.is_file():
        raise UsageError(f"{file} is no file; give another name, or none for standard output")
    if not (context.option("yes") or on_a_terminal()):
        raise UsageError(f"{file} is there already; give another name, or --yes to write over it")
    return agreed(context, f"{file} is there already. Write over it?")


def _input() -> bytes:
    """Standard input, as far as it can be an export at all."""
    return sys.stdin.buffer.read(LARGEST + 1) if sys.stdin is not None else b""


def _refuse_private(context: Context, command: str) -> None:
    if context.diary.private:
        raise UsageError(f"with --private there is nothing to {command}; leave it out")
