"""The options that tell of a run: `--date`, `--km`, `--miles`, `--minutes` and `--load`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ..diary.clock import now
from ..diary.model import UNMEASURED, Measured
from ..session.run_details import (
    NotUnderstoodError,
    parse_km,
    parse_load,
    parse_minutes,
    parse_moment,
)
from .context import Context, UsageError

NAMES = ("date", "km", "miles", "minutes", "load")
"""The options, by their names."""


def measured(context: Context, before: Measured = UNMEASURED) -> Measured:
    """What was given of distance, minutes and load; what was not stays as before; `none` takes away."""
    if context.option("km") is not None and context.option("miles") is not None:
        raise UsageError("--km and --miles say the same; give one of them")
    km = _value(context, "km", before.km, parse_km)
    return Measured(
        minutes=_value(context, "minutes", before.minutes, parse_minutes),
        km=_value(context, "miles", km, lambda text: parse_km(f"{text} mi")),
        load=_value(context, "load", before.load, parse_load),
    )


def given_moment(context: Context) -> datetime | None:
    """When the run was, as far as it was given."""
    text: str | None = context.option("date")
    if text is None:
        return None
    try:
        return parse_moment(text, now())
    except NotUnderstoodError as error:
        raise UsageError(f"--date {text}: {error}") from error


def _value(
    context: Context, name: str, before: float | None, parse: Callable[[str], float]
) -> float | None:
    text: str | None = context.option(name)
    if text is None:
        return before
    if text == "none":
        return None
    try:
        return parse(text)
    except NotUnderstoodError as error:
        raise UsageError(f"--{name} {text}: {error}, or none") from error
