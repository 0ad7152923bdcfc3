"""`exercises`: the cards that fit a need, by their labels."""

from __future__ import annotations

from ..handbook.cards import Card, all_cards
from ..search.synonyms import load_synonyms
from ..session.exercise_choice import Need, fitting
from ..session.routine_words import minutes
from .context import Context, UsageError
from .prompts import remark


def exercises(context: Context) -> int:
    """List the exercises that fit, with their minutes; 1 where none does."""
    cards = all_cards(context.handbook, context.pages)
    found = fitting(cards.cards, _need(context), load_synonyms(context.handbook.folder))
    if context.option("json"):
        context.output.write_json([_as_json(each) for each in found])
    else:
        _write_table(context, found)
    for error in cards.errors.values():
        remark(context, str(error))
    return 0 if found else 1


def _need(context: Context) -> Need:
    given = context.option("minutes")
    try:
        most = float(given) if given is not None else None
    except ValueError as error:
        raise UsageError(f"--minutes {given}: a number of minutes, such as 5") from error
    texts = {name: str(context.option(name, "")) for name in ("equipment", "when")}
    return Need(target=str(context.option("target", "")), minutes=most, **texts)


def _write_table(context: Context, found: tuple[Card, ...]) -> None:
    if not found:
        context.output.write("No exercise fits; `runtall exercises` lists all.")
    rows = [
        (each.id, minutes(each.about_seconds()).rjust(6), f"{each.title}: {each.part('Target')}")
        for each in found
    ]
    context.output.write_table(rows, cut=True)


def _as_json(card: Card) -> dict[str, object]:
    return {
        "id": card.id,
        "title": card.title,
        "target": card.part("Target"),
        "equipment": card.part("Equipment"),
        "seconds": card.about_seconds(),
        "when": card.part("When"),
    }
