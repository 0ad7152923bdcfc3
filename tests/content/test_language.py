"""The words are our own, spelled the American way, in characters that any terminal can show.

`article_sevengrams.txt` keeps the book's words apart from those of the article that it grew out
of, without keeping the article. Each line stands for seven consecutive words of it: the words in
lower case, with straight apostrophes and nothing between them but one space, and of their SHA-256
the first sixteen hexadecimal digits. `fingerprints` below makes the same from any text.
"""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from rich.cells import get_character_cell_size

from tui.handbook.files import read_text
from tui.handbook.loading import OWN_BOOK
from tui.handbook.model import Page
from tui.terminal.ascii import is_known

from .prose import sentences, told

PROJECT = OWN_BOOK.parent

MARKERS = {
    "the draft's name for the article": r"\bseed\b",
    "a claim's number": r"\bS\d\d\b",
    "a sign's number": r"\bRF\d\d\b",
    "a tag": r"\[(FOUND|SEED|KNOWN|uncited)",
    "a badge": r"\[(\+\+|\+ |\? |- )\]",
    "a note to the editor": r"\b(purpose|covers|TODO|FIXME|XXX):",
    "an id of the draft": r"\bex-[a-z]",
}

SPELLED_AS_THE_SOURCE = {
    "randomised": "in the title of a paper",
    "minimise": "in the title of a paper",
    "ther": "short for Therapy in the name of a journal",
}
"""Words that the spelling check must let pass, and why."""


def texts() -> Iterator[tuple[str, str]]:
    """Every file of words in the project: its name and its text."""
    files = [*OWN_BOOK.rglob("*.md"), *OWN_BOOK.rglob("*.toml"), PROJECT / "README.md"]
    for file in sorted(file for file in files if file.exists()):
        yield file.relative_to(PROJECT).as_posix(), read_text(file)


def fingerprints(text: str) -> Iterator[tuple[str, str]]:
    """Each run of seven words in a text, and what stands for it in the list."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).lower().replace("\u2019", "'")
    words = re.findall(r"[a-z0-9']+", plain)
    for at in range(len(words) - 6):
        run = " ".join(words[at : at + 7])
        yield run, sha256(run.encode()).hexdigest()[:16]


def test_no_seven_words_in_a_row_are_the_articles() -> None:
    """The book says it in its own words, everywhere."""
    article = set((Path(__file__).parent / "article_sevengrams.txt").read_text().split())
    assert len(article) > 600
    claims = Path(__file__).parent / "claims.toml"
    shared = [
        f"{name}: {run}"
        for name, text in [*texts(), (claims.name, read_text(claims))]
        for run, fingerprint in fingerprints(text)
        if fingerprint in article
    ]
    assert shared == []


def test_every_character_can_be_shown_in_ascii() -> None:
    """A terminal that has only ASCII shows every character of the book as something sensible."""
    wrong = [
        f"{name}: {char!r}, {unicodedata.name(char, 'no name')}"
        for name, text in texts()
        for char in sorted(set(text))
        if char != "\n" and not (char.isprintable() and is_known(char))
    ]
    assert wrong == []


def test_every_character_takes_one_cell() -> None:
    """No emoji, nothing wide, nothing that combines: a column stays a column on every terminal."""
    wrong = [
        f"{name}: {char!r}, {unicodedata.name(char, 'no name')}"
        for name, text in texts()
        for char in sorted(set(text) - {"\n"})
        if get_character_cell_size(char) != 1 or _is_picture(char)
    ]
    assert wrong == []


def _is_picture(char: str) -> bool:
    """Whether a character is a symbol other than the degree sign and the lines of drawings."""
    drawing = "\u2500" <= char <= "\u257f"
    return unicodedata.category(char) == "So" and char != "°" and not drawing


def test_files_are_tidy() -> None:
    """Lines end without spaces and files with one line break, so that edits show what changed."""
    wrong = [
        name
        for name, text in texts()
        if "\t" in text or re.search(r" +$", text, re.MULTILINE) or not re.search(r"\S\n\Z", text)
    ]
    assert wrong == []


@pytest.mark.parametrize("marker", MARKERS)
def test_nothing_of_the_draft_is_left(marker: str) -> None:
    """Marks that helped to write the book mean nothing to those who read it."""
    found = [
        f"{name}: {match[0]}"
        for name, text in texts()
        for match in re.finditer(MARKERS[marker], text)
    ]
    assert found == []


def test_no_exclamation_marks(pages: Mapping[str, Page]) -> None:
    """The book keeps a calm voice."""
    assert [name for name, page in pages.items() if "!" in page.text] == []


@pytest.mark.parametrize(
    "filler",
    ["it is important to note", "please note", "in order to", "needless to say", "at the end of the day",
     "simply put", "it goes without saying", "as mentioned", "utilize", "leverage"],
)  # fmt: skip
def test_no_filler(pages: Mapping[str, Page], filler: str) -> None:
    """Words that say nothing are left out."""
    assert [name for name, page in pages.items() if filler in page.text.lower()] == []


def test_no_two_pages_begin_alike(pages: Mapping[str, Page]) -> None:
    """Each page opens in its own way: no two share their first four words."""
    openings: dict[str, list[str]] = {}
    for name, page in pages.items():
        if page.section.kind.value in ("section", "checklist"):
            opening = " ".join(told(page)[0].lower().split()[:4])
            openings.setdefault(opening, []).append(name)
    assert {words: names for words, names in openings.items() if len(names) > 1} == {}


FOOT_AND_MILE = re.compile(
    r"\b(\d+ (feet|foot)|(\d+|an?|one|two|few|five|ten|every) (yards?|inch(es)?|miles?))\b"
)
METER = re.compile(r"\b(\d+ (c?m|meters)|meters?|kilometers?)\b")


def test_feet_have_meters_beside_them(pages: Mapping[str, Page]) -> None:
    """A length that is told in inches, feet, yards, or miles is told in meters in the same sentence."""
    wrong = [
        f"{name}: {sentence}"
        for name, page in pages.items()
        for block in page.blocks
        for sentence in sentences(block.text)
        if FOOT_AND_MILE.search(sentence) and not METER.search(sentence)
    ]
    assert wrong == []


def test_spelling(tmp_path: Path) -> None:
    """American spelling, and no known misspelling, in all that a reader is shown."""
    files = [
        PROJECT / name
        for name, _ in texts()
        if not name.endswith(("synonyms.toml", "asked.toml", "signs.toml"))
    ]
    options = [
        "--builtin=clear,rare,en-GB_to_en-US",
        f"--ignore-words-list={','.join(SPELLED_AS_THE_SOURCE)}",
    ]
    command = [sys.executable, "-m", "codespell_lib", *options, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.stdout + done.stderr).splitlines() == []
