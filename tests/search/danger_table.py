"""The tables of what people say: dangers and look-alikes, and which half a phrase belongs to."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).parent


class Said(NamedTuple):
    """Something a person types, and the level that it names: "" for none."""

    phrase: str
    level: str


def dangers(file: str = "dangers.toml") -> tuple[Said, ...]:
    """All ways of saying a danger."""
    return tuple(Said(each, level) for level, each in _phrases(file) if level.isupper())


def look_alikes() -> tuple[Said, ...]:
    """All searches that only look like one."""
    return tuple(Said(each, "") for _, each in _phrases("look_alikes.toml"))


def seen(every: Iterable[Said]) -> list[Said]:
    """The half to build with."""
    return [each for each in every if not is_unseen(each.phrase)]


def unseen(every: Iterable[Said]) -> list[Said]:
    """The half that is only measured."""
    return [each for each in every if is_unseen(each.phrase)]


def is_unseen(phrase: str) -> bool:
    """A fixed rule: the last bit of the first byte of the phrase's SHA-256."""
    return bool(sha256(phrase.encode()).digest()[0] % 2)


def _phrases(file: str) -> Iterator[tuple[str, str]]:
    for name, phrases in tomllib.loads((_HERE / file).read_text()).items():
        for phrase in phrases:
            yield name, phrase
