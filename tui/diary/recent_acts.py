"""What this device did lately, kept beside the diary, so that any process can undo it.

It is no part of the diary: it is never exported, and is gone after a day or with the diary.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from .clock import moment_of, written
from .data_folder import read_side_file, write_side_file
from .records import Act, Change, Record

KEPT_FOR = timedelta(hours=24)
_MOST = 50
"""Acts that are kept."""


class _DatedAct(NamedTuple):
    """An act and when it was done."""

    at: str
    act: Act


class RecentActs:
    """The file of recent acts; where it cannot be read or written, there are none."""

    def __init__(self, path: Path) -> None:
        """Keep acts in this file."""
        self._path = path

    def recent(self, now: datetime) -> tuple[list[Act], list[Act]]:
        """The acts to undo and those to do again, each list with the newest last."""
        done, undone = self._read(now)
        return [each.act for each in done], [each.act for each in undone]

    def did(self, act: Act, now: datetime) -> None:
        """Keep an act; what was undone before it cannot be done again."""
        done, _ = self._read(now)
        self._write([*done, _DatedAct(written(now), act)], [], now)

    def turned(self, act: Act, back: Act, now: datetime) -> None:
        """Keep that an act was undone, or done again, by `back`."""
        done, undone = self._read(now)
        for source, target in ((done, undone), (undone, done)):
            same = [each for each in source if each.act.changes == act.changes]
            if same:
                source.remove(same[-1])
                target.append(_DatedAct(written(now), back))
                break
        self._write(done, undone, now)

    def forget_old(self, now: datetime) -> None:
        """Remove the file where all that is in it is too old."""
        with suppress(OSError):
            if abs(now.timestamp() - self._path.stat().st_mtime) > KEPT_FOR.total_seconds():
                self._path.unlink()

    def _read(self, now: datetime) -> tuple[list[_DatedAct], list[_DatedAct]]:
        kept = read_side_file(self._path)
        try:
            done, undone = (
                [each for each in map(_decoded, kept[name]) if _is_recent(each, now)]
                for name in ("done", "undone")
            )
        except (ValueError, KeyError, TypeError):
            return [], []
        return done, undone

    def _write(self, done: list[_DatedAct], undone: list[_DatedAct], now: datetime) -> None:
        write_side_file(self._path, {"done": _encoded(done), "undone": _encoded(undone)}, now)


def _encoded(acts: list[_DatedAct]) -> list[object]:
    return [
        {"at": each.at, "name": each.act.name, "subject": each.act.subject, "changes": each.act[2]}
        for each in acts[-_MOST:]
    ]


def _decoded(entry: dict[str, Any]) -> _DatedAct:
    changes = tuple(
        Change(None if before is None else Record(*before), Record(*after))
        for before, after in entry["changes"]
    )
    return _DatedAct(entry["at"], Act(entry["name"], entry["subject"], changes))


def _is_recent(each: _DatedAct, now: datetime) -> bool:
    return abs(now - moment_of(each.at)) <= KEPT_FOR
