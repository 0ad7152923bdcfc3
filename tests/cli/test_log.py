"""`log`: runs from a watch's files, kept once, with nothing that tells where they were."""

from __future__ import annotations

import gzip
import io
import json
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.machines import Ask, on_machines, runs_in
from tests.cli.running import Run
from tui.diary.diary import open_diary

POINT = '<trkpt lat="{lat:.6f}" lon="7.123456"><ele>100</ele><time>{at:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>'
MOST_SECONDS = 30


def gpx(start: datetime, kind: str = "running", points: int = 20) -> str:
    """A track straight north, a point a minute, 167 m apart."""
    made = "".join(
        POINT.format(lat=50.987654 + 0.0015 * n, at=start + timedelta(minutes=n))
        for n in range(points)
    )
    return f"<gpx><trk><type>{kind}</type><trkseg>{made}</trkseg></trk></gpx>"


@pytest.fixture
def ask(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setenv("RUNTALL_NOW", "2026-11-24T12:00:00")
    return on_machines(tmp_path, run)


def saved(folder: Path, name: str, text: str) -> str:
    """A file to log."""
    (folder / name).write_text(text)
    return str(folder / name)


def test_new_and_same(ask: Ask, tmp_path: Path) -> None:
    """A run is kept once, whichever file it comes from; what has no soreness is listed."""
    start = datetime(2026, 11, 22, 7, tzinfo=UTC)
    watch = saved(tmp_path, "watch.gpx", gpx(start))
    phone = saved(tmp_path, "phone.gpx", gpx(start + timedelta(seconds=90)))
    said = ask("log", watch)
    assert (said.code, said.err) == (0, "")
    assert said.lines[:2] == [
        "1 run new, 0 already here.",
        "1 run without soreness; `runtall finish --date DAY` files one:",
    ]
    assert said.lines[2].startswith("  Nov 22, 2026, 3.17 km, 19 min")
    assert ask("log", phone, watch).lines[0] == "0 runs new, 2 already here."


def test_a_filed_run_has_what_was_recorded(ask: Ask, tmp_path: Path) -> None:
    """Distance and the like show with the run within three hours, unless the reader gave them."""
    ask("finish", "--date", "2026-11-22T08:00", "--soreness", "3", "--minutes", "21")
    start = datetime(2026, 11, 22, 7, 30).astimezone(UTC)
    said = ask("log", saved(tmp_path, "a.gpx", gpx(start)))
    assert said.lines == ["1 run new, 0 already here."]
    (run,) = runs_in(ask("diary", "--json"))
    assert (run["km"], run["minutes"], run["soreness"]) == (3.17, 21, 3)


def test_what_recorded_runs_say_of_the_next(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One's own number stands in the item about distance; a run shown whole has what was recorded."""
    ask("finish", "--date", "2026-11-22T08:00", "--soreness", "3")
    start = datetime(2026, 11, 22, 7, 30).astimezone(UTC)
    saved(tmp_path, "a.gpx", gpx(start))
    ask("log", str(tmp_path / "a.gpx"))
    number = "(longest: 3.17 km on Nov 22; 10% more is 3.5 km)"
    assert number in " ".join(ask("check").out.split())
    assert "3.17 km, 19 min" in ask("diary", "show", "1").out
    ask("diary", "edit", "1", "--note", "flat")
    with open_diary(tmp_path / "here") as diary:
        assert [run.km for run in diary.runs.every()] == [None]
    ask("diary", "edit", "1", "--soreness", "5")
    assert "longest:" not in ask("check").out
    monkeypatch.setenv("RUNTALL_NOW", "2026-12-23T12:00:00")
    for words in ("diary", "check"):
        assert "The last run was 31 days ago. See “Getting back after a flare”." in ask(words).lines


def test_what_is_left_out_is_named(ask: Ask, tmp_path: Path) -> None:
    """Rides are counted, unknown kinds named, bad files refused in a line each."""
    start = datetime(2026, 11, 22, 7, tzinfo=UTC)
    said = ask(
        "log",
        saved(tmp_path, "ride.gpx", gpx(start, "cycling")),
        saved(tmp_path, "odd.gpx", gpx(start, "quid\x7fditch")),
        saved(tmp_path, "cut.gpx", gpx(start)[:200]),
        saved(tmp_path, "b\x1bad.txt", ""),
        str(tmp_path / "absent.gpx"),
    )
    assert said.code == 0
    assert "Left out, no runs: 1 cycling." in said.lines
    assert any(line.startswith("Left out, kinds not known here: 1 quid") for line in said.lines)
    assert said.err.count("\n") == 3
    assert "\x1b" not in said.err + said.out
    assert "Refused: 3." in said.lines


def test_nothing_but_refused(ask: Ask, tmp_path: Path) -> None:
    """Where nothing could be read, the exit code says so."""
    said = ask("log", saved(tmp_path, "a.gpx", "no"))
    assert (said.code, said.err.count("\n")) == (2, 1)


def test_private(ask: Ask, tmp_path: Path) -> None:
    """With `--private` nothing is kept, and that is said."""
    assert ask("log", str(tmp_path), "--private").code == 2


def test_an_export_of_1100_files(ask: Ask, tmp_path: Path) -> None:
    """Within half a minute; a second time nothing is new; the diary holds no place."""
    start = datetime(2021, 1, 1, 7, tzinfo=UTC)
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        for number in range(1100):
            data = io.BytesIO()
            with gzip.open(data, "wb") as packed:
                packed.write(gpx(start + timedelta(days=number)).encode())
            archive.writestr(f"activities/{number}.gpx.gz", data.getvalue())
    began = time.perf_counter()
    first = json.loads(ask("log", str(tmp_path / "export.zip"), "--json").out)
    assert time.perf_counter() - began < MOST_SECONDS
    assert (len(first["new"]), first["same"], first["refused"]) == (1100, 0, [])
    again = json.loads(ask("log", str(tmp_path / "export.zip"), "--json").out)
    assert (again["new"], again["same"]) == ([], 1100)
    for file in (tmp_path / "here").iterdir():
        held = file.read_bytes()
        assert not any(sign in held for sign in (b"lat", b"50.98", b"50.99", b"7.123456"))
