"""Runners with a danger, and runners with an ache: none of the first is sent to an exercise."""

from __future__ import annotations

import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tui.cli.self_check import as_json
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.handbook.model import Kind
from tui.handbook.signs import Level
from tui.self_check.advice import Adviser
from tui.self_check.loading import load_self_check
from tui.self_check.model import Result, evaluate, parse_answers

NEVER_ABOVE_SELF = [
    "exercises:",
    "one change",
    "two weeks",
    "repeat the check",
    " points",
    " of 24",
    "all points",
    "where to start",
    "█████",
    "─────",
]


@cache
def stories() -> dict[str, dict[str, Any]]:
    """Each story by its name."""
    text = Path(__file__).with_name("stories.toml").read_text()
    return tomllib.loads(text)["stories"]  # type: ignore[no-any-return]


def is_unseen(story: str) -> bool:
    """The half that is only measured, by the rule of the search's phrases."""
    return bool(sha256(story.encode()).digest()[0] % 2)


def test_there_are_enough_stories() -> None:
    """At least sixty, in two halves, and some for each level."""
    assert len(stories()) >= 60
    assert min(sum(map(is_unseen, stories())), sum(not is_unseen(s) for s in stories())) >= 25
    assert {each["level"] for each in stories().values()} == set(Level)


@cache
def ended(name: str) -> tuple[Result, str]:
    """What the answers of a story come to, and all that is said of it, in small letters."""
    handbook = load_handbook(OWN_BOOK)
    check = load_self_check(handbook)
    assert check is not None
    answers = parse_answers(check, stories()[name]["answers"])
    result = evaluate(check, answers)
    adviser = Adviser(handbook, Pages(handbook), check)
    said = adviser.result(result, asked_risks="q0b" in answers)
    return result, " ".join(" ".join(block.text for block in said).lower().split())


@pytest.mark.parametrize("name", stories())
def test_where_a_story_ends(name: str) -> None:
    """Each ends at its level, with what must be said, and names two causes at most."""
    story = stories()[name]
    result, said = ended(name)

    assert result.level == story["level"]
    assert [words for words in story.get("must", []) if words.lower() not in said] == []
    assert len(result.causes) <= 2
    if "causes" in story:
        assert result.causes[0].cause.id == story["causes"]


@pytest.mark.parametrize("name", [n for n, each in stories().items() if each["level"] != "SELF"])
def test_above_self_there_is_only_care(name: str) -> None:
    """No exercise, no plan, no points, nothing to repeat in two weeks, in words and in JSON."""
    result, said = ended(name)
    shown = as_json(result)
    book = load_handbook(OWN_BOOK)
    exercises = [each.title for each in book.sections if each.kind is Kind.EXERCISE]

    assert [words for words in NEVER_ABOVE_SELF if words in said] == []
    assert [title for title in exercises if title.lower() in said] == []
    assert (shown["causes"], shown["plan"], shown["all"]) == ([], [], {})
