"""Straight quotes, `--` and `...` → the signs that printers set, by the rules of mdBook's parser."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_TYPED = re.compile(r"['\"]|\.\.\.|-{2,}")
_STAND_IN = "*"
"""What counts in the place of code, a tag or an escaped sign: a sign that is no part of a word."""


def set_punctuation(state: StateCore) -> None:
    """A rule of the parser; at its time what follows a backslash still stands apart from the text."""
    for token in state.tokens:
        if token.type == "inline" and token.children and _TYPED.search(token.content):
            _set(token.children)


def _set(tokens: Sequence[Token]) -> None:
    texts = list(_texts(tokens))
    signs = _printed("".join(texts))
    at = 0
    for token, text in zip(tokens, texts, strict=True):
        if text is token.content:
            token.content = "".join(signs[at : at + len(text)])
        at += len(text)


def _texts(tokens: Sequence[Token]) -> Iterator[str]:
    """The text of each token that is running text, and for the others what counts in their place."""
    in_address = False
    for token in tokens:
        if token.type in ("link_open", "link_close"):
            in_address = token.info == "auto" and token.nesting > 0
        if token.type == "text" and not in_address:
            yield token.content
        else:
            yield " " if token.type in ("softbreak", "hardbreak") else _STAND_IN


def _printed(text: str) -> list[str]:
    """For each character what is printed for it, which is nothing for all but the first of `--`."""
    signs = list(text)
    in_double = False
    single = None
    """Where a single quote stands that may open; alone it is an apostrophe."""
    for typed in _TYPED.finditer(text):
        at, sign = typed.start(), typed[0]
        if sign == '"':
            closes = in_double and _may_close(text, at)
            in_double = not closes and (in_double or _may_open(text, at))
            printed = "\u201d" if closes else "\u201c"
        elif sign == "'":
            printed = "\u2019"
            if single is not None and _may_close(text, at):
                signs[single], single = "\u2018", None
            elif _may_open(text, at):
                single = at
        else:
            printed = "…" if sign == "..." else _dashes(len(sign))
        signs[at : typed.end()] = [printed, *[""] * (len(sign) - 1)]
    return signs


def _may_open(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    if after.isspace():
        return False
    return before.isspace() or (_is_sign(before) and not (text[at] == "'" and before in ")]"))


def _may_close(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    return not before.isspace() and (after.isspace() or _is_sign(after))


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _dashes(count: int) -> str:
    """Dashes as long as so many hyphens: of one kind if that can be, else with few short ones."""
    if count % 3 == 0:
        return "\u2014" * (count // 3)
    if count % 2 == 0:
        return "\u2013" * (count // 2)
    short = 1 if count % 3 == 2 else 2
    return "\u2014" * ((count - 2 * short) // 3) + "\u2013" * short
