"""Whatever a text holds, what is shown of it does nothing to a terminal."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.handbook.safe_text import one_line, typeable, unescaped, visible

_TEXT = st.text(st.one_of(st.characters(), st.sampled_from("ab \n\t\u200d\u200c")))
_UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(_TEXT)
@example("\ud800")
def test_nothing_unsafe_is_shown(text: str) -> None:
    """No control or format character is left but line breaks and the joiners of some scripts."""
    left = {c for c in visible(text) if unicodedata.category(c) in _UNSAFE}
    assert left <= {"\n", "\u200c", "\u200d"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[2J", "^[[2J"),
        ("\x00\x07\x7f", "^@^G^?"),
        ("\r\n", "^M\n"),
        ("a\tb", "a b"),
        ("\x9b\x85", "<U+009B><U+0085>"),
        ("\u202e\u2066\u200b\ufeff", "<U+202E><U+2066><U+200B><U+FEFF>"),
        ("\u2028\u2029", "<U+2028><U+2029>"),
        ("\U000e0041", "<U+E0041>"),
        ("\ud800", "<U+D800>"),
        ("\u00ad", "<U+00AD>"),
        ("e\u0301 \u200d \u200c ☎\ufe0f \xa0", "e\u0301 \u200d \u200c ☎\ufe0f \xa0"),
        ("Plain — “text”", "Plain — “text”"),
    ],
)
def test_stand_ins(text: str, expected: str) -> None:
    """Each unsafe character is shown by its name; combining marks and joiners pass."""
    assert visible(text) == expected


@given(_TEXT)
def test_made_visible_twice(text: str) -> None:
    """What was made visible stays as it is."""
    assert visible(visible(text)) == visible(text)


@given(_TEXT)
def test_one_line(text: str) -> None:
    """A message is one line, with one space between its words."""
    line = one_line(text)
    assert "\n" not in line
    assert line == " ".join(visible(line).split())


@given(_TEXT)
def test_typeable(text: str) -> None:
    """What is typed keeps its length, with a space for each character that is not safe."""
    typed = typeable(text)
    assert len(typed) == len(text)
    assert visible(typed) == typed
    assert "\n" not in typed


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a &amp; b", "a & b"),
        ("&#x202e;", "<U+202E>"),
        ("&#27;[2J", "[2J"),
        ("&amp;#x202e;", "&#x202e;"),
    ],
)
def test_unescaped(source: str, text: str) -> None:
    """A character reference is no way around: what it stands for is made visible too."""
    assert unescaped(source) == text
