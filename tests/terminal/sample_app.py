"""A small app that the end-to-end tests of endings run: `sample_app.py FOLDER [WHAT]`."""

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static

from tui.terminal.lifecycle import GRACE, STALLED, SafeApp, run_app
from tui.terminal.safe_driver import SafeDriver
from tui.terminal.thin_driver import ThinDriver


class SlowDriver(ThinDriver):
    """Lets the program wait once more after the terminal is restored, for `seconds`."""

    seconds: ClassVar[float]

    def close(self) -> None:
        """Wait between the last byte and the end, as on a busy machine."""
        self.output.stop()
        time.sleep(self.seconds)
        super().close()


class RatherSlowDriver(SlowDriver):
    """Ends after the terminal was given up, and before the process is ended by force."""

    seconds = (STALLED + GRACE) / 2


class TooSlowDriver(SlowDriver):
    """Is still at it when the process is ended by force."""

    seconds = 10 * GRACE


DRIVERS = {"thin": ThinDriver, "rather slow": RatherSlowDriver, "too slow": TooSlowDriver}


class SampleApp(SafeApp[None]):
    """Shows its size and what was typed; writes `place` when it leaves."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        ("ctrl+q", "quit", "Quit"),
        ("ctrl+z", "suspend_process", "Suspend"),
        ("ctrl+b", "break", "Crash"),
        ("ctrl+t", "break_thread", "Crash in a thread"),
        ("ctrl+y", "break_worker", "Crash in a worker"),
        ("ctrl+o", "wait", "Block the loop"),
        ("ctrl+g", "burn", "Compute for ever"),
        ("ctrl+n", "mouse", "Mouse"),
    ]

    def __init__(self, folder: Path, what: str) -> None:
        super().__init__(driver_class=DRIVERS.get(what, SafeDriver))
        self.folder = folder
        self.what = what

    def compose(self) -> ComposeResult:
        yield Static("Ready", id="status")
        field = Input()
        field.cursor_blink = False
        yield field

    def on_load(self) -> None:
        if self.what == "early":
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.01)

    def on_resize(self, event: events.Resize) -> None:
        self.show_status(f"{event.size.width}x{event.size.height}")

    def on_paste(self, event: events.Paste) -> None:
        self.show_status(f"pasted {len(event.text)}")

    def on_input_changed(self, event: Input.Changed) -> None:
        self.show_status(f"typed {event.value[-40:]}")

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self.show_status(f"clicked {event.screen_x},{event.screen_y}")

    def show_status(self, text: str) -> None:
        threads = sorted(thread.name for thread in threading.enumerate())
        self.query_one("#status", Static).update(f"Ready {text} threads {len(threads)}")

    def before_leaving(self) -> None:
        (self.folder / "place").write_text(self.query_one(Input).value, "utf-8")
        if self.what == "unsaved":
            raise OSError("the disk is full")

    def action_break(self) -> None:
        note = "a private note"
        raise ValueError(f"broken by {len(note)}")

    def action_break_thread(self) -> None:
        threading.Thread(target=self.action_break).start()

    def action_break_worker(self) -> None:
        self.run_worker(self.fail())

    async def fail(self) -> None:
        self.action_break()

    def action_burn(self) -> None:
        self.show_status("computing")
        self.set_timer(0.1, burn)

    def action_wait(self) -> None:
        self.show_status("waiting")
        self.set_timer(0.1, lambda: time.sleep(600))

    def action_mouse(self) -> None:
        driver = self.driver
        assert driver is not None
        driver.set_mouse(not driver.mouse_is_on)
        self.show_status(f"mouse {'on' if driver.mouse_is_on else 'off'}")


def burn() -> None:
    while True:
        pass


if __name__ == "__main__":
    folder, what = Path(sys.argv[1]), "".join(sys.argv[2:])
    status = run_app(SampleApp(folder, what), report_folder=folder / "reports")
    if what == "hanging":
        threading.Thread(target=time.sleep, args=(600,)).start()
    sys.exit(status)
