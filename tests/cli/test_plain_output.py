"""Plain answers serve a screen reader and any terminal: text alone, whatever stands in the data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.machines import type_in
from tests.cli.running import Answer, Run
from tests.past_runs import export_of
from tests.pty.sequences import beyond_ascii, unsafe_in_plain
from tests.pty.test_anything_typed import EVIL, evil_book
from tui.handbook.blocks import Preformatted
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook

HARM = EVIL.replace("\ud800", "").replace("\x00", "")
BOX = {chr(code) for code in range(0x2500, 0x2580)}
COMMANDS = (
    *(("toc",), ("read", "--all"), ("search", "sore", "neck"), ("search", "zzz", HARM), ()),
    *(("red-flags",), ("check",), ("check", "after-the-run"), ("diary",), ("diary", "show", "1")),
    *(("diary", "--markdown"), ("keys",), ("doctor",), ("--help",), ("check", "--help")),
    *(("self-check", "--answers", "q0=z q1=b q4=a"), ("self-check", "--answers", "q0=a")),
    *(("tick", "shoes"), ("untick", "shoes"), ("read", HARM), ("tick", HARM), ("open", HARM)),
    *(("frobnicate", HARM), ("read", "the"), ("--color", HARM), ("--version",)),
)
NAMES = [" ".join(words)[:24].encode("ascii", "ignore").decode() for words in COMMANDS]


def every_answer(run: Run, monkeypatch: pytest.MonkeyPatch, *options: str) -> Iterator[Answer]:
    """What each command says, with a diary whose notes are hostile."""
    note = {"note": HARM, "soreness": 3, "ticked": ["before-the-run/shoes"]}
    type_in(monkeypatch, export_of({**note, "skipped": {"before-the-run/gone": HARM}}, note))
    assert run("import", "-", *options).code == 0
    for words in COMMANDS:
        yield run(*options, *words)


def test_ascii(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a locale without Unicode no byte beyond ASCII is written, to either stream."""
    monkeypatch.setenv("LANG", "C")
    for answer in every_answer(run, monkeypatch):
        assert beyond_ascii((answer.out + answer.err).encode()) == []


def test_nothing_but_text(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """No command writes a control character, an override or a sequence; not even a hostile diary's."""
    for answer in every_answer(run, monkeypatch):
        assert unsafe_in_plain((answer.out + answer.err).encode()) == []
        assert "\x1b" not in answer.out + answer.err


def test_hostile_book(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does a hostile book, or a folder with a hostile name, bring one in."""
    book = str(evil_book(tmp_path / f"b\x1b[2J\u202e{HARM.replace('/', '')[:20]}"))
    for answer in every_answer(run, monkeypatch, "--book", book):
        assert unsafe_in_plain((answer.out + answer.err).encode()) == []
        assert "\x1b" not in answer.out + answer.err
    monkeypatch.setenv("RUNTALL_KEYS", f"{tmp_path}/\x1b]0;x\x07")
    monkeypatch.setenv("TERM", "\x1b[2J\u202e")
    assert unsafe_in_plain(run("doctor").out.encode()) == []
    assert unsafe_in_plain(run("keys").err.encode()) == []


@pytest.mark.parametrize("words", [words for words in COMMANDS if "--help" not in words][:17])
def test_no_boxes(run: Run, words: tuple[str, ...]) -> None:
    """No command draws lines or boxes; a page's own drawing is the page's."""
    drawings = {
        line
        for page in map(
            Pages(load_handbook(OWN_BOOK)).__getitem__, load_handbook(OWN_BOOK).readable
        )
        for block in page.blocks
        if isinstance(block, Preformatted)
        for line in block.text.split("\n")
    }
    drawn = [line for line in run(*words).lines if BOX & set(line)]
    assert [line for line in drawn if line.strip() not in {each.strip() for each in drawings}] == []
