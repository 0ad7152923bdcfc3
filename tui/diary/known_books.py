"""Under which name the places in a book are kept: its title, and an id where another has that title.

Which folder is which book is known on this device alone, beside the diary and never in it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from . import data_folder
from .model import new_id

_LARGEST = 2**20
"""Bytes of the file; a thousand books take less."""


class KnownBooks:
    """The books that were opened on this device, by the paths of their folders."""

    def __init__(self, directory: Path) -> None:
        """The books known in a data folder, which need not be there yet."""
        self._directory = directory
        self._names = dict(_read(directory / data_folder.BOOKS))

    def name_of(self, title: str, folder: Path) -> str:
        """The name under which the records of the book in a folder are kept.

        A book goes on under the name of one with its title whose folder is gone: it was moved.
        """
        path = os.path.realpath(folder)
        if path not in self._names:
            moved = next((each for each in self._names if self._is_gone(each, title)), None)
            taken = title in self._names.values()
            new = f"{title} #{new_id()[:8]}" if taken else title
            self._names[path] = self._names.pop(moved) if moved else new
        return self._names[path]

    def keep(self) -> None:
        """Keep what is known beside the diary, if there is one; where that fails, nothing is lost."""
        file = self._directory / data_folder.BOOKS
        if not file.with_name(data_folder.FILE_NAME).exists() or self._names == _read(file):
            return
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        with suppress(OSError):
            data_folder.create_private(draft)
            draft.write_text(json.dumps(self._names, indent=1), "utf-8")
            draft.replace(file)

    def _is_gone(self, path: str, title: str) -> bool:
        name = self._names[path]
        return (name == title or name.startswith(f"{title} #")) and not Path(path).exists()


def _read(file: Path) -> Mapping[str, str]:
    """The names by path; none where the file is missing or is not ours."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as opened:
            kept = json.loads(opened.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    pairs = kept.items() if isinstance(kept, dict) else ()
    return {path: name for path, name in pairs if isinstance(name, str) and name}
