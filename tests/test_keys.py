"""One table of keys: no key with two meanings, and a reader's own keys checked before use."""

from itertools import combinations
from pathlib import Path

import pytest

from tui.keys import ANYWHERE, BY_ID, TABLE, Key, KeysError, changes, display, load_keys

_LEFT_TO_OTHERS = {
    "ctrl+a": "screen",
    "ctrl+b": "tmux",
    "ctrl+h": "Backspace in many terminals",
    "ctrl+i": "Tab",
    "ctrl+j": "Enter in some terminals",
    "ctrl+m": "Enter",
    "ctrl+s": "stops the terminal's output",
    "ctrl+q": "starts it again",
    "ctrl+[": "Escape",
}
"""Control keys that do not reach a program, or mean another key to it."""

_OF_THEIR_OWN = {
    ("line-down", "zone-after"),
    ("line-up", "zone-before"),
    ("as-typed", "next-pane"),
    ("next-pane", "in-book"),
}
"""Keys that move by a line, and by a zone on the body map, which has no lines; where one types words are no panes."""

_GIVE = 'give a character, or a name such as "pagedown" or "ctrl+d"'


def _load(folder: Path, text: str | bytes) -> tuple[Key, ...]:
    file = folder / "keys.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_keys(file)


def _error(folder: Path, text: str | bytes) -> str:
    with pytest.raises(KeysError) as raised:
        _load(folder, text)
    assert len(str(raised.value).splitlines()) == 1
    return str(raised.value).removeprefix(f"{folder}/")


def test_ids() -> None:
    """Every id names one line of the table and can be the name of an action."""
    assert len(BY_ID) == len(TABLE)
    assert [key.id for key in TABLE if not key.id.replace("-", "_").isidentifier()] == []


def test_one_meaning_each() -> None:
    """No key has two meanings in panes that can be asked at the same time."""
    clashes = {
        (one.id, other.id)
        for one, other in combinations(TABLE, 2)
        if (one.where == other.where or ANYWHERE in (one.where, other.where))
        and set(one.keys) & set(other.keys)
    }
    assert clashes - _OF_THEIR_OWN == set()


def test_keys_that_arrive() -> None:
    """No key needs Alt or Ctrl with punctuation, nor one that something on the way keeps."""
    keys = [each for key in TABLE for each in key.keys]
    assert [each for each in keys if each.startswith("alt+") or each in _LEFT_TO_OTHERS] == []
    controls = [each.removeprefix("ctrl+") for each in keys if each.startswith("ctrl+")]
    assert [each for each in controls if not (len(each) == 1 and each.isalpha())] == []


def test_every_line_says_something() -> None:
    """Each line of the table has a key, a meaning and a pane."""
    assert [key.id for key in TABLE if not (key.keys and key.meaning and key.where)] == []


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("j", "j"),
        ("G", "G"),
        ("!", "!"),
        ("'", "'"),
        ("pagedown", "PgDn"),
        ("space", "Space"),
        ("escape", "Esc"),
        ("ctrl+d", "Ctrl+D"),
        ("shift+tab", "Shift+Tab"),
        ("f1", "F1"),
        ("f12", "F12"),
        ("ctrl+left", "Ctrl+Left"),
        ("shift+up", "Shift+Up"),
        ("ctrl+shift+pageup", "Ctrl+Shift+PgUp"),
        ("insert", "Insert"),
        ("+", "+"),
        ("ctrl++", "Ctrl++"),
    ],
)
def test_display(key: str, expected: str) -> None:
    """Keys are shown as a person knows them."""
    assert display(key) == expected


def test_empty_file(tmp_path: Path) -> None:
    """A file of nothing, or of comments, changes nothing."""
    assert _load(tmp_path, "# none yet\n") == TABLE
    assert changes(TABLE) == {}


def test_changed_keys(tmp_path: Path) -> None:
    """A line gives a meaning another key, several, or none; the others keep theirs."""
    table = _load(tmp_path, 'back = "Z"\n"forward" = ["L", "ctrl+f"]\nmouse = []\nquit = ","\n')
    assert {key.id: key.keys for key in table if key != BY_ID[key.id]} == {
        "back": ("Z",),
        "forward": ("L", "ctrl+f"),
        "mouse": (),
        "quit": (",",),
    }
    assert changes(table) == {"back": "Z", "forward": "L,ctrl+f", "mouse": "", "quit": "comma"}


def test_swapped_keys(tmp_path: Path) -> None:
    """Two meanings may change places, and panes that never meet may share a key."""
    table = {
        key.id: key.keys for key in _load(tmp_path, 'quit = "m"\nbookmark = "q"\nchoose = "f"\n')
    }
    assert (table["quit"], table["bookmark"], table["choose"]) == (("m",), ("q",), ("f",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '# mine\nbak = "H"\n',
            "keys.toml, line 2: no key is called bak; `runtall keys` lists them",
        ),
        (
            '[keys]\nback = "H"\n',
            "keys.toml, line 1: no key is called keys; `runtall keys` lists them",
        ),
        (
            'keys.back = "H"\n',
            "keys.toml, line 1: no key is called keys; `runtall keys` lists them",
        ),
        (
            '\nback = "q"\n',
            "keys.toml, line 2: q is used twice, by back and by quit; choose another key",
        ),
        (
            'forward = "Z"\nback = ["Q", "Z"]\n',
            "keys.toml, line 1: Z is used twice, by forward and by back; choose another key",
        ),
        (
            'follow-link = "q"\n',
            "keys.toml, line 1: q is used twice, by follow-link and by quit; choose another key",
        ),
        (
            'help = "question_mark"\n',
            f"keys.toml, line 1: 'question_mark' is no key; {_GIVE}",
        ),
        (
            "back = 3\n",
            f"keys.toml, line 1: 3 is no key; {_GIVE}",
        ),
        (
            'back = "ctrl +d"\n',
            f"keys.toml, line 1: 'ctrl +d' is no key; {_GIVE}",
        ),
        (
            'back = ["H", ""]\n',
            f"keys.toml, line 1: '' is no key; {_GIVE}",
        ),
        (
            'back = "pgdown"\n',
            f"keys.toml, line 1: 'pgdown' is no key; {_GIVE}",
        ),
        (
            'back = "H"\nquit = \n',
            'keys.toml, line 2: not TOML; write lines such as back = "H"',
        ),
        ('back = "H', 'keys.toml, line 1: not TOML; write lines such as back = "H"'),
        (b'back = "H"\n# \xff\n', "keys.toml, line 2: not UTF-8; save the file as UTF-8 text"),
    ],
)
def test_mistakes(tmp_path: Path, text: str | bytes, expected: str) -> None:
    """A mistake is said with the file, the line and what to do."""
    assert _error(tmp_path, text) == expected


def test_no_file(tmp_path: Path) -> None:
    """A file that is not there, or is none, is named."""
    for name, why in (("gone.toml", "No such file or directory"), (".", "Is a directory")):
        with pytest.raises(KeysError) as raised:
            load_keys(tmp_path / name)
        assert str(raised.value) == f"{tmp_path / name}: cannot be read: {why}"
