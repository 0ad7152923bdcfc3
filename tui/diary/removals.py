"""What was removed while a damaged file lay beside the diary, which may still hold it.

A later damage may take the tombstones from the diary; with this list no file brings back what was
removed. It holds ids and times, and no word of what they were.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from . import data_folder
from .records import Record, latest


def removals_in(directory: Path) -> list[Record]:
    """The tombstones that are listed; none where there is no list, or none of ours."""
    listed = data_folder.read_side_file(directory / data_folder.REMOVED)
    rows = listed if isinstance(listed, list) else []
    return [
        Record(kind, record_id, part, changed, "")
        for kind, record_id, part, changed in filter(_is_tombstone, rows)
    ]


def list_removals(directory: Path, tombstones: Iterable[Record]) -> None:
    """List tombstones, on the disk before this returns, where a file was put aside; raises OSError."""
    added = [*tombstones]
    if not added or not any(directory.glob(data_folder.PUT_ASIDE)):
        return
    rows = [each[:-1] for each in latest((*removals_in(directory), *added))]
    path = directory / data_folder.REMOVED
    draft = path.with_name(f"{path.name}.new")
    data_folder.create_private(draft)
    draft.write_text(json.dumps(rows))
    data_folder.settle(draft)
    draft.replace(path)


def _is_tombstone(row: object) -> bool:
    """Whether this is a kind, an id, a part and a time."""
    return isinstance(row, list) and len(row) == 4 and all(isinstance(each, str) for each in row)
