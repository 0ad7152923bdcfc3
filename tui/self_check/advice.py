"""What the self-check says, as blocks: served by the screen and by the command alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..handbook.blocks import (
    Block,
    Heading,
    Link,
    ListItem,
    Paragraph,
    Span,
    Style,
    Table,
    part_under,
)
from ..handbook.loading import Pages
from ..handbook.model import Handbook, Section
from .model import MEDICAL, Answer, Level, Plan, Result, Score, SelfCheck

BAR = 12
"""Characters of a bar that is full."""
NOW_PARTS = ("What to do on the spot", "Emergency numbers")
"""The parts of the red-flags page that a NOW sign calls for, in their order."""
LIKELIEST = "This is the most likely place to start, not a diagnosis. "
NO_FAVORITE = "No cause stands out from your answers. "
JUDGMENT = "The points are expert judgment, not statistics."


class Adviser:
    """Puts results into words, with links into one book."""

    def __init__(self, handbook: Handbook, pages: Pages, check: SelfCheck) -> None:
        self._handbook = handbook
        self._pages = pages
        self._check = check

    def now(self, result: Result) -> tuple[Block, ...]:
        """What to do at once, in the order of the red-flags page, and nothing else."""
        steps = [block for name in NOW_PARTS for block in self._red_flags(name)]
        return (
            _title("Stop. Call your emergency number now."),
            *steps,
            _paragraph(_strong("Because you chose: "), _words(result.red_flags)),
            *self._full_list(),
        )

    def today(self, result: Result) -> tuple[Block, ...]:
        """That it cannot wait, and why."""
        level = part_paragraphs(self._red_flags("TODAY"))[:1]
        return (
            _title("Get medical care today"),
            *level,
            _paragraph(_strong("Because you chose: "), _words(result.red_flags)),
            *self._full_list(),
            _paragraph(Span("You can go on to the questions, but care comes first.")),
        )

    def result(self, result: Result) -> tuple[Block, ...]:
        """The whole answer: urgency first, then where to start, then all points."""
        if result.level is Level.NOW:
            return self.now(result)
        return (
            _title("Where to start"),
            *self._urgent(result),
            *self._medical(result),
            *self._causes(result),
            *self._all_points(result),
        )

    def _urgent(self, result: Result) -> Iterable[Block]:
        if result.level is Level.TODAY:
            words = "TODAY: get medical care today, before anything below. "
            yield _paragraph(_strong(words), Span("You chose: "), _words(result.red_flags))

    def _medical(self, result: Result) -> Iterable[Block]:
        score = next((each for each in result.scores if each.cause.id == MEDICAL), None)
        if result.medical and score is not None:
            yield _heading("Get it checked")
            yield from self._score(score)

    def _causes(self, result: Result) -> Iterable[Block]:
        if result.causes:
            yield _paragraph(Span(LIKELIEST + JUDGMENT))
        else:
            yield _heading("No clear favorite")
            yield _paragraph(Span(NO_FAVORITE + JUDGMENT))
            if self._check.no_favorite is not None:
                yield from self._plan(self._check.no_favorite)
        for number, score in enumerate(result.causes, 1):
            yield _heading(f"{number}. {score.cause.title}")
            yield from self._score(score)

    def _score(self, score: Score) -> Iterable[Block]:
        yield _paragraph(Span(f"{bar(score)}  {points(score)}"))
        said = "; ".join(f"“{reason.said}”" for reason in score.why)
        yield _paragraph(_strong("Because you said: "), Span(said))
        yield from self._plan(score.cause.plan)

    def _plan(self, plan: Plan) -> Iterable[Block]:
        label = "First: " if plan.cause == MEDICAL else "One change, two weeks: "
        yield _paragraph(_strong(label), Span(plan.first))
        yield from self._linked("Read: ", plan.sections)
        yield from self._linked("Exercises: ", plan.exercises)

    def _linked(self, label: str, ids: Sequence[str]) -> Iterable[Block]:
        sections = [each for each in map(self._handbook.get, ids) if each is not None]
        spans: list[Span] = [_strong(label)]
        for section in sections:
            spans += [Span(" · ")] * (len(spans) > 1) + [_link(section)]
        if sections:
            yield _paragraph(*spans)

    def _all_points(self, result: Result) -> Iterable[Block]:
        yield _heading("All points")
        rows = [((Span("Cause"),), (Span("Points"),))]
        for score in sorted(result.scores, key=lambda each: -each.points):
            shown = f"{bar(score)} {score.points} of {score.cause.max}"
            rows.append(((Span(score.cause.title),), (Span(shown),)))
        yield Table(tuple(rows))
        yield _paragraph(Span("Repeat the check in two weeks. Nothing here was stored."))

    def _red_flags(self, part: str) -> tuple[Block, ...]:
        section = self._handbook.get(self._handbook.roles.red_flags)
        if section is None:
            return ()
        return part_under(self._pages.or_explanation(section).blocks, part)

    def _full_list(self) -> Iterable[Block]:
        section = self._handbook.get(self._handbook.roles.red_flags)
        if section is not None:
            yield _paragraph(Span("Every sign, with its reason: "), _link(section))


def bar(score: Score) -> str:
    """The points as a bar scaled to the most that the cause can have: `#####-------`."""
    full = round(BAR * score.points / score.cause.max) if score.cause.max else 0
    return "#" * full + "-" * (BAR - full)


def points(score: Score) -> str:
    """The points in words."""
    return f"{score.points} of {score.cause.max} points"


def part_paragraphs(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The plain paragraphs among the blocks, without headings and lists."""
    return tuple(
        each
        for each in blocks
        if isinstance(each, Paragraph)
        and not any(isinstance(around, ListItem) for around in each.inside)
    )


def _words(answers: Iterable[Answer]) -> Span:
    return Span("; ".join(answer.text for answer in answers) + ".")


def _title(text: str) -> Block:
    return Heading(1, (Span(text),))


def _heading(text: str) -> Block:
    return Heading(2, (Span(text),))


def _paragraph(*spans: Span) -> Block:
    return Paragraph(spans)


def _strong(text: str) -> Span:
    return Span(text, Style.STRONG)


def _link(section: Section) -> Span:
    return Span(section.title, link=Link(section.id, section.id))
