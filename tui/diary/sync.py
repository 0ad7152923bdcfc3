"""Sync through a folder that something else carries: each device writes its own file and merges all.

As no two devices write the same file, no conflict can arise there; whatever carries the folder
(Syncthing, Dropbox, rclone, git, scp) may deliver late, doubled or in any order.
"""

from __future__ import annotations

import json
import os
import threading
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from . import data_folder
from .errors import BadImport, CannotSave, DiaryError, explain
from .exchange import Imported, exported, import_into, read_export
from .model import new_id
from .store import Store
from .validation import is_id

PATIENCE = 0.2
"""Seconds for which opening and finishing wait for a sync."""
_LARGEST_NOTE = 8192


class SyncNote(NamedTuple):
    """What this device keeps of its syncing, beside the diary and never in it."""

    device: str
    folder: str
    wrote: int
    """The checksum of what it wrote last; another one means that a copied home writes there too."""


class Synced(NamedTuple):
    """What a sync did."""

    imported: Imported
    """Of all files together."""
    files: int
    """The files that were merged."""
    skipped: tuple[str, ...]
    """A line for each file that could not be, with its name and why."""
    renamed: bool
    """Whether another device wrote under our name, so that this one took a new name."""


def read_note(directory: Path) -> SyncNote | None:
    """What a device keeps of its syncing; None where it does not sync."""
    try:
        descriptor = os.open(
            directory / data_folder.SYNC, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
        )
        with os.fdopen(descriptor, "rb") as file:
            kept = json.loads(file.read(_LARGEST_NOTE))
        note = SyncNote(str(kept["device"]), str(kept["folder"]), int(kept["wrote"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return note if is_id(note.device) and Path(note.folder).is_absolute() else None


def forget(directory: Path) -> bool:
    """Sync no more on opening and finishing; whether there was anything to forget."""
    known = read_note(directory) is not None
    (directory / data_folder.SYNC).unlink(missing_ok=True)
    return known


class LeftBehind(NamedTuple):
    """What a folder still holds once this device has left it."""

    folder: Path
    own: Path | None
    """This device's file, where it could not be removed."""
    others: int
    """The files of other devices, which hold what they have merged."""

    def __str__(self) -> str:
        """One line for the reader."""
        own = "this device's file there is gone"
        if self.own is not None:
            own = f"this device's file could not be removed: delete {self.own}"
        files = "1 other file" if self.others == 1 else f"{self.others:,} other files"
        others = f"; {files} there, of other devices; erase on each of them too"
        return f"{self.folder}: {own}{others if self.others else ''}"


def leave(directory: Path) -> LeftBehind | None:
    """Remove this device's file from the folder through which it syncs, and sync no more.

    None where it does not sync.
    """
    note = read_note(directory)
    if note is None:
        return None
    folder = Path(note.folder)
    own = folder / f"{note.device}.json"
    others = sum(each != own and is_id(each.name[:32]) for each in folder.glob("*.json"))
    try:
        own.unlink(missing_ok=True)
    except OSError:
        return LeftBehind(folder, own, others)
    forget(directory)
    # A folder that is away, as on a disk that is not plugged in, may hold it still.
    return LeftBehind(folder, None if folder.is_dir() else own, others)


def sync(store: Store, folder: Path) -> Synced:
    """Merge every file in a folder, then write this device's own if it would differ.

    Files that are not whole, or not ours, are skipped and named. Raises CannotRead and CannotSave.
    """
    note = read_note(store.path.parent) or SyncNote(new_id(), str(folder), 0)
    total, merged, skipped = Imported(0, 0, 0, 0), 0, []
    own = folder / f"{note.device}.json"
    present = b""
    try:
        files = sorted(each for each in folder.glob("*.json") if each.is_file())
    except OSError as error:
        raise CannotSave(explain(error, folder)) from error
    for file in files:
        try:
            data = read_export(file)
            found = import_into(store, data)
        except BadImport as wrong:
            skipped.append(_why_skipped(wrong, file))
            continue
        if file == own:
            present = data
        merged += 1
        total = Imported(*(one + more for one, more in zip(total, found, strict=True)))
    renamed = bool(note.wrote and present and zlib.crc32(present) != note.wrote)
    if renamed:
        note, present = note._replace(device=new_id()), b""
        own = folder / f"{note.device}.json"
    text = exported(store).encode()
    if text != present:
        data_folder.write_whole(own, text)
    _keep(store, note._replace(folder=str(folder), wrote=zlib.crc32(text)))
    return Synced(total, merged, tuple(skipped), renamed)


def sync_beside(directory: Path, open_store: Callable[[], Store]) -> threading.Thread | None:
    """Sync in a thread, where this device syncs and its folder is there; it says nothing.

    The thread has a connection of its own, so that nobody waits for it.
    """
    note = read_note(directory)
    if note is None:
        return None

    def work() -> None:
        """Sync once; what goes wrong is said by the command."""
        with suppress(DiaryError, OSError):
            if Path(note.folder).is_dir():
                store = open_store()
                try:
                    if store.mode == "writable":
                        sync(store, Path(note.folder))
                finally:
                    store.close()

    thread = threading.Thread(target=work, name="sync", daemon=True)
    thread.start()
    return thread


def _why_skipped(wrong: BadImport, file: Path) -> str:
    why = str(wrong).removeprefix(f"{file}: ").partition(";")[0]
    return f"{file.name}: {why}; the next sync looks at it again"


def _keep(store: Store, note: SyncNote) -> None:
    if read_note(store.path.parent) != note and store.exists:
        data_folder.write_whole(
            store.path.with_name(data_folder.SYNC), json.dumps(note._asdict()).encode()
        )
