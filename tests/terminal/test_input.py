"""What of the terminal's input becomes a message, and what is dropped."""

from collections.abc import Iterable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.terminal.input import (
    ESCAPE_PATIENCE,
    PASTE_END,
    PASTE_MAX,
    PASTE_START,
    PATIENCE,
    TerminalHasSideMargins,
    Token,
    Tokenizer,
    decode,
)

SCREEN = (80, 24)
Shown = tuple[object, ...]


def shown(message: Message) -> Shown:
    """What tells one message from another."""
    if isinstance(message, events.Key):
        return (message.key, message.character)
    if isinstance(message, events.MouseEvent):
        return (type(message), message.x, message.y, message.button, message.shift, message.ctrl)
    return (type(message), getattr(message, "text", None))


def decoded(tokens: Iterable[Token]) -> list[Shown]:
    """What the tokens mean."""
    return [shown(message) for token in tokens for message in decode(token, SCREEN)]


def read(*pieces: str) -> list[Shown]:
    """What comes of pieces that a terminal sends in one go, and of nothing for a while after them."""
    tokenizer = Tokenizer()
    tokens = [token for piece in pieces for token in tokenizer.feed(piece, 0)]
    return decoded([*tokens, *tokenizer.expire(PATIENCE)])


def read_by_textual(text: str) -> list[Shown]:
    """What Textual's own parser makes of a text, as its driver uses it."""
    parser = XTermParser()
    messages = [*parser.feed(text)]
    if parser._timeout_time is not None:
        parser._timeout_time = 0.0
        messages += parser.tick()
    # Nothing here asks where the cursor is: a late answer to another program must not matter.
    return [shown(each) for each in messages if not isinstance(each, events.CursorPosition)]


MEANT = [
    *("a", "é", "\r", "\x1b", "\x1ba", "\x1bA", "\x1b]", "\x1b[A", "\x1bOP", "\x1b[[A", "\x1b[15~"),
    *(
        "\x1b[1;5C",
        "\x1b[97;5u",
        "\x1b[97;;97u",
        "\x1b[I",
        "\x1b[O",
        "\x1b[<0;5;5M",
        "\x1b[<64;5;5M",
    ),
    *("\x1b[<0;80;24m", "\x1b[?2026;2$y", "\x1b[13;2u", "\x1b[27u", "\x1b[57399u", "\x1b[1;2P"),
]


@pytest.mark.parametrize("text", [*MEANT, *map(str, ANSI_SEQUENCES_KEYS)])
def test_as_textual_reads_it(text: str) -> None:
    """Each key that Textual knows, of any terminal, the mouse and the focus mean what they mean to it."""
    assert read(text) == read_by_textual(text)


def test_one_after_the_other() -> None:
    """Keys that come in one go, whole sequences among them, keep their order."""
    assert [each[0] for each in read("a\x1b[B\x1b\x1b[6~é")] == [
        *("a", "down", "escape", "pagedown", "é"),
    ]
    assert read("\x1b[?2026;2$y") == [(TerminalSupportsSynchronizedOutput, None)]


def test_margins_at_the_sides() -> None:
    """Only a terminal that says it has them, and can turn them on, is taken to have them."""
    for state in "12":
        assert read(f"\x1b[?69;{state}$y") == [(TerminalHasSideMargins, None)]
    for state in "034":
        assert read(f"\x1b[?69;{state}$y") == []


@pytest.mark.parametrize("text", ["\x1b", "\x1b]", "\x1bP"])
def test_key_that_may_begin_a_sequence(text: str) -> None:
    """Escape and some chords with Alt are keys if nothing follows at once."""
    tokenizer = Tokenizer()
    assert tokenizer.feed(text, 0) == []
    assert tokenizer.expire(ESCAPE_PATIENCE / 2) == []
    assert tokenizer.expire(ESCAPE_PATIENCE) == [("chord", text)]
    assert not tokenizer.waiting


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[:7u", "\x1b[1114112u", "\x1b[99999999999999999999u", "\x1b[55296u", "\x1b[?99;1z",
        "\x1b[1;1é", "\x1b[é", "\x1bOz", "\x1b]11;rgb:1/2/3\x07", "\x1b]52;c;QQ==\x1b\\",
        "\x1bP1$r0m\x1b\\", "\x1b_G1\x1b\\", "\x1b[48;7;7;0;0t", "\x1b[M !!", "\x1b[12;34R",
        f"\x1b[<{'9' * 5000};1;1M", "\x1b[<0;81;1M", "\x1b[<0;1;25M", "\x1b[<0;0;1M", "\x1b[<0;-4;2M",
        "\x1b[?2048;2$y",
    ],
)  # fmt: skip
def test_what_is_no_key_is_dropped(text: str) -> None:
    """Malformed and unknown sequences, replies, sizes and clicks beside the screen are dropped."""
    assert [each for each in read(f"a{text}b") if each[0] != "é"] == [("a", "a"), ("b", "b")]


@pytest.mark.parametrize("text", ["\x1b[<35;1", "\x1b[", "\x1bO", "\x1b]11;rgb", "\x1b[M!"])
def test_unfinished_sequence_is_dropped_in_time(text: str) -> None:
    """A sequence whose end does not come is waited for, then dropped."""
    tokenizer = Tokenizer()
    assert tokenizer.feed(text, 0) == []
    assert tokenizer.expire(PATIENCE / 2) == []
    assert decoded(tokenizer.expire(PATIENCE)) == []
    assert not tokenizer.waiting
    assert decoded(tokenizer.feed("a", 2)) == [("a", "a")]


def test_sequence_in_pieces_is_put_together() -> None:
    """A sequence that a slow link cuts in pieces arrives whole."""
    assert read("\x1b", "[<0", ";5;", "5Ma") == read("\x1b[<0;5;5Ma")


def test_endless_sequence_is_not_collected() -> None:
    """A reply that never ends is dropped as it comes instead of filling the memory."""
    tokenizer = Tokenizer()
    tokenizer.feed("\x1b]52;" + "Q" * 10_000, 0)
    assert not tokenizer.waiting


@given(st.lists(st.text(st.sampled_from("ab\x1b[]O<>;:0129~Mu\x07\\P?$yt\xff中"), max_size=30)))
def test_anything_can_be_read(pieces: list[str]) -> None:
    """No input at all raises an error, or leaves something held for ever."""
    tokenizer = Tokenizer()
    for piece in pieces:
        decoded(tokenizer.feed(piece, 0))
    decoded(tokenizer.expire(PATIENCE))
    assert not tokenizer.waiting


@given(st.text(st.characters(exclude_characters="\x1b", exclude_categories=["Cs"])))
def test_text_without_escapes_is_read_at_once(text: str) -> None:
    """Plain typing is never held, and each character is the key that Textual makes of it."""
    tokenizer = Tokenizer()
    assert decoded(tokenizer.feed(text, 0)) == read_by_textual(text)
    assert not tokenizer.waiting


@given(st.text(st.sampled_from("ab\x1b[201~\n\t中")), st.integers(1, 7))
def test_paste_is_the_same_in_any_pieces(text: str, size: int) -> None:
    """However a paste is cut in pieces, the text between its marks arrives without controls."""
    assume(PASTE_END not in text)
    whole = PASTE_START + text + PASTE_END
    pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
    assert read(*pieces) == [(events.Paste, text.replace("\x1b", ""))]


def test_paste_is_cut() -> None:
    """Of a long paste only the first part is kept, then keys again."""
    passed = read(PASTE_START, "x" * PASTE_MAX, "x" * 5 + PASTE_END + "a")
    assert passed == [(events.Paste, "x" * PASTE_MAX), ("a", "a")]


def test_unfinished_paste_is_ended() -> None:
    """A paste whose end does not come is ended once nothing has come for a while."""
    tokenizer = Tokenizer()
    assert tokenizer.feed(PASTE_START + "x", 0) == []
    assert tokenizer.feed("y", 1.0) == []
    assert tokenizer.expire(1.5) == []
    assert tokenizer.expire(2.0) == [("paste", "xy")]
    assert tokenizer.feed("a", 3.0) == [("text", "a")]


def test_an_unambiguous_escape_is_not_waited_for() -> None:
    """Where the terminal speaks kitty's protocol Esc comes whole, and nothing more is awaited."""
    tokenizer = Tokenizer()
    (token,) = tokenizer.feed("\x1b[27u", now=0.0)
    assert [each.key for each in decode(token, (80, 24)) if isinstance(each, events.Key)] == [
        "escape"
    ]
    assert not tokenizer.waiting
