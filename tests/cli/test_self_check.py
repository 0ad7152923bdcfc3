"""`self-check` in the shell: all answers at once, or line by line."""

import io
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.running import Answer, Run
from tests.small_book import write_book
from tui.handbook.loading import OWN_BOOK

EXAMPLES = {
    "new vest": ("aacaazzzzebaba", "gear 15, arms 5, posture 3, breath 2, front 2, strength 2, load 1", "gear arms", False),
    "desk worker": ("cbefzzbzzzcbba", "front 16, posture 6, strength 4, gear 1, stride 1", "front posture", False),
    "slumps late": ("bbfazzdzzzacba", "strength 15, posture 7, load 4, front 2, gear 1, arms 1, stride 1", "strength posture", False),
    "shrugs in the cold": ("a a a d z ab z z z f a a a a", "arms 18, gear 3, breath 3, load 1, posture 1", "arms", False),
    "overstrides": ("a b d c z c z abc z b a a b a", "stride 15, arms 4, posture 4, breath 4, gear 3, load 2, front 2, strength 2", "stride", False),
    "first long race": ("dbfazzzzzaabaa", "load 11, strength 8, posture 3, front 2, stride 1", "load strength", False),
    "stitch": ("a e d c z z z z ab z a a a a", "breath 15, stride 4, arms 3, gear 2, posture 1", "breath", False),
    "folds uphill": ("a b b b z z ac z z z a a b a", "posture 15, gear 3, arms 2, front 2, strength 2, stride 1, breath 1", "posture", False),
    "one rib spot": ("bfggzzzzzaaaca", "", "", True),
    "arm tingling": ("caadzazzczbaac", "", "", True),
    "eases on slowing": ("ccdgzzzzzzaaaa", "gear 3, breath 3, front 3, arms 2, posture 1, stride 1, strength 1, medical 1", "", False),
}  # fmt: skip
"""Readers: their answers to the 14 questions, all points, the causes named, whether to see somebody."""


def answers(letters: str) -> str:
    """The answers as the option takes them; `ab` is a and b where they stand apart."""
    given = letters.split() if " " in letters else list(letters)
    numbered = (f"q{number}={','.join(each)}" for number, each in enumerate(given, 1))
    return " ".join(["q0=z", "q0b=z", *numbered])


def asked(run: Run, monkeypatch: pytest.MonkeyPatch, text: str, *words: str) -> Answer:
    """The self-check, answered line by line."""
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    return run("self-check", *words)


@pytest.mark.parametrize("reader", EXAMPLES)
def test_worked_examples(run: Run, reader: str) -> None:
    """Eleven readers get the points, the causes and the plans that were worked out for them."""
    letters, points, causes, medical = EXAMPLES[reader]
    answer = run("self-check", "--json", "--answers", answers(letters))
    result = json.loads(answer.out)
    parts = points.split(", ") if points else []
    expected = {name: int(number) for name, number in map(str.split, parts)}
    assert answer.code == 0
    assert {name: number for name, number in result["all"].items() if number} == expected
    assert [cause["id"] for cause in result["causes"]] == causes.split()
    assert [plan["cause"] for plan in result["plan"]] == causes.split()
    assert (result["level"], result["medical"]) == ("BOOK" if medical else "SELF", medical)


def test_for_programs(run: Run) -> None:
    """The JSON has the fixed shape."""
    result = json.loads(run("self-check", "--json", "--answers", answers("aacaazzzzebaba")).out)
    assert list(result) == ["level", "red_flags", "medical", "causes", "all", "plan"]
    assert [list(each) for each in result["causes"]] == [["id", "title", "points", "max"]] * 2
    assert [list(each) for each in result["plan"]] == [
        ["cause", "first", "sections", "exercises"]
    ] * 2


def test_now_gives_no_causes(run: Run) -> None:
    """A sign for now is all that is answered: no cause, no plan; the exit code says so."""
    answer = run("self-check", "--json", "--answers", "q0=a,e q1=b q10=a")
    result = json.loads(answer.out)
    assert answer.code == 4
    assert (result["level"], result["causes"], result["plan"]) == ("NOW", [], [])
    assert len(result["red_flags"]) == 2
    text = run("self-check", "--answers", "q0=a q1=b").out
    assert text.startswith("Stop. Call your emergency number now.")
    assert "Where to start" not in text


def test_today_gives_only_care(run: Run) -> None:
    """A sign for today says not to run and where to go, and nothing of causes; the code says so."""
    answer = run("self-check", "--answers", answers("aacaazzzzebaba").replace("q0=z", "q0=e"))
    assert answer.code == 5
    assert answer.out.startswith("Get medical care today. Do not run.")
    assert "Keep still if the spine hurts" in answer.out
    assert "1. " not in answer.out


def test_to_book_says_whom_to_see(run: Run) -> None:
    """What should be checked says whom to see, what to stop, and what to bring."""
    answer = run("self-check", "--answers", answers("bfggzzzzzaaaca"))
    assert answer.code == 0
    assert answer.out.startswith("Get it checked first")
    said = " ".join(answer.out.split())
    for expected in ("stop running, rowing, and heavy lifting", "What to bring", "Who to see"):
        assert expected in said


def test_groups_that_were_not_asked(run: Run) -> None:
    """Answers that leave out who the reader is get the way to the groups."""
    assert "You did not say who you are" in run("self-check", "--answers", "q0=e").out
    assert "You did not say who you are" not in run("self-check", "--answers", "q0=e q0b=z").out


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("q1=b", "q0"),
        ("", "q0"),
        ("q0=z,a", "z"),
        ("q0=z q99=a", "q99"),
        ("q0=z q1=x", "“x”"),
        ("q0=z q1=a,b", "q1"),
        ("q0=z nonsense", "nonsense"),
        ("q0=z q1=", "q1"),
        ("q0=z q0=a", "q0"),
        ("q0=z \x1b[31m", "answers nothing"),
    ],
)
def test_wrong_answers(run: Run, given: str, named: str) -> None:
    """Answers that do not fit are bad usage: one line that names what is wrong."""
    answer = run("self-check", "--answers", given)
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert named in answer.err
    assert "\x1b" not in answer.err


def test_answers_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--answers -` reads them from standard input."""
    answer = asked(run, monkeypatch, "q0=z\nq1=b\n", "--answers", "-", "--json")
    assert json.loads(answer.out)["level"] == "SELF"


def test_line_by_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The questions take the same letters; an empty line skips, and a wrong one is asked again."""
    letters = "a a c a,c a z z z z  b a b a"
    answer = asked(run, monkeypatch, "\nx\nz\n\nz\n" + letters.replace(" ", "\n") + "\n")
    assert answer.code == 0
    assert answer.out.count("Before anything else") == 1
    assert "q0 has no answer “x”" in answer.out
    assert "1 of 14. " in answer.out
    assert "14 of 14. " in answer.out
    assert "Because you said: " in answer.out


def test_line_by_line_ends_with_now(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a sign for now nothing more is asked."""
    answer = asked(run, monkeypatch, "a\na\na\n")
    assert "Stop. Call your emergency number now." in answer.out
    assert "1 of 14" not in answer.out


def test_line_by_line_ends_with_today(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a sign for today only the groups are asked for, which may make it more urgent."""
    answer = asked(run, monkeypatch, "e\nz\na\n")
    assert answer.code == 5
    assert "Get medical care today" in answer.out
    assert "1 of 14" not in answer.out
    raised = asked(run, monkeypatch, "e\nn\n")
    assert raised.code == 4
    assert "More urgent for you: You take blood thinners." in raised.out


@pytest.mark.parametrize("text", ["", "q\n", "z\nq\n", "z\n\n"])
def test_leaving_in_the_middle(run: Run, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """`q`, or the end of input, leaves without a result."""
    answer = asked(run, monkeypatch, text)
    assert (answer.code, answer.err) == (0, "")
    assert "Where to start" not in answer.out


def test_line_by_line_for_programs(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `--json` the questions stand on standard error, so that the answer is only JSON."""
    answer = asked(run, monkeypatch, "z\nz\n" + "\n" * 14, "--json")
    assert json.loads(answer.out)["level"] == "SELF"
    assert "14 of 14. " in answer.err


def test_a_book_without_one(run: Run, tmp_path: Path) -> None:
    """A book without a self-check says so in one line."""
    answer = run("self-check", "--book", str(write_book(tmp_path / "book")))
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)
    assert "no self-check" in answer.err


def test_a_broken_one(run: Run, tmp_path: Path) -> None:
    """A self-check that is wrong is said with its file and what to mend."""
    book = tmp_path / "book"
    shutil.copytree(OWN_BOOK, book)
    file = book / "self-check.toml"
    file.write_text(file.read_text().replace("max = 21", "max = 22"))
    answer = run("self-check", "--book", str(book), "--answers", "q0=z")
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert f"{file}: cause load: max is 22" in answer.err
