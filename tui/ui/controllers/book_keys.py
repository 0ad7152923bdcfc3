"""Which keys do something in this book, and what a reader is told of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...handbook.loading import SELF_CHECK
from ...handbook.model import DOABLE, Handbook
from ...keys import FOOTER, Key, display
from ...session.history import History

Offered = Mapping[str, bool | None]
"""Whether an action does something: None where it cannot now, False where it never does in this book.

Actions that are not named always do.
"""


class BookKeys:
    """Knows the keys of a book: not every book has what each of them shows."""

    def __init__(self, handbook: Handbook, keys: Mapping[str, Key]) -> None:
        self._keys = keys
        roles, lists = handbook.roles, bool(handbook.checklists)
        self._has: Mapping[str, bool] = {
            "red_flags": bool(roles.red_flags),
            "body_map": bool(roles.body_map),
            "checklist": bool(roles.checklist),
            "self_check": (handbook.folder / SELF_CHECK).is_file(),
            "finish": lists,
            "start_routine": any(each.kind in DOABLE for each in handbook.readable),
            **dict.fromkeys(("soreness", "diary", "reason", "undo", "redo", "try_item"), lists),
        }

    def offered(self, trail: History) -> Offered:
        """What does something for a reader who has been at these places."""
        ways = {"back": trail.can_go_back or None, "forward": trail.can_go_forward or None}
        return {**self._has, **ways}

    @property
    def working(self) -> tuple[Key, ...]:
        """The keys that do something in this book."""
        return tuple(key for key in self._keys.values() if self._works(key))

    @property
    def missing(self) -> frozenset[str]:
        """The ids of the others."""
        return frozenset(self._keys) - {key.id for key in self.working}

    def footer(self, pane: str, offered: Offered) -> Iterable[Key]:
        """The keys that matter in a pane, those that do something now."""
        names = FOOTER[pane]
        return (self._keys[name] for name in names if offered.get(_action(name), True))

    def way_to(self, where: str, near: Iterable[str]) -> str:
        """The key that leads to a pane, in parentheses; empty where none does.

        Args:
            where: The pane.
            near: Those that the key for the next pane leads to; another key leads to the list.
        """
        near = tuple(near)
        way = self._keys["next-pane" if where in near else "checklist"]
        known = where in (*near, "text", "checklist")
        return f" ({display(way.keys[0])})" if known and way.keys and self._works(way) else ""

    @property
    def ways_in(self) -> str:
        """What a newcomer may do first, as far as this book has it."""
        ways = (
            ("page-down", "reads on"),
            ("self-check", "finds the likely cause"),
            ("checklist", "opens the checklist"),
        )
        keys = ((self._keys[name], words) for name, words in ways)
        said = (f"{display(k.keys[0])} {words}" for k, words in keys if k.keys and self._works(k))
        return f"{', '.join(said)}."

    def _works(self, key: Key) -> bool:
        return self._has.get(_action(key.id), True)


def _action(key: str) -> str:
    """The name of a key's action."""
    return key.replace("-", "_")
