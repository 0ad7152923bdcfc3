"""Readers are understood in their own words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tui.handbook.loading import OWN_BOOK
from tui.handbook.model import Page
from tui.search.synonyms import Synonyms, load_synonyms


@pytest.fixture(scope="module")
def synonyms() -> Synonyms:
    return load_synonyms(OWN_BOOK)


def test_there_are_enough_synonyms(synonyms: Synonyms) -> None:
    """At least sixty words of the book are known by what runners call them, each by another name."""
    assert len(synonyms.groups) >= 60
    assert [group[0] for group in synonyms.groups if len(set(group)) < 2] == []


def test_synonyms_lead_to_words_of_the_book(synonyms: Synonyms, pages: Mapping[str, Page]) -> None:
    """The first word of a group stands somewhere in the book, or it would find nothing."""
    everything = "\n".join(page.text for page in pages.values()).lower()
    assert [group[0] for group in synonyms.groups if group[0].lower() not in everything] == []
