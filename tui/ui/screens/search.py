"""The search box: results while one types; Esc leaves everything as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.getters import query_one
from textual.reactive import var
from textual.timer import Timer
from textual.widgets import Input

from ...diary.drafts import Draft, Words
from ...diary.search_history import SearchHistory
from ...keys import FOOTER, Key
from ...layout.wrapping import margin_in
from ...search.engine import Index, Results
from ...session.matches import Matches
from ...session.own_words import OwnHit, OwnWords
from ...session.passages import NOTHING, Passage, own_passage
from ...session.search_filters import FilteredSearch, Offer, chips, read_filters
from ..conversation import converse
from ..key_queue import is_letter_next
from ..widgets.bindings import bindings
from ..widgets.field import Field
from ..widgets.line_list import Part
from ..widgets.reader import Reader
from ..widgets.results import ResultsView
from ..widgets.status_bar import StatusBar
from .answering_screens import AnswerScreen
from .base import StatusScreen
from .dialogs import choose

MOST = 20
"""Hits that are shown, the best ones, and as many of the reader's own; more words find the rest."""
LONGEST = 200
"""Characters of a search; nobody types more, and a paste may hold a book."""
LOOK_AGAIN_AFTER = 0.5
"""Seconds between two looks at what has been found, while the book is still being read."""
WITH_PREVIEW = 120
"""Columns of a window that has room to show what the chosen hit leads to, beside the list."""
PREVIEW_SHARE = 0.42
"""Of those columns."""
WIDEST_PREVIEW = 76
PREVIEW_AFTER = 0.25
"""Seconds that one hit is to be at hand before what it leads to is shown."""
FILTER_NAMES = {"kit": "Needs", "when": "When", "min": "Time", "for": "Trains"}
"""What the filters of a name are called together."""


class SearchField(Field):
    """The box; of a paste it takes what there is room for, on one line."""

    def on_paste(self, event: events.Paste) -> None:
        """Take as much of the words as there is room for."""
        event.stop()
        event.prevent_default()
        words = " ".join(event.text[: 10 * LONGEST].split())
        self.insert_text_at_cursor(words[: LONGEST - len(self.value)])


class Preview(Reader, can_focus=False):
    """Shows what a hit leads to, before one opens it; the keys stay in the search box, and nothing here is followed."""

    SAYS_WHERE: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__()
        self.shown = NOTHING
        """What is shown."""

    def show_passage(self, passage: Passage) -> None:
        """Show another passage with its matches; what shows already is not drawn again."""
        if passage != self.shown:
            self.shown = passage
            self.show(passage.page)
            self.mark_here = -1
            self.marks = passage.marks

    def on_click(self, event: events.Click) -> None:
        """Follow no link."""
        event.stop()
        event.prevent_default()


class SearchScreen(StatusScreen[Matches | OwnHit | None], AnswerScreen[Matches | OwnHit | None]):
    """Answers with what was found and the hit that was chosen, or what is the reader's own, or None."""

    BINDINGS = bindings(
        *("line-down", "line-up", "hits-down", "hits-up", "close"),
        *("as-typed", "search-filters", "keep-searches"),
    )
    AUTO_FOCUS = None

    results: var[Results | None] = var[Results | None](None, init=False, always_update=True)
    """What was found for the words so far."""

    field = query_one(SearchField)
    view = query_one(ResultsView)

    def __init__(
        self,
        index: Index,
        book: FilteredSearch,
        earlier: Sequence[str],
        keys: Mapping[str, Key],
        draft: Draft,
        *,
        words: str = "",
        history: SearchHistory,
        passage_of: Callable[[Matches], Passage],
    ) -> None:
        super().__init__(keys)
        self._passage_of = passage_of
        self._own_words = OwnWords()
        self._own: tuple[OwnHit, ...] = ()
        """What was found of the reader's own."""
        self._settling: Timer | None = None
        self.draft = draft
        self._index = index
        self._book = book
        self._history = history
        self._words = words
        self._earlier = tuple(earlier)
        self._recalled = 0
        self._exact = False

    @property
    def half_typed(self) -> Words:
        """The words in the box."""
        return (self.field.value,)

    @property
    def query_answered(self) -> str:
        """What was searched for last."""
        return self.results.query if self.results is not None else ""

    @property
    def is_modal(self) -> bool:
        """Whether the app's own keys are off, which might be words to search for."""
        return True

    def compose(self) -> ComposeResult:
        """The box, what it finds, and the status line."""
        field = SearchField(self._words, LONGEST)
        field.placeholder = "Search the handbook"
        yield field
        yield ResultsView()
        if self.app.size.width >= WITH_PREVIEW:
            yield Preview()
        yield StatusBar()

    def take_own(self, own: OwnWords) -> None:
        """Find in what the reader wrote too, now that the diary has answered; what is chosen stays so."""
        self._own_words = own
        if self.is_attached and self.results is not None:
            self._own = self._found_own(self.results)
            self._show(self.results, self.view.cursor, still=True)

    def on_mount(self) -> None:
        """Say how to search; while the book is still being read, look for more."""
        self.set_focus(self.field)
        self.show_keys()
        self._search()
        if not self._index.complete:
            self._looking = self.set_interval(LOOK_AGAIN_AFTER, self._look_again)

    def on_resize(self) -> None:
        """Begin the box where the text of every screen begins."""
        width = self.size.width
        if width >= WITH_PREVIEW and not self.query(Preview):
            self.mount(Preview())
        beside = min(round(width * PREVIEW_SHARE), WIDEST_PREVIEW)
        for preview in self.query(Preview):
            preview.display = width >= WITH_PREVIEW
            preview.styles.width = beside
            width -= beside if preview.display else 0
        self.field.styles.margin = (1, margin_in(width) - 1)

    def footer(self) -> Iterable[Key]:
        """The keys of the hits."""
        return (self._keys[name] for name in FOOTER["found"])

    @on(Input.Changed)
    def _note_change(self) -> None:
        self.field.takes_cursor = True
        self.view.stepping = False
        self.keep_soon()
        if len(self.field.value) == LONGEST or not is_letter_next(self.app):
            self._search()

    def _search(self) -> None:
        if self._recalled and self.field.value != self._earlier[-self._recalled]:
            self._recalled = 0
        self.results = self._found(typing=True)

    @on(Input.Submitted)
    def _open_chosen(self) -> None:
        """Open the chosen hit; where nothing is found, what the last word was perhaps to be."""
        if self.results is None or self.results.query != self.field.value:
            self._search()
        if self.results is not None and self.view.count:
            self._take(self.results, self.view.cursor)
        else:
            self._take(self._found(typing=False), 0)

    @on(ResultsView.HitChosen)
    def _open_clicked(self, message: ResultsView.HitChosen) -> None:
        if self.results is not None:
            self._take(self.results, message.hit)

    @on(ResultsView.HitReached)
    def _say_which(self, message: ResultsView.HitReached) -> None:
        best = "the best " if message.hits == MOST else ""
        of_book, of_own = f" of {best}{message.hits}", f" of {message.own} in your own words"
        is_own = message.hit >= message.hits
        number = message.hit + 1 - (message.hits if is_own else 0)
        there = message.hits or message.own
        self.status.position = f"{number}{of_own if is_own else of_book}" if there else ""
        if self.query(Preview):
            self._preview_soon()

    def _preview_soon(self) -> None:
        """Show what the hit at hand leads to, once it stays at hand: a line may be slow."""
        if self._settling is None:
            self._settling = self.set_timer(PREVIEW_AFTER, self._preview)
        else:
            self._settling.reset()

    def _preview(self) -> None:
        self._settling = None
        for preview in self.query(Preview):
            preview.show_passage(self._passage())

    def _passage(self) -> Passage:
        """What the hit at hand leads to."""
        found, at = self.results, self.view.cursor
        if found is not None and at < len(found.hits):
            return self._passage_of(self._matches(found, at))
        own = self._own[at - len(found.hits) :] if found is not None else ()
        return own_passage(own[0]) if own else NOTHING

    def watch_results(self, before: Results | None, now: Results | None) -> None:
        """Show what was found; a hit that was chosen stays chosen while it is among them."""
        if now is None:
            return
        chosen = self.view.cursor
        kept = _ids(before, self._own)[chosen:][:1] if chosen else ()
        self._own = self._found_own(now)
        ids = _ids(now, self._own)
        self._show(now, ids.index(kept[0]) if kept and kept[0] in ids else 0)

    def _show(self, found: Results, chosen: int, *, still: bool = False) -> None:
        self.view.show(found.hits, self._own, self._said(found), chosen, still=still)

    def _found_own(self, found: Results) -> tuple[OwnHit, ...]:
        """What the reader wrote that answers the same search; nothing where only exercises are wanted."""
        if found.filter_line:
            return ()
        own = self._own_words.find(found.query, MOST, typing=True)
        return own or self._own_words.find(found.corrected or "", MOST, typing=True)

    def action_line_down(self) -> None:
        """Choose the next hit."""
        self._step(lambda: self.view.move_by(1))

    def action_line_up(self) -> None:
        """Choose the hit before; in an empty box, bring back an earlier search."""
        if self.view.cursor > 0 or (self.field.value and not self._recalled):
            self._step(lambda: self.view.move_by(-1))
        elif self._recalled < len(self._earlier):
            self._recalled += 1
            self.field.value = self._earlier[-self._recalled]
            self.field.action_end()

    def action_hits_down(self) -> None:
        """Choose a hit a page lower."""
        self._step(lambda: self.view.move_by_page(1))

    def action_hits_up(self) -> None:
        """Choose a hit a page higher."""
        self._step(lambda: self.view.move_by_page(-1))

    def _step(self, move: Callable[[], None]) -> None:
        """Choose another hit; the terminal's cursor goes with it, until something is typed."""
        move()
        self.field.takes_cursor = False
        self.view.stepping = True

    def action_search_filters(self) -> None:
        """Choose a filter for exercises, or take one away that is in force."""
        offers = self._book.offers()
        if offers:
            lines = [(_offer_line(each, self.field.value), each) for each in offers]
            converse(self.app, choose("Only exercises", lines), self._take_filter)
        else:
            self.say("This book has no exercises to choose by need")

    def _take_filter(self, offer: Offer | None) -> None:
        if offer is not None:
            self.field.value = offer.toggled(self.field.value)
            self.field.action_end()

    def action_as_typed(self) -> None:
        """Take no word for a slip; asked again, mend slips as before."""
        self._exact = not self._exact
        self._search()

    def action_keep_searches(self) -> None:
        """Forget the searches that are kept and keep no more; again: keep them from now on."""
        on = not self._history.on
        self._history.turn(on=on)
        self.say(
            "Searches are kept on this device from now on"
            if on
            else "No searches are kept any more"
        )

    def _found(self, *, typing: bool) -> Results:
        return self._book.search(self.field.value, limit=MOST, typing=typing, exact=self._exact)

    def _look_again(self) -> None:
        if self._index.complete:
            self._looking.stop()
        self._search()

    def _take(self, found: Results, chosen: int) -> None:
        own = self._own[chosen - len(found.hits) :] if chosen >= len(found.hits) else ()
        if own:
            self.dismiss(own[0])
        elif found.hits:
            self.dismiss(self._matches(found, chosen))

    def _matches(self, found: Results, chosen: int) -> Matches:
        """What was found, and the hit at hand."""
        warned = found.safety is not None and found.hits[chosen].id == found.safety.section
        danger = found.safety if warned else None
        return Matches(found.query, found.hits, chosen, 0, found.corrected, danger)

    def _said(self, results: Results) -> list[Sequence[Part]]:
        safety = results.safety
        said: list[Sequence[Part]] = []
        if safety is not None:
            said.append([Part(safety.warning, safety.level.lower())])
        elif results.filter_line:
            said.append(list(self._chips(results)))
        return [*said, *([Part(words)] for words in self._hints(results))]

    def _chips(self, results: Results) -> Iterator[Part]:
        """The filters in force, and the key that changes them."""
        yield Part("Only exercises:")
        need = read_filters(results.query)[1]
        for chip in chips(need) if need is not None else ():
            yield Part(f"[{chip}]", "chip")
        yield Part(f" {self._keys['search-filters'].names} changes this", "faint")

    def _hints(self, results: Results) -> list[str]:
        asked = bool(results.query.strip()) and not results.begun
        said = (
            []
            if asked
            else [
                "Type a word, half a word or a question; quotes ask for a phrase, a minus leaves a word out."
            ]
        )
        if not asked:
            said.append(
                f"{self._keys['search-filters'].names} finds exercises by time, by when, by what they need or train."
            )
        if not asked and self._earlier:
            said.append("The up arrow brings back an earlier search.")
        if results.quiet_line:
            said.append(results.quiet_line)
        if results.corrected:
            said.append(f"{results.corrected_line} {self._name_of_key} searches for it as typed.")
        if self._exact and asked:
            said.append(f"Searched as typed. {self._name_of_key} mends slips again.")
        if results.unknown_line and (results.hits or not results.query[-1:].isalnum()):
            said.append(results.unknown_line)
        if not self._index.complete:
            said.append("The book is still being read for the search; more may be found.")
        if asked and not results.hits:
            own = ["Nothing found in the handbook."] if self._own else []
            said += own or self._what_to_try(results.query)
        return said

    @property
    def _name_of_key(self) -> str:
        return self._keys["as-typed"].names

    def _what_to_try(self, words: str) -> list[str]:
        nearest = ", ".join(self._index.nearest_words(words))
        found = "Nothing found." + (f" Words like it: {nearest}." if nearest else "")
        return [found, "Try fewer words, or look through the contents: Esc, then Tab."]


def _ids(found: Results | None, own: Sequence[OwnHit]) -> list[str]:
    """What is in the list, in its order."""
    return [*(hit.id for hit in (found.hits if found else ())), *(each.own.id for each in own)]


def _offer_line(offer: Offer, query: str) -> str:
    """A filter as it is offered: `[x] Needs: mat · 9 exercises`."""
    mark = "[x]" if offer.is_in(query) else "[ ]"
    fits = f"{offer.fits} exercise{'' if offer.fits == 1 else 's'}"
    return f"{mark} {FILTER_NAMES[offer.name]}: {offer.chip} · {fits}"
