"""`sync`: the folder is named once, and what went wrong is said in a line each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.machines import Ask, on_machines
from tests.cli.running import Run


@pytest.fixture
def ask(tmp_path: Path, run: Run) -> Ask:
    return on_machines(tmp_path, run)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "shared"
    made.mkdir()
    return made


def test_two_machines(ask: Ask, folder: Path) -> None:
    """Open ticks and filed runs travel; the folder need not be named again; `finish` syncs."""
    ask("tick", "hands")
    assert ask("sync", str(folder)).code == 0
    assert "1 new" in ask("sync", str(folder), machine="there").out
    assert "1 of 12" in ask("check", machine="there").out
    ask("finish", "--soreness", "3", machine="there")
    assert ask("sync").code == 0
    assert "3" in ask("diary", "show", "1").out
    assert "0 of 12" in ask("check").out


@pytest.mark.parametrize(
    "words",
    [
        ("try", "hands"),
        ("finish", "--date", "yesterday", "--soreness", "2"),
        ("log", "a.tcx"),
    ],
)
def test_what_is_kept_travels(
    ask: Ask, folder: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An experiment, a run of an earlier day and recorded runs leave with the command that keeps them."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr("tui.cli.checklist.SYNC_WAIT", 20)
    monkeypatch.setattr("tui.cli.experiment.SYNC_WAIT", 20)
    monkeypatch.setattr("tui.cli.log.SYNC_WAIT", 20)
    (folder / "a.tcx").write_text(
        '<TrainingCenterDatabase><Activities><Activity Sport="Running"><Id>2024-11-10T07:00:00Z</Id>'
        '<Lap StartTime="2024-11-10T07:00:00Z"><TotalTimeSeconds>1800</TotalTimeSeconds>'
        "<DistanceMeters>5000</DistanceMeters></Lap></Activity></Activities></TrainingCenterDatabase>"
    )
    ask("tick", "hands")
    ask("sync", str(folder))
    before = [each.read_bytes() for each in folder.glob("*.json")]
    assert ask(*words).code == 0
    assert [each.read_bytes() for each in folder.glob("*.json")] != before


def test_what_cannot_be_merged(ask: Ask, folder: Path) -> None:
    """A foreign file is named beside the answer, and the command goes on."""
    (folder / "package.json").write_text("{}")
    ask("tick", "hands")
    answer = ask("sync", str(folder))
    assert answer.code == 0
    assert answer.err.startswith("runtall: skipped package.json: ")
    assert len(answer.err.splitlines()) == 1


def test_without_a_folder(ask: Ask, folder: Path) -> None:
    """Where none is known, none is there, or none is wanted, it says what to do."""
    assert ask("sync").code == 2
    assert ask("sync", str(folder / "gone")).code == 2
    assert ask("sync", str(folder), "--private").code == 2
    ask("tick", "hands")
    ask("sync", str(folder))
    assert ask("sync", "--stop").code == 0
    assert ask("sync").code == 2
