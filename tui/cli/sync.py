"""`sync`: one diary on several devices, through a folder that something else carries."""

from __future__ import annotations

from pathlib import Path

from ..diary.errors import CannotRead
from .context import Context, UsageError
from .prompts import remark


def sync(context: Context) -> int:
    """Merge what other devices left in a folder, and leave this diary there."""
    if context.diary.private:
        raise UsageError("with --private there is nothing to sync; leave it out")
    kept = context.diary
    if context.option("stop"):
        stopped = kept.forget_sync()
        context.output.write(
            "It syncs no more by itself." if stopped else "It did not sync by itself."
        )
        return 0
    if kept.mode == "memory" and kept.trouble is not None:
        raise CannotRead(kept.trouble)
    folder = _folder(context.option("folder"), kept.sync_folder)
    done = kept.sync(folder)
    for line in done.skipped:
        remark(context, f"skipped {line}")
    if done.renamed:
        remark(context, "another device wrote under this one's name; this one took a new name")
    files = "1 file" if done.files == 1 else f"{done.files:,} files"
    context.output.write(f"Synced with {folder}: {files}; records: {done.imported}.")
    return 0


def _folder(named: str | None, kept: Path | None) -> Path:
    """The folder that was named, or the one of the last time."""
    folder = Path(named).expanduser().absolute() if named else kept
    if folder is None:
        raise UsageError("name the folder that your devices share: runtall sync ~/Sync/runtall")
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder; make it, or name another")
    return folder
