"""The words after `runtall` → what was asked for."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, NoReturn

from ..version import VERSION
from .arguments import COMMANDS, OPTIONS, Command, options_of
from .context import Context, UsageError, is_accessible
from .output import writing

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_COLUMNS = re.compile(r"^ +(\S.*?)  +(\S.*)$", re.MULTILINE)
"""An argument and its meaning, as help has them in columns."""
_NO_END = 10_000
"""A width that no line reaches."""
_ELSEWHERE = "Options of every command, such as --data and --ascii: runtall help"


class _UnfitError(Exception):
    """The words do not fit: why, as argparse says it, and the command whose help says more."""


class _Parser(argparse.ArgumentParser):
    linear = False
    """Whether help is for the ear."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing several lines and leaving."""
        raise _UnfitError(message, self.prog)

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Write help or version, as argparse does, but without passing over a full disk."""
        if file is not None:
            with writing():
                file.write(_COLUMNS.sub(r"\1: \2", message) if self.linear else message)


class _LinearParser(_Parser):
    linear = True


def write_help(context: Context) -> int:
    """Write how a command is used, or all commands and options."""
    if context.option("man"):
        from .manual import manual  # noqa: PLC0415 - made when the program is built

        context.output.write_bytes(manual().encode())
        return 0
    topic: str | None = context.option("topic")
    if topic is not None and topic not in (each.name for each in COMMANDS):
        from .slips import meant  # noqa: PLC0415 - as the module says

        known = meant(topic, (each.name for each in COMMANDS))
        raise UsageError(f"there is no command {topic!r}{known}; `runtall help` lists them")
    with suppress(SystemExit):
        parser = _parser(COMMANDS, linear=context.linear)
        parser.parse_args([topic, "--help"] if topic else ["--help"], SimpleNamespace())
    return 0


def parse(words: Sequence[str]) -> SimpleNamespace:
    """What was asked for; options may stand before or after the command.

    Raises:
        UsageError: the words make no command.
        SystemExit: `--help` or `--version` was printed.
    """
    # To make a parser for every command takes longer than most commands do.
    named = [command for command in COMMANDS if command.name in words]
    if not {"-h", "--help"}.intersection(words):
        with suppress(_UnfitError):
            return _parser(named).parse_args(words, SimpleNamespace())
    linear = "--linear" in words or is_accessible(os.environ)
    try:
        return _parser(COMMANDS, linear=linear).parse_args(words, SimpleNamespace())
    except _UnfitError as unfit:
        from .slips import explained  # noqa: PLC0415 - as the module says

        message, command = unfit.args
        said = explained(message, words, options_of(named), _takers())
        raise UsageError(f"{said}; `{command} --help` shows how") from None


def _takers() -> dict[str, list[str]]:
    """Every option, with the commands that take it; those of every command have none."""
    takers: dict[str, list[str]] = {each: [] for each in ("--help", "--version", *options_of(()))}
    for command in COMMANDS:
        for names, _ in command.takes:
            if names.startswith("-"):
                takers.setdefault(names, []).append(command.name)
    return takers


def _parser(known: Sequence[Command], *, linear: bool = False) -> _Parser:
    """A parser for some commands.

    Args:
        known: The commands.
        linear: Whether its help has no columns, each argument being one line.
    """
    parser_class = _LinearParser if linear else _Parser
    shape = argparse.RawDescriptionHelpFormatter
    one_line = partial(shape, width=_NO_END, max_help_position=_NO_END)
    parser = parser_class(
        prog="runtall",
        description="Run Tall: an offline handbook in the terminal for runners whose upper back gets sore.",
        epilog="Without a command, the handbook opens where you left it.",
        allow_abbrev=False,
        formatter_class=one_line if linear else argparse.HelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"runtall {VERSION}")
    _add(parser, OPTIONS)
    commands = parser.add_subparsers(metavar="COMMAND", dest="command", parser_class=parser_class)
    for command in known:
        added = commands.add_parser(
            command.name,
            help=command.does,
            description=f"{command.does[0].upper()}{command.does[1:]}.",
            epilog=f"Example: {command.example}\n\n{_ELSEWHERE}",
            allow_abbrev=False,
            formatter_class=one_line if linear else shape,
        )
        added.set_defaults(run=command.run)
        _add(added, command.takes)
        _add(added, ((flags, {**each, "help": argparse.SUPPRESS}) for flags, each in OPTIONS))
    return parser


def _add(
    parser: argparse.ArgumentParser | argparse._ArgumentGroup,
    arguments: Iterable[tuple[str, dict[str, object]]],
) -> None:
    """Add arguments without defaults, so that one given before the command is kept after it."""
    for flags, settings in arguments:
        default = {"default": argparse.SUPPRESS} if flags.startswith("--") else {}
        parser.add_argument(*flags.split(), **default, **settings)  # type: ignore[arg-type]
