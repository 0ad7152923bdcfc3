"""Experiments as the diary keeps them: begun, ended, and looked back on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .errors import NotKept
from .model import Experiment, new_id
from .records import Act, RecordWriter

if TYPE_CHECKING:
    from .store import Store


class KeptExperiments:
    """The reader's experiments; acts raise CannotSave, questions CannotRead."""

    def __init__(self, store: Store, did: Callable[[Act], Act]) -> None:
        """Act on this store, and pass each act on to be remembered."""
        self._store = store
        self._did = did

    def every(self) -> tuple[Experiment, ...]:
        """All experiments, newest first."""
        found = self._store.read(lambda reader: reader.every(Experiment))
        return tuple(sorted(found, key=lambda each: (each.started, each.id), reverse=True))

    def start(
        self,
        item: str,
        label: str,
        *,
        sequence: tuple[bool, ...] = (),
        cause: str = "",
        look_again: str = "",
    ) -> Act:
        """Begin one; with a sequence by pairs of runs, else a note to look again on a day."""
        new = new_id()

        def make(writer: RecordWriter) -> None:
            writer.put(
                Experiment(
                    id=new,
                    item=item,
                    label=label,
                    started=writer.now,
                    sequence=sequence,
                    cause=cause,
                    look_again=look_again,
                )
            )

        return self._did(self._store.change("start experiment", new, make))

    def end(self, experiment_id: str, why: str) -> Act:
        """End one before its time, and keep why; one that has ended stays as it is."""

        def make(writer: RecordWriter) -> None:
            """Keep it as ended."""
            found = writer.find(Experiment, experiment_id)
            if found is None:
                raise NotKept("this experiment was removed elsewhere")
            if found.ended is None:
                writer.put(found._replace(ended=writer.now, why_ended=why))

        return self._did(self._store.change("end experiment", experiment_id, make))
