"""Routines as the diary keeps them: the one under way, step by step, and those of the past."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from . import data_folder
from .clock import written
from .errors import RoutineTaken
from .model import RoutineEntry, new_id
from .presence import Presence, is_present, new_name
from .records import RecordWriter

if TYPE_CHECKING:
    from .store import Store


class KeptRoutines:
    """Routines that were begun; acts raise CannotSave, questions CannotRead."""

    def __init__(self, store: Store) -> None:
        """Keep routines in this store."""
        self._store = store
        self._presence: Presence | None = None
        """This session's, while it goes on with a routine."""

    def every(self) -> tuple[RoutineEntry, ...]:
        """All routines that have ended, newest first."""
        return tuple(each for each in self._all() if each.ended is not None)

    def under_way(self) -> RoutineEntry | None:
        """The routine that was begun last and has not ended."""
        return next((each for each in self._all() if each.ended is None), None)

    def begin(self, routine: str) -> RoutineEntry:
        """Begin one in this session; any other that has not ended is kept as stopped."""
        new = RoutineEntry(
            id=new_id(), routine=routine, started=written(self._store.now()), player=new_name()
        )

        def make(writer: RecordWriter) -> None:
            """End the others, and keep the new one."""
            for each in writer.every(RoutineEntry):
                if each.ended is None:
                    writer.put(each._replace(ended=writer.now, outcome="stopped"))
            writer.put(new)

        self._store.change("begin routine", new.id, make)
        self._be_there(new)
        return new

    def keep(self, entry: RoutineEntry) -> None:
        """Keep how far it is; raises RoutineTaken where another session goes on with it."""

        def make(writer: RecordWriter) -> None:
            """Keep it, if it is still this session's."""
            _refuse_taken(writer, entry)
            writer.put(entry)

        self._store.change("keep routine", entry.id, make, deliberate=False)

    def end(self, entry: RoutineEntry, outcome: str) -> None:
        """Keep what came of it: `done`, `stopped` or `hurt`; raises RoutineTaken."""

        def make(writer: RecordWriter) -> None:
            """Keep it as ended now."""
            _refuse_taken(writer, entry)
            writer.put(entry._replace(ended=writer.now, outcome=outcome, player=""))

        self.leave()
        self._store.change("end routine", entry.id, make, deliberate=False)

    def take_over(self, entry: RoutineEntry) -> RoutineEntry:
        """Go on with it in this session; the one that counted it finds out at its next step."""
        taken = entry._replace(player=new_name())
        self._store.change("take over routine", entry.id, lambda writer: writer.put(taken))
        self._be_there(taken)
        return taken

    def leave(self) -> None:
        """Go on with none in this session, for now."""
        if self._presence is not None:
            self._presence.end()
            self._presence = None

    def runs_elsewhere(self, entry: RoutineEntry) -> bool:
        """Whether another session of this machine goes on with it now."""
        return self._presence is None and is_present(entry.player, self._playing)

    @property
    def _playing(self) -> Path:
        return self._store.path.with_name(data_folder.PLAYING)

    def _be_there(self, entry: RoutineEntry) -> None:
        self.leave()
        if self._store.mode == "writable" and not self._store.private:
            self._presence = Presence(entry.player, self._playing)

    def _all(self) -> list[RoutineEntry]:
        found = self._store.read(lambda reader: reader.every(RoutineEntry))
        return sorted(found, key=lambda each: (each.started, each.id), reverse=True)


def _refuse_taken(writer: RecordWriter, entry: RoutineEntry) -> None:
    present = writer.find(RoutineEntry, entry.id)
    if present is not None and (present.player != entry.player or present.ended is not None):
        raise RoutineTaken
