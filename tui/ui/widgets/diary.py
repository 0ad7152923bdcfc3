"""The diary on the screen: a chart of the last runs, and all runs to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.message import Message
from textual.reactive import var

from ...diary.model import Run
from ...handbook.blocks import Style
from ...layout.typesetting import Role
from ...session.run_report import ItemNames
from .bindings import bindings
from .diary_lines import NOTHING_BESIDE, DiaryLines, LookBack, diary_lines, run_text
from .line_list import EVERY_LOOK, LineList, ListLine, Part

WIDEST = 104
"""Columns of a run's line at most."""
LOOKS = {
    Role.TITLE: "title",
    Role.HEADING: "heading",
    Role.SUBHEADING: "heading",
    Role.CODE: "bar",
    Role.RULE: "rule",
}
"""How the lines look that are no runs."""


class DiaryView(LineList):
    """Shows the runs it is given, newest first, and says which one is to be shown whole."""

    HELP = """
    # The diary

    Each line is a run: its day, how many items of the list for before the run were done, soreness
    after the run and the next morning, distance and time where you gave them, and your note. In the chart above, each column is a run, the newest at the right;
    a column without a mark is a run whose soreness was not noted, and | stands above the first run
    of an experiment. Between the runs are the routines that you did, and below
    them is what came of experiments. a adds a run of an earlier day.
    Whatever you change or remove
    here, u brings back.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = EVERY_LOOK
    BINDINGS = bindings(
        "runs-down",
        "runs-up",
        "open-run",
    )
    SAYS_MORE: ClassVar[bool] = True

    runs: var[tuple[Run, ...]] = var[tuple[Run, ...]]((), init=False)
    """The runs, newest first."""
    names: var[ItemNames | None] = var[ItemNames | None](None, init=False)
    """What the items of the runs are called."""
    otherwise: var[str] = var("", init=False)
    """What is said where there are no runs."""
    beside: var[LookBack] = var(NOTHING_BESIDE, init=False)
    """What stands beside the runs."""
    year: var[int] = var(0, init=False)
    """The present year, which is not said of its runs."""

    @dataclass
    class RunOpened(Message):
        """A run is to be shown whole."""

        run: Run

    @dataclass
    class Moved(Message):
        """Another run is chosen, or there are other runs."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn = DiaryLines()

    @property
    def count(self) -> int:
        """How many rows can be chosen."""
        return len(self.runs)

    @property
    def run(self) -> Run | None:
        """The chosen run; None where there are none."""
        return self.runs[self.cursor] if self.cursor < len(self.runs) else None

    def choose(self, run: str) -> None:
        """Choose the run with this id, if it is there."""
        ids = [each.id for each in self.runs]
        if run in ids:
            self.cursor = ids.index(run)

    def watch_runs(self, before: tuple[Run, ...], now: tuple[Run, ...]) -> None:
        """Show other runs; the chosen one stays chosen, or else the one in its place."""
        chosen = before[self.cursor].id if self.cursor < len(before) else ""
        found = (number for number, run in enumerate(now) if run.id == chosen)
        self.cursor = next(found, self.cursor)
        self._list()
        self.keep_in_sight()
        self.post_message(self.Moved())

    def watch_otherwise(self) -> None:
        """Say something else of a diary without runs."""
        self._list()

    def watch_beside(self) -> None:
        """Show what has come to stand beside the runs."""
        self._list()

    def watch_cursor(self, before: int, now: int) -> None:
        """Say that another run is chosen."""
        super().watch_cursor(before, now)
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Make the lines anew; the chosen run stays in sight."""
        self._list()
        self.keep_in_sight()

    def click_line(self, line: ListLine, column: int) -> None:
        """Choose the run that was clicked; clicked again, it is shown whole."""
        if line.row is not None and line.row == self.cursor:
            self.action_open_run()
        super().click_line(line, column)

    def move_by(self, by: int) -> None:
        """Choose a run so many lower; scroll where no run is there to be chosen."""
        seen = [line for at in self._in_sight for line in self._drawn.lines[at : at + 1]]
        numbers = [line for line in seen if isinstance(line, int)]
        before = self.cursor
        if before in numbers:
            self.cursor += by
        elif numbers:
            self.cursor = numbers[0] if by > 0 else numbers[-1]
        if self.cursor == before:
            self.go_to(self.top + by)

    def action_runs_down(self) -> None:
        """Go a page down."""
        self.move_by(max(self.size.height - 1, 1))

    def action_runs_up(self) -> None:
        """Go a page up."""
        self.move_by(-max(self.size.height - 1, 1))

    def action_top(self) -> None:
        """Choose the newest run, and show what stands above it."""
        self.cursor = 0
        self.go_to(0)

    def action_bottom(self) -> None:
        """Choose the oldest run, and show the end of what stands below it."""
        self.cursor = len(self.runs) - 1
        self.go_to(len(self._drawn.lines))

    def action_open_run(self) -> None:
        """Ask for the chosen run to be shown whole."""
        if self.run is not None:
            self.post_message(self.RunOpened(self.run))

    @property
    def room(self) -> int:
        """More than the measure: a note may be long."""
        return max(min(self.size.width - self.margin - 1, WIDEST), 1)

    def line_at(self, number: int) -> ListLine:
        """A run, or a line that stands around the runs."""
        line = self._drawn.lines[number]
        if isinstance(line, int):
            return ListLine((Part(run_text(self.runs[line], self._done(line), self.room)),), line)
        look = LOOKS.get(line.role, "")
        parts = (
            Part(each.text, "strong" if Style.STRONG in each.style and not look else look)
            for each in line.pieces
        )
        return ListLine(tuple(parts))

    def _done(self, number: int) -> str:
        return self.names.done(self.runs[number]) if self.names is not None else ""

    @property
    def _in_sight(self) -> range:
        return range(self.top, self.top + self.sight)

    def _list(self) -> None:
        if not self.size.width:
            return
        self._drawn = diary_lines(
            self.runs,
            self.otherwise,
            self.beside,
            year=self.year,
            width=self.room,
            height=self.size.height,
        )
        self.lay_out(len(self._drawn.lines), (range(row, row + 1) for row in self._drawn.rows))
