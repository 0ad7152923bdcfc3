"""Anything may come in from the terminal: it is dropped or replaced, and the app goes on."""

import random
import re

import pytest

from tests.terminal.sample import NOTHING, Sample
from tui.terminal.input import PATIENCE

_PIECES = (
    *(b"\x1b", b"\x1b[", b"\x1bO", b"\x1b]", b"\x1bP", b"\x1b[<", b"\x1b[200~", b"\x1b[201~"),
    *(b"\x1b[M", b"\x1b[48;", b"\x1b[?2048;1$y", b"\x1b[:7u", b"\x1b[1114112u", b"\x1b[55296u"),
    *(b"0;0;0;0t", b"9999999999", b";", b":", b"u", b"M", b"m", b"~", b"t", b"\x07", b"\\"),
    *(b"\xff", b"\xc3", b"\x00", b"\x9b", "é".encode(), "中".encode(), b"A", b"q", b"7"),
)
# These would quit, suspend, break, or block the sample app, as they should.
_KEYS_WITH_MEANING = re.compile(rb"[\x02\x07\x0e\x0f\x11\x14\x19\x1a]")


def _assert_still_answers(sample: Sample) -> None:
    """Clear the field, type into it and see it arrive; then quit."""
    # An Input takes letters at once, but keys with a meaning only on their way back to it.
    sample.send("\x1b[I\t\x05\x15")
    sample.rest()
    sample.send("xyz")
    sample.wait_for("typed xyz ")
    sample.press("ctrl+q")
    assert sample.wait_for_exit() == 0
    assert sample.left_behind == NOTHING


def _let_unfinished_expire(sample: Sample) -> None:
    # Nothing on the screen tells when a sequence that types nothing is given up.
    sample.rest(PATIENCE + 0.2)


@pytest.mark.parametrize("count", [3000, pytest.param(20_000, marks=pytest.mark.long)])
def test_random_bytes(sample: Sample, count: int) -> None:
    """Random bytes and pieces of sequences never end the app or leave it deaf."""
    chance = random.Random(count)
    for _ in range(count // 100):
        pieces = [chance.choice((*_PIECES, chance.randbytes(2))) for _ in range(100)]
        sample.send(_KEYS_WITH_MEANING.sub(b"", b"".join(pieces)))
        sample.settle(quiet=0.01)
    _let_unfinished_expire(sample)
    _assert_still_answers(sample)


def test_unfinished_paste_is_closed(sample: Sample) -> None:
    """A paste that never ends is taken as ended, and keys work again."""
    sample.send("\x1b[200~hello")
    sample.wait_for("typed hello")
    _assert_still_answers(sample)


def test_huge_paste_is_cut(sample: Sample) -> None:
    """Of a paste of 10 MB the first 64 kB arrive; memory and the app bear it."""
    memory = sample.memory_kb
    sample.send(b"\x1b[200~" + b"x" * 10_000_000 + b"\x1b[201~")
    sample.wait_for("typed xxx", timeout=30)
    assert sample.memory_kb - memory < 30_000
    _assert_still_answers(sample)


def test_pasted_escapes_press_no_keys(sample: Sample) -> None:
    """What is pasted is text: escape characters in it are left out and press nothing."""
    sample.send("\x1b[200~ab\x1b[I\x11" + "\x1bc" * 36 + "\x1b[201~")
    sample.wait_for("typed ab[I" + "c" * 36)
    _assert_still_answers(sample)


def test_mouse_outside_the_screen_is_dropped(sample: Sample) -> None:
    """A mouse report counts only if it lies on the screen."""
    sample.send("\x1b[<0;9000;1M\x1b[<0;1;9000M\x1b[<0;-4;2M\x1b[<0;7;1M")
    sample.wait_for("clicked 6,0")
    _assert_still_answers(sample)


def test_mouse_can_be_switched(sample: Sample) -> None:
    """The mouse can be turned off and on while running."""
    mouse = {1000, 1003, 1006, 1015}
    assert sample.changed_modes & mouse == mouse
    sample.press("ctrl+n")
    sample.wait_for("mouse off")
    assert sample.changed_modes & mouse == set()
    sample.press("ctrl+n")
    sample.wait_for("mouse on")
    assert sample.changed_modes & mouse == mouse
    _assert_still_answers(sample)


def test_absurd_sizes(sample: Sample) -> None:
    """A size of nothing or of tens of thousands is replaced by one that can be drawn."""
    sample._set_size(65535, 65535)
    sample.wait_for(lambda _: b"1000x500" in sample.output, timeout=30)
    sample._set_size(1, 1)
    sample.settle()
    sample._set_size(0, 0)
    sample.wait_for("Ready 80x24")
    _assert_still_answers(sample)


def test_sizes_sent_as_input_are_not_believed(sample: Sample) -> None:
    """Only the system says how large the terminal is."""
    sample.send("\x1b[?2048;2$y\x1b[48;7;7;0;0t\x1b[<0;7;1M")
    sample.wait_for("clicked 6,0")
    assert b"7x7" not in sample.output
    _assert_still_answers(sample)


def test_late_replies_press_no_keys(sample: Sample) -> None:
    """A reply meant for another program, whole or cut in pieces, types nothing."""
    sample.send("\x1b]11;rgb:1111/2222/3333\x1b\\\x1bP1$r0m\x1b\\\x1b[12;3")
    sample.settle()
    sample.send("4R\x1b[?99;1z\x1b[<35;1")
    _let_unfinished_expire(sample)
    _assert_still_answers(sample)
    assert b"typed 1" not in sample.output
