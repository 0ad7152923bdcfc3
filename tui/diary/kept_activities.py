"""Recorded runs as the diary keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .activities import new_among
from .model import Activity
from .records import RecordWriter

if TYPE_CHECKING:
    from .store import Store


class KeptActivities:
    """The runs that a watch recorded; saving raises CannotSave, asking CannotRead."""

    def __init__(self, store: Store) -> None:
        """Keep them in this store."""
        self._store = store

    def every(self) -> tuple[Activity, ...]:
        """All recorded runs, newest first."""
        found = self._store.read(lambda reader: reader.every(Activity))
        return tuple(sorted(found, key=lambda each: (each.start, each.id), reverse=True))

    def keep_new(self, found: Iterable[Activity]) -> tuple[Activity, ...]:
        """Keep those that are recordings of no known run, all or none, and tell which they are."""
        read = tuple(found)
        kept: list[Activity] = []

        def make(writer: RecordWriter) -> None:
            """Keep them."""
            kept[:] = new_among(read, writer.every(Activity))
            for activity in kept:
                writer.put(activity)

        self._store.change("log", "", make)
        return tuple(kept)
