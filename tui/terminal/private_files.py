"""Saving a text in a file that only its owner may read, and never over another unasked."""

import os
import stat
from pathlib import Path

_LINKS_AT_MOST = 40
"""Symbolic links on one way; more lead in a circle."""


class RefusedPathError(OSError):
    """A path that nothing is written to; `strerror` says why."""

    def __init__(self, why: str) -> None:
        super().__init__(0, why)


def real_path(name: str) -> Path:
    """The file that a name means: `~` is the home folder, `..` the folder above, links are followed.

    Raises:
        RefusedPathError: a symbolic link on the way belongs to somebody else, or leads in a circle.
        OSError, ValueError, RuntimeError: it is no path.
    """
    left = [*reversed((Path.cwd() / Path(name).expanduser()).parts[1:])]
    real, links = Path("/"), 0
    while left:
        part = left.pop()
        at = real.parent if part == ".." else real / part
        if not at.is_symlink():
            real = at
            continue
        links += 1
        if at.lstat().st_uid not in (0, os.geteuid()) or links > _LINKS_AT_MOST:
            raise RefusedPathError(f"{at} is a link that is not yours")
        target = at.readlink()
        left += reversed(target.parts[1:] if target.is_absolute() else target.parts)
        real = Path("/") if target.is_absolute() else real
    return real


def save_text(name: str, text: str, *, replace: bool = False) -> None:
    """Write a text as UTF-8, readable by its owner alone, in a file that a reader has named.

    Nothing is written through a symbolic link of the last name, or of anybody else, nor where a
    name begins with a dot: what lies there is read by other programs.

    Raises:
        FileExistsError: there is a file already, and `replace` is not set.
        OSError: it cannot be written, or is no ordinary file.
        ValueError, RuntimeError: it is no path.
    """
    path = Path(name).expanduser()
    folder = real_path(str(path.parent))
    if path.name == ".." or any(part.startswith(".") for part in (*_below_home(folder), path.name)):
        raise RefusedPathError("nothing is saved where a name begins with a dot")
    flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        descriptor = os.open(
            path.name or ".", flags if replace else flags | os.O_EXCL, 0o600, dir_fd=directory
        )
    finally:
        os.close(directory)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise RefusedPathError("it is no ordinary file")
        os.fchmod(descriptor, 0o600)
        os.ftruncate(descriptor, 0)
        file.write(text)


def _below_home(folder: Path) -> tuple[str, ...]:
    """The names of a folder and of those that it is in, up to the home folder if it lies there."""
    home = real_path("~")
    return folder.relative_to(home).parts if folder.is_relative_to(home) else folder.parts
