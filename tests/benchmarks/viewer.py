"""Textual's own Markdown viewer, as a program to compare with; its argument is a Markdown file."""

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import MarkdownViewer


class Viewer(App[None]):
    """A Markdown file with its table of contents."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def compose(self) -> ComposeResult:
        """Show the file."""
        yield MarkdownViewer(self._path.read_text(encoding="utf-8"))

    def on_mount(self) -> None:
        """Let the keys go to the text."""
        self.query_one(MarkdownViewer).focus()


if __name__ == "__main__":
    Viewer(Path(sys.argv[1])).run()
