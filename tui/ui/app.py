"""The app: it joins the handbook, the keys and the terminal to the reading screen, and no more."""

from __future__ import annotations

from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING

from textual import events, on
from textual.screen import Screen
from textual.theme import Theme
from textual.widgets import Input

from ..handbook.loading import Pages
from ..handbook.model import Handbook
from ..keys import Key, changes, names_of
from ..session.history import Place
from ..session.reading_state import KeptReading, ReadingState
from ..terminal.capabilities import Capabilities
from ..terminal.grid import Abilities
from ..terminal.lifecycle import SafeApp
from ..terminal.startup import collect_from_now_on
from ..terminal.textual_private import driver_of, keep_bare
from ..terminal.thin_driver import ThinDriver
from .controllers.responses import CopyText, Response, Say
from .conversation import converse
from .key_queue import KeyQueue
from .messages import AddressFollowed, CopyRequested, FindRequested, HelpRequested, SearchRequested
from .screens.reading import ReadingScreen
from .spare_time import SpareTime
from .themes import ANSI_VARIABLES, ORDER, THEMES
from .widgets.bindings import bindings
from .widgets.reader import Reader
from .widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from .controllers.clipboard import ClipboardController

INTERRUPT_WITHIN = 3.0
"""Seconds in which Ctrl+C, pressed again, quits."""
NEVER_WAIT = ("red-flags", "interrupt", "suspend", "redraw")
"""The keys that wait for nothing, whatever was typed before them."""
LOAD_AGAIN_AFTER = 1.0
"""Seconds between two tries to read what is kept of this book, while another program keeps us from it."""


class RunTall(SafeApp[None], inherit_bindings=False):
    """The handbook on the screen."""

    TITLE = "Run Tall"
    CSS_PATH = "app.tcss"
    BINDINGS = [  # noqa: RUF012 - Textual's own way to declare them
        *bindings("theme", "mouse", "copy-paragraph"),
        *bindings("redraw", "suspend", "interrupt", priority=True),
    ]
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        *(
            (0, "-tiny"),
            (24, "-narrow"),
            (70, "-wide"),
            (100, "-broad"),
            (132, "-roomy"),
            (168, "-vast"),
        ),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (6, "-high")]  # noqa: RUF012 - likewise

    def __init__(
        self,
        handbook: Handbook,
        pages: Pages,
        keys: tuple[Key, ...],
        capabilities: Capabilities,
        visit: ReadingState,
        *,
        place: Place | None = None,
        action: str = "",
    ) -> None:
        self.hurried = False
        """Whether the reader left with Ctrl+C, and waits for nothing."""
        self.not_done = ""
        """Says which keys still waited for a list when the reader left; empty where none did."""
        if visit.thread.is_soon_done(visit.loaded):
            visit.take_up()
        # Before anything else: a theme chosen later has the style sheet read twice.
        self.set_reactive(RunTall.theme, _theme(visit.theme, capabilities))
        super().__init__(driver_class=_driver_class(capabilities))
        # Nothing here has a tooltip or a toast, and each screen would carry two widgets for them.
        keep_bare(self)
        self._handbook = handbook
        self._pages = pages
        self._keys = keys
        self._visit = visit
        self._place, self._action = place, action
        self._capabilities = capabilities
        self._interrupted = -INTERRUPT_WITHIN
        passing = names_of(key for key in keys if key.id in NEVER_WAIT)
        self.key_queue = KeyQueue(self, super().on_event, self._send_frame, passing)
        """What was typed and is still to be sent."""
        self._last_key = 0.0
        self._spare_time = SpareTime(self, handbook, pages, lambda: monotonic() - self._last_key)
        self.animation_level = "none"
        self.set_keymap(changes(keys))

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Our themes, by their names."""
        return THEMES

    def get_default_screen(self) -> Screen[None]:
        """The reading screen, for a window of this size: Textual sees to that after a first frame."""
        screen = ReadingScreen(
            self._handbook, self._pages, self._keys, self._visit, self._place, action=self._action
        )
        screen.update_classes(self._classes_of_size(), update=False)
        return screen

    def on_load(self) -> None:
        """Be there for what the diary's thread has done."""
        self._visit.thread.deliver = self.call_later

    def on_ready(self) -> None:
        """The start is over: what else is needed comes while nobody types."""
        if not self._visit.is_there:
            self._visit.thread.when_done(self._visit.loaded, self._take_up, soon=False)
        collect_from_now_on()
        self._spare_time.begin()
        if self.driver is not None:
            self.driver.may_suspend = not self._capabilities.kiosk.value
        if isinstance(self.driver, ThinDriver):
            self.driver.more_is_typed = lambda: self.key_queue.more_is_typed

    def _send_frame(self) -> None:
        """Send what was held back, once what the last key means is drawn."""
        if isinstance(self.driver, ThinDriver):
            self.call_after_refresh(self.driver.send_held)

    async def on_event(self, event: events.Event) -> None:
        """Take what the reader does one after the other, each once all before it is done."""
        if isinstance(event, events.InputEvent | events.Paste) and not event.is_forwarded:
            self._last_key = monotonic()
            self.key_queue.put(event)
        else:
            await super().on_event(event)

    def before_leaving(self) -> None:
        """Save where the reader is, however the handbook is left."""
        if self._reading is not None:
            self._reading.save_place()
            self.not_done = self._reading.not_done

    @property
    def _reading(self) -> ReadingScreen | None:
        """The screen below all others; None before the start."""
        return next((each for each in self.screen_stack if isinstance(each, ReadingScreen)), None)

    def _take_up(self, kept: KeptReading | None) -> None:
        """Go on as the reader left the book, or try again where another program still forbids it."""
        if kept is None:
            self.set_timer(LOAD_AGAIN_AFTER, self._load_again)
        elif self._reading is not None:
            self._reading.take_up()
            self.theme = _theme(self._visit.theme, self._capabilities)

    def _load_again(self) -> None:
        self._visit.thread.when_done(self._visit.load_again(), self._take_up, soon=False)

    def say(self, words: str) -> None:
        """Say something to the reader until the next key, wherever there is a line for it."""
        for screen in self.screen_stack:
            for bar in screen.query(StatusBar):
                bar.said = words

    def send(self, sequence: str) -> None:
        """Send a sequence to the terminal; raises OSError where there is none."""
        driver = driver_of(self)
        if driver is None:
            raise OSError("there is no terminal")
        driver.write(sequence)
        driver.flush()

    @on(CopyRequested)
    def _copy(self, message: CopyRequested) -> None:
        self.run_worker(self._copy_text(CopyText(message.text, message.name)))

    @on(AddressFollowed)
    def _follow(self, message: AddressFollowed) -> None:
        converse(self, self._copying.open_link(message.address), self._take)

    @on(FindRequested)
    def _find(self, message: FindRequested) -> None:
        from .screens.find import FindScreen  # noqa: PLC0415 - opened on demand

        screen = FindScreen(message.finder, tells_book=message.tells_book)
        self.push_screen(screen, message.then)

    @on(SearchRequested)
    def _search(self, message: SearchRequested) -> None:
        if self._reading is not None:
            self._reading.search_for(message.words)

    @on(HelpRequested)
    def _help(self, message: HelpRequested) -> None:
        from .screens.help import HelpScreen, help_page  # noqa: PLC0415 - opened on demand

        keys = (key for key in self._keys if key.id not in message.missing)
        self.push_screen(HelpScreen(help_page(message.text, keys, message.pane)))

    async def _copy_text(self, copy: CopyText) -> None:
        """Copy a text; where no way is open for it, offer to save it in a file."""
        copied = await self._copying.copy(copy.text)
        if copied.sent or not copy.text:
            self.say(copied.message)
        else:
            converse(self, self._copying.offer_file(copy, copied.message), self._take)

    def _take(self, answer: Response) -> None:
        match answer:
            case Say(words):
                self.say(words)
            case CopyText():
                self.run_worker(self._copy_text(answer))
            case _:
                pass

    def _classes_of_size(self) -> dict[str, bool]:
        """The classes that a screen of this size has."""
        width, height = self.size
        sides = (
            (width, self.HORIZONTAL_BREAKPOINTS or []),
            (height, self.VERTICAL_BREAKPOINTS or []),
        )
        return {max(each for each in points if each[0] <= side)[1]: True for side, points in sides}

    @cached_property
    def _copying(self) -> ClipboardController:
        from .controllers.clipboard import ClipboardController  # noqa: PLC0415 - needed on demand

        ssh, kiosk = self._capabilities.ssh.value, self._capabilities.kiosk.value
        return ClipboardController(self.send, ssh=ssh, kiosk=kiosk)

    @property
    def _selected(self) -> str:
        """What the mouse or the keys have selected."""
        if isinstance(self.focused, Input) and self.focused.selected_text:
            return self.focused.selected_text
        return self.screen.get_selected_text() or ""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What the style sheet needs and Textual's own themes do not have."""
        return ANSI_VARIABLES

    def action_theme(self) -> None:
        """Go on to the next theme."""
        at = ORDER.index(self.theme) if self.theme in ORDER else -1
        self.theme = ORDER[(at + 1) % len(ORDER)]
        self._visit.keep_theme(self.theme)
        self.say(f"Theme: {self.theme}")

    def action_mouse(self) -> None:
        """Turn the mouse on or off."""
        driver = self.driver
        if driver is not None:
            driver.set_mouse(not driver.mouse_is_on)
            off = "The mouse is off here; your terminal selects text with it"
            self.say("The mouse is on; M turns it off" if driver.mouse_is_on else off)

    def action_redraw(self) -> None:
        """Draw the whole screen anew, whatever another program wrote on it."""
        driver = self.driver
        if isinstance(driver, ThinDriver):
            driver.repaint()
        self.refresh(layout=True)

    def action_copy_paragraph(self) -> None:
        """Copy the paragraph that the reader is at, on a screen that is not the book's own."""
        if isinstance(self.focused, Reader):
            self.post_message(CopyRequested(self.focused.passage, "paragraph"))

    def action_interrupt(self) -> None:
        """Copy what is selected; else say how to quit, and pressed again soon, quit."""
        selected = self._selected
        if selected:
            self.post_message(CopyRequested(selected, "selection"))
            return
        now = monotonic()
        if now - self._interrupted < INTERRUPT_WITHIN:
            self.hurried = True
            self.exit()
            return
        self._interrupted = now
        self.say("Ctrl+C again quits")

    def action_suspend(self) -> None:
        """Give the terminal back to the shell until `fg`, where there is one to come back from."""
        driver = self.driver
        if driver is not None and driver.can_suspend:
            driver.suspend()
        else:
            self.say("There is no shell here to go back to; q quits")


def _theme(kept: str | None, capabilities: Capabilities) -> str:
    """The theme that the reader has chosen, where this terminal has the colors for it."""
    few = capabilities.color.value in ("none", "16")
    theme = THEMES.get(kept or "")
    return theme.name if theme and (theme.ansi or not few) else capabilities.theme.value


def _driver_class(capabilities: Capabilities) -> type[ThinDriver]:
    abilities = Abilities(
        color=capabilities.color.value,
        color_erase=capabilities.color_erase.value,
        scrolls=capabilities.scrolls.value,
        few_attributes=capabilities.few_attributes.value,
        compare=capabilities.driver.value == "thin",
    )
    if not capabilities.unicode.value:
        from ..terminal.ascii import fold  # noqa: PLC0415 - only ASCII terminals need it

        abilities = abilities._replace(fold=fold)
    return ThinDriver.configured(abilities)
