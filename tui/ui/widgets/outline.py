"""The headings of the open page, in the margin of a wide window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.message import Message
from textual.reactive import var

from ...layout.wrapping import break_lines
from .line_list import LineList, ListLine, Part


class Outline(LineList, can_focus=False):
    """Shows where in the page the reader is; a click goes to a heading."""

    headings: var[Sequence[tuple[str, int]]] = var[Sequence[tuple[str, int]]]((), init=False)
    """The words of each heading, and its block."""
    here: var[int] = var(0, init=False)
    """The block of the heading that the reader is under."""

    @dataclass
    class HeadingChosen(Message):
        """A heading was clicked."""

        block: int

    def watch_headings(self) -> None:
        """Show other headings."""
        self._list()

    def watch_here(self) -> None:
        """Show another heading as the one that the reader is under."""
        self._list()

    def on_resize(self) -> None:
        """Break the lines for another width."""
        self._list()

    def click_line(self, line: ListLine, column: int) -> None:  # noqa: ARG002 - the base's
        """Go to the heading that was clicked."""
        if line.row is not None:
            self.post_message(self.HeadingChosen(self.headings[line.row][1]))

    @property
    def has_keys(self) -> bool:
        """Never: no row is chosen."""
        return False

    def _list(self) -> None:
        if self.size.width:
            self.show_lines(self._all_lines())

    def _all_lines(self) -> Iterator[ListLine]:
        if self.headings:
            yield ListLine((Part("On this page", "faint"),))
            yield ListLine()
        for number, (words, block) in enumerate(self.headings):
            text = words.lstrip()
            indent = " " * (len(words) - len(text))
            mark = "• " if block == self.here else "  "
            for start, end in break_lines(text, max(self.room - len(indent + mark), 10)):
                look = "here" if block == self.here else "faint"
                yield ListLine((Part(indent + mark + text[start:end], look),), number)
                mark = "  "
