"""The terminal's own cursor: where a screen reader reads and a braille display shows."""

from __future__ import annotations

from textual.geometry import Offset
from textual.widget import Widget


def put_cursor(widget: Widget, line: int, column: int = 0, *, here: bool | None = None) -> None:
    """Put the cursor on a line of a widget, if it belongs there and the line is in sight.

    To be called while the widget is drawn: the frame's end then leads there.

    Args:
        widget: What is drawn.
        line: From the top of what is in sight.
        column: From the left.
        here: Whether the cursor belongs in this widget; if None, it does while the keys are there.
    """
    screen = widget.screen
    here = screen.focused is widget if here is None else here
    if screen.is_active and here and 0 <= line < widget.size.height:
        widget.app.cursor_position = widget.content_region.offset + Offset(column, line)
