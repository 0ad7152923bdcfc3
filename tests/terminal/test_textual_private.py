"""The undocumented names of Textual: all of them in one module, and all of them still there."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from operator import attrgetter
from pathlib import Path

import pytest
from textual.app import App

from tui.terminal.textual_private import NAMES

ROOT = Path(__file__).parents[2]
FILES = [
    file
    for part in ("terminal", "ui")
    for file in sorted((ROOT / "tui" / part).rglob("*.py"))
    if file.name != "textual_private.py"
]


@cache
def private_names(cls: type) -> frozenset[str]:
    """The private names that a class of Textual defines, or gives its instances."""
    given = re.findall(r"\bself\.(_[a-z]\w*)\s*(?::[^=\n]+)?=", inspect.getsource(cls))
    return frozenset({*given, *(name for name in vars(cls) if re.match(r"_[a-z]", name))})


@pytest.mark.parametrize("name", NAMES)
def test_still_there(name: str) -> None:
    """Textual has the name yet; where this fails, `textual_private.py` has to follow it."""
    module, _, path = name.partition(":")
    owner, _, last = path.rpartition(".")
    here = import_module(module)
    if not owner:
        assert hasattr(here, last)
        return
    cls = attrgetter(owner)(here)
    assert hasattr(cls, last) or last in private_names(cls)


def test_few() -> None:
    """They stay few."""
    assert len(NAMES) <= 12


def test_attributes_of_an_app() -> None:
    """What is only set on instances is there, of the kind that is relied on."""
    app = App[None]()
    assert (app._driver, app._disable_tooltips, app._disable_notifications) == (None, False, False)


def imported(file: Path) -> Iterator[tuple[str, str]]:
    """Each module of Textual that a file imports from, with the name."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
            yield from ((node.module or "", alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names if "textual" in alias.name)


def test_no_other_import() -> None:
    """No other module imports a private module of Textual, or a private name."""
    wrong = [
        (file.name, module, name)
        for file in FILES
        for module, name in imported(file)
        if "._" in module or name.startswith("_")
    ]
    assert wrong == []


def our_classes() -> Iterator[tuple[type, set[str]]]:
    """Each class of ours, with the private names that it defines, or takes or sets on itself."""
    for file in FILES:
        module = import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                yield getattr(module, node.name), {*_touched(node)}


def _touched(cls: ast.ClassDef) -> Iterator[str]:
    for node in cls.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))
    for inner in ast.walk(cls):
        if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name | ast.Call):
            of = inner.value
            name = of.id if isinstance(of, ast.Name) else getattr(of.func, "id", "")
            if name in ("self", "super", "cls"):
                yield inner.attr


def test_no_other_use() -> None:
    """No class of ours takes, sets or replaces what a class of Textual keeps to itself."""
    wrong = [
        (cls.__name__, base.__name__, name)
        for cls, touched in our_classes()
        for base in cls.__mro__[1:]
        if base.__module__.startswith("textual.")
        for name in sorted(touched & private_names(base))
    ]
    assert wrong == []
