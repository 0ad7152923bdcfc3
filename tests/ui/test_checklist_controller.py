"""What the keys of the lists ask and do, answered here without a screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any, NoReturn, TypeVar

import pytest

from tests.small_book import book
from tests.ui.test_checklist import BEFORE, FILES
from tui.diary.clock import now
from tui.diary.diary import Diary, open_diary
from tui.diary.errors import CannotRead, CannotSave, DiskFull, DiskRefused
from tui.handbook.blocks import Link
from tui.handbook.loading import Pages
from tui.handbook.model import Handbook
from tui.keys import BY_ID, Key
from tui.session.checklists import ChecklistDesk
from tui.session.diary_thread import DiaryThread
from tui.session.history import Place
from tui.session.ticked_list import Row, TickedList
from tui.ui.controllers.checklist import FILED, FILED_LAST, RED_FLAGS, ChecklistController, Outcome
from tui.ui.controllers.experiments import NOTHING_TO_TRY
from tui.ui.controllers.responses import DiaryAct, FollowLink, OpenPlace, Response, Say, Warn
from tui.ui.conversation import AskedDiary, Conversation
from tui.ui.widgets.checklist import ChecklistView

T = TypeVar("T")
ONE, TWO, FLAGS = (Link(f"../{name}.md", name) for name in ("one", "two", "flags"))
MORNING = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)
TO_TRY = BEFORE.replace("id: hands -->", "id: hands --> <!-- try: yes -->").replace(
    "id: warm-up -->", "id: warm-up --> <!-- try: yes -->"
)
"""With two items that may be tried: one rests on the page One, the other on Two."""


def answered(conversation: Conversation[T], *answers: object) -> T:
    """What comes of a conversation whose screens are answered so; it must ask just as often."""
    left: list[object] = [*answers]
    try:
        step = next(conversation)
        while True:
            answer = step.asked.result() if isinstance(step, AskedDiary) else left.pop(0)
            step = conversation.send(answer)
    except StopIteration as end:
        assert left == []
        found: T = end.value
        return found


class Lists:
    """The controller over a small book, and the diary behind it."""

    def __init__(self, handbook: Handbook, controller: ChecklistController) -> None:
        self.handbook = handbook
        self.controller = controller
        self.desk = controller.desk
        self.diary = controller.desk.diary
        self.thread = controller.thread

    def on(self, section: str) -> TickedList | Say | Warn | None:
        """What a page shows as its list."""
        return self.controller.list_on(self.handbook.by_id[section])

    def look(self) -> str | None:
        """Read all lists; what to warn of."""
        return self.controller.take(self.controller.look().result())

    def listed(self, list_id: str = "before") -> TickedList:
        """A list as it is known."""
        listed = self.on(list_id)
        assert isinstance(listed, TickedList)
        return listed

    def row(self, number: int, list_id: str = "before") -> Row:
        """A row of it, by its number from 0."""
        return self.listed(list_id).rows[number]

    @property
    def boxes(self) -> list[str]:
        """The boxes of the list for before the run."""
        return [row.box for row in self.listed().rows]

    def do(self, act: Response) -> Outcome:
        """Save an act, and take note of what came of it."""
        assert isinstance(act, DiaryAct)
        outcome = self.controller.save(act).result()
        self.controller.take(outcome, act)
        return outcome

    def tick(self, number: int) -> Outcome:
        """Tick a row, or take its tick back."""
        return self.do(self.controller.toggle(self.listed(), self.row(number)))

    def wish(self, wish: Any, row: Row | None, *answers: object) -> Response:
        """What comes of a wish, where its questions are answered so."""
        wished = ChecklistView.Wished(wish, row)
        return answered(self.controller.change(self.listed(), wished), *answers)


@contextmanager
def opened(
    folder: Path,
    files: Mapping[str, str] | None = None,
    diary: Diary | None = None,
    keys: Mapping[str, Key] = BY_ID,
) -> Iterator[Lists]:
    """The lists of a book, not read yet."""
    handbook = book(folder / "book", {**FILES, **(files or {})})
    with DiaryThread(diary or open_diary(folder / "data", at_once=False)) as thread:
        desk = ChecklistDesk(handbook, Pages(handbook), thread.diary)
        yield Lists(handbook, ChecklistController(desk, thread, keys))


@pytest.fixture(name="lists")
def _lists(tmp_path: Path) -> Iterator[Lists]:
    """The lists as they are read for the first time."""
    with opened(tmp_path) as lists:
        assert lists.look() is None
        yield lists


def refuse(*_: object, **__: object) -> NoReturn:
    """What a disk does that gives nothing."""
    raise CannotRead(DiskRefused("diary.db"))


class TestWhatIsKnown:
    def test_before_and_after_the_lists_are_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Lists are waited for; why they cannot be read is said until they are, and then no more."""
        with opened(tmp_path) as lists:
            assert lists.on("one") is None
            assert isinstance(lists.on("before"), Say)
            assert not lists.controller.knows("before")
            with monkeypatch.context() as patched:
                patched.setattr(lists.desk, "ticked", refuse)
                why = lists.look()
                assert why
                assert lists.on("before") == Warn(why)
                assert lists.controller.take(Outcome()) is None
                assert lists.on("before") == Warn(why)
            assert lists.look() == ""
            assert lists.look() is None
            assert lists.listed().title == "Before"
            assert lists.controller.knows("before")

    def test_an_act_refused_says_nothing_of_the_lists(self, tmp_path: Path) -> None:
        """That it was not saved is warned of; the lists are still waited for."""
        with opened(tmp_path) as lists:
            act = DiaryAct(refuse)
            outcome = lists.controller.save(act).result()
            assert "Not saved" in (lists.controller.take(outcome, act) or "")
            assert isinstance(lists.on("before"), Say)

    def test_a_list_that_is_wrong(self, tmp_path: Path) -> None:
        """It is said why, whatever is being saved; the others can be used."""
        wrong = {"checklists/before.md": BEFORE.replace("id: hands", "id: gate")}
        with opened(tmp_path, wrong) as lists:
            lists.look()
            lists.controller.save(
                lists.controller.toggle(lists.listed("weekly"), lists.row(0, "weekly"))
            )
            said = lists.on("before")
            assert isinstance(said, Warn)
            assert "before.md" in said.words
            assert lists.row(0, "weekly").box == "[~]"
            assert lists.controller.counts == {}

    def test_an_older_look_hides_nothing(self, lists: Lists) -> None:
        """What was read before a tick and comes in after it leaves the tick there."""
        before = lists.controller.look().result()
        lists.tick(1)
        lists.controller.take(before)
        assert lists.boxes == ["[ ]", "[x]", "[ ]"]
        assert lists.controller.counts == {"before": "1/3"}

    def test_a_look_is_asked_for_once(self, lists: Lists) -> None:
        """While a look waits for the disk, the same one is not asked for again; another is."""
        go_on = Event()
        lists.thread.ask(go_on.wait)
        first, one = lists.controller.look(), lists.controller.look("before")
        again = lists.controller.look()
        go_on.set()
        assert set(one.result().lists) == {"before"}
        assert set(first.result().lists) == {"before", "weekly"}
        assert again is first
        assert lists.controller.look() is not first

    def test_another_session(self, lists: Lists, tmp_path: Path) -> None:
        """The lists are read again only where another session has changed something."""
        assert lists.controller.look_for_changes().result().lists == {}
        with open_diary(tmp_path / "data") as other:
            other.lists.tick("before/hands")
        lists.controller.take(lists.controller.look_for_changes().result())
        assert lists.boxes == ["[ ]", "[x]", "[ ]"]


class TestSaving:
    @pytest.mark.parametrize(("keys", "box"), [(1, "[x]"), (2, "[ ]"), (3, "[x]")])
    def test_a_tick_on_its_way(self, keys: int, box: str, lists: Lists) -> None:
        """It shows as being saved until all is saved; each key on it meanwhile counts."""
        acts, asked = [], []
        for _ in range(keys):
            acts.append(lists.controller.toggle(lists.listed(), lists.row(1)))
            asked.append(lists.controller.save(acts[-1]))
        shown = []
        for act, outcome in zip(acts, asked, strict=True):
            shown.append(lists.boxes)
            assert lists.controller.take(outcome.result(), act) == ""
        assert shown == [["[ ]", "[~]", "[ ]"]] * keys
        assert lists.boxes == ["[ ]", box, "[ ]"]

    def test_what_follows_a_refusal_is_refused(self, lists: Lists) -> None:
        """What was asked for before the reader knew is not done; what comes later is."""

        def full() -> NoReturn:
            raise CannotSave(DiskFull("diary.db"))

        go_on = Event()
        lists.thread.ask(go_on.wait)
        refused = lists.controller.save(DiaryAct(full))
        tick = lists.controller.toggle(lists.listed(), lists.row(1))
        after = lists.controller.save(tick)
        go_on.set()
        assert (refused.result().warning or "").startswith("Not saved: ")
        assert after.result() == refused.result()
        lists.controller.take(after.result(), tick)
        assert lists.boxes == ["[ ]", "[ ]", "[ ]"]
        lists.tick(1)
        lists.tick(2)
        assert lists.boxes == ["[ ]", "[x]", "[x]"]

    def test_saved_but_not_read_again(self, lists: Lists, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the lists cannot be read after an act, that is warned of."""
        act = lists.controller.toggle(lists.listed(), lists.row(1))
        monkeypatch.setattr(lists.desk, "ticked", refuse)
        assert lists.controller.save(act).result().warning

    def test_undo_says_what_it_was(self, lists: Lists) -> None:
        """Undo and redo name the act; another act says what is said of it, and what is not kept, why."""
        assert lists.tick(1).said == ""
        assert lists.do(lists.controller.undo()).said == "Undone: tick of “Hands soft”"
        assert lists.do(lists.controller.redo()).said == "Done again: tick of “Hands soft”"
        said = lists.do(lists.wish("put away", lists.row(0))).said
        assert said == "Gate is about signs of danger; it stays on everyone's list"


class TestNotices:
    def test_until_dismissed(self, lists: Lists) -> None:
        """The newest is said, with its key and how many more there are; each counts once."""
        controller = lists.controller
        assert controller.dismiss() == Say("There is nothing to dismiss")
        assert controller.notice == ""
        controller.take(Outcome(notices=("it was damaged",)))
        controller.take(Outcome(notices=("it was damaged",)))
        assert controller.notice == "D dismisses this: it was damaged"
        controller.take(Outcome(notices=("it was erased",)))
        assert (
            controller.notice == "D dismisses this: it was erased; and 1 more, see `runtall doctor`"
        )
        assert lists.do(controller.dismiss()).said == "Dismissed"
        assert controller.notice == ""

    def test_without_a_key(self, tmp_path: Path) -> None:
        """Where no key dismisses it, the command is named."""
        keys = {**BY_ID, "seen": BY_ID["seen"]._replace(keys=())}
        with opened(tmp_path, keys=keys) as lists:
            lists.controller.take(Outcome(notices=("it was damaged",)))
            said = "`runtall doctor --seen` dismisses this: it was damaged"
            assert lists.controller.notice == said

    def test_damage(self, tmp_path: Path) -> None:
        """What happened to the file comes with the first look, once."""
        (tmp_path / "data").mkdir(mode=0o700)
        (tmp_path / "data" / "diary.db").write_bytes(b"no diary at all" * 400)
        with opened(tmp_path) as lists:
            (notice,) = lists.controller.look().result().notices
            assert "the diary was damaged" in notice
            assert lists.controller.look().result().notices == ()


class TestReasons:
    def test_of_an_item(self, lists: Lists) -> None:
        """The gate item leads to the red flags, others to their page, and some nowhere."""
        lists.do(lists.wish("add", None, ("Dog fed",)))
        reasons = [lists.controller.open_reason(row) for row in (*lists.listed().rows, None)]
        nowhere = Say("No page of the book gives a reason for this item")
        assert reasons == [
            RED_FLAGS,
            FollowLink(ONE),
            FollowLink(TWO),
            nowhere,
            nowhere,
        ]

    def test_of_a_page(self, lists: Lists) -> None:
        """One of the items that rest on a page can be gone to; where there are none that is said."""
        choose = lists.controller.choose_item_about
        warm_up = lists.row(2).item
        assert answered(choose("two"), 0) == OpenPlace(Place("before", warm_up.block))
        assert answered(choose("two"), None) is None
        assert isinstance(answered(choose("weekly")), Say)

    def test_links(self, lists: Lists) -> None:
        """One of the links of a list is followed, or none; that there are none is said."""
        assert lists.wish("links", lists.row(1), 0) == FollowLink(ONE)
        assert lists.wish("links", None, 0) == FollowLink(FLAGS)
        assert lists.wish("links", None, None) is None

    def test_no_links(self, tmp_path: Path) -> None:
        """A list without links says so."""
        bare = {"checklists/before.md": "# Before\n\n- [ ] **Hands soft.**\n"}
        with opened(tmp_path, bare) as lists:
            lists.look()
            assert lists.wish("links", None) == Say("There are no links on this list")


class TestItems:
    def test_own_items(self, lists: Lists) -> None:
        """One is added and chosen, changed, removed; a form left alone or empty changes nothing."""
        for nothing in (None, ("",)):
            assert lists.wish("add", None, nothing) is None
        outcome = lists.do(lists.wish("add", None, ("Dog fed",)))
        own = lists.row(3)
        assert (own.label, own.reference) == ("Dog fed", outcome.chosen)
        for nothing in (None, ("",), ("Dog fed",)):
            assert lists.wish("edit", own, nothing) is None
        lists.do(lists.wish("edit", own, ("Dog out",)))
        assert lists.row(3).label == "Dog out"
        assert lists.tick(3).chosen == ""
        assert lists.do(lists.wish("put away", own)).said == "Removed; u brings it back"
        assert len(lists.listed().rows) == 3

    def test_skip(self, lists: Lists) -> None:
        """An item is skipped with a reason or without one; a form left alone skips nothing."""
        assert lists.wish("skip", lists.row(1), None) is None
        lists.do(lists.wish("skip", lists.row(1), ("late",)))
        lists.do(lists.wish("skip", lists.row(2), ("",)))
        assert [row.skipped for row in lists.listed().rows] == [None, "late", ""]

    def test_hide_and_show(self, lists: Lists) -> None:
        """An item of the book is put away and brought back."""
        said = "Not for me, so it no longer counts; u brings it back"
        assert lists.do(lists.wish("put away", lists.row(1))).said == said
        assert lists.row(1).hidden
        assert lists.do(lists.wish("put away", lists.row(1))).said == "It is back on the list"
        assert not lists.row(1).hidden


class TestFinish:
    def test_it_files_the_run(self, lists: Lists) -> None:
        """With the gate ticked the form comes at once, and what is written there is kept."""
        lists.tick(0)
        finish = lists.controller.finish
        assert answered(finish(), None) is None
        act = answered(finish(), ("3", "easy"))
        assert isinstance(act, DiaryAct)
        assert act.then is None
        assert lists.do(act).said == FILED
        (run,) = lists.diary.runs.every()
        assert (run.soreness, run.note, run.danger) == (3, "easy", False)

    def test_an_open_gate(self, lists: Lists) -> None:
        """It is asked about first: the red flags, file it all the same, or leave it."""
        finish = lists.controller.finish
        assert answered(finish(), 0) == RED_FLAGS
        assert answered(finish(), 2) is None
        assert answered(finish(), None) is None
        lists.do(answered(finish(), 1, ("", "")))
        assert [run.soreness for run in lists.diary.runs.every()] == [None]

    @pytest.mark.parametrize("what", ["open_gate", "experiments"])
    def test_a_diary_that_gives_nothing(
        self, what: str, lists: Lists, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nothing is filed or asked where the gate or the experiments cannot be read."""
        lists.tick(0)
        if what == "open_gate":
            monkeypatch.setattr(lists.desk, what, refuse)
        else:
            monkeypatch.setattr(lists.desk.experiments, "goes_on", refuse)
        assert isinstance(answered(lists.controller.finish()), Warn)

    @pytest.mark.parametrize(
        ("answer", "said", "then"),
        [(0, FILED, None), (1, FILED, None), (2, FILED_LAST.format(diary="d"), RED_FLAGS)],
        ids=["it went so", "it could not", "danger"],
    )
    def test_with_an_experiment(self, answer: int, said: str, then: object, lists: Lists) -> None:
        """What the run was is asked first; a sign of danger ends the experiment and is seen to."""
        lists.tick(0)
        lists.diary.experiments.start("before/hands", "Hands soft", sequence=(True, False) * 6)
        assert answered(lists.controller.finish(), None) is None
        act = answered(lists.controller.finish(), answer, ("", ""))
        assert isinstance(act, DiaryAct)
        assert (lists.do(act).said, act.then) == (said, then)
        (trial,) = lists.diary.experiments.every()
        assert (bool(trial.unable), bool(trial.ended)) == (answer == 1, answer == 2)


class TestTrying:
    @pytest.fixture(name="lists")
    def _lists(self, tmp_path: Path) -> Iterator[Lists]:
        """Lists with two items that may be tried."""
        with opened(tmp_path, {"checklists/before.md": TO_TRY}) as lists:
            lists.look()
            yield lists

    def tried(self, lists: Lists, act: Response) -> str:
        """The item that is tried after an act."""
        lists.do(act)
        return lists.diary.experiments.every()[0].item

    def test_the_chosen_item(self, lists: Lists) -> None:
        """The item is tried that is chosen, or that rests on the page; else one of all."""
        try_item = lists.controller.try_item
        assert answered(try_item(lists.row(0), "before")) == Say(NOTHING_TO_TRY)
        act = answered(try_item(lists.row(1), "before"), 0)
        assert self.tried(lists, act) == "before/hands"

    def test_on_a_page(self, lists: Lists) -> None:
        """On a page the item that rests on it is tried."""
        assert self.tried(lists, answered(lists.controller.try_item(None, "two"), 0)) == (
            "before/warm-up"
        )

    def test_on_a_page_with_none(self, lists: Lists) -> None:
        """On a page on which none rests that may be tried, all that may are offered."""
        act = answered(lists.controller.try_item(None, "flags"), 1, 0)
        assert self.tried(lists, act) == "before/warm-up"

    def test_private(self, tmp_path: Path) -> None:
        """Where nothing is kept, nothing is tried."""
        with opened(tmp_path, diary=open_diary(private=True)) as lists:
            said = answered(lists.controller.try_item(None, "two"))
            assert said == Say("With --private nothing is kept")


class TestSoreness:
    def test_of_the_newest_run(self, lists: Lists) -> None:
        """It is noted for the run that was filed last; a form left alone or blank notes nothing."""
        note = lists.controller.record_latest_soreness
        assert answered(note()) == Say("No run is filed yet; r files this one")
        lists.thread.ask(lists.diary.runs.finish).result()
        for nothing in (None, ("",)):
            assert answered(note(), nothing) is None
        assert lists.do(answered(note(), ("4",))).said == "Soreness 4 is noted; u takes it back"
        assert [run.soreness for run in lists.diary.runs.every()] == [4]


class TestGoingOn:
    @pytest.fixture(name="lists")
    def _lists(self, tmp_path: Path) -> Iterator[Lists]:
        """Lists that were left half-done 13 hours ago."""
        with open_diary(tmp_path / "data", clock=lambda: MORNING) as before:
            before.lists.tick("before/gate")
        later = MORNING + timedelta(hours=13)
        diary = open_diary(tmp_path / "data", clock=lambda: later, at_once=False)
        with opened(tmp_path, diary=diary) as lists:
            lists.look()
            yield lists

    def test_it_goes_on(self, lists: Lists) -> None:
        """The reader may go on with that run; only a list for runs asks."""
        ask = lists.controller.ask_to_go_on
        assert answered(ask(lists.listed("weekly"))) is None
        assert lists.do(answered(ask(lists.listed()), 0)).said == "Going on with that run"
        assert lists.diary.runs.left_half_done() is None

    def test_it_is_filed(self, lists: Lists) -> None:
        """Or file it, as with its key."""
        act = answered(lists.controller.ask_to_go_on(lists.listed()), 1, ("3", ""))
        assert lists.do(act).said == FILED

    def test_it_is_asked_once(self, lists: Lists) -> None:
        """Who leaves the question is not asked again."""
        ask = lists.controller.ask_to_go_on
        assert answered(ask(lists.listed()), None) is None
        assert answered(ask(lists.listed())) is None

    def test_nothing_was_left(self, tmp_path: Path) -> None:
        """A list that was not begun asks nothing, and does once it was left."""
        moments = [MORNING]
        diary = open_diary(tmp_path / "fresh", clock=lambda: moments[0], at_once=False)
        with opened(tmp_path, diary=diary) as lists:
            lists.look()
            assert answered(lists.controller.ask_to_go_on(lists.listed())) is None
            lists.tick(1)
            moments[0] += timedelta(hours=13)
            assert answered(lists.controller.ask_to_go_on(lists.listed()), None) is None


class TestOpening:
    def said(self, lists: Lists) -> str:
        """What is said first."""
        return lists.controller.look_through().result().said

    def test_nothing_is_next(self, lists: Lists) -> None:
        """A diary with nothing begun says nothing, and warns of nothing."""
        found = lists.controller.look_through().result()
        assert (found.said, found.warning, found.notices) == ("", None, ())

    def test_trouble(self, tmp_path: Path) -> None:
        """Where nothing can be saved, that is warned of."""
        (tmp_path / "data").write_text("in the way")
        with opened(tmp_path) as lists:
            warning = lists.controller.look_through().result().warning or ""
            assert warning.startswith("Nothing can be saved. ")

    def test_a_morning_to_note(self, tmp_path: Path) -> None:
        """The number of the morning after a run comes first."""
        yesterday = now() - timedelta(days=1)
        with open_diary(tmp_path / "data", clock=lambda: yesterday) as diary:
            diary.runs.finish()
        with opened(tmp_path) as lists:
            assert self.said(lists).startswith("p notes how the back is this morning")

    @pytest.mark.parametrize(
        ("item", "line"),
        [
            ("", "It is time to look again (w): Arms"),
            ("before/hands", "It is time to look again (E): Arms"),
        ],
    )
    def test_time_to_look_again(self, item: str, line: str, lists: Lists) -> None:
        """A note that is due is said with the key for it: of an item, or of a cause."""
        lists.diary.experiments.start(item, "Arms", cause="arms", look_again="2024-01-01")
        assert self.said(lists) == line

    def test_what_was_begun(self, lists: Lists) -> None:
        """A routine comes before a list, and a list before a trial; a list that is done is not said."""
        lists.diary.experiments.start("before/hands", "Hands soft", sequence=(True, False) * 6)
        assert self.said(lists) == "Hands soft: 0 of 12 runs. Today: with."
        for number in range(3):
            lists.tick(number)
        assert self.said(lists) == "Hands soft: 0 of 12 runs. Today: with."
        lists.tick(1)
        assert self.said(lists) == "Before: 2 of 3; c goes on"
        lists.diary.routines.begin("two")
        assert self.said(lists) == "Two: left halfway; S on its page goes on"

    def test_without_a_main_list(self, tmp_path: Path) -> None:
        """A book that names no list for before the run says nothing of one."""
        with opened(tmp_path, {"runtall.toml": ""}) as lists:
            assert self.said(lists) == ""
