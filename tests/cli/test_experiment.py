"""`try`: begun by a coin, followed by the checklist, ended by danger, judged once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.machines import Ask, on_machines, type_in
from tests.cli.running import Run
from tui.diary.diary import open_diary
from tui.diary.model import Experiment


@pytest.fixture
def ask(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setenv("RUNTALL_NOW", "2026-11-22T20:00:00")
    return on_machines(tmp_path, run)


def kept(tmp_path: Path) -> Experiment:
    """The newest experiment on the disk."""
    with open_diary(tmp_path / "here") as diary:
        return diary.experiments.every()[0]


def follow(ask: Ask, tmp_path: Path, soreness: dict[bool, int], runs: int = 12) -> str:
    """File so many runs as sore as they are with the change and without; what the last one said."""
    said = ""
    for number in range(runs):
        changed = kept(tmp_path).sequence[number]
        said = ask("finish", "--soreness", str(soreness[changed])).out
    return said


def test_the_checklist_says_what_today_is(ask: Ask, tmp_path: Path) -> None:
    """With or without, as the coin fell; each pair holds one of both."""
    said = ask("try", "hands").out
    sequence = kept(tmp_path).sequence
    assert all(sequence[at] is not sequence[at + 1] for at in range(0, 12, 2))
    today = "with" if sequence[0] else "without"
    assert f"Today: {today}." in said
    assert "half the time, or less" in said
    assert f"(Today: {today})" in " ".join(ask("check").out.split())
    items = json.loads(ask("check", "--json").out)["items"]
    assert [item["today"] for item in items if item["today"]] == [today]


@pytest.mark.parametrize(
    ("soreness", "words"),
    [
        ({True: 2, False: 4}, "Likely helped you (6 better, 0 worse). By luck alone"),
        ({True: 3, False: 3}, "No clear difference."),
        ({True: 4, False: 2}, "Looks worse (6 worse, 0 better). Stop it."),
    ],
)
def test_verdict(ask: Ask, tmp_path: Path, soreness: dict[bool, int], words: str) -> None:
    """It comes once, after the twelfth run, and shows every pair; the diary keeps it."""
    ask("try", "hands")
    assert ">" not in follow(ask, tmp_path, soreness, 1)
    said = ""
    for number in range(1, 12):
        changed = kept(tmp_path).sequence[number]
        said = ask("finish", "--soreness", str(soreness[changed])).out
    assert words in said
    assert said.count(f"{soreness[False]}>{soreness[True]}") == 6
    assert words in ask("diary").out
    assert "Today" not in ask("check").out


def test_two_sore_runs_end_it(ask: Ask, tmp_path: Path) -> None:
    """Soreness of 5 or more, twice, ends it without a verdict."""
    ask("try", "hands")
    said = follow(ask, tmp_path, {True: 5, False: 5}, 2)
    assert "over (soreness of 5 or more, twice), no verdict" in said


def test_a_danger_sign_ends_it(ask: Ask, tmp_path: Path) -> None:
    """The reader's own answer ends it, and leads to the red flags."""
    ask("try", "hands")
    said = ask("finish", "--danger-sign").out
    assert "a danger sign came" in said
    assert "runtall red-flags" in said
    assert kept(tmp_path).ended is not None


def test_a_run_that_could_not_follow_is_marked(ask: Ask, tmp_path: Path) -> None:
    """It is not moved, and its pair does not count."""
    ask("try", "hands")
    ask("finish", "--soreness", "2", "--could-not-follow")
    ask("finish", "--date", "yesterday", "--soreness", "2")
    experiment = kept(tmp_path)
    assert experiment.unable == experiment.runs
    assert len(experiment.runs) == 1


@pytest.mark.parametrize(
    ("answers", "ended_unable"),
    [("n\ny", (False, False)), ("n\nn", (False, True)), ("y", (True, False))],
)
def test_a_reader_at_a_terminal_is_asked(
    ask: Ask,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answers: str,
    ended_unable: tuple[bool, bool],
) -> None:
    """Whether a danger sign came, and else whether the run followed; without an experiment neither."""
    ask("try", "hands")
    monkeypatch.setattr("tui.cli.checklist.on_a_terminal", lambda: True)
    type_in(monkeypatch, f"y\n3\n\n{answers}\n")
    said = ask("finish")
    assert ("Was it so?" in said.err) is not ended_unable[0]
    assert (kept(tmp_path).ended is not None, bool(kept(tmp_path).unable)) == ended_unable


def test_one_at_a_time(ask: Ask) -> None:
    """A second one is refused until the first is stopped, and the first stays in the diary."""
    ask("try", "hands")
    assert ask("try", "tall").code == 2
    assert ask("try", "--stop").code == 0
    assert ask("try", "tall").code == 0
    assert ask("try").out.count("\n") == 2
    assert ask("export").out.count('"sequence"') == 2


def test_undo_of_a_finish(ask: Ask, tmp_path: Path) -> None:
    """It takes the run back out of the experiment, which asks the same of the next one."""
    ask("try", "hands")
    before = kept(tmp_path)
    ask("finish", "--soreness", "2", "--danger-sign")
    assert kept(tmp_path).ended is not None
    ask("undo")
    assert kept(tmp_path)._replace(changed="") == before._replace(changed="")
    assert "0 of 12 runs" in ask("try").out


def test_runs_left_out_of_the_table_still_count(ask: Ask, tmp_path: Path) -> None:
    """`--since` and `--grep` choose the runs of the table, never those of an experiment."""
    ask("try", "hands")
    follow(ask, tmp_path, {True: 2, False: 4})
    for form in ((), ("--sheet",), ("--markdown",)):
        words = " ".join(ask("diary", *form, "--since", "2026-11-22").out.split())
        assert words.replace("\\", "").count("4>2") == 6


def test_a_note_is_made_once_and_can_be_ended(ask: Ask, tmp_path: Path) -> None:
    """A baseline noted twice is refused; ended, it stays in the diary, and may be noted anew."""
    ask("try", "upper-back")
    assert (ask("try", "upper-back").code, ask("try", "--stop", "nonsense").code) == (2, 2)
    assert ask("try", "--stop", "upper-back").code == 0
    assert kept(tmp_path).why_ended == "stopped by you"
    assert ask("try", "upper-back").code == 0
    assert ask("try", "--stop").code == 0
    assert ask("try").out.count("\n") == 2


def test_danger_signs_stand_on_the_sheet(ask: Ask) -> None:
    """The reader's own answer is kept with the run, for whoever reads the page."""
    assert "Sign of danger on a run: none noted" in ask("finish").out + ask("diary", "--sheet").out
    ask("finish", "--danger-sign")
    said = " ".join(ask("diary", "--sheet").out.split())
    assert "Sign of danger on a run, by the runner's own answer: Nov 22, 2026." in said
    assert "came on this run" in ask("diary", "show", "1").out + ask("diary", "show", "2").out
    for number in ("1", "2"):
        assert ask("diary", "edit", number, "--danger-sign", "no").code == 0
    assert "none noted" in ask("diary", "--sheet").out


def test_strength_is_looked_at_again(ask: Ask, tmp_path: Path) -> None:
    """What needs weeks gets a date and no verdict."""
    assert "look again on 2027-01-17" in ask("try", "upper-back").out
    assert kept(tmp_path).sequence == ()


@pytest.mark.parametrize("item", ["warm-up", "no-red-flags", "score", "nonsense"])
def test_never_safety_nor_warm_up(ask: Ask, item: str) -> None:
    """Only items that the book marks may be tried."""
    said = ask("try", item)
    assert (said.code, said.err.count("\n")) == (2, 1)


def test_only_the_cause_of_a_self_check_is_kept(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the date on which to ask again, never an answer; asked again, the note is closed."""
    answers = ("self-check", "--answers", "q0=z q1=a q2=a q3=c q4=a q5=a q10=e q11=b q12=a q13=b")
    assert "is kept" not in ask(*answers).err
    assert "kept, to be asked again" in ask(*answers, "--keep").err
    assert "is noted already" in ask(*answers, "--keep").err
    assert "nothing is kept" in ask("self-check", "--answers", "q0=a", "--keep").err
    assert ask(*answers, "--keep", "--private").code == 2
    assert "ask it again on 2026-12-06" in ask("diary").out + ask("try").out
    note = kept(tmp_path)
    assert (note.item, note.cause, note.look_again) == ("", "gear", "2026-12-06")
    assert "q13" not in ask("export").out
    ask(*answers)
    assert kept(tmp_path).ended is None
    monkeypatch.setenv("RUNTALL_NOW", "2026-12-06T20:00:00")
    ask(*answers)
    assert kept(tmp_path).why_ended == "looked at again"
