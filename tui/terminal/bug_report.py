"""Telling the reader about a bug in one line, and keeping the rest in a private file."""

import errno
import os
import platform
import time
import traceback
from collections.abc import Mapping
from pathlib import Path

from ..version import VERSION

BUG = 70
"""The exit code of a bug of ours: EX_SOFTWARE of sysexits.h."""
TOO_FEW_FILES = 3
"""The exit code where the system does not let us open what we need, which is no bug of ours."""
VARIABLES = (
    *("TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "TMUX", "STY", "SSH_TTY"),
    *("LANG", "LC_ALL", "LC_CTYPE", "RUNTALL_DEBUG"),
)
"""What of the environment decides how things look, and says nothing of who is there."""
_ONLY_WHETHER = ("TMUX", "STY", "SSH_TTY")
"""Of these it is enough that they are set."""
_HEADER = "Nothing here was sent anywhere. Look through it before you send it: the words of an\nerror may hold some of yours.\n"


def describe_system(environ: Mapping[str, str]) -> dict[str, str]:
    """The versions at work and what the environment says of the terminal; nothing personal."""
    versions = {name: _version(name) for name in ("textual", "rich", "markdown-it-py")}
    return {
        "runtall": VERSION,
        "python": f"{platform.python_version()} ({platform.python_implementation()})",
        **versions,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        **{name: _as_sent(name, environ) for name in VARIABLES if name in environ},
    }


def report_bug(error: BaseException, folder: Path) -> int:
    """Save a report, say so in one line on standard error, and return the exit code."""
    if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
        write_line("runtall: too few files may be open here; `ulimit -n 256` allows more")
        return TOO_FEW_FILES
    what = type(error).__name__
    try:
        path = save_report(error, folder)
    except OSError as failure:
        end = f"no report could be saved in {folder}: {failure.strerror}"
    else:
        end = f"please send the report at {path}"
    write_line(f"runtall: a bug ended the program ({what}); {end}")
    return BUG


def report_folder() -> Path:
    """Where a report of a bug is saved."""
    import platformdirs  # noqa: PLC0415 - a bug is rare

    return Path(platformdirs.user_state_path("runtall"))


def save_report(error: BaseException, folder: Path) -> Path:
    """Save the traceback, without the values of variables, for the owner's eyes; raise OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    name = f"bug-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{os.getpid()}.txt"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        descriptor = os.open(name, flags, 0o600, dir_fd=directory)
    finally:
        os.close(directory)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(_report(error))
    return folder / name


def write_line(line: str) -> None:
    """Write one line to standard error that cannot act on the terminal, if anybody hears it."""
    printable = "".join(character if character.isprintable() else "?" for character in line)
    try:
        os.write(2, (printable + "\n").encode(errors="backslashreplace"))
    except OSError:
        return


def _report(error: BaseException) -> str:
    facts = "".join(f"{name}: {value}\n" for name, value in describe_system(os.environ).items())
    return f"{_HEADER}\n{facts}\n{_without_home(''.join(traceback.format_exception(error)))}"


def _without_home(text: str) -> str:
    """The text without the reader's home folder, which often is their name."""
    home = os.path.expanduser("~")  # noqa: PTH111 - never raises, unlike Path.home
    return text.replace(home, "~") if len(home) > 1 else text


def _as_sent(name: str, environ: Mapping[str, str]) -> str:
    return "set" if name in _ONLY_WHETHER else environ[name]


def _version(name: str) -> str:
    from importlib import metadata  # noqa: PLC0415 - slow to import, and a bug is rare

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not known"
