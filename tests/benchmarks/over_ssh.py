"""A shared machine: a real sshd of an ordinary user, a slow line, and many readers at once.

    python -m tests.benchmarks.over_ssh [--sessions 20] [--baud 9600] [--trip 200]

As an ordinary user it starts an sshd on 127.0.0.1 with keys of its own, passes the tests that need
one, and prints as Markdown what a slow line makes of a key, and what the sessions cost together.
Root makes a user for it, whom the Python in use must be open to, and removes them again.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from queue import Queue
from statistics import median

from tests.benchmarks.conditions import machine
from tests.benchmarks.wire import PAGE, PAGER, ROOT, RUNTALL, WIDTH, Program, measured
from tests.pty.probe import Probe
from tests.pty.ssh import can_serve, serving

USER = "runtall-probe"
STEPS = ("line", "page down", "contents move", "checklist move", "tick", "search letter")
QUIET = 2.5
"""Seconds without a byte after which an answer is whole: a frame is one packet, and comes all at once."""


def as_an_ordinary_user() -> int:
    """Run this again as a user made for it."""
    home = Path(tempfile.mkdtemp(prefix="runtall-"))
    # A member of tty may give a terminal to that group, as sshd does where the system has not.
    made = ("--home-dir", str(home), "--shell", "/bin/sh", "--password", "*", "--groups", "tty")
    subprocess.run(("useradd", *made, USER), check=True)
    try:
        shutil.chown(home, USER)
        words = ("env", f"HOME={home}", f"TMPDIR={home}", "PYTHONDONTWRITEBYTECODE=1")
        again = (sys.executable, "-m", "tests.benchmarks.over_ssh", *sys.argv[1:])
        return subprocess.run(("runuser", "-u", USER, "--", *words, *again), check=False).returncode
    finally:
        subprocess.run(("userdel", "--force", USER), check=False, stderr=subprocess.DEVNULL)
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def relay(to: int, bytes_a_second: float, trip: float) -> Iterator[int]:
    """A port that leads to another one over a slow line; a trip takes so many seconds both ways."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    near, _ = listening.accept()
                    far = socket.create_connection(("127.0.0.1", to))
                    for one, other in ((near, far), (far, near)):
                        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                        way = (one, other, bytes_a_second, trip / 2)
                        threading.Thread(target=_carry, args=way, daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1]


def _carry(source: socket.socket, target: socket.socket, rate: float, delay: float) -> None:
    """Carry what comes, each byte no sooner than the line lets it."""
    on_the_way: Queue[tuple[float, bytes]] = Queue()
    threading.Thread(target=_deliver, args=(target, on_the_way), daemon=True).start()
    free_at, data = 0.0, b"."
    while data:
        try:
            data = source.recv(max(1, int(rate / 20)))
        except OSError:
            data = b""
        free_at = max(free_at, time.monotonic()) + len(data) / rate
        on_the_way.put((free_at + delay, data))


def _deliver(target: socket.socket, on_the_way: Queue[tuple[float, bytes]]) -> None:
    """Hand over what was on the way, each at its time; nothing ends it."""
    while data := (arriving := on_the_way.get())[1]:
        time.sleep(max(0, arriving[0] - time.monotonic()))
        with suppress(OSError):
            target.sendall(data)
    target.close()


def slow_line(folder: Path, baud: int, trip: float) -> None:
    """Print a row for each program, at the far end of a slow line."""
    text = folder / "page.txt"
    read = [sys.executable, "-m", "tui", "read", PAGE.stem, "--width", str(WIDTH)]
    text.write_bytes(subprocess.run(read, cwd=ROOT, check=True, capture_output=True).stdout)
    print(f"| {baud:,} baud, {trip * 1000:.0f} ms |", " | ".join(STEPS), "|")
    print("|---" * (len(STEPS) + 1) + "|")
    with serving(folder) as server, relay(server.port, baud / 10, trip) as port:
        server.allow()
        handbook, pager = server.program("open", PAGE.stem), shlex.join(("less", str(text)))
        for name, command, script, margins in (
            ("runtall", handbook, RUNTALL, True),
            ("runtall, no side margins", handbook, RUNTALL, False),
            ("less", pager, PAGER, True),
        ):
            call = server.call(command, port=port)
            program = Program(name, call, script, side_margins=margins)
            cells = measured(program, 80, 24, 0, QUIET)
            print(
                f"| {name} |", " | ".join(cells.get(step, "-") for step in STEPS), "|", flush=True
            )


def many_at_once(folder: Path, count: int) -> None:
    """Print how long it takes until all of them show their page, and the memory of each."""
    print(f"\n| {count} at once | first | median | last | memory (PSS) each |")
    print("|---|---|---|---|---|")
    page = folder / "page.txt"
    tui = (sys.executable, "-m", "tui")
    _row("runtall", [(*tui, "--data", str(folder / f"of {n}")) for n in range(count)])
    _row("less", [("less", str(page))] * count)


def _row(name: str, commands: Sequence[Sequence[str]]) -> None:
    start, seconds = time.perf_counter(), list[float]()
    with ExitStack() as opened:
        waiting = probes = [opened.enter_context(Probe(each, cwd=ROOT)) for each in commands]
        while waiting:
            for probe in waiting:
                probe.settle(0.001, 0.001)
            there = [each for each in waiting if len(each.text.split()) > 20]
            seconds += [time.perf_counter() - start] * len(there)
            waiting = [each for each in waiting if each not in there]
        for probe in probes:
            probe.settle(0.5)
        memory = median(_pss(each.pid) for each in probes)
    times = (seconds[0], median(seconds), seconds[-1])
    print(f"| {name} |", " | ".join(f"{each:.2f} s" for each in times), f"| {memory:.1f} MB |")


def _pss(pid: int) -> float:
    """The memory of a process in MB, its part of what it shares with others counted."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(rollup.partition("\nPss:")[2].split()[0]) / 1000


def main() -> int:
    """Pass the tests over ssh, and print the tables."""
    parser = argparse.ArgumentParser(description="Try a shared machine: sshd, a slow line, many.")
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--baud", type=int, default=9600)
    parser.add_argument("--trip", type=float, default=200, help="milliseconds, both ways")
    options = parser.parse_args()
    if os.geteuid() == 0:
        return as_an_ordinary_user()
    if can_serve():
        parser.error(can_serve())
    tests = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", "-m", "long")
    words = (sys.executable, *tests, "tests/pty/test_over_ssh.py")
    passed = subprocess.run(words, cwd=ROOT, check=False).returncode
    with tempfile.TemporaryDirectory() as folder:
        slow_line(Path(folder), options.baud, options.trip / 1000)
        many_at_once(Path(folder), options.sessions)
    print(f"\n{machine()}")
    return passed


if __name__ == "__main__":
    sys.exit(main())
