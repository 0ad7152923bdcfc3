"""A book to open in the tests of the screen."""

from functools import partial
from pathlib import Path

import pytest

from tests.small_book import write_book
from tests.ui.reading import OpenBook, reading
from tui.session import diary_thread

_LONG = "# Long\n\n" + "".join(f"- line {number}\n" for number in range(1, 101))
_LINKS = """# Links

The first is [short](short.md), the second is **[long](../a/long.md)** and a third
leads [out](https://example.org/page). The last one leads to [a part](short.md#part).
"""
_SHORT = "# Short\n\nA short page.\n\n## Part\n\nIts part.\n"
_WORDS = " ".join(f"word{number}" for number in range(1, 1201))
_FILES: dict[str, str | bytes] = {
    "SUMMARY.md": (
        "# Summary\n\n# Alpha\n\n- [Long](a/long.md)\n- [Links](b/links.md)\n\n# Beta\n\n"
        "- [Short](b/short.md)\n- [Words](b/words.md)\n- [Soon]()\n- [Broken](b/broken.md)\n"
        "- [Empty](b/empty.md)\n"
    ),
    "runtall.toml": '[roles]\nred_flags = "short"\n',
    "a/long.md": _LONG,
    "b/links.md": _LINKS,
    "b/short.md": _SHORT,
    "b/words.md": f"# Words\n\n{_WORDS}\n",
    "b/broken.md": b"# Broken\n\xff\n",
    "b/empty.md": "",
}


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key waits for the diary as long as a busy machine needs; tests of a slow disk say otherwise."""
    monkeypatch.setattr(diary_thread, "MOMENT", 60)


@pytest.fixture
def open_book(tmp_path: Path) -> OpenBook:
    """Opens a small book; what is kept of a visit is there at the next."""
    folder = write_book(tmp_path / "book", _FILES)
    return partial(reading, folder, tmp_path / "data")
