"""Text written without spaces, Chinese and Japanese: each of its characters is a word to the index.

What is asked for is then found within any run of characters, as a phrase.
"""

from __future__ import annotations

import re
from functools import cache

APART = "\x01"
"""What stands between two such characters in the index; no text that is safe to show holds it."""

_FIRST = "\u2e80"
_UNSPACED = f"{_FIRST}-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"


@cache
def _border() -> re.Pattern[str]:
    """Where one of these characters meets a letter; compiled for the books that have any, as it takes long."""
    return re.compile(rf"(?<=[{_UNSPACED}])(?=\w)|(?<=\w)(?=[{_UNSPACED}])")


@cache
def _any() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED}]")


def is_unspaced(text: str) -> bool:
    """Whether any of its characters is a word to the index."""
    return not text.isascii() and max(text) >= _FIRST and _any().search(text) is not None


def set_apart(text: str) -> str:
    """The text as it is indexed and asked for."""
    return _border().sub(APART, text) if is_unspaced(text) else text


def put_together(text: str) -> str:
    """The text as it was written."""
    return text.replace(APART, "")
