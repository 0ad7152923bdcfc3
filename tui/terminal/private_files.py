"""Saving a text in a file that only its owner may read, and never over another unasked."""

import os
import stat
from pathlib import Path


def save_text(path: str, text: str, *, replace: bool = False) -> None:
    """Write a text as UTF-8, readable by its owner alone; `~` in the path is the home folder.

    Raises:
        FileExistsError: there is a file already, and `replace` is not set.
        OSError: it cannot be written, or is no ordinary file.
        ValueError, RuntimeError: it is no path.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    file_path = Path(path).expanduser()
    descriptor = os.open(file_path, flags if replace else flags | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "it is no ordinary file")
        os.fchmod(descriptor, 0o600)
        os.ftruncate(descriptor, 0)
        file.write(text)
