"""The diary as the rest of the program sees it: open it, ask it, act on it, undo."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from . import data_folder, exchange
from .clock import now
from .database import Mode, Opener
from .drafts import Drafts
from .errors import CannotSave, Damaged, NoHome, NotOurs, Trouble, explain
from .events import DiaryEvent, Events
from .kept_activities import KeptActivities
from .kept_experiments import KeptExperiments
from .kept_routines import KeptRoutines
from .lists import Lists
from .progress import Progress
from .recent_acts import RecentActs
from .records import Act
from .runs import Runs
from .search_history import SearchHistory
from .store import Source, Store

if TYPE_CHECKING:
    from .sync import LeftBehind, Synced

PATIENCE = 10.0
"""Seconds to wait for other sessions and programs."""


class Diary:
    """An open diary; a session undoes only its own acts, unless it takes up those of all."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._done: list[Act] = []
        self._undone: list[Act] = []
        self.lists = Lists(store, self._remember)
        self.runs = Runs(store, self._remember)
        self.routines = KeptRoutines(store)
        self.experiments = KeptExperiments(store, self._remember)
        self.activities = KeptActivities(store)
        self.progress = Progress(store)
        self.aside: Callable[[], object] = _nothing
        """What follows the acts, once there is time, and again before the file is closed."""
        self._acts = RecentActs(store.path.with_name(data_folder.ACTS))
        self.drafts = Drafts(
            store.path.with_name(data_folder.DRAFTS), store.now, lambda: self._keeps_acts
        )
        self.search_history = SearchHistory(
            store.path.with_name(data_folder.SEARCHES),
            store.now,
            lambda: self._keeps_acts,
            self.drafts,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def open(self) -> None:
        """Open the file, where that was not done at once."""
        self._store.open()

    @property
    def path(self) -> Path:
        """Where the file is, or would be."""
        return self._store.path

    @property
    def private(self) -> bool:
        """Whether nothing personal is read or written."""
        return self._store.private

    @property
    def mode(self) -> Mode:
        """Whether acts are saved, only the past can be read, or all is in memory."""
        return self._store.mode

    @property
    def trouble(self) -> Trouble | None:
        """Why acts cannot be saved; None where they can, or where the diary is private."""
        return self._store.trouble

    def _remember(self, act: Act) -> Act:
        if act.changes:
            self._done.append(act)
            self._undone.clear()
            if self._keeps_acts:
                self._acts.did(act, self._store.now())
        return act

    @property
    def _keeps_acts(self) -> bool:
        return self.mode == "writable" and not self.private

    def take_up_acts(self) -> None:
        """Let `undo` and `redo` go by what this device did in the last 24 hours, in any process."""
        if self._keeps_acts:
            self._done, self._undone = self._acts.recent(self._store.now())

    def undo(self) -> Act | None:
        """Undo this session's last act and tell which it was; None where there is none.

        Raises CannotSave, and the act may be tried again; ChangedElsewhere, and it is forgotten.
        """
        return self._reverse(self._done, self._undone)

    def redo(self) -> Act | None:
        """Do again what was last undone, as `undo` does."""
        return self._reverse(self._undone, self._done)

    def _reverse(self, source: list[Act], target: list[Act]) -> Act | None:
        if not source:
            return None
        act = source.pop()
        try:
            turned = self._store.reverse(act)
        except CannotSave:
            source.append(act)
            raise
        target.append(turned)
        if self._keeps_acts:
            self._acts.turned(act, turned, self._store.now())
        return act

    def changed_by_others(self) -> bool:
        """Whether another session saved something since this was last asked: microseconds."""
        return self._store.changed_by_others()

    @property
    def edition(self) -> int:
        """A number that grows with each change of past runs, and with each that another session made."""
        return self._store.edition

    @property
    def exists(self) -> bool:
        """Whether there is a file; without one the diary is empty until the first act."""
        return self._store.exists

    def check(self) -> DiaryEvent | None:
        """Read the whole file and mend it where needed; raises CannotRead."""
        self._store.check()
        return self.take_event()

    def take_event(self) -> DiaryEvent | None:
        """What happened to the data since this was last asked, to be said once by a session."""
        return self._store.take_event()

    def notices(self) -> tuple[str, ...]:
        """What happened to the data and was not dismissed, a line each."""
        return self._store.notices()

    def waiting(self, patience: float) -> AbstractContextManager[None]:
        """Wait meanwhile for other programs no longer than so many seconds."""
        return self._store.waiting(patience)

    def dismiss(self) -> None:
        """Do not say again what happened; raises CannotSave."""
        self._store.dismiss()

    def back_up(self) -> None:
        """Make the second copy, at most once a day, after a check."""
        self._store.back_up()

    def sources(self) -> tuple[Source, ...]:
        """The files beside the diary from which records can be brought back."""
        return self._store.sources()

    def lacking(self, source: Source) -> exchange.Imported:
        """What a source would bring back."""
        return exchange.compared(self._store, source.records)

    def restore(self, source: Source) -> exchange.Imported:
        """Merge a source into the diary, later changes and removals winning; raises CannotSave."""
        return exchange.merge(self._store, source.records)

    def export(self) -> str:
        """Everything personal as JSON text, once the whole file is checked; raises CannotRead."""
        return exchange.exported(self._store)

    def export_to(self, path: Path) -> None:
        """Write the export to a file that only the reader may read; raises CannotRead, CannotSave."""
        exchange.save_export(self._store, path)

    def import_text(self, data: bytes | str) -> exchange.Imported:
        """Merge an export; raises BadImport or CannotSave, and then nothing was changed."""
        return exchange.import_into(self._store, data)

    def import_from(self, path: Path) -> exchange.Imported:
        """Merge an export from a file, as `import_text` does."""
        return exchange.import_into(self._store, exchange.read_export(path))

    @property
    def sync_folder(self) -> Path | None:
        """The folder through which this device syncs; None where it does not."""
        from .sync import read_note  # noqa: PLC0415 - most diaries stay on one device

        note = None if self.private else read_note(self.path.parent)
        return Path(note.folder) if note else None

    def sync(self, folder: Path) -> Synced:
        """Merge what other devices left in a folder, and leave this diary there."""
        from .sync import sync  # noqa: PLC0415 - as above

        if not self.exists:  # beside the file stands what is kept of the syncing
            self._store.change("sync", "", lambda _: None)
        return sync(self._store, folder)

    def forget_sync(self) -> bool:
        """Sync no more by itself; whether it did."""
        from .sync import forget  # noqa: PLC0415 - as above

        return forget(self.path.parent)

    def sync_beside(self, wait: float = 0) -> None:
        """Sync in a thread where this device does, and wait for it at most so many seconds."""
        if self.private or not self.path.with_name(data_folder.SYNC).exists():
            return
        from .sync import PATIENCE, sync_beside  # noqa: PLC0415 - as above

        opener = self._store.opener._replace(patience=PATIENCE)
        thread = sync_beside(self.path.parent, lambda: Store(opener))
        if thread is not None and wait:
            thread.join(wait)

    def erase(self) -> LeftBehind | None:
        """Remove everything personal, second copy, files put aside and this device's sync file too.

        What the folder of a sync still holds, where this device synced. Raises CannotSave.
        """
        from .sync import leave  # noqa: PLC0415 - as above

        left = None if self.private else leave(self.path.parent)
        self._store.erase()
        self._done.clear()
        self._undone.clear()
        return left

    def close(self) -> None:
        """Close the file; nothing waits to be saved."""
        aside, self.aside = self.aside, _nothing
        aside()
        if self._keeps_acts:
            self._acts.forget_old(self._store.now())
            self.drafts.forget_old()
        self._store.close()


def _nothing() -> None:
    """Nothing follows."""


def open_diary(
    directory: Path | None = None,
    *,
    private: bool = False,
    patience: float = PATIENCE,
    clock: Callable[[], datetime] = now,
    at_once: bool = True,
) -> Diary:
    """Open the diary in a directory, or where this system keeps a user's data.

    Never raises: what came of it is in `mode` and `trouble`. A private diary touches no file, and
    where there is no file none is made before the first act.

    Args:
        directory: Where it is; None for the usual place.
        private: Whether nothing personal is read or written.
        patience: Seconds to wait for other sessions and programs.
        clock: What tells the time.
        at_once: Whether to open it now; else nothing may be asked of it before `open`.
    """
    store = Store(_opener(directory, patience, clock), private=private, at_once=at_once)
    return Diary(store)


def _opener(
    directory: Path | None, patience: float = PATIENCE, clock: Callable[[], datetime] = now
) -> Opener:
    refused: Trouble | None = None
    try:
        place = (directory or data_folder.default_directory()).absolute()
    except NoHome as trouble:
        place, refused = trouble.path, trouble
    except OSError as error:
        place = directory or Path()
        refused = explain(error, place)
    return Opener(place / data_folder.FILE_NAME, clock, patience, refused)


class Survey(NamedTuple):
    """A diary looked at from outside: nothing is opened to be written, mended or made."""

    path: Path
    trouble: Trouble | None
    second_copy: datetime | None
    """When it was made; None where there is none."""
    put_aside: tuple[Path, ...]
    events: tuple[DiaryEvent, ...]

    @property
    def state(self) -> str:
        """Whether it can be used, in one line."""
        if isinstance(self.trouble, Damaged):
            return "is damaged; the next command mends it, and keeps this file beside the new one"
        if self.trouble is not None:
            about = "" if self.trouble.path == self.path else f"{self.trouble.path} "
            return f"{about}{self.trouble.reason}"
        return "can be read and written" if self.path.exists() else "made with the first act"

    def dismiss(self) -> None:
        """Do not say again what happened; raises CannotSave."""
        Events(self.path.with_name(data_folder.EVENTS)).dismiss()


def survey(directory: Path | None = None) -> Survey:
    """Look at the diary in a directory, or where this system keeps a user's data, changing nothing."""
    opener = _opener(directory)
    path = opener.path
    trouble = opener.inspect()
    if isinstance(trouble, NotOurs | NoHome):
        return Survey(path, trouble, None, (), ())
    return Survey(
        path,
        trouble,
        _made(path.with_name(data_folder.SECOND_COPY)),
        tuple(sorted(path.parent.glob(data_folder.PUT_ASIDE))),
        Events(path.with_name(data_folder.EVENTS)).unseen(),
    )


def _made(path: Path) -> datetime | None:
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone() if path.is_file() else None
