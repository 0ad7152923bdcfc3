"""The body map's figure: the zone at hand stands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ...handbook.body_map import BodyMap, Zone
from .bindings import bindings
from .painting import Run, paint


class BodyFigure(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows the figure and says which zone was chosen."""

    HELP = """
    # The body map

    The figure shows your back; your left is on the left. The arrows go from zone to zone, and a
    zone's number goes to it at once. Beside it stands what runners say of it and where to start.
    """

    BINDINGS = bindings(
        "line-down", "line-up", "zone-right", "zone-left", "zone-number", "take-zone"
    )

    COMPONENT_CLASSES: ClassVar[set[str]] = {"body-figure--drawn", "body-figure--here"}

    zone: var[Zone | None] = var[Zone | None](None, init=False)
    """The zone that stands out."""

    @dataclass
    class ZoneEntered(Message):
        """The reader went to a zone."""

        zone: Zone

    @dataclass
    class ZoneTaken(Message):
        """The reader settled on the zone."""

        zone: Zone

    def __init__(self, body_map: BodyMap) -> None:
        super().__init__()
        self._map = body_map
        self.virtual_size = Size(body_map.width, len(body_map.figure))

    def watch_zone(self) -> None:
        """Bring the zone into sight and say that it is the one at hand."""
        if self.zone is None:
            return
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.ZoneEntered(self.zone))

    def on_resize(self) -> None:
        """Keep the zone in sight."""
        self._keep_in_sight()

    @property
    def allow_vertical_scroll(self) -> bool:
        """The wheel moves the figure, though it has no scroll bar."""
        return True

    def on_click(self, event: events.Click) -> None:
        """Go to the zone nearest to the click."""
        at = event.get_content_offset_capture(self)
        nearest = self._map.nearest(at.x, at.y + round(self.scroll_y))
        if nearest is not None:
            self.zone = nearest

    def on_key(self, event: events.Key) -> None:
        """Go to a zone by its number; the one binding of the digits does not say which it was."""
        for zone in self._map.zones:
            if event.character == str(zone.number):
                event.stop()
                self.zone = zone

    def action_line_down(self) -> None:
        """Go to the zone below, after the lowest one to the highest."""
        self._step(1, sorted(self._map.zones, key=_height))

    def action_line_up(self) -> None:
        """Go to the zone above."""
        self._step(-1, sorted(self._map.zones, key=_height))

    def action_zone_right(self) -> None:
        """Go to the zone with the next number."""
        self._step(1, self._map.zones)

    def action_zone_left(self) -> None:
        """Go to the zone with the number before."""
        self._step(-1, self._map.zones)

    def action_take_zone(self) -> None:
        """Settle on the zone."""
        if self.zone is not None:
            self.post_message(self.ZoneTaken(self.zone))

    def render_line(self, y: int) -> Strip:
        """One line of the figure, the zone's digits standing out."""
        row = round(self.scroll_y) + y
        width = self.size.width
        if row >= len(self._map.figure):
            return Strip.blank(width, self.rich_style)
        drawn = self.get_component_rich_style("body-figure--drawn", partial=True)
        here = self.get_component_rich_style("body-figure--here", partial=True)
        runs: list[Run] = [(self._map.figure[row], self.rich_style + drawn)]
        for column, cell_row in self.zone.cells if self.zone else ():
            if cell_row == row:
                runs = paint(runs, column, column + 1, here)
        strip = Strip([Segment(text, style) for text, style in runs])
        return strip.adjust_cell_length(width, self.rich_style)

    def _step(self, step: int, zones: Sequence[Zone]) -> None:
        if zones:
            at = zones.index(self.zone) if self.zone in zones else -1
            self.zone = zones[(at + step) % len(zones)]

    def _keep_in_sight(self) -> None:
        rows = [row for _, row in self.zone.cells] if self.zone else []
        top, height = round(self.scroll_y), self.size.height
        if rows and height and not (top <= min(rows) and max(rows) < top + height):
            middle = (min(rows) + max(rows)) // 2
            self.scroll_to(y=middle - height // 2, animate=False, immediate=True, force=True)


def _height(zone: Zone) -> float:
    """How low in the figure a zone lies: the mean of its rows."""
    return sum(row for _, row in zone.cells) / len(zone.cells) if zone.cells else 0
