"""The body map: a figure to point at, and beside it what the book says of the place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual import on
from textual.app import ComposeResult
from textual.getters import query_one
from textual.screen import Screen

from ...handbook.blocks import Link
from ...handbook.body_map import BodyMap, Zone
from ...handbook.model import Page
from ...keys import FOOTER, Key
from ..messages import AddressFollowed
from ..widgets.bindings import bindings
from ..widgets.body_figure import BodyFigure
from ..widgets.reader import Reader
from ..widgets.status_bar import StatusBar
from .answering import AnsweringScreen


class BodyMapScreen(AnsweringScreen[Link | Zone | None], inherit_bindings=False):
    """Answers with the link that was followed, the zone taken, or None."""

    BINDINGS = bindings(
        "next-pane", "previous-pane", "red-flags", "help", "close", "quit", "body-map"
    )
    AUTO_FOCUS = "BodyFigure"

    figure = query_one(BodyFigure)
    reader = query_one(Reader)
    status = query_one(StatusBar)

    def __init__(
        self,
        body_map: BodyMap,
        page: Page,
        keys: Mapping[str, Key],
        red_flags: Callable[[], Screen[Link | None] | None],
        *,
        question: bool = False,
    ) -> None:
        super().__init__()
        self._map = body_map
        self._page = page
        self._keys = keys
        self._red_flags = red_flags
        self._question = question

    def compose(self) -> ComposeResult:
        """The figure, the words and the status line."""
        yield BodyFigure(self._map)
        yield Reader()
        yield StatusBar()

    def on_mount(self) -> None:
        """Give the keys to the figure."""
        self.set_focus(self.figure)
        self._say_keys()

    def on_key(self) -> None:
        """Anything said has been read when the next key comes."""
        self.status.said = ""

    @on(BodyFigure.ZoneEntered)
    def _describe(self, message: BodyFigure.ZoneEntered) -> None:
        self.status.position = f"zone {message.zone.number} of {len(self._map.zones)}"
        self.reader.show(Page(self._page.section, message.zone.blocks))

    @on(BodyFigure.ZoneTaken)
    def _take(self, message: BodyFigure.ZoneTaken) -> None:
        if self._question:
            self.dismiss(message.zone)
        else:
            self.reader.focus()
            self.reader.action_next_link()

    @on(Reader.LinkFollowed)
    def _follow(self, message: Reader.LinkFollowed) -> None:
        if message.link.section:
            self.dismiss(message.link)
        else:
            self.post_message(AddressFollowed(message.link.address))

    @on(Reader.LinkChosen)
    def _say_keys(self) -> None:
        pane = "map-question" if self._question else "map"
        if self.reader.chosen is not None:
            pane = "link"
        kept = (name for name in FOOTER[pane] if name not in ("back", "quit"))
        self.status.keys = tuple(self._keys[name] for name in kept)

    @on(Reader.Refused)
    def _explain(self, message: Reader.Refused) -> None:
        self.status.said = message.why

    def action_next_pane(self) -> None:
        """Give the keys to the words, or back to the figure."""
        (self.figure if self.focused is self.reader else self.reader).focus()

    def action_previous_pane(self) -> None:
        """Give the keys to the words, or back to the figure."""
        self.action_next_pane()

    def action_red_flags(self) -> None:
        """Look at the red flags, and come back to the map."""
        screen = self._red_flags()
        if screen is not None:
            self.app.push_screen(screen, self._leave_by)

    def action_help(self) -> None:
        """Explain the map."""
        from .help import HelpScreen, help_page  # noqa: PLC0415 - opened on demand

        self.app.push_screen(HelpScreen(help_page(BodyFigure.HELP, self._keys.values(), "map")))

    def action_body_map(self) -> None:
        """Back to what was open."""
        self.dismiss(None)

    def _leave_by(self, link: Link | None) -> None:
        if link is not None:
            self.dismiss(link)
