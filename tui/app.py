"""The app: it joins the handbook, the keys and the terminal to the reading screen, and no more."""

from __future__ import annotations

import gc
from dataclasses import replace
from time import monotonic

from textual.screen import Screen

from .handbook.loading import Pages
from .handbook.model import Handbook
from .keys import Key, changes
from .screens.reading import ReadingScreen
from .terminal.capabilities import Capabilities
from .terminal.driver import ThinDriver
from .terminal.grid import Abilities
from .terminal.guarded_driver import Guarded
from .terminal.guarding import GuardedApp
from .themes import ANSI_VARIABLES, DARK, LIGHT, ORDER
from .trail import Place
from .visit import Visit
from .widgets.bindings import bindings

INTERRUPT_WITHIN = 3.0
"""Seconds in which Ctrl+C, pressed again, quits."""


class RunTall(GuardedApp[None], inherit_bindings=False):
    """The handbook on the screen."""

    TITLE = "Run Tall"
    CSS_PATH = "app.tcss"
    BINDINGS = bindings("theme", "mouse", "redraw", "suspend", "interrupt")
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (24, "-narrow"), (70, "-wide")]  # noqa: RUF012 - Textual declares it so
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (6, "-high")]  # noqa: RUF012 - likewise

    def __init__(
        self,
        handbook: Handbook,
        pages: Pages,
        keys: tuple[Key, ...],
        capabilities: Capabilities,
        visit: Visit,
        *,
        place: Place | None = None,
    ) -> None:
        super().__init__(driver_class=_driver_class(capabilities))
        self._handbook = handbook
        self._pages = pages
        self._keys = keys
        self._visit = visit
        self._place = place
        self._interrupted = -INTERRUPT_WITHIN
        self.animation_level = "none"
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = visit.theme if visit.theme in ORDER else capabilities.theme.value
        self.set_keymap(changes(keys))

    def get_default_screen(self) -> Screen[None]:
        """The reading screen."""
        return ReadingScreen(self._handbook, self._pages, self._keys, self._visit, self._place)

    def on_ready(self) -> None:
        """Collect garbage from now on, but not among what the start has made."""
        gc.freeze()
        gc.enable()

    def before_leaving(self) -> None:
        """Save where the reader is, however the handbook is left."""
        for screen in self.screen_stack:
            if isinstance(screen, ReadingScreen):
                screen.save_place()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What the style sheet needs and Textual's own themes do not have."""
        return ANSI_VARIABLES

    def action_theme(self) -> None:
        """Go on to the next theme."""
        at = ORDER.index(self.theme) if self.theme in ORDER else -1
        self.theme = ORDER[(at + 1) % len(ORDER)]
        self._visit.keep_theme(self.theme)

    def action_mouse(self) -> None:
        """Turn the mouse on or off."""
        driver = self.guarded_driver
        if driver is not None:
            driver.set_mouse(not driver.mouse_is_on)

    def action_redraw(self) -> None:
        """Draw the whole screen anew, whatever another program wrote on it."""
        driver = self._driver
        if isinstance(driver, ThinDriver):
            driver.repaint()
        self.refresh(layout=True)

    def action_interrupt(self) -> None:
        """Say how to quit; pressed again soon, quit."""
        now = monotonic()
        if now - self._interrupted < INTERRUPT_WITHIN:
            self.exit()
            return
        self._interrupted = now
        for screen in self.screen_stack:
            if isinstance(screen, ReadingScreen):
                screen.say("Ctrl+C again quits")

    def action_suspend(self) -> None:
        """Give the terminal back to the shell until `fg`."""
        self.action_suspend_process()


def _driver_class(capabilities: Capabilities) -> type[Guarded]:
    abilities = Abilities(
        color=capabilities.color.value,
        color_erase=capabilities.color_erase.value,
        compare=capabilities.driver.value == "thin",
    )
    if not capabilities.unicode.value:
        from .terminal.folding import fold  # noqa: PLC0415 - only ASCII terminals need it

        abilities = replace(abilities, fold=fold)
    thin = ThinDriver.configured(abilities)

    class HandbookDriver(Guarded, thin):  # type: ignore[valid-type,misc]
        """Survives what terminals do, and sends only what changed."""

    return HandbookDriver
