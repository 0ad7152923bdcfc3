"""What an ASCII terminal shows in place of other characters."""
# ruff: noqa: RUF001 - look-alikes of ASCII are what is tested

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.terminal.ascii import fold, is_known


@given(st.text(st.characters(exclude_categories=["Cc"])))
@example("a\u0301")
@example("\u260e\ufe0f")
@example("\U0001f469\u200d\U0001f680")
@example("\ufe0fx")
def test_width(text: str) -> None:
    """Folded text is ASCII and as wide as it was, whatever it holds."""
    folded = fold(text)
    assert folded.isascii()
    assert len(folded) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Run tall” — it’s easy…", '"Run tall" - it\'s easy.'),
        ("• one → two ✓", "* one > two x"),
        ("┌──┬──┐", "+--+--+"),
        ("│ █▄░ │", "| #_: |"),
        ("±5 ≤ 7 ≥ 3 × 90°", "+5 < 7 > 3 x 90o"),
        ("Zoë Müller, naïve café", "Zoe Muller, naive cafe"),
        ("cafe\u0301", "cafe"),
        ("漢字", "????"),
        ("✅ done", "x  done"),
        ("Ω?", "??"),
        ("tab\tand\nline", "tab\tand\nline"),
    ],
)
def test_stand_ins(text: str, expected: str) -> None:
    """Common signs fold to what a reader would type for them, and the rest to question marks."""
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("char", "expected"),
    [("a", True), ("—", True), ("é", True), ("\u0301", True), ("漢", False), ("Ω", False)],
)
def test_known(char: str, expected: bool) -> None:
    """Content can be checked for characters that an ASCII terminal would show as `?`."""
    assert is_known(char) == expected


def test_box_drawing_is_known() -> None:
    """Every line and block that a frame can be drawn with has a stand-in."""
    assert [char for char in map(chr, range(0x2500, 0x25A0)) if not is_known(char)] == []
