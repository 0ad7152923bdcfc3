"""Plain answers, and messages beside them: safe text that the other end can show."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple

from ..handbook.blocks import Style
from ..handbook.safe_text import one_line, visible
from ..layout.typesetting import Line, Role
from ..layout.wrapping import MEASURE, cell_width, fitted

_SGR = {Style.STRONG: "1", Style.EMPHASIS: "3", Style.STRIKE: "9"}
_ROLE_SGR = {Role.TITLE: "1;4", Role.HEADING: "1", Role.SUBHEADING: "1"}


class OutputError(Exception):
    """The answer cannot be written; the text says why."""

    def __init__(self, error: OSError) -> None:
        """Name what the system said."""
        why = _WHY.get(error.errno or 0, (error.strerror or "it cannot be written").lower())
        super().__init__(f"standard output: {why}; the answer is not whole")


_WHY = {errno.ENOSPC: "the disk is full", errno.EDQUOT: "your quota is used up"}


@contextmanager
def writing() -> Iterator[None]:
    """Raise OutputError where standard output takes no more; a closed pipe stays BrokenPipeError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error) from error


class Output(NamedTuple):
    """Where answers go, and what may be sent there."""

    stream: BinaryIO
    columns: int = MEASURE
    """The width of the terminal; `MEASURE` where there is none."""
    styled: bool = False
    """Whether bold and underline may be sent: only to a terminal, or when asked for."""
    ascii: bool = False
    spoken: bool = False
    """Whether it is for the ear: nothing that is drawn is sent."""

    def write(self, text: str = "") -> None:
        """Write one line or several; control characters in it are made visible."""
        self._send(visible(text) + "\n")

    def write_table(
        self, rows: Sequence[Sequence[str]], *, indent: str = "", cut: bool = False
    ) -> None:
        """Write rows in columns; for the ear each as `Name: value, value`.

        Args:
            rows: All of as many cells; one that begins with spaces keeps them in its column.
            indent: What stands before each.
            cut: Whether the last cell is cut to the width.
        """
        widths = [max(map(cell_width, column)) for column in zip(*rows, strict=True)]
        for *cells, last in rows:
            if self.spoken:
                name, *values = (each.strip() for each in (*cells, last))
                self.write(indent + ": ".join(filter(None, (name, ", ".join(values)))))
                continue
            padded = zip(cells, widths, strict=False)
            start = indent + "".join(
                f"{each}{' ' * (n - cell_width(each))}  " for each, n in padded
            )
            room = max(self.columns - cell_width(start), 20)
            self.write(f"{start}{fitted(last, room) if cut else last}".rstrip())

    def write_prompt(self, text: str) -> None:
        """Write a question and leave the cursor behind it."""
        self._send(text)
        self.flush()

    def write_lines(self, lines: Iterable[Line]) -> None:
        """Write typeset lines, styled where that may be sent; rulers are left out for the ear.

        For the ear, and where only ASCII can be shown, a figure is its caption.
        """
        unspoken = (Role.RULE, Role.DRAWING) if self.ascii or self.spoken else (Role.RULE,)
        for line in lines:
            if line.role not in unspoken:
                spoken = _spoken(line)
                text = styled(spoken) if self.styled else spoken.text
                self._send(text.rstrip() + "\n")

    def write_marked(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        """Write a line in which some characters stand out, where that may be sent."""
        at = 0
        for start, end in spans if self.styled else ():
            self._send(f"{text[at:start]}\x1b[1m{text[start:end]}\x1b[0m")
            at = end
        self._send(text[at:] + "\n")

    def write_json(self, value: object) -> None:
        """Write a value as JSON; ASCII, so that it is safe to show and to read anywhere."""
        self._send(json.dumps(value, indent=2) + "\n")

    def write_bytes(self, data: bytes) -> None:
        """Write bytes as they are."""
        with writing():
            self.stream.write(data)

    def flush(self) -> None:
        """Send what was written so far."""
        with writing():
            self.stream.flush()

    def _send(self, text: str) -> None:
        with writing():
            self.stream.write(_folded(text, self.ascii).encode("utf-8", "replace"))


def write_message(line: str, *, ascii_only: bool, end: str = "\n") -> None:
    """Write a line beside the answers, on standard error; names and files of others made safe."""
    if sys.stderr is not None:
        sys.stderr.write(_folded(one_line(line), ascii_only) + end)
        sys.stderr.flush()


def _folded(text: str, ascii_only: bool) -> str:
    if not ascii_only or text.isascii():
        return text
    from ..terminal.ascii import fold  # noqa: PLC0415 - only ASCII terminals need it

    return fold(text)


def _spoken(line: Line) -> Line:
    """The line with the bar of a quote as the sign that mail uses."""
    if not any(piece.at < 0 and "│" in piece.text for piece in line.pieces):
        return line
    pieces = (
        piece._replace(text=piece.text.replace("│", ">")) if piece.at < 0 else piece
        for piece in line.pieces
    )
    return line._replace(pieces=tuple(pieces))


def styled(line: Line) -> str:
    """A typeset line with the escape sequences of its styles."""
    role = _ROLE_SGR.get(line.role)
    if role is not None:
        return f"\x1b[{role}m{line.text}\x1b[0m"
    return "".join(
        _styled(piece.text, piece.style, piece.link is not None) for piece in line.pieces
    )


def _styled(text: str, style: Style, linked: bool) -> str:
    codes = [code for flag, code in _SGR.items() if flag in style] + ["4"] * linked
    return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if codes else text
