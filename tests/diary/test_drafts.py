"""What was half typed: for this device, for a day, and no part of the diary."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.diary.conftest import Clock, Open
from tui.diary.data_folder import DRAFTS
from tui.diary.diary import Diary

NOTE = ("3", "easy, “no ache” 腰")


def begin(diary: Diary) -> Path:
    """Let the diary have a file, and keep a draft beside it; its path."""
    diary.lists.tick("before/hands")
    diary.drafts.named("finish").keep(NOTE)
    return diary.path.with_name(DRAFTS)


def test_kept_for_the_next_session(diary: Diary, open_here: Open) -> None:
    """Another session gets the very words, until they are used; only the reader may read the file."""
    file = begin(diary)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    later = open_here()
    assert later.drafts.named("finish").words == NOTE
    later.drafts.named("skip a/b").keep(("cold",))
    assert later.drafts.names == ("finish", "skip a/b")
    for name in later.drafts.names:
        later.drafts.named(name).forget()
    assert not file.exists()


def test_gone_after_a_day(diary: Diary, clock: Clock, open_here: Open) -> None:
    """After a day a draft is gone, and its file with the next session."""
    file = begin(diary)
    clock.wait(hours=24)
    assert diary.drafts.named("finish").words == NOTE
    clock.wait(seconds=1)
    assert diary.drafts.named("finish").words == ()
    open_here().close()
    assert not file.exists()


def test_no_part_of_the_diary(diary: Diary) -> None:
    """Drafts are not exported, and gone with everything else that is personal."""
    file = begin(diary)
    assert "no ache" not in diary.export()
    diary.erase()
    assert not file.exists()


def test_private_keeps_none(diary: Diary, open_here: Open) -> None:
    """With --private nothing is kept, and what is there is not shown."""
    file = begin(diary)
    kept = file.read_bytes()
    private = open_here(private=True)
    private.drafts.named("finish").keep(("9", "secret"))
    assert private.drafts.named("finish").words == ()
    assert file.read_bytes() == kept


@pytest.mark.parametrize(
    "text", ["", "[]", "null", '{"finish": 3}', '{"finish": ["2026-11-18T06:30:00Z", [1]]}', "[" * 9999]
)  # fmt: skip
def test_a_file_that_is_not_ours(diary: Diary, text: str) -> None:
    """Whatever is in the file, there is no draft, and the next one is kept."""
    begin(diary).write_text(text)
    assert diary.drafts.named("finish").words == ()
    diary.drafts.named("finish").keep(NOTE)
    assert diary.drafts.named("finish").words == NOTE
