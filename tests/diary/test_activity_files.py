"""Files of watches and services: what is read from them, and what is said of bad ones."""

from __future__ import annotations

import gzip
import random
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from tui.diary.activity_files import Reading, read_paths

GPX_POINT = '<trkpt lat="{0:.6f}" lon="7.0"><ele>{1}</ele><time>2026-11-22T{2}Z</time></trkpt>'
HEAD = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,"
    "Distance,Filename,Elapsed Time,Moving Time,Distance,Elevation Gain,Elevation Loss,"
    "Average Cadence"
)


@pytest.fixture(autouse=True)
def two_days_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The files are from the past: none of them is dated ahead."""
    monkeypatch.setenv("RUNTALL_NOW", "2026-11-24T12:00:00")


def gpx(points: int = 61, kind: str = "running", day: str = "2026-11-22") -> str:
    """A track straight north, about 167 m and one minute from point to point, up and down again."""
    made = "".join(
        GPX_POINT.format(
            50 + n * 0.0015, 100 + 3 * min(n, 60 - n), f"{7 + n // 60:02}:{n % 60:02}:00"
        )
        for n in range(points)
    )
    made = made.replace("2026-11-22", day)
    return (
        '<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk><type>{kind}</type><trkseg>{made}</trkseg></trk></gpx>"
    )


def tcx(sport: str = "Running") -> str:
    """An activity of two laps, with heights and cadence."""
    point = (
        "<Trackpoint><Time>2026-11-22T07:30:00+01:00</Time><AltitudeMeters>{}</AltitudeMeters>"
        "<HeartRateBpm><Value>150</Value></HeartRateBpm>"
        "<Extensions><TPX xmlns='x'><RunCadence>86</RunCadence></TPX></Extensions></Trackpoint>"
    )
    lap = (
        "<Lap><TotalTimeSeconds>1800</TotalTimeSeconds><DistanceMeters>5000</DistanceMeters>"
        f"<Track>{point.format(100)}{point.format(120)}</Track></Lap>"
    )
    return (
        "<TrainingCenterDatabase xmlns='t'><Activities>"
        f"<Activity Sport='{sport}'><Id>2026-11-22T07:30:00+01:00</Id>{lap}{lap}</Activity>"
        "</Activities></TrainingCenterDatabase>"
    )


def row(number: int, kind: str = "Run", date: str = "Nov 22, 2026, 7:30:00 AM") -> str:
    """A row of Strava's table: kilometers first, then seconds and meters."""
    return f'{number},"{date}",Morning,{kind},,3600,10.0,x.gpx,3600,3540,10012.5,82.4,80,85.5'


def table(*rows: str) -> str:
    """Strava's table."""
    return "\n".join([HEAD, *rows]) + "\n"


def read(folder: Path, name: str, data: str | bytes) -> Reading:
    """What is read from one file."""
    file = folder / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_paths([file])


def test_strava_table(tmp_path: Path) -> None:
    """A row has its distance in meters, its time moving, and both feet's cadence."""
    found = read(tmp_path, "activities.csv", table(row(1)))
    assert found.refused == []
    (run,) = found.runs
    assert run[1:7] == ("2026-11-22T07:30:00Z", 59.0, 10.01, 82, 80, 171)


def test_gpx(tmp_path: Path) -> None:
    """A track's length is measured, and noise of the height is no climb."""
    (run,) = read(tmp_path, "run.gpx", gpx()).runs
    assert (run.start, run.minutes, run.km) == ("2026-11-22T07:00:00Z", 60.0, 10.01)
    assert (run.climb, run.descent, run.cadence) == (90, 90, None)


def test_tcx(tmp_path: Path) -> None:
    """Laps are added up; times with a zone become UTC."""
    (run,) = read(tmp_path, "run.tcx", tcx()).runs
    assert run[1:7] == ("2026-11-22T06:30:00Z", 60.0, 10.0, 40, 20, 172)


def test_packed(tmp_path: Path) -> None:
    """Files in .gz and .zip are read in memory; beside Strava's table nothing else is."""
    (run,) = read(tmp_path, "run.gpx.gz", gzip.compress(gpx().encode())).runs
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("export/activities.csv", table(row(1), row(2, "Ride")))
        packed.writestr("export/activities/1.gpx", gpx())
    found = read_paths([archive])
    assert run.km == 10.01
    assert [each.start for each in found.runs] == ["2026-11-22T07:30:00Z"]
    assert found.left_out == {"Ride": 1}


@pytest.mark.parametrize(
    "kind", ["Run", "History Run", "trail_running", "Virtual Run", "treadmill_running", ""]
)
def test_runs(tmp_path: Path, kind: str) -> None:
    """Every kind of run counts, and so does a track that states no kind."""
    assert len(read(tmp_path, "run.gpx", gpx(kind=kind)).runs) == 1


def test_other_kinds(tmp_path: Path) -> None:
    """Rides, swims and walks are counted and left out; a kind that is not known is named."""
    kinds = ["Ride", "Virtual Ride", "Swim", "Walk", "Hike", "Weight Training", "Quidditch", "Run"]
    found = read(tmp_path, "activities.csv", table(*(row(n, kind) for n, kind in enumerate(kinds))))
    assert len(found.runs) == 1
    assert found.left_out.total() == 6
    assert found.unknown == {"Quidditch": 1}


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("run.txt", "x", "it is none of .csv, .tcx, .gpx, .fit, .gz and .zip"),
        ("run.gpx", gpx(day="1989-12-31"), "it is dated 1989: the watch's clock was not set then"),
        ("run.gpx", gpx(day="2126-12-31"), "it is dated ahead, 2126-12-31"),
        ("run.gpx", gpx(points=0), "it holds no time, so no run can be read from it"),
        ("run.gpx", gpx()[:900], "it is damaged, or not what its name says"),
        ("run.gpx", "", "it is damaged, or not what its name says"),
        ("run.gpx", "<gpx/>", "no activity is in it"),
        (
            "run.gpx",
            "<!DOCTYPE gpx [<!ENTITY a 'b'>]><gpx/>",
            "it declares a document type, which no watch writes",
        ),
        ("run.gpx", "<a>" * 100, "its elements are nested too deep"),
        ("run.gpx.gz", b"\x1f\x8b nothing", "it is damaged, or not what its name says"),
        ("run.zip", b"PK nothing", "it is damaged, or not what its name says"),
        ("run.csv", "a,b\n", "its first line lacks the column 'Activity Date'"),
        ("run.csv", table(row(1, date="yesterday")), "it holds no time"),
    ],
)
def test_bad_files(tmp_path: Path, name: str, data: str | bytes, said: str) -> None:
    """A bad file gets one line, and nothing is read from it."""
    found = read(tmp_path, name, data)
    assert found.runs == []
    ((where, reason),) = found.refused
    assert where == str(tmp_path / name)
    assert reason.startswith(said)


def test_not_there(tmp_path: Path) -> None:
    """A file that is not there is named."""
    assert read_paths([tmp_path / "x.gpx"]).refused == [
        (str(tmp_path / "x.gpx"), "it is not there, or is no file")
    ]


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that would unpack to more than the bound is refused, not read whole."""
    monkeypatch.setattr("tui.diary.activity_files.LARGEST", 1 << 20)
    found = read(tmp_path, "run.gpx.gz", gzip.compress(b" " * (2 << 20)))
    assert [reason for _, reason in found.refused] == ["it is larger than 1 MB"]


def test_nothing_but_the_run_is_kept(tmp_path: Path) -> None:
    """No coordinate and no heart rate is in what a file gives."""
    kept = repr([*read(tmp_path, "a.gpx", gpx()).runs, *read(tmp_path, "b.tcx", tcx()).runs])
    assert "50.0" not in kept
    assert "150" not in kept
    assert "lat" not in kept


def test_the_same_file_twice(tmp_path: Path) -> None:
    """The same run has the same id wherever it is read."""
    one, two = read(tmp_path, "a.gpx", gpx()), read(tmp_path, "b.gpx", gpx())
    assert [each.id for each in one.runs] == [each.id for each in two.runs]


def fit(sport: int = 1) -> bytes:
    """A FIT file of one session, as the protocol defines it: sport 1 is running."""
    fields = [  # number, size, base type, struct format, value
        (2, 4, 0x86, "I", 1_164_180_600),  # start: seconds since 1989-12-31
        (8, 4, 0x86, "I", 3_600_000),  # timer time: milliseconds
        (9, 4, 0x86, "I", 1_000_000),  # distance: centimeters
        (22, 2, 0x84, "H", 82),  # ascent: meters
        (23, 2, 0x84, "H", 80),  # descent: meters
        (5, 1, 0x00, "B", sport),
        (18, 1, 0x02, "B", 85),  # cadence of one foot
    ]
    body = struct.pack("<BBBHB", 0x40, 0, 0, 18, len(fields))
    body += b"".join(struct.pack("<BBB", number, size, base) for number, size, base, *_ in fields)
    body += b"\x00" + struct.pack(
        "<" + "".join(each[3] for each in fields), *(each[4] for each in fields)
    )
    head = struct.pack("<BBHI4s", 14, 0x10, 2132, len(body), b".FIT")
    head += struct.pack("<H", crc(head))
    return head + body + struct.pack("<H", crc(head + body))


def crc(data: bytes) -> int:
    """The checksum of the FIT protocol (CRC-16/ARC)."""
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ (0xA001 if value & 1 else 0)
    return value


def test_fit(tmp_path: Path) -> None:
    """A FIT file's session is read; a ride's is counted and left out."""
    (run,) = read(tmp_path, "run.fit", fit()).runs
    assert run[1:7] == ("2026-11-21T07:30:00Z", 60.0, 10.0, 82, 80, 170)
    assert read(tmp_path, "ride.fit", fit(sport=2)).left_out == {"cycling": 1}


def test_fit_without_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package that reads FIT is not installed, it is named."""
    monkeypatch.setitem(__import__("sys").modules, "fitdecode", None)
    ((_, reason),) = read(tmp_path, "run.fit", fit()).refused
    assert reason == "FIT files need one more package: pip install 'runtall[fit]'"


@pytest.mark.parametrize("name", ["a.gpx", "a.tcx", "a.fit", "activities.csv", "a.gpx.gz", "a.zip"])
def test_mutated(tmp_path: Path, name: str) -> None:
    """Files with bytes changed, doubled or cut off are read or refused in one line, never more."""
    rng = random.Random(name)
    archive = tmp_path / "whole.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.gpx", gpx())
    whole = {
        "a.gpx": gpx().encode(),
        "a.tcx": tcx().encode(),
        "a.fit": fit(),
        "activities.csv": table(row(1), row(2)).encode(),
        "a.gpx.gz": gzip.compress(gpx().encode(), mtime=0),
        "a.zip": archive.read_bytes(),
    }[name]
    for _ in range(200):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        cut = rng.randrange(len(data)) if rng.random() < 0.3 else len(data)
        found = read(tmp_path, name, bytes(data[:cut]))
        assert all("\n" not in reason for _, reason in found.refused)
        assert all(each.minutes > 0 for each in found.runs)


def test_many_points_take_no_room(tmp_path: Path) -> None:
    """A long track is walked through, not held."""
    point = GPX_POINT.format(50, 100, "07:00:00")
    data = gpx().replace("</trkseg>", point * 10_000 + "</trkseg>").encode()
    file = tmp_path / "long.gpx"
    file.write_bytes(data)
    tracemalloc.start()
    read_paths([file])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * len(data)
