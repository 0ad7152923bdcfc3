"""The terminal's own cursor: where a screen reader reads and a braille display shows."""

from __future__ import annotations

from textual.geometry import Offset
from textual.widget import Widget


def put_cursor(widget: Widget, line: int, column: int = 0) -> None:
    """Put the cursor on a line of a widget, if the keys are there and the line is in sight.

    To be called while the widget is drawn: the frame's end then leads there.
    """
    screen = widget.screen
    if screen.is_active and screen.focused is widget and 0 <= line < widget.size.height:
        widget.app.cursor_position = widget.content_region.offset + Offset(column, line)
