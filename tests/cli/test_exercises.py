"""`exercises`: cards by what they are for, what they take, when they are done and how long."""

import json
from pathlib import Path

import pytest

from tests.cli.running import Run
from tests.small_book import write_book


def _card(title: str, target: str, equipment: str, when: str, dose: str) -> str:
    labels = {"Target": target, "Equipment": equipment, "When": when}
    parts = "".join(f"**{name}:** {said}\n\n" for name, said in labels.items())
    return f"# {title}\n\n{parts}<!-- timer: {dose} -->\n"


_FILES = {
    "SUMMARY.md": (
        "# Summary\n\n- [Nod](exercises/nod.md)\n- [Row](exercises/row.md)\n"
        "- [Neck lean](exercises/lean.md)\n- [Rules](exercises/rules.md)\n"
    ),
    "runtall.toml": "",
    "synonyms.toml": '[words]\ntrapezius = ["traps"]\nneck = ["nape"]\n',
    "exercises/nod.md": _card("Nod", "The front of the neck.", "None.", "As a desk break.", "hold 50"),
    "exercises/row.md": _card(
        "Row", "The middle trapezius.", "A light band.", "On a strength day.", "sets 3; hold 60; rest 60"
    ),
    "exercises/lean.md": _card("Neck lean", "The trapezius.", "None. A wall helps.", "After a run.", "hold 200"),
    "exercises/rules.md": "# Rules\n",
}  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> str:
    return str(write_book(tmp_path / "book", _FILES))


def test_all_with_their_minutes(run: Run, book: str) -> None:
    """Without a need each card with a dose stands with its minutes and what it is for."""
    answer = run("exercises", "--book", book)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines == [
        "nod    1 min  Nod: The front of the neck.",
        "row    5 min  Row: The middle trapezius.",
        "lean   3 min  Neck lean: The trapezius.",
    ]


@pytest.mark.parametrize(
    ("need", "expected"),
    [
        (("--for", "neck"), ["nod", "lean"]),
        (("--for", "NAPE"), ["nod", "lean"]),
        (("--for", "traps middle"), ["row"]),
        (("--equipment", "none"), ["nod", "lean"]),
        (("--equipment", "band"), ["row"]),
        (("--when", "desk break"), ["nod"]),
        (("--minutes", "3.5"), ["nod", "lean"]),
        (("--for", "neck", "--equipment", "none", "--minutes", "1"), ["nod"]),
    ],
)
def test_by_need(run: Run, book: str, need: tuple[str, ...], expected: list[str]) -> None:
    """Each part of a need leaves fewer, and words that mean the same count."""
    answer = run("exercises", *need, "--json", "--book", book)
    found = json.loads(answer.out)
    assert (answer.code, [each["id"] for each in found]) == (0, expected)
    assert found[0].keys() == {"id", "title", "target", "equipment", "seconds", "when"}


def test_none_fits(run: Run, book: str) -> None:
    """Where nothing fits it says so, with exit code 1; a number that is none is refused."""
    answer = run("exercises", "--for", "toe", "--book", book)
    assert (answer.code, answer.lines) == (1, ["No exercise fits; `runtall exercises` lists all."])
    assert run("exercises", "--minutes", "few", "--book", book).code == 2
