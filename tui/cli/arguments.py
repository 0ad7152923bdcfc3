"""The one table of commands: what each does and takes, and where the code is that runs it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Command(NamedTuple):
    """One command: its name, what it does, an example, and where the code is that runs it."""

    name: str
    does: str
    example: str
    run: str
    """`module:function` in this package."""
    takes: tuple[tuple[str, dict[str, object]], ...] = ()


def _takes(*flags: str, **settings: object) -> tuple[str, dict[str, object]]:
    return " ".join(flags), settings


_JSON = _takes("--json", action="store_true", help="answer as JSON")
_YES = _takes("--yes", action="store_true", help="do it without asking")
_WIDTH = _takes("--width", type=int, metavar="N", help="columns of text, 20 to 400")
_ITEMS = _takes(
    "item",
    metavar="ITEM",
    nargs="+",
    help="its number in the list, its id, or how its label begins",
)
_LIST = _takes("--list", metavar="LIST", help="its list, if it is not the main one")
_DETAILS = (
    _takes("--date", metavar="DAY", help="yesterday, 2026-11-21 or 2026-11-21T18:30"),
    _takes("--km", metavar="N", help="how far"),
    _takes("--miles", metavar="N", help="how far, in miles"),
    _takes("--minutes", metavar="N", help="how long; 48:30 too"),
    _takes("--load", metavar="KG", help="what you carried, in kilograms; '5 lb' too"),
)
"""What may be told of a run, or mended."""
_SEEN = "shows in the process list, for all on this machine to see: to avoid that, "

COMMANDS = (
    Command(
        "open",
        "open the handbook at a section; with no terminal, print it",
        "runtall open hunching",
        "reading:open_section",
        (_takes("section", metavar="SECTION", help="an id, a title, or words of a title"),),
    ),
    Command(
        "toc",
        "list the contents",
        "runtall toc --ids",
        "reading:toc",
        (_takes("--ids", action="store_true", help="also the id of each section"), _JSON),
    ),
    Command(
        "read",
        "print sections as text",
        "runtall read hunching run-tall",
        "reading:read",
        (
            _takes("section", metavar="SECTION", nargs="*", help="an id, a title, or its words"),
            _takes("--all", action="store_true", help="the whole book, in its order"),
            _WIDTH,
            _JSON,
        ),
    ),
    Command(
        "search",
        "find the sections that answer some words",
        "runtall search sore between the shoulder blades",
        "search:search",
        (
            _takes(
                "words",
                metavar="WORDS",
                nargs="+",
                help="as you would say it; quotes for a phrase, after -- a minus before a word leaves it out",
            ),
            _takes("--limit", type=int, metavar="N", help="at most so many; 10 if not given"),
            _takes("--exact", action="store_true", help="take no word for a slip of another"),
            _takes("--own", action="store_true", help="also what I wrote: notes of runs, my items"),
            _JSON,
        ),
    ),
    Command(
        "red-flags",
        "when to stop and get help",
        "runtall red-flags --level now",
        "reading:red_flags",
        (_takes("--level", choices=("now", "today", "book"), help="the signs of one level"),),
    ),
    Command(
        "check",
        "print a checklist with its ticks; exit code 1 while anything is open",
        "runtall check --ask",
        "checklist:check",
        (
            _takes("list", metavar="LIST", nargs="?", help="an id or a title; else the main list"),
            _takes("--ask", action="store_true", help="walk the open items: y, n, s to skip, q"),
            _JSON,
        ),
    ),
    Command(
        "tick",
        "tick items of a checklist",
        "runtall tick warm-up shoes",
        "checklist:tick",
        (_ITEMS, _LIST),
    ),
    Command(
        "untick",
        "take back ticks and skips",
        "runtall untick shoes",
        "checklist:untick",
        (_ITEMS, _LIST),
    ),
    Command(
        "skip",
        "skip an item of a checklist this time, with a reason",
        "runtall skip warm-up --reason 'late today'",
        "checklist:skip",
        (
            _ITEMS,
            _takes("--reason", metavar="TEXT", help=f"why; {_SEEN}leave it out"),
            _LIST,
        ),
    ),
    Command(
        "item",
        "add, edit or remove an item of your own; hide one of the book's that is not for you",
        "runtall item hide pack",
        "items:item",
        (
            _takes(
                "action",
                choices=("add", "edit", "remove", "hide", "show"),
                metavar="add|edit|remove|hide|show",
                help="hide: not for me, so it no longer counts; show: it does again",
            ),
            _takes("words", metavar="ITEM|TEXT", nargs="+", help="the item, new words behind it"),
            _LIST,
        ),
    ),
    Command(
        "undo",
        "take back the newest tick, skip, change or filing of the last 24 hours",
        "runtall undo",
        "undoing:undo",
    ),
    Command("redo", "do again what was undone last", "runtall redo", "undoing:redo"),
    Command(
        "finish",
        "file this run and start its lists afresh",
        "echo 'easy, no ache' | runtall finish --note -",
        "checklist:finish",
        (
            _takes(
                "--soreness",
                metavar="0-10",
                help=f"0 none, 10 worst; {_SEEN}leave it out and be asked",
            ),
            _takes(
                "--note",
                metavar="TEXT",
                help=f"a few words; {_SEEN}give - and write it on standard input",
            ),
            *_DETAILS,
            _takes("--could-not-follow", action="store_true", help="not as the experiment asked"),
            _takes("--danger-sign", action="store_true", help="a sign of danger came on this run"),
        ),
    ),
    Command(
        "try",
        "try one change by six pairs of runs; without ITEM, how it stands",
        "runtall try hands",
        "experiment:try_",
        (
            _takes("item", metavar="ITEM", nargs="?", help="an item that works on the same day"),
            _takes("--stop", action="store_true", help="end the experiment, without a verdict"),
        ),
    ),
    Command(
        "self-check",
        "why is my back sore: questions, and where to start",
        "echo 'q0=z q1=b q4=a,c' | runtall self-check --answers -",
        "self_check:self_check",
        (
            _takes(
                "--answers",
                metavar="TEXT",
                help=f"all answers at once; {_SEEN}give - and write them on standard input",
            ),
            _takes(
                "--keep", action="store_true", help="keep the first cause and the date, no answers"
            ),
            _JSON,
        ),
    ),
    Command(
        "routine",
        "list the routines, or do one of them, or one exercise",
        "runtall routine before-a-run",
        "routine:routine",
        (
            _takes(
                "routine", metavar="NAME", nargs="?", help="an id, a title, or the start of one"
            ),
            _takes(
                "--plain",
                action="store_true",
                help="guide in lines, in real time, instead of on the screen",
            ),
            _takes("--dry-run", action="store_true", help="all of it at once, with times"),
            _takes("--no-bell", action="store_true", help="ring no bell"),
            _JSON,
        ),
    ),
    Command(
        "exercises",
        "the exercises with their minutes, or those that fit a need",
        "runtall exercises --for neck --equipment none --minutes 5",
        "exercises:exercises",
        (
            _takes("--for", dest="target", metavar="TEXT", help="what it is for, as neck"),
            _takes("--equipment", metavar="TEXT", help="what it takes, as band; none for nothing"),
            _takes("--when", metavar="TEXT", help="when it is done, as 'desk break'"),
            _takes("--minutes", metavar="N", help="how long it may take at most"),
            _JSON,
        ),
    ),
    Command(
        "diary",
        "past runs, newest first; show, edit or remove one",
        "runtall diary edit 1 --next-day 2",
        "diary:diary",
        (
            _takes(
                "action",
                nargs="?",
                choices=("show", "edit", "remove"),
                metavar="show|edit|remove",
                help="what to do with one run",
            ),
            _takes(
                "filed", nargs="?", metavar="RUN", help="1 is the newest; or the start of its id"
            ),
            _takes("--soreness", metavar="N", help="after the run, 0 to 10; none takes it away"),
            _takes("--next-day", metavar="N", help="the next morning, likewise"),
            _takes("--note", metavar="TEXT", help="a note; - reads it from standard input"),
            _takes("--danger-sign", choices=("yes", "no"), help="whether a sign of danger came"),
            *_DETAILS,
            _takes("--markdown", action="store_true", help="a table to hand to a clinician"),
            _takes("--sheet", action="store_true", help="one printed page for a clinician"),
            _takes("--csv", action="store_true", help="a table for a spreadsheet"),
            _takes("--routines", action="store_true", help="past routines instead of runs"),
            _takes("--since", metavar="DAY", help="only runs from this day on, as 2026-11-01"),
            _takes("--grep", metavar="TEXT", help="only runs whose note holds this"),
            _YES,
            _JSON,
        ),
    ),
    Command(
        "bookmark",
        "list the bookmarks, or bookmark a section",
        "runtall bookmark hunching",
        "choices:bookmark",
        (
            _takes("section", metavar="SECTION", nargs="?", help="an id, a title, or its words"),
            _takes("--remove", action="store_true", help="take its bookmark away"),
        ),
    ),
    Command(
        "theme",
        "name the theme of the handbook, or choose another",
        "runtall theme runtall-light",
        "choices:theme",
        (_takes("theme", metavar="NAME", nargs="?", help="a name; without one, all are listed"),),
    ),
    Command(
        "log",
        "keep runs from a watch's files: Strava's activities.csv, TCX, GPX, FIT, .zip and .gz",
        "runtall log export.zip",
        "log:log",
        (_takes("file", metavar="FILE", nargs="+", help="a file or a folder"), _JSON),
    ),
    Command(
        "brief",
        "one line for a prompt: ticks of the main list, soreness noted last, an experiment's today",
        "runtall brief",
        "glance:brief",
        (
            _takes("--keep", action="store_true", help="keep it in a file that prompts can read"),
            _takes("--stop", action="store_true", help="keep it in no file any more"),
            _YES,
        ),
    ),
    Command(
        "due",
        "one line while the morning after a run is to be noted, with exit code 1; else nothing",
        "runtall due",
        "glance:due",
    ),
    Command(
        "export",
        "everything personal as JSON, to a file or standard output",
        "runtall export diary.json",
        "transfer:export",
        (_takes("file", nargs="?", metavar="FILE", help="a file that only you may read"), _YES),
    ),
    Command(
        "import",
        "merge an export into the diary; doing it again changes nothing",
        "runtall import diary.json",
        "transfer:import_",
        (_takes("file", metavar="FILE", help="an export; - reads standard input"),),
    ),
    Command(
        "sync",
        "merge the diaries of several devices through a folder that something else carries",
        "runtall sync ~/Sync/runtall",
        "sync:sync",
        (
            _takes("folder", metavar="DIR", nargs="?", help="the folder; else that of last time"),
            _takes("--stop", action="store_true", help="do not sync by itself any more"),
        ),
    ),
    Command(
        "restore",
        "what the second copy and damaged files hold; merge it, after asking",
        "runtall restore",
        "transfer:restore",
        (_YES,),
    ),
    Command(
        "erase",
        "remove everything personal, after asking",
        "runtall erase --yes",
        "transfer:erase",
        (_YES,),
    ),
    Command("keys", "list the keys", "runtall keys --json", "info:keys", (_JSON,)),
    Command(
        "doctor",
        "what was found out about this terminal, and where files are",
        "runtall doctor",
        "info:doctor",
        (
            _takes(
                "--seen", action="store_true", help="do not say again what happened to the data"
            ),
            _JSON,
        ),
    ),
    Command(
        "completion",
        "a script for the shell that completes commands, options and ids",
        'eval "$(runtall completion bash)"',
        "completion:completion",
        (
            _takes(
                "shell", choices=("bash", "zsh", "fish"), metavar="SHELL", help="bash, zsh or fish"
            ),
        ),
    ),
    Command(
        "help",
        "how to use a command; without one, all commands and options",
        "runtall help finish",
        "parsing:write_help",
        (
            _takes("topic", metavar="COMMAND", nargs="?", help="a command"),
            _takes("--man", action="store_true", help="all of it as a page for man"),
        ),
    ),
)
_BOOK_HELP = "a book to read instead of ours: a folder with book.toml or SUMMARY.md"
OPTIONS: tuple[tuple[str, dict[str, object]], ...] = (
    _takes("--book", metavar="DIR", type=Path, help=f"{_BOOK_HELP} ($RUNTALL_BOOK)"),
    _takes("--data", metavar="DIR", type=Path, help="where the diary is kept ($RUNTALL_DATA)"),
    _takes("--private", action="store_true", help="read and write nothing personal"),
    _takes("--keys", metavar="FILE", type=Path, help="a file that changes keys ($RUNTALL_KEYS)"),
    _takes("--ascii", dest="ascii", action="store_true", help="show ASCII only"),
    _takes("--unicode", dest="ascii", action="store_false", help="show any character"),
    _takes("--color", choices=("auto", "never", "always"), help="when to send colors"),
    _takes("--mouse", dest="mouse", action="store_true", help="use the mouse"),
    _takes("--no-mouse", dest="mouse", action="store_false", help="leave the mouse alone"),
    _takes("--kiosk", action="store_true", help="let nothing lead out: for a shared account"),
    _takes("--linear", action="store_true", help="in lines, for a screen reader ($ACCESSIBLE)"),
    _takes("--driver", choices=("thin", "full"), help="how the screen is sent"),
)


def options_of(commands: Iterable[Command]) -> tuple[str, ...]:
    """The options of some commands, and those of every command."""
    takes = [each for command in commands for each in command.takes]
    flags = " ".join(names for names, _ in (*takes, *OPTIONS))
    return tuple(each for each in flags.split() if each.startswith("-"))
