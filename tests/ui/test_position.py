"""Where the reader is, as the status line says it."""

from pathlib import Path

from tests.session.test_matches import TWO
from tests.session.test_ticking import desk_of
from tui.diary.diary import open_diary
from tui.ui.widgets.status_bar import position_text


def test_on_a_page() -> None:
    """The page among the others, and how much of it has been in sight."""
    assert position_text("12/88", 45, None, None) == "12/88 · 45%"


def test_on_a_list(tmp_path: Path) -> None:
    """On a list, how many of its items are done."""
    with open_diary(private=True) as diary:
        listed = desk_of(tmp_path, diary).ticked("before")
    assert position_text("2/2", 100, listed, None) == "2/2 · 0/2"


def test_after_a_search(tmp_path: Path) -> None:
    """After a search, which of the page's matches it is, on a list too."""
    with open_diary(private=True) as diary:
        listed = desk_of(tmp_path, diary).ticked("before")
    assert position_text("2/9", 45, None, TWO) == "2/9 · match 1/2"
    assert position_text("2/9", 100, listed, TWO) == "2/9 · match 1/2"
