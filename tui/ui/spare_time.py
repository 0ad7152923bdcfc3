"""Loading, while nobody types, what a session must have though the program be replaced under it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ..handbook.loading import Pages
from ..handbook.model import Handbook
from ..terminal.lifecycle import SafeApp

IDLE = 1.0
"""Seconds without a key after which there is time."""
BETWEEN = 0.05
"""Seconds between two steps, in which a key comes first."""
_STYLES = Path(__file__).parent / "screens" / "dialogs.tcss"


class SpareTime:
    """Does one step after another, each of a few milliseconds, once no key has come for a while."""

    def __init__(
        self,
        app: SafeApp[Any],
        handbook: Handbook,
        pages: Pages,
        idle: Callable[[], float],
    ) -> None:
        """Load for an app; `idle` says for how many seconds no key has come."""
        self._app = app
        self._steps = _steps(app, handbook, pages)
        self._idle = idle

    def begin(self) -> None:
        """Wait for the first second without a key."""
        self._app.set_timer(IDLE, self._go_on)

    def _go_on(self) -> None:
        if self._idle() < IDLE:
            self.begin()
        elif not self._app.was_replaced and next(self._steps, False):
            self._app.set_timer(BETWEEN, self._go_on)


def _steps(app: SafeApp[Any], handbook: Handbook, pages: Pages) -> Iterator[bool]:
    """Load the red flags, then the checklist, then help; of the rest it is said that it is gone."""
    for role in (handbook.roles.red_flags, handbook.roles.checklist):
        if (section := handbook.get(role)) is not None:
            pages.or_explanation(section)
            yield True
    from .controllers import side_screens  # noqa: F401, PLC0415 - what this is all about

    yield True
    if not app.stylesheet.has_source(str(_STYLES)):
        app.stylesheet.read(_STYLES)
        app.stylesheet.parse()
        yield True
    from .widgets import checklist  # noqa: F401, PLC0415 - likewise

    yield True
    from .controllers import checklist as flow  # noqa: F401, PLC0415 - likewise

    yield True
    from .screens import help as help_screen  # noqa: F401, PLC0415 - likewise
