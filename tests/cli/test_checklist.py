"""`check`, `tick`, `untick` and `finish`: words in, text or JSON and an exit code out."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.small_book import write_book
from tui.cli.main import main
from tui.diary.clock import now
from tui.diary.diary import open_diary
from tui.diary.model import Run

SUMMARY = """# Summary

# Part

- [One](one.md)
- [Before](checklists/before.md)
- [After](checklists/after.md)
"""
BEFORE = """# Before

- [ ] **No red flag.** [One](../one.md) <!-- id: gate -->
- [ ] **Hands soft.** Fists pull. <!-- id: hands -->
- [ ] **Warm-up done.** <!-- id: warm-up -->
"""
AFTER = "# After\n\n- [ ] **Dry layer on.** <!-- id: dry -->\n"
SETTINGS = '[roles]\nchecklist = "before"\ngate_item = "gate"\nred_flags = "one"\n'


@pytest.fixture(autouse=True)
def own_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book with two lists, and a data directory for this test alone."""
    files = {
        "SUMMARY.md": SUMMARY,
        "checklists/before.md": BEFORE,
        "checklists/after.md": AFTER,
        "runtall.toml": SETTINGS,
    }
    monkeypatch.setenv("RUNTALL_BOOK", str(write_book(tmp_path / "book", files)))
    monkeypatch.setenv("RUNTALL_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(sys, "stdin", io.StringIO())


def boxes(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """The state of each item of a list, as `check` prints it."""
    capsys.readouterr()
    main(["check", *words])
    return re.findall(r"^ *[0-9]+ (\[.\])", capsys.readouterr().out, re.MULTILINE)


def runs(tmp_path: Path) -> tuple[Run, ...]:
    with open_diary(tmp_path / "data") as diary:
        return diary.runs.every()


def test_check_lists_the_items_with_their_ids(capsys: pytest.CaptureFixture[str]) -> None:
    """`check` shows each item, how to name it, and says by its exit code that some are open."""
    assert main(["check"]) == 1
    assert capsys.readouterr().out == (
        "Before: 0 of 3\n\n"
        "1 [ ] gate     No red flag\n"
        "2 [ ] hands    Hands soft\n"
        "3 [ ] warm-up  Warm-up done\n"
    )


def test_tick_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """A tick is there for the next command; several can be given at once."""
    assert main(["tick", "hands", "warm-up"]) == 0
    assert boxes(capsys) == ["[ ]", "[x]", "[x]"]


def test_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    """An item may be named by the number that the list shows; a number beyond it names none."""
    assert main(["tick", "2", "before/3"]) == 0
    assert boxes(capsys) == ["[ ]", "[x]", "[x]"]
    assert main(["tick", "4"]) == 1
    assert "hands" in capsys.readouterr().err


def test_skip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An item is skipped with a reason, which the filed run keeps."""
    assert main(["skip", "warm-up", "--reason", "late"]) == 0
    assert boxes(capsys) == ["[ ]", "[ ]", "[-]"]
    main(["finish"])
    (run,) = runs(tmp_path)
    assert run.skipped == {"before/warm-up": "late"}


def test_not_for_me(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not for the reader counts nowhere: not ticked, not skipped, not left; it can come back."""
    main(["tick", "hands"])
    assert main(["item", "hide", "hands"]) == 0
    assert boxes(capsys) == ["[ ]", "[ ]"]
    assert main(["tick", "hands"]) == 2
    assert "item show hands" in capsys.readouterr().err
    main(["finish"])
    (run,) = runs(tmp_path)
    assert "before/hands" not in {*run.ticked, *run.skipped, *run.left}
    assert main(["item", "show", "hands"]) == 0
    assert len(boxes(capsys)) == 3


def test_not_for_me_is_offered_at_first_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Until a run is filed `check` says how to leave out what not everyone has."""
    page = tmp_path / "book/checklists/before.md"
    page.write_text(BEFORE.replace("id: hands -->", "id: hands --> <!-- may not apply -->"))
    main(["check"])
    assert "Not for you: hands? (`runtall item hide ITEM`)" in capsys.readouterr().out
    main(["finish"])
    main(["check"])
    assert "Not for you" not in capsys.readouterr().out


def test_danger_is_for_everyone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The gate cannot be hidden, and where an earlier version let it be, it shows again."""
    assert main(["item", "hide", "gate"]) == 2
    assert "signs of danger" in capsys.readouterr().err
    with open_diary(tmp_path / "data") as diary:
        diary.lists.hide("before/gate")
    assert len(boxes(capsys)) == 3


def test_own_items(capsys: pytest.CaptureFixture[str]) -> None:
    """Own items are added, edited and removed; the book's can be neither edited nor removed."""
    assert main(["item", "add", "Dog", "fed"]) == 0
    assert main(["item", "edit", "4", "Dog", "walked"]) == 0
    assert main(["tick", "dog walked"]) == 0
    assert boxes(capsys) == ["[ ]", "[ ]", "[ ]", "[x]"]
    assert main(["item", "remove", "dog"]) == 0
    assert len(boxes(capsys)) == 3
    assert main(["item", "remove", "hands"]) == 2
    assert main(["item", "edit", "hands", "x"]) == 2
    assert main(["item", "add", " "]) == 2


def test_undo_and_redo(capsys: pytest.CaptureFixture[str]) -> None:
    """Acts of earlier commands are taken back, the newest first, named, and done again."""
    main(["tick", "hands"])
    main(["skip", "warm-up"])
    capsys.readouterr()
    assert main(["undo"]) == 0
    assert capsys.readouterr().out == "Undone: skip of “Warm-up done”.\n"
    assert main(["undo"]) == 0
    assert boxes(capsys) == ["[ ]", "[ ]", "[ ]"]
    assert main(["undo"]) == 1
    assert main(["redo"]) == 0
    assert boxes(capsys) == ["[ ]", "[x]", "[ ]"]
    main(["tick", "warm-up"])
    assert main(["redo"]) == 1


def test_undo_of_a_filing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run filed by mistake is open again; a removed one comes back."""
    main(["tick", "hands"])
    main(["finish", "--note", "easy"])
    assert main(["diary", "remove", "1"]) == 0
    assert main(["undo"]) == 0
    assert [run.note for run in runs(tmp_path)] == ["easy"]
    assert main(["undo"]) == 0
    assert runs(tmp_path) == ()
    assert boxes(capsys) == ["[ ]", "[x]", "[ ]"]


def test_undo_of_what_changed_since(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An act is not undone where its record is another since, as by an import."""
    main(["tick", "hands"])
    acts = (tmp_path / "data/diary.undo").read_bytes()
    main(["untick", "hands"])
    (tmp_path / "data/diary.undo").write_bytes(acts)
    capsys.readouterr()
    assert main(["undo"]) == 3
    assert capsys.readouterr().out == ""


def test_undo_is_of_today(tmp_path: Path) -> None:
    """What is older than a day is not undone, and its file goes."""
    yesterday = now() - timedelta(hours=25)
    with open_diary(tmp_path / "data", clock=lambda: yesterday) as diary:
        diary.lists.tick("before/hands")
    os.utime(tmp_path / "data/diary.undo", (yesterday.timestamp(),) * 2)
    assert main(["undo"]) == 1
    assert not (tmp_path / "data/diary.undo").exists()


@pytest.mark.parametrize("kept", [b"", b"[]", b'{"done":[{}],"undone":[]}', b"\xff", b"{" * 10**5])
def test_a_strange_file_of_acts(kept: bytes, tmp_path: Path) -> None:
    """A file of acts that is not whole is no act, and is written anew."""
    main(["tick", "hands"])
    (tmp_path / "data/diary.undo").write_bytes(kept)
    assert main(["undo"]) == 1
    main(["tick", "warm-up"])
    assert main(["undo"]) == 0


def test_words_that_finish_did_not_ask_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Input that no option asks for is refused, not lost; a pipe that says nothing is none."""
    for text, code in (("3\n", 2), ("", 0)):
        reading, writing = os.pipe()
        os.write(writing, text.encode())
        with os.fdopen(reading) as stdin:
            if not text:
                monkeypatch.setattr(sys, "stdin", stdin)
                assert main(["finish"]) == code  # silent, and still open
            os.close(writing)
            monkeypatch.setattr(sys, "stdin", stdin)
            assert main(["finish"]) == code
    assert len(runs(tmp_path)) == 2
    assert "--note -" in capsys.readouterr().err


def test_a_list_that_is_done_is_no_error() -> None:
    """`check` ends with 0 once nothing is open."""
    assert main(["tick", "dry", "--list", "after"]) == 0
    assert main(["check", "after"]) == 0


def test_untick(capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong tick can be taken back."""
    main(["tick", "hands"])
    assert main(["untick", "hands"]) == 0
    assert boxes(capsys) == ["[ ]", "[ ]", "[ ]"]


def test_an_item_may_name_its_list(capsys: pytest.CaptureFixture[str]) -> None:
    """`LIST/ITEM` needs no --list."""
    assert main(["tick", "after/dry"]) == 0
    assert boxes(capsys, "after") == ["[x]"]


def test_an_unknown_item_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that nothing answers to is refused with the nearest, and nothing is ticked."""
    assert main(["tick", "hands", "warmup"]) == 1
    assert "warm-up" in capsys.readouterr().err
    assert boxes(capsys) == ["[ ]", "[ ]", "[ ]"]


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """`check --json` gives the list with its run, and each item's time."""
    main(["tick", "hands"])
    capsys.readouterr()
    assert main(["check", "--json"]) == 1
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (answer["list"], answer["done"], answer["total"]) == ("before", 1, 3)
    assert len(answer["run_id"]) == 32
    assert [each["ticked"] for each in answer["items"]] == [False, True, False]


def test_own_items_can_be_ticked_by_their_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An item that the reader added in the handbook is one for the shell too."""
    with open_diary(tmp_path / "data") as diary:
        diary.lists.add("before", "Dog fed")
    assert main(["tick", "dog"]) == 0
    assert boxes(capsys)[-1] == "[x]"


def test_ask_walks_the_open_items(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`check --ask` ticks on y, leaves on n, skips on s with a reason, and asks again on nonsense."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\nwhat\nn\ns\nlate\n"))
    assert main(["check", "--ask"]) == 1
    assert boxes(capsys) == ["[x]", "[ ]", "[-]"]


def test_ask_ends_with_the_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end of input, like q, ends the walk and keeps what was said."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert main(["check", "--ask"]) == 1
    assert boxes(capsys) == ["[x]", "[ ]", "[ ]"]


def test_finish_files_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`finish` files ticked and left items of all run lists, and starts them afresh."""
    main(["tick", "gate", "hands"])
    capsys.readouterr()
    assert main(["finish", "--soreness", "3", "--note", "easy"]) == 0
    assert capsys.readouterr().err == ""
    (run,) = runs(tmp_path)
    assert (run.soreness, run.note, run.ticked, run.left) == (
        3,
        "easy",
        ("before/gate", "before/hands"),
        ("before/warm-up", "after/dry"),
    )
    assert boxes(capsys) == ["[ ]", "[ ]", "[ ]"]


def test_a_note_from_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--note -` keeps the note out of the list of processes."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("quiet shoulders\n"))
    assert main(["finish", "--note", "-"]) == 0
    assert [run.note for run in runs(tmp_path)] == ["quiet shoulders"]


def test_an_open_gate_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the gate item open, `finish` says so with the way to the red flags, and never asks."""
    assert main(["finish"]) == 0
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "runtall red-flags" in error
    assert len(runs(tmp_path)) == 1


@pytest.mark.parametrize("level", ["11", "-1", "sore", "3.5"])
def test_soreness_is_0_to_10(level: str, tmp_path: Path) -> None:
    """Any other soreness is bad usage, and nothing is filed."""
    assert main(["finish", f"--soreness={level}"]) == 2
    assert runs(tmp_path) == ()


def test_a_long_note_is_refused(tmp_path: Path) -> None:
    """A note longer than the diary keeps is bad usage, and nothing is filed."""
    assert main(["finish", "--note", "x" * 2001]) == 2
    assert runs(tmp_path) == ()


@pytest.mark.parametrize("words", [["tick", "hands"], ["finish"]])
def test_what_cannot_be_kept_is_refused(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there can be no diary, every command says why in one line and ends with 3."""
    (tmp_path / "data").write_text("a file in the way")
    assert main(words) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert str(tmp_path / "data") in captured.err


def test_private_keeps_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --private nothing is written, and the command says so."""
    assert main(["--private", "tick", "hands"]) == 0
    assert "nothing is kept" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_a_half_done_run_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run left half-done for over 12 hours is said in one line, and does not stop the command."""
    yesterday = now() - timedelta(hours=13)
    with open_diary(tmp_path / "data", clock=lambda: yesterday) as diary:
        diary.lists.tick("before/hands")
    assert main(["check"]) == 1
    error = capsys.readouterr().err
    assert (error.count("\n"), "runtall finish" in error) == (1, True)


def test_help_says_what_others_can_see(capsys: pytest.CaptureFixture[str]) -> None:
    """`finish --help` names the flags that show in the process list, and the way around it."""
    assert main(["finish", "--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert said.count("shows in the process list") == 2
    assert "give - and write it on standard input" in said
