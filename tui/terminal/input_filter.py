"""Keeping out of the parser whatever a terminal, a link or a paste sends that is no key."""

import re
from collections.abc import Callable

PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"
PASTE_MAX = 64 * 1024
"""Characters of one paste that are kept."""
PATIENCE = 1.0
"""Seconds after which an unfinished paste is closed and an unfinished sequence dropped."""
ESCAPE_PATIENCE = 0.1
"""Seconds after which an escape character that stands alone is the Escape key."""
UNFINISHED_MAX = 4096
"""Characters of one unfinished sequence that are waited for."""

_TOKEN = re.compile(
    r"""
      (?P<mouse>    \x1b\[M[^\x1b]{3})                            # the oldest mouse report
    | (?P<wait>     \x1b\[(?:M[^\x1b]{0,2}|[0-?]*[ -/]*|\[)\Z     # one that may still go on
                  | \x1b[]P_^X][^\x07\x1b]*\x1b?\Z
                  | \x1bO?\Z)
    | (?P<sequence> \x1b\[\[.|\x1b\[[0-?]*[ -/]*[@-~]|\x1bO[!-~])
    | (?P<reply>    \x1b[]P_^X][^\x07\x1b]+(?:\x07|\x1b\\))
    | (?P<broken>   \x1b\[[0-?]*[ -/]*|\x1b[]P_^X][^\x07\x1b]+|\x1bO)
    | (?P<plain>    \x1b[^\x1b]?|[^\x1b]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_CHORD = re.compile(r"\x1b[]P_^X]?")
"""What may be a whole key, Escape or a chord with Alt, or else the start of something longer."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class InputFilter:
    """Lets through keys, whole known sequences and pastes of a bearable size.

    `is_known` says whether a whole sequence means anything; times are seconds of one clock.
    """

    def __init__(self, is_known: Callable[[str], bool]) -> None:
        self._is_known = is_known
        self._held = ""
        self._room: int | None = None
        self._since = 0.0

    @property
    def waiting(self) -> bool:
        """Whether something unfinished is held, so that `expire` has to be called in time."""
        return bool(self._held) or self._room is not None

    def feed(self, text: str, now: float) -> list[str]:
        """What of the text the parser may have, each part whole in itself."""
        self._since = now
        text, self._held = self._held + text, ""
        parts: list[str] = []
        position = 0
        while position < len(text):
            step = self._take_paste if self._room is not None else self._take_token
            position, part = step(text, position)
            parts.append(part)
        return [part for part in parts if part]

    def expire(self, now: float) -> list[str]:
        """Give up waiting once nothing has come for long enough; what to feed the parser."""
        is_key = self._room is None and _CHORD.fullmatch(self._held) is not None
        patience = ESCAPE_PATIENCE if is_key else PATIENCE
        if not self.waiting or now - self._since < patience:
            return []
        held, self._held = self._held, ""
        if self._room is not None:
            self._room = None
            return [PASTE_END]
        return [held] if is_key or self._is_known(held) else []

    def _take_token(self, text: str, position: int) -> tuple[int, str]:
        match = _TOKEN.match(text, position)
        assert match is not None, "every character begins a token"
        token, kind = match[0], match.lastgroup
        if kind == "wait" and len(token) <= UNFINISHED_MAX:
            self._held, token = token, ""
        elif kind == "sequence" and token == PASTE_START:
            self._room = PASTE_MAX
        elif kind != "plain" and not (kind == "sequence" and self._is_known(token)):
            token = ""
        return match.end(), token

    def _take_paste(self, text: str, position: int) -> tuple[int, str]:
        end = text.find(PASTE_END, position)
        if end >= 0:
            part = self._cut(text[position:end])
            self._room = None
            return end + len(PASTE_END), part + PASTE_END
        self._held = _start_of_end(text[position:])
        return len(text), self._cut(text[position : len(text) - len(self._held)])

    def _cut(self, pasted: str) -> str:
        # An escape character within a paste would let the pasted text press keys.
        assert self._room is not None, "only within a paste"
        part = _UNPRINTABLE.sub("", pasted)[: self._room]
        self._room -= len(part)
        return part


def _start_of_end(text: str) -> str:
    """The longest end of the text with which the mark of a paste's end may begin."""
    lengths = range(min(len(text), len(PASTE_END) - 1), 0, -1)
    return next((text[-n:] for n in lengths if PASTE_END.startswith(text[-n:])), "")
