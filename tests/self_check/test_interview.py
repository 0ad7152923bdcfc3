"""The self-check as it is asked, one question at a time."""

from __future__ import annotations

import pytest

from tui.handbook.loading import OWN_BOOK, load_handbook
from tui.handbook.signs import Level
from tui.self_check.interview import Interview, Sight
from tui.self_check.loading import load_self_check
from tui.self_check.model import SelfCheck


@pytest.fixture(name="check")
def _check() -> SelfCheck:
    check = load_self_check(load_handbook(OWN_BOOK))
    assert check is not None
    return check


def asked(check: SelfCheck) -> Interview:
    """At the first of the ordinary questions."""
    return Interview(check).choose("z").go_on().choose("z").go_on()


def test_the_gate_stands_alone_before_any_question(check: SelfCheck) -> None:
    """The first thing in sight is the gate, and it cannot be skipped."""
    begun = Interview(check)

    assert begun.question == check.gate
    assert not begun.may_go_on
    assert begun.go_on() == begun


def test_none_of_these_clears_the_rest(check: SelfCheck) -> None:
    """“None of these” takes back the other answers, and another answer takes it back."""
    signs = Interview(check).choose("e").choose("h")

    assert signs.chosen == {"e", "h"}
    assert signs.choose("z").chosen == {"z"}
    assert signs.choose("z").choose("e").chosen == {"e"}


def test_a_now_answer_ends_the_self_check(check: SelfCheck) -> None:
    """After a NOW sign comes what to do, and nothing after that."""
    warned = Interview(check).choose("a").go_on()

    assert warned.sight is Sight.URGENT
    assert warned.go_on() == warned
    back = warned.go_back()
    assert back.chosen == {"a"}
    assert back.sight is Sight.QUESTION


def test_a_today_answer_ends_it_after_the_groups(check: SelfCheck) -> None:
    """After a TODAY sign only the groups are asked, which may raise it, and then comes what to do."""
    groups = Interview(check).choose("f").go_on()
    warned = groups.choose("z").go_on()

    assert (groups.question, groups.sight) == (check.risks, Sight.QUESTION)
    assert not groups.may_go_on
    assert (warned.sight, warned.result.level) == (Sight.URGENT, Level.TODAY)
    assert warned.go_on() == warned
    assert groups.choose("f").go_on().result.level is Level.NOW


def test_steps(check: SelfCheck) -> None:
    """The first two questions are of safety, and are not counted among the others."""
    steps = []
    interview = Interview(check).choose("z")
    for _ in range(4):
        steps.append(interview.step)
        interview = interview.go_on()
        interview = interview.choose("z") if interview.is_safety else interview
    assert steps == ["Safety first", "Safety first", "1 of 14", "2 of 14"]


def test_one_answer_replaces_another_where_one_is_asked_for(check: SelfCheck) -> None:
    """A question that takes one answer keeps the last one chosen; choosing it again takes it back."""
    first = asked(check)

    assert not first.question.multi
    assert first.choose("a").choose("b").chosen == {"b"}
    assert first.choose("a").choose("a").chosen == frozenset()


def test_questions_can_be_skipped_and_gone_back_to(check: SelfCheck) -> None:
    """A question left without an answer adds nothing, and going back keeps the answers."""
    third = asked(check).choose("d").go_on().go_on()

    assert third.step == "3 of 14"
    assert third.go_back().go_back().chosen == {"d"}
    assert third.go_back().go_back().go_back().chosen == {"z"}


def test_going_back_ends_at_the_gate(check: SelfCheck) -> None:
    """The gate can be gone back to, and nothing stands before it."""
    gate = asked(check).go_back().go_back()

    assert gate.question == check.gate
    assert gate.go_back() == gate


def test_after_the_last_question_comes_the_result(check: SelfCheck) -> None:
    """All questions are asked once, and then the result stands, also when asked again."""
    interview = asked(check)
    seen = []
    while interview.sight is Sight.QUESTION:
        seen.append(interview.question.id)
        interview = interview.go_on()

    assert seen == [question.id for question in check.questions]
    assert interview.go_on() == interview
    assert interview.question == interview.go_back().question == check.questions[-1]


def test_what_is_written_of_an_interview_under_way(check: SelfCheck) -> None:
    """Nothing before the first answer and nothing at the end; between them it can be gone on with."""
    gate, begun = Interview(check).choose("a"), asked(check).choose("a")
    ended = begun
    while ended.sight is Sight.QUESTION:
        ended = ended.go_on()

    assert Interview(check).written == ()
    assert Interview.from_written(check, gate.written) == gate
    assert Interview.from_written(check, begun.written) == begun
    assert ended.written == ()
