"""The page of the manual, made from the table of commands: `man runtall`."""

from __future__ import annotations

from collections.abc import Iterator

from ..version import VERSION
from .arguments import COMMANDS, OPTIONS, Command

_HEAD = """\
.TH RUNTALL 1 "" "runtall {version}" "User Commands"
.SH NAME
runtall \\- an offline handbook for runners whose upper back gets sore
.SH SYNOPSIS
.B runtall
[\\fIOPTIONS\\fR] [\\fICOMMAND\\fR ...]
.SH DESCRIPTION
Without a command, the handbook opens where you left it; without a terminal its contents are printed.
It does not diagnose. \\fBruntall red\\-flags\\fR says when to stop and get help."""
_FOOT = """\
.SH ENVIRONMENT
.TP
.B RUNTALL_BOOK, RUNTALL_DATA, RUNTALL_KEYS
As the options \\-\\-book, \\-\\-data and \\-\\-keys.
.TP
.B ACCESSIBLE
If it is 1, the handbook opens in lines, as with \\-\\-linear.
.SH FILES
.TP
.I ~/.local/share/runtall/diary.db
The diary; \\fBruntall doctor\\fR names every place.
.TP
.I /etc/xdg/runtall/defaults.toml
What is set for all on a machine: book, data, keys, private.
.SH EXIT STATUS
0 done; 1 nothing found, or items open; 2 bad usage or content; 3 the diary or the answer cannot be
read or saved; 4 a self\\-check that ended NOW; 5 one that ended TODAY; 70 a bug; 75 being installed,
try again; 128 and the number of the signal that ended it."""


def manual() -> str:
    """The page, for `man`."""
    lines = [_HEAD.format(version=VERSION), ".SH COMMANDS"]
    for command in COMMANDS:
        lines += _command(command)
    lines.append(".SH OPTIONS")
    lines += (line for names, settings in OPTIONS for line in _argument(names, settings))
    return "\n".join([*lines, _FOOT, ""])


def _command(command: Command) -> Iterator[str]:
    words = " ".join(
        str(settings.get("metavar", names)) for names, settings in command.takes if names[0] != "-"
    )
    yield f".SS {_plain(f'runtall {command.name} {words}'.strip())}"
    yield _plain(f"{command.does[0].upper()}{command.does[1:]}.")
    for names, settings in command.takes:
        yield from _argument(names, settings)
    yield ".PP"
    yield f"Example: {_plain(command.example)}"


def _argument(names: str, settings: dict[str, object]) -> Iterator[str]:
    """An argument and its meaning, as an entry of a list."""
    is_option = names.startswith("-")
    choices = settings.get("choices")
    value = settings.get("metavar") or ("|".join(choices) if isinstance(choices, tuple) else "")
    yield ".TP"
    yield f".B {_plain(' '.join(filter(None, (names, str(value))) if is_option else (str(value),)))}"
    yield _plain(str(settings.get("help", "")))


def _plain(text: str) -> str:
    """Words as roff takes them as they are."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped[:1] in (".", "'") else escaped
