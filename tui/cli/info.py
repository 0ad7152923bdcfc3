"""`keys` and `doctor`: what the program can say of itself and of where it runs."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path

from ..keys import PLAIN, SCREEN_ONLY, TABLE, Key, KeysError, display, load_keys
from ..terminal.ancestry import find_holder
from ..terminal.bug_report import describe_system, report_folder
from .context import Context
from .defaults import read_defaults
from .repeated import shared_defaults


def keys(context: Context) -> int:
    """List the keys, with the changes of the reader's own keys file."""
    table = chosen_keys(context)
    if context.option("json"):
        context.output.write_json(
            [
                {
                    "id": key.id,
                    "keys": list(key.keys),
                    "meaning": key.meaning,
                    "where": key.where,
                    "command": f"runtall {PLAIN[key.id]}" if key.id in PLAIN else None,
                    "why_no_command": SCREEN_ONLY.get(key.id),
                }
                for key in table
            ]
        )
        return 0
    for where in dict.fromkeys(key.where for key in table):
        context.output.write(f"{where.capitalize()}\n")
        _write_table(context, [key for key in table if key.where == where])
        context.output.write()
    return 0


def doctor(context: Context) -> int:
    """Say what was found out about this terminal, what was chosen, why, and where files are."""
    facts = {**context.capabilities.as_dict(), **_files(context), **_system(context)}
    if facts["multiplexer"]["value"] == "none" and (holder := find_holder()):
        facts["multiplexer"] = {"value": holder, "why": "this process descends from it"}
    if context.option("json"):
        context.output.write_json(facts)
        return 0
    context.output.write_table(
        [(name, f"{_shown(fact['value'])}: {fact['why']}") for name, fact in facts.items()]
    )
    return 0


def _files(context: Context) -> dict[str, dict[str, object]]:
    """Where the book, the diary and the keys are, and the versions at work."""
    from ..search.index_file import cache_folder  # noqa: PLC0415 - `keys` needs no search

    keys_file = context.path("keys") or _kept_keys()
    return {
        "book": {"value": str(context.handbook.folder), "why": context.handbook.title},
        **_diary_files(context),
        "keys": {"value": str(keys_file), "why": _state_of_keys(context, keys_file)},
        "index": {
            "value": str(cache_folder()),
            "why": "where the search keeps its index of the book",
        },
        **_defaults(),
        "reports": {"value": str(report_folder()), "why": "where a report of a bug is saved"},
    }


def _defaults() -> dict[str, dict[str, object]]:
    """What is set for all on this machine, where anything is."""
    file = shared_defaults()
    if not file:
        return {}
    settings = read_defaults(Path(file)).items()
    said = ", ".join(f"{name} = {value}" for name, value in settings)
    return {"defaults": {"value": file, "why": f"sets for all: {said or 'nothing'}"}}


def _system(context: Context) -> dict[str, dict[str, object]]:
    """What a report of a bug needs beside that."""
    described = describe_system(context.environ)
    system: dict[str, dict[str, object]] = {
        name: {"value": value, "why": "as it was sent" if name.isupper() else "the version at work"}
        for name, value in described.items()
    }
    system["system"]["why"] = "what it runs on"
    system["sqlite"] = {"value": sqlite3.sqlite_version, "why": "the version at work"}
    system["executable"] = {"value": sys.executable, "why": _how_installed()}
    return system


def _how_installed() -> str:
    """Whether the package lies among installed ones, in a checkout, or came in a single file."""
    from zipfile import is_zipfile  # noqa: PLC0415 - `keys` needs none

    if is_zipfile(sys.argv[0]):
        return f"unpacked from {sys.argv[0]}"
    return "an installed package" if "runtall" in __name__ else "run from a checkout"


def _state_of_keys(context: Context, file: Path) -> str:
    if not file.is_file():
        return "no such file: the standard keys"
    try:
        chosen_keys(context)
    except KeysError as error:
        return str(error).replace(str(file), "refused")
    return "changes keys"


def _diary_files(context: Context) -> dict[str, dict[str, object]]:
    """The diary and what is kept beside it, looked at without a change."""
    from ..diary.data_folder import SECOND_COPY  # noqa: PLC0415 - `keys` needs no diary
    from ..diary.diary import survey  # noqa: PLC0415 - likewise

    found = survey(context.data_folder)
    if context.option("private"):
        return {"diary": _fact(found.path, "--private: neither read nor written")}
    facts = {"diary": _fact(found.path, found.state)}
    if found.second_copy is not None:
        facts["second copy"] = _fact(SECOND_COPY, f"made {found.second_copy:%b %d, %Y, %H:%M}")
    for number, path in enumerate(found.put_aside, 1):
        why = (
            "a damaged file, kept as it was: `runtall restore` reads it, `runtall erase` removes it"
        )
        facts[f"put aside {number}"] = _fact(path.name, why)
    for number, event in enumerate(found.events, 1):
        facts[f"event {number}"] = _fact(event.at, f"{event} (`runtall doctor --seen` ends this)")
    if context.option("seen"):
        found.dismiss()
    return facts


def _fact(value: object, why: str) -> dict[str, object]:
    return {"value": str(value), "why": why}


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " by ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _kept_keys() -> Path:
    import platformdirs  # noqa: PLC0415 - not needed when a file is named

    return Path(platformdirs.user_config_path("runtall")) / "keys.toml"


def chosen_keys(context: Context) -> tuple[Key, ...]:
    """The keys as they are for this reader: `--keys FILE`, or keys.toml in the config folder."""
    if context.capabilities.kiosk.value:
        return TABLE
    file = context.path("keys")
    if file is not None:
        return load_keys(file)
    kept = _kept_keys()
    return load_keys(kept) if kept.is_file() else TABLE


def _write_table(context: Context, table: Iterable[Key]) -> None:
    rows = [(" ".join(display(each) for each in key.keys), key.id, _meaning(key)) for key in table]
    context.output.write_table(rows, indent="  ")


def _meaning(key: Key) -> str:
    """What a key does, and what does it from the shell."""
    return f"{key.meaning} (runtall {PLAIN[key.id]})" if key.id in PLAIN else key.meaning
