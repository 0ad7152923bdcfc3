"""The reader's lists: ticks, skips, own items and hidden ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .clock import monday
from .errors import NoSuchItem, NotKept
from .model import Hidden, ListState, Mark, OwnItem, ResetRule, list_of, named_id, new_id
from .records import Act, RecordReader, RecordWriter

if TYPE_CHECKING:
    from .store import Store


def run_marks(reader: RecordReader) -> list[Mark]:
    """The ticks and skips of the current run, earliest first."""
    return sorted(reader.every(Mark, "run"), key=lambda mark: (mark.at, mark.item))


def current_run(reader: RecordReader) -> str | None:
    """The current run's id; None before its first tick or skip."""
    return next((mark.period for mark in run_marks(reader)), None)


class Lists:
    """Acts on lists; every act is on the disk when its method returns, and raises CannotSave if not.

    Items are references `LIST/ITEM`. `resets` is the rule of the item's list.
    """

    def __init__(self, store: Store, did: Callable[[Act], Act]) -> None:
        """Act on this store, and pass each act on to be remembered."""
        self._store = store
        self._did = did

    def state(self, list_id: str, resets: ResetRule = "run") -> ListState:
        """A list as it stands in its current period; raises CannotRead."""
        week = monday(self._store.now())

        def look(reader: RecordReader) -> ListState:
            """The marks of this period, and what the reader made of the list."""
            marks = sorted(reader.every(Mark, resets), key=lambda mark: (mark.at, mark.item))
            run_id = marks[0].period if marks and resets == "run" else None
            here = [mark for mark in marks if list_of(mark.item) == list_id]
            if resets == "week":
                here = [mark for mark in here if mark.period == week]
            return ListState(
                list_id,
                run_id,
                {mark.item: mark.at for mark in here if mark.skipped is None},
                {mark.item: mark.skipped for mark in here if mark.skipped is not None},
                tuple(sorted(reader.every(OwnItem, list_id), key=lambda own: own.position)),
                frozenset(hidden.item for hidden in reader.every(Hidden, list_id)),
            )

        return self._store.read(look)

    def tick(self, item: str, resets: ResetRule = "run") -> Act:
        """Tick an item; one already ticked keeps its time."""
        return self._mark("tick", item, resets, None)

    def skip(self, item: str, reason: str = "", resets: ResetRule = "run") -> Act:
        """Skip an item, with a reason; it may be ticked later."""
        return self._mark("skip", item, resets, reason)

    def untick(self, item: str, resets: ResetRule = "run") -> Act:
        """Take back a tick."""
        return self._unmark("untick", item, resets, skipped=False)

    def unskip(self, item: str, resets: ResetRule = "run") -> Act:
        """Take back a skip."""
        return self._unmark("unskip", item, resets, skipped=True)

    def _mark(self, name: str, item: str, resets: ResetRule, skipped: str | None) -> Act:
        mark_id = named_id("mark", item)

        def make(writer: RecordWriter) -> None:
            """Keep the mark, unless the item stands so already."""
            period = _period(writer, resets)
            old = writer.find(Mark, mark_id)
            if old and (old.resets, old.period, old.skipped) == (resets, period, skipped):
                return
            writer.put(
                Mark(
                    id=mark_id,
                    item=item,
                    resets=resets,
                    period=period,
                    at=writer.now,
                    skipped=skipped,
                )
            )

        return self._did(self._store.change(name, item, make))

    def _unmark(self, name: str, item: str, resets: ResetRule, *, skipped: bool) -> Act:
        def make(writer: RecordWriter) -> None:
            """Remove the mark, if it is of this sort."""
            old = writer.find(Mark, named_id("mark", item))
            if old and old.resets == resets and (old.skipped is not None) == skipped:
                writer.remove(old)

        return self._did(self._store.change(name, item, make))

    def add(self, list_id: str, text: str) -> Act:
        """Add an item of the reader's own below the others; the act's subject is its reference."""
        _refuse_blank(text)
        own_id = new_id()

        def make(writer: RecordWriter) -> None:
            """Keep it, last."""
            position = max((own.position + 1 for own in writer.every(OwnItem, list_id)), default=0)
            writer.put(OwnItem(id=own_id, list=list_id, text=text, position=position))

        return self._did(self._store.change("add", f"{list_id}/{own_id}", make))

    def edit(self, item: str, text: str) -> Act:
        """Change the words of an own item; raises NoSuchItem."""
        _refuse_blank(text)

        def make(writer: RecordWriter) -> None:
            """Keep it with its new words."""
            old = _own_item(writer, item)
            writer.put(OwnItem(id=old.id, list=old.list, text=text, position=old.position))

        return self._did(self._store.change("edit", item, make))

    def remove(self, item: str) -> Act:
        """Remove an own item and its tick; filed runs keep its words. Raises NoSuchItem."""

        def make(writer: RecordWriter) -> None:
            """Remove it and its mark."""
            writer.remove(_own_item(writer, item))
            mark = writer.find(Mark, named_id("mark", item))
            if mark:
                writer.remove(mark)

        return self._did(self._store.change("remove", item, make))

    def hide(self, item: str, marked_as: str = "") -> Act:
        """Hide an item of the book, and take back its tick or skip, be it under an earlier name."""
        hidden = Hidden(id=named_id("hidden", item), item=item)

        def make(writer: RecordWriter) -> None:
            """Keep that it is hidden, and no mark of it."""
            writer.put(hidden)
            mark = writer.find(Mark, named_id("mark", marked_as or item))
            if mark:
                writer.remove(mark)

        return self._did(self._store.change("hide", item, make))

    def show(self, item: str) -> Act:
        """Show a hidden item of the book again."""
        hidden = Hidden(id=named_id("hidden", item), item=item)
        return self._did(self._store.change("show", item, lambda writer: writer.remove(hidden)))


def _period(writer: RecordWriter, resets: ResetRule) -> str:
    """The current period of lists with this rule; a run begins with its first act."""
    if resets == "run":
        return current_run(writer) or new_id()
    return monday(writer.moment) if resets == "week" else ""


def _own_item(reader: RecordReader, item: str) -> OwnItem:
    own = reader.find(OwnItem, item.rpartition("/")[2])
    if own is None:
        raise NoSuchItem
    return own


def _refuse_blank(text: str) -> None:
    if not text.strip():
        raise NotKept("an item needs a few words")
