"""Where lines of Chinese and Japanese may break: between any two characters, but for kinsoku's rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ENDS_NO_LINE = "（［｛〔〈《「『【〘〖〝｟‘“«"  # noqa: RUF001 - look-alikes are what this is about
_BEGINS_NO_LINE = (
    "、。，．：；？！）］｝〕〉》」』】〙〗〟｠’”»‼⁇⁈⁉・…‥ー～〜゠々〻ゝゞヽヾ％"  # noqa: RUF001 - likewise
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿ｡｣､･ｧ-ｰ"
)
_MARKS = "\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\u200c\u200d\U000e0100-\U000e01ef"
_ASCII_BEGINS_NO_LINE = r")\],.;:!?%}"
_UNSPACED = "\u2e80-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"

_PIECE = re.compile(
    rf"[{_ENDS_NO_LINE}]*"
    rf"(?:(?![{_ENDS_NO_LINE}{_BEGINS_NO_LINE}])[{_UNSPACED}]"
    rf"|[^{_UNSPACED}\uff01-\uff60{_ENDS_NO_LINE}{_BEGINS_NO_LINE}]+)?"
    rf"(?:[ ]*[{_BEGINS_NO_LINE}]|[{_ASCII_BEGINS_NO_LINE}{_MARKS}])*"
)
WORD = re.compile(rf"[^ \t\n](?:[^ \t\n]|[ ]++(?=[{_BEGINS_NO_LINE}]))*+|\n")
"""A run without spaces, but for those that stand before what begins no line; or a line break."""


def pieces(word: str) -> Iterator[tuple[int, int]]:
    """Where each piece of a `WORD` begins and ends, between which lines may break."""
    at = 0
    while at < len(word):
        found = _PIECE.match(word, at)
        end = max(found.end() if found else 0, at + 1)
        yield at, end
        at = end
