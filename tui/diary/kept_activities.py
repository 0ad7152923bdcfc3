"""Recorded runs as the diary keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from .activities import new_among, unfiled, with_recorded
from .model import Activity, Run
from .records import RecordReader, RecordWriter
from .runs import newness

if TYPE_CHECKING:
    from .store import Store


class Joined(NamedTuple):
    """Filed runs and recorded ones side by side, each newest first."""

    runs: tuple[Run, ...]
    """Every filed run, with what was recorded of it where the reader gave nothing else."""
    unfiled: tuple[Activity, ...]
    """The recordings that belong to none of them."""


class KeptActivities:
    """The runs that a watch recorded; saving raises CannotSave, asking CannotRead."""

    def __init__(self, store: Store) -> None:
        """Keep them in this store."""
        self._store = store
        self._joined: tuple[int, Joined] | None = None

    def every(self) -> tuple[Activity, ...]:
        """All recorded runs, newest first."""
        found = self._store.read(lambda reader: reader.every(Activity))
        return tuple(sorted(found, key=lambda each: (each.start, each.id), reverse=True))

    def joined(self) -> Joined:
        """All runs, filed and recorded; read anew only once one of either has changed."""

        def look(reader: RecordReader) -> tuple[int, Joined]:
            """What was found last, or else what there is now."""
            present = reader.fingerprint(Run, Activity)
            if self._joined is not None and self._joined[0] == present:
                return self._joined
            activities = reader.every(Activity)
            runs = with_recorded(sorted(reader.every(Run), key=newness, reverse=True), activities)
            return present, Joined(runs, unfiled(runs, activities))

        self._joined = self._store.read(look)
        return self._joined[1]

    def keep_new(self, found: Iterable[Activity]) -> tuple[Activity, ...]:
        """Keep those that are recordings of no known run, all or none, and tell which they are."""
        read = tuple(found)
        kept: list[Activity] = []

        def make(writer: RecordWriter) -> None:
            kept[:] = new_among(read, writer.every(Activity))
            for activity in kept:
                writer.put(activity)

        self._store.change("log", "", make)
        return tuple(kept)
