"""What the diary keeps: small frozen values, each with an id (UUID hex) and the UTC time it changed.

They are named tuples, all built by keyword: frozen dataclasses take three times as long to define,
and the diary is opened before the first page shows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal, NamedTuple
from uuid import UUID, uuid4

from .clock import moment_of

try:  # As the standard library's random does it: hashlib would load all of OpenSSL for one sum.
    from _sha1 import sha1  # type: ignore[import-not-found]
except ImportError:
    from hashlib import sha1

ResetRule = Literal["run", "week", "never"]
"""When a list starts afresh: with each run, on Monday (local time), or not at all."""

LONGEST_TEXT = 2000
"""Characters in a note, an own item or a reason."""

_NOTHING: Mapping[str, str] = MappingProxyType({})
_NAMESPACE = UUID("6f1f7f0e-5c1e-4f0b-9a58-52756e54616c")


def new_id() -> str:
    """An id that no other record has, on any machine."""
    return uuid4().hex


def named_id(kind: str, *names: str) -> str:
    """The id of a thing that has a name of its own, the same on every machine."""
    name = json.dumps([kind, *names]).encode()
    digest = sha1(_NAMESPACE.bytes + name, usedforsecurity=False).digest()
    return UUID(bytes=digest[:16], version=5).hex


def list_of(item: str) -> str:
    """The list in an item reference `LIST/ITEM`; a list's own id may hold slashes."""
    return item.rpartition("/")[0]


class Mark(NamedTuple):
    """A tick, or a skip with its reason, of an item in a period of its list."""

    id: str
    item: str
    resets: ResetRule
    period: str
    """The run's id, the week's Monday, or nothing for a list that never resets."""
    at: str
    skipped: str | None = None
    """Why it was skipped; None where it was ticked."""
    changed: str = ""


class OwnItem(NamedTuple):
    """An item the reader added to a list."""

    id: str
    list: str
    text: str
    position: int
    """Later items stand lower."""
    changed: str = ""

    @property
    def item(self) -> str:
        """Its reference, as for an item of the book."""
        return f"{self.list}/{self.id}"


class Hidden(NamedTuple):
    """An item of the book that the reader does not want to see."""

    id: str
    item: str
    changed: str = ""


class Measured(NamedTuple):
    """What a reader may tell of a run besides soreness and note; all optional."""

    minutes: float | None = None
    km: float | None = None
    load: float | None = None
    """Kilograms carried."""


UNMEASURED = Measured()


class Run(NamedTuple):
    """A filed run: what was ticked, skipped and left, and how the back felt."""

    id: str
    started: str
    finished: str
    soreness: int | None = None
    """0 to 10, noted on the day of the run."""
    soreness_next_day: int | None = None
    """0 to 10, noted later."""
    note: str = ""
    ticked: tuple[str, ...] = ()
    skipped: Mapping[str, str] = _NOTHING
    left: tuple[str, ...] = ()
    own: Mapping[str, str] = _NOTHING
    """The words of the reader's own items among them, as they were that day."""
    minutes: float | None = None
    km: float | None = None
    load: float | None = None
    """Kilograms carried."""
    climb: int | None = None
    """Meters up, in all."""
    descent: int | None = None
    """Meters down, in all."""
    cadence: int | None = None
    """Mean steps a minute."""
    danger: bool = False
    """Whether a sign of danger came on it, by the reader's own answer."""
    changed: str = ""

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
            "minutes": self.minutes,
            "km": self.km,
            "load": self.load,
            "climb": self.climb,
            "descent": self.descent,
            "cadence": self.cadence,
            "danger": self.danger,
        }


class Activity(NamedTuple):
    """One recorded run; what its source did not say is None."""

    id: str
    start: str
    """UTC, as the diary writes times."""
    minutes: float
    km: float | None = None
    climb: int | None = None
    """Meters up, in all."""
    descent: int | None = None
    """Meters down, in all."""
    cadence: int | None = None
    """Mean steps a minute, both feet counted."""
    source: str = ""
    """A hash of what it was read from."""
    changed: str = ""

    @property
    def began(self) -> datetime:
        """The moment it began."""
        return moment_of(self.start)

    @property
    def ended(self) -> datetime:
        """The moment it ended."""
        return self.began + timedelta(minutes=self.minutes)


class Experiment(NamedTuple):
    """A change that the reader tries: by pairs of runs, or, without a sequence, over some weeks."""

    id: str
    item: str
    """`LIST/ITEM`; nothing where only a cause of the self-check is kept."""
    label: str
    """What is tried, in the words of the day on which it began."""
    started: str
    sequence: tuple[bool, ...] = ()
    """For each run whether it is with the change; empty where no verdict is to come."""
    runs: tuple[str, ...] = ()
    """The ids of its runs, in the order of filing."""
    unable: tuple[str, ...] = ()
    """Those among them that could not follow."""
    cause: str = ""
    """The cause of the self-check that proposed it."""
    look_again: str = ""
    """The date on which to look again, `2027-01-18`, where there is no sequence."""
    ended: str | None = None
    """When it was ended before its time."""
    why_ended: str = ""
    changed: str = ""


class ReadingPlace(NamedTuple):
    """Where the reader left a book: a character in a block of a section."""

    id: str
    book: str
    section: str
    block: int = 0
    character: int = 0
    changed: str = ""


class ReadMark(NamedTuple):
    """A section that was read."""

    id: str
    book: str
    section: str
    changed: str = ""


class Bookmark(NamedTuple):
    """A section the reader wants to find again."""

    id: str
    book: str
    section: str
    added: str
    changed: str = ""


class RoutineEntry(NamedTuple):
    """A routine that was begun: how far it is, or what came of it."""

    id: str
    routine: str
    """The id of its page, or of the page of a single card."""
    started: str
    ended: str | None = None
    """None while it is under way."""
    seconds: int = 0
    """How long it went on, without pauses."""
    outcome: str = ""
    """`done`, `stopped` or `hurt`; nothing while it is under way."""
    done: tuple[str, ...] = ()
    """The ids of the cards that were done."""
    skipped: tuple[str, ...] = ()
    """The ids of the cards that were skipped, or parts of them."""
    exercise: int = 0
    """Which exercise is on, from 0; with the next three, where to go on."""
    card: str = ""
    phase: int = 0
    left: int = 0
    player: str = ""
    """Names the session that counts it."""
    changed: str = ""


class Setting(NamedTuple):
    """A choice the reader made, such as the theme."""

    id: str
    name: str
    value: str
    changed: str = ""


Kept = (
    Activity
    | Bookmark
    | Experiment
    | Hidden
    | Mark
    | OwnItem
    | ReadingPlace
    | ReadMark
    | RoutineEntry
    | Run
    | Setting
)
"""Anything the diary keeps."""

KINDS: Mapping[str, type[Kept]] = MappingProxyType(
    {
        "activity": Activity,
        "bookmark": Bookmark,
        "experiment": Experiment,
        "hidden": Hidden,
        "mark": Mark,
        "own": OwnItem,
        "place": ReadingPlace,
        "read": ReadMark,
        "routine": RoutineEntry,
        "run": Run,
        "setting": Setting,
    }
)
"""Every kind of record, by name."""

KINDS_OF_RUNS = ("activity", "experiment", "run")
"""What is kept of past runs."""

_KIND_OF: Mapping[type[object], str] = {kept: kind for kind, kept in KINDS.items()}

NAMED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "activity": ("start",),
        "bookmark": ("book", "section"),
        "hidden": ("item",),
        "mark": ("item",),
        "place": ("book",),
        "read": ("book", "section"),
        "setting": ("name",),
    }
)
"""The fields that make the id of a kind; a kind that is not here has random ids."""


_FIELDS: Mapping[type[object], tuple[str, ...]] = {
    kept: tuple(name for name in kept._fields if name not in ("id", "changed"))
    for kept in KINDS.values()
}


def body_fields(kept: type[object]) -> tuple[str, ...]:
    """The names of the fields of a kind, beside its id and time."""
    return _FIELDS[kept]


def kind_of(kept: type[object]) -> str:
    """The name of a kind of record."""
    return _KIND_OF[kept]


def part_of(thing: Kept) -> str:
    """What records of its kind are looked up by: a list's rule, a list, a book, or nothing."""
    match thing:
        case Mark():
            return thing.resets
        case OwnItem():
            return thing.list
        case Hidden():
            return list_of(thing.item)
        case Bookmark() | ReadMark():
            return thing.book
        case _:
            return ""


class ListState(NamedTuple):
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
