"""Keys that come in one go, as over a slow link, mean the same as keys typed one by one."""

from __future__ import annotations

import re
from pathlib import Path

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
MORE_RESTS = 20
_KEY = re.compile(r"\x1b\[3~|\x1b\[.|.", re.DOTALL)


def test_in_one_go(tmp_path: Path) -> None:
    """Each key meets what the key before it has left."""
    slow, quick = (Handbook("--data", str(tmp_path / name)) for name in ("slow", "quick"))
    with slow, quick:
        for handbook in (slow, quick):
            handbook.wait_for("Why does my upper back")
            handbook.rest()
        for typed in BURSTS:
            for key in _KEY.findall(typed):
                slow.send(key)
                slow.rest(0.05)
            quick.send(typed)
            quick.rest()
            for _ in range(MORE_RESTS):  # a busy machine may have let neither compute for a while
                if quick.text == slow.text:
                    break
                quick.rest()
                slow.rest()
            assert (typed, quick.text) == (typed, slow.text)
            for handbook in (slow, quick):
                for _ in range(2):
                    handbook.press("escape")
                    handbook.rest()
