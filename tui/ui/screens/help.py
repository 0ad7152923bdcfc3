"""Help for a pane: what it is, and the keys that work in it."""

from __future__ import annotations

from collections.abc import Iterable
from inspect import cleandoc

from textual.app import ComposeResult

from ...handbook.blocks import Heading, Link, Paragraph, Span, Style, Table
from ...handbook.markdown import parse
from ...handbook.model import Page, Section
from ...keys import ANYWHERE, Key
from ..widgets.bindings import bindings
from ..widgets.reader import Reader
from .answering_screens import LEAVES, AnswerModal


class HelpScreen(AnswerModal[None], inherit_bindings=False):
    """Shows a page of help over what is open."""

    BINDINGS = bindings("close", "quit", "help")

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        """The page, in a reader of its own."""
        yield Reader()

    def on_mount(self) -> None:
        """Show the page."""
        reader = self.query_one(Reader)
        reader.border_subtitle = LEAVES
        reader.show(self._page)

    def on_reader_page_ended(self) -> None:
        """The end of the help is the end."""

    def action_help(self) -> None:
        """Back to what was open."""
        self.dismiss()


def help_page(text: str, keys: Iterable[Key], pane: str) -> Page:
    """A pane's help: its own words, its keys, and the keys that work everywhere."""
    blocks = parse(cleandoc(text), Link).blocks
    table = tuple(keys)
    own = _table(key for key in table if key.where == pane)
    everywhere = Heading(2, (Span("Everywhere"),))
    general = _table(key for key in table if key.where == ANYWHERE)
    return Page(Section("help", "Help", "", None), (*blocks, own, everywhere, general))


def plain_page(title: str, words: str) -> Page:
    """A title with a paragraph, for what needs more room than a line."""
    blocks = (Heading(1, (Span(title),)), Paragraph((Span(words),)))
    return Page(Section("said", title, "", None), blocks)


def _table(keys: Iterable[Key]) -> Table:
    header = ((Span("Key"),), (Span("What it does"),))
    rows = (((Span(key.names, Style.STRONG),), (Span(key.meaning),)) for key in keys)
    return Table((header, *rows))
