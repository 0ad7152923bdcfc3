"""A shell with job control, no larger than the tests of stopping need: `job.py COMMAND…`.

Runs the command as a job in front of its terminal. When the job stops, the terminal is taken back;
SIGCONT to this shell is its `fg`. It ends with the job's status.
"""

import os
import signal
import sys
from pathlib import Path

from tests.pty.probe import Probe

COMMAND = (sys.executable, "-m", "tests.pty.job")
"""Runs what follows it as a job; the tests must be importable."""


def run(argv: list[str]) -> int:
    """Run a command as a job and return its exit status."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCONT})
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCONT})
        os.execvp(argv[0], argv)
    while True:
        status = os.waitpid(pid, os.WUNTRACED)[1]
        if not os.WIFSTOPPED(status):
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code
        os.tcsetpgrp(0, os.getpgrp())
        signal.sigwait({signal.SIGCONT})
        os.tcsetpgrp(0, pid)
        os.killpg(pid, signal.SIGCONT)


def find_job(probe: Probe) -> None:
    """Let a probe that runs this shell ask about and signal the job instead of the shell."""
    children = Path(f"/proc/{probe.leader}/task/{probe.leader}/children")
    probe.wait_for(lambda _: bool(children.read_text()))
    probe.pid = int(children.read_text().split()[0])


def bring_to_front(probe: Probe) -> None:
    """Continue a stopped job, as `fg` does."""
    os.kill(probe.leader, signal.SIGCONT)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
