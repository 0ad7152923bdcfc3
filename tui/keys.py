"""The one table of keys: what each is called, means and where it works; no Textual in here.

Bindings, the help, the footer and `runtall keys` are made from it, so they cannot disagree.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

ANYWHERE = "anywhere"
_LARGEST = 64 * 1024
"""Bytes of the largest keys file that is read."""


class KeysError(Exception):
    """A keys file is wrong; the text names file, line and remedy."""


class Key(NamedTuple):
    """One meaning, and the keys that have it."""

    id: str
    """Also the name of the action: `next-link` runs `action_next_link`."""
    keys: tuple[str, ...]
    """As Textual names them; a single character stands for itself."""
    meaning: str
    where: str = ANYWHERE
    """The pane in which it works."""
    label: str = ""
    """One or two words for the footer."""
    fixed: bool = False
    """Whether the keys are what they say, such as digits, and cannot be others."""

    @property
    def names(self) -> str:
        """Its keys as a person knows them; a row of digits is named by its ends."""
        if self.fixed:
            return f"{display(self.keys[0])}-{display(self.keys[-1])}"
        return "  ".join(display(each) for each in self.keys)


TABLE = (
    Key("line-down", ("j", "down"), "one line down; in a list, the next entry"),
    Key("line-up", ("k", "up"), "one line up; in a list, the entry before"),
    Key(
        "page-down", ("space", "pagedown"), "a page down; at the end, the next page", "text", "page"
    ),
    Key("page-up", ("b", "pageup"), "a page up", "text"),
    Key("half-page-down", ("ctrl+d",), "half a page down", "text"),
    Key("half-page-up", ("ctrl+u",), "half a page up", "text"),
    Key("top", ("g", "home"), "to the top"),
    Key("bottom", ("G", "end"), "to the bottom"),
    Key("previous-section", ("[",), "the page before, in the order of the book"),
    Key("next-section", ("]",), "the next page, in the order of the book", label="next page"),
    Key("previous-heading", ("{",), "the heading before", "text"),
    Key("next-heading", ("}",), "the next heading", "text", "heading"),
    Key("next-link", (">",), "the next link on the page", "text", "next link"),
    Key("previous-link", ("<",), "the link before", "text"),
    Key("follow-link", ("enter",), "follow the chosen link", "text", "follow"),
    Key("number-links", ("f",), "number the links in sight, to follow one by its number", "text"),
    Key("headings", ("o",), "the headings of this page, to go to one", "text", "headings"),
    Key("hidden-lines", ("x",), "show the hidden lines of code, or hide them again", "text"),
    Key("back", ("backspace",), "back to where I was", label="back"),
    Key("forward", ("F",), "forward again"),
    Key("open-entry", ("enter",), "open the chosen page, or fold the chapter", "contents", "open"),
    Key("unfold", ("l", "right"), "unfold the chapter", "contents", "unfold"),
    Key("fold", ("h", "left"), "fold the chapter", "contents", "fold"),
    Key("tick", ("space", "enter", "x"), "tick, or take the tick back", "checklist", "tick"),
    Key("tick-number", (*"123456789",), "tick one of the first nine", "checklist", fixed=True),
    Key("skip", ("s",), "skip the item, with a reason", "checklist", "skip"),
    Key("add-item", ("a",), "add an item of my own", "checklist", "add"),
    Key("edit-item", ("e",), "change an item of my own", "checklist"),
    Key(
        "remove-item",
        ("delete",),
        "remove my own item; leave out one of the book's as not for me",
        "checklist",
    ),
    Key("hidden-items", ("H",), "show what is not for me, or leave it out again", "checklist"),
    Key("list-links", ("f",), "the links of this list, to follow one", "checklist"),
    Key("items-down", ("pagedown", "ctrl+d"), "a few items down", "checklist"),
    Key("items-up", ("pageup", "ctrl+u"), "a few items up", "checklist"),
    Key("open-run", ("enter",), "show the run whole", "diary", "open"),
    Key("runs-down", ("pagedown", "ctrl+d"), "a few runs down", "diary"),
    Key("runs-up", ("pageup", "ctrl+u"), "a few runs up", "diary"),
    Key("edit-run", ("e",), "change what is known of the run", "diary", "edit"),
    Key("add-run", ("a",), "add a run of an earlier day", "diary", "add"),
    Key("remove-run", ("delete",), "remove the run", "diary", "remove"),
    Key("choose", ("enter",), "take the chosen line", "list", "choose"),
    Key(
        "as-typed",
        ("tab",),
        "search for the words as they are; again: mend slips",
        "search box",
        "as typed",
    ),
    Key("hits-down", ("pagedown",), "a few hits down", "search box"),
    Key("hits-up", ("pageup",), "a few hits up", "search box"),
    Key(
        "search-filters",
        ("f2",),
        "filters for exercises: time, when, what they need or train",
        "search box",
        "filter",
    ),
    Key(
        "keep-searches", ("f4",), "forget my searches and keep none; again: keep them", "search box"
    ),
    Key("pick", ("space", "x"), "choose the answer, or take it back", "question", "choose"),
    Key(
        "pick-number",
        (*"0123456789",),
        "choose one of the first nine; 0 is none of these",
        "question",
        fixed=True,
    ),
    Key("go-on", ("enter",), "go on to what comes next", "question", "go on"),
    Key("zone-number", (*"123456",), "choose a zone by its number", "map", fixed=True),
    Key("zone-right", ("l", "right"), "the next zone", "map", "zone"),
    Key("zone-left", ("h", "left"), "the zone before", "map"),
    Key("take-zone", ("enter",), "take this zone", "map", "take"),
    Key(
        "move-done",
        ("space", "enter"),
        "done; in a hold or a rest, pause or go on",
        "routine",
        "done",
    ),
    Key("skip-move", ("s",), "leave this exercise out", "routine", "skip"),
    Key("longer-rest", ("+",), "rest ten seconds longer", "routine"),
    Key("shorter-rest", ("-",), "rest ten seconds less", "routine"),
    Key("it-hurts", ("X",), "it hurts: stop", "routine", "it hurts"),
    Key("bell", ("b",), "the bell on or off", "routine"),
    Key("next-pane", ("tab",), "to the next pane", label="next pane"),
    Key("previous-pane", ("shift+tab",), "to the pane before"),
    Key("toggle-contents", ("t",), "show or hide the contents", label="contents"),
    Key("search", ("/",), "search the handbook", label="search"),
    Key("find", ("&",), "find words on this page or in this list"),
    Key("in-book", ("tab",), "search the whole book for the words", "find line", "whole book"),
    Key("next-match", ("n",), "the next match, then the next page found"),
    Key("previous-match", ("N",), "the match before"),
    Key("bookmark", ("m",), "bookmark this page, or remove its bookmark"),
    Key("bookmarks", ("'",), "the list of bookmarks"),
    Key("checklist", ("c",), "the checklist, and back to the text", label="checklist"),
    Key("reason", ("i",), "an item's reason; on a page, the items that rest on it", label="reason"),
    Key("finish", ("r",), "finish this run, start afresh", label="finish"),
    Key("soreness", ("p",), "soreness 0-10: after the run, or next morning", label="soreness"),
    Key("try-item", ("E",), "try one change in pairs of runs, or end the trial", label="try"),
    Key("undo", ("u",), "undo the last tick, skip, change or finish", label="undo"),
    Key("redo", ("U",), "do again what was undone"),
    Key("seen", ("D",), "say no longer what happened to the diary"),
    Key(
        "start-routine",
        ("S",),
        "start a routine or an exercise: this page's, or one that it links to",
        label="start",
    ),
    Key("diary", ("d",), "the diary of past runs", label="diary"),
    Key("self-check", ("w",), "why is my back sore: the self-check", label="self-check"),
    Key("start-over", ("O",), "begin the self-check again", "question", "start over"),
    Key("body-map", ("B",), "body map", label="body map"),
    Key("red-flags", ("!",), "red flags: when to stop and get help", label="red flags"),
    Key("copy-paragraph", ("y",), "copy this paragraph, or where the chosen link leads"),
    Key("copy-section", ("Y",), "copy this whole page as text"),
    Key("mouse", ("M",), "mouse on or off; off lets the terminal select text"),
    Key("theme", ("T",), "next theme"),
    Key("palette", (":", "ctrl+p"), "all commands and pages, by name", label="commands"),
    Key("help", ("?", "f1"), "help for this pane", label="help"),
    Key("redraw", ("ctrl+l",), "redraw the screen"),
    Key("suspend", ("ctrl+z",), "suspend; `fg` comes back"),
    Key("close", ("escape",), "close what is open; never quits", label="leave"),
    Key("quit", ("q",), "close what is open, else quit", label="quit"),
    Key("interrupt", ("ctrl+c",), "copy what the mouse has selected; else, pressed twice: quit"),
)

BY_ID: Mapping[str, Key] = {key.id: key for key in TABLE}

_MOVES = "it moves about what is on the screen"
_ANSWERS = "`runtall self-check` asks line by line"
PLAIN: Mapping[str, str] = {
    "follow-link": "read SECTION",
    "number-links": "read SECTION --json",
    "open-entry": "read SECTION",
    "previous-section": "toc",
    "next-section": "toc",
    "tick": "tick ITEM",
    "tick-number": "tick 1",
    "skip": "skip ITEM",
    "add-item": "item add TEXT",
    "edit-item": "item edit ITEM TEXT",
    "remove-item": "item hide ITEM",
    "hidden-items": "check",
    "list-links": "check --json",
    "open-run": "diary show 1",
    "edit-run": "diary edit 1 --note TEXT",
    "add-run": "finish --date yesterday",
    "remove-run": "diary remove 1",
    "pick": "self-check --answers TEXT",
    "pick-number": "self-check --answers TEXT",
    "go-on": "self-check",
    "start-over": "self-check",
    "search": "search WORDS",
    "as-typed": "search --exact WORDS",
    "search-filters": "search kit:none min:5 WORDS",
    "in-book": "search WORDS",
    "start-routine": "routine desk-break",
    **dict.fromkeys(("move-done", "skip-move", "it-hurts"), "routine desk-break --plain"),
    "bookmark": "bookmark SECTION",
    "bookmarks": "bookmark",
    "checklist": "check",
    "reason": "check --json",
    "finish": "finish",
    "soreness": "diary edit 1 --soreness 3",
    "try-item": "try ITEM",
    "undo": "undo",
    "redo": "redo",
    "seen": "doctor --seen",
    "diary": "diary",
    "self-check": "self-check",
    "body-map": "read body-map",
    "red-flags": "red-flags",
    "copy-section": "read SECTION",
    "mouse": "--mouse",
    "theme": "theme NAME",
    "palette": "help",
    "help": "keys",
}
"""What does the same from the shell, after `runtall`."""

SCREEN_ONLY: Mapping[str, str] = {
    **dict.fromkeys(
        (
            *("line-down", "line-up", "page-down", "page-up", "half-page-down", "half-page-up"),
            *("top", "bottom", "next-link", "previous-link", "back", "forward", "unfold", "fold"),
            *("previous-heading", "next-heading"),
            *("items-down", "items-up", "runs-down", "runs-up", "hits-down", "hits-up"),
            *("next-pane", "previous-pane"),
            *("toggle-contents", "next-match", "previous-match", "choose", "headings", "find"),
        ),
        _MOVES,
    ),
    **dict.fromkeys(("zone-number", "zone-right", "zone-left", "take-zone"), _ANSWERS),
    **dict.fromkeys(
        ("longer-rest", "shorter-rest", "bell"),
        "`runtall routine NAME --plain` takes the usual time of each rest; `--no-bell` silences it",
    ),
    "keep-searches": "a command keeps no searches",
    "hidden-lines": "`read SECTION` shows what the book shows",
    "copy-paragraph": "the terminal copies what a command printed",
    "redraw": "a command draws nothing",
    "suspend": "a command is over at once, and the shell suspends it",
    "close": "a command leaves nothing open",
    "quit": "a command ends by itself",
    "interrupt": "Ctrl+C ends a command too",
}
"""Why an action needs no command, for each that has none."""

FOOTER: Mapping[str, tuple[str, ...]] = {
    "text": (
        *("page-down", "search", "checklist", "red-flags", "help", "quit", "self-check"),
        *("next-section", "diary", "body-map", "next-pane", "next-heading", "headings", "palette"),
    ),
    "link": ("follow-link", "next-link", "back", "red-flags", "help", "quit"),
    "advice": (
        *("page-down", "next-link", "go-on", "start-routine", "try-item", "close", "red-flags"),
        *("start-over", "back"),
    ),
    "diary": ("open-run", "edit-run", "soreness", "add-run", "remove-run", "help", "close", "undo"),
    "question": ("pick", "go-on", "back", "body-map", "help", "red-flags", "close"),
    "routine": ("move-done", "it-hurts", "skip-move", "back", "close", "help"),
    "routine-ended": ("red-flags", "close"),
    "map": ("zone-right", "take-zone", "next-pane", "close", "red-flags", "help"),
    "map-question": ("zone-right", "take-zone", "close", "red-flags", "help"),
    "signs": ("page-down", "next-link", "close", "help"),
    "found": ("choose", "close", "search-filters", "as-typed"),
    "contents": (
        *("open-entry", "unfold", "fold", "red-flags", "help", "quit"),
        *("next-pane", "search", "checklist", "diary"),
    ),
    "checklist": (
        *("tick", "reason", "skip", "finish", "red-flags", "help", "quit"),
        *("add-item", "undo", "soreness", "checklist", "diary", "next-pane"),
    ),
}
"""The keys that matter in each pane, the most useful first, as the status line shows them."""

_NAMES = {"delete": "Del", "escape": "Esc", "pagedown": "PgDn", "pageup": "PgUp"}
"""Keys whose name on the keyboard is not simply their own."""
_NAMED = "up|down|left|right|home|end|insert|backspace|enter|tab|space|f[1-9][0-9]?"
_KEY = re.compile(rf"(?:(?:ctrl|shift)\+)*(?:[!-~]|{_NAMED}|{'|'.join(_NAMES)})")


@lru_cache
def display(key: str) -> str:
    """A key as a person knows it: `pagedown` → `PgDn`, `ctrl+d` → `Ctrl+D`."""
    *modifiers, name = re.split(r"(?<=.)\+(?=.)", key)
    if len(name) > 1 or modifiers:
        name = _NAMES.get(name, name.capitalize())
    return "+".join([*(each.capitalize() for each in modifiers), name])


def load_keys(file: Path) -> tuple[Key, ...]:
    """The table with the changes of a keys file: TOML lines `id = "key"` or `id = ["a", "b"]`.

    Raises:
        KeysError: it cannot be read, names an unknown id, or uses a key twice.
    """
    text = _read(file)
    try:
        chosen = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        said = re.search(r"at line (\d+)", str(error))
        line = int(said[1]) if said else text.count("\n") + 1
        what = 'not TOML; write lines such as back = "H"'
        raise KeysError(f"{file}, line {line}: {what}") from error
    changed = {name: _chosen_keys(file, text, name, value) for name, value in chosen.items()}
    table = tuple(key._replace(keys=changed.get(key.id, key.keys)) for key in TABLE)
    _refuse_clashes(file, text, table, changed)
    return table


def _read(file: Path) -> str:
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as opened:  # noqa: PTH123 - a pipe without a writer is not waited for
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise KeysError(f"{file}: is not a file; name one with --keys")
            data = opened.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise KeysError(f"{file}: is larger than {_LARGEST // 1024} kB; this is no keys file")
        return data.decode()
    except OSError as error:
        raise KeysError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = "not UTF-8; save the file as UTF-8 text"
        raise KeysError(f"{file}, line {line}: {what}") from error


def names_of(keys: Iterable[Key]) -> frozenset[str]:
    """All the keys that have one of these meanings, as Textual names them."""
    return frozenset(name for each in keys for name in each.keys)


def changes(table: Iterable[Key]) -> dict[str, str]:
    """What differs from the standard table, as Textual's keymap wants it."""
    return {
        key.id: ",".join(_long(each) for each in key.keys)
        for key in table
        if key.keys != BY_ID[key.id].keys
    }


def _long(key: str) -> str:
    return "comma" if key == "," else key


def _chosen_keys(file: Path, text: str, name: str, value: object) -> tuple[str, ...]:
    if name not in BY_ID:
        raise KeysError(
            f"{_at(file, text, name)}: no key is called {name}; `runtall keys` lists them"
        )
    if BY_ID[name].fixed:
        raise KeysError(f"{_at(file, text, name)}: the keys of {name} cannot be changed")
    keys = value if isinstance(value, list) else [value]
    for key in keys:
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            example = 'a character, or a name such as "pagedown" or "ctrl+d"'
            raise KeysError(f"{_at(file, text, name)}: {key!r} is no key; give {example}")
    return tuple(keys)


def _refuse_clashes(
    file: Path, text: str, table: Iterable[Key], changed: Mapping[str, tuple[str, ...]]
) -> None:
    used: dict[str, list[Key]] = {}
    for key in table:
        for each in dict.fromkeys(key.keys):
            for other in used.setdefault(each, []):
                if _meet(key, other) and not (_is_usual(key, each) and _is_usual(other, each)):
                    mine, theirs = (key, other) if key.id in changed else (other, key)
                    what = f"{display(each)} is used twice, by {mine.id} and by {theirs.id}"
                    raise KeysError(f"{_at(file, text, mine.id)}: {what}; choose another key")
            used[each].append(key)


def _meet(one: Key, other: Key) -> bool:
    """Whether both can be asked for at the same time."""
    return one.where == other.where or ANYWHERE in (one.where, other.where)


def _is_usual(key: Key, each: str) -> bool:
    """Whether our own table has it so; there a pane may give a general key a meaning of its own."""
    return each in BY_ID[key.id].keys


def _at(file: Path, text: str, name: str) -> str:
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf"\s*\[*\s*[\"']?{re.escape(name)}[\"']?\s*[].=]", line):
            return f"{file}, line {number}"
    return str(file)
