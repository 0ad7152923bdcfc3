"""Everything personal as JSON, out and in: two diaries that exchange files end up the same."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from . import data_folder
from .clock import written
from .errors import BadImport, CannotSave
from .model import KINDS, NAMED_BY, named_id
from .records import (
    BESIDE_BODY,
    Record,
    RecordReader,
    RecordWriter,
    built,
    encoded_entry,
    json_text,
)
from .validation import is_id, is_moment, wrong_field

if TYPE_CHECKING:
    from .store import Store

FORMAT = "runtall"
VERSION = 1
LARGEST = 24 * 2**20
"""Bytes of the largest file that is read; a diary of 20,000 runs takes less."""

SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "activities": "activity",
        "bookmarks": "bookmark",
        "experiments": "experiment",
        "hidden": "hidden",
        "marks": "mark",
        "own_items": "own",
        "places": "place",
        "read": "read",
        "routines": "routine",
        "runs": "run",
        "settings": "setting",
    }
)
"""The lists of an export, and the kind of record in each; any other kind is listed under its own name."""

_SECTION_OF = {kind: name for name, kind in SECTIONS.items()}
_DECODER = json.JSONDecoder()
_SPACES = frozenset(" \t\n\r")
_LARGEST_ENTRY = 2**20
"""Characters of the largest record that is read."""
_KIND = re.compile(r"[a-z][a-z _-]{0,39}")


class Imported(NamedTuple):
    """What an import brought, in records."""

    new: int
    changed: int
    removed: int
    same: int
    """Those that were here already, as they are or later."""
    ahead: int = 0
    """Those dated more than an hour ahead of this device's clock; they keep their time."""

    def __str__(self) -> str:
        """One line for the reader."""
        counts = (
            f"{self.new:,} new, {self.changed:,} changed, {self.removed:,} removed, "
            f"{self.same:,} already here"
        )
        ahead = f"; {self.ahead:,} dated ahead of this device's clock, and kept so"
        return counts + (ahead if self.ahead else "")


def exported(store: Store) -> str:
    """The whole diary as JSON text, the same for the same records; raises CannotRead."""
    store.check()
    records = store.read(RecordReader.records)
    lists: dict[str, list[object]] = {name: [] for name in SECTIONS}
    for record in records:
        lists.setdefault(_SECTION_OF.get(record.kind, record.kind), []).append(_entry(record))
    return json.dumps({"format": FORMAT, "version": VERSION, **lists}, indent=1) + "\n"


def _entry(record: Record) -> dict[str, object]:
    entry: dict[str, object] = {"id": record.id, "changed": record.changed}
    if record.kind not in KINDS and record.part:
        entry["part"] = record.part
    return entry | ({"removed": True} if record.removed else json.loads(record.body))


def save_export(store: Store, path: Path) -> None:
    """Write the diary as JSON to a file, 0600, whole or not at all; a pipe or a link is written to.

    Raises CannotRead and CannotSave.
    """
    text = exported(store)
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            path.write_text(text, encoding="utf-8")
        else:
            data_folder.write_whole(path, text.encode())
    except OSError as error:
        raise CannotSave(data_folder.explain_elsewhere(error, path)) from error


def read_export(path: Path) -> bytes:
    """The bytes of a file to import; raises BadImport where it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise BadImport(f"{path}: {error.strerror}") from error
    return data


def import_into(store: Store, data: bytes | str) -> Imported:
    """Merge an export into the diary, later changes winning; doing it again changes nothing.

    Raises BadImport, with nothing changed, for anything that is not whole and ours; CannotSave.
    """
    return merge(store, _parsed(data))


def merge(store: Store, records: Sequence[Record]) -> Imported:
    """Keep each record that is later than ours; raises CannotSave."""
    done = []

    def make(writer: RecordWriter) -> None:
        """Keep them, and count."""
        present = {(record.kind, record.id): record for record in writer.records()}
        done.append(_counted(records, present, store))
        for record in records:
            old = present.get((record.kind, record.id))
            if old is None or record.rank > old.rank:
                writer.put_record(record)

    store.change("import", "", make)
    if done[-1].ahead:
        store.note_ahead(done[-1].ahead)
    return done[-1]


def compared(store: Store, records: Sequence[Record]) -> Imported:
    """What `merge` would do."""
    present = {(each.kind, each.id): each for each in store.read(RecordReader.records)}
    return _counted(records, present, store)


def _counted(
    records: Sequence[Record], present: Mapping[tuple[str, str], Record], store: Store
) -> Imported:
    counts = Counter(_outcome(present.get((each.kind, each.id)), each) for each in records)
    latest = written(store.now() + timedelta(hours=1))
    return Imported(
        counts["new"],
        counts["changed"],
        counts["removed"],
        counts["same"],
        sum(record.changed > latest for record in records),
    )


def _outcome(old: Record | None, record: Record) -> str:
    if old is not None and old.rank >= record.rank:
        return "same"
    gone = old is None or old.removed
    if record.removed:
        return "same" if gone else "removed"
    return "new" if gone else "changed"


def _parsed(data: bytes | str) -> list[Record]:
    """The records in an export; raises BadImport with the first thing that is wrong."""
    if len(data) > LARGEST:
        raise BadImport(f"the file is larger than {LARGEST // 2**20} MB; this is no diary export")
    try:
        text = data if isinstance(data, str) else data.decode(json.detect_encoding(data))
        records, facts = _read(_Scanner(text))
    except (ValueError, RecursionError):
        raise BadImport("the file is not JSON; give one made by `runtall export`") from None
    if facts.get("format") != FORMAT:
        raise BadImport("the file is not an export of this diary; make one by `runtall export`")
    if facts.get("version") != VERSION:
        raise BadImport("the file is from another version of runtall; update runtall and try again")
    return records


def _read(scanner: _Scanner) -> tuple[list[Record], dict[str, object]]:
    """The records and all else in an export, in whatever order they come."""
    found: dict[tuple[str, str], Record] = {}
    facts: dict[str, object] = {}
    for name in scanner.names():
        records: Iterable[Record]
        if name in SECTIONS:
            records = _section(scanner, name)
        elif _KIND.fullmatch(name) and scanner.sees("["):
            records = _unknown(scanner, name)
        else:
            facts[name] = scanner.value()
            continue
        for number, record in enumerate(records, start=1):
            if (record.kind, record.id) in found:
                raise BadImport(f"{name} {number}: the id {record.id} stands there twice")
            found[record.kind, record.id] = record
    return list(found.values()), facts


def _section(scanner: _Scanner, name: str) -> Iterator[Record]:
    if not scanner.sees("["):
        raise BadImport(f"{name}: this part is no list; the file is not whole")
    for number, entry in zip(count(1), scanner.entries(), strict=False):
        try:
            yield _record(SECTIONS[name], entry)
        except BadImport as wrong:
            raise BadImport(f"{name} {number}: {wrong}; nothing was imported") from None


def _unknown(scanner: _Scanner, kind: str) -> list[Record]:
    """Records of a kind that a newer version knows, as they are; none where it is a list of others."""
    records: list[Record] | None = []
    for entry in scanner.entries():
        try:
            record = _record(kind, entry)
        except BadImport:
            records = None
        if records is not None:
            records.append(record)
    return records or []


def _record(kind: str, entry: object) -> Record:
    if not isinstance(entry, dict):
        raise BadImport("this is no record")
    record_id, changed = entry.get("id"), entry.get("changed")
    if not is_id(record_id) or not is_moment(changed):
        raise BadImport("its id or its time is missing or wrong")
    if entry.get("removed") is True:
        return Record(kind, str(record_id), "", str(changed), "")
    kept = KINDS.get(kind)
    if kept is None:
        part = entry.get("part", "")
        body = {name: entry[name] for name in entry if name not in BESIDE_BODY}
        return Record(kind, str(record_id), str(part), str(changed), json_text(body))
    wrong = wrong_field(kept, entry)
    thing = None if wrong else built(kept, str(record_id), str(changed), entry)
    if thing is None:
        raise BadImport(f"{wrong} is missing or wrong")
    names = [str(getattr(thing, name)) for name in NAMED_BY.get(kind, ())]
    if names and record_id != named_id(kind, *names):
        raise BadImport("its id does not belong to it")
    return encoded_entry(thing, entry)


class _Scanner:
    """JSON text read one value at a time: a hostile file may unfold to twenty times its size."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._from = 0
        self._window = text[:_LARGEST_ENTRY]

    def names(self) -> Iterator[str]:
        """Each name of the object that is the whole text; its value is to be read before the next."""
        self._pass("{")
        if not self.sees("}"):
            yield self._name()
            while self._pass(",}") == ",":
                yield self._name()
        else:
            self._pass("}")
        if self._next():
            raise ValueError

    def entries(self) -> Iterator[object]:
        """Each value of a list."""
        self._pass("[")
        if not self.sees("]"):
            yield self.value()
            while self._pass(",]") == ",":
                yield self.value()
        else:
            self._pass("]")

    def sees(self, sign: str) -> bool:
        """Whether this comes next."""
        return self._next() == sign

    def value(self) -> object:
        """The next value whole; raises ValueError where there is none, or it is too large."""
        self._next()
        for start in (self._from, self._at):
            if start != self._from:
                self._from, self._window = start, self._text[start : start + _LARGEST_ENTRY]
            try:
                value, end = _DECODER.raw_decode(self._window, self._at - start)
            except ValueError:
                continue
            if end < len(self._window):  # something follows it: it is not cut
                self._at = start + end
                return value
        raise ValueError

    def _name(self) -> str:
        if not self.sees('"'):
            raise ValueError
        name = str(self.value())
        self._pass(":")
        return name

    def _next(self) -> str:
        while self._text[self._at : self._at + 1] in _SPACES:
            self._at += 1
        return self._text[self._at : self._at + 1]

    def _pass(self, signs: str) -> str:
        sign = self._next()
        if not sign or sign not in signs:
            raise ValueError
        self._at += 1
        return sign
