"""Over a real sshd on this machine, run by whoever runs the tests, with keys of its own."""

from __future__ import annotations

import getpass
import os
import select
import shlex
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.pty.handbook import COMMAND, ROOT
from tests.pty.probe import Probe

SSHD = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(SSHD is None or shutil.which("ssh") is None, reason="needs OpenSSH"),
    pytest.mark.skipif(
        os.geteuid() == 0 and not Path("/run/sshd").is_dir(), reason="root's sshd needs /run/sshd"
    ),
]
SSH = ("ssh", "-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null")


@dataclass(frozen=True)
class Server:
    """A running sshd, and the folder with its keys and the diary."""

    folder: Path
    port: int

    @property
    def program(self) -> str:
        """The handbook as a command line, its diary in this folder."""
        data = shlex.quote(f"RUNTALL_DATA={self.folder / 'data'}")
        return f"cd {shlex.quote(str(ROOT))} && exec env {data} {shlex.join(COMMAND)}"

    def allow(self, options: str = "") -> None:
        """Let the client's key in, with these options."""
        key = (self.folder / "client.pub").read_text()
        (self.folder / "authorized_keys").write_text(f"{options} {key}".lstrip())

    def call(self, *words: str) -> tuple[str, ...]:
        """The command that logs in with a terminal and runs something."""
        login = f"{getpass.getuser()}@127.0.0.1"
        identity = ("-i", str(self.folder / "client"), "-p", str(self.port))
        return (*SSH, "-o", "LogLevel=ERROR", *identity, "-tt", login, *words)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """An sshd on a free port of 127.0.0.1."""
    for name in ("host", "client"):
        make = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name))
        subprocess.run(make, check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = {
        "ListenAddress": "127.0.0.1",
        "Port": port,
        "HostKey": tmp_path / "host",
        "AuthorizedKeysFile": tmp_path / "authorized_keys",
        "PermitRootLogin": "yes",
        "PidFile": "none",
        "StrictModes": "no",
        "UsePAM": "no",
    }
    config = tmp_path / "sshd_config"
    config.write_text("".join(f"{name} {value}\n" for name, value in options.items()))
    assert SSHD is not None
    with subprocess.Popen((SSHD, "-D", "-e", "-f", str(config)), stderr=subprocess.PIPE) as sshd:
        assert sshd.stderr is not None
        assert b"listening" in sshd.stderr.readline()
        yield Server(tmp_path, port)
        sshd.send_signal(signal.SIGTERM)


def test_ctrl_z_with_nobody_to_continue(server: Server) -> None:
    """`ssh -t host runtall` goes on after Ctrl+Z, and says why it did not stop."""
    server.allow()
    with Probe(server.call(server.program)) as probe:
        probe.wait_for("Why does my upper back", timeout=30)
        probe.press("ctrl+z")
        probe.wait_for("There is no shell here to go back to; q quits")
        probe.press("]")
        probe.wait_for("2/")
        probe.press("q")
        assert probe.wait_for_exit() == 0


def test_ctrl_z_in_a_login_shell(server: Server) -> None:
    """In a shell at the other end Ctrl+Z stops the handbook, and `fg` brings it back."""
    server.allow()
    with Probe(server.call("env PS1='shell> ' bash --norc --noprofile -i")) as probe:
        probe.wait_for("shell>", timeout=30)
        probe.send(server.program.replace("exec ", "") + "\r")
        probe.wait_for("Why does my upper back", timeout=30)
        probe.press("ctrl+z")
        probe.wait_for("Stopped")
        probe.send("fg\r")
        probe.wait_for("Why does my upper back")
        probe.press("q")
        probe.wait_for(lambda each: each.text.rstrip().endswith("shell>"))


def test_forced_command_holds(server: Server) -> None:
    """With `--kiosk` as the forced command another command is not run, and nothing is suspended."""
    forced = f"{server.program} --kiosk".replace('"', '\\"')
    server.allow(f'restrict,pty,command="{forced}"')
    with Probe(server.call("touch", str(server.folder / "touched"))) as probe:
        probe.wait_for("Why does my upper back", timeout=30)
        probe.press("ctrl+z")
        probe.wait_for("There is no shell here to go back to; q quits")
        probe.press("q")
        assert probe.wait_for_exit() == 0
    assert not (server.folder / "touched").exists()


def test_a_dropped_line(server: Server) -> None:
    """When the client is killed, the program ends, and the tick that was shown is kept."""
    server.allow()
    with Probe(server.call(server.program)) as probe:
        probe.wait_for("Why does my upper back", timeout=30)
        probe.press("c")
        probe.wait_for("of 12")
        probe.press("2")
        probe.wait_for("1 of 12")
        program = os.pidfd_open(pid_of(server))
        probe.signal(signal.SIGKILL)
        ended, _, _ = select.select([program], [], [], 10)
        os.close(program)
    assert ended
    shown = subprocess.run(
        (*COMMAND, "check", "--data", str(server.folder / "data")),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert "1 of 12" in shown.stdout


def pid_of(server: Server) -> int:
    """The process of the handbook that writes this server's diary."""
    mark = f"RUNTALL_DATA={server.folder / 'data'}".encode()
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            found = mark in environ.read_bytes().split(b"\0")
        except OSError:
            continue
        if found:
            return int(environ.parent.name)
    raise AssertionError("the handbook does not run")
