"""Where the reader is and how they like it: places, read sections, bookmarks, small choices."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from .model import Bookmark, ReadingPlace, ReadMark, Setting, named_id
from .records import RecordReader, RecordWriter

if TYPE_CHECKING:
    from .store import Store


HARDLY = 0.2
"""Seconds; another session is done by then, another program may hold the file for ever."""


class Progress:
    """What is kept for each book, by its title; saving raises CannotSave, asking CannotRead."""

    def __init__(self, store: Store) -> None:
        """Keep places in this store."""
        self._store = store

    def place(self, book: str) -> ReadingPlace | None:
        """Where the reader left this book; None where it was never opened."""
        return self._store.read(lambda reader: reader.find(ReadingPlace, named_id("place", book)))

    def keep_place(self, book: str, section: str, block: int = 0, character: int = 0) -> None:
        """Keep where the reader is: a character in a block of a section."""
        place = ReadingPlace(
            id=named_id("place", book),
            book=book,
            section=section,
            block=block,
            character=character,
        )
        self._store.change(
            "keep place", section, lambda writer: writer.put(place), deliberate=False
        )

    def keep_reading(
        self, book: str, place: tuple[str, int, int] | None, read: frozenset[str]
    ) -> None:
        """Keep a place and read sections together; hardly waits for another program."""

        def make(writer: RecordWriter) -> None:
            """Keep what there is of them."""
            if place is not None:
                writer.put(ReadingPlace(named_id("place", book), book, *place))
            for section in sorted(read):
                writer.put(ReadMark(named_id("read", book, section), book, section))

        self._store.change("keep reading", book, make, deliberate=False, patience=HARDLY)

    def read_sections(self, book: str) -> frozenset[str]:
        """The sections of this book that were read."""
        marks = self._store.read(lambda reader: reader.every(ReadMark, book))
        return frozenset(mark.section for mark in marks)

    def mark_read(self, book: str, section: str) -> None:
        """Keep that a section was read."""
        mark = ReadMark(id=named_id("read", book, section), book=book, section=section)
        self._store.change("mark read", section, lambda writer: writer.put(mark), deliberate=False)

    def bookmarks(self, book: str) -> tuple[Bookmark, ...]:
        """The bookmarks in this book, oldest first."""
        found = self._store.read(lambda reader: reader.every(Bookmark, book))
        return tuple(sorted(found, key=lambda bookmark: (bookmark.added, bookmark.section)))

    def add_bookmark(self, book: str, section: str) -> None:
        """Bookmark a section; one already there keeps its time."""
        bookmark_id = named_id("bookmark", book, section)

        def put_new(writer: RecordWriter) -> None:
            """Keep it, unless it is there."""
            if writer.find(Bookmark, bookmark_id) is None:
                writer.put(Bookmark(id=bookmark_id, book=book, section=section, added=writer.now))

        self._store.change("bookmark", section, put_new)

    def remove_bookmark(self, book: str, section: str) -> None:
        """Take a bookmark out."""
        bookmark = Bookmark(
            id=named_id("bookmark", book, section), book=book, section=section, added=""
        )
        self._store.change("remove bookmark", section, lambda writer: writer.remove(bookmark))

    def theme(self) -> str | None:
        """The theme the reader chose; None where they chose none."""
        return self._setting("theme")

    def keep_theme(self, name: str) -> None:
        """Keep the chosen theme."""
        self._keep_setting("theme", name)

    def contents_shown(self) -> bool | None:
        """Whether the reader wants the contents at the side; None where they never said."""
        kept = self._setting("contents")
        return None if kept is None else kept == "shown"

    def keep_contents_shown(self, shown: bool) -> None:
        """Keep whether the contents are to show."""
        self._keep_setting("contents", "shown" if shown else "hidden")

    def bell(self) -> bool | None:
        """Whether a routine rings the bell; None where the reader never said."""
        kept = self._setting("bell")
        return None if kept is None else kept == "on"

    def keep_bell(self, on: bool) -> None:
        """Keep whether a routine rings the bell."""
        self._keep_setting("bell", "on" if on else "off")

    def first_on(self, day: date, what: str) -> bool:
        """Whether something is said for the first time on a day; it is kept that it was."""
        name = f"said {what}"
        if self._setting(name) == day.isoformat():
            return False
        setting = Setting(id=named_id("setting", name), name=name, value=day.isoformat())
        self._store.change("said", what, lambda writer: writer.put(setting), deliberate=False)
        return True

    def _setting(self, name: str) -> str | None:
        def look(reader: RecordReader) -> str | None:
            setting = reader.find(Setting, named_id("setting", name))
            return None if setting is None else setting.value

        return self._store.read(look)

    def _keep_setting(self, name: str, value: str) -> None:
        setting = Setting(id=named_id("setting", name), name=name, value=value)
        self._store.change("keep setting", name, lambda writer: writer.put(setting))
