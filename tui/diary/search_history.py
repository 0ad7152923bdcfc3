"""The searches of this device, to be brought back; no part of the diary, and never exported or synced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from .data_folder import read_side_file, write_side_file
from .drafts import Drafts

MOST = 50
"""Searches that are kept, the newest ones."""

Searches = tuple[str, ...]
"""The oldest first."""


class SearchHistory:
    """The file of earlier searches; where nothing may be kept, or the reader wants none kept, there are none."""

    def __init__(
        self,
        path: Path,
        clock: Callable[[], datetime],
        may_keep: Callable[[], bool],
        drafts: Drafts,
    ) -> None:
        """Keep searches in this file, for as long as `may_keep` says so; it is written as drafts are."""
        self._path = path
        self._clock = clock
        self._may_keep = may_keep
        self._drafts = drafts

    @property
    def on(self) -> bool:
        """Whether the reader lets searches be kept."""
        return read_side_file(self._path) is not False

    @property
    def searches(self) -> Searches:
        """What is kept."""
        kept: Any = read_side_file(self._path) if self._may_keep() else None
        return tuple(map(str, kept)) if isinstance(kept, list) else ()

    def add(self, query: str) -> None:
        """Keep a search as the newest; one that is there already moves."""
        if query.strip() and self._may_keep() and self.on:
            earlier = [each for each in self.searches if each != query]
            self._save([*earlier, query][-MOST:])

    def turn(self, *, on: bool) -> None:
        """Keep searches from now on, or forget those that are kept and keep no more."""
        if self._may_keep():
            self._save([] if on else False)

    def _save(self, content: list[str] | bool) -> None:
        self._drafts.write(lambda: write_side_file(self._path, content, self._clock()))
