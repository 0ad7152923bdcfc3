"""The signs of the red-flags page at a glance."""

from pathlib import Path

import pytest

from tests.small_book import book, page_of
from tui.handbook.blocks import Paragraph
from tui.handbook.red_flags import at_a_glance

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


def glance(folder: Path, page: str) -> list[str]:
    """The texts of the levels at a glance."""
    handbook = book(folder, {"one.md": page})
    blocks = at_a_glance(page_of(handbook, "one"))
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def test_a_line_each(tmp_path: Path) -> None:
    """Each urgent level says what it asks for, and has a line for each of its signs."""
    assert glance(tmp_path, PAGE) == [
        "NOW: call. Do not drive.\n• Tearing pain\n• No breath",
        "TODAY: see somebody.\n• Fever",
    ]


@pytest.mark.parametrize(
    "missing", ["## NOW", "TODAY means see somebody.", "- **Fever.** And chills.", "**"]
)
def test_none_where_a_level_is_missing(tmp_path: Path, missing: str) -> None:
    """A page that does not sort its signs so is shown as it is, rather than with one level."""
    assert glance(tmp_path, PAGE.replace(missing, "")) == []
