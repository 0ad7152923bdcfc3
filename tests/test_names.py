"""A name means one thing in the whole program, and a file's name says what is in it."""

import ast
from collections import defaultdict
from collections.abc import Iterator

from tests.test_import_rules import _EVERY

_TWICE = {"LinkFollowed", "Refused"}
"""Messages of two widgets that mean the same."""
_RIDDLES = {
    *("standing", "wanted", "usage", "opening", "excursions", "outside", "trouble", "acts"),
    *("moments", "finding", "parts", "pieces", "looking_back", "past_runs", "past_run", "visit"),
    *("trail", "ticking", "conversing", "answering", "listing", "traveling", "asking", "soreness"),
    *("information", "utils", "helpers", "constants", "types", "misc", "common"),
}
"""File names from which nobody guesses what is in the file."""


def _type_names(tree: ast.Module) -> Iterator[str]:
    """The names of all classes of a module, also those inside others, and of its type aliases."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name.lstrip("_")
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id.lstrip("_")
            if name[:1].isupper() and not name.isupper():
                yield name


def test_one_class_name_one_meaning() -> None:
    """No two classes or types have the same name, wherever they are."""
    places = defaultdict(set)
    for module, file in _EVERY.items():
        for name in _type_names(ast.parse(file.read_text("utf-8"))):
            places[name].add(module)
    twice = {name: where for name, where in places.items() if len(where) > 1}
    assert {name: where for name, where in twice.items() if name not in _TWICE} == {}


def test_no_riddles() -> None:
    """A file is named for what one looks for in it."""
    riddles = {name for name in _EVERY if name.rpartition(".")[2] in _RIDDLES}
    assert riddles == set()
