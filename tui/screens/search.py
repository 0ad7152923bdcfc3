"""The search box: results while one types; Esc leaves everything as it was."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.getters import query_one
from textual.reactive import var
from textual.screen import ModalScreen
from textual.widgets import Input

from ..handbook.searching import Index, Results
from ..matches import Matches
from ..widgets.bindings import bindings
from ..widgets.field import Field
from ..widgets.results_view import ResultsView

MOST = 40
"""Hits that are shown."""
LONGEST = 200
"""Characters of a search; nobody types more, and a paste may hold a book."""


class SearchScreen(ModalScreen[Matches | None], inherit_bindings=False):
    """Answers with what was found and the hit that was chosen, or None."""

    BINDINGS = bindings("line-down", "line-up", "close")
    AUTO_FOCUS = "Field"

    results: var[Results | None] = var[Results | None](None, init=False)
    """What was found for the words so far."""

    field = query_one(Field)
    view = query_one(ResultsView)

    def __init__(self, index: Index, earlier: Sequence[str], words: str = "") -> None:
        super().__init__()
        self._index = index
        self._earlier = tuple(earlier)
        self._recalled = 0
        self._words = words

    def compose(self) -> ComposeResult:
        """The box and what it finds."""
        field = Field(self._words, LONGEST)
        field.placeholder = "Search the handbook"
        yield field
        yield ResultsView()

    @on(Input.Changed)
    def _search(self, message: Input.Changed) -> None:
        message.stop()
        self.results = self._index.search(message.value, limit=MOST, typing=True)

    @on(Input.Submitted)
    def _open_chosen(self, message: Input.Submitted) -> None:
        message.stop()
        self.results = self._index.search(message.value, limit=MOST)
        self._take(self.view.cursor)

    @on(ResultsView.HitChosen)
    def _open_clicked(self, message: ResultsView.HitChosen) -> None:
        self._take(message.hit)

    def watch_results(self) -> None:
        """Show what was found."""
        if self.results is not None:
            chosen = self.view.cursor
            self.view.show(self.results.hits, self._said(self.results))
            self.view.cursor = chosen if chosen < len(self.results.hits) else 0

    def action_line_down(self) -> None:
        """Choose the next hit."""
        self.view.cursor += 1

    def action_line_up(self) -> None:
        """Choose the hit before; in an empty box, bring back an earlier search."""
        if self._earlier and (not self.field.value or self._recalled):
            self._recalled = min(self._recalled + 1, len(self._earlier))
            self.field.value = self._earlier[-self._recalled]
        else:
            self.view.cursor -= 1

    def action_close(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)

    def _take(self, chosen: int) -> None:
        if self.results is not None and self.results.hits:
            self.dismiss(Matches(self.results.query, self.results.hits, chosen))

    def _said(self, results: Results) -> list[str]:
        said: list[str] = []
        if results.safety is not None:
            said.append(f"{results.safety.level}: {results.safety.line}")
        if results.corrected:
            said.append(f"Showing results for “{results.corrected}”")
        if not self._index.complete:
            said.append("Still reading the book; more may come")
        if results.query.strip() and not results.hits:
            nearest = ", ".join(self._index.nearest_words(results.query))
            said.append("Nothing found." + (f" Words like it: {nearest}." if nearest else ""))
            said.append("Try fewer words, or look through the contents: Esc, then Tab.")
        return said
