"""The handbook in lines, for a screen reader or a braille display: one prompt, and nothing drawn twice.

Each line is a word of the keys' table, a number of what was listed last, or any command.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from ..diary.errors import DiaryError
from ..handbook.lookup import find_section
from ..handbook.model import Section
from ..session.checklists import ChecklistDesk, parse_soreness, soreness_problem
from . import run
from .context import Context
from .prompts import ask, ask_until
from .search import search_for, write_warnings

if TYPE_CHECKING:
    from ..diary.diary import Diary

PROMPT = "What next?"
WORDS = (
    ("read", "this page; with a name or a number, another one"),
    ("next, previous", "the page after this one, or before"),
    ("contents", "every page, with its number"),
    ("search WORDS", "the pages that answer these words, with numbers"),
    ("links", "where this page leads, with numbers"),
    ("check", "the list for before the run; then a number ticks"),
    ("skip ITEM, untick ITEM", "not this time; take a tick back"),
    ("routine", "the routines, with numbers; a number begins one"),
    ("finish", "file this run, after a question about soreness"),
    ("soreness", "how the back is, after the run or the next morning"),
    ("diary", "past runs"),
    ("self-check", "why is my back sore"),
    ("red-flags", "when to stop and get help"),
    ("undo, redo", "take back what was done last; do it again"),
    ("quit", "leave"),
)
_PASSED_ON = ("book", "data", "keys")
_SWITCHES = ("private", "kiosk")


def open_lines(context: Context) -> int:
    """Take one line after another, until one says to leave."""
    return Lines(context).run()


class Lines:
    """Where the reader is in the book, and what the numbers stand for."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._write = context.output.write
        self._readable = context.handbook.readable
        self._here = 0
        """The number of the page, from 0, among those that can be read."""
        self._choices: Callable[[int], Sequence[str]] = self._open_page
        self._acts: Mapping[str, Callable[[Sequence[str]], None]] = {
            "read": self._read,
            "next": lambda _: self._go(self._here + 1),
            "previous": lambda _: self._go(self._here - 1),
            "contents": self._contents,
            "search": self._search,
            "links": self._links,
            "check": self._check,
            "routine": self._routine,
            "soreness": self._soreness,
            "help": self._help,
        }

    def run(self) -> int:
        """Say where one is, then do what each line asks for."""
        self._write(f"{self._context.handbook.title}, in lines.")
        self._begin()
        self._write("help lists the words; red-flags says when to get help.")
        while (line := ask(self._context, PROMPT)) is not None:
            words = _split(line)
            if words and words[0].lower() in ("quit", "q", "exit"):
                break
            if words:
                self._do([words[0].lower(), *words[1:]])
                self._context.output.flush()
        return 0

    def _do(self, words: Sequence[str]) -> None:
        if len(words) == 1 and words[0].isascii() and words[0].isdigit():
            self._do_number(int(words[0][:6]))
        elif words[0] in self._acts:
            run.guarded(lambda: self._act(words))
        elif words[0] not in ("open", "completion"):
            self._run(*words)
        else:
            self._read(words[1:])

    def _act(self, words: Sequence[str]) -> int:
        self._acts[words[0]](words[1:])
        return 0

    def _do_number(self, number: int) -> None:
        chosen = self._choices(number)
        if chosen:
            self._do(chosen)
        else:
            self._write(f"There is no number {number} in what was listed last.")

    def _run(self, *words: str) -> int:
        """Run a command as the shell does, with the options that the handbook was opened with."""
        given: list[str] = []
        for name in _PASSED_ON:
            value = self._context.option(name)
            given += [f"--{name}", str(value)] if value is not None else []
        given += [f"--{name}" for name in _SWITCHES if self._context.option(name)]
        ascii_only = self._context.option("ascii")
        given += [] if ascii_only is None else ["--ascii" if ascii_only else "--unicode"]
        self._context.output.flush()
        # Before the words: what stands behind `--` in them is no option.
        return run.run([*given, "--linear", *words])

    def _diary(self) -> Diary:
        """The reader's diary, for one line."""
        diary = self._context.new_diary()
        diary.open()
        return diary

    def _begin(self) -> None:
        """Begin at the page that was named, or where the reader left the book."""
        named = self._context.option("section")
        section = find_section(self._context.handbook, named) if named else self._left_at()
        if section is not None and section in self._readable:
            self._here = self._readable.index(section)
        if named:
            self._read(())
        else:
            self._say_where()

    def _left_at(self) -> Section | None:
        try:
            with self._diary() as kept:
                place = kept.progress.place(self._context.handbook.title)
        except DiaryError:
            return None
        return self._context.handbook.get(place.section) if place else None

    def _keep_place(self) -> None:
        here = self._readable[self._here].id
        with suppress(DiaryError), self._diary() as kept:
            kept.progress.keep_place(self._context.handbook.title, here, 0, 0)

    def _say_where(self) -> None:
        page = self._readable[self._here]
        self._write(f"Page {self._here + 1} of {len(self._readable)}, read reads it: {page.title}")

    def _go(self, number: int) -> None:
        if not 0 <= number < len(self._readable):
            self._write("This is the last page." if number else "This is the first page.")
            return
        self._here = number
        self._read(())

    def _read(self, words: Sequence[str]) -> None:
        if words:
            name = " ".join(words)
            page = int(name) if name.isascii() and name.isdigit() else 0
            if 1 <= page <= len(self._readable):
                self._here = page - 1
            else:
                section = find_section(self._context.handbook, name)
                self._here = self._readable.index(section)
        if self._run("read", self._readable[self._here].id):
            return
        self._choices = self._open_page
        self._keep_place()
        self._say_the_end()

    def _say_the_end(self) -> None:
        self._write(
            f"\nEnd of page {self._here + 1} of {len(self._readable)}. "
            "next reads on; links lists where it leads."
        )

    def _open_page(self, number: int) -> Sequence[str]:
        return ("read", str(number)) if 1 <= number <= len(self._readable) else ()

    def _contents(self, _: Sequence[str]) -> None:
        chapter = ""
        for number, page in enumerate(self._readable, 1):
            if page.chapter != chapter:
                chapter = page.chapter
                self._write(f"{chapter}:")
            self._write(f"{number}. {page.title}")
        self._choices = self._open_page

    def _search(self, words: Sequence[str]) -> None:
        if not words:
            self._write("Say what to search for: search sore between the shoulder blades")
            return
        index, results = search_for(self._context, " ".join(words), 10)
        write_warnings(self._context, results)
        if not results.hits:
            nearest = ", ".join(index.nearest_words(results.query))
            self._write("Nothing found." + (f" Words like it: {nearest}." if nearest else ""))
        for number, hit in enumerate(results.hits, 1):
            end = "" if hit.title.endswith("?") else "."
            self._write(f"{number}. {hit.title}{end} {hit.snippet}")
        self._offer([("read", hit.section.id) for hit in results.hits])

    def _links(self, _: Sequence[str]) -> None:
        page = self._context.pages[self._readable[self._here]]
        linked = dict.fromkeys(each.link.section for each in page.links if each.link.section)
        targets = [self._context.handbook.by_id[each] for each in linked]
        for number, target in enumerate(targets, 1):
            self._write(f"{number}. {target.title}")
        if not targets:
            self._write("This page leads to no other.")
        self._offer([("read", each.id) for each in targets])

    def _check(self, words: Sequence[str]) -> None:
        self._run("check", *words)
        chosen = ("--list", *words) if words and not words[0].startswith("-") else ()
        self._choices = lambda number: ("tick", str(number), *chosen)
        self._write("A number ticks that item.")

    def _routine(self, words: Sequence[str]) -> None:
        if words:
            self._run("routine", *words)
            return
        from ..handbook.cards import all_cards  # noqa: PLC0415 - seldom needed
        from ..handbook.routines import all_routines  # noqa: PLC0415 - likewise

        book = (self._context.handbook, self._context.pages)
        found = all_routines(*book, all_cards(*book)).routines
        for number, each in enumerate(found, 1):
            self._write(f"{number}. {each.title}")
        self._offer([("routine", each.id) for each in found])

    def _soreness(self, _: Sequence[str]) -> None:
        """Note how the back is, as the key does."""
        with self._diary() as kept:
            desk = ChecklistDesk(self._context.handbook, self._context.pages, kept)
            newest = desk.newest_run()
            if newest is None:
                self._write("No run is filed yet; finish files this one.")
                return
            asked = ask_until(self._context, f"{desk.soreness_question(newest)}:", soreness_problem)
            level = parse_soreness(asked) if asked else None
            if level is not None:
                kept.runs.record_soreness(level, newest.id)
                self._write(f"Soreness {level} is noted; undo takes it back.")

    def _help(self, words: Sequence[str]) -> None:
        if words:
            self._run("help", *words)
            return
        for word, meaning in WORDS:
            self._write(f"{word}: {meaning}.")
        self._write("Any other command works too: help COMMAND says how.")

    def _offer(self, lines: Sequence[Sequence[str]]) -> None:
        """Let numbers stand for these lines, from 1 on."""
        self._choices = lambda number: lines[number - 1] if 1 <= number <= len(lines) else ()


def _split(line: str) -> list[str]:
    """The words of a line; quotes hold some together, and one alone is an apostrophe."""
    try:
        return shlex.split(line)
    except ValueError:
        return line.split()
