"""What each field of a record may hold: the same rule for our own acts and for strangers' files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import isfinite

from .clock import moment_of
from .errors import NotKept, TooLong
from .model import (
    LONGEST_TEXT,
    Activity,
    Bookmark,
    Experiment,
    Hidden,
    Kept,
    Mark,
    OwnItem,
    ReadingPlace,
    ReadMark,
    RoutineEntry,
    Run,
    Setting,
    body_fields,
)

Check = Callable[[object], bool]

_LONGEST_NAME = 1000
_MOST_ITEMS = 2000
_MOST = 100_000
_ID = re.compile(r"[0-9a-f]{32}")
_PERIODS = {
    "run": _ID,
    "week": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "never": re.compile(r""),
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def is_id(value: object) -> bool:
    """32 lower-case hexadecimal digits."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def is_moment(value: object) -> bool:
    """A time as the diary writes it."""
    try:
        return isinstance(value, str) and bool(moment_of(value))
    except ValueError:
        return False


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT


def _is_name(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_NAME and _CONTROL.search(value) is None


def _is_item(value: object) -> bool:
    return isinstance(value, str) and "/" in value and _is_name(value)


def _is_level(value: object) -> bool:
    return value is None or (_is_count(value) and value in range(11))


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value < 2**31


def _is_amount(value: object) -> bool:
    """Minutes, kilometers or kilograms, where known."""
    if value is None or isinstance(value, bool):
        return value is None
    return isinstance(value, int | float) and isfinite(value) and 0 <= value <= _MOST


def _is_whole(value: object) -> bool:
    return value is None or (_is_count(value) and _is_amount(value))


def _is_day(value: object) -> bool:
    return isinstance(value, str) and (not value or _PERIODS["week"].fullmatch(value) is not None)


def _is_reason(value: object) -> bool:
    return value is None or _is_text(value)


def _are_items(value: object) -> bool:
    return (
        isinstance(value, list | tuple) and len(value) <= _MOST_ITEMS and all(map(_is_item, value))
    )


def _are_names(value: object) -> bool:
    return (
        isinstance(value, list | tuple) and len(value) <= _MOST_ITEMS and all(map(_is_name, value))
    )


def _are_texts(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and len(value) <= _MOST_ITEMS
        and all(_is_item(item) and _is_text(text) for item, text in value.items())
    )


def _are_ids(value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) <= _MOST_ITEMS and all(map(is_id, value))


def _is_sequence(value: object) -> bool:
    """Pairs of runs, or nothing."""
    return (
        isinstance(value, list | tuple)
        and len(value) <= _MOST_ITEMS
        and len(value) % 2 == 0
        and all(isinstance(each, bool) for each in value)
    )


_RULES: Mapping[type[Kept], Mapping[str, Check]] = {
    Activity: {
        "start": is_moment,
        "minutes": lambda value: value is not None and _is_amount(value),
        "km": _is_amount,
        "climb": _is_whole,
        "descent": _is_whole,
        "cadence": _is_whole,
        "source": _is_name,
    },
    Bookmark: {"book": _is_name, "section": _is_name, "added": is_moment},
    Experiment: {
        "item": lambda value: value == "" or _is_item(value),
        "label": _is_text,
        "started": is_moment,
        "sequence": _is_sequence,
        "runs": _are_ids,
        "unable": _are_ids,
        "cause": _is_name,
        "look_again": _is_day,
        "ended": lambda value: value is None or is_moment(value),
        "why_ended": _is_name,
    },
    Hidden: {"item": _is_item},
    Mark: {
        "item": _is_item,
        "resets": lambda value: isinstance(value, str) and value in _PERIODS,
        "period": _is_text,
        "at": is_moment,
        "skipped": _is_reason,
    },
    OwnItem: {"list": _is_name, "text": _is_text, "position": _is_count},
    ReadingPlace: {
        "book": _is_name,
        "section": _is_name,
        "block": _is_count,
        "character": _is_count,
    },
    ReadMark: {"book": _is_name, "section": _is_name},
    RoutineEntry: {
        "routine": _is_name,
        "started": is_moment,
        "ended": lambda value: value is None or is_moment(value),
        "seconds": _is_count,
        "outcome": lambda value: value in ("", "done", "stopped", "hurt"),
        "done": _are_names,
        "skipped": _are_names,
        "exercise": _is_count,
        "card": _is_name,
        "phase": _is_count,
        "left": _is_count,
        "player": _is_name,
    },
    Run: {
        "started": is_moment,
        "finished": is_moment,
        "soreness": _is_level,
        "soreness_next_day": _is_level,
        "note": _is_text,
        "ticked": _are_items,
        "skipped": _are_texts,
        "left": _are_items,
        "own": _are_texts,
        "minutes": _is_amount,
        "km": _is_amount,
        "load": _is_amount,
        "climb": _is_whole,
        "descent": _is_whole,
        "cadence": _is_whole,
        "danger": lambda value: isinstance(value, bool),
    },
    Setting: {"name": _is_name, "value": _is_name},
}


def wrong_field(kept: type[Kept], body: Mapping[str, object]) -> str | None:
    """The first field that holds what it may not; None where all is well.

    A field may be absent where it has a default.
    """
    for name, allowed in _RULES[kept].items():
        if not allowed(body[name]) if name in body else name not in kept._field_defaults:
            return name
    if kept is Mark and not _PERIODS[str(body["resets"])].fullmatch(str(body["period"])):
        return "period"
    return None


def checked(thing: Kept) -> Kept:
    """The thing itself; raises TooLong for long text and NotKept for any other wrong value."""
    body = {name: getattr(thing, name) for name in body_fields(type(thing))}
    wrong = wrong_field(type(thing), body)
    if wrong is None:
        return thing
    value = body[wrong]
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise TooLong(len(value), LONGEST_TEXT)
    if wrong.startswith("soreness"):
        raise NotKept("soreness is a whole number from 0 to 10")
    raise NotKept(f"the diary cannot keep this {wrong}: {value!r}"[:200])
