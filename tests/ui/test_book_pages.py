"""Pages of other books on the screen: code, its hidden lines, headings, links that lead nowhere."""

from pathlib import Path

import pytest

from tests.small_book import write_book
from tests.ui.reading import reading
from tui.session.history import Place
from tui.terminal.clipboard import Copied
from tui.ui.controllers.clipboard import ClipboardController

_PAGE = """# One

```rust,does_not_compile
# fn main() {
let long = "a string that is wider than the pane that it is shown in";
# }
```

## Part

A [gone](gone.md) page.

### Deeper

Words.
"""


async def test_a_page_of_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code says what it is, breaks with a mark, is copied whole; hidden lines show when asked for."""
    copied: list[str] = []

    async def keep(_: ClipboardController, text: str) -> Copied:
        copied.append(text)
        return Copied("terminal", sent=True, message="Copied")

    monkeypatch.setattr(ClipboardController, "copy", keep)
    book = write_book(tmp_path / "book", {"one.md": _PAGE})
    async with reading(book, tmp_path / "data", place=Place("one", 1)) as screen:
        page = "\n".join(screen.page)
        assert "rust, does not compile" in page
        assert "↪ " in page
        assert "fn main() {" not in page
        await screen.press("x")
        assert "fn main() {" in "\n".join(screen.page)
        await screen.press("x", "y")
        assert "fn main() {" not in "\n".join(screen.page)
        long = 'let long = "a string that is wider than the pane that it is shown in";'
        assert copied == [f"fn main() {{\n{long}\n}}"]
        await screen.press(">", "enter")
        assert "This book has no page gone.md" in screen.status
        await screen.press("o")
        assert "Deeper" in screen.screen
        await screen.press("j", "enter")
        assert screen.section == "one"
        await screen.press("]", "o")
        assert "no headings" in screen.status
        await screen.press("x")
        assert "No line of code is hidden" in screen.status
        await screen.press("?", "G")
        assert "quit" in screen.screen
        assert "past runs" not in screen.screen


async def test_parts_that_are_not_there(tmp_path: Path) -> None:
    """A link to a part that its page does not have opens the page, or stays, and says so."""
    pages = {
        "one.md": "# One\n\n[a](two.md#gone) [b](#gone) [c](two.md#part)\n",
        "two.md": "# Two\n\n## Part\n",
    }
    book = write_book(tmp_path / "book", pages)
    async with reading(book, tmp_path / "data") as screen:
        await screen.press(">", "enter")
        assert screen.section == "two"
        assert "This page has no part named gone; showing its top" in screen.status
        await screen.press("backspace", ">", ">", "enter")
        assert (screen.section, "has no part named gone" in screen.status) == ("one", True)
        await screen.press(">", "enter")
        assert (screen.section, "no part" in screen.status) == ("two", False)


async def test_tags_of_other_programs(tmp_path: Path) -> None:
    """What a program would replace that does not run here is named once while the book is open."""
    text = "# One\n\n{{#toc}}\n"
    book = write_book(tmp_path / "book", {"one.md": text, "two.md": text})
    async with reading(book, tmp_path / "data") as screen:
        assert "{{#toc …}} is for a program that does not run here" in screen.status
        await screen.press("]")
        assert (screen.section, "is for a program" in screen.status) == ("two", False)
