"""synonyms.toml and asked.toml are read, and what is wrong with them is said with file and place."""

from pathlib import Path

import pytest

from tui.handbook.errors import ContentError
from tui.handbook.loading import OWN_BOOK
from tui.search.synonyms import Synonyms, load_asked, load_synonyms


def write(folder: Path, text: str) -> Path:
    (folder / "synonyms.toml").write_text(text, encoding="utf-8")
    return folder


def test_words_are_read(tmp_path: Path) -> None:
    """A line of [words] is one group."""
    text = '[words]\ntrapezius = ["traps"]\n'
    expected = Synonyms(groups=(("trapezius", "traps"),))
    assert load_synonyms(write(tmp_path, text)) == expected


def test_a_book_needs_no_synonyms(tmp_path: Path) -> None:
    """Without the file there are none."""
    assert load_synonyms(tmp_path) == Synonyms()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[words]\ntraps == 1", "line 2: not TOML"),
        ("[word]\n", "unknown table [word]; known: [words]"),
        ('words = ["a"]\n', "“words” must be a table, [words]"),
        ('[words]\ntraps = "trapezius"\n', "[words] “traps” must be a list of words or phrases in quotes"),
        ("[words]\ntraps = [1]\n", "[words] “traps” must be a list of words or phrases in quotes"),
        ('[words]\ntraps = ["--"]\n', "[words] “traps” must be a list of words or phrases in quotes"),
        ('[safety]\nNOW = ["rash"]\n', "unknown table [safety]; known: [words]"),
    ],
)  # fmt: skip
def test_a_bad_file_is_named(tmp_path: Path, text: str, problem: str) -> None:
    """The error names the file, the place in it, and what to write instead."""
    with pytest.raises(ContentError) as caught:
        load_synonyms(write(tmp_path, text))
    assert str(tmp_path / "synonyms.toml") in str(caught.value)
    assert problem in str(caught.value)


def test_what_people_ask_is_read(tmp_path: Path) -> None:
    """A line of [pages] is what people ask for one page with; without the file there is none."""
    assert load_asked(tmp_path) == {}
    file = tmp_path / "asked.toml"
    file.write_text('[pages]\npack = ["camelbak", "my straps dig in"]\n', encoding="utf-8")
    assert load_asked(tmp_path) == {"pack": ("camelbak", "my straps dig in")}
    file.write_text("[words]\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"unknown table \[words\]; known: \[pages\]"):
        load_asked(tmp_path)


def test_this_books_file_is_good() -> None:
    """The handbook's own synonyms are read."""
    synonyms = load_synonyms(OWN_BOOK)
    assert len(synonyms.groups) > 50
