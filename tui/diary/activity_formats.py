"""Read recordings from the bytes of a file: Strava's table, TCX, GPX and FIT.

Coordinates serve to measure a distance and are then forgotten.
"""

from __future__ import annotations

import csv
import io
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import asin, cos, inf, nan, radians, sin, sqrt
from typing import TYPE_CHECKING, ClassVar
from xml.parsers import expat

from .clock import now, written
from .model import Activity, named_id

if TYPE_CHECKING:
    import fitdecode

_EARTH = 6_371_009
"""Mean radius in meters (IUGG)."""
_STEP = 2.0
"""Meters of height below which a change is taken for noise of the watch."""
_LONGEST = timedelta(days=3)
_EARLIEST = 2000
"""Years before this are clocks that were never set: watches begin at 1980 or 1989."""
_STRAVA_DATES = ("%b %d, %Y, %I:%M:%S %p", "%Y-%m-%d %H:%M:%S", "%d %b %Y, %H:%M:%S")
"""How Strava's table writes its times, which are UTC."""


class ActivityFileError(Exception):
    """A file cannot be read as runs; the text is one line without the file's name."""


@dataclass
class Recorded:
    """One recording as a file tells it, in seconds and meters."""

    kind: str = ""
    start: datetime | None = None
    seconds: float | None = None
    meters: float | None = None
    climb: float | None = None
    descent: float | None = None
    cadence: float | None = None
    """Steps a minute."""

    def activity(self, source: str) -> Activity:
        """The run it is; raises ActivityFileError where it cannot be one."""
        if self.start is None or self.seconds is None or self.seconds <= 0:
            raise ActivityFileError("it holds no time, so no run can be read from it")
        if self.start.year < _EARLIEST:
            raise ActivityFileError(
                f"it is dated {self.start.year}: the watch's clock was not set then"
            )
        if self.start > now() + timedelta(days=1):
            raise ActivityFileError(f"it is dated ahead, {self.start:%Y-%m-%d}")
        if timedelta(seconds=self.seconds) > _LONGEST:
            raise ActivityFileError("it lasts longer than three days")
        start = written(self.start)
        return Activity(
            id=named_id("activity", start),
            start=start,
            minutes=round(self.seconds / 60, 1),
            km=_rounded(self.meters, 1000, 2),
            climb=_whole(self.climb),
            descent=_whole(self.descent),
            cadence=_whole(self.cadence) or None,
            source=source,
        )


# Strava's table


def _read_table(data: bytes) -> Iterator[Recorded]:
    """Each row of Strava's `activities.csv`; raises ActivityFileError where columns are missing."""
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig")), strict=True)
    head = next(rows, [])
    # Some names stand twice: first rounded and in the reader's units, then in seconds and meters.
    columns = {name.strip(): number for number, name in enumerate(head)}
    missing = {"Activity Date", "Activity Type", "Elapsed Time", "Distance"} - columns.keys()
    if missing:
        raise ActivityFileError(
            f"its first line lacks the column {min(missing)!r}; "
            "Strava's activities.csv in English is what can be read"
        )
    for row in rows:
        if row:
            yield _recorded_row(row, columns, twice=head.count("Distance") > 1)


def _recorded_row(row: list[str], columns: Mapping[str, int], *, twice: bool) -> Recorded:
    def value(name: str) -> str:
        column = columns.get(name)
        return row[column].strip() if column is not None and column < len(row) else ""

    seconds = _number(value("Moving Time")) or _number(value("Elapsed Time"))
    distance, steps = _number(value("Distance")), _number(value("Average Cadence"))
    return Recorded(
        kind=value("Activity Type") or "run",
        start=_strava_date(value("Activity Date")),
        seconds=seconds,
        meters=distance if twice or distance is None else distance * 1000,
        climb=_number(value("Elevation Gain")),
        descent=_number(value("Elevation Loss")),
        cadence=None if steps is None else steps * 2,
    )


def _strava_date(text: str) -> datetime | None:
    for form in _STRAVA_DATES:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


# TCX and GPX


class _Elements:
    """Walks through an XML file and hands on each element's path, attributes and text.

    No part of the file is kept, so a million points take no more room than one.
    """

    def __init__(
        self,
        begun: Callable[[str, Mapping[str, str]], None],
        ended: Callable[[str, str], None],
    ) -> None:
        self._begun, self._ended = begun, ended
        self._names: list[str] = []
        self._text: list[str] = []
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append
        self._parser.StartDoctypeDeclHandler = self._refuse

    def walk(self, data: bytes) -> None:
        """Walk through a whole file."""
        self._parser.Parse(data, True)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._names) > 50:
            raise ActivityFileError("its elements are nested too deep")
        self._names.append(name.rpartition("}")[2])
        self._text.clear()
        self._begun(self._names[-1], attributes)

    def _end(self, _: str) -> None:
        text = "".join(self._text).strip()
        self._text.clear()
        self._ended("/".join(self._names[-2:]), text)
        self._names.pop()

    def _refuse(self, *_: object) -> None:
        raise ActivityFileError("it declares a document type, which no watch writes")


class _Heights:
    """Meters climbed and descended along a track, the watch's own noise left out."""

    def __init__(self) -> None:
        self.climb = self.descent = 0.0
        self._at: float | None = None

    def pass_by(self, height: float) -> None:
        """The next point of the track."""
        if self._at is None:
            self._at = height
        change = height - self._at
        if abs(change) >= _STEP:
            self.climb += max(change, 0)
            self.descent += max(-change, 0)
            self._at = height

    @property
    def known(self) -> bool:
        """Whether any height was told."""
        return self._at is not None


class _Track:
    """One recording while its file is walked through."""

    def __init__(self, kind: str) -> None:
        self._found = Recorded(kind)
        self._heights = _Heights()
        self._at: tuple[float, float] | None = None
        self._first: datetime | None = None
        self._last: datetime | None = None
        self._steps = 0.0
        self._counted = 0

    def pass_place(self, latitude: float, longitude: float) -> None:
        """The place of the next point, in degrees."""
        here = (latitude, longitude)
        if self._at is not None:
            self._found.meters = (self._found.meters or 0) + _apart(self._at, here)
        self._at = here

    def take(self, path: str, text: str) -> None:
        """An element that ended, by its name and that of the one around it."""
        take = self._TAKES.get(path)
        if take is not None:
            take(self, text)

    def done(self) -> Recorded:
        """What the track says as a whole."""
        found = self._found
        found.start = found.start or self._first
        if found.seconds is None and self._first and self._last:
            found.seconds = (self._last - self._first).total_seconds()
        if self._heights.known:
            found.climb, found.descent = self._heights.climb, self._heights.descent
        if self._counted:
            found.cadence = self._steps / self._counted
        return found

    def _take_kind(self, text: str) -> None:
        self._found.kind = text

    def _take_start(self, text: str) -> None:
        self._found.start = _moment(text)

    def _take_seconds(self, text: str) -> None:
        self._found.seconds = (self._found.seconds or 0) + (_number(text) or 0)

    def _take_meters(self, text: str) -> None:
        self._found.meters = (self._found.meters or 0) + (_number(text) or 0)

    def _take_time(self, text: str) -> None:
        self._last = _moment(text)
        self._first = self._first or self._last

    def _take_height(self, text: str) -> None:
        self._heights.pass_by(float(text))

    def _take_cadence(self, text: str) -> None:
        each_foot = _number(text)
        if each_foot:
            self._steps += each_foot * 2
            self._counted += 1

    _TAKES: ClassVar[Mapping[str, Callable[[_Track, str], None]]] = {
        "Activity/Id": _take_start,
        "Lap/TotalTimeSeconds": _take_seconds,
        "Lap/DistanceMeters": _take_meters,
        "Trackpoint/Time": _take_time,
        "Trackpoint/AltitudeMeters": _take_height,
        "TPX/RunCadence": _take_cadence,
        "trk/type": _take_kind,
        "trkpt/time": _take_time,
        "trkpt/ele": _take_height,
        "TrackPointExtension/cad": _take_cadence,
    }
    """What each element of TCX (in capitals) and of GPX means."""


def _read_tracks(data: bytes) -> Iterable[Recorded]:
    """Each activity of a TCX file, whose laps state time and distance, or track of a GPX file."""
    tracks: list[_Track] = []

    def begun(name: str, attributes: Mapping[str, str]) -> None:
        if name in ("Activity", "trk"):
            tracks.append(_Track(attributes.get("Sport", "")))
        elif name == "trkpt" and tracks:
            tracks[-1].pass_place(float(attributes["lat"]), float(attributes["lon"]))

    def ended(path: str, text: str) -> None:
        if tracks:
            tracks[-1].take(path, text)

    _Elements(begun, ended).walk(data)
    return [track.done() for track in tracks]


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Meters between two points given in degrees (haversine formula)."""
    north, east, to_north, to_east = (radians(each) for each in (*one, *other))
    half = sin((to_north - north) / 2) ** 2
    half += cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return 2 * _EARTH * asin(min(sqrt(half), 1))


# FIT


def _read_fit(data: bytes) -> Iterable[Recorded]:
    """Each session of a FIT file; fields that cannot be read are passed over."""
    try:
        import fitdecode  # noqa: PLC0415 - an extra that few installs have
    except ImportError as error:
        remedy = "FIT files need one more package: pip install 'runtall[fit]'"
        raise ActivityFileError(remedy) from error
    lenient = fitdecode.ErrorHandling.IGNORE
    strict = fitdecode.CrcCheck.RAISE
    try:
        with fitdecode.FitReader(
            io.BytesIO(data), check_crc=strict, error_handling=lenient
        ) as frames:
            return [
                _session(frame)
                for frame in frames
                if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "session"
            ]
    except (fitdecode.FitError, ArithmeticError, LookupError, TypeError, struct.error) as error:
        raise ActivityFileError("it is damaged") from error


def _session(frame: fitdecode.FitDataMessage) -> Recorded:
    def value(name: str) -> object:
        return frame.get_value(name, fallback=None)

    start, each_foot = value("start_time"), _number(value("avg_running_cadence"))
    each_foot = each_foot or _number(value("avg_cadence"))
    return Recorded(
        kind=str(value("sport") or "").replace("_", " "),
        start=start if isinstance(start, datetime) else None,
        seconds=_number(value("total_timer_time")) or _number(value("total_elapsed_time")),
        meters=_number(value("total_distance")),
        climb=_number(value("total_ascent")),
        descent=_number(value("total_descent")),
        cadence=None if each_foot is None else each_foot * 2,
    )


# Values


def _moment(text: str) -> datetime:
    """A time of XML; one without a zone is UTC, as both formats prescribe."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(value: object) -> float | None:
    """A finite number that is not negative; None for anything else."""
    try:
        number = float(value) if isinstance(value, str | int | float) else nan
    except ValueError:
        return None
    return number if 0 <= number < inf else None


def _rounded(value: float | None, unit: float, digits: int) -> float | None:
    return None if value is None else round(value / unit, digits)


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


FORMATS: Mapping[str, Callable[[bytes], Iterable[Recorded]]] = {
    ".csv": _read_table,
    ".tcx": _read_tracks,
    ".gpx": _read_tracks,
    ".fit": _read_fit,
}
"""What reads each kind of file, by the end of its name."""
