"""A real sshd on 127.0.0.1, run by an ordinary user with keys of its own."""

from __future__ import annotations

import getpass
import os
import shlex
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.pty.handbook import COMMAND, ROOT

SSHD = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin")
SSH = ("ssh", "-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null")


@dataclass(frozen=True)
class Server:
    """A running sshd, and the folder with its keys and the diary."""

    folder: Path
    port: int

    def program(self, *words: str, checkout: Path = ROOT) -> str:
        """The handbook as a command line, its diary in this folder."""
        data = shlex.quote(f"RUNTALL_DATA={self.data}")
        run = shlex.join((*COMMAND, *words))
        return f"cd {shlex.quote(str(checkout))} && exec env {data} {run}"

    @property
    def data(self) -> Path:
        """Where the diary is."""
        return self.folder / "data"

    def allow(self, options: str = "") -> None:
        """Let the client's key in, with these options."""
        key = (self.folder / "client.pub").read_text()
        (self.folder / "authorized_keys").write_text(f"{options} {key}".lstrip())

    def call(self, *words: str, port: int | None = None) -> tuple[str, ...]:
        """The command that logs in with a terminal, here or by a relay's port, and runs something."""
        login = f"{getpass.getuser()}@127.0.0.1"
        identity = ("-i", str(self.folder / "client"), "-p", str(port or self.port))
        return (*SSH, "-o", "LogLevel=ERROR", *identity, "-tt", login, *words)

    @property
    def handbook_pid(self) -> int:
        """The process of the handbook that writes this server's diary."""
        mark = f"RUNTALL_DATA={self.data}".encode()
        for environ in Path("/proc").glob("[0-9]*/environ"):
            try:
                found = mark in environ.read_bytes().split(b"\0")
            except OSError:
                continue
            if found:
                return int(environ.parent.name)
        raise AssertionError("the handbook does not run")


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """An sshd on a free port of 127.0.0.1, its files in a folder."""
    assert SSHD is not None
    for name in ("host", "client"):
        make = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name))
        subprocess.run(make, check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = {
        "ListenAddress": "127.0.0.1",
        "Port": port,
        "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "authorized_keys",
        "PidFile": "none",
        "StrictModes": "no",
        "UsePAM": "no",
    }
    config = folder / "sshd_config"
    config.write_text("".join(f"{name} {value}\n" for name, value in options.items()))
    with subprocess.Popen((SSHD, "-D", "-e", "-f", str(config)), stderr=subprocess.PIPE) as sshd:
        assert sshd.stderr is not None
        for line in sshd.stderr:
            if b"listening" in line:
                break
        yield Server(folder, port)
        sshd.send_signal(signal.SIGTERM)


def can_serve() -> str:
    """Why no sshd can be run here as it should be; empty where it can."""
    if SSHD is None or shutil.which("ssh") is None:
        return "needs OpenSSH"
    if os.geteuid() == 0:
        return "wants an ordinary user: python -m tests.benchmarks.over_ssh makes one"
    return ""
