"""The diary on the screen: a picture of the last runs, all runs to choose from, and the items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ...diary.model import Run
from ...handbook.blocks import Style
from ...layout.typesetting import Line, margin_in
from ...session.looking_back import Beside
from .bindings import bindings
from .diary_lines import CURSOR, LOOKS, DiaryLines, diary_lines, run_text

SPACIOUS = 16
"""Lines; lower screens do without title and blank lines."""


class DiaryView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows the runs it is given, newest first, and says which one is to be shown whole."""

    HELP = """
    # The diary

    Each line is a run: its day, how many of its items were done, soreness after the run and the
    next morning, and your note. The figures above are the last runs that have a soreness.

    Tab goes on to the items beside soreness, and back to the runs. Whatever you change or remove
    here, u brings back.
    """

    BINDINGS = bindings(
        "line-down",
        "line-up",
        "runs-down",
        "runs-up",
        "top",
        "bottom",
        "next-pane",
        "previous-pane",
        "open-run",
    )

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"diary-view--{look}" for look in LOOKS.values()),
        "diary-view--chosen",
    }

    runs: var[tuple[Run, ...]] = var[tuple[Run, ...]]((), init=False)
    """The runs, newest first."""
    items: var[tuple[Beside, ...] | None] = var[tuple[Beside, ...] | None](None, init=False)
    """The items beside soreness; None while they are not worked out yet."""
    otherwise: var[str] = var("", init=False)
    """What is said where there are no runs."""
    year: var[int] = var(0, init=False)
    """The present year, which is not said of its runs."""
    chosen: var[int] = var(0, init=False)
    """The number of the chosen run, from 0."""

    @dataclass
    class Opened(Message):
        """A run is to be shown whole."""

        run: Run

    @dataclass
    class Moved(Message):
        """Another run is chosen, or there are other runs."""

    def __init__(self) -> None:
        super().__init__()
        self._set = DiaryLines()
        self._looks: dict[str, RichStyle] = {}

    @property
    def run(self) -> Run | None:
        """The chosen run; None where there are none."""
        return self.runs[self.chosen] if self.chosen < len(self.runs) else None

    def validate_chosen(self, chosen: int) -> int:
        """Keep to the runs there are."""
        return max(0, min(chosen, len(self.runs) - 1))

    def watch_runs(self, before: tuple[Run, ...], now: tuple[Run, ...]) -> None:
        """Show other runs; the chosen one stays chosen, or else the one in its place."""
        chosen = before[self.chosen].id if self.chosen < len(before) else ""
        found = (number for number, run in enumerate(now) if run.id == chosen)
        self.chosen = next(found, self.chosen)
        self._typeset()
        self._keep_in_sight()
        self.post_message(self.Moved())

    def watch_items(self) -> None:
        """Show other items below the runs."""
        self._typeset()

    def watch_otherwise(self) -> None:
        """Say something else of a diary without runs."""
        self._typeset()

    def watch_chosen(self, before: int, now: int) -> None:
        """Show another run as chosen."""
        self._keep_in_sight()
        for number in (before, now):
            if number < len(self._set.rows):
                self.refresh_lines(self._set.rows[number] - self._top, 1)
        self.post_message(self.Moved())

    def notify_style_update(self) -> None:
        """Forget the styles of another theme."""
        super().notify_style_update()
        self._looks.clear()

    def on_resize(self) -> None:
        """Set the lines anew; the chosen run stays in sight."""
        self._typeset()
        self._keep_in_sight()

    def on_click(self, event: events.Click) -> None:
        """Choose the run that was clicked; clicked again, it is shown whole."""
        at = event.y + self._top
        line = self._set.lines[at] if at < len(self._set.lines) else None
        if not isinstance(line, int):
            return
        if line == self.chosen:
            self.action_open_run()
        self.chosen = line

    def action_line_down(self) -> None:
        """Choose the next run; below the last, go a line down."""
        self._move(1)

    def action_line_up(self) -> None:
        """Choose the run before; above the first, go a line up."""
        self._move(-1)

    def action_runs_down(self) -> None:
        """Go a page down."""
        self._move(max(self.size.height - 1, 1))

    def action_runs_up(self) -> None:
        """Go a page up."""
        self._move(-max(self.size.height - 1, 1))

    def action_top(self) -> None:
        """Choose the newest run, and show what stands above it."""
        self.chosen = 0
        self._scroll(0)

    def action_bottom(self) -> None:
        """Choose the oldest run, and show the end of what stands below it."""
        self.chosen = len(self.runs) - 1
        self._scroll(len(self._set.lines))

    def action_next_pane(self) -> None:
        """Go to the items beside soreness, or back to the chosen run."""
        if self._set.rows and self._set.rows[self.chosen] in self._in_sight:
            self._scroll(self._set.items_at)
        else:
            self._keep_in_sight()

    def action_previous_pane(self) -> None:
        """Go to the items beside soreness, or back to the chosen run."""
        self.action_next_pane()

    def action_open_run(self) -> None:
        """Ask for the chosen run to be shown whole."""
        if self.run is not None:
            self.post_message(self.Opened(self.run))

    def render_line(self, y: int) -> Strip:
        """One line of the diary, or a blank one below its end."""
        row = self._top + y
        width = self.size.width
        if row >= len(self._set.lines):
            return Strip.blank(width, self.rich_style)
        line = self._set.lines[row]
        segments = self._run(line) if isinstance(line, int) else self._words(line)
        margin = Segment(" " * margin_in(width), self.rich_style)
        return Strip([margin, *segments]).adjust_cell_length(width, self.rich_style)

    @property
    def _room(self) -> int:
        return max(self.size.width - margin_in(self.size.width) - 1, 1)

    @property
    def _top(self) -> int:
        return round(self.scroll_y)

    @property
    def _in_sight(self) -> range:
        return range(self._top, self._top + self.size.height)

    def _typeset(self) -> None:
        if not self.size.width:
            return
        self._set = diary_lines(
            self.runs,
            self.items,
            self.otherwise,
            year=self.year,
            width=self._room,
            spacious=self.size.height >= SPACIOUS,
        )
        self.virtual_size = Size(self.size.width, len(self._set.lines))
        self.refresh()

    def _move(self, step: int) -> None:
        """Choose a run so many further; scroll where no run is there to be chosen."""
        seen = [line for at in self._in_sight for line in self._set.lines[at : at + 1]]
        numbers = [line for line in seen if isinstance(line, int)]
        before = self.chosen
        if before in numbers:
            self.chosen += step
        elif numbers:
            self.chosen = numbers[0] if step > 0 else numbers[-1]
        if self.chosen == before:
            self._scroll(self._top + step)

    def _keep_in_sight(self) -> None:
        """Scroll so that the chosen run shows, with all that stands above the first one."""
        if self.chosen >= len(self._set.rows) or not self.size.height:
            return
        row = self._set.rows[self.chosen]
        lowest_top = max(row - self.size.height + 1, 0)
        highest_top = 0 if self.chosen == 0 else row
        wanted = (
            lowest_top if highest_top < lowest_top else min(max(self._top, lowest_top), highest_top)
        )
        if wanted != self._top:
            self._scroll(wanted)

    def _scroll(self, row: int) -> None:
        self.scroll_to(y=row, animate=False, immediate=True, force=True)

    def _run(self, number: int) -> list[Segment]:
        chosen = number == self.chosen
        text = run_text(self.runs[number], self._room - len(CURSOR))
        look = self._look("chosen") if chosen else self.rich_style
        return [Segment((CURSOR if chosen else " " * len(CURSOR)) + text, look)]

    def _words(self, line: Line) -> list[Segment]:
        look = self._look(LOOKS[line.role]) if line.role in LOOKS else self.rich_style
        strong = look + RichStyle(bold=True)
        return [
            Segment(each.text, strong if Style.STRONG in each.style else look)
            for each in line.pieces
        ]

    def _look(self, name: str) -> RichStyle:
        look = self._looks.get(name)
        if look is None:
            part = self.get_component_rich_style(f"diary-view--{name}", partial=True)
            look = self._looks[name] = self.rich_style + part
        return look
