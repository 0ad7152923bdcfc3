"""`runtall` with a clock for routines that goes many times as fast.

python -m tests.pty.fast_clock TIMES WORDS…
"""

import sys
import time

from tui.diary import clock


def main() -> int:
    """Set the clock before anything has taken it, then run the command."""
    times = float(sys.argv[1])
    clock.elapsed = lambda: time.monotonic() * times
    from tui.cli.main import main as run  # noqa: PLC0415 - only now, as it says
    from tui.ui.screens import routine  # noqa: PLC0415 - likewise

    routine.LOOK_EVERY = 0.5 / times
    return run(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
