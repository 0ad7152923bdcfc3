"""Everything that the article claimed has its answer here, and the answer keeps its figures."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tui.handbook.model import Page

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def claims() -> list[dict[str, Any]]:
    found = tomllib.loads((HERE / "claims.toml").read_text())["claim"]
    assert isinstance(found, list)
    return found


def test_there_are_sixty_one_claims(claims: list[dict[str, Any]]) -> None:
    """None of the 61 claims is left out or counted twice, and each is put in words."""
    assert [claim["id"] for claim in claims] == [f"S{number:02}" for number in range(1, 62)]
    assert [claim["id"] for claim in claims if not claim["says"] or not claim["words"]] == []


def test_each_claim_is_answered(claims: list[dict[str, Any]], pages: Mapping[str, Page]) -> None:
    """The page named for a claim exists and still holds the words that answer it."""
    wrong = [
        f"{claim['id']}: {claim['page']} does not say {word!r}"
        for claim in claims
        for word in claim["words"]
        if claim["page"] not in pages or word not in pages[claim["page"]].text.lower()
    ]
    assert wrong == []


def test_figures_are_kept(pages: Mapping[str, Page]) -> None:
    """A figure that a source gives stands on its page as the source gives it."""
    figures = tomllib.loads((HERE / "figures.toml").read_text())
    wrong = [
        f"{name}: {words!r}"
        for name, said in figures.items()
        for words in said
        if words not in pages[name].text
    ]
    assert wrong == []
