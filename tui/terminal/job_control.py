"""Stopping like any other job of a shell, and only where there is such a shell."""

import os
import signal


def shell_waits(terminal: int = 0) -> bool:
    """Whether a shell with job control would notice that we stop, and could continue us.

    `ssh -t host runtall`, `exec runtall`, dtach and a forced command have none: who stops there
    stays stopped for ever, and the line with them.
    """
    group, session = os.getpgrp(), os.getsid(0)
    try:
        in_front = os.tcgetpgrp(terminal) == group
    except OSError:
        return False
    # Only a shell that controls jobs gives one a group of its own and puts that in front.
    return in_front and group != session and (os.getpid() != group or _parent_is_beside(session))


def _parent_is_beside(session: int) -> bool:
    """Whether our parent is another job of this session; with one of us for parent it is so, too."""
    try:
        return os.getsid(os.getppid()) == session
    except PermissionError:
        return True
    except ProcessLookupError:
        return False


def stop() -> None:
    """Stop this job, with whoever else is in it, and return once it is continued.

    The system drops the signal where nobody could continue us: then this returns at once.
    """
    handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    try:
        os.kill(0, signal.SIGTSTP)
    finally:
        signal.signal(signal.SIGTSTP, handler)
