"""Knowing that the program was replaced or removed on disk while it runs."""

from pathlib import Path

_Stamp = tuple[int, int, int] | None


class Installation:
    """The files that a program is run from, as they were when this was made."""

    def __init__(self, *files: Path) -> None:
        self._stamps = {file: _stamp(file) for file in files}

    @property
    def changed(self) -> bool:
        """Whether one of the files is another one by now, or gone."""
        return any(_stamp(file) != stamp for file, stamp in self._stamps.items())


def _stamp(file: Path) -> _Stamp:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns
