"""Answers to the self-check as text: what is understood, and what is said of the rest."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.handbook.loading import OWN_BOOK, load_handbook
from tui.self_check.loading import load_self_check
from tui.self_check.model import AnswersError, SelfCheck, evaluate, parse_answers, parse_choice


@cache
def _check() -> SelfCheck:
    check = load_self_check(load_handbook(OWN_BOOK))
    assert check is not None
    return check


@pytest.mark.parametrize(
    "text",
    [
        "q0=z q1=b q4=a,c",
        "q4=c,a\nq1=b\tq0=z\n",
        " Q0=Z   q1=B q4=a , c,a ",
        "q0=z q1=b q4=a,c,",
    ],
)
def test_answers(text: str) -> None:
    """Order, case, spaces and a letter given twice make no difference."""
    expected = {"q0": ("z",), "q1": ("b",), "q4": ("a", "c")}
    assert parse_answers(_check(), text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "q0 is not answered; it comes first: q0=z for none of its signs"),
        ("q1=b", "q0 is not answered; it comes first: q0=z for none of its signs"),
        ("q0=z q15=a", "there is no question “q15”; they are q0 to q14"),
        ("q0=z q1 = a", "“q1” answers nothing; write it as q0=z"),
        ("q0=z =a", "there is no question “”; they are q0 to q14"),
        ("q0=z q1=x", "q1 has no answer “x”; it has a, b, c, d, e"),
        ("q0=z q3=z", "q3 has no answer “z”; it has a, b, c, d, e, f, g, h"),
        ("q0=z q4=ac", "q4 has no answer “ac”; it has a, b, c, d, e, f, g"),
        ("q0=z q1=a=b", "q1 has no answer “a=b”; it has a, b, c, d, e"),
        (
            "q0=z,a",
            "q0: z means none of these and stands alone; leave it out, or give nothing else",
        ),
        (
            "q0=z q5=a,z",
            "q5: z means none of these and stands alone; leave it out, or give nothing else",
        ),
        ("q0=z q1=a,b", "q1 takes one answer, not 2; give one letter"),
        ("q0=z q1=a q1=b", "q1 is answered twice; put its answers together: a,c"),
        ("q0=z q1=", "q1 has no answer here; leave it out to skip it"),
        ("q0=z q1=,", "q1 has no answer here; leave it out to skip it"),
        ("my back hurts", "“my” answers nothing; write it as q0=z"),
        ("x" * 40, f"“{'x' * 40}” answers nothing; write it as q0=z"),
        ("x" * 41, f"“{'x' * 39}…” answers nothing; write it as q0=z"),
        ("x" * 10_000, f"“{'x' * 39}…” answers nothing; write it as q0=z"),
    ],
)
def test_mistakes(text: str, message: str) -> None:
    """Each kind of mistake is said in one line that names it and the way out."""
    with pytest.raises(AnswersError) as caught:
        parse_answers(_check(), text)
    assert str(caught.value) == message


@settings(deadline=None, max_examples=100)
@given(st.one_of(st.text(), st.text(alphabet="q0123456789=z,abc \n")))
def test_nonsense(text: str) -> None:
    """Any text gives answers that can be evaluated, or one line that says why not."""
    try:
        lines = evaluate(_check(), parse_answers(_check(), text)).level.splitlines()
    except AnswersError as error:
        lines = str(error).splitlines()
    assert len(lines) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a", ("a",)), ("c, a", ("a", "c")), (" B ", ("b",)), ("a c", ("a", "c"))],
)
def test_one_question(text: str, expected: tuple[str, ...]) -> None:
    """A question asked by itself takes the same letters, parted by commas or spaces."""
    assert parse_choice(_check().questions[3], text) == expected


def test_evaluating_checks_too() -> None:
    """Answers that never were text are held to the same rules."""
    with pytest.raises(AnswersError, match="q1 takes one answer, not 2"):
        evaluate(_check(), {"q0": "z", "q1": ["a", "b"]})
    with pytest.raises(AnswersError, match="q0 is not answered"):
        evaluate(_check(), {"q0": []})
