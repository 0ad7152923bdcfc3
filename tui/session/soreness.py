"""Soreness as a reader writes it: a number from 0 to 10, or nothing."""

from __future__ import annotations


def why_no_soreness(text: str) -> str:
    """What is wrong with a soreness; nothing where it is a number from 0 to 10, or blank."""
    number = text.strip()
    fits = not number or (number.isascii() and number.isdigit() and int(number[:3]) <= 10)
    return "" if fits else "Soreness is a whole number from 0 to 10"


def soreness_of(text: str) -> int | None:
    """The number that was written; None for a blank."""
    return int(text) if text.strip() else None
