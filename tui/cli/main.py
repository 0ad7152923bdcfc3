"""The `runtall` command: words in, exit code out.

It imports nothing of ours until it runs, so that a start in the very second in which Run Tall is
being installed ends in one line.
"""

import os
import sys
from collections.abc import Sequence

NOT_WHOLE = 75
"""The exit code where parts of the program are missing: EX_TEMPFAIL, as a new try may help."""


def main(words: Sequence[str] | None = None) -> int:
    """Run the command that the words make, and say in the exit code how it went."""
    asked = sys.argv[1:] if words is None else words
    if len(asked) == 1:
        from .repeated import repeat  # noqa: PLC0415 - most commands have more words

        code = repeat(asked[0])
        if code is not None:
            return code
    try:
        from ..terminal.startup import stop_collecting  # noqa: PLC0415 - as the module says

        stop_collecting()
        from .run import run  # noqa: PLC0415 - likewise
    except (ImportError, SyntaxError) as error:
        return not_whole(error)
    return run(asked)


def not_whole(error: ImportError | SyntaxError) -> int:
    """Say that a part of the program, or of what it needs, is missing; return the exit code."""
    if os.environ.get("RUNTALL_DEBUG") == "1":
        raise error
    line = f"runtall: not installed whole ({error}); try again in a moment, or install it again"
    if sys.stderr is not None:
        sys.stderr.write(line.encode("ascii", "replace").decode().replace("\n", " ") + "\n")
    return NOT_WHOLE
