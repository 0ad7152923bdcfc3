"""The search box, and the matches that one goes through afterward."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key, Paste

from tests.small_book import write_book
from tests.ui.reading import Reading, reading
from tui.handbook.model import Section
from tui.search.engine import Hit, Index, Results
from tui.session.history import Place
from tui.ui.controllers.search import SearchController
from tui.ui.screens.reading import ReadingScreen
from tui.ui.screens.search import LONGEST, SearchField
from tui.ui.widgets.checklist import ChecklistView
from tui.ui.widgets.results import ResultsView, _title_line

_FILES = {
    "SUMMARY.md": "# Summary\n\n# Body\n\n- [Neck](neck.md)\n- [Arms](arms.md)\n- [Blank](blank.md)\n"
    "- [Signs](signs.md)\n\n# Lists\n\n- [Ready](checklists/ready.md)\n",
    "runtall.toml": '[roles]\nred_flags = "signs"\nchecklist = "ready"\n',
    "synonyms.toml": '[words]\nnape = ["neck"]\n',
    "signs.toml": (
        '[[signs]]\nid = "heart"\nlevel = "NOW"\nsign = "Crushing"\ndo = "NOW: call."\n'
        'say = ["crushing chest"]\nalone = ["crushing"]\n'
    ),
    "neck.md": "# Neck\n\nA stiff neck. The neck turns."
    + "\n\nMore." * 30
    + "\n\nA neck again.\n\n## Turning\n\nElbow.\n",
    "arms.md": "# Arms\n\nArms hang from the neck. Hands are soft.\n",
    "blank.md": "# Blank\n\nNothing of note.\n",
    "signs.md": "# Signs\n\n## NOW\n\nNOW means call.\n\n- **Crushing pain.** Chest. May be: bad.\n",
    "checklists/ready.md": "# Ready\n\n- [ ] **Shoes tied.**\n- [ ] **Gloves on.** Warm hands.\n",
}
OpenSearch = Callable[..., AbstractAsyncContextManager[Reading]]


@pytest.fixture
def searching(tmp_path: Path) -> OpenSearch:
    """Opens a small book with the search box over it, once all of it can be found."""
    folder = write_book(tmp_path / "book", _FILES)

    @asynccontextmanager
    async def opened(
        words: str = "", size: tuple[int, int] = (80, 24), place: Place | None = None
    ) -> AsyncIterator[Reading]:
        async with reading(folder, tmp_path / "data", size=size, place=place) as book:
            screen = book.app.screen
            assert isinstance(screen, ReadingScreen)
            await until(book, lambda: screen._searching._index.complete)
            await book.press("/", *words)
            yield book

    return opened


async def until(book: Reading, holds: Callable[[], bool]) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(20):
        while not holds():
            await book.pilot.pause()


def hits(book: Reading) -> list[str]:
    """The titles of the hits in sight."""
    titles = ("Neck", "Arms", "Blank", "Signs", "Ready")
    lines = book.screen.splitlines()[3:-1]
    return [title for line in lines for title in titles if line[2:].startswith(title)]


def chosen(book: Reading) -> int:
    """The number of the chosen hit."""
    return book.app.screen.query_one(ResultsView).cursor


def marked(book: Reading, words: str) -> list[bool]:
    """Whether these words are marked by more than color, wherever they stand alone in a style."""
    strips = book.app.screen._compositor.render_strips()
    cells = [each for strip in strips for each in strip if each.text == words]
    return [bool(each.style and (each.style.underline or each.style.reverse)) for each in cells]


async def test_results_while_typing(searching: OpenSearch) -> None:
    """Hits stand there while one types, with title, chapter, count and snippet; half a word does."""
    async with searching("nec") as book:
        assert hits(book)[0] == "Neck"
        assert "Body · 4 matches" in book.screen
        assert "A stiff neck. The neck turns." in book.screen
        assert all(marked(book, "neck"))


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (50, "Sitting and repeated positions   Desks · 2 matches"),
        (42, "Sitting and repeated positions   2 matches"),
        (40, "Sitting and repeated positions".ljust(40)),
        (20, "Sitting and repeate…"),
    ],
)
def test_a_title_is_whole_before_its_chapter(width: int, expected: str) -> None:
    """What stands beside a title is left out before the title is cut."""
    title = "Sitting and repeated positions"
    section = Section("sitting", title, "Desks", None)
    hit = Hit(section, "sitting", "section", title, "", 1.0, "", (), 2, lambda: ())
    assert _title_line(hit, 0, width).text == expected


async def test_an_empty_box_says_how(searching: OpenSearch) -> None:
    """Before anything is typed the box says what can be."""
    async with searching() as book:
        assert "quotes ask for a phrase" in book.screen


async def test_enter_opens_the_first_match(searching: OpenSearch) -> None:
    """Enter opens the best hit with all its matches marked, and says which one it is."""
    async with searching("neck") as book:
        await book.press("enter")
        assert book.section == "neck"
        assert "match 1/4" in book.status
        assert marked(book, "neck") == [True, True]


async def test_enter_right_after_typing(searching: OpenSearch) -> None:
    """Enter answers all that was typed before it, however fast."""
    async with searching() as book:
        await book.pilot.press(*"hands", "enter")
        await until(book, lambda: book.section in ("arms", "ready"))
        assert "match 1/" in book.status


async def test_arrows_choose(searching: OpenSearch) -> None:
    """The arrows choose another hit, and Enter opens that one."""
    async with searching("neck") as book:
        second = hits(book)[1]
        await book.press("down", "enter")
        assert book.section == second.lower()


async def test_the_chosen_hit_stays(searching: OpenSearch) -> None:
    """A hit that one chose stays chosen while it is still found; else it is the best one."""
    async with searching("nec") as book:
        await book.press("down")
        second = hits(book)[chosen(book)]
        await book.press("k")
        assert hits(book)[chosen(book)] == second
        await book.press(*" turns stiff")
        assert chosen(book) == hits(book).index(second) if second in hits(book) else 0


async def test_next_and_previous(searching: OpenSearch) -> None:
    """`n` goes through this page, then on to the next hit's; `N` comes back; the ends are said."""
    async with searching("neck") as book:
        await book.press("enter", "n")
        assert "match 2/4" in book.status
        await book.press("n", "n")
        assert "match 4/4" in book.status
        assert "A neck again." in book.screen
        await book.press("n")
        assert (book.section, "match 1/1" in book.status) == ("arms", True)
        await book.press("n")
        assert "This is the last match" in book.status
        await book.press("N")
        assert (book.section, "match 4/4" in book.status) == ("neck", True)


async def test_going_on_from_elsewhere(searching: OpenSearch) -> None:
    """After a walk to another page `n` comes back to the matches, which are marked there."""
    async with searching("neck") as book:
        await book.press("enter", "]", "]", "n")
        assert (book.section, "match 2/4" in book.status) == ("neck", True)
        assert marked(book, "neck") == [True, True]


async def test_esc_clears_the_marks(searching: OpenSearch) -> None:
    """Esc takes the marks away, and then there is nothing to go on to."""
    async with searching("neck") as book:
        await book.press("enter", "escape")
        assert "match" not in book.status
        assert marked(book, "neck") == []
        await book.press("n")
        assert "Nothing was searched for yet" in book.status


async def test_esc_puts_everything_back(searching: OpenSearch) -> None:
    """Esc leaves the box with page, place, marks and pane as they were."""
    async with searching("neck") as book:
        await book.press("enter", "n", "tab")
        before = book.screen
        await book.press("/", *"gloves", "down", "escape")
        assert book.screen == before


async def test_earlier_searches(searching: OpenSearch) -> None:
    """In an empty box the up arrow brings back earlier searches, the last one first."""
    async with searching("hang") as book:
        await book.press("enter", "/", *"turns", "enter", "/")
        assert "up arrow brings back" in book.screen
        field = book.app.screen.query_one(SearchField)
        await book.press("up")
        assert field.value == "turns"
        await book.press("up", "up")
        assert field.value == "hang"
        await book.press("x", "up")
        assert field.value == "hangx"


async def test_nothing_found(searching: OpenSearch) -> None:
    """Where nothing is found the box says what to try, and Enter stays."""
    async with searching("zzqgloes") as book:
        assert "Nothing found." in book.screen
        assert "Try fewer words" in book.screen
        before = book.section
        await book.press("enter")
        assert book.app.screen.query(SearchField)
        await book.press("escape")
        assert book.section == before


async def test_a_slip_is_mended(searching: OpenSearch) -> None:
    """A slip in the last word is mended when Enter says that it is finished, and that is said."""
    async with searching("gloes") as book:
        await book.press("enter")
        assert book.section == "ready"
        assert "Searched for “gloves” instead of “gloes”" in book.status


async def test_a_slip_is_left_alone_where_that_is_asked(searching: OpenSearch) -> None:
    """Tab searches for the words as they are typed, and a second time mends them again."""
    async with searching("gloes") as book:
        assert "Searched for “gloves” instead of “gloes”." in book.screen
        await book.press("tab")
        assert "instead of" not in book.screen
        assert "Searched as typed." in book.screen
        await book.press("tab")
        assert "instead of" in book.screen


async def test_a_hit_on_a_list(searching: OpenSearch) -> None:
    """A hit on a checklist opens the list at the item, which n and N choose as well."""
    async with searching("gloves") as book:
        await book.press("enter")
        assert book.section == "ready"
        assert "match 1/1" in book.status
        row = book.app.screen.query_one(ChecklistView).row
        assert row is not None
        assert row.label == "Gloves on"


async def test_safety_first(searching: OpenSearch) -> None:
    """Words of danger name the sign and what to do; Enter opens it, and the warning stays there."""
    async with searching("crushing chest") as book:
        assert book.screen.splitlines()[3].strip() == "NOW: call. The sign: Crushing."
        assert hits(book)[0] == "Signs"
        await book.press("enter")
        assert (book.section, "NOW" in book.page) == ("signs", True)
        assert "NOW: call. The sign: Crushing." in book.screen
        await book.press("j", "escape", "k")
        assert "NOW: call. The sign: Crushing." in book.screen
        await book.press("]")
        assert "The sign: Crushing." not in book.screen
        await book.press("[")
        assert "The sign: Crushing." not in book.screen


async def test_a_quiet_line(searching: OpenSearch) -> None:
    """An everyday word of a sign, alone, is no alarm and not nothing."""
    async with searching("crushing") as book:
        assert "If someone is unwell now, Red flags says how fast to act." in book.screen
        assert "The sign" not in book.screen


async def test_by_mouse(searching: OpenSearch) -> None:
    """A click on a hit opens it."""
    async with searching("neck") as book:
        await book.click(ResultsView, "Arms hang")
        assert book.section == "arms"


async def test_a_long_paste(searching: OpenSearch) -> None:
    """A paste of 10,000 characters is cut to what the box holds, on one line."""
    async with searching() as book:
        field = book.app.screen.query_one(SearchField)
        field.post_message(Paste("neck\nand\x1b[31m " + "x" * 10_000))
        await until(book, lambda: len(field.value) == LONGEST)
        assert field.value.startswith("neck and [31m x")


@pytest.mark.parametrize("words", ['"', "*", "NEAR(", "a:b", "[b]x[/b]", "-", "OR"])
async def test_any_words(searching: OpenSearch, words: str) -> None:
    """Whatever is typed is only words; it is found or it is not."""
    async with searching() as book:
        for each in words:
            await book.pilot.press(each)
        await book.press("enter", "escape")
        assert book.app.is_running


async def test_small_screen(searching: OpenSearch) -> None:
    """At 40 by 12 every hit can be chosen, and is in sight then with its count and its match."""
    async with searching("nec", size=(40, 12)) as book:
        assert ("A stiff neck" in book.screen, "4 matches" in book.screen) == (True, True)
        await book.press("down")
        assert ("hang from the neck" in book.screen, "2 of 2" in book.status) == (True, True)
        await book.press("enter")
        assert book.section == "arms"


async def test_the_book_is_still_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The box opens at once, says that more may be found, and shows what it has."""

    async def never(_: SearchController) -> None:
        """Read nothing in the background."""

    monkeypatch.setattr(SearchController, "fill_index", never)
    folder = write_book(tmp_path / "book", _FILES)
    async with reading(folder, tmp_path / "data") as book:
        await book.press("/", *"neck")
        assert "still being read" in book.screen
        assert hits(book) == []


async def test_the_book_has_been_read_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once all is read the box no longer says that more may be found, nothing typed or not."""
    begin, asked = SearchController.fill_index, asyncio.Event()

    async def later(flow: SearchController) -> None:
        """Read the book once the box is open."""
        await asked.wait()
        await begin(flow)

    monkeypatch.setattr(SearchController, "fill_index", later)
    folder = write_book(tmp_path / "book", _FILES)
    async with reading(folder, tmp_path / "data") as book:
        await book.press("/")
        assert "still being read" in book.screen
        asked.set()
        await until(book, lambda: "still being read" not in book.screen)


@pytest.mark.parametrize("name", ["synonyms.toml", "asked.toml"])
async def test_broken_words(tmp_path: Path, name: str) -> None:
    """With a file of people's words that is broken the book opens, and the search says where to mend it."""
    folder = write_book(tmp_path / "book", _FILES | {name: "nonsense\n"})
    async with reading(folder, tmp_path / "data", size=(160, 24)) as book:
        await book.press("/")
        assert name in book.screen


async def test_keys_typed_ahead(searching: OpenSearch) -> None:
    """What is typed in one go with `/` goes into the box, in its order, and not to the page."""
    async with searching() as book:
        await book.press("escape")
        for name, character in (
            ("slash", "/"),
            *((each, each) for each in "necx"),
            ("backspace", None),
            ("k", "k"),
        ):
            book.app.post_message(Key(name, character))
        await until(book, lambda: bool(book.app.screen.query(SearchField)))
        field = book.app.screen.query_one(SearchField)
        await until(book, lambda: field.value == "neck")


async def test_a_hit_names_its_heading(searching: OpenSearch) -> None:
    """What stands under a heading is named with it, and Enter goes there."""
    async with searching("elbow") as book:
        assert "Neck: Turning" in book.screen
        await book.press("enter")
        assert "Elbow." in book.page
        assert "# Neck" not in book.page


async def test_letters_typed_in_one_go_are_one_search(
    searching: OpenSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what stands there in the end is searched for, and Enter right behind it opens the hit."""
    asked: list[str] = []
    search = Index.search

    def noted(index: Index, words: str, **options: Any) -> Results:
        asked.append(words)
        return search(index, words, **options)

    async with searching() as book:
        monkeypatch.setattr(Index, "search", noted)
        for letter in "gloves":
            book.app.post_message(Key(letter, letter))
        await until(book, lambda: hits(book) == ["Ready"])
        assert asked == ["gloves"]
        for letter in " on":
            book.app.post_message(Key(letter, letter))
        book.app.post_message(Key("enter", None))
        await until(book, lambda: isinstance(book.app.screen, ReadingScreen))
        assert book.app.screen.query_one(ChecklistView).has_focus


async def test_searches_come_back_after_a_restart(searching: OpenSearch) -> None:
    """Up brings back what was searched for before the program was left, unless none are to be kept."""
    async with searching() as book:
        await book.press("escape", "m", "/", *"gloves", "enter")
    async with searching() as book:
        await book.press("up")
        assert book.app.screen.query_one(SearchField).value == "gloves"
        await book.press("f4")
        assert "No searches are kept any more" in book.status
        await book.press("enter")
    async with searching() as book:
        await book.press("up")
        assert book.app.screen.query_one(SearchField).value == ""
