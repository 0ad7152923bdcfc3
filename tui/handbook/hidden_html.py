"""HTML that is shown nowhere, comments, scripts and hidden elements: found in one pass, also where none is closed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import zip_longest

_WITHOUT_END = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "col", "source"})
_SCRIPT = re.compile(r"<(script|style)\b", re.IGNORECASE)
_SCRIPT_END = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style")}


def split_at_comments(source: str) -> tuple[list[str], list[str]]:
    """The text before, between and after the comments, and what the comments say."""
    texts: list[str] = []
    comments: list[str] = []
    at = 0
    while (start := source.find("<!--", at)) >= 0:
        end = source.find("-->", start + 4)
        if end < 0:
            break
        texts.append(source[at:start])
        comments.append(source[start + 4 : end])
        at = end + 3
    return [*texts, source[at:]], comments


def blank_comments(source: str) -> str:
    """The text with comments taken out; the numbers of its lines stay."""
    texts, comments = split_at_comments(source)
    breaks = ("\n" * comment.count("\n") for comment in comments)
    return "".join(part for pair in zip_longest(texts, breaks, fillvalue="") for part in pair)


def without_hidden(source: str) -> str:
    """The text without comments, scripts and style sheets."""
    source = "".join(split_at_comments(source)[0])
    kept: list[str] = []
    unclosed: set[str] = set()
    at = 0
    for opening in _SCRIPT.finditer(source):
        name = opening[1].lower()
        if opening.start() < at or name in unclosed:
            continue
        closing = _SCRIPT_END[name].search(source, opening.end())
        if closing is None:
            unclosed.add(name)
            continue
        kept.append(source[at : opening.start()])
        at = closing.end()
    return "".join([*kept, source[at:]])


class HiddenElements:
    """Follows the tags of a page, and tells which lie in an element that its author hides."""

    def __init__(self, blocks: frozenset[str]) -> None:
        """Take the tags at which running text ends: it may hold what is hidden, not the other way round."""
        self._blocks = blocks
        self.open: list[str] = []
        """The element that is open and not to be shown, and those that are open in it."""
        self._count: Counter[str] = Counter()

    def takes(self, tag: str, attributes: Mapping[str, object]) -> bool:
        """Whether an opening tag, and what it opens, is not to be shown."""
        if self.open == ["p"] and tag in self._blocks:
            self._show_again()
        if not self.open and not (attributes and _is_hidden(attributes)):
            return False
        if tag not in _WITHOUT_END:
            self.open.append(tag)
            self._count[tag] += 1
        return True

    def close(self, tag: str) -> bool:
        """Whether a closing tag belongs to what is not shown; the end of the text around it ends that."""
        if not self.open:
            return False
        if tag in self._blocks and self.open[0] not in self._blocks and not self._count[tag]:
            self._show_again()
            return False
        inner = "" if self._count[tag] else tag
        while inner != tag:
            inner = self.open.pop()
            self._count[inner] -= 1
        return True

    def _show_again(self) -> None:
        self.open.clear()
        self._count.clear()


def _is_hidden(attributes: Mapping[str, object]) -> bool:
    return "hidden" in attributes or "hidden" in str(attributes.get("class")).split()
