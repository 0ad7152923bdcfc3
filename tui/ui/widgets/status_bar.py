"""The last line: the keys that matter now, or a word to the reader, and how far one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from ...handbook.safe_text import one_line
from ...keys import Key, display
from ...layout.wrapping import break_lines, cell_width

if TYPE_CHECKING:
    from ...session.matches import Matches
    from ...session.ticked_list import TickedList

EDGE = 2
"""Cells left of what is said, as many as are left of the text of every pane at the least."""
GAP = 2
"""Cells between two keys."""
SPACIOUS = 16
"""Lines of a window that can spare some for a greeting."""
LINES_FOR_ONE = 6
"""Lines of a window for each that what is said may take."""
MOST_WARNING_LINES = 4
"""Lines that a warning may take from the page."""


class StatusBar(Widget):
    """One line, and a warning above it; what does not fit is left out, the position last."""

    keys: reactive[tuple[Key, ...]] = reactive[tuple[Key, ...]](())
    """The keys to show, the most useful first."""
    position: reactive[str] = reactive("")
    """How far the reader is."""
    said: reactive[str] = reactive("")
    """A word to the reader, shown instead of the keys until the next key."""
    warning: reactive[str] = reactive("")
    """What the reader must know for as long as it holds; stands above the keys, on its own lines."""

    notice: reactive[str] = reactive("")
    """What happened to the diary, until the reader dismisses it; above the warning."""
    greeting: reactive[tuple[str, ...]] = reactive[tuple[str, ...]](())
    """What a first visit is told, until the first key: what this is, and the ways in."""
    saving: reactive[bool] = reactive(False)
    """Whether something that the reader did is on its way to the disk."""
    danger: reactive[tuple[str, str]] = reactive[tuple[str, str]](("", ""))
    """The level of the sign that the page was opened for, and its words; above all else."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "status-bar--now",
        "status-bar--today",
        "status-bar--book",
    }

    @dataclass
    class KeyClicked(Message):
        """A key was clicked, to be pressed."""

        key: Key

    def __init__(self) -> None:
        super().__init__()
        self._places: dict[range, Key] = {}
        """The cells in which each of the keys is shown, from the first that text may have."""

    def on_click(self, event: events.Click) -> None:
        """Have the key pressed that was clicked."""
        at = event.get_content_offset_capture(self)
        pressed = [key for cells, key in self._places.items() if at.x - EDGE in cells]
        if pressed and not self.said and at.y == self.size.height - 1:
            self.post_message(self.KeyClicked(pressed[0]))

    def watch_warning(self) -> None:
        """Take as many lines as the warning and the danger need."""
        lines = len(self._warning_lines()) + len(self._danger_lines())
        said = max(len(self._said_lines()), 1)
        self.styles.height = said + lines + len(self._greeting_lines())

    def watch_said(self) -> None:
        """Take as many lines as it needs."""
        self.watch_warning()

    def watch_notice(self) -> None:
        """Take as many lines as it needs."""
        self.watch_warning()

    def watch_greeting(self) -> None:
        """Take as many lines as it needs."""
        self.watch_warning()

    def watch_danger(self) -> None:
        """Take as many lines as it needs."""
        self.watch_warning()

    def on_resize(self) -> None:
        """Break the warning anew."""
        self.watch_warning()

    def render(self) -> RenderResult:
        """The line, fitted to the width."""
        width = max(self.size.width - EDGE - 1, 0)
        *above, said = self._said_lines() or [""]
        position = " · ".join(filter(None, ("saving" * self.saving, self.position)))
        room = width - cell_width(position) - GAP if position else width
        left = Content(said.strip()) if said else self._keys(room)
        shown = position if left.cell_length <= room else ""
        gap = " " * max(width - left.cell_length - cell_width(shown), 1)
        line = Content.assemble(" " * EDGE, left, gap, Content(shown))
        warning = (Content.styled(each, "bold $warning") for each in self._warning_lines())
        greeting = (Content.styled(each, "$foreground") for each in self._greeting_lines())
        lines = [*self._danger_lines(), *greeting, *warning, *map(Content, above), line]
        return Content("\n").join(lines)

    def _danger_lines(self) -> list[Content]:
        level, words = self.danger
        if not words:
            return []
        look = self.get_visual_style(f"status-bar--{level.lower()}")
        lines = self._lines_of(words)
        return [Content.styled(each.ljust(self.size.width), look) for each in lines]

    def _greeting_lines(self) -> list[str]:
        """The greeting; in a low window, which has no lines to spare, the ways in alone."""
        shown = self.greeting if self.app.size.height >= SPACIOUS else self.greeting[-1:]
        return [line for words in shown for line in self._lines_of(words)]

    def _said_lines(self) -> list[str]:
        """What is said; where it needs more than one line it takes a few from the page."""
        lines = self._lines_of(one_line(self.said)) if self.said else []
        most = max(self.app.size.height // LINES_FOR_ONE, 1)
        return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1][:-1]}…"]

    def _warning_lines(self) -> list[str]:
        return [*self._lines_of(self.notice), *self._lines_of(self.warning)]

    def _lines_of(self, text: str) -> list[str]:
        if not text:
            return []
        # Before the first layout the bar has no width yet; it will have the window's.
        room = max((self.size.width or self.app.size.width) - EDGE - 1, 20)
        lines = [" " * EDGE + text[start:end] for start, end in break_lines(text, room)]
        return lines[:MOST_WARNING_LINES]

    def _keys(self, room: int) -> Content:
        self._places = {}
        used = 0
        shown: list[Content] = []
        for key in self.keys:
            name = display(key.keys[0]) if key.keys else ""
            item = Content.assemble((name, "bold"), f" {key.label}")
            gap = GAP if shown else 0
            if name and used + gap + item.cell_length <= room:
                shown.append(item)
                self._places[range(used + gap, used + gap + item.cell_length)] = key
                used += gap + item.cell_length
        return Content(" " * GAP).join(shown)


def position_text(
    page: str, progress: int, listed: TickedList | None, found: Matches | None
) -> str:
    """Such as `12/88 · 45%`; on a list how many are done, after a search which match it is.

    Args:
        page: The page's number in the book.
        progress: How much of the page has been in sight, in percent.
        listed: The list that shows instead of the page.
        found: What a search found on this page.
    """
    if found is not None:
        return f"{page} · match {found.label}"
    return f"{page} · {progress}%" if listed is None else f"{page} · {listed.count}"
