"""What the one who installs it for many has set for all: `runtall/defaults.toml` in `/etc/xdg`."""

from __future__ import annotations

import os
import pwd
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

from .context import UsageError

_PATHS = ("book", "data", "keys")
_FOR_EACH = ("~", "{user}")
"""One of these must stand in `data`, or all readers would write in one diary."""


def read_defaults(file: Path) -> Mapping[str, str | bool]:
    """The settings in the file; raises UsageError where it is wrong."""
    try:
        found = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{file}: {error}; whoever looks after this machine can mend it"
        ) from error
    wrong = next((why for name, each in found.items() if (why := _why_not(name, each))), None)
    if wrong:
        raise UsageError(f"{file}: {wrong}; whoever looks after this machine can mend it")
    return found


def _why_not(name: str, value: object) -> str:
    if name == "private":
        return "" if isinstance(value, bool) else "private is true or false"
    if name not in _PATHS:
        return f"there is no setting {name!r}; there are {', '.join((*_PATHS, 'private'))}"
    if not isinstance(value, str) or not value.startswith(("/", "~")):
        return f"{name} is a whole path in quotes"
    if name == "data" and not any(each in value for each in _FOR_EACH):
        return "data must hold ~ or {user}, so that each reader has a diary of their own"
    return ""


def apply_defaults(file: Path, arguments: SimpleNamespace, environ: Mapping[str, str]) -> None:
    """Take what is set for all where neither an option nor a variable says otherwise."""
    for name, value in read_defaults(file).items():
        given = hasattr(arguments, name) or environ.get(f"RUNTALL_{name.upper()}")
        if not given:
            setattr(arguments, name, _for_this_user(value))


def _for_this_user(value: str | bool) -> str | bool:
    if not isinstance(value, str) or "{user}" not in value:
        return value
    # By the system's list of users: a variable may say anything.
    return value.replace("{user}", pwd.getpwuid(os.geteuid()).pw_name)
