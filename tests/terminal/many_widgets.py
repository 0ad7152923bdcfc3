"""A small app of several widgets, to be run with the driver named by the first argument."""

import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Event, Key, Resize
from textual.widgets import DataTable, Footer, Input, Label, SelectionList, Static, Tree

from tui.terminal.grid import Abilities
from tui.terminal.thin_driver import ThinDriver

DRIVERS: dict[str, type[Driver]] = {
    "full": LinuxDriver,
    "thin": ThinDriver,
    "erase": ThinDriver.configured(Abilities(color_erase=True)),
    "plain": ThinDriver.configured(Abilities(color="none")),
}
PROSE = "\n\n".join(
    f"[b]Part {part}[/b]  Easy shoulders — [i]hands low[/i], elbows back; 走 élan e\u0301. " * 3
    for part in range(30)
)


class ManyWidgets(App[None]):
    """A tree, a text, a list, a table and an input, and a line that counts what has happened."""

    CSS = """
    Tree { width: 24; } VerticalScroll { width: 1fr; } SelectionList { height: 6; }
    DataTable { height: 6; } #count { height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f5", "repaint")]
    count = 0

    def compose(self) -> ComposeResult:
        """Lay out the widgets."""
        yield Label("", id="count")
        with Horizontal():
            yield Tree("Contents")
            with VerticalScroll(can_focus=True):
                yield Static(PROSE)
        with Horizontal():
            yield SelectionList[int](*[(f"item {number} 走", number) for number in range(9)])
            yield DataTable[str]()
        yield Input(placeholder="search")
        yield Footer()

    def on_mount(self) -> None:
        """Fill the tree and the table."""
        tree, table = self.query_one(Tree), self.query_one(DataTable)
        tree.root.expand()
        for number in range(20):
            tree.root.add_leaf(f"section {number}")
        table.add_columns("when", "how sore")
        table.add_rows([(f"day {number}", "*" * number) for number in range(9)])
        self.query_one(Input).cursor_blink = False

    async def on_event(self, event: Event) -> None:
        """Show, after each key and change of size, how many of them have been dealt with."""
        await super().on_event(event)
        if isinstance(event, Key | Resize):
            self.count += 1
            self.call_after_refresh(self._show_count)

    def _show_count(self) -> None:
        size = f"{self.size.width}x{self.size.height}"
        self.query_one("#count", Label).update(f"step {self.count} at {size}.")

    def action_repaint(self) -> None:
        """Send every cell again."""
        if isinstance(self._driver, ThinDriver):
            self._driver.repaint()


if __name__ == "__main__":
    ManyWidgets(driver_class=DRIVERS[sys.argv[1]]).run()
