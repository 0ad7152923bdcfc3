"""What the diary keeps: small frozen values, each with an id (UUID hex) and the UTC time it changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar, Literal
from uuid import UUID, uuid4, uuid5

Resets = Literal["run", "week", "never"]
"""When a list starts afresh: with each run, on Monday (local time), or not at all."""

LONGEST_TEXT = 2000
"""Characters in a note, an own item or a reason."""

_NAMESPACE = UUID("6f1f7f0e-5c1e-4f0b-9a58-52756e54616c")


def new_id() -> str:
    """An id that no other record has, on any machine."""
    return uuid4().hex


def named_id(kind: str, *names: str) -> str:
    """The id of a thing that has a name of its own, the same on every machine."""
    return uuid5(_NAMESPACE, json.dumps([kind, *names])).hex


def list_of(item: str) -> str:
    """The list in an item reference `LIST/ITEM`; a list's own id may hold slashes."""
    return item.rpartition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Anything the diary keeps."""

    kind: ClassVar[str]
    names: ClassVar[tuple[str, ...]] = ()
    """The fields that make the id; none where the id is random."""

    id: str
    changed: str = ""

    @property
    def part(self) -> str:
        """What records of this kind are looked up by."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Kept):
    """A tick, or a skip with its reason, of an item in a period of its list."""

    kind: ClassVar[str] = "mark"
    names: ClassVar[tuple[str, ...]] = ("item",)

    item: str
    resets: Resets
    period: str
    """The run's id, the week's Monday, or nothing for a list that never resets."""
    at: str
    skipped: str | None = None
    """Why it was skipped; None where it was ticked."""

    @property
    def part(self) -> str:
        """The list's rule."""
        return self.resets


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnItem(Kept):
    """An item the reader added to a list."""

    kind: ClassVar[str] = "own"

    list: str
    text: str
    position: int
    """Later items stand lower."""

    @property
    def part(self) -> str:
        """The list it stands on."""
        return self.list

    @property
    def item(self) -> str:
        """Its reference, as for an item of the book."""
        return f"{self.list}/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden(Kept):
    """An item of the book that the reader does not want to see."""

    kind: ClassVar[str] = "hidden"
    names: ClassVar[tuple[str, ...]] = ("item",)

    item: str

    @property
    def part(self) -> str:
        """The list it stands on."""
        return list_of(self.item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(Kept):
    """A filed run: what was ticked, skipped and left, and how the back felt."""

    kind: ClassVar[str] = "run"

    started: str
    finished: str
    soreness: int | None = None
    """0 to 10, noted on the day of the run."""
    soreness_next_day: int | None = None
    """0 to 10, noted later."""
    note: str = ""
    ticked: tuple[str, ...] = ()
    skipped: Mapping[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    """The words of the reader's own items among them, as they were that day."""

    def as_json(self) -> dict[str, object]:
        """The run as the `diary` command prints it; what is absent is None."""
        return {
            "id": self.id,
            "started": self.started,
            "finished": self.finished,
            "soreness": self.soreness,
            "soreness_next_day": self.soreness_next_day,
            "note": self.note or None,
            "ticked": list(self.ticked),
            "skipped": dict(self.skipped),
            "left": list(self.left),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Kept):
    """Where the reader left a book: a character in a block of a section."""

    kind: ClassVar[str] = "place"
    names: ClassVar[tuple[str, ...]] = ("book",)

    book: str
    section: str
    block: int = 0
    character: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMark(Kept):
    """A section that was read."""

    kind: ClassVar[str] = "read"
    names: ClassVar[tuple[str, ...]] = ("book", "section")

    book: str
    section: str

    @property
    def part(self) -> str:
        """The book's title."""
        return self.book


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark(Kept):
    """A section the reader wants to find again."""

    kind: ClassVar[str] = "bookmark"
    names: ClassVar[tuple[str, ...]] = ("book", "section")

    book: str
    section: str
    added: str

    @property
    def part(self) -> str:
        """The book's title."""
        return self.book


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Kept):
    """A choice the reader made, such as the theme."""

    kind: ClassVar[str] = "setting"
    names: ClassVar[tuple[str, ...]] = ("name",)

    name: str
    value: str


KINDS: Mapping[str, type[Kept]] = MappingProxyType(
    {kept.kind: kept for kept in (Bookmark, Hidden, Mark, OwnItem, Place, ReadMark, Run, Setting)}
)
"""Every kind of record, by name."""


@dataclass(frozen=True, slots=True)
class ListState:
    """A list as it stands in its current period; items are references `LIST/ITEM`."""

    list: str
    run_id: str | None
    """The current run's id; None before its first act, and on lists that do not reset by run."""
    ticked: Mapping[str, str]
    """When each ticked item was ticked."""
    skipped: Mapping[str, str]
    """Why each skipped item was skipped."""
    own: tuple[OwnItem, ...]
    """The reader's own items, in the order they were added."""
    hidden: frozenset[str]
    """The book's items that are not to be shown."""
