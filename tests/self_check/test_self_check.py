"""Answers to the self-check of our own book, and what they come to."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.handbook.loading import OWN_BOOK, load_handbook
from tui.handbook.signs import Level
from tui.self_check.loading import load_self_check
from tui.self_check.model import (
    Question,
    SelfCheck,
    evaluate,
    parse_answers,
)

Answers = dict[str, frozenset[str]]

EXAMPLES = {
    "new vest, straps sit on the neck": (
        "a a c a a z z z z e b a b a",
        "gear 15, arms 5, posture 3, breath 2, front 2, strength 2, load 1",
        "gear arms",
        False,
    ),
    "desk worker, aches an hour after": (
        "c b e f z z b z z z c b b a",
        "front 16, posture 6, strength 4, gear 1, stride 1",
        "front posture",
        False,
    ),
    "slumps late in long runs, no strength work": (
        "b b f a z z d z z z a c b a",
        "strength 15, posture 7, load 4, front 2, gear 1, arms 1, stride 1",
        "strength posture",
        False,
    ),
    "shrugs in the cold, fists, stressed": (
        "a a a d z ab z z z f a a a a",
        "arms 18, gear 3, breath 3, load 1, posture 1",
        "arms",
        False,
    ),
    "overstrides downhill": (
        "a b d c z c z abc z b a a b a",
        "stride 15, arms 4, posture 4, breath 4, gear 3, load 2, front 2, strength 2",
        "stride",
        False,
    ),
    "first long race, sore the next day": (
        "d b f a z z z z z a a b a a",
        "load 11, strength 8, posture 3, front 2, stride 1",
        "load strength",
        False,
    ),
    "high-chest breather with a stitch": (
        "a e d c z z z z ab z a a a a",
        "breath 15, stride 4, arms 3, gear 2, posture 1",
        "breath",
        False,
    ),
    "folds at the waist uphill, looks down": (
        "a b b b z z ac z z z a a b a",
        "posture 15, gear 3, arms 2, front 2, strength 2, stride 1, breath 1",
        "posture",
        False,
    ),
    "one exact rib spot, worse each run": (
        "b f g g z z z z z a a a c a",
        "medical 12, load 6, strength 3, posture 2, gear 1, arms 1, breath 1, front 1",
        "",
        True,
    ),
    "arm tingling and a wheeze, tense shoulders": (
        "c a a d z a z z c z b a a c",
        "arms 14, medical 9, front 4, breath 3, gear 1, posture 1, strength 1",
        "",
        True,
    ),
    "mild one-sided ache that eases on slowing": (
        "c c d g z z z z z z a a a a",
        "gear 3, breath 3, front 3, arms 2, posture 1, stride 1, strength 1, medical 1",
        "",
        False,
    ),
}
"""Readers: their answers to q1 … q14, the points, the causes named, and whether it is medical."""


@cache
def _check() -> SelfCheck:
    check = load_self_check(load_handbook(OWN_BOOK))
    assert check is not None
    return check


def _risks() -> Question:
    risks = _check().risks
    assert risks is not None
    return risks


def _question(question_id: str) -> Question:
    return next(each for each in _check().all_questions if each.id == question_id)


def _choices(question: Question) -> st.SearchStrategy[frozenset[str]]:
    """Any answers to a question that may stand together, or none."""
    ids = [answer.id for answer in question.answers if answer.id != "z"]
    none = frozenset("z") if question.get("z") else frozenset[str]()
    size = None if question.multi else 1
    return st.one_of(st.just(none), st.frozensets(st.sampled_from(ids), max_size=size))


@st.composite
def _answers(draw: st.DrawFn) -> Answers:
    answers = {each.id: draw(_choices(each)) for each in _check().questions}
    return {**answers, "q0": draw(_choices(_check().gate)) or frozenset("z")}


class TestResult:
    @pytest.mark.parametrize("reader", EXAMPLES)
    def test_examples(self, reader: str) -> None:
        """Each worked example gives the points, causes and medical sign that the guide computed."""
        letters, totals, causes, medical = EXAMPLES[reader]
        answers = {f"q{number}": list(chosen) for number, chosen in enumerate(letters.split(), 1)}
        result = evaluate(_check(), {"q0": "z", **answers})
        expected = {name: int(points) for name, points in map(str.split, totals.split(", "))}
        actual = {cause: points for cause, points in result.points.items() if points}
        assert actual == expected
        assert [score.cause.id for score in result.causes] == causes.split()
        assert result.medical == medical
        assert result.no_clear_favorite == (not causes and not medical)
        assert result.level == (Level.BOOK if medical else Level.SELF)

    def test_plan(self) -> None:
        """Each cause named has its plan: the first change, its sections, its exercises."""
        result = evaluate(_check(), {"q0": "z", "q8": "a", "q4": "c"})
        (plan,) = result.plan
        assert plan.cause == "stride"
        assert plan.first == "Five 1-minute blocks at +5% cadence, easy pace, flat."
        assert plan.sections == ("overstriding", "cadence", "film-and-coach")
        assert plan.exercises == ("cadence-drill", "a-skip", "leg-swing")

    def test_why(self) -> None:
        """A cause comes with the words that gave it points, the most points first."""
        result = evaluate(_check(), {"q0": "z", "q1": "a", "q5": "a", "q10": "e"})
        (score,) = result.causes
        assert [(each.question, each.said, each.points) for each in score.why] == [
            ("q5", "Pack or vest", 4),
            ("q10", "New pack, bra, or shoes", 3),
            ("q1", "In the first 10-15 minutes", 2),
        ]

    def test_ties(self) -> None:
        """Of causes with equal points the one that is quickest to test comes first; two at most."""
        answers = {"q0": "z", "q3": "b", "q7": "c", "q10": "ab", "q9": "ab", "q8": "ac"}
        result = evaluate(_check(), answers)
        expected = [("posture", 7), ("stride", 7)]
        assert [(each.cause.id, each.points) for each in result.causes] == expected
        assert (result.points["breath"], result.points["load"]) == (7, 6)

    def test_now(self) -> None:
        """A NOW sign gives its level and its words, and no cause and no plan, whatever else is said."""
        result = evaluate(_check(), {"q0": ["e", "b"], "q5": "a", "q10": "e"})
        assert result.level == Level.NOW
        assert [each.id for each in result.red_flags] == ["b", "e"]
        assert result.causes == ()
        assert result.plan == ()
        assert not result.no_clear_favorite

    def test_today(self) -> None:
        """A TODAY sign gives its level, and no cause either."""
        result = evaluate(_check(), {"q0": "j", "q5": "a", "q10": "e"})
        assert result.level == Level.TODAY
        assert result.causes == ()

    def test_groups(self) -> None:
        """A group makes a sign more urgent, what should be checked too, and what is no sign BOOK."""
        levels = {
            answers: evaluate(_check(), parse_answers(_check(), answers)).level
            for answers in (
                "q0=f q0b=z",
                "q0=f q0b=f",
                "q0=z q0b=a",
                "q0=z q0b=a q3=h",
                "q0=j q0b=a",
            )
        }
        assert list(levels.values()) == ["TODAY", "NOW", "BOOK", "TODAY", "TODAY"]

    @pytest.mark.parametrize(
        ("answers", "groups", "signs", "raised"),
        [
            ("q0=f q0b=z", [], ["effort"], False),
            ("q0=f q0b=f", ["heart-risk"], ["effort"], True),
            ("q0=j q0b=a", ["pregnant"], ["shingles"], False),
            ("q0=z q0b=z q2=f q9=c", [], ["rib", "wheeze"], False),
        ],
    )
    def test_what_made_it_so(
        self, answers: str, groups: list[str], signs: list[str], raised: bool
    ) -> None:
        """A result names the groups and the signs, and says whether a group made it more urgent."""
        result = evaluate(_check(), parse_answers(_check(), answers))
        assert [each.id for each in result.groups] == groups
        assert [each.id for each in result.signs] == signs
        assert result.raised == raised

    def test_nothing_but_the_gate(self) -> None:
        """With every question skipped nothing is named, and nothing is medical."""
        result = evaluate(_check(), {"q0": "z", "q1": ""})
        assert result.no_clear_favorite
        assert not result.medical
        assert set(result.points.values()) == {0}

    @settings(deadline=None, max_examples=60)
    @given(_answers())
    def test_no_later_answer_lowers_the_level(self, answers: Answers) -> None:
        """No answer after the gate makes it less urgent, and only care can be offered above SELF."""
        alone = evaluate(_check(), {"q0": answers["q0"]}).level
        result = evaluate(_check(), answers)
        assert result.level.rank <= alone.rank
        assert not result.medical or result.level.rank <= Level.BOOK.rank
        assert not result.causes or result.level is Level.SELF

    @settings(deadline=None, max_examples=60)
    @given(_answers(), st.sampled_from([each.id for each in _risks().answers]))
    def test_no_group_lowers_the_level(self, answers: Answers, group: str) -> None:
        """To belong to a group never makes it less urgent."""
        without = evaluate(_check(), {**answers, "q0b": "z"}).level
        assert evaluate(_check(), {**answers, "q0b": group}).level.rank <= without.rank

    @settings(deadline=None, max_examples=60)
    @given(_answers(), st.sampled_from([each.id for each in _check().gate.answers]))
    def test_another_sign_never_lowers_the_level(self, answers: Answers, sign: str) -> None:
        """One sign more in the gate never makes the level less urgent."""
        more = {**answers, "q0": (answers["q0"] | {sign}) - {"z"} or frozenset("z")}
        before, after = (evaluate(_check(), each).level for each in (answers, more))
        assert list(Level).index(after) <= list(Level).index(before)

    @settings(deadline=None, max_examples=100)
    @given(_answers(), st.data())
    def test_another_medical_answer_keeps_the_warning(
        self, answers: Answers, data: st.DataObject
    ) -> None:
        """An answer more that gives medical points never takes “get it checked” away."""
        open_to = [
            (question, answer)
            for question in _check().questions
            for answer in question.answers
            if answer.points.get("medical")
            and (question.multi or not answers[question.id] or answer.id in answers[question.id])
        ]
        question, answer = data.draw(st.sampled_from(open_to))
        more = {**answers, question.id: (answers[question.id] | {answer.id}) - {"z"}}
        before, after = evaluate(_check(), answers), evaluate(_check(), more)
        assert after.points["medical"] >= before.points["medical"]
        assert after.medical >= before.medical

    @settings(deadline=None, max_examples=60)
    @given(_answers())
    def test_points_are_explained_and_bounded(self, answers: Answers) -> None:
        """The reasons of a cause add up to its points, which never pass its maximum."""
        for score in evaluate(_check(), answers).scores:
            assert sum(reason.points for reason in score.why) == score.points
            assert score.points <= score.cause.max

    @settings(deadline=None, max_examples=60)
    @given(_answers())
    def test_the_medical_pile_is_no_cause(self, answers: Answers) -> None:
        """What needs to be checked never stands among the ordinary causes, nor among their plans."""
        result = evaluate(_check(), answers)
        assert "medical" not in [score.cause.id for score in result.causes]
        assert "medical" not in [plan.cause for plan in result.plan]
