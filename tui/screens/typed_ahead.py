"""Keys that come before the screen stands that they are meant for, as over a slow link."""

from __future__ import annotations

from collections.abc import Collection

from textual.events import Key
from textual.screen import Screen

OPENING = ("search", "palette", "self-check", "body-map", "diary", "red-flags")
"""The keys, by their ids, after which the next ones are meant for another screen."""


class TypedAhead:
    """Holds the keys that follow one of these, and hands them on to the screen that it opened.

    A key goes from the app down to the widget that has the keys, and back up to the app for its
    binding. What was typed right after it is on its way down by then, to the wrong screen.
    """

    def __init__(self, screen: Screen[None], opening: Collection[str]) -> None:
        self._screen = screen
        self._opening = frozenset(opening)
        self._held: list[Key] | None = None

    def meet(self, event: Key) -> None:
        """Look at a key on its way up through the screen, and hold it if another came first."""
        if self._held is not None:
            event.stop()
            self._held.append(event)
        elif self._opening & {event.key, event.character}:
            self._held = []
            # Only after this key has gone up to the app, and the app has done what it means.
            self._screen.call_later(lambda: self._screen.app.call_later(self._hand_on))

    def _hand_on(self) -> None:
        held, self._held = self._held or [], None
        screen = self._screen.app.screen
        for event in held:
            event.stop(False)
            (screen.focused or screen).post_message(event)
