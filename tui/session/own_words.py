"""What the reader wrote, to be searched: notes of runs, and items of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..diary.clock import local_day, moment_of
from ..diary.model import Run
from ..search.words import SMALL_WORDS, plain_words
from .checklists import ChecklistDesk


class OwnText(NamedTuple):
    """Something that the reader wrote."""

    kind: str
    """`run` or `item`."""
    id: str
    """The run's, or the item's reference."""
    where: str
    """The day of the run, or the title of the list."""
    text: str


def own_texts(desk: ChecklistDesk, runs: Iterable[Run]) -> Iterator[OwnText]:
    """The notes of the runs, then the items; what is empty is left out."""
    for run in runs:
        if run.note.strip():
            day = local_day(moment_of(run.finished)).isoformat()
            yield OwnText("run", run.id, day, " ".join(run.note.split()))
    for listed in desk.lists:
        for own in desk.diary.lists.state(listed.id).own:
            yield OwnText("item", own.item, listed.title, " ".join(own.text.split()))


def find_own(words: str, texts: Iterable[OwnText]) -> list[OwnText]:
    """The texts that hold each word of a search, or a word that begins like it."""
    asked = plain_words(words)
    asked = tuple(word for word in asked if word not in SMALL_WORDS) or asked
    return [each for each in texts if asked and _holds(plain_words(each.text), asked)]


def _holds(words: tuple[str, ...], asked: tuple[str, ...]) -> bool:
    return all(any(word.startswith(each) for word in words) for each in asked)
