"""A name as a person types it → the section, checklist or item it means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from .errors import AmbiguousNameError, UnknownNameError
from .model import Handbook, Kind, Section

if TYPE_CHECKING:
    from .checklists import Checklist, Item

_FEW = 12
"""Where nothing is alike, so many names of a list's items are given to choose from."""


def find_section(handbook: Handbook, name: str) -> Section:
    """The section called `name`: exact id, title or number, unique start of an id, words of its title.

    Raises:
        UnknownNameError: nothing answers to the name; the nearest three ids are named.
        AmbiguousNameError: several sections do.
    """
    wanted = name.strip()
    exact = handbook.get(wanted) or _titled(handbook, wanted) or _numbered(handbook, wanted)
    if exact is not None:
        return exact
    for candidates in (_starting(handbook, wanted), _worded(handbook, wanted)):
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            raise AmbiguousNameError("section", name, tuple(each.id for each in candidates))
    raise UnknownNameError("section", name, nearest(wanted, handbook.by_id))


def nearest(word: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The known names most like `word`, best first; fewer, or none, when few are alike."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - only a name that matches nothing needs it

    matcher = SequenceMatcher(b=word.casefold(), autojunk=False)
    scores: dict[str, float] = {}
    for name in known:
        likest = 0.0
        for part in {name.casefold(), *re.split(r"[\W_]+", name.casefold())}:
            matcher.set_seq1(part)
            likest = max(likest, matcher.ratio())
        scores[name] = likest
    best = sorted(scores, key=lambda name: -scores[name])[:limit]
    return tuple(name for name in best if scores[name] >= 0.5)


def find_routine_page(handbook: Handbook, name: str) -> Section:
    """The page of the routine or the exercise called `name`: its id, its title, or a unique start.

    A routine comes before an exercise.

    Raises:
        UnknownNameError: nothing answers to the name; the nearest three ids are named.
        AmbiguousNameError: several pages do.
    """
    wanted = name.strip()
    routines = {each.id: each for each in handbook.readable if each.kind is Kind.ROUTINE}
    cards = {each.id: each for each in handbook.readable if each.kind is Kind.EXERCISE}
    known = handbook.get(wanted)
    if known is not None and known.id in (routines | cards):
        return known
    with suppress(UnknownNameError):
        return routines[_named("routine", wanted, _titles(routines))]
    return (routines | cards)[_named("routine", wanted, _titles(routines | cards))]


def _titles(sections: Mapping[str, Section]) -> Mapping[str, str]:
    return {each.id: each.title for each in sections.values()}


def find_checklist(handbook: Handbook, lists: Iterable[Checklist], name: str) -> Checklist:
    """The list called `name`: its id, today's or an earlier one, its title, or a unique start.

    Raises:
        UnknownNameError: nothing answers to the name; the nearest three ids are named.
        AmbiguousNameError: several lists do.
    """
    by_id = {each.id: each for each in lists}
    wanted = name.strip()
    known = handbook.get(wanted)
    if known is not None and known.id in by_id:
        return by_id[known.id]
    return by_id[_named("list", wanted, {each.id: each.title for each in by_id.values()})]


def find_item(handbook: Handbook, checklist: Checklist, name: str) -> Item:
    """The item of a list called `name`: its id, today's or an earlier one, its label, or a start.

    Raises:
        UnknownNameError: nothing answers to the name; the nearest three ids are named.
        AmbiguousNameError: several items do.
    """
    from .checklists import current_id  # noqa: PLC0415 - the screen finds pages by name, and no items at its start

    wanted = name.strip().removeprefix(f"{checklist.id}/")
    known = checklist.get(current_id(handbook, checklist, wanted))
    if known is not None:
        return known
    by_id = {each.id: each for each in checklist.items}
    return by_id[_named("item", wanted, {each.id: each.label for each in checklist.items})]


def _titled(handbook: Handbook, title: str) -> Section | None:
    same = (each for each in handbook.sections if each.title.casefold() == title.casefold())
    return next(same, None)


def _numbered(handbook: Handbook, number: str) -> Section | None:
    wanted = number.rstrip(".")
    return next((each for each in handbook.sections if wanted and each.number == wanted), None)


def _starting(handbook: Handbook, start: str) -> list[Section]:
    start = start.lower()
    return [each for each in handbook.sections if start and each.id.lower().startswith(start)]


def _worded(handbook: Handbook, words: str) -> list[Section]:
    wanted = _words(words)
    return [each for each in handbook.sections if wanted and wanted <= _words(each.title)]


def _words(text: str) -> set[str]:
    """The words of a title, without what stands before and after them."""
    return set(re.findall(r"\w+", text.casefold()))


def _named(what: str, name: str, titles: Mapping[str, str]) -> str:
    """The id among `titles`, which hold what a reader sees for each id, that a name means."""
    wanted = name.casefold().removesuffix(".")
    for fits in (str.__eq__, str.startswith):
        found = [
            each
            for each, title in titles.items()
            if wanted and any(fits(known, wanted) for known in _names_of(each, title))
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousNameError(what, name, tuple(found))
    raise UnknownNameError(what, name, nearest(wanted, titles) or tuple(titles)[:_FEW])


def _names_of(known: str, title: str) -> tuple[str, str, str]:
    """An id, its last part (other books have paths for ids) and a title, ready to compare."""
    folded = known.casefold()
    return folded, folded.rpartition("/")[2], title.casefold().removesuffix(".")
