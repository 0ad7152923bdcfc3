"""What is kept of a visit to one book: the place, read pages, bookmarks and small choices."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from ..diary.errors import DiaryError
from ..diary.model import Bookmark
from .history import Place

if TYPE_CHECKING:
    from ..diary.diary import Diary

T = TypeVar("T")

THEMES = ("runtall-dark", "runtall-light", "ansi-dark", "ansi-light")
"""The names of the themes that a reader may choose, in the order in which the key goes through them."""


class ReadingState:
    """One book's part of the diary; where it cannot be kept, it holds for this visit alone.

    Reading must go on whatever happens to the diary, so nothing here raises.
    """

    def __init__(self, diary: Diary, book: str, *, silent: bool = False) -> None:
        """The part of a book with this title; `silent` for a visit without a bell."""
        self.diary = diary
        """All of the diary, of which this is the part that reading needs."""
        self._progress = diary.progress
        self._book = book
        self.read: frozenset[str] = _or_else(
            lambda: self._progress.read_sections(book), frozenset()
        )
        """The ids of the sections that were read."""
        kept: tuple[Bookmark, ...] = _or_else(lambda: self._progress.bookmarks(book), ())
        self.bookmarks: tuple[str, ...] = tuple(each.section for each in kept)
        """The ids of the bookmarked sections, oldest first."""
        self._place = self._kept_place()
        self._bell = not silent and _or_else(self._progress.bell, None) is not False

    @property
    def place(self) -> Place | None:
        """Where the reader left the book; None on a first visit."""
        return self._place

    @property
    def theme(self) -> str | None:
        """The theme that the reader chose."""
        return _or_else(self._progress.theme, None)

    @property
    def contents_shown(self) -> bool:
        """Whether the contents are to stand at the side."""
        return _or_else(self._progress.contents_shown, None) is not False

    @property
    def bell(self) -> bool:
        """Whether a routine rings the bell."""
        return self._bell

    def keep_bell(self, on: bool) -> None:
        """Keep whether a routine rings the bell."""
        self._bell = on
        _or_else(lambda: self._progress.keep_bell(on), None)

    def keep_place(self, place: Place) -> None:
        """Keep where the reader is."""
        if place != self._place:
            self._place = place
            at = (place.section, place.block, place.character)
            _or_else(lambda: self._progress.keep_place(self._book, *at), None)

    def mark_read(self, section: str) -> None:
        """Keep that a section was read."""
        if section not in self.read:
            self.read |= {section}
            _or_else(lambda: self._progress.mark_read(self._book, section), None)

    def toggle_bookmark(self, section: str) -> bool:
        """Bookmark a section or remove its bookmark; whether it is bookmarked now."""
        if section in self.bookmarks:
            self.bookmarks = tuple(each for each in self.bookmarks if each != section)
            _or_else(lambda: self._progress.remove_bookmark(self._book, section), None)
            return False
        self.bookmarks = (*self.bookmarks, section)
        _or_else(lambda: self._progress.add_bookmark(self._book, section), None)
        return True

    def keep_theme(self, name: str) -> None:
        """Keep the chosen theme."""
        _or_else(lambda: self._progress.keep_theme(name), None)

    def keep_contents_shown(self, shown: bool) -> None:
        """Keep whether the contents are to stand at the side."""
        _or_else(lambda: self._progress.keep_contents_shown(shown), None)

    def _kept_place(self) -> Place | None:
        kept = _or_else(lambda: self._progress.place(self._book), None)
        return Place(kept.section, kept.block, kept.character) if kept else None


def _or_else(ask: Callable[[], T], otherwise: T) -> T:
    try:
        return ask()
    except DiaryError:
        return otherwise
