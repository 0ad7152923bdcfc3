"""Every name of Textual that it does not document and we cannot do without, in this one place.

Written for Textual 8.2.7 and 8.2.8. A test looks each of them up, and another proves that no other
module uses any: after an upgrade that renames one, this file is what has to follow.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App, ReturnType
from textual.driver import Driver
from textual.message import Message

if TYPE_CHECKING:
    from textual.widgets import OptionList

NAMES: Final = {
    "textual._xterm_parser:XTermParser": "knows what each terminal sends for each key",
    "textual._xterm_parser:XTermParser._sequence_to_key_events": "the same, one sequence at a time",
    "textual._xterm_parser:XTermParser.parse_mouse_code": "the same for the mouse",
    "textual.app:App._handle_exception": "errors are reported in one line, without variables",
    "textual.app:App._fatal_error": "likewise: Textual would print the reader's words",
    "textual.app:App._driver": "the app has no public way to its own terminal",
    "textual.app:App._disable_tooltips": "two widgets on each screen that nothing here uses",
    "textual.app:App._disable_notifications": "likewise",
    "textual.widgets:OptionList._lines": "a mark that shows without color belongs on one line",
}
"""Each name, as `module:name`, and why it is needed."""

_PARSER = XTermParser()


def key_events(sequence: str, *, alt: bool = False) -> Iterable[events.Key]:
    """The keys that a whole sequence, or one character, stands for; none where it is not known.

    Raises:
        ValueError, ArithmeticError, LookupError, TypeError: no terminal should send it.
    """
    return _PARSER._sequence_to_key_events(sequence, alt)


def mouse_event(report: str) -> Message | None:
    """The event of a mouse report, its place counted in cells; it may lie outside the screen."""
    return _PARSER.parse_mouse_code(report)


def driver_of(app: App[Any]) -> Driver | None:
    """The driver of an app that is running."""
    return app._driver


def keep_bare(app: App[Any]) -> None:
    """Give the screens of an app no widgets for tooltips and toasts."""
    app._disable_tooltips = app._disable_notifications = True


def first_line_of(options: "OptionList", index: int | None) -> int:
    """The line on which an option begins, counted from the first; -1 where there is none."""
    lines = [*options._lines]
    return lines.index((index, 0)) if index is not None and (index, 0) in lines else -1


class QuietApp(App[ReturnType]):
    """An app that prints nothing about an error that ends it."""

    def failed(self, error: Exception) -> bool:
        """Take note of an error; False lets the app go on."""
        raise NotImplementedError

    def _handle_exception(self, error: Exception) -> None:
        if self.failed(error):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self.panic()
