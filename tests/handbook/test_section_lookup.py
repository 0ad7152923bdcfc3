"""A name as a person types it finds the section that it means."""

from pathlib import Path

import pytest

from tests.small_book import book
from tui.handbook.errors import AmbiguousNameError, UnknownNameError
from tui.handbook.lookup import find_section, nearest
from tui.handbook.model import Handbook

_SUMMARY = """# Summary

# Part

- [The trapezius](muscle-trapezius.md)
- [The rhomboids](muscle-rhomboids.md)
- [Row (band or dumbbell)](row.md)
- [Row again](row-again.md)
- [Start](plank.md)
- [A “quoted” title](start.md)
- [Soon]()
"""


@pytest.fixture
def handbook(tmp_path: Path) -> Handbook:
    names = ["muscle-trapezius", "muscle-rhomboids", "row", "row-again", "plank", "start"]
    pages = {f"{name}.md": f"# {name}\n" for name in names}
    settings = '[renamed]\n"traps" = "muscle-trapezius"\n'
    return book(tmp_path, {"SUMMARY.md": _SUMMARY, "runtall.toml": settings, **pages})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("muscle-trapezius", "muscle-trapezius"),
        ("traps", "muscle-trapezius"),
        ("row", "row"),
        ("start", "start"),
        ("The trapezius", "muscle-trapezius"),
        ("THE TRAPEZIUS", "muscle-trapezius"),
        ("Start", "plank"),
        ("  row ", "row"),
        ("muscle-t", "muscle-trapezius"),
        ("MUSCLE-R", "muscle-rhomboids"),
        ("trapezius", "muscle-trapezius"),
        ("rhomboids the", "muscle-rhomboids"),
        ("quoted", "start"),
        ("dumbbell", "row"),
        ("soon", "soon"),
    ],
)
def test_names(handbook: Handbook, name: str, expected: str) -> None:
    """An id, an old id, a title, the start of an id and words of a title are tried in this order."""
    assert find_section(handbook, name).id == expected


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("muscle-", ("muscle-trapezius", "muscle-rhomboids")),
        ("the", ("muscle-trapezius", "muscle-rhomboids")),
        ("ro", ("row", "row-again")),
    ],
)
def test_ambiguous_names(handbook: Handbook, name: str, candidates: tuple[str, ...]) -> None:
    """A name that several sections answer to is refused, and they are named."""
    with pytest.raises(AmbiguousNameError) as raised:
        find_section(handbook, name)
    assert raised.value.candidates == candidates
    shown = ", ".join(candidates)
    assert str(raised.value) == f"“{name}” could be any section of: {shown}; give one of these ids"


def test_many_candidates(tmp_path: Path) -> None:
    """Of many candidates the first eight are named, so that the line can be read."""
    names = [f"page-{number}" for number in range(10, 22)]
    summary = "".join(f"- [{name}]({name}.md)\n" for name in names)
    handbook = book(tmp_path, {"SUMMARY.md": summary, **{f"{name}.md": "" for name in names}})
    with pytest.raises(AmbiguousNameError) as raised:
        find_section(handbook, "page")
    assert str(raised.value).count("page-") == 8


@pytest.mark.parametrize(
    ("name", "first"),
    [("muscle-trapezuis", "muscle-trapezius"), ("rows", "row"), ("plonk", "plank")],
)
def test_unknown_names(handbook: Handbook, name: str, first: str) -> None:
    """A name that nothing answers to is refused, and at most three like it are named, best first."""
    with pytest.raises(UnknownNameError) as raised:
        find_section(handbook, name)
    assert raised.value.nearest[0] == first
    assert len(raised.value.nearest) <= 3
    shown = ", ".join(raised.value.nearest)
    assert str(raised.value) == f"no section is called “{name}”; nearest: {shown}"


@pytest.mark.parametrize("name", ["", " ", "!", "“", "\x1b[2J", "漢字", "x" * 10_000, "a\nb"])
def test_names_that_mean_nothing(handbook: Handbook, name: str) -> None:
    """Whatever is typed, the answer is that nothing is called so."""
    with pytest.raises(UnknownNameError):
        find_section(handbook, name)


def test_nearest() -> None:
    """Names that are not alike are not offered."""
    assert nearest("plonk", ["plank", "side-plank", "zzz"]) == ("plank", "side-plank")
    assert nearest("qqq", ["plank", "zzz"]) == ()


@pytest.mark.parametrize(("name", "expected"), [("1", "a"), ("1.1", "b"), ("2.", "c"), ("3", "d")])
def test_numbers(tmp_path: Path, name: str, expected: str) -> None:
    """A page is found by its number, which goes on from part to part."""
    summary = (
        "[First](one.md)\n\n# P\n\n- [A](a.md)\n  - [B](b.md)\n- [C](c.md)\n\n# Q\n\n- [D](d.md)\n"
    )
    pages = {f"{each}.md": "" for each in "abcd"}
    files = {"SUMMARY.md": summary, "book.toml": '[book]\nsrc = "."\n', **pages}
    numbered = book(tmp_path, files)
    assert find_section(numbered, name).id == expected
    assert numbered.by_id["one"].number == ""


def test_no_numbers(tmp_path: Path) -> None:
    """A book says so where it is not to be numbered."""
    settings = '[book]\nsrc = "."\n[output.html]\nno-section-label = true\n'
    handbook = book(tmp_path, {"book.toml": settings})
    assert {each.number for each in handbook.sections} == {""}
