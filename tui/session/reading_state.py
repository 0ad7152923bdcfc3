"""What is kept of a visit to one book: the place, read pages, bookmarks and small choices."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, NamedTuple

from ..diary.errors import CannotRead, DiaryError, Locked
from .diary_thread import DiaryThread
from .history import Place

if TYPE_CHECKING:
    from ..diary.diary import Diary

THEMES = ("runtall-dark", "runtall-light", "ansi-dark", "ansi-light")
"""The names of the themes that a reader may choose, in the order in which the key goes through them."""


class KeptReading(NamedTuple):
    """What the diary had of a book when it was opened."""

    place: Place | None = None
    read: frozenset[str] = frozenset()
    bookmarks: tuple[str, ...] = ()
    theme: str | None = None
    contents_shown: bool = True
    bell: bool = True


class _Gathered(NamedTuple):
    """What is to be saved when there is time."""

    place: Place | None = None
    read: frozenset[str] = frozenset()


class ReadingState:
    """One book's part of the diary; where it cannot be kept, it holds for this visit alone.

    Reading must go on whatever happens to the diary, so nothing here raises, and nothing waits.
    """

    def __init__(self, thread: DiaryThread, book: str, *, silent: bool = False) -> None:
        """The part of a book with this title; `silent` for a visit without a bell."""
        self.thread = thread
        """The one that reads and saves it."""
        self._progress = thread.diary.progress
        self._book = book
        self.is_there = False
        """Whether what was kept has been taken up."""
        self.place: Place | None = None
        """Where the reader left the book, or is now; None on a first visit."""
        self.read: frozenset[str] = frozenset()
        """The ids of the sections that were read."""
        self.bookmarks: tuple[str, ...] = ()
        """The ids of the bookmarked sections, oldest first."""
        self.theme: str | None = None
        """The theme that the reader chose."""
        self.contents_shown = True
        """Whether the contents are to stand at the side."""
        self.bell = not silent
        """Whether a routine rings the bell."""
        self._gathered = _Gathered()
        self._saving: tuple[Future[DiaryError | None], _Gathered] | None = None
        self.loaded = thread.ask(self._load)
        """What was kept, once it is there; None while another program has the file locked."""

    @property
    def diary(self) -> Diary:
        """All of the diary, of which this is the part that reading needs."""
        return self.thread.diary

    def load_again(self) -> Future[KeptReading | None]:
        """Try again to load what was kept."""
        self.loaded = self.thread.ask(self._load)
        return self.loaded

    def take_up(self, *, moved: bool = False) -> None:
        """Take up what was kept, if it could be loaded; what was done meanwhile holds.

        Args:
            moved: Whether the reader has gone to another place meanwhile.
        """
        kept = self.loaded.result()
        if kept is None:
            return
        self.is_there = True
        if not moved:
            self.place = kept.place
            self._gathered = self._gathered._replace(place=None)
        self.read |= kept.read
        self.bookmarks = (*kept.bookmarks, *self.bookmarks)
        self.theme = self.theme or kept.theme
        self.contents_shown = self.contents_shown and kept.contents_shown
        self.bell = self.bell and kept.bell

    def keep_place(self, place: Place) -> None:
        """Keep where the reader is, with the next that is saved."""
        if place != self.place:
            self.place = place
            self._gathered = self._gathered._replace(place=place)

    def mark_read(self, section: str) -> None:
        """Keep that a section was read, with the next that is saved."""
        if section not in self.read:
            self.read |= {section}
            self._gathered = self._gathered._replace(read=self._gathered.read | {section})

    def save(self) -> Future[DiaryError | None] | None:
        """Have saved what was gathered; what another program keeps from it is gathered again.

        The future holds why it was not saved; None where there is nothing to save now.
        """
        if self._saving is not None:
            saving, gathered = self._saving
            if not saving.done():
                return None
            if saving.result() is not None:
                place = self._gathered.place or gathered.place
                self._gathered = _Gathered(place, self._gathered.read | gathered.read)
            self._saving = None
        if not self.is_there or self._gathered == _Gathered():
            return None
        gathered = self._gathered
        saving = self.thread.ask(lambda: self._save(gathered))
        self._saving, self._gathered = (saving, gathered), _Gathered()
        return saving

    def bookmark(self, section: str) -> Callable[[], None]:
        """Bookmark a section or remove its bookmark; the act that saves it."""
        if section in self.bookmarks:
            self.bookmarks = tuple(each for each in self.bookmarks if each != section)
            return lambda: self._progress.remove_bookmark(self._book, section)
        self.bookmarks = (*self.bookmarks, section)
        return lambda: self._progress.add_bookmark(self._book, section)

    def keep_bell(self, on: bool) -> None:
        """Keep whether a routine rings the bell."""
        self.bell = on
        self.thread.ask(lambda: self._progress.keep_bell(on))

    def keep_theme(self, name: str) -> None:
        """Keep the chosen theme."""
        self.theme = name
        self.thread.ask(lambda: self._progress.keep_theme(name))

    def keep_contents_shown(self, shown: bool) -> None:
        """Keep whether the contents are to stand at the side."""
        self.contents_shown = shown
        self.thread.ask(lambda: self._progress.keep_contents_shown(shown))

    def _save(self, gathered: _Gathered) -> DiaryError | None:
        try:
            self._progress.keep_reading(self._book, gathered.place, gathered.read)
        except DiaryError as error:
            return error
        return None

    def _load(self) -> KeptReading | None:
        progress, book = self._progress, self._book
        self.diary.drafts.load()
        try:
            place = progress.place(book)
            return KeptReading(
                Place(place.section, place.block, place.character) if place else None,
                progress.read_sections(book),
                tuple(each.section for each in progress.bookmarks(book)),
                progress.theme(),
                progress.contents_shown() is not False,
                progress.bell() is not False,
            )
        except CannotRead as error:
            return None if isinstance(error.trouble, Locked) else KeptReading()
