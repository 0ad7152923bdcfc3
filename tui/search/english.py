"""Whether a word is ordinary English: such a word is never taken for a slip of another."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("english.txt.gz")
"""44,000 words of four letters and more, from SCOWL (its sizes 10 to 40, American and British).

`tests/search/make_english.py` made it; the copyright notice of SCOWL stands in LICENSE.
"""

_REMEMBERED = 1024
"""Words whose answers are remembered: a query is read anew with each of its letters."""


@lru_cache(_REMEMBERED)
def is_english(word: str) -> bool:
    """Whether ordinary English has this word, in this form."""
    return f"\n{word}\n".encode(errors="replace") in _words()


@lru_cache(_REMEMBERED)
def begins_english(start: str) -> bool:
    """Whether some word of ordinary English begins like this."""
    return f"\n{start}".encode(errors="replace") in _words()


def packed(words: Iterable[str]) -> bytes:
    """Words as they are kept: in order, a line each, with an empty one before and after."""
    import gzip  # noqa: PLC0415 - a search without a slip needs none

    return gzip.compress("\n".join(("", *sorted(words), "")).encode("ascii"), mtime=0)


@cache
def _words() -> bytes:
    """All of them, as they are kept; they are read when a word is first asked about."""
    import gzip  # noqa: PLC0415 - likewise

    return gzip.decompress(FILE.read_bytes())
