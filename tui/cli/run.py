"""Running what the words after `runtall` ask for, and turning errors into one line and a code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import TextIO

from ..handbook.errors import AmbiguousNameError, HandbookError, UnknownNameError
from ..keys import KeysError
from ..layout.wrapping import MEASURE
from ..terminal.capabilities import Options, detect_here
from .context import Context, UsageError
from .kiosk import hold
from .main import not_whole
from .output import Output, OutputError, write_message, writing
from .repeated import shared_defaults

NOT_FOUND, BAD_INPUT, NOT_SAVED, INTERRUPTED = 1, 2, 3, 130
"""Exit codes; a bug of ours is 70, an end by a signal 128 and its number."""

_QUIET = ("brief", "due")
"""Commands whose answer is a line for a prompt, with nothing beside it."""


def run(words: Sequence[str]) -> int:
    """Run the command that the words make, and say in the exit code how it went."""
    return guarded(lambda: _run(words))


def guarded(do: Callable[[], int]) -> int:
    """Do something, and turn what it raises into one line; return the exit code."""
    try:
        return do()
    except (UnknownNameError, AmbiguousNameError) as error:
        return _fail(NOT_FOUND, error)
    except (UsageError, KeysError, HandbookError) as error:
        return _fail(BAD_INPUT, error)
    except (BrokenPipeError, OutputError) as error:
        return _leave_output(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the one place that turns a bug into a clean exit
        return _of_the_diary(error) or _report(error)


def _run(words: Sequence[str]) -> int:
    try:
        arguments = _asked_for(words)
        hold(arguments, os.environ)
        if shared := shared_defaults():
            from .defaults import apply_defaults  # noqa: PLC0415 - few machines have some

            apply_defaults(Path(shared), arguments, os.environ)
        context = _context(arguments)
        try:
            return _answer(context)
        finally:
            _leave_diary(context)
    except SystemExit as left:
        return int(left.code or 0)
    finally:
        if sys.stdout is not None:
            with writing():
                sys.stdout.flush()


def _answer(context: Context) -> int:
    """Run the function that answers; each command loads its own code, and only the handbook Textual."""
    run = context.option("run") or "reading:how_to_read"
    if context.linear:
        run = _in_lines(context) or run
    elif context.capabilities.interactive.value:
        run = _on_screen(context) or run
    module, _, function = run.partition(":")
    code: int = getattr(import_module(f".{module}", __package__), function)(context)
    return code


def _on_screen(context: Context) -> str:
    """What opens the handbook for this command, where a terminal is there to show it; else nothing."""
    command = context.option("command")
    if command in (None, "open"):
        return "launch:open_handbook"
    in_lines = any(context.option(each) for each in ("plain", "dry_run", "json"))
    guided = command == "routine" and context.option("routine") and not in_lines
    return "launch:open_routine" if guided else ""


def _in_lines(context: Context) -> str:
    """What opens the handbook in lines, where that is asked for, or a terminal is there for it."""
    there = all(each is not None and each.isatty() for each in (sys.stdin, sys.stdout))
    opens = context.option("command") in (None, "open")
    return "linear:open_lines" if opens and (there or context.option("linear")) else ""


def _leave_diary(context: Context) -> None:
    """Close the diary, and say beside the answer what happened to it and was not dismissed."""
    if "diary" in vars(context):
        context.diary.close()
    if "closed_diary" in vars(context) and context.option("command") not in _QUIET:
        context.output.flush()
        for line in context.closed_diary.notices():
            write_message(f"runtall: {line}", ascii_only=context.output.ascii)


def _asked_for(words: Sequence[str]) -> SimpleNamespace:
    if not words:
        return SimpleNamespace()
    from .parsing import parse  # noqa: PLC0415 - the handbook opens without a word

    return parse(words)


def _context(arguments: SimpleNamespace) -> Context:
    options = Options(
        ascii=getattr(arguments, "ascii", None),
        color=getattr(arguments, "color", "auto"),
        mouse=getattr(arguments, "mouse", None),
        driver=getattr(arguments, "driver", "thin"),
        kiosk=getattr(arguments, "kiosk", False),
    )
    found = detect_here(options)
    stream: TextIO | None = sys.stdout
    tty = stream is not None and stream.isatty()
    context = Context(arguments, os.environ, found, Output(io.BytesIO()))
    output = Output(
        stream.buffer if stream is not None else io.BytesIO(),
        columns=found.size.value[0] if tty else MEASURE,
        styled=not context.linear
        and ((tty and os.environ.get("TERM", "") not in ("", "dumb")) or options.color == "always"),
        ascii=not found.unicode.value,
        spoken=context.linear,
    )
    context.output = output
    return context


def _fail(code: int, error: Exception) -> int:
    if os.environ.get("RUNTALL_DEBUG") == "1":
        raise error
    ascii_only = not detect_here(Options()).unicode.value
    write_message(f"runtall: {error}", ascii_only=ascii_only)
    return code


def _of_the_diary(error: Exception) -> int | None:
    """The exit code for an error of the diary, once it is said; None for any other error."""
    from ..diary import errors  # noqa: PLC0415 - most commands open no diary

    if not isinstance(error, errors.DiaryError):
        return None
    code = NOT_SAVED
    if isinstance(error, errors.NoSuchRun | errors.AmbiguousRun | errors.NoSuchItem):
        code = NOT_FOUND
    elif isinstance(error, errors.BadImport | errors.NotKept | errors.TooLong):
        code = BAD_INPUT
    return _fail(code, error)


def _leave_output(error: BrokenPipeError | OutputError) -> int:
    """Write no more to standard output, which Python would report at exit; a reader gone is no error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 0 if isinstance(error, BrokenPipeError) else _fail(NOT_SAVED, error)


def _report(error: Exception) -> int:
    if isinstance(error, ImportError | SyntaxError):
        return not_whole(error)
    if os.environ.get("RUNTALL_DEBUG") == "1":
        raise error
    from ..terminal.bug_report import report_bug, report_folder  # noqa: PLC0415 - a bug is rare

    return report_bug(error, report_folder())
