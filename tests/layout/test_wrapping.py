"""Lines break at spaces, are never too wide, and lose nothing."""
# ruff: noqa: RUF001 - full-width signs are part of what is tested

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.handbook.safe_text import visible
from tui.layout.wrapping import break_lines, cell_width, fitted, margin_in

_WIDE = st.sampled_from("漢字😀☎️👩‍🚀é́1️⃣🇩🇪\u200d\u200c\u0301\ufe0f ")
_TEXT = st.text(st.one_of(st.characters(), _WIDE, st.sampled_from("ab \n\t")))


def _lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in break_lines(text, width)]


@given(_TEXT)
def test_cell_width(text: str) -> None:
    """A text is as wide as the screen will show it."""
    shown = visible(text).replace("\n", "")
    assert cell_width(shown) == cell_len(shown)


@given(_TEXT.map(visible), st.integers(0, 90))
@example("日本語日本語", 6)
@example("a b", 2)
def test_cut_text_fits(text: str, width: int) -> None:
    """A text that is cut is never wider than asked, and one that fits is left as it is."""
    cut = fitted(text, width)
    assert cell_width(cut) <= width
    assert cut == text if cell_width(text) <= width else width == 0 or cut.endswith("…")


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("abcd", 4, "abcd"),
        ("abcde", 4, "abc…"),
        ("ab cde", 4, "ab…"),
        ("漢字漢", 4, "漢…"),
        ("ab", 1, "…"),
        ("ab", 0, ""),
        ("ab", -3, ""),
    ],
)
def test_as_much_as_fits(text: str, width: int, cut: str) -> None:
    """A cut text keeps what has room beside the ellipsis; where there is none nothing is left."""
    assert fitted(text, width) == cut


def test_margin() -> None:
    """A pane hardly wider than the text leaves two cells, a wide one a third of the rest, up to 16."""
    widths = (0, 40, 80, 81, 90, 119, 120, 200)
    assert [margin_in(width) for width in widths] == [2, 2, 2, 3, 6, 15, 16, 16]


@given(_TEXT.map(visible), st.integers(2, 90))
@example("☎️" * 50, 10)
@example("👩‍🚀" * 50, 11)
@example("x" * 100, 7)
@example("漢字" * 50, 3)
@example("a \ufe0f\ufe0f b", 2)
def test_no_line_is_too_wide(text: str, width: int) -> None:
    """No line is wider than the width, whatever the text."""
    assert all(cell_len(line) <= width for line in _lines(text, width))


@given(_TEXT.map(visible), st.integers(-1, 90))
def test_nothing_is_lost(text: str, width: int) -> None:
    """Lines hold every character but the spaces and line breaks at which they break."""
    joined = "".join("".join(_lines(text, width)).split(" "))
    assert joined == text.replace(" ", "").replace("\n", "")


@given(_TEXT.map(visible), st.integers(1, 90))
def test_lines_are_in_order(text: str, width: int) -> None:
    """Lines stand in the order of the text, within it, and overlap nowhere."""
    ends = [place for line in break_lines(text, width) for place in line]
    assert ends == sorted(ends)
    assert max(ends, default=0) <= len(text)


@given(st.lists(st.text("abc", min_size=1, max_size=6), min_size=1), st.integers(6, 40))
def test_lines_are_filled(words: list[str], width: int) -> None:
    """A word goes to the next line only where it would not fit, and never apart."""
    lines = _lines(" ".join(words), width)
    assert " ".join(lines).split() == words
    for line, after in pairwise(lines):
        assert len(line) + 1 + len(after.split()[0]) > width


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two", 3, ["one", "two"]),
        ("one\ntwo", 20, ["one", "two"]),
        ("one\n\ntwo", 20, ["one", "", "two"]),
        ("one  two", 20, ["one  two"]),
        ("one     two", 5, ["one", "two"]),
        (" one ", 20, ["one"]),
        ("abcdefgh ij", 3, ["abc", "def", "gh", "ij"]),
        ("ab cdefgh", 4, ["ab", "cdef", "gh"]),
        ("漢字漢字", 5, ["漢字", "漢字"]),
        ("a\u0301" * 4, 2, ["a\u0301a\u0301", "a\u0301a\u0301"]),
        ("", 10, [""]),
        ("  ", 10, []),
        ("\none\n", 10, ["", "one"]),
        ("漢", 1, ["漢"]),
        ("ab", 1, ["a", "b"]),
        ("ab", -1, ["a", "b"]),
        ("abcdef g h", 4, ["abcd", "ef g", "h"]),
        ("a don’t", 6, ["a", "don’t"]),
    ],
)
def test_examples(text: str, width: int, expected: list[str]) -> None:
    """Lines break at spaces, and words only where they are wider than a line."""
    assert _lines(text, width) == expected


@given(st.integers(1, 5))
def test_marks_stay_with_their_letters(width: int) -> None:
    """A letter is not parted from its marks, nor an emoji from what colors or joins it."""
    clusters = ["e\u0301", "☎\ufe0f", "👩\u200d🚀", "👍🏽"]
    lines = _lines("".join(clusters) * 3, width)
    assert "".join(lines) == "".join(clusters) * 3
    assert not any(line[0] in "\u0301\ufe0f\u200d🚀🏽" for line in lines)


@pytest.mark.timeout(20)
def test_long_texts() -> None:
    """A text of a megabyte, of one word or of many, is broken in one pass."""
    assert sum(1 for _ in break_lines("x" * 1_000_000, 50)) == 20_000
    assert sum(1 for _ in break_lines("ab " * 300_000, 50)) > 10_000
    assert sum(1 for _ in break_lines("é" * 500_000, 50)) == 10_000
    assert sum(1 for _ in break_lines("权" + " " * 500_000 + "。", 50)) > 10_000
    assert sum(1 for _ in break_lines("权" + " " * 500_000 + "a", 50)) == 2


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("所有权是规则", 6, ["所有权", "是规则"]),
        ("a ⺀a", 4, ["a ⺀", "a"]),
        ("所有权，是规则。", 6, ["所有", "权，是", "规则。"]),
        ("它是（所有）", 6, ["它是", "（所", "有）"]),
        ("やってみましょう", 6, ["やって", "みま", "しょう"]),
        ("Rust 的所有权 ownership 规则", 12, ["Rust 的所有", "权 ownership", "规则"]),
        ("使用println!宏。", 10, ["使用", "println!", "宏。"]),
        ("结果是 false ，我们 。", 12, ["结果是", "false ，我", "们 。"]),
        ("か\u3099か\u3099か\u3099", 4, ["か\u3099か\u3099", "か\u3099"]),
    ],
)
def test_text_without_spaces(text: str, width: int, lines: list[str]) -> None:
    """Chinese and Japanese break anywhere, but no line begins or ends with what may not."""
    assert _lines(text, width) == lines
