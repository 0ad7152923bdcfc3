"""An exercise card → what it trains, needs, and tells one to do, and how long that takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

from .blocks import Block, Heading, ListItem, Paragraph, Style, joined
from .doses import Dose, DoseError, parse_dose
from .errors import ContentError
from .files import lines_with
from .model import Handbook, Kind, Page, Section

if TYPE_CHECKING:
    from .loading import Pages

LABELS = ("Target", "Equipment", "When")
"""The parts of a card by which one chooses it."""
STEPS = "steps"
"""The anchor of the heading above a card's own steps; other headings hold variants of it."""


@dataclass(frozen=True)
class Card:
    """An exercise that a program can guide through."""

    id: str
    title: str
    dose: Dose
    steps: tuple[tuple[str, tuple[str, ...]], ...]
    """The numbered steps under each heading, by the heading's anchor; the card's own come first."""
    parts: tuple[tuple[str, str], ...]
    """What the paragraphs with a bold opening say, by that opening: Target, Equipment, When …"""

    def about_seconds(self) -> int:
        """About how long it takes."""
        return self.dose.about_seconds()

    def part(self, name: str) -> str:
        """What the card says under a bold opening, such as `Target`; empty where it does not."""
        return dict(self.parts).get(name, "")

    def how(self, anchor: str = "") -> tuple[str, ...]:
        """The steps under the heading with this anchor, else the card's own."""
        variants = dict(self.steps)
        return variants.get(anchor) or variants.get(STEPS, ())


@dataclass(frozen=True)
class Cards:
    """The cards of a book, and what is wrong with those that cannot be used."""

    cards: tuple[Card, ...]
    errors: Mapping[str, ContentError] = field(default_factory=dict)
    """What is wrong, by the id of the page."""

    def get(self, card_id: str) -> Card | None:
        """The card with this id."""
        return next((card for card in self.cards if card.id == card_id), None)


def all_cards(handbook: Handbook, pages: Pages) -> Cards:
    """Every card with a timer line, in reading order; a bad one is left out and its error kept."""
    return cards_among(handbook, pages, handbook.readable)


def cards_among(handbook: Handbook, pages: Pages, sections: Iterable[Section]) -> Cards:
    """The cards among these sections; no other page is read."""
    cards: list[Card] = []
    errors: dict[str, ContentError] = {}
    for section in sections:
        if section.kind is not Kind.EXERCISE:
            continue
        try:
            card = read_card(handbook, pages[section])
        except ContentError as error:
            errors[section.id] = error
        else:
            cards += [card] if card else []
    return Cards(tuple(cards), errors)


def read_card(handbook: Handbook, page: Page) -> Card | None:
    """The card that a page holds; None where it has no timer line, as the page of rules.

    Raises:
        ContentError: the timer line is wrong, or there are two.
    """
    dose = _dose(handbook, page)
    if dose is None:
        return None
    return Card(page.section.id, page.section.title, dose, _steps(page), _parts(page))


_TIMER = re.compile(r"timer:\s*(.*)", re.DOTALL)


def _dose(handbook: Handbook, page: Page) -> Dose | None:
    inline = (each for b in page.blocks if isinstance(b, Paragraph) for each in b.comments)
    found = [match[1] for each in (*page.comments, *inline) if (match := _TIMER.match(each))]
    if not found:
        return None
    file = handbook.folder / (page.section.path or page.section.id)
    try:
        if len(found) > 1:
            raise DoseError("a second timer line; a card has one, remove the other")
        return parse_dose(found[0])
    except DoseError as error:
        lines = lines_with(file, r"<!--\s*timer:")
        raise ContentError(file, lines[-1] if lines else None, str(error)) from error


def _steps(page: Page) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = {}
    anchor = ""
    for block in page.blocks:
        if isinstance(block, Heading):
            anchor = block.anchor
        elif _is_step(block):
            found.setdefault(anchor, []).append(block.text)
    return tuple((anchor, tuple(steps)) for anchor, steps in found.items())


def _is_step(block: Block) -> bool:
    numbered = (isinstance(each, ListItem) and each.marker[:-1].isdigit() for each in block.inside)
    return isinstance(block, Paragraph) and any(numbered)


def _parts(page: Page) -> tuple[tuple[str, str], ...]:
    found = []
    for block in page.blocks:
        if isinstance(block, Paragraph) and not block.inside:
            bold = joined(tuple(takewhile(lambda span: Style.STRONG in span.style, block.spans)))
            if bold.endswith(":"):
                found.append((bold[:-1], block.text[len(bold) :].strip()))
    return tuple(found)
