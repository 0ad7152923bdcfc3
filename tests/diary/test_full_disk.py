"""A disk that takes no more: what was saved stays, the rest is refused with the reason."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.diary.conftest import Body
from tui.diary.diary import open_diary
from tui.diary.errors import CannotSave, DiskFull, DiskRefused

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("size", [0, 4096, 8192, 40960])
def test_refused_by_the_disk(
    directory: Path, spawn: Callable[[Body], tuple[int, int]], size: int
) -> None:
    """When the disk takes no more, at creation or later, what was saved stays and the rest is refused."""

    def tick_until_refused(pipe: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        with open_diary(directory) as diary:
            try:
                for number in range(1000):
                    diary.lists.tick(f"before/{number}")
            except CannotSave as refused:
                if isinstance(refused.trouble, DiskFull | DiskRefused):
                    os.write(pipe, str(number).encode())

    process, pipe = spawn(tick_until_refused)
    assert os.waitpid(process, 0)[1] == 0
    with open_diary(directory) as diary:
        assert diary.mode == "writable"
        assert len(diary.lists.state("before").ticked) == int(os.read(pipe, 100))
        assert diary.check() is None


FULL_DISK = """
import sys
from pathlib import Path
from tui.diary.diary import open_diary
from tui.diary.errors import CannotSave
with open_diary(Path(sys.argv[1]) / "data") as diary:
    try:
        for number in range(1000):
            diary.lists.tick(f"before/{number}")
    except CannotSave as error:
        print(type(error.trouble).__name__, len(diary.lists.state("before").ticked) == number)
"""


@pytest.mark.parametrize("size", ["4k", "8k", "64k"])
def test_full_disk(tmp_path: Path, size: str) -> None:
    """On a disk that is really full the reason is that it is full."""
    mount = f'mount -t tmpfs -o size={size} none "$1" || exit 77; exec "$2" -c "$3" "$1"'
    command = ["unshare", "-rm", "sh", "-c", mount, "sh", str(tmp_path), sys.executable, FULL_DISK]
    if shutil.which("unshare") is None:
        pytest.skip("this system has no mounts of one's own")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode in {1, 77} and "DiskFull" not in done.stdout:
        pytest.skip("this system lets no one mount a small disk")
    assert (done.stdout, done.stderr) == ("DiskFull True\n", "")
