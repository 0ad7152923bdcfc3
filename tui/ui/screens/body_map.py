"""The body map: a figure to point at, and beside it what the book says of the place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from textual import on
from textual.app import ComposeResult
from textual.getters import query_one
from textual.screen import Screen

from ...handbook.blocks import Link
from ...handbook.body_map import BodyMap, Zone
from ...handbook.model import Page
from ...keys import FOOTER, Key
from ..widgets.bindings import bindings
from ..widgets.body_figure import BodyFigure
from ..widgets.reader import Reader
from ..widgets.status_bar import StatusBar
from .answering_screens import SideScreen


class BodyMapScreen(SideScreen[Zone], inherit_bindings=False):
    """Answers with the link that was followed, the zone taken, or None."""

    BINDINGS = bindings(
        "next-pane", "previous-pane", "red-flags", "help", "close", "quit", "body-map"
    )
    AUTO_FOCUS = "BodyFigure"

    figure = query_one(BodyFigure)

    def __init__(
        self,
        body_map: BodyMap,
        page: Page,
        keys: Mapping[str, Key],
        red_flags: Callable[[], Screen[Link | None] | None],
        *,
        question: bool = False,
    ) -> None:
        super().__init__(keys, red_flags)
        self._map = body_map
        self._page = page
        self._question = question

    def compose(self) -> ComposeResult:
        """The figure, the words and the status line."""
        yield BodyFigure(self._map)
        yield Reader()
        yield StatusBar()

    def on_mount(self) -> None:
        """Give the keys to the figure."""
        self.set_focus(self.figure)
        self.show_keys()

    def footer(self) -> Iterable[Key]:
        """The keys of the figure, or of the chosen link."""
        pane = "map-question" if self._question else "map"
        if self.reader.chosen is not None:
            pane = "link"
        return (self._keys[name] for name in FOOTER[pane] if name not in ("back", "quit"))

    def watch_focused(self) -> None:
        """The other pane has the keys."""
        if self.is_mounted and self.focused is not None:
            self.show_keys()

    def show_keys(self) -> None:
        """Show the keys that matter now, and which pane has them."""
        super().show_keys()
        in_text = self.focused is self.reader
        self.mark_pane(*((self.reader, self.figure) if in_text else (self.figure, self.reader)))

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

    def action_next_pane(self) -> None:
        """Give the keys to the words, or back to the figure."""
        (self.figure if self.focused is self.reader else self.reader).focus()

    def action_previous_pane(self) -> None:
        """Give the keys to the words, or back to the figure."""
        self.action_next_pane()

    def action_help(self) -> None:
        """Explain the map."""
        self.show_help(BodyFigure.HELP, "map")

    def action_body_map(self) -> None:
        """Back to what was open."""
        self.dismiss(None)
