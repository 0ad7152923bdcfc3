"""Reading keys from a terminal that may send anything at all, or go away."""

import os
import select
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import _MAX_SEQUENCE_SEARCH_THRESHOLD, XTermParser
from textual.message import Message

from .input_filter import InputFilter

_TICK = 0.05
"""Seconds between looks at the clock while something unfinished has come."""

_MALFORMED = (ParseError, ValueError, LookupError, ArithmeticError, TypeError, StopIteration)
"""What Textual's parser raises for sequences that no terminal should send."""


class BoundedParser(XTermParser):
    """Textual's parser, without mouse reports from outside the screen or in pixels."""

    def __init__(self, screen_size: Callable[[], tuple[int, int]]) -> None:
        super().__init__()
        self._screen_size = screen_size

    def feed_whole(self, text: str) -> Iterator[Message]:
        """The messages of a text that is whole: nothing after it can belong to it."""
        yield from self.feed(text)
        if self.is_within_sequence:
            self._timeout_time = 0.0
            yield from self.tick()

    @property
    def is_within_sequence(self) -> bool:
        """Whether the parser knows no end yet for what it was fed."""
        return self._timeout_time is not None

    def parse_mouse_code(self, code: str) -> Message | None:
        """The event of a mouse report, or None if it is not on the screen."""
        # Only a resize report can switch pixels on, and we never ask a terminal for those.
        self.mouse_pixels = False
        event = super().parse_mouse_code(code)
        columns, rows = self._screen_size()
        if isinstance(event, events.MouseEvent) and event.x < columns and event.y < rows:
            return event
        return None


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
            screen_size: Columns and rows, asked for at each mouse report.
            emit: Takes each message; called in the reading thread.
        """
        self._descriptor = descriptor
        self._wake = wake
        self._screen_size = screen_size
        self._emit = emit
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._filter = InputFilter(SequenceJudge())
        self._parser = BoundedParser(screen_size)

    def run(self) -> bool:
        """Read until told to stop; False means that the terminal has gone."""
        while True:
            # Not poll(): that of macOS does not take terminals.
            watched = [self._descriptor, self._wake]
            patience = _TICK if self._filter.waiting else None
            ready, _, _ = select.select(watched, [], [], patience)
            if self._wake in ready:
                return True
            if ready:
                data = self._read()
                if not data:
                    return False
                self._pass_on(self._filter.feed(self._decode(data), time.monotonic()))
            self._pass_on(self._filter.expire(time.monotonic()))

    def _read(self) -> bytes:
        """What has come; nothing means that the terminal has gone."""
        try:
            return os.read(self._descriptor, 4096)
        except OSError:
            return b""

    def _pass_on(self, parts: list[str]) -> None:
        for part in parts:
            try:
                for message in self._parser.feed_whole(part):
                    self._emit(message)
            except _MALFORMED:
                self._parser = BoundedParser(self._screen_size)


class SequenceJudge:
    """Says whether Textual makes something of a whole escape sequence, and nothing harmful."""

    def __init__(self) -> None:
        self._parser = _new_judging_parser()

    def __call__(self, sequence: str) -> bool:
        """Whether the sequence may be handed to the parser."""
        if len(sequence) > _MAX_SEQUENCE_SEARCH_THRESHOLD:
            return False
        try:
            known = all(map(_is_harmless, self._parser.feed(sequence)))
        except _MALFORMED:
            known = False
        if self._parser.is_within_sequence or not known:
            self._parser = _new_judging_parser()
            return False
        return True


def _new_judging_parser() -> BoundedParser:
    return BoundedParser(lambda: (1, 1))


def _is_harmless(message: Message) -> bool:
    # The kitty protocol can name half a character, which no file and no terminal can hold.
    if isinstance(message, events.Key):
        return not any("\ud800" <= part <= "\udfff" for part in message.character or "")
    return not isinstance(message, events.Resize)
