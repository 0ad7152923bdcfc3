"""The book as its own program reads it, read once for all tests of its content."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.handbook.model import Handbook, Page


@pytest.fixture(scope="session")
def handbook() -> Handbook:
    return load_handbook(OWN_BOOK)


@pytest.fixture(scope="session")
def pages(handbook: Handbook) -> Mapping[str, Page]:
    """Every page of the book under its section's id, in reading order."""
    read = Pages(handbook)
    return {section.id: read[section] for section in handbook.readable}
