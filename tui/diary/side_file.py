"""Small files beside the diary, for this device alone: where one cannot be used, there is none."""

from __future__ import annotations

import json
import os
import stat
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from .data_folder import create_private

_LARGEST = 2**20
"""Bytes; a larger file is not ours."""


def read_side_file(path: Path) -> Any:
    """What a file holds; None where it is not there, is not ours, or is no JSON."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            return json.loads(file.read(_LARGEST + 1))
    except (OSError, ValueError, RecursionError):
        return None


def write_side_file(path: Path, content: object, now: datetime) -> None:
    """Write what JSON can hold, as `write_beside` does."""
    write_beside(path, json.dumps(content), now)


def write_beside(path: Path, text: str, now: datetime | None = None) -> None:
    """Write a file, 0600, whole or not at all; where that is refused, nothing is kept.

    Args:
        path: In the data folder.
        text: All of it.
        now: Its time of change, by the clock that it is judged by later.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    with suppress(OSError):
        create_private(draft)
        draft.write_text(text)
        if now is not None:
            os.utime(draft, (now.timestamp(),) * 2)
        draft.replace(path)
