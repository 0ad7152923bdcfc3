"""What can be wrong with a book, or with the name of a section, said in one line."""

from __future__ import annotations

from pathlib import Path


class HandbookError(Exception):
    """Something about a book that its reader or its author can mend; its text is one line."""


class ContentError(HandbookError):
    """A file of the book is wrong; the text names file, line and remedy."""

    def __init__(self, file: Path | str, line: int | None, what: str) -> None:
        self.file = Path(file)
        self.line = line
        self.what = what
        place = f"{file}, line {line}" if line else str(file)
        super().__init__(f"{place}: {what}")


class UnknownNameError(HandbookError):
    """No section, list or item has this name; `nearest` are names that look like it."""

    def __init__(self, what: str, name: str, nearest: tuple[str, ...] = ()) -> None:
        self.nearest = nearest
        hint = f"; nearest: {', '.join(nearest)}" if nearest else ""
        super().__init__(f"no {what} is called “{name}”{hint}")


class AmbiguousNameError(HandbookError):
    """Several sections answer to this name."""

    def __init__(self, what: str, name: str, candidates: tuple[str, ...]) -> None:
        self.candidates = candidates
        shown = ", ".join(candidates[:8]) + (", …" if len(candidates) > 8 else "")
        super().__init__(f"“{name}” could be any {what} of: {shown}; give one of these ids")
