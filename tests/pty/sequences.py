"""What a program wrote to a terminal, taken apart: is every part of it as it should be?"""

import re

_COLOR = re.compile(rb"\x1b\[[\d;:]*?(?<![\d])(?:3[0-8]|4[0-8]|9[0-7]|10[0-7]|58)(?![\d])[\d;:]*m")
_KNOWN = re.compile(
    rb"""\x1b[DM] | \x1b\[(?: \d*(?:;\d*)?[Hr] | \d*[ABCDGK] | 2?J | \d+;\d+s | [\d;:]*m | \d*\x20q
        | \?(?:7|12|25|69|100[0346]|101[56]|1049|2004|2026|2031|2048)[hl] | [=<>]?[\d;]*u | \?(?:69|2026)\$p )
    | \x1b\]52;c;[A-Za-z0-9+/=]*\x07 | (?:\x1b[\[\d;?]*)?\x1b\\ | [\r\n\x07\x08]""",
    re.VERBOSE,
)
"""Moves, scrolls, styles, modes, the request to copy and the bell: all that may be sent beside text."""
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def colors(output: bytes | bytearray) -> list[bytes]:
    """The sequences that set or reset a color, each once."""
    return sorted(set(_COLOR.findall(output)))


def beyond_ascii(output: bytes | bytearray) -> list[bytes]:
    """The stretches that no ASCII terminal can show, each once."""
    return sorted(set(re.findall(rb".{0,20}[\x80-\xff]+", output)))


def unsafe(output: bytes | bytearray) -> list[str]:
    """What is neither text nor a sequence that the handbook needs: raw controls, OSC, overrides."""
    return _UNSAFE.findall(_KNOWN.sub(b"", output).decode("utf-8", "replace"))


def unsafe_in_plain(output: bytes | bytearray) -> list[str]:
    """As `unsafe`, for output in which only line ends may stand, and bold and the like."""
    text = re.sub(rb"\x1b\[[0-9;]*m|\r?\n", b"", output)
    return _UNSAFE.findall(text.decode("utf-8", "replace"))
