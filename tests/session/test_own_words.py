"""What the reader wrote is found by its words, with quotes and minuses as everywhere."""

from __future__ import annotations

import pytest

from tui.session.own_words import ITEM, RUN, OwnText, OwnWords

_TEXTS = (
    OwnText(RUN, "r1", "2026-11-28", "Stiff after the hill; new pack, straps loose"),
    OwnText(RUN, "r2", "2026-11-20", "The runner\u2019s hill again, café at the end"),
    OwnText(ITEM, "before-the-run/1f", "Before the run", "Loosen the pack's straps"),
    OwnText(RUN, "r3", "2026-11-19", "跑步後上背痛"),
    OwnText(RUN, "r4", "2026-11-18", "..."),
)
OWN = OwnWords(_TEXTS)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("hill", ["r1", "r2"]),
        ("HILL", ["r1", "r2"]),
        ("hi", ["r1", "r2"]),
        ("ill", []),
        ("strap pack", ["r1", "before-the-run/1f"]),
        ("the pack", ["r1", "before-the-run/1f"]),
        ("the", ["r1", "r2", "before-the-run/1f"]),
        ("hill -pack", ["r2"]),
        ('"new pack"', ["r1"]),
        ('"pack new"', []),
        ('"new pa"', []),
        ('straps -"new pack"', ["before-the-run/1f"]),
        ("runner's", ["r2"]),
        ("上背", ["r3"]),
        ("", []),
        ("-hill", []),
        ("quokka", []),
    ],
)
def test_what_is_found(query: str, found: list[str]) -> None:
    """Each word, or one that begins like it, is in the text; small words count only alone."""
    assert [hit.own.id for hit in OWN.find(query)] == found


def test_where_the_matches_are() -> None:
    """The spans are those of the text as it is shown."""
    (hit,) = OWN.find('"new pack" stiff')
    assert [hit.own.text[start:end] for start, end in hit.spans] == ["Stiff", "new pack"]


def test_what_it_is_called() -> None:
    """A note is called by the day of its run, an item by its list, which it leads to."""
    note, *_, item = OWN.find("straps")
    assert (note.own.title, note.own.list_id) == ("Run of Nov 28, 2026", "")
    assert (item.own.title, item.own.list_id) == ("Before the run", "before-the-run")


@pytest.mark.parametrize(
    ("query", "found"),
    [("h", 0), ("hi", 0), ("hil", 2), ("hi ", 2), ("hill p", 2), ("hill pac", 1), ("hill pa ", 1)],
)
def test_first_letters_wait(query: str, found: int) -> None:
    """While one types, a last word counts once it is long enough, as in the search of the book."""
    assert len(OWN.find(query, typing=True)) == found
