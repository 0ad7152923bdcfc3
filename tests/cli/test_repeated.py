"""`brief` and `due` asked again: the kept answer, and never a stale one."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import Run
from tui.cli import repeated


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder, named by the variable as for a prompt."""
    monkeypatch.setenv("RUNTALL_DATA", str(tmp_path / "data"))
    for name in ("RUNTALL_BOOK", "RUNTALL_NOW"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "xdg"))
    return tmp_path / "data"


def test_the_kept_answer(run: Run, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time nothing is looked up, and the answer is the same."""
    run("tick", "1", "2")
    assert run("brief").out == "2/12\n"
    assert repeated.kept_state(str(data))
    monkeypatch.setattr("tui.cli.glance._look", None)
    assert run("brief").out == "2/12\n"
    assert run("due").code == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("tick", "3"), "3/12"),
        (("undo",), "1/12"),
        (("finish", "--soreness", "4"), "0/12 | sore 4"),
        (("item", "hide", "warm-up"), "2/11"),
        (("bookmark", "hunching"), "2/12"),
        (("import", "../other.json"), "2/12 | sore 7"),
        (("sync", "../shared"), "2/12 | sore 7"),
    ],
)
def test_what_changes_the_diary_leaves_the_answer(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch, change: tuple[str, ...], said: str
) -> None:
    """After a change, too, nothing is looked up: what made it left the answers as they are now."""
    other, shared = ("--data", str(data.with_name("other"))), data.with_name("shared")
    shared.mkdir()
    run("finish", "--soreness", "7", *other)
    run("export", str(data.with_name("other.json")), *other)
    run("sync", str(shared), *other)
    run("tick", "1")
    run("tick", "2")
    run("brief")
    monkeypatch.chdir(data)
    assert run(*change).code == 0
    monkeypatch.setattr("tui.cli.glance._look", None)
    assert run("brief").out == f"{said}\n"
    file = data / repeated.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert run("due").code == 0


def test_answers_are_left_where_some_were_asked_for(run: Run, data: Path) -> None:
    """Nothing is kept for one who asks for no answers, nor after all was erased."""
    run("tick", "1")
    assert not (data / repeated.FILE).exists()
    run("brief", "--private")
    assert not (data / repeated.FILE).exists()
    run("brief")
    assert (data / repeated.FILE).exists()
    before = (data / repeated.FILE).read_text()
    run("tick", "2", "--private")
    assert (data / repeated.FILE).read_text() == before
    run("erase", "--yes")
    assert not (data / repeated.FILE).exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda run, _: run("tick", "3"),
        lambda run, _: run("finish", "--soreness", "4"),
        lambda run, _: run("erase", "--yes"),
        lambda _, data: (data / repeated.FILE).write_text("of another day\n\n9/12\n\n"),
        lambda _, data: (data / repeated.FILE).write_bytes(b"\xff"),
    ],
)
def test_never_stale(run: Run, data: Path, change: Callable[[Run, Path], object]) -> None:
    """Whatever changes the diary, the answer is a new one."""
    run("tick", "1", "2")
    run("brief")
    change(run, data)
    kept = run("brief").out
    assert kept == run("brief", "--data", str(data)).out
    assert "9/12" not in kept


@pytest.mark.usefixtures("data")
def test_another_day(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """On another day the answer is asked for anew; a book of one's own never repeats ours."""
    run("tick", "1")
    run("brief")
    with monkeypatch.context() as earlier:
        earlier.setattr("tui.cli.repeated.time.time", lambda: 0.0)
        assert repeated.repeat("brief") is None
    assert repeated.repeat("brief") == 0
    monkeypatch.setenv("RUNTALL_BOOK", "/elsewhere")
    assert repeated.repeat("brief") is None


@pytest.mark.usefixtures("data")
def test_loads_nothing(run: Run) -> None:
    """A repeated answer imports no module of ours but its own, and none that takes long."""
    run("tick", "1")
    run("brief")
    code = (
        "import sys; before = {*sys.modules}; from tui.cli.main import main; main(['brief']);"
        "print(*sorted({*sys.modules} - before))"
    )
    asked = subprocess.run(
        (sys.executable, "-c", code), check=True, capture_output=True, text=True
    ).stdout.splitlines()
    assert asked[0] == "1/12"
    assert {each for each in asked[1].split() if each.startswith("tui")} == {
        *("tui", "tui.cli", "tui.cli.main", "tui.cli.repeated")
    }
    assert not {"json", "re", "sqlite3", "pathlib", "argparse"} & {*asked[1].split()}
