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
from tui.session.checklists import ChecklistDesk, parse_soreness, soreness_problem
from tui.session.experiment_desk import DANGER
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


def test_what_is_taken_back_is_open(tmp_path: Path, private: Diary) -> None:
    """A tick, and likewise a skip."""
    desk = desk_of(tmp_path, private)
    listed = desk.ticked("before")
    desk.toggle(listed, listed.rows[0])
    desk.skip(listed, listed.rows[1], "late")
    assert [row.box for row in desk.ticked("before").rows] == ["[x]", "[-]"]
    for row in desk.ticked("before").rows:
        desk.untick(listed, row)
    assert [row.box for row in desk.ticked("before").rows] == ["[ ]", "[ ]"]


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
    assert (desk.current_id("start"), desk.current_id("gone")) == ("before", "gone")


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


def test_a_book_without_roles(tmp_path: Path, private: Diary) -> None:
    """It has no list for before the run and no gate; its texts begin with its first page."""
    desk = desk_of(tmp_path, private)
    assert (desk.main_list_id, desk.open_gate(), desk.texts) == ("", None, ("one",))


@pytest.mark.parametrize(
    ("role", "resets", "main"),
    [("before", "run", "before"), ("one", "run", ""), ("before", "daily", "")],
)
def test_the_list_for_before_the_run(
    tmp_path: Path, private: Diary, role: str, resets: str, main: str
) -> None:
    """Only a sound list is one; a page that is unsound is no list at all."""
    page = f"{BEFORE}\n<!-- resets: {resets} -->\n"
    desk = desk_of(tmp_path, private, f'[roles]\nchecklist = "{role}"\n', page)
    assert desk.main_list_id == main
    assert [each.id for each in desk.lists] == (["before"] if resets == "run" else [])


def test_the_texts_begin_with_the_first_page(tmp_path: Path, private: Diary) -> None:
    """The page for a first visit leads; lists are no texts."""
    summary = SUMMARY.replace("- [One](one.md)", "- [One](one.md)\n- [Two](two.md)")
    files = {
        "SUMMARY.md": summary,
        "checklists/before.md": BEFORE,
        "runtall.toml": '[roles]\nfirst_page = "two"\n',
    }
    handbook = book(tmp_path, files)
    assert ChecklistDesk(handbook, Pages(handbook), private).texts == ("two", "one")


def test_the_links_of_an_item_come_first(tmp_path: Path, private: Diary) -> None:
    """Then those of its page; each stands there once."""
    page = BEFORE.replace("# Before", "# Before\n\n[Two](../two.md)")
    desk = desk_of(tmp_path, private, page=page)
    targets = [each.link.section for each in desk.links("before", desk.ticked("before").rows[0])]
    assert sorted(targets) == sorted(each.link.section for each in desk.links("before", None))
    assert targets[0] == "one"


def test_a_list_of_the_week_is_not_filed(tmp_path: Path, private: Diary) -> None:
    """What stands open there belongs to no run, and it says nothing of the run's experiment."""
    page = BEFORE.replace("# Before", "# Before\n\n<!-- resets: week -->")
    desk = desk_of(tmp_path, private, page=page)
    private.experiments.start("before/hands", "Hands soft", sequence=(True, False) * 6)
    assert [row.today for row in desk.ticked("before").rows] == ["", ""]
    desk.finish(None, "")
    run = desk.newest_run()
    assert run is not None
    assert run.left == ()


@pytest.mark.parametrize("danger", [False, True])
def test_danger_ends_what_is_tried(tmp_path: Path, private: Diary, danger: bool) -> None:
    """Every experiment ends with a run on which a sign of danger came, and with no other."""
    desk = desk_of(tmp_path, private)
    for label in ("Older", "Newer"):
        private.experiments.start("before/hands", label, sequence=(True, False) * 6)
    assert [row.today for row in desk.ticked("before").rows] == ["with", ""]
    desk.finish(None, "", danger=danger)
    every = private.experiments.every()
    assert [each.why_ended for each in every] == [DANGER if danger else ""] * 2
    run = desk.newest_run()
    assert run is not None
    assert run.danger == danger
    assert [each for one in every for each in one.runs] == [run.id]


def test_undoing_a_filing_with_danger(tmp_path: Path, private: Diary) -> None:
    """The run and the end of what was tried are taken back at once."""
    desk = desk_of(tmp_path, private)
    private.experiments.start("before/hands", "Hands soft", sequence=(True, False) * 6)
    desk.finish(None, "", danger=True)
    assert desk.undo() == "Undone: filing of the run"
    assert desk.experiments.goes_on() is not None


def test_a_run_that_could_not_follow(tmp_path: Path, private: Diary) -> None:
    """Only that is marked so of which it was said."""
    desk = desk_of(tmp_path, private)
    private.experiments.start("before/hands", "Hands soft", sequence=(True, False) * 6)
    desk.finish(None, "")
    unable = desk.finish(None, "", unable=True).subject
    (tried,) = private.experiments.every()
    assert (len(tried.runs), tried.unable) == (2, (unable,))


def test_a_routine_under_way(tmp_path: Path, private: Diary) -> None:
    """Its page is told until it has ended, be it by an earlier id."""
    desk = desk_of(tmp_path, private, '[renamed]\n"start" = "one"\n')
    assert desk.routine_under_way() is None
    private.routines.begin("start")
    page = desk.routine_under_way()
    assert page is not None
    assert page.id == "one"


def test_a_filing_has_no_name(tmp_path: Path, private: Diary) -> None:
    """What is undone is said without the words of an item, where it is about none."""
    desk = desk_of(tmp_path, private)
    desk.finish(None, "")
    assert desk.undo() == "Undone: filing of the run"
    assert desk.redo() == "Done again: filing of the run"
    assert desk.redo() == "There is nothing to do again"


@pytest.mark.parametrize(
    ("text", "level"), [("", None), (" ", None), ("0", 0), ("10", 10), (" 7 ", 7), ("05", 5)]
)
def test_a_soreness_that_fits(text: str, level: int | None) -> None:
    """0 to 10, or nothing."""
    assert soreness_problem(text) == ""
    assert parse_soreness(text) == level


@pytest.mark.parametrize("text", ["11", "-1", "3.5", "sore", "٣", "²", "1000", "00111", "1 0"])
def test_a_soreness_that_does_not_fit(text: str) -> None:
    """Anything else is refused before it is kept."""
    assert soreness_problem(text) == "Soreness is a whole number from 0 to 10"


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
