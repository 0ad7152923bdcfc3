"""What to say to a reader who comes back to something half typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...keys import Key, display

_KINDS: Mapping[str, tuple[str, str]] = {
    "finish": ("what you said of the run", "finish"),
    "soreness": ("a soreness", "soreness"),
    "run": ("a change to a run", "diary"),
    "skip": ("why an item is skipped", "checklist"),
    "add": ("an item of your own", "checklist"),
    "edit": ("an item of your own", "checklist"),
    "self-check": ("the self-check", "self-check"),
    "search": ("a search", "search"),
}
"""What each kind of draft holds, and the key on the way to it; a draft is named `KIND WHICH`."""


def half_typed_words(names: Sequence[str], keys: Mapping[str, Key]) -> str:
    """Say what was left half done, and which key leads to it; empty where nothing was."""
    said = {}
    for name in reversed(names):
        what, way = _KINDS.get(name.partition(" ")[0], ("", ""))
        if what and way in keys and keys[way].keys:
            said[what] = f"{what} ({display(keys[way].keys[0])})"
    return f"Left half done: {', '.join(said.values())}" if said else ""
