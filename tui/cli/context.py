"""What every command is given: what was asked for, the book, and where to answer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ..handbook.loading import OWN_BOOK, Pages, load_handbook
from ..handbook.model import Handbook
from ..terminal.capabilities import Capabilities
from .output import Output
from .repeated import kept_state

if TYPE_CHECKING:
    from ..diary.diary import Diary
    from ..diary.known_books import KnownBooks
    from ..session.checklists import ChecklistDesk


class UsageError(Exception):
    """The words make no command; the text is one line with the remedy."""


def is_accessible(environ: Mapping[str, str]) -> bool:
    """Whether the environment asks for lines, as that of gh, huh and clack does."""
    return environ.get("ACCESSIBLE", "").lower() not in ("", "0", "no", "false")


class Context:
    """One call of the program."""

    def __init__(
        self,
        arguments: SimpleNamespace,
        environ: Mapping[str, str],
        capabilities: Capabilities,
        output: Output,
    ) -> None:
        self.arguments = arguments
        self.environ = environ
        self.capabilities = capabilities
        self.output = output

    def option(self, name: str, default: Any = None) -> Any:
        """An option as given, or else the default."""
        return getattr(self.arguments, name, default)

    def path(self, name: str) -> Path | None:
        """A file or folder, from its option or else from the environment (`RUNTALL_…`)."""
        given = self.option(name) or self.environ.get(f"RUNTALL_{name.upper()}")
        return Path(os.path.expanduser(given)) if given else None  # noqa: PTH111 - knows no error

    @property
    def linear(self) -> bool:
        """Whether the answer is for the ear: nothing in columns, nothing drawn."""
        return bool(self.option("linear", is_accessible(self.environ)))

    @property
    def data_folder(self) -> Path | None:
        """Where the diary is to be kept; None for the usual place. Raises UsageError."""
        folder = self.path("data")
        if folder is not None and not folder.is_absolute():
            raise UsageError(
                f"{folder}: name the data folder by its whole path, such as ~/{folder.name}; "
                "a relative one would be another diary in each folder"
            )
        return folder

    @cached_property
    def handbook(self) -> Handbook:
        """The book: ours, or the one that was named."""
        return load_handbook(self.path("book") or OWN_BOOK)

    @cached_property
    def pages(self) -> Pages:
        """The book's pages."""
        return Pages(self.handbook)

    @cached_property
    def book_name(self) -> str:
        """The name under which the diary keeps the places in this book."""
        if self._known_books is None:
            return self.handbook.title
        return self._known_books.name_of(self.handbook.title, self.handbook.folder)

    def keep_book_name(self) -> None:
        """Keep under which name the places in this book are."""
        if self._known_books is not None:
            self._known_books.keep()

    @cached_property
    def _known_books(self) -> KnownBooks | None:
        """The books of others that were opened here; none where nothing is kept."""
        if self.handbook.folder == OWN_BOOK or self.option("private", False):
            return None
        from ..diary.known_books import KnownBooks  # noqa: PLC0415 - our own book needs no other name

        return KnownBooks(self.closed_diary.path.parent)

    @cached_property
    def diary(self) -> Diary:
        """The reader's diary, open until the command has answered; with `--private` it touches no file."""
        self.closed_diary.open()
        return self.closed_diary

    @cached_property
    def closed_diary(self) -> Diary:
        """The reader's diary before it is opened."""
        return self.new_diary()

    def new_diary(self) -> Diary:
        """The reader's diary, closed; its acts are followed by what is kept for prompts."""
        from ..diary.diary import open_diary  # noqa: PLC0415 - reading needs no diary

        private = self.option("private", False)
        diary = open_diary(self.data_folder, private=private, at_once=False)
        if not private:
            diary.aside = _Follower(self, diary)
        return diary


class _Follower:
    """Brings up to date what `brief` and `due` left beside a diary, whenever that has changed."""

    def __init__(self, context: Context, diary: Diary) -> None:
        self._context = context
        self._diary = diary
        self._desk: ChecklistDesk | None = None
        self._folder = str(diary.path.parent)
        self._state = kept_state(self._folder)

    def __call__(self) -> None:
        before, self._state = self._state, kept_state(self._folder)
        if self._state and self._state != before:
            glance = import_module(".glance", __package__)  # most change nothing, or keep no answer
            self._desk = self._desk or glance.desk_beside(self._context, self._diary)
            glance.follow(self._context, self._desk, self._state)
