"""What every command shares: options, help, errors, exit codes, and what the other end can show."""

import json
from pathlib import Path

import pytest

from tests.cli.running import Run
from tests.small_book import PAGES, SUMMARY, write_book
from tui.cli.arguments import COMMANDS
from tui.cli.parsing import parse
from tui.keys import PLAIN, SCREEN_ONLY, TABLE
from tui.version import VERSION

_NAMES = [command.name for command in COMMANDS]


def test_version(run: Run) -> None:
    """`--version` says which it is."""
    assert run("--version").out == f"runtall {VERSION}\n"


def test_help(run: Run) -> None:
    """`--help` lists every command with what it does."""
    answer = run("--help")
    assert answer.code == 0
    for command in COMMANDS:
        assert f"    {command.name} " in answer.out or f"    {command.name}\n" in answer.out


@pytest.mark.parametrize("command", COMMANDS, ids=_NAMES)
def test_help_of_a_command(run: Run, command: object) -> None:
    """Each command's help holds an example, which names the command, in plain ASCII."""
    name = getattr(command, "name", "")
    answer = run(name, "--help")
    assert answer.code == 0
    example = answer.out.partition("Example: ")[2]
    assert f"runtall {name}" in " ".join(example.split())
    assert answer.out.isascii()


@pytest.mark.parametrize(
    "words", [("--book", "{}", "toc"), ("toc", "--book", "{}"), ("toc", "--book={}")]
)
def test_options_before_and_after(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Options may stand before the command or after it."""
    folder = str(write_book(tmp_path / "book"))
    assert run(*(word.format(folder) for word in words)).lines[0] == "book"


def test_book_from_the_environment(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RUNTALL_BOOK names a book, and `--book` comes before it."""
    monkeypatch.setenv("RUNTALL_BOOK", str(write_book(tmp_path / "shelf")))
    assert run("toc").lines[0] == "shelf"
    other = str(write_book(tmp_path / "other"))
    assert run("toc", "--book", other).lines[0] == "other"


@pytest.mark.parametrize(
    "words",
    [
        ("frobnicate",),
        ("read", "--frobnicate"),
        ("toc", "too", "many"),
        ("open",),
        ("toc", "--js"),
        ("--color", "sometimes"),
        ("red-flags", "--level", "never"),
        ("--book",),
        ("toc", "--frob\x1b[2J"),
    ],
)
def test_bad_usage(run: Run, words: tuple[str, ...]) -> None:
    """Words that make no command get one line that says how to get help."""
    answer = run(*words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("runtall: ")
    assert "--help` shows how" in answer.err
    assert len(answer.err.splitlines()) == 1
    assert "\x1b" not in answer.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("serach neck", "there is no command 'serach'; did you mean search?"),
        ("check --jsn", "there is no option --jsn; did you mean --json?"),
        ("toc --widht 40", "no option --widht; did you mean --width? It goes with `read`"),
        ("toc --width 40", "there is no option --width here; `read` takes it"),
        ("--dat /x toc", "there is no option --dat; did you mean --data?"),
        ("--widht=40 read hunching", "there is no option --widht; did you mean --width?"),
        ("diary edt 1", "'edt': choose one of show, edit, remove"),
        ("completion bsh", "SHELL 'bsh': choose one of bash, zsh, fish"),
        ("finish --minutes", "--minutes: expected one argument"),
        ("frobnicate", "there is no command 'frobnicate'; `"),
        ("toc --frobnicate", "there is no option --frobnicate; `"),
        ("check xx", "no list is called “xx”; nearest: before-the-run"),
        ("tick warmup", "no item is called “warmup”; nearest: warm-up"),
        ("tick xyz", "nearest: no-red-flags"),
        ("theme dark", "nearest: runtall-dark"),
        ("help fnish", "there is no command 'fnish'; did you mean finish?"),
    ],
)
def test_what_was_meant(run: Run, words: str, said: str) -> None:
    """A slip in a command, an option, a list or an item is answered with what was probably meant."""
    answer = run(*words.split())
    assert said in answer.err
    assert (answer.code in (1, 2), answer.out) == (True, "")
    assert len(answer.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"SUMMARY.md": "- [Gone](gone.md)\n", "runtall.toml": ""},
            "SUMMARY.md, line 1: there is no file gone.md",
        ),
        ({"SUMMARY.md": "- [A](../a.md)\n"}, "SUMMARY.md, line 1: "),
        ({"one.md": b"# One\n\xff\n"}, "one.md, line 2: not UTF-8"),
        ({"one.md": b"x" * 5_000_000}, "one.md: larger than 1 MB"),
        ({"runtall.toml": "x ="}, "runtall.toml, line 1: not TOML"),
    ],
)
def test_bad_books(run: Run, tmp_path: Path, files: dict[str, str | bytes], said: str) -> None:
    """What is wrong with a book is said in one line, with the file and the line in it."""
    answer = run("read", "one", "--book", str(write_book(tmp_path / "book", files)))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"runtall: {tmp_path}/book/{said}")
    assert len(answer.err.splitlines()) == 1


def test_no_book(run: Run, tmp_path: Path) -> None:
    """A folder that is not there, or is no book, is named."""
    for folder in (tmp_path / "gone", tmp_path):
        answer = run("toc", "--book", str(folder))
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith(f"runtall: {folder}: ")


def test_strange_characters(run: Run, tmp_path: Path) -> None:
    """Escape sequences and format characters in titles, pages and names are shown, not sent."""
    bad = "a\x1bcx\x07\u202eb\x9bc"
    files = {
        "SUMMARY.md": f"# T\n\n# {bad}\n\n- [{bad}](one.md)\n",
        "one.md": f"# {bad}\n\n{bad}\n",
    }
    folder = str(write_book(tmp_path / "book", files))
    for words in (("toc",), ("read", "one"), ("read", bad[:3]), ("read", "--all", "--json"), ()):
        answer = run(*words, "--book", folder)
        assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(answer.out + answer.err)
    assert run("read", "one", "--book", folder).lines[0] == "a^[cx^G<U+202E>b<U+009B>c"


def test_keys(run: Run) -> None:
    """Every key is listed with its id and meaning."""
    answer = run("keys")
    assert (answer.code, answer.err) == (0, "")
    for key in TABLE:
        assert any(key.id in line.split() and key.meaning in line for line in answer.lines)


def test_keys_as_json(run: Run) -> None:
    """As JSON, a key has its id, keys, meaning, pane, and its command or why there is none."""
    assert json.loads(run("keys", "--json").out) == [
        {
            "id": key.id,
            "keys": list(key.keys),
            "meaning": key.meaning,
            "where": key.where,
            "command": f"runtall {PLAIN[key.id]}" if key.id in PLAIN else None,
            "why_no_command": SCREEN_ONLY.get(key.id),
        }
        for key in TABLE
    ]


def test_every_action_has_a_command() -> None:
    """What the screen can do, the shell can, or the table says why it cannot; nothing says both."""
    assert {key.id for key in TABLE} == PLAIN.keys() | SCREEN_ONLY.keys()
    assert not PLAIN.keys() & SCREEN_ONLY.keys()


@pytest.mark.parametrize("command", sorted(set(PLAIN.values())))
def test_the_commands_of_the_keys(command: str) -> None:
    """Each command that the table names is one."""
    parse(command.split())


def test_help_command(run: Run) -> None:
    """`help` is `--help`, of all commands or of one."""
    assert run("help").out == run("--help").out
    assert run("help", "finish").out == run("finish", "--help").out


def test_help_is_about_its_command(run: Run) -> None:
    """A command's help shows its own options, and says where those of every command are."""
    said = run("tick", "--help").out
    assert "--list" in said
    assert "--driver" not in said
    assert "runtall help" in said
    assert "--driver" in run("help").out


def _keys_of(run: Run, name: str, *words: str) -> list[str]:
    (keys,) = (
        each["keys"] for each in json.loads(run("keys", "--json", *words).out) if each["id"] == name
    )
    assert isinstance(keys, list)
    return keys


def test_keys_of_ones_own(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A keys file is taken from the option, else the environment, else the config folder."""
    kept = tmp_path / "home/config/runtall/keys.toml"
    kept.parent.mkdir(parents=True)
    kept.write_text('back = "Q"\n')
    assert _keys_of(run, "back") == ["Q"]
    (tmp_path / "two.toml").write_text('back = "V"\n')
    monkeypatch.setenv("RUNTALL_KEYS", str(tmp_path / "two.toml"))
    assert _keys_of(run, "back") == ["V"]
    (tmp_path / "three.toml").write_text('back = "Z"\n')
    assert _keys_of(run, "back", "--keys", str(tmp_path / "three.toml")) == ["Z"]


def test_bad_keys(run: Run, tmp_path: Path) -> None:
    """A mistake in a keys file is said with its line."""
    file = tmp_path / "keys.toml"
    file.write_text('\nbak = "1"\n')
    answer = run("keys", "--keys", str(file))
    expected = f"runtall: {file}, line 2: no key is called bak; `runtall keys` lists them\n"
    assert (answer.code, answer.out, answer.err) == (2, "", expected)


@pytest.mark.parametrize("words", [("toc",), ("read", "--all"), ("red-flags",), ("keys",), ()])
def test_ascii(run: Run, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """With `--ascii`, or in a locale that has no more, all that is written is ASCII."""
    assert run(*words, "--ascii").out.isascii()
    monkeypatch.setenv("LANG", "C")
    answer = run(*words)
    assert answer.code == 0
    assert answer.out.isascii()
    assert not run("read", "--all", "--unicode").out.isascii()


def test_errors_in_ascii(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a locale that has no more, errors are ASCII as well."""
    monkeypatch.setenv("LANG", "C")
    assert run("read", "qqqq").err == 'runtall: no section is called "qqqq"\n'


def test_color(run: Run) -> None:
    """Styles are sent where they are asked for, and nowhere else in a pipe."""
    assert "\x1b[" in run("read", "start-here", "--color", "always").out
    assert "\x1b" not in run("read", "start-here").out
    assert "\x1b" not in run("read", "start-here", "--color", "never").out


def test_json_is_ascii(run: Run, tmp_path: Path) -> None:
    """JSON is ASCII, so that it is safe to show and to read anywhere."""
    files = {"SUMMARY.md": SUMMARY.replace("One", "“Eins” \x1b"), **PAGES}
    answer = run("toc", "--json", "--book", str(write_book(tmp_path / "book", files)))
    assert answer.out.isascii()
    assert json.loads(answer.out)[0]["title"] == "“Eins” ^["


def test_bug_of_ours(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug has its own exit code and leaves a report; with RUNTALL_DEBUG it is the traceback."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("tui.cli.reading.toc", fail)
    answer = run("toc")
    assert (answer.code, answer.out) == (70, "")
    assert len(list((tmp_path / "home/state/runtall").iterdir())) == 1
    monkeypatch.setenv("RUNTALL_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("toc")


def test_interrupted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C ends a command with 130 and no words."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.cli.reading.toc", interrupt)
    answer = run("toc")
    assert (answer.code, answer.out, answer.err) == (130, "", "")
