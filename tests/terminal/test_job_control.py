"""In a real shell the app is a job like any other."""

from pathlib import Path

from tests.pty.probe import Probe
from tests.terminal.sample import COMMAND, ENVIRONMENT


def test_job_control_of_a_real_shell(tmp_path: Path) -> None:
    """In a shell Ctrl+Z, `bg`, `fg` and quitting work as for any full-screen program."""
    env = {**ENVIRONMENT, "PS1": "shell> "}
    with Probe(("bash", "--norc", "--noprofile", "-i"), env=env) as shell:
        shell.wait_for("shell>")
        shell.send(" ".join((*COMMAND, str(tmp_path))) + "\r")
        shell.wait_for("Ready 80x24")
        shell.press("ctrl+z")
        shell.wait_for("Stopped")
        shell.send("bg\r")
        shell.settle()
        shell.send("\recho a$((1))b\r")
        shell.wait_for("a1b")
        shell.send("fg\r")
        shell.wait_for("Ready")
        shell.send("abc")
        shell.wait_for("typed abc")
        shell.press("ctrl+q")
        shell.settle()
        shell.send("echo status $?\r")
        shell.wait_for("status 0")
