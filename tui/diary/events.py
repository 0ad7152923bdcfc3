"""What happened to the reader's data, kept beside the diary and said until it is dismissed."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from .clock import written
from .errors import CannotSave, explain

_MOST = 64 * 1024
"""Bytes of events that are read; a fault that repeats itself is one event."""


class DiaryEvent(NamedTuple):
    """Something that happened to the data."""

    at: str
    text: str
    """One line for the reader."""

    def __str__(self) -> str:
        """The line alone."""
        return self.text


class Events:
    """The file of events not yet dismissed; where it cannot be written, nothing is kept."""

    def __init__(self, path: Path) -> None:
        """Keep events in this file."""
        self._path = path

    def add(self, text: str, moment: datetime) -> DiaryEvent:
        """Keep an event, unless it is there already."""
        event = DiaryEvent(written(moment), " ".join(text.split()))
        if event.text not in {each.text for each in self.unseen()}:
            with suppress(OSError):
                how = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
                with os.fdopen(os.open(self._path, how, 0o600), "wb") as file:
                    file.write(f"{event.at} {event.text}\n".encode(errors="surrogateescape"))
        return event

    def unseen(self) -> tuple[DiaryEvent, ...]:
        """Every event that was not dismissed, oldest first."""
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            return ()
        with os.fdopen(descriptor, "rb") as file:
            regular = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            data = file.read(_MOST) if regular else b""
        lines = data.decode(errors="surrogateescape").splitlines()
        parted = (line.partition(" ") for line in lines)
        return tuple(DiaryEvent(at, text) for at, _, text in parted if text)

    def dismiss(self) -> None:
        """Forget all events; raises CannotSave."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise CannotSave(explain(error, self._path)) from error
