"""Everything personal as JSON, out and in: two diaries that exchange files end up the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from . import folder
from .acts import Reading, Writing
from .checking import is_id, is_moment, wrong_field
from .model import KINDS, NAMED_BY, named_id
from .moments import written
from .records import Record, built, encoded
from .store import Store
from .trouble import BadImport, CannotSave, explain

FORMAT = "runtall"
VERSION = 1
LARGEST = 24 * 1024 * 1024
"""Bytes of the largest file that is read; a diary of 20,000 runs takes less."""

SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "bookmarks": "bookmark",
        "hidden": "hidden",
        "marks": "mark",
        "own_items": "own",
        "places": "place",
        "read": "read",
        "runs": "run",
        "settings": "setting",
    }
)
"""The lists of an export, and the kind of record in each."""

_FUTURE = timedelta(days=1)
_TIMES = ("changed", "started", "finished", "at", "added")


class Imported(NamedTuple):
    """What an import brought, in records."""

    new: int
    changed: int
    removed: int
    same: int
    """Those that were here already, as they are or later."""

    def __str__(self) -> str:
        """One line for the reader."""
        return (
            f"{self.new:,} new, {self.changed:,} changed, {self.removed:,} removed, "
            f"{self.same:,} already here"
        )


def exported(store: Store) -> str:
    """The whole diary as JSON text, the same for the same records; raises CannotRead."""
    records = store.read(Reading.records)
    lists: dict[str, object] = {
        name: [_entry(record) for record in records if record.kind == kind]
        for name, kind in SECTIONS.items()
    }
    return json.dumps({"format": FORMAT, "version": VERSION, **lists}, indent=1) + "\n"


def _entry(record: Record) -> dict[str, object]:
    start: dict[str, object] = {"id": record.id, "changed": record.changed}
    return start | ({"removed": True} if record.removed else json.loads(record.body))


def save_export(store: Store, path: Path) -> None:
    """Write the diary as JSON to a file, 0600, whole or not at all; a pipe or a link is written to.

    Raises CannotRead and CannotSave.
    """
    text = exported(store)
    draft = path.with_name(f".{path.name}.new")
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            path.write_text(text, encoding="utf-8")
            return
        folder.create_private(draft)
        draft.write_text(text, encoding="utf-8")
        folder.settle(draft)
        draft.replace(path)
    except OSError as error:
        raise CannotSave(explain(error, path)) from error


def read_export(path: Path) -> bytes:
    """The bytes of a file to import; raises BadImport where it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise BadImport(f"{path}: {error.strerror or 'cannot be read'}") from error
    return data


def import_into(store: Store, data: bytes | str) -> Imported:
    """Merge an export into the diary, later changes winning; doing it again changes nothing.

    Raises BadImport, with nothing changed, for anything that is not whole and ours; CannotSave.
    """
    records = _parsed(data, written(store.now() + _FUTURE))
    counts = {"new": 0, "changed": 0, "removed": 0, "same": 0}

    def make(writing: Writing) -> None:
        """Keep each record that is later than ours."""
        counts.update(dict.fromkeys(counts, 0))
        present = {(record.kind, record.id): record for record in writing.records()}
        for record in records:
            old = present.get((record.kind, record.id))
            counts[_outcome(old, record)] += 1
            if old is None or record.rank > old.rank:
                writing.put_record(record)

    store.change("import", "", make)
    return Imported(**counts)


def _outcome(old: Record | None, record: Record) -> str:
    if old is not None and old.rank >= record.rank:
        return "same"
    gone = old is None or old.removed
    if record.removed:
        return "same" if gone else "removed"
    return "new" if gone else "changed"


def _parsed(data: bytes | str, latest: str) -> list[Record]:
    """The records in an export; raises BadImport with the first thing that is wrong."""
    if len(data) > LARGEST:
        raise BadImport(f"the file is larger than {LARGEST // 2**20} MB; this is no diary export")
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        raise BadImport("the file is not JSON; give one made by `runtall export`") from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise BadImport("the file is not an export of this diary; make one by `runtall export`")
    if whole.get("version") != VERSION:
        raise BadImport("the file is from another version of runtall; update runtall and try again")
    found: dict[tuple[str, str], Record] = {}
    for name, kind in SECTIONS.items():
        for number, record in enumerate(_section(whole, name, latest), start=1):
            if (kind, record.id) in found:
                raise BadImport(f"{name} {number}: the id {record.id} stands there twice")
            found[kind, record.id] = record
    return list(found.values())


def _section(whole: dict[str, object], name: str, latest: str) -> list[Record]:
    entries = whole.get(name)
    if not isinstance(entries, list):
        raise BadImport(f"{name}: this part is missing or no list; the file is not whole")
    records = []
    for number, entry in enumerate(entries, start=1):
        try:
            records.append(_record(SECTIONS[name], entry, latest))
        except BadImport as wrong:
            raise BadImport(f"{name} {number}: {wrong}; nothing was imported") from None
    return records


def _record(kind: str, entry: object, latest: str) -> Record:
    if not isinstance(entry, dict):
        raise BadImport("this is no record")
    record_id, changed = entry.get("id"), entry.get("changed")
    if not is_id(record_id) or not is_moment(changed):
        raise BadImport("its id or its time is missing or wrong")
    if any(isinstance(entry.get(n), str) and entry[n] > latest for n in _TIMES if n in entry):
        raise BadImport("its time is in the future; check both clocks")
    if entry.get("removed") is True:
        return Record(kind, str(record_id), "", str(changed), "")
    kept = KINDS[kind]
    wrong = wrong_field(kept, entry)
    if wrong is not None:
        raise BadImport(f"{wrong} is missing or wrong")
    thing = built(kept, str(record_id), str(changed), entry)
    names = [str(getattr(thing, name)) for name in NAMED_BY.get(kind, ())]
    if names and record_id != named_id(kind, *names):
        raise BadImport("its id does not belong to it")
    return encoded(thing)
