"""The reader's lists: ticks, skips, own items and hidden ones."""

from __future__ import annotations

from collections.abc import Callable

from .acts import Act, Reading, Writing
from .model import Hidden, ListState, Mark, OwnItem, Resets, list_of, named_id, new_id
from .moments import monday
from .store import Store
from .trouble import NoSuchItem, NotKept


def run_marks(reading: Reading) -> list[Mark]:
    """The ticks and skips of the current run, earliest first."""
    return sorted(reading.every(Mark, "run"), key=lambda mark: (mark.at, mark.item))


def current_run(reading: Reading) -> str | None:
    """The current run's id; None before its first tick or skip."""
    return next((mark.period for mark in run_marks(reading)), None)


class Lists:
    """Acts on lists; every act is on the disk when its method returns, and raises CannotSave if not.

    Items are references `LIST/ITEM`. `resets` is the rule of the item's list.
    """

    def __init__(self, store: Store, did: Callable[[Act], Act]) -> None:
        """Act on this store, and pass each act on to be remembered."""
        self._store = store
        self._did = did

    def state(self, list_id: str, resets: Resets = "run") -> ListState:
        """A list as it stands in its current period; raises CannotRead."""
        week = monday(self._store.now())

        def look(reading: Reading) -> ListState:
            """The marks of this period, and what the reader made of the list."""
            marks = sorted(reading.every(Mark, resets), key=lambda mark: (mark.at, mark.item))
            run_id = marks[0].period if marks and resets == "run" else None
            here = [mark for mark in marks if list_of(mark.item) == list_id]
            if resets == "week":
                here = [mark for mark in here if mark.period == week]
            return ListState(
                list_id,
                run_id,
                {mark.item: mark.at for mark in here if mark.skipped is None},
                {mark.item: mark.skipped for mark in here if mark.skipped is not None},
                tuple(sorted(reading.every(OwnItem, list_id), key=lambda own: own.position)),
                frozenset(hidden.item for hidden in reading.every(Hidden, list_id)),
            )

        return self._store.read(look)

    def tick(self, item: str, resets: Resets = "run") -> Act:
        """Tick an item; one already ticked keeps its time."""
        return self._mark("tick", item, resets, None)

    def skip(self, item: str, reason: str = "", resets: Resets = "run") -> Act:
        """Skip an item, with a reason; it may be ticked later."""
        return self._mark("skip", item, resets, reason)

    def untick(self, item: str, resets: Resets = "run") -> Act:
        """Take back a tick."""
        return self._unmark("untick", item, resets, skipped=False)

    def unskip(self, item: str, resets: Resets = "run") -> Act:
        """Take back a skip."""
        return self._unmark("unskip", item, resets, skipped=True)

    def _mark(self, name: str, item: str, resets: Resets, skipped: str | None) -> Act:
        mark_id = named_id("mark", item)

        def make(writing: Writing) -> None:
            """Keep the mark, unless the item stands so already."""
            period = _period(writing, resets)
            old = writing.find(Mark, mark_id)
            if old and (old.resets, old.period, old.skipped) == (resets, period, skipped):
                return
            writing.put(
                Mark(
                    id=mark_id,
                    item=item,
                    resets=resets,
                    period=period,
                    at=writing.now,
                    skipped=skipped,
                )
            )

        return self._did(self._store.change(name, item, make))

    def _unmark(self, name: str, item: str, resets: Resets, *, skipped: bool) -> Act:
        def make(writing: Writing) -> None:
            """Remove the mark, if it is of this sort."""
            old = writing.find(Mark, named_id("mark", item))
            if old and old.resets == resets and (old.skipped is not None) == skipped:
                writing.remove(old)

        return self._did(self._store.change(name, item, make))

    def add(self, list_id: str, text: str) -> Act:
        """Add an item of the reader's own below the others; the act's subject is its reference."""
        _refuse_blank(text)
        own_id = new_id()

        def make(writing: Writing) -> None:
            """Keep it, last."""
            position = max((own.position + 1 for own in writing.every(OwnItem, list_id)), default=0)
            writing.put(OwnItem(id=own_id, list=list_id, text=text, position=position))

        return self._did(self._store.change("add", f"{list_id}/{own_id}", make))

    def edit(self, item: str, text: str) -> Act:
        """Change the words of an own item; raises NoSuchItem."""
        _refuse_blank(text)

        def make(writing: Writing) -> None:
            """Keep it with its new words."""
            old = _own_item(writing, item)
            writing.put(OwnItem(id=old.id, list=old.list, text=text, position=old.position))

        return self._did(self._store.change("edit", item, make))

    def remove(self, item: str) -> Act:
        """Remove an own item and its tick; filed runs keep its words. Raises NoSuchItem."""

        def make(writing: Writing) -> None:
            """Remove it and its mark."""
            writing.remove(_own_item(writing, item))
            mark = writing.find(Mark, named_id("mark", item))
            if mark:
                writing.remove(mark)

        return self._did(self._store.change("remove", item, make))

    def hide(self, item: str) -> Act:
        """Hide an item of the book."""
        hidden = Hidden(id=named_id("hidden", item), item=item)
        return self._did(self._store.change("hide", item, lambda writing: writing.put(hidden)))

    def show(self, item: str) -> Act:
        """Show a hidden item of the book again."""
        hidden = Hidden(id=named_id("hidden", item), item=item)
        return self._did(self._store.change("show", item, lambda writing: writing.remove(hidden)))


def _period(writing: Writing, resets: Resets) -> str:
    """The current period of lists with this rule; a run begins with its first act."""
    if resets == "run":
        return current_run(writing) or new_id()
    return monday(writing.moment) if resets == "week" else ""


def _own_item(reading: Reading, item: str) -> OwnItem:
    own = reading.find(OwnItem, item.rpartition("/")[2])
    if own is None:
        raise NoSuchItem
    return own


def _refuse_blank(text: str) -> None:
    if not text.strip():
        raise NotKept("an item needs a few words")
