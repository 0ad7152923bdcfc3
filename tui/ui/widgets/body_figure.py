"""The body map's figure: the zone at hand stands out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from textual import events
from textual.geometry import Size
from textual.message import Message

from ...handbook.body_map import BodyMap, Zone
from .bindings import bindings
from .line_list import EVERY_LOOK, LineList, ListLine, Part

ROOM_FOR_WORDS = 44
"""Columns that the words beside the figure need."""
LINES_AROUND = 3
"""Lines above and below the figure."""


class BodyFigure(LineList):
    """Shows the figure and says which zone was chosen; the zones are its rows."""

    HELP = """
    # The body map

    The figure shows your back; your left is on the left. The arrows go from zone to zone, and a
    zone's number goes to it at once. Beside it stands what runners say of it and where to start.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = EVERY_LOOK
    BINDINGS = bindings("zone-right", "zone-left", "zone-number", "take-zone")
    WRAPS: ClassVar[bool] = True
    SAYS_MORE: ClassVar[bool] = True

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
        self._sizes = (body_map.twice_as_large(), body_map)
        """The larger one first."""
        self._take_map(body_map)

    @property
    def zone(self) -> Zone | None:
        """The zone that stands out; None in a figure without any."""
        return self._zones[self.cursor] if self._zones else None

    @property
    def margin(self) -> int:
        """None: the figure is drawn as it is."""
        return 0

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - Textual's
        """As many cells as the figure has, the larger one where the words have room beside it."""
        return self._fitting(viewport).width

    def on_mount(self) -> None:
        """Show the figure, and say which zone is at hand."""
        self._draw()
        self._announce()

    def on_resize(self) -> None:
        """Draw the figure that there is room for; keep the zone in sight."""
        self._take_map(self._fitting(self.app.size))
        self._draw()
        self.keep_in_sight()

    def watch_cursor(self, before: int, now: int) -> None:
        """Say which zone is at hand."""
        super().watch_cursor(before, now)
        self._announce()

    @property
    def cursor_at(self) -> tuple[int, int]:
        """The line and the column on the screen of the first digit of the zone at hand."""
        row, column = min(((row, column) for column, row in self._zones[self.cursor].cells))
        return row - self.top, column

    def line_at(self, number: int) -> ListLine:
        """A line of the figure, the digits of the zone at hand standing out."""
        here = {column for column, row in self.zone.cells if row == number} if self.zone else set()
        cells = enumerate(self._map.figure[number])
        return ListLine(
            tuple(
                Part("".join(cell for _, cell in group), "cursor" if chosen else "faint")
                for chosen, group in groupby(cells, lambda each: each[0] in here)
            )
        )

    def go_to_zone(self, zone: Zone) -> None:
        """Have this zone at hand."""
        self.cursor = self._zones.index(zone)

    def on_click(self, event: events.Click) -> None:
        """Go to the zone nearest to the click."""
        at = event.get_content_offset_capture(self)
        nearest = self._map.nearest(at.x, at.y + self.top)
        if nearest is not None:
            self.go_to_zone(nearest)

    def on_key(self, event: events.Key) -> None:
        """Go to a zone by its number; the one binding of the digits does not say which it was."""
        for zone in self._zones:
            if event.character == str(zone.number):
                event.stop()
                self.go_to_zone(zone)

    def action_zone_right(self) -> None:
        """Go to the zone with the next number."""
        self.action_line_down()

    def action_zone_left(self) -> None:
        """Go to the zone with the number before."""
        self.action_line_up()

    def action_take_zone(self) -> None:
        """Settle on the zone."""
        if self.zone is not None:
            self.post_message(self.ZoneTaken(self.zone))

    def _fitting(self, room: Size) -> BodyMap:
        large, small = self._sizes
        wide = room.width >= large.width + ROOM_FOR_WORDS
        return large if wide and room.height >= len(large.figure) + LINES_AROUND else small

    def _take_map(self, body_map: BodyMap) -> None:
        self._map = body_map
        self._zones = tuple(sorted(body_map.zones, key=lambda zone: zone.number))

    def _draw(self) -> None:
        rows = (range(min(rows), max(rows) + 1) for rows in map(_rows_of, self._zones))
        self.lay_out(len(self._map.figure), rows)

    def _announce(self) -> None:
        if self.zone is not None:
            self.post_message(self.ZoneEntered(self.zone))


def _rows_of(zone: Zone) -> Collection[int]:
    return {row for _, row in zone.cells} or {0}
