"""`completion`: a script that completes commands, options and the ids of the book; it asks nothing later."""

from __future__ import annotations

from collections.abc import Iterable
from shlex import quote

from ..session.checklists import ChecklistDesk
from .arguments import COMMANDS, Command, options_of
from .context import Context

_BASH = """\
# Completion of runtall for bash: eval "$(runtall completion bash)"
_runtall() {
    local word=${COMP_WORDS[COMP_CWORD]} command= each
    for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        [[ $each == -* ]] || { command=$each; break; }
    done
    local words
    case $command in
%s
    *) words=%s ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _runtall runtall"""


def completion(context: Context) -> int:
    """Write the script for a shell."""
    desk = ChecklistDesk(context.handbook, context.pages, context.diary)
    ids = {
        "SECTION": [each.id for each in context.handbook.sections],
        "LIST": list(desk.list_ids),
        "ITEM": [item.id for each in desk.lists for item in each.items],
        "COMMAND": [command.name for command in COMMANDS],
    }
    cases = "\n".join(
        f"    {command.name}) words={quote(' '.join(_words(command, ids)))} ;;"
        for command in COMMANDS
    )
    first = " ".join((*ids["COMMAND"], *options_of(())))
    context.output.write_bytes((_BASH % (cases, quote(first)) + "\n").encode())
    return 0


def _words(command: Command, ids: dict[str, list[str]]) -> Iterable[str]:
    """What may follow a command: its choices, the ids it takes, its options."""
    for _, settings in command.takes:
        choices = settings.get("choices")
        yield from choices if isinstance(choices, tuple) else ()
        yield from ids.get(str(settings.get("metavar")).partition("|")[0], ())
    yield from options_of((command,))
