"""A routine at this second, on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.geometry import Region
from textual.reactive import var
from textual.strip import Strip

from ...handbook.blocks import Figure
from ...session.routine_player import Player
from ...session.routine_view import ShownLine, lines_of, stopped_lines
from .line_list import EVERY_LOOK, LineList, ListLine, Part
from .terminal_cursor import put_cursor


class RoutineView(LineList, inherit_bindings=False):
    """Shows what to do now; only the lines that change are drawn anew."""

    HELP = """
    # A routine

    Holds and rests count down; repetitions wait for you: Space when they are done. Space pauses,
    too, and goes on. What you do is kept at each step: leave with Esc, and go on later where you
    were. If something hurts, X stops it all.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = EVERY_LOOK
    player: var[Player | None] = var[Player | None](None, init=False)
    """The routine and where in it the reader is."""
    figure: var[Figure | None] = var[Figure | None](None, init=False)
    """The drawing of the move that is on."""
    hurt: var[tuple[str, str, str] | None] = var[tuple[str, str, str] | None](None, init=False)
    """The card that hurt, when to stop it, and the key of the red flags."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0
        """The line that says what to do now."""

    def watch_player(self) -> None:
        """Show this second."""
        self._list()

    def watch_figure(self) -> None:
        """Show another drawing."""
        self._list()

    def watch_hurt(self) -> None:
        """Show nothing but where to look."""
        self._list()

    def on_resize(self) -> None:
        """Lay the lines out for another size."""
        self._list()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in a region, with the terminal's cursor where it says what to do now."""
        put_cursor(self, self._now, self.margin)
        return super().render_lines(crop)

    def _list(self) -> None:
        if self.player is None or not self.size.width:
            return
        lines = self._lines_now(self.player)
        self._now = next((at for at, each in enumerate(lines) if each.is_now), 0)
        self.show_lines(ListLine((Part(each.text, each.look),)) for each in lines)

    def _lines_now(self, player: Player) -> tuple[ShownLine, ...]:
        if self.hurt is not None:
            card, stop_if, key = self.hurt
            return stopped_lines(card, stop_if, self.room, key)
        pose: Sequence[str] = ()
        if self.figure is not None:
            pose = _side_by_side(self.figure.poses, self.room, self.size.height)
        caption = self.figure.caption if self.figure else ""
        return lines_of(player, pose, caption, self.room, self.size.height)


def _side_by_side(poses: Sequence[str], width: int, height: int) -> list[str]:
    """The poses of a drawing beside each other; none where they do not fit."""
    columns = [pose.splitlines() for pose in poses]
    high = max((len(lines) for lines in columns), default=0)
    wide = [max((len(line) for line in lines), default=0) for lines in columns]
    if sum(wide) + 4 * (len(wide) - 1) > width or high > height:
        return []
    rows = ([lines[row] if row < len(lines) else "" for lines in columns] for row in range(high))
    return ["    ".join(map(str.ljust, row, wide)).rstrip() for row in rows]
