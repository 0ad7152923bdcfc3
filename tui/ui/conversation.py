"""Asking a reader one thing after another: a generator yields screens and is sent their answers."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, TypeVar

from textual.app import App
from textual.screen import Screen

T = TypeVar("T")
Conversation = Generator[Screen[Any], Any, T]
"""Yields the screens to show, is sent what each was answered, and returns what came of it."""


def ask(screen: Screen[T]) -> Conversation[T | None]:
    """Show a screen and wait for what it is answered; to be called with `yield from`."""
    answer: T | None = yield screen
    return answer


def converse(
    app: App[Any], conversation: Conversation[T], then: Callable[[T], object], answer: object = None
) -> None:
    """Show the screens of a conversation, one after the other; at its end, pass on what came of it.

    No task runs meanwhile: a screen is pushed by the message that called for it, so that keys typed
    ahead find it there.
    """
    try:
        screen = conversation.send(answer)
    except StopIteration as end:
        then(end.value)
    else:
        app.push_screen(screen, lambda given: converse(app, conversation, then, given))
