"""What of the terminal's input reaches the parser."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from textual import events

from tui.terminal.input_filter import (
    ESCAPE_PATIENCE,
    PASTE_END,
    PASTE_MAX,
    PASTE_START,
    PATIENCE,
    InputFilter,
)
from tui.terminal.input_reading import BoundedParser, SequenceJudge


@pytest.fixture
def keys() -> InputFilter:
    """A filter that asks Textual's own parser which sequences it knows."""
    return InputFilter(SequenceJudge())


@pytest.mark.parametrize(
    "text",
    [
        "a", "é中", "\r", "\x1ba", "\x1b\x1b[A", "\x1b[A", "\x1bOP", "\x1b[[A",
        "\x1b[15~", "\x1b[1;5C", "\x1b[97;5u", "\x1b[97;;97u", "\x1b[I", "\x1b[<0;5;5M",
        "\x1b[?2026;2$y", "a\x1b[Bb\x1b[6~c",
    ],
)  # fmt: skip
def test_keys_pass(keys: InputFilter, text: str) -> None:
    """Characters, keys, focus, mouse and the answer to our own query pass unchanged at once."""
    assert "".join(keys.feed(text, 0)) == text
    assert not keys.waiting


@pytest.mark.parametrize("text", ["\x1b", "\x1b]", "\x1bP"])
def test_key_that_may_begin_a_sequence(keys: InputFilter, text: str) -> None:
    """Escape and some chords with Alt are keys if nothing follows at once."""
    assert keys.feed(text, 0) == []
    assert keys.expire(ESCAPE_PATIENCE / 2) == []
    assert keys.expire(ESCAPE_PATIENCE) == [text]
    assert not keys.waiting


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[:7u", "\x1b[1114112u", "\x1b[99999999999999999999u", "\x1b[55296u", "\x1b[?99;1z",
        "\x1b[1;1é", "\x1b[é", "\x1bOz", "\x1b]11;rgb:1/2/3\x07", "\x1b]52;c;QQ==\x1b\\",
        "\x1bP1$r0m\x1b\\", "\x1b_G1\x1b\\", "\x1b[48;7;7;0;0t", "\x1b[M !!",
        f"\x1b[<{'9' * 5000};1;1M",
    ],
)  # fmt: skip
def test_what_is_no_key_is_dropped(keys: InputFilter, text: str) -> None:
    """Malformed and unknown sequences, replies, and sizes are dropped, the keys around them not."""
    assert "".join(keys.feed(f"a{text}b", 0)).replace("é", "") == "ab"
    assert not keys.waiting


@pytest.mark.parametrize("text", ["\x1b[<35;1", "\x1b[", "\x1bO", "\x1b]11;rgb", "\x1b[M!"])
def test_unfinished_sequence_is_dropped_in_time(keys: InputFilter, text: str) -> None:
    """A sequence whose end does not come is waited for, then dropped."""
    assert keys.feed(text, 0) == []
    assert keys.expire(PATIENCE / 2) == []
    assert keys.expire(PATIENCE) == []
    assert not keys.waiting
    assert keys.feed("a", 2) == ["a"]


def test_sequence_in_pieces_is_put_together(keys: InputFilter) -> None:
    """A sequence that a slow link cuts in pieces arrives whole."""
    pieces = ("\x1b", "[<0", ";5;", "5Ma")
    assert [keys.feed(piece, 0) for piece in pieces] == [[], [], [], ["\x1b[<0;5;5M", "a"]]


def test_endless_sequence_is_not_collected(keys: InputFilter) -> None:
    """A reply that never ends is dropped as it comes instead of filling the memory."""
    keys.feed("\x1b]52;" + "Q" * 10_000, 0)
    assert not keys.waiting


@given(st.lists(st.text(st.sampled_from("ab\x1b[]O<>;:0129~Mu\x07\\P?$yt\xff中"), max_size=30)))
def test_parser_bears_whatever_passes(pieces: list[str]) -> None:
    """No input at all makes the filter fail, or lets through what the parser fails on."""
    keys, parser = InputFilter(SequenceJudge()), BoundedParser(lambda: (80, 24))
    passed = [part for piece in pieces for part in keys.feed(piece, 0)]
    for part in (*passed, *keys.expire(PATIENCE)):
        list(parser.feed_whole(part))
        assert not parser.is_within_sequence
    assert not keys.waiting


@given(st.text(st.characters(exclude_characters="\x1b")))
def test_text_without_escapes_is_untouched(text: str) -> None:
    """Plain typing is never changed or held."""
    keys = InputFilter(SequenceJudge())
    assert "".join(keys.feed(text, 0)) == text
    assert not keys.waiting


@given(st.text(st.sampled_from("ab\x1b[201~\n\t中")), st.integers(1, 7))
def test_paste_is_the_same_in_any_pieces(text: str, size: int) -> None:
    """However a paste is cut in pieces, the text between its marks arrives without controls."""
    assume(PASTE_END not in text)
    whole = PASTE_START + text + PASTE_END
    keys = InputFilter(SequenceJudge())
    starts = range(0, len(whole), size)
    passed = [part for at in starts for part in keys.feed(whole[at : at + size], 0)]
    expected = PASTE_START + text.replace("\x1b", "") + PASTE_END
    assert "".join(passed) == expected


def test_paste_is_cut(keys: InputFilter) -> None:
    """Of a long paste only the first part passes, then keys again."""
    passed = keys.feed(PASTE_START + "x" * (PASTE_MAX + 5) + PASTE_END + "a", 0)
    assert passed == [PASTE_START, "x" * PASTE_MAX + PASTE_END, "a"]


def test_unfinished_paste_is_ended(keys: InputFilter) -> None:
    """A paste whose end does not come is ended once nothing has come for a while."""
    assert keys.feed(PASTE_START + "x", 0) == [PASTE_START, "x"]
    assert keys.feed("y", 1.0) == ["y"]
    assert keys.expire(1.5) == []
    assert keys.expire(2.0) == [PASTE_END]
    assert keys.feed("a", 3.0) == ["a"]


def test_mouse_counts_on_the_screen_only() -> None:
    """Mouse reports from outside the screen make no event."""
    parser = BoundedParser(lambda: (80, 24))
    for code, expected in (("<0;80;24M", 1), ("<0;81;1M", 0), ("<0;1;25M", 0), ("<0;0;1M", 0)):
        found = [m for m in parser.feed(f"\x1b[{code}") if isinstance(m, events.MouseEvent)]
        assert len(found) == expected
