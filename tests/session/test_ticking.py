"""A checklist joined with the reader's ticks: what shows, what counts, what survives a rename."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.small_book import book
from tui.diary.clock import now
from tui.diary.diary import Diary, open_diary
from tui.handbook.loading import Pages
from tui.handbook.model import Handbook
from tui.session.checklists import ChecklistDesk
from tui.session.run_report import ItemNames, run_page
from tui.session.ticked_list import bar, names_in_diary

SUMMARY = "# Summary\n\n# Part\n\n- [One](one.md)\n- [Before](checklists/before.md)\n"
BEFORE = """# Before

- [ ] **Hands soft.** Fists pull the shoulders up. [One](../one.md) <!-- id: hands -->
- [ ] **Warm-up done.** <!-- id: warm-up -->
"""


def desk_of(folder: Path, diary: Diary, settings: str = "", page: str = BEFORE) -> ChecklistDesk:
    """A desk over a book with one checklist."""
    files = {"SUMMARY.md": SUMMARY, "checklists/before.md": page, "runtall.toml": settings}
    handbook = book(folder, files)
    return ChecklistDesk(handbook, Pages(handbook), diary)


@pytest.fixture
def private() -> Iterator[Diary]:
    """A diary that nothing keeps."""
    with open_diary(private=True) as diary:
        yield diary


def handbook_of(folder: Path, settings: str) -> Handbook:
    files = {"SUMMARY.md": SUMMARY, "checklists/before.md": BEFORE, "runtall.toml": settings}
    return book(folder, files)


def test_a_tick_counts(tmp_path: Path, private: Diary) -> None:
    """A ticked item is done; a skipped one is neither done nor open."""
    desk = desk_of(tmp_path, private)
    listed = desk.ticked("before")
    desk.tick(listed, listed.rows[0])
    desk.skip(listed, listed.rows[1], "late")
    now = desk.ticked("before")
    assert [row.box for row in now.rows] == ["[x]", "[-]"]
    assert (now.count, now.words, now.open) == ("1/2", "1 of 2, 1 skipped", ())


def test_a_hidden_item_does_not_count(tmp_path: Path, private: Diary) -> None:
    """An item that the reader hides is not among those to be done, and can be shown again."""
    desk = desk_of(tmp_path, private)
    desk.remove_or_hide(desk.ticked("before").rows[1])
    hidden = desk.ticked("before")
    assert (hidden.count, len(hidden.rows)) == ("0/1", 2)
    desk.remove_or_hide(hidden.rows[1])
    assert desk.ticked("before").count == "0/2"


def test_the_first_use_offers_to_leave_an_item_out(tmp_path: Path, private: Diary) -> None:
    """Until a run is filed an open item that may not apply is offered as not for the reader."""
    page = BEFORE.replace("id: hands -->", "id: hands --> <!-- may not apply -->")
    diary = private
    desk = desk_of(tmp_path, diary, page=page)
    listed = desk.ticked("before")
    assert [row.offered for row in listed.rows] == [True, False]
    desk.tick(listed, listed.rows[0])
    assert [row.offered for row in desk.ticked("before").rows] == [False, False]
    desk.untick(listed, desk.ticked("before").rows[0])
    desk.remove_or_hide(listed.rows[0])
    assert [row.offered for row in desk.ticked("before").rows] == [False, False]
    desk.remove_or_hide(desk.ticked("before").rows[0])
    assert [row.offered for row in desk.ticked("before").rows] == [True, False]
    diary.runs.finish()
    assert [row.offered for row in desk.ticked("before").rows] == [False, False]


def test_own_items_stand_below(tmp_path: Path, private: Diary) -> None:
    """The reader's own items come after the book's, and have no reason."""
    desk = desk_of(tmp_path, private)
    desk.add("before", "Dog fed")
    row = desk.ticked("before").rows[-1]
    assert (row.label, row.own, row.item.why, row.item.section) == ("Dog fed", True, "", "")


def test_json(tmp_path: Path, private: Diary) -> None:
    """`check --json` has the fields that were promised, and null for what is absent."""
    desk = desk_of(tmp_path, private)
    assert desk.ticked("before").as_json() == {
        "list": "before",
        "title": "Before",
        "done": 0,
        "total": 2,
        "run_id": None,
        "items": [
            {
                "id": "hands",
                "label": "Hands soft",
                "why": "Fists pull the shoulders up.",
                "section": "one",
                "ticked": False,
                "ticked_at": None,
                "skipped": None,
                "own": False,
                "today": None,
                "fact": None,
            },
            {
                "id": "warm-up",
                "label": "Warm-up done",
                "why": None,
                "section": None,
                "ticked": False,
                "ticked_at": None,
                "skipped": None,
                "own": False,
                "today": None,
                "fact": None,
            },
        ],
    }


def test_a_renamed_item_keeps_its_tick(tmp_path: Path, private: Diary) -> None:
    """A tick under an item's earlier name shows under today's, and can be taken back."""
    diary = private
    diary.lists.tick("before/fists")
    desk = desk_of(tmp_path, diary, '[renamed]\n"before/fists" = "hands"\n')
    listed = desk.ticked("before")
    assert [row.ticked for row in listed.rows] == [True, False]
    desk.toggle(listed, listed.rows[0])
    assert desk.ticked("before").done == 0


def test_a_renamed_list_keeps_all(tmp_path: Path, private: Diary) -> None:
    """Ticks, skips, hidden and own items of a list's earlier name show under today's."""
    diary = private
    diary.lists.tick("start/hands")
    diary.lists.hide("start/warm-up")
    diary.lists.add("start", "Dog fed")
    desk = desk_of(tmp_path, diary, '[renamed]\n"start" = "before"\n')
    listed = desk.ticked("before")
    assert [(row.label, row.ticked, row.hidden) for row in listed.rows] == [
        ("Hands soft", True, False),
        ("Warm-up done", False, True),
        ("Dog fed", False, False),
    ]
    desk.remove_or_hide(listed.rows[1])
    assert desk.ticked("before").total == 3


def test_a_retired_item_is_not_forgotten(tmp_path: Path, private: Diary) -> None:
    """A tick of an item that the book has no longer is not shown, but is filed with the run."""
    diary = private
    diary.lists.tick("before/gone")
    desk = desk_of(tmp_path, diary)
    assert desk.ticked("before").done == 0
    desk.finish(None, "")
    run = desk.newest_run()
    assert run is not None
    assert run.ticked == ("before/gone",)


def test_finishing_files_what_was_left(tmp_path: Path, private: Diary) -> None:
    """A filed run knows what stood open; hidden items were not asked for."""
    desk = desk_of(tmp_path, private)
    listed = desk.ticked("before")
    desk.tick(listed, listed.rows[0])
    desk.remove_or_hide(listed.rows[1])
    desk.add("before", "Dog fed")
    own = desk.ticked("before").rows[-1]
    desk.finish(2, "easy")
    run = desk.newest_run()
    assert run is not None
    assert (run.ticked, run.left, run.soreness) == (("before/hands",), (own.reference,), 2)


def test_undo_names_what_it_undoes(tmp_path: Path, private: Diary) -> None:
    """The reader is told what was undone, in the words of the list."""
    desk = desk_of(tmp_path, private)
    listed = desk.ticked("before")
    desk.tick(listed, listed.rows[0])
    assert desk.undo() == "Undone: tick of “Hands soft”"
    assert desk.undo() == "There is nothing to undo"
    assert desk.redo() == "Done again: tick of “Hands soft”"
    assert desk.ticked("before").done == 1


def test_the_gate_stays_open_until_it_is_ticked(tmp_path: Path, private: Diary) -> None:
    """Skipping or hiding the gate item does not pass it."""
    settings = '[roles]\nchecklist = "before"\ngate_item = "hands"\n'
    desk = desk_of(tmp_path, private, settings)
    listed = desk.ticked("before")
    desk.skip(listed, listed.rows[0], "in a hurry")
    gate = desk.open_gate()
    assert gate is not None
    assert gate.label == "Hands soft"
    desk.tick(listed, listed.rows[0])
    assert desk.open_gate() is None


def test_names_in_the_diary(tmp_path: Path) -> None:
    """Earlier ids of a list, and of lists that its items came from, are looked up too."""
    renamed = '[renamed]\n"start" = "before"\n"old/fists" = "before/hands"\n'
    assert names_in_diary(handbook_of(tmp_path, renamed), "before") == ("start", "old", "before")


def test_the_bar_is_full_only_at_the_end() -> None:
    """The bar shows the first tick, and is full for nothing less than all."""
    assert [bar(done, 12, 4) for done in (0, 1, 6, 11, 12)] == [
        "────",
        "█───",
        "██──",
        "███─",
        "████",
    ]


def test_undo_and_redo_name_an_own_item_alike(tmp_path: Path, private: Diary) -> None:
    """An own item keeps its words in what is said of it, also when it is just gone."""
    desk = desk_of(tmp_path, private)
    desk.add("before", "Dog fed")
    for _ in range(2):
        assert desk.undo() == "Undone: new item “Dog fed”"
        assert desk.redo() == "Done again: new item “Dog fed”"


def test_a_run_lists_its_items_in_the_order_of_the_list(tmp_path: Path, private: Diary) -> None:
    """Whatever was ticked first, the record has the order that the reader knows; own items last."""
    desk = desk_of(tmp_path, private)
    desk.add("before", "Dog fed")
    hands, warm_up, own = desk.ticked("before").rows
    for row in (own, warm_up, hands):
        desk.tick(desk.ticked("before"), row)
    desk.finish(2, "")
    run = desk.newest_run()
    assert run is not None
    text = run_page(run, ItemNames(desk._handbook, desk.lists)).text
    assert text.index("Hands soft") < text.index("Warm-up done") < text.index("Dog fed")


def test_a_soreness_is_that_after_the_run_until_the_next_day(
    tmp_path: Path, private: Diary
) -> None:
    """On the day of the run it belongs to the run; on the next it is the next morning's."""
    present = now()
    desk = desk_of(tmp_path, private)
    desk.finish(None, "")
    (run,) = private.runs.every()
    handbook = handbook_of(tmp_path, "")
    later = ChecklistDesk(handbook, Pages(handbook), private, lambda: present + timedelta(days=1))
    assert desk.is_after(run)
    assert not later.is_after(run)
