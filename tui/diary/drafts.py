"""What was half typed when a line dropped, kept beside the diary for a day and offered on return.

It is no part of the diary: it is never exported, and never synced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from .clock import moment_of, written
from .data_folder import read_side_file, write_side_file

KEPT_FOR = timedelta(hours=24)

Words = tuple[str, ...]
"""The lines of a form, or what a screen was told so far; empty where there is nothing to keep."""


class Drafts:
    """The file of drafts, each with a name; where nothing may be kept, there are none."""

    def __init__(
        self, path: Path, clock: Callable[[], datetime], may_keep: Callable[[], bool]
    ) -> None:
        """Keep drafts in this file, for as long as `may_keep` says so."""
        self._path = path
        self._clock = clock
        self._may_keep = may_keep
        self._known: Mapping[str, tuple[str, Words]] | None = None
        self.write: Callable[[Callable[[], None]], object] = lambda save: save()
        """Has the file written, be it by another thread."""

    def load(self) -> None:
        """Read the file now, and from then on no more: what is in it is known."""
        self._known = self._read()

    @property
    def names(self) -> tuple[str, ...]:
        """What there are drafts of, the newest last."""
        return tuple(self._all)

    def named(self, name: str) -> Draft:
        """The draft with a name, be there anything in it or not."""
        return Draft(self, name)

    def get(self, name: str) -> Words:
        """What is kept under a name."""
        return self._all.get(name, ("", ()))[1]

    def keep(self, name: str, words: Words) -> None:
        """Keep words under a name; empty ones are not kept."""
        now = self._clock()
        before, after = self._all, _with(self._all, name, words, now)
        if after != before and self._may_keep():
            self._known = None if self._known is None else after
            self.write(lambda: self._save(name, words, now))

    @property
    def _all(self) -> Mapping[str, tuple[str, Words]]:
        """Every draft."""
        return self._read() if self._known is None else self._known

    def _save(self, name: str, words: Words, now: datetime) -> None:
        """Write one to the file, beside those of other sessions."""
        before = self._read()
        after = _with(before, name, words, now)
        if after == before:
            return
        if after:
            write_side_file(self._path, after, now)
        else:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    def forget_old(self) -> None:
        """Remove the file where all that is in it is too old."""
        if self._path.exists() and not self._read():
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _read(self) -> Mapping[str, tuple[str, Words]]:
        """When each draft was kept, and its words."""
        kept: Any = read_side_file(self._path) if self._may_keep() else None
        try:
            drafts = {str(name): (str(at), _words(lines)) for name, (at, lines) in kept.items()}
            now = self._clock()
            return {
                name: each
                for name, each in drafts.items()
                if abs(now - moment_of(each[0])) <= KEPT_FOR
            }
        except (AttributeError, ValueError, TypeError):
            return {}


class Draft(NamedTuple):
    """One draft."""

    drafts: Drafts
    name: str

    @property
    def words(self) -> Words:
        """What is kept."""
        return self.drafts.get(self.name)

    def keep(self, words: Words) -> None:
        """Keep words; empty ones are not kept."""
        self.drafts.keep(self.name, words)

    def forget(self) -> None:
        """Keep nothing any more."""
        self.drafts.keep(self.name, ())


def _with(
    drafts: Mapping[str, tuple[str, Words]], name: str, words: Words, now: datetime
) -> Mapping[str, tuple[str, Words]]:
    """The drafts with one more, the newest last; without it where it is empty."""
    others = {key: each for key, each in drafts.items() if key != name}
    return others | ({name: (written(now), words)} if any(words) else {})


def _words(lines: object) -> Words:
    if not isinstance(lines, list) or not all(isinstance(each, str) for each in lines):
        raise TypeError(lines)
    return tuple(lines)
