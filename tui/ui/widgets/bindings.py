"""Textual's bindings, made from the one table of keys."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from ...keys import BY_ID


def bindings(*ids: str, priority: bool = False) -> list[BindingType]:
    """The bindings of these keys; the action of `next-link` is `next_link`.

    Those with priority work whatever is open over the page, also while something is written.
    """
    return [_binding(name, priority) for name in ids]


def _binding(name: str, priority: bool) -> Binding:
    key = BY_ID[name]
    return Binding(
        ",".join(key.keys),
        name.replace("-", "_"),
        key.label or key.meaning,
        show=False,
        priority=priority,
        id=name,
        tooltip=key.meaning,
    )
