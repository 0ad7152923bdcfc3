"""The file of the self-check: what is sound, and what is said of each mistake in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.handbook.errors import ContentError
from tui.handbook.loading import OWN_BOOK, load_handbook
from tui.handbook.signs import Level
from tui.self_check.loading import load_self_check
from tui.self_check.model import SelfCheck, evaluate

SOUND = """\
tie_order = ["load", "gear"]

[report]
min_score = 5
max_causes = 3
medical_first_at = 4

[[causes]]
id = "load"
title = "Too much"
max = 3
first = "Rest."
sections = ["why"]
exercises = ["plank"]

[[causes]]
id = "gear"
title = "Pack"
max = 7
first = "Leave it."
sections = ["why"]
exercises = []

[[causes]]
id = "medical"
title = "Get it checked"
max = 4
first = "Book."
sections = ["why"]
exercises = []

[gate]
id = "q0"
text = "Any sign?"
multi = true
answers = [
  { id = "a", text = "Chest pain", level = "NOW" },
  { id = "z", text = "None", level = "SELF" },
]

[[questions]]
id = "q1"
text = "What do you carry?"
multi = true
answers = [
  { id = "a", text = "Pack", points = { gear = 4 } },
  { id = "b", text = "Bottle", points = { gear = 3, load = 1 } },
  { id = "z", text = "Nothing", points = {} },
]

[[questions]]
id = "q2"
text = "What changed?"
multi = false
answers = [
  { id = "a", text = "Longer runs", points = { load = 2 } },
  { id = "b", text = "All is worse", points = { medical = 4 } },
]
"""

MISTAKES = [
    ("min_score = 5\n", "", "report: min_score is missing; add it"),
    ("min_score = 5", "min_score = 0", "report: min_score must be a whole number from 1, not “0”"),
    ("= 5", "= true", "report: min_score must be a whole number from 1, not “True”"),
    ("max_causes = 3", 'max_causes = "3"', "report: max_causes must be a whole number from 1, not “3”"),
    (
        "min_score",
        "least",
        "report: “least” means nothing here; known are min_score, max_causes, medical_first_at",
    ),
    ("[report]", "[rules]", "“rules” means nothing here; known are tie_order, report, causes, gate, risks, questions, no_favorite"),
    ("[[causes]]", "[[causes2]]", "“causes2” means nothing here; known are tie_order, report, causes, gate, risks, questions, no_favorite"),
    ('"load", "gear"', '"load"', "tie_order is wrong at gear; name every cause but medical, each once"),
    ('"load", "gear"', '"gear", "lode"', "tie_order is wrong at load, lode; name every cause but medical, each once"),
    ('"gear"]', '"gear", "medical"]', "tie_order is wrong at medical; name every cause but medical, each once"),
    ('"load", "gear"', '"load", "gear", "gear"', "tie_order: the id gear stands there 2 times; keep one"),
    ('["load", "gear"]', '"load"', "tie_order must be a list of ids in quotes, not “load”"),
    ('id = "gear"', 'id = "load"', "cause load stands there 2 times; keep one"),
    (
        'id = "medical"',
        'id = "doctor"',
        "no cause has the id “medical”; add it, so that what needs care is seen",
    ),
    ('title = "Pack"', "title = 7", "cause gear: title must be text in quotes, not “7”"),
    ('title = "Pack"', 'title = " "', "cause gear: title must be text in quotes, not “”"),
    ('first = "Leave it."\n', "", "cause gear: first is missing; add it"),
    ("max = 7", "max = 9", "cause gear: max is 9, but the questions give up to 7; write max = 7"),
    ("max = 7", "maximum = 7", "cause gear: “maximum” means nothing here; known are id, title, max, first, sections, exercises"),
    ('sections = ["why"]', 'sections = ["who"]', "cause load: there is no section “who” in the book; mend the id"),
    ('["plank"]', '["crunch"]', "cause load: there is no exercise “crunch” in the book; mend the id"),
    (
        '["plank"]',
        '["why"]',
        "cause load: “why” is a page but no exercise; name it under sections",
    ),
    ('["plank"]', '["pl\\nank"]', "cause load: there is no exercise “pl ank” in the book; mend the id"),
    ('["plank"]', '["plank", 3]', "cause load: exercises must be a list of ids in quotes, not “['plank', 3]”"),
    ('["plank"]', '["plank", "plank"]', "cause load: exercises: the id plank stands there 2 times; keep one"),
    (', level = "NOW"', "", "gate, answer a: level is missing; add it"),
    ('"NOW"', '"SOON"', "gate, answer a: “SOON” is no level; levels are NOW, TODAY, BOOK, SELF"),
    ('"SELF"', '"NOW"', "gate: nobody could say that no sign fits; add an answer z with the level SELF"),
    ('id = "z", text = "None"', 'id = "b", text = "None"', "gate: nobody could say that no sign fits; add an answer z with the level SELF"),
    ('"Chest pain",', '"Chest pain", points = {},', "gate, answer a: “points” means nothing here; known are id, text, level, signs"),
    ('text = "Any sign?"\n', "", "gate: text is missing; add it"),
    ("[gate]", "[[gate]]", "gate must be a table, not “[{'id': 'q0', 'text': 'Any sign?', 'mul…”"),
    ('id = "q2"', 'id = "q1"', "question q1 stands there 2 times; keep one"),
    ('id = "q2"', 'id = "q0"', "question q0 stands there 2 times; keep one"),
    ('id = "q2"\n', "", "question number 2: id is missing; add it"),
    ('id = "q2"', 'id = "Q 2"', "question Q 2: the id “Q 2” must be small letters, digits and hyphens alone"),
    ("multi = false", 'multi = "no"', "question q2: multi must be true or false, not “no”"),
    ('{ id = "b", text = "Bottle"', '{ id = "a", text = "Bottle"', "question q1: answer a stands there 2 times; keep one"),
    ('{ id = "b", text = "Bottle"', '{ text = "Bottle"', "question q1, answer number 2: id is missing; add it"),
    ("gear = 4", "shoes = 4", "question q1, answer a, points: there is no cause “shoes”; known are load, gear, medical"),
    ("gear = 4", "gear = -4", "question q1, answer a, points: gear must be a whole number from 0, not “-4”"),
    ("gear = 4", "gear = 4.5", "question q1, answer a, points: gear must be a whole number from 0, not “4.5”"),
    ("{ gear = 4 }", "4", "question q1, answer a: points must be a table, not “4”"),
    (", points = { gear = 4 }", "", "question q1, answer a: points is missing; add it"),
    ("points = {}", "points = { load = 1 }", "question q1, answer z: z means none of these; it can give no points"),
]  # fmt: skip
"""What stands in the sound file, what stands there by mistake, and what is said of it."""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book with one section and one exercise, and no self-check yet."""
    (tmp_path / "exercises").mkdir()
    (tmp_path / "why.md").write_text("# Why\n", encoding="utf-8")
    (tmp_path / "exercises" / "plank.md").write_text("# Plank\n", encoding="utf-8")
    contents = "- [Why](why.md)\n- [Plank](exercises/plank.md)\n"
    (tmp_path / "SUMMARY.md").write_text(contents, encoding="utf-8")
    (tmp_path / "runtall.toml").write_text('[renamed]\n"reason" = "why"\n', encoding="utf-8")
    return tmp_path


def _load(book: Path, text: str) -> SelfCheck:
    (book / "self-check.toml").write_text(text, encoding="utf-8")
    check = load_self_check(load_handbook(book))
    assert check is not None
    return check


def test_a_book_without_one(book: Path) -> None:
    """A book that has no such file has no self-check, and that is no error."""
    assert load_self_check(load_handbook(book)) is None


def test_our_own() -> None:
    """Our own book has one gate, the groups, fourteen questions and nine causes."""
    check = load_self_check(load_handbook(OWN_BOOK))
    assert check is not None
    assert [each.id for each in check.all_questions] == [
        "q0",
        "q0b",
        *(f"q{number}" for number in range(1, 15)),
    ]
    assert len(check.causes) == 9


def test_sound(book: Path) -> None:
    """A sound file gives the gate's levels, the points and the rules as they stand there."""
    check = _load(book, SOUND)
    assert [each.level for each in check.gate.answers] == [Level.NOW, Level.SELF]
    assert [each.points for each in check.questions[0].answers] == [
        {"gear": 4},
        {"gear": 3, "load": 1},
        {},
    ]
    assert check.rules.tie_order == ("load", "gear")
    assert check.no_favorite is None
    assert evaluate(check, {"q0": "z", "q1": "ab", "q2": "b"}).medical


@pytest.mark.parametrize("order", [["load", "gear"], ["gear", "load"]])
def test_ties(book: Path, order: list[str]) -> None:
    """Causes with equal points stand in the order that the file gives for ties."""
    quoted = ", ".join(f'"{cause}"' for cause in order)
    text = SOUND.replace('"load", "gear"', quoted).replace("min_score = 5", "min_score = 3")
    result = evaluate(_load(book, text), {"q0": "z", "q1": "b", "q2": "a"})
    assert [(score.cause.id, score.points) for score in result.causes] == [
        (each, 3) for each in order
    ]


def test_a_page_renamed(book: Path) -> None:
    """A plan may name a page by an earlier id, and gives today's."""
    check = _load(book, SOUND.replace('["why"]', '["reason"]'))
    assert [cause.plan.sections for cause in check.causes] == [("why",)] * 3


def test_no_favorite(book: Path) -> None:
    """The file may say what to try when no cause stands out, and its pages are checked too."""
    table = '[no_favorite]\nfirst = "Film a run."\nsections = ["why"]\nexercises = []\n'
    check = _load(book, SOUND + table)
    assert check.no_favorite is not None
    assert check.no_favorite.first == "Film a run."
    with pytest.raises(ContentError, match="no_favorite: there is no section “who” in the book"):
        _load(book, SOUND + table.replace("why", "who"))


@pytest.mark.parametrize(("right", "wrong", "message"), MISTAKES)
def test_mistakes(book: Path, right: str, wrong: str, message: str) -> None:
    """Each kind of mistake is said in one line with the file, the place in it and the remedy."""
    assert right in SOUND
    with pytest.raises(ContentError) as caught:
        _load(book, SOUND.replace(right, wrong, 1))
    assert str(caught.value) == f"{book / 'self-check.toml'}: {message}"


def test_not_toml(book: Path) -> None:
    """A file that is not TOML is said with its line."""
    with pytest.raises(ContentError) as caught:
        _load(book, SOUND.replace("max_causes = 3", "max_causes ="))
    assert caught.value.line == 5
