"""Keys that come in one go, as over a slow link, mean the same as keys typed one by one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pty.handbook import Handbook

BURSTS = (
    "c 23",
    "cjj js\rc",
    "caknee band\rG ",
    "cs\x7f\x7fwhy\rj\x1b[3~H ",
    "c\t\x1b[B\x1b[B\r\rn",
    "c2r\x1b[B\r3\rgood\rdeno\x7fw\r\rp4\rq/rest",
    "f2]]bb",
    "fq>>>\r\x7f",
    "\tjjj\r]",
    "/neck\x7f\x7f\x7f\x7ftraps\r n",
    "!q]m'\riq",
    "w02\r3",
    "Bjj\r",
    "d?q:red\r",
)
"""What is typed; no Esc, which a terminal cannot tell from Alt in one go."""
_KEY = re.compile(r"\x1b\[3~|\x1b\[.|.", re.DOTALL)


def shown(tmp_path: Path, typed: str, *, one_by_one: bool) -> str:
    """The screen after keys, of a diary of its own."""
    data = tmp_path / str(one_by_one)
    with Handbook("--data", str(data)) as handbook:
        handbook.wait_for("Why does my upper back")
        handbook.rest()
        for keys in _KEY.findall(typed) if one_by_one else (typed,):
            handbook.send(keys)
            handbook.rest()
        return handbook.text


@pytest.mark.parametrize("typed", BURSTS)
def test_in_one_go(typed: str, tmp_path: Path) -> None:
    """Each key meets what the key before it has left."""
    expected = shown(tmp_path, typed, one_by_one=True)
    assert shown(tmp_path, typed, one_by_one=False) == expected
