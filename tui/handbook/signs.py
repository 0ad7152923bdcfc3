"""signs.toml: the signs of danger, each once, and the people for whom they are more urgent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from .errors import ContentError
from .files import read_toml, wrong_entry

SIGNS = "signs.toml"
"""The file beside SUMMARY.md."""

_SLOT_TABLES = ("places", "feelings", "circumstances")
_TEXTS = ("id", "level", "sign", "short", "do", "up")
_LISTS = ("sources", "say", "alone")
_GROUP = {"id", "text", "raises", "but", "book"}
_ALL = "all"


class Level(StrEnum):
    """How soon to act, the most urgent first."""

    NOW = "NOW"
    TODAY = "TODAY"
    BOOK = "BOOK"
    SELF = "SELF"

    @property
    def rank(self) -> int:
        """0 for the most urgent."""
        return _ORDER.index(self)

    @property
    def one_up(self) -> Level:
        """The next more urgent level; NOW is its own."""
        return _ORDER[max(self.rank - 1, 0)]


_ORDER = tuple(Level)


class Sign(NamedTuple):
    """A sign of danger; the texts are as the file has them."""

    id: str
    level: Level
    text: str
    """What is noticed: the bold words of its line on the page of red flags."""
    do: str
    short: str = ""
    up: str = ""
    """When it is a level more urgent."""
    sources: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    """How it is said in a search: words, and slots in capitals."""
    alone: tuple[str, ...] = ()
    """Everyday words that alone are no alarm."""


class Group(NamedTuple):
    """People for whom some signs are a level more urgent."""

    id: str
    text: str
    raises: frozenset[str] | None
    """The ids of those signs; None for all of them."""
    spared: frozenset[str]
    """Signs that stay as they are where all are raised."""
    book: bool
    """Whether what is no sign is to be looked at too."""

    def raises_any(self, signs: Collection[str]) -> bool:
        """Whether one of these signs is more urgent for the group."""
        raised = set(signs) if self.raises is None else self.raises.intersection(signs)
        return not raised <= self.spared


class Signs(NamedTuple):
    """What a book's signs.toml says; empty where the book has none."""

    signs: tuple[Sign, ...] = ()
    """In the order of the file."""
    asking: tuple[Sign, ...] = ()
    """What people say who ask how urgent it is."""
    groups: tuple[Group, ...] = ()
    slots: Mapping[str, tuple[str, ...]] = {}
    """The words for each slot."""
    bodily: frozenset[str] = frozenset()
    """The slots that are places or feelings."""
    lacks: frozenset[str] = frozenset()
    """The slots that say that something is missing."""
    whole: frozenset[str] = frozenset()
    """The slots whose words are not also taken one by one."""
    harmless: tuple[str, ...] = ()
    """Words that together are no sign."""

    def sign(self, sign_id: str) -> Sign | None:
        """The sign with this id."""
        return next((each for each in self.signs if each.id == sign_id), None)

    def group(self, group_id: str) -> Group | None:
        """The group with this id."""
        return next((each for each in self.groups if each.id == group_id), None)


NO_SIGNS = Signs()
"""Of a book that has none, or before they are read."""


def load_signs(folder: Path) -> Signs:
    """The signs of the book whose SUMMARY.md lies in `folder`.

    Raises:
        ContentError: the file is wrong; the text names the sign, and the remedy.
    """
    file = folder / SIGNS
    values = read_toml(file)
    return NO_SIGNS if values is None else _SignsFile(file, values).signs()


class _SignsFile:
    """Takes one file's values apart, and says where they are wrong."""

    def __init__(self, file: Path, values: Mapping[str, Any]) -> None:
        self._file = file
        self._values = values

    def signs(self) -> Signs:
        """All that the file says, checked."""
        known = {"signs", "asking", "groups", "harmless", "lacks", "whole", *_SLOT_TABLES}
        for key in self._values:
            if key not in known:
                raise self._wrong(key, f"[{key}] means nothing; known: {', '.join(sorted(known))}")
        tables = {name: self._table(name) for name in _SLOT_TABLES}
        slots = {
            slot: self._texts(slot, words)
            for table in tables.values()
            for slot, words in table.items()
        }
        signs = tuple(map(self._sign, self._tables("signs")))
        asking = tuple(map(self._sign, self._tables("asking")))
        self._refuse_doubled(each.id for each in (*signs, *asking))
        groups = tuple(self._group(each, signs) for each in self._tables("groups"))
        self._refuse_doubled(each.id for each in groups)
        for sign in (*signs, *asking):
            self._check_slots(sign, slots)
        return Signs(
            signs,
            asking,
            groups,
            slots,
            bodily=frozenset((*tables["places"], *tables["feelings"])),
            lacks=frozenset(self._texts("lacks", self._values.get("lacks", []))),
            whole=frozenset(self._texts("whole", self._values.get("whole", []))),
            harmless=self._texts("harmless", self._table("harmless").get("words", [])),
        )

    def _sign(self, table: Mapping[str, Any]) -> Sign:
        name = str(table.get("id", "a sign without id"))
        for key in table:
            if key not in (*_TEXTS, *_LISTS):
                raise self._wrong(name, f"{name}: “{key}” means nothing here")
        for key in ("id", "level", "sign", "do"):
            if not isinstance(table.get(key), str) or not table[key].strip():
                raise self._wrong(name, f"{name}: {key} must be text in quotes")
        if table["level"] not in _ORDER[:-1]:
            levels = ", ".join(_ORDER[:-1])
            raise self._wrong(name, f"{name}: “{table['level']}” is no level; known: {levels}")
        return Sign(
            name,
            Level(table["level"]),
            table["sign"],
            table["do"],
            str(table.get("short", "")),
            str(table.get("up", "")),
            *(self._texts(name, table.get(key, [])) for key in _LISTS),
        )

    def _group(self, table: Mapping[str, Any], signs: Sequence[Sign]) -> Group:
        name = str(table.get("id", "a group without id"))
        if set(table) - _GROUP or not isinstance(table.get("text"), str):
            known = ", ".join(sorted(_GROUP))
            raise self._wrong(name, f"{name}: a group has {known}, and text in quotes")
        every = table.get("raises") == _ALL
        raised = () if every else self._texts(name, table.get("raises", []))
        spared = self._texts(name, table.get("but", []))
        ids = {each.id for each in signs}
        for each in (*raised, *spared):
            if each not in ids:
                raise self._wrong(name, f"{name}: there is no sign “{each}”; mend the id")
        raises = None if every else frozenset(raised)
        return Group(
            name, table["text"], raises, frozenset(spared), every or bool(table.get("book"))
        )

    def _check_slots(self, sign: Sign, slots: Mapping[str, object]) -> None:
        for word in " ".join(sign.say).split():
            if word.isupper() and word.isalpha() and word not in slots:
                what = f"{sign.id}: there is no slot {word}; add it, or write it small"
                raise self._wrong(sign.id, what)

    def _tables(self, key: str) -> Iterator[Mapping[str, Any]]:
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self._wrong(key, f"{key} must be tables, [[{key}]]")
        yield from value

    def _table(self, key: str) -> Mapping[str, Any]:
        value = self._values.get(key, {})
        if not isinstance(value, dict):
            raise self._wrong(key, f"{key} must be a table, [{key}]")
        return value

    def _texts(self, name: str, value: object) -> tuple[str, ...]:
        """A list of texts, or one text with commas between: a thousand quotes take long to read."""
        if isinstance(value, str):
            return tuple(part for each in value.split(",") if (part := " ".join(each.split())))
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self._wrong(name, f"{name} must be texts in quotes, or one with commas between")
        return tuple(value)

    def _refuse_doubled(self, ids: Iterable[str]) -> None:
        for each, times in Counter(ids).items():
            if times > 1:
                raise self._wrong(each, f"the id {each} is there {times} times; keep one")

    def _wrong(self, name: str, what: str) -> ContentError:
        return wrong_entry(self._file, name, what)
