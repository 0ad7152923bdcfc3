"""signs.toml is read, and what is wrong with it is said with file and sign."""

from pathlib import Path

import pytest

from tui.handbook.errors import ContentError
from tui.handbook.loading import OWN_BOOK
from tui.handbook.signs import NO_SIGNS, Group, Level, load_signs

SOUND = """\
lacks = ["NO"]
[places]
CHEST = ["chest"]
[circumstances]
NO = ["no"]
[[signs]]
id = "heart"
level = "NOW"
sign = "Pain"
do = "Call."
say = "CHEST pain, NO CHEST"
[[signs]]
id = "rash"
level = "TODAY"
sign = "Rash"
do = "Go."
[[groups]]
id = "young"
text = "You are young."
raises = "all"
but = ["rash"]
"""


def write(folder: Path, text: str) -> Path:
    (folder / "signs.toml").write_text(text, encoding="utf-8")
    return folder


def test_signs_are_read(tmp_path: Path) -> None:
    """Signs, slots and groups are as the file has them."""
    signs = load_signs(write(tmp_path, SOUND))
    heart = signs.sign("heart")
    assert heart is not None
    assert (heart.level, heart.text, heart.do, heart.say) == (
        Level.NOW, "Pain", "Call.", ("CHEST pain", "NO CHEST"),
    )  # fmt: skip
    assert signs.slots == {"CHEST": ("chest",), "NO": ("no",)}
    assert (set(signs.bodily), set(signs.lacks)) == ({"CHEST"}, {"NO"})
    assert signs.sign("other") is None


def test_a_book_needs_no_signs(tmp_path: Path) -> None:
    """Without the file there are none."""
    assert load_signs(tmp_path) == NO_SIGNS


def test_levels_go_up_one_at_a_time() -> None:
    """SELF becomes BOOK, BOOK becomes TODAY, TODAY becomes NOW, and NOW stays."""
    assert [each.one_up for each in Level] == [Level.NOW, Level.NOW, Level.TODAY, Level.BOOK]


@pytest.mark.parametrize(
    ("raises", "but", "signs", "expected"),
    [
        (None, (), ["heart"], True),
        (None, ("heart",), ["heart"], False),
        (None, ("heart",), ["heart", "rash"], True),
        ({"heart"}, (), ["heart", "rash"], True),
        ({"heart"}, (), ["rash"], False),
    ],
)
def test_which_signs_a_group_raises(
    raises: set[str] | None, but: tuple[str, ...], signs: list[str], expected: bool
) -> None:
    """A line is raised where the group makes any sign of it more urgent."""
    group = Group("g", "", frozenset(raises) if raises is not None else None, frozenset(but), False)
    assert group.raises_any(signs) is expected


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("lacks =", "lack =", "[lack] means nothing"),
        ('level = "NOW"', 'level = "SOON"', "heart: “SOON” is no level; known: NOW, TODAY, BOOK"),
        ('do = "Go."\n', "", "rash: do must be text in quotes"),
        ('do = "Go."', 'do = "Go."\nwhen = "soon"', "rash: “when” means nothing here"),
        ("CHEST pain", "CHST pain", "heart: there is no slot CHST; add it, or write it small"),
        (
            'say = "CHEST pain, NO CHEST"',
            "say = 3",
            "heart must be texts in quotes, or one with commas",
        ),
        ('id = "rash"', 'id = "heart"', "the id heart is there 2 times; keep one"),
        ('but = ["rash"]', 'but = ["rush"]', "young: there is no sign “rush”; mend the id"),
        ('text = "You are young."\n', "", "young: a group has"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, before: str, after: str, problem: str) -> None:
    """The error names the file, the sign, and what to write instead."""
    with pytest.raises(ContentError) as caught:
        load_signs(write(tmp_path, SOUND.replace(before, after)))
    assert str(tmp_path / "signs.toml") in str(caught.value)
    assert problem in str(caught.value)


def test_this_books_file_is_good() -> None:
    """The handbook's own signs are read, of every level."""
    assert {each.level for each in load_signs(OWN_BOOK).signs} == {"NOW", "TODAY", "BOOK"}
