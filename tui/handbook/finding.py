"""A name as a person types it → the section that it means."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .errors import AmbiguousNameError, UnknownNameError
from .model import Handbook, Section


def find_section(handbook: Handbook, name: str) -> Section:
    """The section called `name`: exact id, exact title, unique start of an id, words of its title.

    Raises:
        UnknownNameError: nothing answers to the name; the nearest three ids are named.
        AmbiguousNameError: several sections do.
    """
    wanted = name.strip()
    exact = handbook.get(wanted) or _titled(handbook, wanted)
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
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a word that matches nothing needs it

    found = process.extract(word.lower(), list(known), scorer=fuzz.WRatio, limit=limit)
    return tuple(name for name, score, _ in found if score >= 50)


def _titled(handbook: Handbook, title: str) -> Section | None:
    same = (each for each in handbook.sections if each.title.casefold() == title.casefold())
    return next(same, None)


def _starting(handbook: Handbook, start: str) -> list[Section]:
    start = start.lower()
    return [each for each in handbook.sections if start and each.id.lower().startswith(start)]


def _worded(handbook: Handbook, words: str) -> list[Section]:
    wanted = _words(words)
    return [each for each in handbook.sections if wanted and wanted <= _words(each.title)]


def _words(text: str) -> set[str]:
    """The words of a title, without what stands before and after them."""
    return set(re.findall(r"\w+", text.casefold()))
