"""The contents at the side: chapters that fold, and where the reader is among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ...handbook.model import Handbook, Section
from ...layout.wrapping import cell_width, fitted
from .bindings import bindings

INDENT = 2
"""Cells by which each level of the contents stands to the right."""


class Entry(NamedTuple):
    """A line of the contents: a chapter's title, or a section."""

    title: str
    depth: int
    chapter: int
    """The number of the chapter, from 0."""
    section: Section | None = None


class ContentsTree(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows the contents and says which section was chosen."""

    HELP = """
    # The contents

    Enter opens a page, or folds and unfolds a chapter; so do the arrows left and right.
    > stands before the page that is open, * before pages you have read.
    """

    BINDINGS = bindings("line-down", "line-up", "top", "bottom", "open-entry", "unfold", "fold")

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "contents-tree--chapter",
        "contents-tree--read",
        "contents-tree--here",
        "contents-tree--cursor",
    }

    here: var[str] = var("", init=False)
    """The id of the section that is open."""
    read: var[frozenset[str]] = var[frozenset[str]](frozenset(), init=False)
    """The ids of the sections that were read."""
    counts: var[Mapping[str, str]] = var[Mapping[str, str]]({}, init=False)
    """What stands behind a section's title, such as `5/12`, by its id."""
    unfolded: var[frozenset[int]] = var[frozenset[int]](frozenset(), init=False)
    """The numbers of the chapters that show their sections."""
    cursor: var[int] = var(0, init=False)
    """The chosen line."""

    class SectionChosen(Message):
        """A section was chosen to be read."""

        def __init__(self, section: Section) -> None:
            super().__init__()
            self.section = section

    def __init__(self, handbook: Handbook) -> None:
        super().__init__()
        self._handbook = handbook
        self._entries: tuple[Entry, ...] = ()
        self._chapter_of = {
            each.id: number
            for number, chapter in enumerate(handbook.chapters)
            for each in chapter.sections
        }

    def on_mount(self) -> None:
        """List what is unfolded."""
        self._list()

    def watch_here(self) -> None:
        """Follow the reader: unfold the chapter and put the cursor on the section."""
        chapter = self._chapter_of.get(self.here)
        if chapter is not None and chapter not in self.unfolded:
            self.unfolded |= {chapter}
        for number, entry in enumerate(self._entries):
            if entry.section is not None and entry.section.id == self.here:
                self.cursor = number
        self.refresh()

    def watch_unfolded(self) -> None:
        """List other lines; the cursor stays on its entry."""
        entry = self._entries[self.cursor] if self.cursor < len(self._entries) else None
        self._list()
        if entry in self._entries:
            self.cursor = self._entries.index(entry)
        elif entry is not None:
            self.cursor = self._entries.index(_chapter_entry(self._handbook, entry.chapter))

    def watch_read(self) -> None:
        """Show other pages as read."""
        self.refresh()

    def watch_counts(self) -> None:
        """Show other counts."""
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a line."""
        return max(0, min(cursor, len(self._entries) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Keep the chosen line in sight."""
        top = round(self.scroll_y)
        height = self.size.height
        if height and not top <= now < top + height:
            row = now if now < top else now - height + 1
            self.scroll_to(y=row, animate=False, immediate=True, force=True)
        self.refresh_lines(before)
        self.refresh_lines(now)

    def on_click(self, event: events.Click) -> None:
        """Choose the line that was clicked."""
        row = event.get_content_offset_capture(self).y + round(self.scroll_y)
        if 0 <= row < len(self._entries):
            self.cursor = row
            self.action_open_entry()

    def action_line_down(self) -> None:
        """Choose the next line."""
        self.cursor += 1

    def action_line_up(self) -> None:
        """Choose the line before."""
        self.cursor -= 1

    def action_top(self) -> None:
        """Choose the first line."""
        self.cursor = 0

    def action_bottom(self) -> None:
        """Choose the last line."""
        self.cursor = len(self._entries) - 1

    def action_open_entry(self) -> None:
        """Open the chosen page, or fold or unfold the chosen chapter."""
        entry = self._chosen
        if entry is None:
            return
        if entry.section is None:
            self.unfolded ^= {entry.chapter}
        else:
            self.post_message(self.SectionChosen(entry.section))

    def action_unfold(self) -> None:
        """Show the sections of the chosen chapter."""
        if self._chosen is not None:
            self.unfolded |= {self._chosen.chapter}

    def action_fold(self) -> None:
        """Hide the sections of the chapter that the cursor is in."""
        if self._chosen is not None and self._handbook.chapters[self._chosen.chapter].title:
            self.unfolded -= {self._chosen.chapter}

    @property
    def allow_vertical_scroll(self) -> bool:
        """The wheel moves the contents, though they have no scroll bar."""
        return True

    def render_line(self, y: int) -> Strip:
        """One line of the contents, or a blank one below their end."""
        row = round(self.scroll_y) + y
        width = self.size.width
        if row >= len(self._entries):
            return Strip.blank(width, self.rich_style)
        entry = self._entries[row]
        text = self._text(entry, width - 1)
        style = self.rich_style + self._look(entry, row == self.cursor and self.has_focus)
        strip = Strip([Segment(text + " " * (width - 1 - cell_width(text)), style)])
        return strip.adjust_cell_length(width, self.rich_style)

    @property
    def _chosen(self) -> Entry | None:
        return self._entries[self.cursor] if self._entries else None

    def _list(self) -> None:
        self._entries = tuple(_entries(self._handbook, self.unfolded))
        self.set_reactive(ContentsTree.virtual_size, Size(self.size.width, len(self._entries)))
        self.refresh()

    def _text(self, entry: Entry, width: int) -> str:
        if entry.section is None:
            mark = "▾" if entry.chapter in self.unfolded else "▸"
            return fitted(f" {mark} {entry.title}", width)
        mark = (
            ">" if entry.section.id == self.here else "*" if entry.section.id in self.read else " "
        )
        count = self.counts.get(entry.section.id, "")
        title = entry.title + ("" if entry.section.path else " (not written yet)")
        start = f" {' ' * (INDENT * entry.depth)}{mark}   "[: 4 + INDENT * entry.depth]
        room = width - cell_width(start) - (cell_width(count) + 1 if count else 0)
        return start + fitted(title, room) + (f" {count}" if count else "")

    def _look(self, entry: Entry, chosen: bool) -> Style:
        style = Style.null()
        if entry.section is None:
            style += self._part("chapter")
        elif entry.section.id == self.here:
            style += self._part("here")
        elif entry.section.id in self.read:
            style += self._part("read")
        return style + self._part("cursor") if chosen else style

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(f"contents-tree--{name}", partial=True)


def _entries(handbook: Handbook, unfolded: frozenset[int]) -> Iterator[Entry]:
    for number, chapter in enumerate(handbook.chapters):
        if chapter.title:
            yield _chapter_entry(handbook, number)
        if number in unfolded or not chapter.title:
            for section in chapter.sections:
                yield Entry(section.title, section.depth, number, section)


def _chapter_entry(handbook: Handbook, number: int) -> Entry:
    return Entry(handbook.chapters[number].title, 0, number)
