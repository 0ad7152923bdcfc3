"""Experiments on the screen: begun, ended, and asked about when a run is filed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ...diary.model import Experiment
from ...handbook.checklists import Item
from ...handbook.safe_text import one_line
from ...session.experiment_desk import WEEKS_OF_A_CAUSE, ExperimentDesk
from ...session.experiments import PAIRS, POWER, TERMS, Course
from ..conversation import Conversation
from ..screens.dialogs import choose
from .responses import DiaryAct, Response, Say

if TYPE_CHECKING:
    from ...self_check.model import Cause

BEGUN = "Begun; before each run the checklist says: with or without"
NOTHING_TO_TRY = "Not one to try: only what works on the same day, or needs weeks, is"


class Proposal(NamedTuple):
    """An item that may be tried."""

    item: Item
    cause: str = ""
    """The id of the cause of the self-check for which it is."""


class Followed(NamedTuple):
    """What the reader says of a run that an experiment asked something of."""

    unable: bool = False
    """Whether the run could not follow."""
    danger: bool = False
    """Whether a sign of danger came."""


def ask_whether_followed(goes_on: Course) -> Conversation[Followed | None]:
    """Ask whether the run went as the experiment asked; None where the reader thinks better of it."""
    choices = [
        (f"It went so: {goes_on.today} it", Followed()),
        ("It could not be so this time", Followed(unable=True)),
        ("A danger sign came: end the experiment", Followed(danger=True)),
    ]
    return (yield from choose(f"Today {goes_on.today}: {goes_on.label}", choices))


class Choice(NamedTuple):
    """What can be begun, noted or ended now."""

    words: str
    act: DiaryAct
    in_pairs: str = ""
    """The label of the item, where it begins an experiment by pairs of runs."""


def choices_now(
    desk: ExperimentDesk, proposed: Sequence[Proposal], causes: Sequence[Cause] = ()
) -> Sequence[Choice]:
    """What can be done about these items and causes; raises CannotRead."""
    return [*_ends(desk, proposed), *_begins(desk, proposed), *_keeps(desk, causes)]


def try_change(choices: Sequence[Choice]) -> Conversation[Response]:
    """Begin to try one of these, note where one stands, keep a cause alone, or end what goes on.

    Before an experiment begins it is said how seldom so few runs show a difference.
    """
    if not choices:
        return Say(NOTHING_TO_TRY)
    chosen: Choice | None = choices[0]
    if len(choices) > 1 or not choices[0].in_pairs:
        chosen = yield from choose("Try one change", [(each.words, each) for each in choices])
    if chosen is None or not chosen.in_pairs:
        return chosen and chosen.act
    lines = [(f"Begin: {PAIRS} pairs of runs", chosen.act), ("Not now", None)]
    about = f"{POWER} A coin decides which run of each pair is with it. {TERMS}"
    return (yield from choose(chosen.in_pairs, lines, about=about))


def after_self_check(desk: ExperimentDesk, *, urgent: bool) -> DiaryAct:
    """What a result does to experiments: a sign that cannot wait ends the one that goes on."""

    def tell() -> str:
        """The words for the reader, if there are any."""
        if not urgent:
            desk.asked_again()
            return ""
        ended = desk.end_by_danger()
        return f"Ended: the experiment “{one_line(ended.label)}”" if ended else ""

    return DiaryAct(tell)


def _ends(desk: ExperimentDesk, proposed: Sequence[Proposal]) -> Iterator[Choice]:
    goes_on = desk.goes_on()
    if goes_on is not None:
        yield Choice(f"End the experiment: {goes_on.label}", _ending(desk, goes_on.experiment))
    for note in desk.notes:
        if not note.item or note.item in {each.item.reference for each in proposed}:
            words = f"Looked at again, or no longer wanted: {one_line(note.label)}"
            yield Choice(words, _ending(desk, note))


def _begins(desk: ExperimentDesk, proposed: Sequence[Proposal]) -> Iterator[Choice]:
    goes_on = desk.goes_on()
    for item, cause in proposed:
        act = partial(desk.begin, item, cause)
        if item.look_again and desk.note_of(item.reference) is None:
            when = f"look again in {item.look_again} weeks"
            yield Choice(f"{item.label}: note it, {when}", DiaryAct(act, f"Noted; {when}"))
        elif item.can_try and goes_on is None:
            words = f"{item.label}: {PAIRS} pairs of runs"
            yield Choice(words, DiaryAct(act, BEGUN), in_pairs=item.label)


def _keeps(desk: ExperimentDesk, causes: Sequence[Cause]) -> Iterator[Choice]:
    when = f"the self-check is to be asked again in {WEEKS_OF_A_CAUSE} weeks"
    for each in causes:
        if desk.note_of(cause=each.id) is None:
            act = DiaryAct(partial(desk.keep_cause, each.id, each.title), f"Noted; {when}")
            yield Choice(f"{each.title}: keep only this and the date; {when}", act)


def _ending(desk: ExperimentDesk, experiment: Experiment) -> DiaryAct:
    return DiaryAct(partial(desk.end, experiment), "Ended; it stays in the diary")
