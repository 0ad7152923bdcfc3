"""Whether a word is ordinary English: such a word is never taken for a slip of another."""

from __future__ import annotations

import gzip
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("english.txt.gz")
"""44,000 words of four letters and more, from SCOWL (its sizes 10 to 40, American and British).

`tests/search/make_english.py` made it; the copyright notice of SCOWL stands in LICENSE.
"""

_NONE_SHARED = ord("A")
"""The letter that begins a word which shares nothing with the one before; B shares one letter."""

_KEPT = re.compile("([A-Z])([a-z]*)")


def is_english(word: str) -> bool:
    """Whether ordinary English has this word, in this form."""
    words = _words()
    at = bisect_left(words, word)
    return at < len(words) and words[at] == word


def begins_english(start: str) -> bool:
    """Whether some word of ordinary English begins like this."""
    words = _words()
    at = bisect_left(words, start)
    return at < len(words) and words[at].startswith(start)


def packed(words: Iterable[str]) -> bytes:
    """Words as they are kept: in order, each as how many letters it shares with the last, and the rest."""
    return gzip.compress("".join(_shortened(sorted(words))).encode("ascii"), mtime=0)


def unpacked(data: bytes) -> Iterator[str]:
    """The words that were packed, in order."""
    word = ""
    for shared, rest in _KEPT.findall(gzip.decompress(data).decode("ascii")):
        word = word[: ord(shared) - _NONE_SHARED] + rest
        yield word


def _shortened(words: Iterable[str]) -> Iterator[str]:
    last = ""
    for word in words:
        pairs = enumerate(zip(last, word, strict=False))
        shared = next((n for n, (a, b) in pairs if a != b), min(len(last), len(word)))
        yield chr(_NONE_SHARED + shared) + word[shared:]
        last = word


@cache
def _words() -> tuple[str, ...]:
    """All of them in order; they are read when a word is first asked about."""
    return tuple(unpacked(FILE.read_bytes()))
