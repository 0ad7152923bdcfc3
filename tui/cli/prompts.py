"""Asking line by line, beside the answers: on standard error, so that answers can be piped on."""

from __future__ import annotations

import sys
from collections.abc import Callable

from .context import Context
from .output import write_message


def ask(context: Context, question: str) -> str | None:
    """What the reader writes on one line; None at the end of input."""
    context.output.flush()
    _say(context, question, end=" ")
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line.endswith("\n"):
        _say(context, "")
    return line.strip() if line else None


def ask_until(context: Context, question: str, why_not: Callable[[str], str]) -> str | None:
    """As `ask`, again and again until nothing is wrong with the answer."""
    while (answer := ask(context, question)) is not None:
        wrong = why_not(answer)
        if not wrong:
            return answer
        _say(context, wrong)
    return None


def remark(context: Context, line: str) -> None:
    """Say something beside the answer, as errors are said."""
    context.output.flush()
    _say(context, f"runtall: {line}")


def on_a_terminal() -> bool:
    """Whether somebody is there to be asked: input and standard error are terminals."""
    return all(each is not None and each.isatty() for each in (sys.stdin, sys.stderr))


def _say(context: Context, text: str, end: str = "\n") -> None:
    write_message(text, ascii_only=context.output.ascii, end=end)
