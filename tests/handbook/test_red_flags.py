"""The signs of the red-flags page at a glance."""

from pathlib import Path

import pytest

from tests.small_book import book, page_of
from tui.handbook.model import Page
from tui.handbook.red_flags import at_a_glance
from tui.layout.typesetting import typeset

PAGE = """# Signs

## NOW

NOW means call. Do not drive.

- **Tearing pain.** It is sudden. May be: bad.
- **No breath.** More so at rest.

A closing word.

## TODAY

TODAY means see somebody.

- **Fever.** And chills.

## BOOK

- **A spot.** Later.
"""


def glance(folder: Path, page: str, width: int = 40) -> list[str]:
    """The lines of the levels at a glance."""
    shown = page_of(book(folder, {"one.md": page}), "one")
    lines = typeset(Page(shown.section, at_a_glance(shown)), width).lines
    return [line.text for line in lines]


def test_a_line_each(tmp_path: Path) -> None:
    """Each urgent level says what it asks for, and has a line for each of its signs."""
    assert glance(tmp_path, PAGE) == [
        "NOW: call. Do not drive.",
        "• Tearing pain",
        "• No breath",
        "",
        "TODAY: see somebody.",
        "• Fever",
    ]


def test_a_long_sign_goes_on_below_its_words(tmp_path: Path) -> None:
    """In a narrow window the second line of a sign begins where its first word does."""
    assert glance(tmp_path, PAGE, width=12)[3:5] == ["• Tearing", "  pain"]


@pytest.mark.parametrize(
    "missing", ["## NOW", "TODAY means see somebody.", "- **Fever.** And chills.", "**"]
)
def test_none_where_a_level_is_missing(tmp_path: Path, missing: str) -> None:
    """A page that does not sort its signs so is shown as it is, rather than with one level."""
    assert glance(tmp_path, PAGE.replace(missing, "")) == []
