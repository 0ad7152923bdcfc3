"""Reading places, read sections, bookmarks and choices."""

from __future__ import annotations

from tests.diary.conftest import Clock, Open
from tui.diary.diary import Diary

BOOK = "Run Tall"


def test_place_is_kept_for_each_book(diary: Diary, open_here: Open) -> None:
    """Each book opens where it was left."""
    assert diary.progress.place(BOOK) is None
    diary.progress.keep_place(BOOK, "arm-swing", 1)
    diary.progress.keep_place(BOOK, "arm-swing", 4, 120)
    diary.progress.keep_place("Another", "hills")
    place = open_here().progress.place(BOOK)
    assert place is not None
    assert (place.section, place.block, place.character) == ("arm-swing", 4, 120)


def test_read_sections(diary: Diary) -> None:
    """Read marks are kept for each book, once."""
    diary.progress.mark_read(BOOK, "arm-swing")
    diary.progress.mark_read(BOOK, "arm-swing")
    diary.progress.mark_read("Another", "hills")
    assert diary.progress.read_sections(BOOK) == {"arm-swing"}


def test_bookmarks(diary: Diary, clock: Clock) -> None:
    """Bookmarks come oldest first, keep their time and can be taken out."""
    diary.progress.add_bookmark(BOOK, "second")
    clock.wait(minutes=1)
    diary.progress.add_bookmark(BOOK, "first")
    diary.progress.add_bookmark(BOOK, "second")
    assert [mark.section for mark in diary.progress.bookmarks(BOOK)] == ["second", "first"]
    diary.progress.remove_bookmark(BOOK, "second")
    assert [mark.section for mark in diary.progress.bookmarks(BOOK)] == ["first"]


def test_choices(diary: Diary) -> None:
    """Theme and contents are as last chosen, and unknown before."""
    assert (diary.progress.theme(), diary.progress.contents_shown()) == (None, None)
    diary.progress.keep_theme("dusk")
    diary.progress.keep_contents_shown(False)
    assert (diary.progress.theme(), diary.progress.contents_shown()) == ("dusk", False)


def test_reading_is_no_act_to_undo(diary: Diary) -> None:
    """Undo is for what was done to lists and runs, not for where one read."""
    diary.progress.keep_place(BOOK, "arm-swing")
    assert diary.undo() is None


def test_names_with_anything_in_them(diary: Diary) -> None:
    """Another book's names may hold any text, even what no file name should."""
    diary.progress.mark_read("Büch \ud800 'x\"%", "a/ü\udfff")
    assert diary.progress.read_sections("Büch \ud800 'x\"%") == {"a/ü\udfff"}
