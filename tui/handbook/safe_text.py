"""Text of others made safe to show, once, where it comes in; what is stored stays as it was."""

from __future__ import annotations

import html
import unicodedata

_JOINERS = "\u200c\u200d"
"""Format characters that scripts need to be read; they cannot reorder or hide text."""
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories: control, format, surrogate, line separator, paragraph separator."""


class _StandIns(dict[int, int | str]):
    """What each character is shown as, worked out once a character."""

    def __missing__(self, code: int) -> int | str:
        character = chr(code)
        shown: int | str = code
        if code < 0x20 or code == 0x7F:
            shown = character if character == "\n" else "^" + chr(code ^ 0x40)
        elif character not in _JOINERS and unicodedata.category(character) in _UNSAFE:
            shown = f"<U+{code:04X}>"
        self[code] = shown
        return shown


_STAND_INS = _StandIns({ord("\t"): " "})


def visible(text: str) -> str:
    """The text with each control and format character made visible: `^[`, `<U+202E>`.

    Line breaks stay, and a tab becomes a space.
    """
    return text if text.isprintable() else text.translate(_STAND_INS)


def one_line(text: str) -> str:
    """The words of a message, a note or an item on one line, safe to show."""
    return visible(" ".join(text.split()))


def unescaped(source: str) -> str:
    """Text with HTML's character references resolved, safe to show."""
    return visible(html.unescape(source))


def typeable(text: str) -> str:
    """The text with a space for each character that is not safe to show, for a line to write in."""
    if text.isprintable():
        return text
    return "".join(" " if _STAND_INS[ord(each)] != ord(each) else each for each in text)
