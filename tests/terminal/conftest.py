"""Fixtures for the tests of the terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.sample import Sample


@pytest.fixture
def sample(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Sample]:
    """The sample app, started and ready for keys; a parameter names its driver."""
    with Sample(tmp_path, getattr(request, "param", "full")) as sample:
        sample.wait_for("Ready 80x24")
        yield sample
