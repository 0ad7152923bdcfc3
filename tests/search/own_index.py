"""The index of this book, as the program makes it."""

from __future__ import annotations

from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.handbook.signs import Signs, load_signs
from tui.search.engine import Index, build_index
from tui.search.synonyms import load_asked, load_synonyms


def own_index(signs: Signs | None = None) -> Index:
    """All of it; with other signs of danger, where they are given."""
    book = load_handbook(OWN_BOOK)
    known = load_signs(OWN_BOOK) if signs is None else signs
    asked = load_asked(OWN_BOOK)
    return build_index(book, Pages(book), load_synonyms(OWN_BOOK), known, asked=asked)
