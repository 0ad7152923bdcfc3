"""What makes the start faster and smaller, each trick with what it gains; nothing here is needed.

Measured with `python -m tests.benchmarks.reading`; one that gains nothing any more should go.
"""

from __future__ import annotations

import gc
import sys


def stop_collecting() -> None:
    """Look for no garbage while starting, as what is imported stays: an eighth of the start."""
    gc.disable()


def collect_from_now_on() -> None:
    """Collect garbage again, but never look through what the start has made."""
    gc.freeze()
    gc.enable()


def leave_out_tls() -> None:
    """Let asyncio do without OpenSSL, as nothing here calls out: a twelfth of the memory.

    None says that there is no such module; a later `import ssl` in this process fails.
    """
    sys.modules.setdefault("ssl", None)  # type: ignore[arg-type]
