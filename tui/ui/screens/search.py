"""The search box: results while one types; Esc leaves everything as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.getters import query_one
from textual.reactive import var
from textual.widgets import Input

from ...diary.drafts import Draft, Words
from ...diary.search_history import SearchHistory
from ...keys import FOOTER, Key
from ...layout.wrapping import margin_in
from ...search.engine import Index, Results
from ...session.matches import Matches
from ...session.search_filters import FilteredSearch
from ..key_queue import is_letter_next
from ..widgets.bindings import bindings
from ..widgets.field import Field
from ..widgets.line_list import Part
from ..widgets.results import ResultsView
from ..widgets.status_bar import StatusBar
from .answering_screens import AnswerScreen
from .base import StatusScreen

MOST = 20
"""Hits that are shown, the best ones; more words find the rest."""
LONGEST = 200
"""Characters of a search; nobody types more, and a paste may hold a book."""
LOOK_AGAIN_AFTER = 0.5
"""Seconds between two looks at what has been found, while the book is still being read."""


class SearchField(Field):
    """The box; of a paste it takes what there is room for, on one line."""

    def on_paste(self, event: events.Paste) -> None:
        """Take as much of the words as there is room for."""
        event.stop()
        event.prevent_default()
        words = " ".join(event.text[: 10 * LONGEST].split())
        self.insert_text_at_cursor(words[: LONGEST - len(self.value)])


class SearchScreen(StatusScreen[Matches | None], AnswerScreen[Matches | None]):
    """Answers with what was found and the hit that was chosen, or None."""

    BINDINGS = bindings("line-down", "line-up", "close", "as-typed", "keep-searches")
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
    ) -> None:
        super().__init__(keys)
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
    def is_modal(self) -> bool:
        """Whether the app's own keys are off, which might be words to search for."""
        return True

    def compose(self) -> ComposeResult:
        """The box, what it finds, and the status line."""
        field = SearchField(self._words, LONGEST)
        field.placeholder = "Search the handbook"
        yield field
        yield ResultsView()
        yield StatusBar()

    def on_mount(self) -> None:
        """Say how to search; while the book is still being read, look for more."""
        self.set_focus(self.field)
        self.show_keys()
        self._search()
        if not self._index.complete:
            self._looking = self.set_interval(LOOK_AGAIN_AFTER, self._look_again)

    def on_resize(self) -> None:
        """Begin the box where the text of every screen begins."""
        self.field.styles.margin = (1, margin_in(self.size.width) - 1)

    def footer(self) -> Iterable[Key]:
        """The keys of the hits."""
        return (self._keys[name] for name in FOOTER["found"])

    @on(Input.Changed)
    def _note_change(self) -> None:
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
        if self.results is not None and self.results.hits:
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
        self.status.position = f"{message.hit + 1} of {best}{message.hits}" if message.hits else ""

    def watch_results(self, before: Results | None, now: Results | None) -> None:
        """Show what was found; a hit that was chosen stays chosen while it is among them."""
        if now is None:
            return
        chosen = self.view.cursor
        kept = before.hits[chosen].id if before and 0 < chosen < len(before.hits) else ""
        ids = [hit.id for hit in now.hits]
        self.view.show(now.hits, self._said(now), ids.index(kept) if kept in ids else 0)

    def action_line_down(self) -> None:
        """Choose the next hit."""
        self.view.cursor += 1

    def action_line_up(self) -> None:
        """Choose the hit before; in an empty box, bring back an earlier search."""
        if self.view.cursor > 0 or (self.field.value and not self._recalled):
            self.view.cursor -= 1
        elif self._recalled < len(self._earlier):
            self._recalled += 1
            self.field.value = self._earlier[-self._recalled]
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
        if found.hits:
            warned = found.safety is not None and found.hits[chosen].id == found.safety.section
            danger = found.safety if warned else None
            self.dismiss(Matches(found.query, found.hits, chosen, 0, found.corrected, danger))

    def _said(self, results: Results) -> list[Part]:
        safety = results.safety
        warning = [Part(safety.warning, safety.level.lower())] if safety is not None else []
        return [*warning, *(Part(words) for words in self._hints(results))]

    def _hints(self, results: Results) -> list[str]:
        asked = bool(results.query.strip()) and not results.begun
        said = (
            []
            if asked
            else [
                "Type a word, half a word or a question; quotes ask for a phrase, a minus leaves a word out."
            ]
        )
        if not asked and self._earlier:
            said.append("The up arrow brings back an earlier search.")
        if results.quiet_line:
            said.append(results.quiet_line)
        if results.filter_line and not results.safety:
            said.append(results.filter_line)
        if results.corrected:
            said.append(f"{results.corrected_line} {self._name_of_key} searches for it as typed.")
        if self._exact and asked:
            said.append(f"Searched as typed. {self._name_of_key} mends slips again.")
        if results.unknown_line and (results.hits or not results.query[-1:].isalnum()):
            said.append(results.unknown_line)
        if not self._index.complete:
            said.append("The book is still being read for the search; more may be found.")
        if asked and not results.hits:
            said += self._what_to_try(results.query)
        return said

    @property
    def _name_of_key(self) -> str:
        return self._keys["as-typed"].names

    def _what_to_try(self, words: str) -> list[str]:
        nearest = ", ".join(self._index.nearest_words(words))
        found = "Nothing found." + (f" Words like it: {nearest}." if nearest else "")
        return [found, "Try fewer words, or look through the contents: Esc, then Tab."]
