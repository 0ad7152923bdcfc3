"""Diaries on several machines, each asked by commands."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import Answer, Run
from tests.past_runs import export_of

OWN = "before-the-run/" + "a" * 32
RUN = {
    "soreness": 4,
    "soreness_next_day": 2,
    "note": "Stiff | after\nthe *hill*",
    "ticked": ["before-the-run/hands", "before-the-run/gone", OWN],
    "skipped": {"before-the-run/warm-up": "late"},
    "left": ["after-the-run/dry-layer"],
    "own": {OWN: "Sunscreen on"},
}
"""A run with items of the book, a retired one and one of the reader's own."""

Ask = Callable[..., Answer]
"""The words after `runtall`, and on which `machine` → the answer."""
Given = Callable[..., None]
"""Files these runs, the newest first."""


def on_machines(folder: Path, run: Run) -> Ask:
    """Run a command on one of the machines whose diaries are in a folder."""

    def asked(*words: str, machine: str = "here") -> Answer:
        return run(*words, "--data", str(folder / machine))

    return asked


def filing(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> Given:
    """File runs by importing them."""

    def file(*runs: dict[str, object]) -> None:
        type_in(monkeypatch, export_of(*runs))
        assert ask("import", "-").code == 0

    return file


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Let the next command read this from standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def runs_in(answer: Answer) -> list[dict[str, object]]:
    """The runs in an answer that is JSON."""
    found: list[dict[str, object]] = json.loads(answer.out)["runs"]
    return found
