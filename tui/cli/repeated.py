"""The answers of `brief` and `due` once more, from a file beside the diary, while nothing has changed.

A prompt asks with each line, and to load the book takes ten times as long. What changes the diary
writes the file anew, where there is one. Whatever is unusual is left to the commands themselves.
It imports nothing of ours, nor anything large.
"""

import os
import stat
import sys
import time

FILE = "diary.glance"
"""The name of the file in the data folder: key, page of the list, both answers, a line each."""
LINE = "brief.txt"
"""The name of the file there that prompts read, where the reader wants one."""
COMMANDS = ("brief", "due")
NIGHT = 4 * 3600
"""Seconds after midnight until which it is still the evening before."""
_LARGEST = 4096
_ELSEWHERE = ("RUNTALL_BOOK", "RUNTALL_NOW", "RUNTALL_DEBUG")
"""Variables with which an answer would be another one."""
_BOOK = os.path.join(os.path.dirname(__file__), "..", "..", "content")  # noqa: PTH118, PTH120 - pathlib is large


def repeat(command: str) -> int | None:
    """Write what a command answered last, if it would answer so again; its exit code, else None."""
    try:
        if command not in COMMANDS or not may_repeat():
            return None
        folder = data_folder()
        kept = _read(os.path.join(folder, FILE)).split("\n")  # noqa: PTH118 - as above
        if len(kept) < 5 or kept[0] != f"{state(folder)} {edition(kept[1])}":
            return None
        code, line = (0, kept[2]) if command == "brief" else (int(bool(kept[3])), kept[3])
        if line:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    except (OSError, ValueError, KeyError, AttributeError):
        return None
    return code


def may_repeat() -> bool:
    """Whether nothing but the diary, our own book and the day decides about an answer."""
    return sys.platform == "linux" and not any(os.environ.get(name) for name in _ELSEWHERE)


def shared_defaults() -> str:
    """The file of what is set for all on this machine, by the rules of XDG; empty where there is none."""
    places = (os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")
    files = (f"{place}/runtall/defaults.toml" for place in places if place.startswith("/"))
    return next((each for each in files if os.path.isfile(each)), "")  # noqa: PTH113 - as above


def data_folder() -> str:
    """Where the diary is, unless an option says otherwise; raises KeyError, OSError and ValueError."""
    for_all = _set_for_all(shared_defaults())
    named = os.environ.get("RUNTALL_DATA") or for_all
    kept = os.environ.get("XDG_DATA_HOME", "")
    if named:
        folder = os.path.expanduser(named)  # noqa: PTH111 - as above
    elif kept.startswith("/"):
        folder = f"{kept}/runtall"
    else:
        folder = f"{os.environ['HOME']}/.local/share/runtall"
    if not folder.startswith("/"):
        raise ValueError(folder)
    return folder


def _set_for_all(file: str) -> str:
    """The data folder that is set for all; empty where none is.

    Raises ValueError where another book is set, or what only the commands understand.
    """
    data = ""
    for line in _read(file, ours=False).split("\n") if file else ():
        name, _, value = map(str.strip, line.partition("="))
        text, end, rest = value[1:].partition('"')
        if not name or name.startswith("#") or (name, value) == ("private", "false"):
            continue
        is_plain = value[:1] == end == '"' and "\\" not in text and rest.strip()[:1] in ("", "#")
        if not is_plain or name not in ("data", "keys"):
            raise ValueError(line)
        data = text if name == "data" else data
    if data and not ("~" in data or "{user}" in data):
        raise ValueError(data)
    if "{user}" in data:
        import pwd  # noqa: PLC0415 - for machines shared by many

        data = data.replace("{user}", pwd.getpwuid(os.geteuid()).pw_name)
    return data


def state(folder: str) -> str:
    """The day and the diary as an answer depends on them; raises OSError, and ValueError amid a write."""
    diary = os.path.join(folder, "diary.db")  # noqa: PTH118 - as above
    if _size(f"{diary}-journal"):
        raise ValueError("a write is under way")
    now = time.time()
    days = (time.strftime("%Y-%m-%d", time.localtime(each)) for each in (now, now - NIGHT))
    return " ".join((*days, _changes(diary), _stamp(diary)))


def known_state(folder: str) -> str:
    """The same; empty where it cannot be told now."""
    try:
        return state(folder)
    except (OSError, ValueError):
        return ""


def kept_state(folder: str) -> str:
    """The state of a diary beside which answers are kept; empty where none are, or it cannot be told now."""
    kept = any(os.path.exists(os.path.join(folder, each)) for each in (FILE, LINE))  # noqa: PTH110, PTH118 - as above
    return known_state(folder) if kept else ""


def edition(page: str) -> str:
    """The program and our book, with the page of its main list, as an answer depends on them; raises OSError."""
    book = (os.path.join(_BOOK, name) for name in ("runtall.toml", "SUMMARY.md", page))  # noqa: PTH118 - as above
    return " ".join(_stamp(each) for each in (__file__, *book))


def _changes(diary: str) -> str:
    """The count of changes that SQLite keeps in the head of the file."""
    return _read(diary, 28)[24:].encode("latin-1").hex()


def _size(path: str) -> int:
    try:
        return os.lstat(path).st_size
    except FileNotFoundError:
        return 0


def _stamp(path: str) -> str:
    found = os.lstat(path)
    return f"{found.st_ino}.{found.st_size}.{found.st_mtime_ns}"


def _read(path: str, size: int = _LARGEST, *, ours: bool = True) -> str:
    """The beginning of a file, of our own unless anyone's will do; raises OSError and ValueError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or (ours and found.st_uid != os.geteuid()):
            raise ValueError(path)
        return os.read(descriptor, size).decode("latin-1")
    finally:
        os.close(descriptor)
