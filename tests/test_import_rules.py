"""Who may import whom; proved from the source and, where it matters most, in a fresh Python."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.house import entered_by_a_tick, longest_chain

_ROOT = Path(__file__).parents[1]
_TUI = _ROOT / "tui"
_DOMAIN = {"search", "self_check", "layout", "handbook"}
_MAY_IMPORT = {
    "handbook": {"handbook"},
    "diary": {"diary"},
    "terminal": {"terminal", "version"},
    "layout": {"layout", "handbook"},
    "search": {"search", "handbook", "layout", "version"},
    "self_check": {"self_check", "handbook"},
    "session": {"session", *_DOMAIN, "diary"},
    "cli": {"cli", "session", *_DOMAIN, "diary", "terminal", "keys", "version", "ui.app"},
    "ui": {"ui", "session", *_DOMAIN, "diary", "terminal", "keys", "version"},
    "keys": set[str](),
    "version": set[str](),
}
"""What each room may import of ours; the command line starts the app, and nothing else of `ui`."""
_WIDGETS_MAY_IMPORT = {
    *("ui.widgets", "session", *_DOMAIN, "diary.model", "keys", "terminal.textual_private")
}
"""Widgets know the diary's values, which they show, and never its store."""
_SHARED_BY_WIDGETS = {"bindings", "painting", "choice_list", "line_list", "terminal_cursor"}
"""Not widgets to be told things: the keys, painting, and lists to build others on."""
_NEVER = {
    "handbook": {"textual", "rich", "platformdirs"},
    "diary": {"textual", "rich", "markdown_it"},
    **{name: {"textual"} for name in ("cli", "session", "layout", "search", "self_check", "keys")},
}
"""Libraries that each part must not import."""


def _modules() -> Iterator[tuple[str, Path]]:
    """Each module of `tui` by its name, and its file."""
    for file in sorted(_TUI.rglob("*.py")):
        yield ".".join(file.relative_to(_ROOT).with_suffix("").parts), file


def _imports(name: str, file: Path) -> Iterator[str]:
    """The full names of what a module imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
        elif isinstance(node, ast.ImportFrom):
            package = name.split(".")[: -node.level]
            module = [*package, *((node.module or "").split(".") if node.module else [])]
            yield from (
                ".".join([*module, alias.name] if not node.module else module)
                for alias in node.names
            )


def _imported(part: str) -> Iterator[tuple[str, str]]:
    """Each module of a room, with each of our modules that it imports."""
    for name, file in _EVERY.items():
        if name.startswith(f"tui.{part}.") or name == f"tui.{part}":
            yield from ((name, each) for each in _imports(name, file) if each.startswith("tui."))


def _is_among(name: str, parts: set[str]) -> bool:
    return any(f"{name}.".startswith(f"tui.{part}.") for part in parts)


_EVERY = dict(_modules())


@pytest.mark.parametrize(
    ("part", "allowed"), [*_MAY_IMPORT.items(), ("ui.widgets", _WIDGETS_MAY_IMPORT)]
)
def test_one_way(part: str, allowed: set[str]) -> None:
    """Imports run one way: each room knows only the rooms that the design lets it know."""
    assert [each for each in _imported(part) if not _is_among(each[1], allowed)] == []


def test_nothing_loose() -> None:
    """At the top of the package stand only the command, the version and the table of keys."""
    names = {"__init__", "__main__", "keys", "version"}
    assert {file.stem for file in _TUI.glob("*.py")} == names


@pytest.mark.parametrize("part", list(_NEVER))
def test_libraries(part: str) -> None:
    """The handbook and the diary know nothing of the screen, nor do the plain answers."""
    wrong = [
        (name, each)
        for name, file in _EVERY.items()
        if name.split(".")[1] == part
        for each in _imports(name, file)
        if each.split(".")[0] in _NEVER[part]
    ]
    assert wrong == []


def test_widgets_know_no_other_widgets() -> None:
    """A widget imports no other widget: the screen alone makes them meet."""
    widgets = {name: file for name, file in _EVERY.items() if name.startswith("tui.ui.widgets.")}
    textual = {
        name
        for name, file in widgets.items()
        if any(
            each.startswith("textual.w") or each == "textual.scroll_view"
            for each in _imports(name, file)
        )
    }
    wrong = [
        (name, each)
        for name, file in widgets.items()
        for each in _imports(name, file)
        if each in textual and each.rpartition(".")[2] not in _SHARED_BY_WIDGETS
    ]
    assert wrong == []


def test_relative_imports() -> None:
    """Our own modules are imported relatively: the package has another name once installed."""
    wrong = [
        (name, node.lineno)
        for name, file in _EVERY.items()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if (isinstance(node, ast.Import) and any(a.name.split(".")[0] == "tui" for a in node.names))
        or (
            isinstance(node, ast.ImportFrom)
            and not node.level
            and (node.module or "").startswith("tui")
        )
    ]
    assert wrong == []


def _loaded(code: str) -> set[str]:
    """The top names of all modules that a fresh Python has loaded after running the code."""
    program = f"import json, sys\n{code}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=_ROOT, check=False, capture_output=True, text=True
    )
    assert done.stderr == ""
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    ("part", "never"),
    [
        ("handbook", {"textual", "rich", "tui.diary", "tui.terminal", "tui.layout.typesetting"}),
        ("diary", {"textual", "rich", "markdown_it", "tui.handbook", "tui.terminal"}),
        ("cli", {"textual", "tui.ui.app", "tui.ui.screens", "tui.ui.widgets"}),
    ],
)
def test_in_a_fresh_python(part: str, never: set[str]) -> None:
    """With all of a part imported, what it must not know is not there."""
    names = [name for name in _EVERY if name.startswith(f"tui.{part}.") and "__init__" not in name]
    assert _loaded(f"import {', '.join(names)}") & never == set()


def test_commands_run_without_textual() -> None:
    """A command that answers in plain text loads neither Textual nor what only a screen needs."""
    code = "import io\nfrom tui.cli.main import main\nassert main(['read', 'start-here']) == 0"
    assert _loaded(code) & {"textual", "tui.ui.app", "tui.ui.widgets", "asyncio"} == set()


def test_the_first_page_waits_for_nothing_else() -> None:
    """The reading screen loads nothing that only lists, exercises, routines or a search need."""
    later = {
        *("tui.handbook.cards", "tui.handbook.checklists", "tui.handbook.routines"),
        *("tui.session.routine_player", "tui.session.ticked_list", "tui.search"),
    }
    assert _loaded("import tui.cli.launch, tui.ui.app") & later == set()


def test_the_package_imports_nothing() -> None:
    """Importing the package loads nothing of it, so that what is asked for is all that loads."""
    assert {name for name in _loaded("import tui") if name.startswith("tui.")} == set()


def test_importing_does_nothing() -> None:
    """Importing every module of ours opens no file but the code itself, and starts nothing."""
    names = [name for name in _EVERY if not name.endswith(("__main__", "__init__"))]
    code = f"""
import importlib, os, sys, threading
import textual.app, textual.widgets, platformdirs, sqlite3, markdown_it, argparse
opened = []
def watch(event, arguments):
    path = str(arguments[0]) if arguments else ""
    if "__pycache__" in path:  # Python's own, where it may keep what it compiled
        return
    ours = path.startswith({str(_ROOT)!r}) and ".venv" not in path
    if event == "open" and ours and not path.endswith(".py"):
        opened.append(path)
    if event in ("os.mkdir", "sqlite3.connect", "subprocess.Popen", "socket.connect"):
        opened.append(event + path)
sys.addaudithook(watch)
for name in {names!r}:
    importlib.import_module(name)
assert not opened, opened
assert threading.active_count() == 1
assert not os.path.exists(os.environ["HOME"])
"""
    assert "tui.ui.app" in _loaded(code)


def test_short_chains() -> None:
    """Few modules stand on one another in a row: what is only handed in is imported for types alone."""
    chain = longest_chain(
        {
            name.removesuffix(".__init__"): ast.parse(file.read_text("utf-8"))
            for name, file in _EVERY.items()
        }
    )
    assert len(chain) <= 14, " > ".join(chain)


def test_a_tick_enters_few_modules() -> None:
    """From the key to the drawn tick, one who follows it reads through few rooms."""
    assert len(entered_by_a_tick(_ROOT)) <= 24
