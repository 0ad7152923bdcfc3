"""A routine page → its steps: exercise cards, each with the dose that the routine gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeGuard

from .blocks import Block, ListItem, Paragraph
from .cards import Card, Cards, cards_among, read_card
from .doses import Dose, DoseError, overridden
from .errors import ContentError
from .files import lines_with
from .model import Handbook, Kind, Page, Section
from .phases import Phase, phases_of

if TYPE_CHECKING:
    from .loading import Pages


@dataclass(frozen=True)
class Step:
    """One exercise of a routine."""

    card: Card
    dose: Dose
    """The card's, with what the routine gives in its place."""
    how: tuple[str, ...]
    """What to do, in steps: the card's, or those of the variant that the routine links to."""
    text: str
    """What the routine says: the exercise and how it is to be done."""
    block: int
    """Where it stands among the blocks of its page."""


@dataclass(frozen=True)
class Routine:
    """Exercises to be done one after the other."""

    id: str
    title: str
    steps: tuple[Step, ...]

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """What is done from beginning to end, one thing at a time."""
        return phases_of(tuple(step.dose for step in self.steps))

    def about_seconds(self) -> int:
        """About how long it takes, getting ready and rests included."""
        return sum(phase.seconds for phase in self.phases)


def alone(card: Card) -> Routine:
    """One card as a routine of its own."""
    return Routine(card.id, card.title, (Step(card, card.dose, card.how(), card.title, 0),))


@dataclass(frozen=True)
class Routines:
    """The routines of a book, and what is wrong with the pages and cards that cannot be used."""

    routines: tuple[Routine, ...]
    errors: tuple[ContentError, ...] = ()

    def get(self, routine_id: str) -> Routine | None:
        """The routine with this id."""
        return next((each for each in self.routines if each.id == routine_id), None)


def all_routines(handbook: Handbook, pages: Pages, cards: Cards) -> Routines:
    """Every routine, in reading order; a bad one is left out and its error kept, once."""
    routines: list[Routine] = []
    errors = list(cards.errors.values())
    for section in handbook.readable:
        if section.kind is not Kind.ROUTINE:
            continue
        try:
            routines.append(read_routine(handbook, pages[section], cards))
        except ContentError as error:
            errors += [] if error in errors else [error]
    return Routines(tuple(routines), tuple(errors))


def routine_on(handbook: Handbook, pages: Pages, section: Section) -> Routine | None:
    """The routine on a page, or the card on it as a routine of one; None where it holds neither.

    Only the page and the cards it links to are read.

    Raises:
        ContentError: as for `read_routine` and `read_card`.
    """
    if section.path is None or section.kind not in (Kind.ROUTINE, Kind.EXERCISE):
        return None
    page = pages[section]
    if section.kind is Kind.EXERCISE:
        card = read_card(handbook, page)
        return alone(card) if card is not None else None
    linked = dict.fromkeys(placed.link.section for placed in page.links)
    named = (handbook.by_id[each] for each in linked if each)
    return read_routine(handbook, page, cards_among(handbook, pages, named))


def read_routine(handbook: Handbook, page: Page, cards: Cards) -> Routine:
    """The routine that a page holds.

    Raises:
        ContentError: no numbered item, an item that leads to no card, a bad override, or a card
            that is itself wrong (the card's own error).
    """
    file = handbook.folder / (page.section.path or page.section.id)
    items = [(number, block) for number, block in enumerate(page.blocks) if _is_item(block)]
    steps = []
    for at, (number, item) in enumerate(items):
        try:
            steps.append(_step(page, cards, number, item))
        except DoseError as error:
            lines = lines_with(file, r"^\d+[.)]\s")
            line = lines[at] if len(lines) == len(items) else None
            raise ContentError(file, line, str(error)) from error
    if not steps:
        what = "no steps in it; a routine has numbered items that link to exercise cards"
        raise ContentError(file, None, what)
    return Routine(page.section.id, page.section.title, tuple(steps))


def _is_item(block: Block) -> TypeGuard[Paragraph]:
    """Whether a block opens a numbered item at the top level."""
    if not isinstance(block, Paragraph) or len(block.inside) != 1:
        return False
    item = block.inside[0]
    return isinstance(item, ListItem) and item.opens and item.marker[:-1].isdigit()


_DO = re.compile(r"do:\s*(.*)", re.DOTALL)


def _step(page: Page, cards: Cards, number: int, item: Paragraph) -> Step:
    """The step that an item gives; raises DoseError where it is no sound one."""
    links = [placed.link for placed in page.links if placed.block == number]
    found = ((cards.get(link.section), link.anchor) for link in links)
    card, anchor = next(((card, anchor) for card, anchor in found if card), (None, ""))
    if card is None:
        for link in links:
            if link.section in cards.errors:
                raise cards.errors[link.section]
        remedy = "link to one that has a timer line"
        raise DoseError(f"“{item.text}” links to no exercise card; {remedy}")
    texts = [match[1] for comment in item.comments if (match := _DO.match(comment))]
    if len(texts) > 1:
        raise DoseError("“do” is given twice for one step; leave one out")
    dose = overridden(card.dose, texts[0]) if texts else card.dose
    return Step(card, dose, card.how(anchor), item.text, number)
