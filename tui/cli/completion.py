"""`completion`: a script that completes commands, options and the ids of the book; it asks nothing later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from shlex import quote

from ..handbook.model import DOABLE
from ..session.checklists import ChecklistDesk
from .arguments import COMMANDS, Command, options_of
from .context import Context

_BASH = """\
# Completion of runtall for bash: eval "$(runtall completion bash)"
_runtall() {
    local word=${COMP_WORDS[COMP_CWORD]} command= each
    for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        [[ $each == @(%s) ]] && { command=$each; break; }
    done
    COMPREPLY=() # then bash offers files
    [[ ${COMP_WORDS[COMP_CWORD-1]} == --@(%s) ]] && return
    local words
    case $command in
%s
    *) words=%s ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _runtall runtall"""


_ZSH = """\
# Completion of runtall for zsh: eval "$(runtall completion zsh)"
_runtall() {
    local command= each
    for each in ${words[2,CURRENT-1]}; do
        [[ $each == (%s) ]] && { command=$each; break; }
    done
    if [[ ${words[CURRENT-1]} == --(%s) ]]; then _files; return; fi
    case $command in
%s
    *) compadd -- %s ;;
    esac
    if [[ $command == (log|import|export|sync) ]]; then _files; fi
}
compdef _runtall runtall"""

_FISH = """\
# Completion of runtall for fish: runtall completion fish | source
complete -c runtall -n __fish_use_subcommand -f -a %s
%s"""


_OF_FILES = ("book", "data", "keys")
"""The options behind which a file or a folder stands."""


def completion(context: Context) -> int:
    """Write the script for a shell."""
    script = _SCRIPTS[context.arguments.shell](_offered(context))
    context.output.write_bytes(f"{script}\n".encode())
    return 0


def _offered(context: Context) -> Mapping[str, Sequence[str]]:
    """What may follow each command; under no name, what stands first."""
    desk = ChecklistDesk(context.handbook, context.pages, context.diary)
    doable = [each.id for each in context.handbook.sections if each.kind in DOABLE]
    ids = {
        "SECTION": [each.id for each in context.handbook.sections],
        "LIST": list(desk.list_ids),
        "ITEM": [item.id for each in desk.lists for item in each.items],
        "COMMAND": [command.name for command in COMMANDS],
        "ROUTINE": doable,
    }
    offered = {command.name: list(_words(command, ids)) for command in COMMANDS}
    return {**offered, "": [*ids["COMMAND"], *options_of(())]}


def _bash(offered: Mapping[str, Sequence[str]]) -> str:
    cases = "\n".join(
        f"    {name}) words={quote(' '.join(words))} ;;" for name, words in offered.items() if name
    )
    return _BASH % (_commands(offered), "|".join(_OF_FILES), cases, quote(" ".join(offered[""])))


def _zsh(offered: Mapping[str, Sequence[str]]) -> str:
    cases = "\n".join(
        f"    {name}) compadd -- {' '.join(map(quote, words))} ;;"
        for name, words in offered.items()
        if name
    )
    return _ZSH % (
        _commands(offered),
        "|".join(_OF_FILES),
        cases,
        " ".join(map(quote, offered[""])),
    )


def _file(option: str) -> str:
    """What tells fish that a file or a folder follows an option."""
    return " -r -F" if option in _OF_FILES else ""


def _commands(offered: Mapping[str, Sequence[str]]) -> str:
    """The pattern of a word that is a command, and no value of an option before it."""
    return "|".join(name for name in offered if name)


def _fish(offered: Mapping[str, Sequence[str]]) -> str:
    lines = []
    for name, words in offered.items():
        where = f"-n '__fish_seen_subcommand_from {name}'" if name else ""
        plain = [each for each in words if not each.startswith("-")]
        if name and plain:
            lines.append(f"complete -c runtall {where} -a {quote(' '.join(plain))}")
        options = (each.lstrip("-") for each in words if each.startswith("--"))
        lines += [f"complete -c runtall {where} -l {each}{_file(each)}" for each in options]
    return _FISH % (
        quote(" ".join(each for each in offered[""] if each[0] != "-")),
        "\n".join(lines),
    )


_SCRIPTS: Mapping[str, Callable[[Mapping[str, Sequence[str]]], str]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
}


def _words(command: Command, ids: dict[str, list[str]]) -> Iterable[str]:
    """What may follow a command: its choices, the ids it takes, its options."""
    for names, settings in command.takes:
        choices = settings.get("choices")
        yield from choices if isinstance(choices, tuple) else ()
        yield from ids.get(str(settings.get("metavar")).partition("|")[0], ())
        yield from ids["ROUTINE"] if names == "routine" else ()
    yield from options_of((command,))
