"""Loading, while nobody types, what a session must have though the program be replaced under it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import Any

from textual.app import App

from ..handbook.loading import Pages
from ..handbook.model import Handbook

IDLE = 1.0
"""Seconds without a key after which there is time."""
BETWEEN = 0.05
"""Seconds between two steps, in which a key comes first."""
MODULES = (
    *("screens.red_flags", "controllers.excursions", "widgets.checklist_view"),
    *("controllers.checklist", "screens.help"),
)
"""The red flags, the checklist and the help, the most needed first; of the rest it is said later."""
_STYLES = Path(__file__).parent / "screens" / "answering.tcss"


class SpareTime:
    """Does one step after another, each of a few milliseconds, once no key has come for a while."""

    def __init__(self, app: App[Any], handbook: Handbook, pages: Pages) -> None:
        self._app = app
        self._steps = _steps(app, handbook, pages)
        self._last_key = 0.0

    def begin(self) -> None:
        """Wait for the first second without a key."""
        self._app.set_timer(IDLE, self._go_on)

    def key_came(self) -> None:
        """Let the reader go first."""
        self._last_key = monotonic()

    def _go_on(self) -> None:
        if monotonic() - self._last_key < IDLE:
            self.begin()
        elif step := next(self._steps, None):
            step()
            self._app.set_timer(BETWEEN, self._go_on)


def _steps(app: App[Any], handbook: Handbook, pages: Pages) -> Iterator[Callable[[], object]]:
    for role in (handbook.roles.red_flags, handbook.roles.checklist):
        if (section := handbook.get(role)) is not None:
            yield lambda section=section: pages.or_explanation(section)  # type: ignore[misc]
    for module in MODULES:
        yield lambda module=module: import_module(f".{module}", __package__)  # type: ignore[misc]
    if not app.stylesheet.has_source(str(_STYLES)):
        yield lambda: app.stylesheet.read(_STYLES)
        yield app.stylesheet.parse
