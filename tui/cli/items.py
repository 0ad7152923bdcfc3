"""`item`: the reader's own items, and those of the book that are not for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..session.checklists import ChecklistDesk
from .checklist import desk_of, find_row, named_list, require_readable, say_if_private
from .context import Context, UsageError


def item(context: Context) -> int:
    """Add, edit or remove an own item; hide one of the book's, or show it again."""
    desk = desk_of(context)
    require_readable(desk)
    said = _ACTIONS[context.arguments.action](context, desk)
    say_if_private(context)
    context.output.write(said)
    return 0


def _add(context: Context, desk: ChecklistDesk) -> str:
    text = " ".join(context.arguments.words).strip()
    listed = named_list(context, desk, context.option("list"))
    act = desk.add(listed.id, text)
    return f"Added to {listed.title}: {text} (id {act.subject.rpartition('/')[2][:8]})"


def _edit(context: Context, desk: ChecklistDesk) -> str:
    name, *words = context.arguments.words
    text = " ".join(words).strip()
    if not text:
        raise UsageError("give the item and its new words: runtall item edit 13 'Dog fed'")
    _, row = find_row(context, desk, name)
    if not row.own:
        raise UsageError(f"{row.item.id} is the book's; only items of your own can be edited")
    desk.edit(row, text)
    return f"It now reads: {text}"


def _remove(context: Context, desk: ChecklistDesk) -> str:
    _, row = find_row(context, desk, _one_name(context))
    if not row.own:
        raise UsageError(f"{row.item.id} is the book's; `runtall item hide` leaves it out for good")
    desk.remove_or_hide(row)
    return f"Removed: {row.label} (`runtall undo` brings it back)"


def _hide(context: Context, desk: ChecklistDesk) -> str:
    listed, row = find_row(context, desk, _one_name(context))
    if row.own:
        raise UsageError(f"“{row.label}” is your own; `runtall item remove` takes it away")
    if not row.hidden:
        desk.remove_or_hide(row)
    return f"Not for me: {row.label}. {desk.ticked(listed.id).words}; it no longer counts."


def _show(context: Context, desk: ChecklistDesk) -> str:
    _, row = find_row(context, desk, _one_name(context))
    if row.hidden:
        desk.remove_or_hide(row)
    return f"Shown: {row.label}"


def _one_name(context: Context) -> str:
    words: list[str] = context.arguments.words
    return " ".join(words)


_ACTIONS: Mapping[str, Callable[[Context, ChecklistDesk], str]] = {
    "add": _add,
    "edit": _edit,
    "remove": _remove,
    "hide": _hide,
    "show": _show,
}
