"""HTML that is shown nowhere, comments and scripts: found in one pass, also where none is closed."""

from __future__ import annotations

import re
from itertools import zip_longest

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
