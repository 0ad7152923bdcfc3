"""What was probably meant by words that make no command; loaded only where some do not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

_CHOICE = re.compile(r"argument (.+?): invalid choice: '(.*)' \(choose from (.*)\)", re.DOTALL)


def explained(
    message: str, words: Sequence[str], options: Iterable[str], takers: Mapping[str, Sequence[str]]
) -> str:
    """What is wrong with the words, and what was meant where that can be told.

    Args:
        message: As argparse has it.
        words: All that were given.
        options: Those that could stand among the words.
        takers: Every option, with the commands that take it.
    """
    unknown = _unknown_option(words, takers)
    if unknown and "invalid choice" in message:
        return _about_option(unknown, options, takers)  # its value was taken for a command
    option = re.match(r"unrecognized arguments: .*?(?<!\S)(--?[^ =]+)", message, re.DOTALL)
    if option:
        return _about_option(option[1], options, takers)
    choice = _CHOICE.fullmatch(message)
    if choice is None:
        return message.removeprefix("argument ")
    name, word, listed = choice.groups()
    known = re.findall(r"[\w-]+", listed)
    if name == "COMMAND":
        return f"there is no command {word!r}{meant(word, known)}"
    name = "" if "|" in name else f"{name} "
    return f"{name}{word!r}: choose one of {', '.join(known)}"


def meant(word: str, known: Iterable[str]) -> str:
    """The nearest of what is known, as a question; nothing where none is near."""
    near = get_close_matches(word, list(known), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _unknown_option(words: Sequence[str], takers: Mapping[str, Sequence[str]]) -> str:
    """The first option before `--` that no command takes."""
    end = words.index("--") if "--" in words else len(words)
    names = (each.partition("=")[0] for each in words[:end] if each.startswith("--"))
    return next((each for each in names if each not in takers), "")


def _about_option(option: str, own: Iterable[str], takers: Mapping[str, Sequence[str]]) -> str:
    """That there is no such option here, with the nearest one, be it another command's."""
    name = option.lstrip("-")
    for known in (own, takers):
        by_name = {each.lstrip("-"): each for each in known if each.startswith("--")}
        near = get_close_matches(name, by_name, n=2 if known is own else 1, cutoff=0.6)
        if near:
            break
    said = f"there is no option {option}"
    if option in takers:
        return f"{said} here; {_and(takers[option])} takes it"
    if not near:
        return said
    found = [by_name[each] for each in near]
    goes_with = "" if known is own else f" It goes with {_and(takers[found[0]])}."
    return f"{said}; did you mean {' or '.join(found)}?{goes_with}".rstrip(".")


def _and(commands: Sequence[str]) -> str:
    return " or ".join(f"`{each}`" for each in commands[:2])
