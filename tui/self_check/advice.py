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
from ..handbook.signs import Level, Sign
from .model import MEDICAL, Plan, Result, Score, SelfCheck

BAR = 12
"""Characters of a bar that is full."""
ON_THE_SPOT = "What to do on the spot"
NUMBERS = "Emergency numbers"
TO_BRING = "What to bring"
"""Parts of the pages that are quoted."""
PLAIN_CALL = "NOW: call the emergency number."
"""What the title says already."""
LIKELIEST = "This is the most likely place to start, not a diagnosis. "
NO_FAVORITE = "No cause stands out from your answers. "
JUDGMENT = "The points are expert judgment, not statistics."
NOT_ASKED = (
    "You did not say who you are. For some people signs are more urgent: see “Move one level up”. "
)


class Adviser:
    """Puts results into words, with links into one book."""

    def __init__(
        self,
        handbook: Handbook,
        pages: Pages,
        check: SelfCheck,
        *,
        bars: bool = True,
        how_to_try: str = "",
    ) -> None:
        """Advise on this self-check; without `bars`, as for plain text, points are numbers alone.

        `how_to_try` says how one of the changes is tried, or the cause alone kept.
        """
        self._handbook = handbook
        self._pages = pages
        self._check = check
        self._bars = bars
        self._how_to_try = how_to_try
        self._most = max(cause.max for cause in check.causes)
        """The most points that any cause can have: causes are ranked by points, and so drawn."""

    def result(self, result: Result, *, asked_risks: bool = True) -> tuple[Block, ...]:
        """The whole answer: above SELF only what care there is to get, else where to start."""
        if result.level is Level.NOW:
            said = self._now(result)
        elif result.level is Level.TODAY:
            said = self._today(result)
        elif result.level is Level.BOOK:
            said = self._book(result)
        else:
            said = (_title("Where to start"), *self._causes(result), *self._all_points(result))
        if asked_risks or self._check.risks is None:
            return said
        return (*said, _paragraph(Span(NOT_ASKED), *self._way_to("Move one level up")))

    def _now(self, result: Result) -> tuple[Block, ...]:
        """What to do at once, and nothing else; the numbers first."""
        return (
            _title("Stop. Call your emergency number now.", Style.NOW),
            *self._numbers(""),
            *(_paragraph(Span(each)) for each in _deeds(result.signs)),
            *self._part(ON_THE_SPOT),
            *self._because(result),
            *self._full_list("NOW"),
            *self._part(NUMBERS),
        )

    def _today(self, result: Result) -> tuple[Block, ...]:
        """That it cannot wait, where to go, and when to call instead."""
        return (
            _title("Get medical care today. Do not run.", Style.TODAY),
            *self._numbers("If it becomes more urgent, call: "),
            *self._level_line("TODAY"),
            *_signs_said(result.signs),
            *self._because(result),
            *self._full_list("TODAY"),
        )

    def _book(self, result: Result) -> tuple[Block, ...]:
        """Whom to see, what to stop, and what to bring."""
        plan = next((c.plan for c in self._check.causes if c.id == MEDICAL), None)
        return (
            _title("Get it checked first"),
            *self._level_line("BOOK"),
            *_signs_said(result.signs),
            *((_paragraph(_strong("First: "), Span(plan.first)),) if plan else ()),
            *self._because(result),
            *(self._linked("Read: ", plan.sections) if plan else ()),
            *(self._to_bring(plan.sections) if plan else ()),
        )

    def _numbers(self, before: str) -> Iterable[Block]:
        """The emergency numbers on a line or two, to be seen without scrolling."""
        items = (each.text.split(": ", 1) for each in self._part(NUMBERS) if _in_list(each))
        said = [
            f"{number} ({place})" if number[:1].isdigit() else f"{place}: {number}"
            for place, number in (each for each in items if len(each) == 2)
        ]
        if said:
            yield _paragraph(_strong(before + " · ".join(said)))

    def _level_line(self, level: str) -> Iterable[Block]:
        """What the page of red flags says that a level means."""
        return part_paragraphs(self._part(level))[:1]

    def _because(self, result: Result) -> Iterable[Block]:
        chosen = [each.text for each in result.red_flags]
        if not chosen and result.medical:
            medical = (score for score in result.scores if score.cause.id == MEDICAL)
            chosen = [reason.said for score in medical for reason in score.why]
        if chosen:
            yield _paragraph(_strong("Because you chose: "), Span("; ".join(chosen) + "."))
        if result.groups and (result.raised or not chosen):
            yours = "; ".join(each.text.rstrip(".") for each in result.groups)
            yield _paragraph(_strong("More urgent for you: "), Span(f"{yours}."))

    def _to_bring(self, sections: Sequence[str]) -> Iterable[Block]:
        """What a page among these says that one brings to a visit."""
        for section in map(self._handbook.get, sections):
            if section is not None:
                yield from part_under(self._pages.or_explanation(section).blocks, TO_BRING)

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
        if result.causes and self._how_to_try:
            yield _paragraph(Span(self._how_to_try))

    def _score(self, score: Score) -> Iterable[Block]:
        yield _paragraph(Span(f"{self._bar(score)}{points(score)}"))
        said = "; ".join(f"“{reason.said}”" for reason in score.why)
        yield _paragraph(_strong("Because you said: "), Span(said))
        yield from self._plan(score.cause.plan)

    def _bar(self, score: Score) -> str:
        return f"{bar(score.points, self._most)}  " if self._bars else ""

    def _plan(self, plan: Plan) -> Iterable[Block]:
        yield _paragraph(_strong("One change: "), Span(plan.first))
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
            shown = f"{self._bar(score)}{score.points} of {score.cause.max}"
            rows.append(((Span(score.cause.title),), (Span(shown),)))
        yield Table(tuple(rows))
        yield _paragraph(Span("Repeat the check in two weeks. Your answers are not kept."))

    def _part(self, name: str) -> tuple[Block, ...]:
        """A part of the page of red flags."""
        section = self._handbook.get(self._handbook.roles.red_flags)
        if section is None:
            return ()
        return part_under(self._pages.or_explanation(section).blocks, name)

    def _full_list(self, level: str) -> Iterable[Block]:
        way = tuple(self._way_to(level))
        if way:
            yield _paragraph(Span("Your sign, with its reason: "), *way)

    def _way_to(self, heading: str) -> Iterable[Span]:
        """A link to a heading of the page of red flags, or to the page where it has none."""
        section = self._handbook.get(self._handbook.roles.red_flags)
        if section is not None:
            headings = (
                b for b in self._pages.or_explanation(section).blocks if isinstance(b, Heading)
            )
            starts = (b.anchor for b in headings if b.text.startswith(heading))
            anchor = next(starts, "")
            link = Link(f"{section.id}#{anchor}", section.id, anchor)
            yield Span(f"{section.title}, {heading}", link=link)


def bar(points: int, most: int) -> str:
    """Points as a bar, which is full for the most that any cause can have: `█████───────`."""
    full = round(BAR * points / most) if most else 0
    return "█" * full + "─" * (BAR - full)


def points(score: Score) -> str:
    """The points in words."""
    return f"{score.points} of {score.cause.max} points"


def part_paragraphs(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The plain paragraphs among the blocks, without headings and lists."""
    return tuple(each for each in blocks if isinstance(each, Paragraph) and not _in_list(each))


def _in_list(block: Block) -> bool:
    return any(isinstance(around, ListItem) for around in block.inside)


def _deeds(signs: Iterable[Sign]) -> Iterable[str]:
    """What the signs ask for beyond a call, each once."""
    return dict.fromkeys(
        f"{sign.text}: {sign.do.removeprefix('NOW: ')}"
        for sign in signs
        if sign.level is Level.NOW and sign.do != PLAIN_CALL
    )


def _signs_said(signs: Iterable[Sign]) -> Iterable[Block]:
    """A paragraph a sign: what to do, and when it is more urgent."""
    for sign in signs:
        yield _paragraph(_strong(f"{sign.text}. "), Span(f"{sign.do} {sign.up}".strip()))


def _title(text: str, style: Style = Style.PLAIN) -> Block:
    return Heading(1, (Span(text, style),))


def _heading(text: str) -> Block:
    return Heading(2, (Span(text),))


def _paragraph(*spans: Span) -> Block:
    return Paragraph(spans)


def _strong(text: str) -> Span:
    return Span(text, Style.STRONG)


def _link(section: Section) -> Span:
    return Span(section.title, link=Link(section.id, section.id))
