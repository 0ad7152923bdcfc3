"""Reading keys from a terminal that may send anything at all, or go away."""

import os
import re
import select
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from textual import events
from textual.keys import Keys
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from .textual_private import key_events, mouse_event

PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"
PASTE_MAX = 64 * 1024
"""Characters of one paste that are kept."""
PATIENCE = 1.0
"""Seconds after which an unfinished paste is closed and an unfinished sequence dropped."""
ESCAPE_PATIENCE = 0.1
"""Seconds after which an escape character that stands alone is the Escape key."""
UNFINISHED_MAX = 4096
"""Characters of one unfinished sequence that are waited for."""
_TICK = 0.05
"""Seconds between looks at the clock while something unfinished has come."""

_TOKEN = re.compile(
    r"""
      (?P<mouse>    \x1b\[M[^\x1b]{3})                            # the oldest mouse report
    | (?P<wait>     \x1b\[(?:M[^\x1b]{0,2}|[-0-?]*[ -/]*|\[)\Z    # one that may still go on
                  | \x1b[]P_^X][^\x07\x1b]*\x1b?\Z
                  | \x1bO?\Z)
    | (?P<sequence> \x1b\[\[.|\x1b\[[-0-?]*[ -/]*[@-~]|\x1bO[!-~])
    | (?P<reply>    \x1b[]P_^X][^\x07\x1b]+(?:\x07|\x1b\\))
    | (?P<broken>   \x1b\[[-0-?]*[ -/]*|\x1b[]P_^X][^\x07\x1b]+|\x1bO)
    | (?P<chord>    \x1b[^\x1b]?)
    | (?P<text>     [^\x1b]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_CHORD = re.compile(r"\x1b[]P_^X]?")
"""What may be a whole key, Escape or a chord with Alt, or else the start of something longer."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


_SEQUENCE_MAX = 32
"""Characters of the longest sequence that means anything."""
_FOCUS = {"\x1b[I": events.AppFocus, "\x1b[O": events.AppBlur}
_MOUSE = re.compile(r"\x1b\[<\d+;\d+;\d+[Mm]")
_CURSOR_PLACE = re.compile(r"\x1b\[\d+;\d+R")
"""The answer to a question that we never ask; it could be taken for F3 with some modifier."""
_HAS_SIDE_MARGINS = re.compile(r"\x1b\[\?69;[12]\$y")
_HAS_SYNC = re.compile(r"\x1b\[\?2026;[1-4]\$y")
_MALFORMED = (ValueError, ArithmeticError, LookupError, TypeError)
"""What Textual raises for sequences that no terminal should send."""


class TerminalHasSideMargins(Message):
    """The terminal says that it can move lines between margins at the sides."""


class Token(NamedTuple):
    """Something whole that the terminal has sent."""

    kind: Literal["text", "chord", "sequence", "paste"]
    """A chord is Escape alone, or with the character that Alt was held for."""
    text: str


class Tokenizer:
    """Cuts what comes into text, keys, sequences and pastes of a bearable size, and drops the rest.

    Times are seconds of one clock.
    """

    def __init__(self) -> None:
        self._held = ""
        self._paste: list[str] | None = None
        self._since = 0.0

    @property
    def waiting(self) -> bool:
        """Whether something unfinished is held, so that `expire` has to be called in time."""
        return bool(self._held) or self._paste is not None

    def feed(self, text: str, now: float) -> list[Token]:
        """What has become whole with this text."""
        self._since = now
        text, self._held = self._held + text, ""
        tokens: list[Token] = []
        position = 0
        while position < len(text):
            step = self._take if self._paste is None else self._take_paste
            position, token = step(text, position)
            if token is not None:
                tokens.append(token)
        return tokens

    def expire(self, now: float) -> list[Token]:
        """Give up waiting once nothing has come for long enough."""
        is_chord = self._paste is None and _CHORD.fullmatch(self._held) is not None
        patience = ESCAPE_PATIENCE if is_chord else PATIENCE
        if not self.waiting or now - self._since < patience:
            return []
        held, self._held = self._held, ""
        if self._paste is not None:
            return [self._end_paste()]
        # Keys of rxvt end with a sign that in others has a letter behind it.
        return [Token("chord" if is_chord else "sequence", held)]

    def _take(self, text: str, position: int) -> tuple[int, Token | None]:
        match = _TOKEN.match(text, position)
        assert match is not None, "every character begins a token"
        token: Token | None = None
        if match["wait"] and len(match[0]) <= UNFINISHED_MAX:
            self._held = match[0]
        elif match[0] == PASTE_START:
            self._paste = []
        elif match["sequence"]:
            token = Token("sequence", match[0])
        elif match["chord"]:
            token = Token("chord", match[0])
        elif match["text"]:
            token = Token("text", match[0])
        return match.end(), token

    def _take_paste(self, text: str, position: int) -> tuple[int, Token | None]:
        end = text.find(PASTE_END, position)
        if end >= 0:
            self._add(text[position:end])
            return end + len(PASTE_END), self._end_paste()
        self._held = _start_of_end(text[position:])
        self._add(text[position : len(text) - len(self._held)])
        return len(text), None

    def _add(self, pasted: str) -> None:
        assert self._paste is not None, "only within a paste"
        room = PASTE_MAX - sum(map(len, self._paste))
        # An escape character within a paste would let the pasted text press keys.
        if kept := _UNPRINTABLE.sub("", pasted)[:room]:
            self._paste.append(kept)

    def _end_paste(self) -> Token:
        pasted, self._paste = "".join(self._paste or ()), None
        return Token("paste", pasted)


def _start_of_end(text: str) -> str:
    """The longest end of the text with which the mark of a paste's end may begin."""
    lengths = range(min(len(text), len(PASTE_END) - 1), 0, -1)
    return next((text[-n:] for n in lengths if PASTE_END.startswith(text[-n:])), "")


def decode(token: Token, screen_size: tuple[int, int]) -> Iterator[Message]:
    """The messages that a token makes; none for what means nothing here, or cannot be meant."""
    try:
        # All of them first: a sequence that goes wrong half way makes none.
        yield from [*_messages(token, screen_size)]
    except _MALFORMED:
        return


def _messages(token: Token, screen_size: tuple[int, int]) -> Iterable[Message]:
    kind, text = token
    if kind == "paste":
        return (events.Paste(text),)
    if kind == "text":
        return (key for character in text for key in _keys(character))
    if text == "\x1b":
        return (events.Key("escape", text),)
    if kind == "chord":
        return [*_keys(text)] or _keys(text[1], alt=True)
    return _meaning(text, screen_size)


def _meaning(sequence: str, screen_size: tuple[int, int]) -> Iterable[Message]:
    if sequence in _FOCUS:
        return (_FOCUS[sequence](),)
    if _HAS_SYNC.fullmatch(sequence):
        return (TerminalSupportsSynchronizedOutput(),)
    if _HAS_SIDE_MARGINS.fullmatch(sequence):
        return (TerminalHasSideMargins(),)
    if len(sequence) > _SEQUENCE_MAX or _CURSOR_PLACE.fullmatch(sequence):
        return ()
    if _MOUSE.fullmatch(sequence):
        event = mouse_event(sequence)
        columns, rows = screen_size
        on_screen = isinstance(event, events.MouseEvent) and event.x < columns and event.y < rows
        return (event,) if event is not None and on_screen else ()
    return _keys(sequence)


def _keys(sequence: str, *, alt: bool = False) -> Iterator[events.Key]:
    for key in key_events(sequence, alt=alt):
        # The kitty protocol can name half a character, which no file and no terminal can hold.
        half = any("\ud800" <= part <= "\udfff" for part in key.character or "")
        if key.key != Keys.Ignore and not half:
            yield key


class InputReader:
    """Turns what comes from a terminal into messages, until it is told to stop or hung up."""

    def __init__(
        self,
        descriptor: int,
        wake: int,
        *,
        screen_size: Callable[[], tuple[int, int]],
        emit: Callable[[Message], None],
    ) -> None:
        """Prepare to read.

        Args:
            descriptor: The terminal.
            wake: The end of a pipe that becomes readable when it is time to stop.
            screen_size: Columns and rows, as they are at each moment.
            emit: Takes each message; called in the reading thread.
        """
        self._descriptor = descriptor
        self._wake = wake
        self._screen_size = screen_size
        self._emit = emit
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._tokenizer = Tokenizer()

    def run(self) -> bool:
        """Read until told to stop; False means that the terminal has gone."""
        while True:
            # Not poll(): that of macOS does not take terminals.
            watched = [self._descriptor, self._wake]
            patience = _TICK if self._tokenizer.waiting else None
            ready, _, _ = select.select(watched, [], [], patience)
            if self._wake in ready:
                return True
            if ready:
                data = self._read()
                if not data:
                    return False
                self._pass_on(self._tokenizer.feed(self._decode(data), time.monotonic()))
            self._pass_on(self._tokenizer.expire(time.monotonic()))

    def _read(self) -> bytes:
        """What has come; nothing means that the terminal has gone."""
        try:
            return os.read(self._descriptor, 4096)
        except OSError:
            return b""

    def _pass_on(self, tokens: list[Token]) -> None:
        size = self._screen_size()
        for token in tokens:
            for message in decode(token, size):
                self._emit(message)
