"""Telling the reader about a bug in one line, and keeping the rest in a private file."""

import os
import platform
import sys
import time
import traceback
from pathlib import Path

BUG = 70
"""The exit code of a bug of ours: EX_SOFTWARE of sysexits.h."""


def report_bug(error: BaseException, folder: Path) -> int:
    """Save a report, say so in one line on standard error, and return the exit code."""
    what = type(error).__name__
    try:
        path = save_report(error, folder)
    except OSError as failure:
        end = f"no report could be saved in {folder}: {failure.strerror}"
    else:
        end = f"please send the report at {path}"
    line = f"runtall: a bug ended the program ({what}); {end}"
    printable = "".join(character if character.isprintable() else "?" for character in line)
    _write_error((printable + "\n").encode(errors="backslashreplace"))
    return BUG


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
        file.write(f"Python {platform.python_version()} on {sys.platform}\n")
        file.write("".join(traceback.format_exception(error)))
    return folder / name


def _write_error(line: bytes) -> None:
    try:
        os.write(2, line)
    except OSError:
        return
