"""Earlier searches: on this device alone, until the reader wants none kept."""

from __future__ import annotations

import stat

from tests.diary.conftest import Open
from tui.diary.data_folder import SEARCHES
from tui.diary.diary import Diary
from tui.diary.search_history import MOST


def test_kept_for_the_next_session(diary: Diary, open_here: Open) -> None:
    """Another session brings them back, the newest last and each once; only the reader may read the file."""
    diary.lists.tick("before/hands")
    for query in ("neck", "heron", "neck", "  "):
        diary.search_history.add(query)
    assert open_here().search_history.searches == ("heron", "neck")
    file = diary.path.with_name(SEARCHES)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for number in range(2 * MOST):
        diary.search_history.add(str(number))
    assert len(diary.search_history.searches) == MOST


def test_never_exported_and_erased(diary: Diary) -> None:
    """No export holds them, and erasing takes them along."""
    diary.lists.tick("before/hands")
    diary.search_history.add("quokka")
    assert "quokka" not in str(diary.export())
    diary.erase()
    assert not diary.path.with_name(SEARCHES).exists()


def test_none_are_kept_where_none_are_wanted(diary: Diary, open_here: Open) -> None:
    """The choice is kept; what was there before is gone."""
    diary.lists.tick("before/hands")
    diary.search_history.add("quokka")
    diary.search_history.turn(on=False)
    later = open_here().search_history
    later.add("heron")
    assert (later.on, later.searches) == (False, ())
    later.turn(on=True)
    later.add("heron")
    assert diary.search_history.searches == ("heron",)
