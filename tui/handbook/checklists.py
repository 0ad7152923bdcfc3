"""A checklist page → its items, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby, takewhile
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .blocks import ListItem, Paragraph, Style, joined, slug
from .errors import ContentError
from .files import lines_with
from .model import Handbook, Kind, Page, PlacedLink

if TYPE_CHECKING:
    from .loading import Pages


class Resets(StrEnum):
    """When the ticks of a list start afresh."""

    RUN = "run"
    WEEK = "week"
    NEVER = "never"


class Item(NamedTuple):
    """One thing to do, and why."""

    checklist: str
    """The id of its list."""
    id: str
    """Its own within the list."""
    label: str
    why: str
    """The reason in words; empty when the page gives only a link, or nothing."""
    section: str
    """The id of the page that its first link leads to; empty when there is none."""
    links: tuple[PlacedLink, ...]
    """Every link of the item, the reason first."""
    block: int
    """Where it begins among the blocks of its page."""
    may_not_apply: bool = False
    """Whether it is about a thing that not everyone has, so that leaving it out for good is offered."""

    routines: tuple[str, ...] = ()
    """The routines that do it: done whole, they make its words true."""
    times: int = 1
    """How often one of them has to be done, in the week where its list resets by week."""

    can_try: bool = False
    """Whether it may be tried by pairs of runs, with it and without: it works on the same day."""
    look_again: int = 0
    """Weeks after which it shows what it does, where it needs weeks; 0 else."""

    @property
    def reference(self) -> str:
        """The name that holds in the whole book: `LIST/ITEM`."""
        return f"{self.checklist}/{self.id}"


class Checklist(NamedTuple):
    """A page of things to do, in order."""

    id: str
    title: str
    resets: Resets
    items: tuple[Item, ...]

    def get(self, item_id: str) -> Item | None:
        """The item with this id."""
        return next((item for item in self.items if item.id == item_id), None)


def all_checklists(handbook: Handbook, pages: Pages) -> tuple[Checklist, ...]:
    """Every checklist that has a page, in reading order.

    Raises:
        ContentError: one of the pages cannot be read, or is no sound checklist.
    """
    return tuple(read_checklist(handbook, pages[section]) for section in handbook.checklists)


def read_checklist(handbook: Handbook, page: Page) -> Checklist:
    """The checklist that a page holds.

    Raises:
        ContentError: an item without words, a bad or doubled id, or an unknown reset.
    """
    file = handbook.folder / (page.section.path or page.section.id)
    items: dict[str, Item] = {}
    tasks = list(_tasks(page))
    for number, paragraphs in enumerate(tasks):
        task = _Task(file, number, len(tasks), paragraphs)
        item = _item(handbook, page, task)
        if item.id in items:
            remedy = "give this one its own, as in <!-- id: name -->"
            raise task.wrong(f"an item before it has the id “{item.id}” too; {remedy}")
        items[item.id] = item
    return Checklist(page.section.id, page.section.title, _resets(page, file), (*items.values(),))


def items_linking_to(lists: Iterable[Checklist], section_id: str) -> tuple[Item, ...]:
    """The items that link to a section: first those whose reason it is, each in reading order."""
    linked = (
        item
        for checklist in lists
        for item in checklist.items
        if any(placed.link.section == section_id for placed in item.links)
    )
    return tuple(sorted(linked, key=lambda item: item.section != section_id))


class _Task(NamedTuple):
    """A task as its page gives it: its paragraphs with their block numbers, and its place."""

    file: Path
    number: int
    of: int
    paragraphs: list[tuple[int, Paragraph]]

    def wrong(self, what: str) -> ContentError:
        """An error at this task; its line is given when every task is a line of the file."""
        lines = lines_with(self.file, r"^[-*+]\s+\[[ xX]\]\s")
        certain = len(lines) == self.of
        return ContentError(self.file, lines[self.number] if certain else None, what)


def tasks_on(page: Page) -> Iterator[int | None]:
    """For each block the number of the block that its task begins with; None outside of tasks.

    A task is an item of a list at the top level, with a box and with all that stands in the item.
    """
    begun = None
    for number, block in enumerate(page.blocks):
        outer = block.inside[0] if block.inside else None
        if not isinstance(outer, ListItem) or outer.opens:
            begun = number if isinstance(block, Paragraph) and _is_task(block) else None
        yield begun


def item_at(handbook: Handbook, lists: Iterable[Checklist], reference: str) -> Item | None:
    """The item that a `LIST/ITEM` means today; None when the book has it no longer."""
    moved = handbook.renamed.get(reference, reference)
    if "/" not in moved:
        moved = f"{reference.rpartition('/')[0]}/{moved}"
    list_id, _, item_id = moved.rpartition("/")
    list_id = handbook.renamed.get(list_id, list_id)
    checklist = next((each for each in lists if each.id == list_id), None)
    return checklist.get(current_id(handbook, checklist, item_id)) if checklist else None


def current_id(handbook: Handbook, checklist: Checklist, item_id: str) -> str:
    """Today's id of an item; an id that the list still has keeps its meaning."""
    if checklist.get(item_id) is not None:
        return item_id
    renamed = handbook.renamed
    moved = renamed.get(f"{checklist.id}/{item_id}") or renamed.get(item_id, item_id)
    return moved.removeprefix(f"{checklist.id}/")


def _tasks(page: Page) -> Iterator[list[tuple[int, Paragraph]]]:
    """The paragraphs of each task, with their block numbers."""
    blocks = zip(tasks_on(page), enumerate(page.blocks), strict=True)
    for begun, task in groupby(blocks, itemgetter(0)):
        if begun is not None:
            yield [(at, block) for _, (at, block) in task if isinstance(block, Paragraph)]


_WORDLESS = ("[ ]", "[x]", "[X]")
"""What a task without words leaves of itself."""


def _is_task(paragraph: Paragraph) -> bool:
    outer = paragraph.inside[0] if len(paragraph.inside) == 1 else None
    if not isinstance(outer, ListItem):
        return False
    return outer.marker.startswith("[") or (outer.marker == "-" and paragraph.text in _WORDLESS)


def _item(handbook: Handbook, page: Page, task: _Task) -> Item:
    label, why = _label_and_why(handbook, page, task)
    blocks = [number for number, _ in task.paragraphs]
    links = tuple(placed for placed in page.links if placed.block in blocks)
    section = links[0].link.section if links else ""
    comments = [comment for _, each in task.paragraphs for comment in each.comments]
    item_id = _id(task, label, comments)
    optional = _MAY_NOT_APPLY in comments
    routines, times = _routines(handbook, task, comments)
    item = Item(page.section.id, item_id, label, why, section, links, blocks[0], optional)
    tried = next((match[1] for each in comments if (match := _TRY.fullmatch(each))), "")
    return item._replace(
        routines=routines,
        times=times,
        can_try=tried == "yes",
        look_again=int(tried) if tried.isdigit() else 0,
    )


def _routines(
    handbook: Handbook, task: _Task, comments: Iterable[str]
) -> tuple[tuple[str, ...], int]:
    """The routines that an item names, as in `routine: strength-a strength-b; times 2`."""
    given = next((match for each in comments if (match := _ROUTINE.fullmatch(each))), None)
    if given is None:
        return (), 1
    known = {each: handbook.get(each) for each in given[1].split()}
    for name, section in known.items():
        if section is None or section.kind is not Kind.ROUTINE:
            raise task.wrong(f"“{name}” is no routine of this book; give the id of one")
    return tuple(section.id for section in known.values() if section), int(given[2] or 1)


def _label_and_why(handbook: Handbook, page: Page, task: _Task) -> tuple[str, str]:
    said = []
    first = task.paragraphs[0][1].text
    strong = _leading_strong(task.paragraphs[0][1])
    after_label = re.compile(r"[\s.:,;\u2013\u2014-]*").match(first, len(strong))
    start = after_label.end() if strong and after_label else 0
    for number, paragraph in task.paragraphs:
        links = tuple(placed for placed in page.links if placed.block == number)
        said.append(_words(handbook, paragraph.text, links, start))
        start = 0
    label = strong.strip().removesuffix(".") or said.pop(0) or first
    return " ".join(label.split()), " ".join(text for text in said if text)


def _leading_strong(paragraph: Paragraph) -> str:
    return joined(tuple(takewhile(lambda span: Style.STRONG in span.style, paragraph.spans)))


_PARTING = r"[\s/|(·•→\u2013\u2014-]"
"""What an author puts between a sentence and a link, or between two links."""

_BETWEEN_LINKS = re.compile(rf"(?:{_PARTING}|[.,;)])*(?:(?:and|or)\s+)?")
_SENTENCE_END = re.compile(r"[.!?…][\"'”\u2019)]*\s*$")


def _words(handbook: Handbook, text: str, links: tuple[PlacedLink, ...], start: int = 0) -> str:
    """What is said from `start` on, without the links after the last sentence, which only point."""
    end = len(text)
    for placed in reversed(links):
        after = text[placed.start + len(placed.text) : end]
        if not (_BETWEEN_LINKS.fullmatch(after) and _only_points(handbook, placed)):
            break
        end = placed.start
    said = text[start:end]
    bare = re.sub(f"{_PARTING}+$", "", said)
    if bare != said.rstrip() or not bare or _SENTENCE_END.search(bare):
        return " ".join(bare.split())
    return " ".join(text[start:].split())


def _only_points(handbook: Handbook, placed: PlacedLink) -> bool:
    """Whether a link is a page's name, or at least no sentence of its own."""
    target = handbook.get(placed.link.section)
    named = target is not None and target.title.casefold() == placed.text.casefold()
    return named or not _SENTENCE_END.search(placed.text)


def _id(task: _Task, label: str, comments: Iterable[str]) -> str:
    if not label or label in _WORDLESS:
        raise task.wrong("an item without words; write - [ ] **What is done.** Why it helps.")
    given = next((match[1] for each in comments if (match := _ID.match(each))), slug(label))
    if not re.fullmatch(r"[^\s/]+", given):
        remedy = "give it one word without “/”, such as <!-- id: warm-up -->"
        raise task.wrong(f"“{given}” cannot be the id of an item; {remedy}")
    return given


_TRY = re.compile(r"try:\s*(yes|[1-9][0-9]?)(?: weeks)?\s*")
_MAY_NOT_APPLY = "may not apply"
_ROUTINE = re.compile(r"routine:\s*([^;]*?)\s*(?:;\s*times\s+([1-9][0-9]?)\s*)?")
_ID = re.compile(r"id:\s*(.*)", re.DOTALL)
_RESETS = re.compile(r"resets:\s*(.*)", re.DOTALL)


def _resets(page: Page, file: Path) -> Resets:
    between = (
        comment
        for block in page.blocks
        if isinstance(block, Paragraph) and not block.inside
        for comment in block.comments
    )
    for comment in (*page.comments, *between):
        match = _RESETS.match(comment)
        if match and match[1] in set(Resets):
            return Resets(match[1])
        if match:
            given = " ".join(match[1].split())
            what = f"“{given}” is no time to start afresh; resets is run, week, or never"
            line = next(iter(lines_with(file, r"<!--\s*resets:")), None)
            raise ContentError(file, line, what)
    return Resets.RUN
