"""Textual's bindings, made from the one table of keys."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from ..keys import BY_ID


def bindings(*ids: str) -> list[BindingType]:
    """The bindings of these keys; the action of `next-link` is `next_link`."""
    return [_binding(name) for name in ids]


def _binding(name: str) -> Binding:
    key = BY_ID[name]
    return Binding(
        ",".join(key.keys),
        name.replace("-", "_"),
        key.label or key.meaning,
        show=False,
        id=name,
        tooltip=key.meaning,
    )
