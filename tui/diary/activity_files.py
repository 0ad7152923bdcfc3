"""Read runs from the files of watches and services, also in folders, .gz and .zip.

Everything is read in memory and bounded.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from xml.parsers import expat

from .activity_formats import FORMATS, ActivityFileError, Recorded
from .model import Activity

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file that is read, unpacked."""
MOST_FILES = 20_000
"""Files in one folder or archive."""
STRAVA_TABLE = "activities.csv"
"""The table in a Strava export; it says all that is wanted of the files beside it."""

_OTHERS = re.compile(
    "rid|cycl|bik|swim|walk|hik|ski|snow|row|yoga|pilates|weight|strength|workout|elliptical|climb"
    "|skat|surf|paddl|kayak|canoe|sail|golf|soccer|football|tennis|dance|stair|crossfit|training"
    "|gym|wheelchair|multisport|transition|driving|flying"
)
"""Parts of the names of kinds that are known and are no runs."""


@dataclass
class Reading:
    """What was found in some files."""

    runs: list[Activity] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    """Rides, swims and the like, by the name that the file gives them."""
    unknown: Counter[str] = field(default_factory=Counter)
    """Kinds that are neither known as runs nor as anything else, by name."""
    refused: list[tuple[str, str]] = field(default_factory=list)
    """Files that could not be read: name and reason."""

    def add(self, found: Recorded, source: str) -> None:
        """Add one recording, or count it where it is no run."""
        kind = re.sub(r"[\W_]", "", found.kind.casefold())
        if kind and "run" not in kind and kind not in ("9", "treadmill"):
            counted = self.left_out if _OTHERS.search(kind) else self.unknown
            counted[found.kind.strip()[:40]] += 1
        else:
            self.runs.append(found.activity(source))


def read_paths(paths: Iterable[Path]) -> Reading:
    """All runs in these files and folders; what cannot be read is noted, never raised."""
    reading = Reading()
    for path in paths:
        for name, data in _files(path, reading):
            _read_one(name, data, reading)
    return reading


def _files(path: Path, reading: Reading) -> Iterator[tuple[str, bytes]]:
    """Each file to be read under a path, with its bytes."""
    try:
        if path.is_dir():
            found = sorted(each for each in path.rglob("*") if each.is_file())
            if len(found) > MOST_FILES:
                raise ActivityFileError(f"more than {MOST_FILES:,} files; give a smaller folder")
            tables = [each for each in found if each.name == STRAVA_TABLE]
            for each in tables or found:
                if _format_of(each.name) is not None:
                    yield from _files(each, reading)
        elif path.suffix.casefold() == ".zip":
            yield from _members(path, reading)
        elif not path.is_file():
            raise ActivityFileError("it is not there, or is no file")
        elif path.stat().st_size > LARGEST:
            raise ActivityFileError(f"it is larger than {LARGEST >> 20} MB")
        else:
            yield str(path), path.read_bytes()
    except OSError as error:
        reading.refused.append((str(path), error.strerror or "it cannot be read"))
    except (ActivityFileError, *_BROKEN_ARCHIVE) as error:
        reading.refused.append((str(path), _reason(error)))


def _members(path: Path, reading: Reading) -> Iterator[tuple[str, bytes]]:
    """The files in an archive; of a Strava export only its table."""
    with zipfile.ZipFile(path) as archive:
        infos = [each for each in archive.infolist() if _format_of(each.filename) is not None]
        if len(infos) > MOST_FILES:
            raise ActivityFileError(f"more than {MOST_FILES:,} files in it")
        tables = [each for each in infos if PurePath(each.filename).name == STRAVA_TABLE]
        for info in tables or infos:
            name = f"{path}: {info.filename}"
            try:
                with archive.open(info) as member:
                    yield name, _bounded(member.read(LARGEST + 1))
            except (ActivityFileError, OSError, *_BROKEN_ARCHIVE) as error:
                reading.refused.append((name, _reason(error)))


def _bounded(data: bytes) -> bytes:
    if len(data) > LARGEST:
        raise ActivityFileError(f"it is larger than {LARGEST >> 20} MB")
    return data


def _read_one(name: str, data: bytes, reading: Reading) -> None:
    try:
        read = _format_of(name)
        if read is None:
            raise ActivityFileError("it is none of .csv, .tcx, .gpx, .fit, .gz and .zip")
        if name.casefold().endswith(".gz"):
            with gzip.open(io.BytesIO(data)) as unpacked:
                data = _bounded(unpacked.read(LARGEST + 1))
        source = hashlib.sha256(data).hexdigest()[:32]
        found = list(read(data))
        if not found:
            raise ActivityFileError("no activity is in it")
    except (ActivityFileError, *_BROKEN) as error:
        reading.refused.append((name, _reason(error)))
        return
    for each in found:
        try:
            reading.add(each, source)
        except (ActivityFileError, ValueError, OverflowError) as error:
            reading.refused.append((name, _reason(error)))


_BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What the standard library raises for archives that are damaged, encrypted or of odd make."""
_BROKEN = (
    *_BROKEN_ARCHIVE,
    OSError,
    expat.ExpatError,
    UnicodeError,
    csv.Error,
    ValueError,
    KeyError,
)
"""What it raises for damaged files of the other kinds."""


def _reason(error: Exception) -> str:
    """One line that says what is wrong with a file."""
    if isinstance(error, ActivityFileError):
        return str(error)
    return "it is damaged, or not what its name says"


def _format_of(name: str) -> Callable[[bytes], Iterable[Recorded]] | None:
    """What reads a file of this name; None where nothing does."""
    plain = name.casefold().removesuffix(".gz")
    return next((read for end, read in FORMATS.items() if plain.endswith(end)), None)
