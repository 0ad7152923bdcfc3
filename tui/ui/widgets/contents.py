"""The contents at the side: chapters that fold, and where the reader is among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, NamedTuple

from textual.geometry import Region
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from ...handbook.model import Handbook, Section
from ...layout.wrapping import break_lines, cell_width, fitted
from .bindings import bindings
from .line_list import MARK, LineList, ListLine, Part

INDENT = 2
"""Cells by which each level of the contents stands to the right."""
ROOM_FOR_NAMES = 25
"""Cells; narrower contents, as beside a page of 80 columns, cut a name to one line: a second one
would send twice as much for each move, and hide the chapters below."""


class Entry(NamedTuple):
    """A row of the contents: a chapter's title, or a section."""

    title: str
    depth: int
    chapter: int
    """The number of the chapter, from 0."""
    section: Section | None = None
    parted: bool = False
    """Whether a rule stands above it."""


class ContentsTree(LineList):
    """Shows the contents and says which section was chosen."""

    HELP = """
    # The contents

    Enter opens a page, or folds and unfolds a chapter; so do the arrows left and right.
    • stands before the page that is open, ✓ before pages you have read.
    """

    BINDINGS = bindings("open-entry", "unfold", "fold")
    SAYS_MORE: ClassVar[bool] = True

    here: var[str] = var("", init=False)
    """The id of the section that is open."""
    read: var[frozenset[str]] = var[frozenset[str]](frozenset(), init=False)
    """The ids of the sections that were read."""
    counts: var[Mapping[str, str]] = var[Mapping[str, str]]({}, init=False)
    """What stands behind a section's title, such as `5/12`, by its id."""
    unfolded: var[frozenset[int | str]] = var[frozenset[int | str]](frozenset(), init=False)
    """The numbers of the chapters, and the ids of the sections, that show what lies under them."""

    class SectionChosen(Message):
        """A section was chosen to be read."""

        def __init__(self, section: Section) -> None:
            super().__init__()
            self.section = section

    def __init__(self, handbook: Handbook) -> None:
        super().__init__()
        self._handbook = handbook
        self._entries: tuple[Entry, ...] = ()
        self._broken: list[tuple[int | None, str]] = []
        """For each line the number of its entry and its words; no number where it is a rule."""
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
        if chapter is not None:
            own = self._handbook.parents & {self.here}
            self.unfolded |= {chapter, *self._handbook.ancestors[self.here], *own}
        for number, entry in enumerate(self._entries):
            if entry.section is not None and entry.section.id == self.here:
                self.cursor = number
        self.refresh()

    def watch_unfolded(self) -> None:
        """List other entries; the cursor stays on its own."""
        entry = self._entries[self.cursor] if self.cursor < len(self._entries) else None
        self._list()
        if entry in self._entries:
            self.cursor = self._entries.index(entry)
        elif entry is not None:
            self.cursor = self._nearest(entry)

    def watch_read(self) -> None:
        """Show other pages as read."""
        self.refresh()

    def watch_counts(self) -> None:
        """Show other counts."""
        self._break_names()

    @property
    def count(self) -> int:
        """How many rows can be chosen."""
        return len(self._entries)

    @property
    def margin(self) -> int:
        """Cells left of the text, at every width."""
        return len(MARK)

    def on_resize(self) -> None:
        """Break the names for another width; the chosen one stays in sight."""
        self._break_names()
        self.keep_in_sight()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in a region; the first frame of a new width has the names already set to it."""
        if self.virtual_size.width != self.size.width:
            self.on_resize()
        return super().render_lines(crop)

    def click_line(self, line: ListLine, column: int) -> None:
        """Open what was clicked."""
        super().click_line(line, column)
        if line.row is not None:
            self.action_open_entry()

    def action_open_entry(self) -> None:
        """Open the chosen page, or fold or unfold the chosen chapter."""
        entry = self._entry
        if entry is None:
            return
        if entry.section is None:
            self.unfolded ^= {entry.chapter}
        else:
            self.post_message(self.SectionChosen(entry.section))

    def action_unfold(self) -> None:
        """Show the sections of the chosen chapter."""
        entry = self._entry
        if entry is not None:
            self.unfolded |= {entry.section.id if entry.section else entry.chapter}

    def action_fold(self) -> None:
        """Hide what lies under the chosen section, else what the cursor stands among."""
        entry = self._entry
        if entry is None:
            return
        around: list[int | str] = (
            [entry.chapter] if self._handbook.chapters[entry.chapter].title else []
        )
        if entry.section is not None:
            around += self._handbook.ancestors[entry.section.id]
            if entry.section.id in self._handbook.parents:
                around.append(entry.section.id)
        self.unfolded -= set([each for each in around if each in self.unfolded][-1:])

    def line_at(self, number: int) -> ListLine:
        """A rule, or a line of a chapter's or a section's name, with its mark before the first."""
        row, words = self._broken[number]
        if row is None:
            return ListLine((Part("─" * self.room, "faint"),))
        entry = self._entries[row]
        mark = self._mark(entry) if number == self.rows[row].start else " "
        start = f"{' ' * (INDENT * entry.depth)}{mark} "
        return ListLine((Part(start + words, self._look(entry)),), row)

    @property
    def _entry(self) -> Entry | None:
        return self._entries[self.cursor] if self._entries else None

    def _nearest(self, hidden: Entry) -> int:
        """The number of the line that a hidden entry now lies under."""
        above = self._handbook.ancestors[hidden.section.id] if hidden.section else ()
        for number, entry in reversed([*enumerate(self._entries)]):
            if entry.section is not None and entry.section.id in above:
                return number
        return self._entries.index(_chapter_entry(self._handbook, hidden.chapter))

    def _list(self) -> None:
        self._entries = tuple(_entries(self._handbook, self.unfolded))
        self._break_names()

    def _break_names(self) -> None:
        """Break the names that are wider than their room, or cut them where it is narrow."""
        if not self.size.width:
            return
        self._broken = []
        rows = []
        for number, entry in enumerate(self._entries):
            if entry.parted and number:  # no rule stands above the first line
                self._broken.append((None, ""))
            first = len(self._broken)
            self._broken += ((number, words) for words in self._lines_of(entry))
            rows.append(range(first, len(self._broken)))
        self.lay_out(len(self._broken), rows)

    def _lines_of(self, entry: Entry) -> Iterator[str]:
        """The lines of an entry's name, with its count, without what stands before them."""
        room = self.room - INDENT * entry.depth - len(MARK)
        count = self.counts.get(entry.section.id, "") if entry.section else ""
        behind = f" {count}" if count else ""
        name = self._words(entry)
        if self.size.width < ROOM_FOR_NAMES:
            yield fitted(name, room - cell_width(behind)) + behind
            return
        for start, end in break_lines(name + behind, room):
            yield (name + behind)[start:end]

    def _mark(self, entry: Entry) -> str:
        if entry.section is None:
            return "▾" if entry.chapter in self.unfolded else "▸"
        if entry.section.id == self.here:
            return "•"
        return "✓" if entry.section.id in self.read else " "

    def _words(self, entry: Entry) -> str:
        section = entry.section
        if section is None:
            return entry.title
        return (
            self._fold_mark(section) + entry.title + ("" if section.path else " (not written yet)")
        )

    def _fold_mark(self, section: Section) -> str:
        if section.id not in self._handbook.parents:
            return ""
        return "▾ " if section.id in self.unfolded else "▸ "

    def _look(self, entry: Entry) -> str:
        if entry.section is None:
            return ""
        if entry.section.id == self.here:
            return "here"
        return "faint" if entry.section.id in self.read else ""


def _entries(handbook: Handbook, unfolded: frozenset[int | str]) -> Iterator[Entry]:
    for number, chapter in enumerate(handbook.chapters):
        if chapter.title:
            yield _chapter_entry(handbook, number)
        if number in unfolded or not chapter.title:
            for section in chapter.sections:
                if unfolded.issuperset(handbook.ancestors[section.id]):
                    parted = section.parted and not (
                        chapter.title and section is chapter.sections[0]
                    )
                    title = section.numbered_title
                    yield Entry(title, section.depth, number, section, parted)


def _chapter_entry(handbook: Handbook, number: int) -> Entry:
    """The line of a chapter; what parts its first section from those before stands above it."""
    chapter = handbook.chapters[number]
    return Entry(chapter.title, 0, number, parted=any(each.parted for each in chapter.sections[:1]))
