"""How easy the code is to enter, in figures: `python -m tests.benchmarks.house [TREE]`.

TREE is any checkout of this program, this one if not given; one tick is made in it.
"""

from __future__ import annotations

import ast
import io
import subprocess
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import textual

NO_CODE = {
    *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT),
    *(tokenize.ENCODING, tokenize.ENDMARKER),
}
OF_PYTHON = {"_exit"}
"""Private names that Python has too: os._exit."""
COUNTING = """
import asyncio, pathlib, sys, tempfile, threading
from tests.ui.reading import Place, reading
entered, counting = set(), False
def note(frame, event, _):
    if counting and event == "call":
        entered.add(frame.f_globals.get("__name__", ""))
async def tick():
    global counting
    with tempfile.TemporaryDirectory() as data:
        place = Place("before-the-run")
        async with reading(pathlib.Path("content"), pathlib.Path(data), place=place) as book:
            await book.press("j")
            await book.pilot.pause(2)
            ticks = []
            for done in "101010":
                entered.clear()
                counting = True
                await book.press("space")
                while f"{done} of " not in book.screen:
                    await book.pilot.pause(0.01)
                counting = False
                ticks.append(set(entered))
            each = set.intersection(*ticks[::2])
            print(*(name for name in each if name.startswith("tui.") and ".terminal." not in name))
threading.setprofile(note)
sys.setprofile(note)
asyncio.run(tick())
"""
"""Ticks on a screen without a terminal, and notes the modules that each tick calls into."""

Trees = Mapping[str, ast.Module]


def lines_of_code(source: str) -> int:
    """The lines that hold a token and are neither docstring nor comment."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in NO_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            lines.difference_update(range(node.lineno, (node.end_lineno or 0) + 1))
    return len(lines)


def imports(name: str, trees: Trees) -> Iterator[str]:
    """Those of our modules that a module imports, at its start or later, but not for types alone."""
    for_types = {
        id(inner)
        for node in ast.walk(trees[name])
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(trees[name]):
        if isinstance(node, ast.ImportFrom) and node.level and id(node) not in for_types:
            package = name.split(".")[: -node.level]
            module = ".".join([*package, *([node.module] if node.module else [])])
            for each in (module, *(f"{module}.{alias.name}" for alias in node.names)):
                if each in trees:
                    yield each


def longest_chain(trees: Trees) -> list[str]:
    """The most modules that import one another in a row, up to where a circle closes."""
    known: dict[str, list[str]] = {}

    def chain(name: str, under_way: tuple[str, ...]) -> list[str]:
        if name not in known:
            way = (*under_way, name)
            chains = [chain(each, way) for each in imports(name, trees) if each not in way]
            known[name] = [name, *(max(chains, key=len) if chains else ())]
        return known[name]

    return max((chain(name, ()) for name in trees), key=len)


def classes(trees: Trees) -> Iterator[ast.ClassDef]:
    """All classes at the top of a module."""
    for tree in trees.values():
        yield from (node for node in tree.body if isinstance(node, ast.ClassDef))


def levels(trees: Trees, name: str = "ReadingScreen") -> int:
    """The classes from a screen up to Textual's own."""
    screens = {key: tree for key, tree in trees.items() if ".screens" in key}
    bases = {node.name: node.bases for node in classes(screens)}
    if name not in bases:
        return 0
    names = [ast.unparse(base).partition("[")[0] for base in bases[name]]
    return 1 + max((levels(trees, each) for each in names), default=0)


def stubs(trees: Trees) -> int:
    """The methods by which a helper calls back: those of protocols that are named Host."""
    hosts = (node for node in classes(trees) if node.name.endswith("Host"))
    return sum(
        isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
        for host in hosts
        for each in host.body
    )


def own_names(tree: ast.Module) -> set[str]:
    """The private names that a module gives itself."""
    named = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    stored = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and ast.unparse(node.value) == "self"
    }
    return {name for name in named | stored if name.startswith("_") and name[:2] != "__"}


def private_names(trees: Trees) -> dict[str, set[str]]:
    """Names that Textual gives itself and a module uses without giving them itself."""
    files = Path(textual.__file__).parent.rglob("*.py")
    textuals = set().union(*(own_names(ast.parse(file.read_text("utf-8"))) for file in files))
    used: dict[str, set[str]] = {}
    for module, tree in trees.items():
        ours = own_names(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in textuals - ours - OF_PYTHON:
                used.setdefault(node.attr, set()).add(module)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual._"):
                used.setdefault(node.module or "", set()).add(module)
    return used


def entered_by_a_tick(root: Path) -> set[str]:
    """The modules that are called into from the key to the drawn tick, the terminal's own left out."""
    done = subprocess.run(
        [sys.executable, "-c", COUNTING], cwd=root, check=True, capture_output=True, text=True
    )
    return set(done.stdout.split())


def main(root: Path) -> None:
    """Print the figures."""
    files = {
        ".".join(file.relative_to(root).with_suffix("").parts): file
        for file in sorted((root / "tui").rglob("*.py"))
    }
    sources = {
        name.removesuffix(".__init__"): file.read_text("utf-8") for name, file in files.items()
    }
    trees = {name: ast.parse(source) for name, source in sources.items()}
    chain = longest_chain(trees)
    twice = sorted(name for name, n in Counter(c.name for c in classes(trees)).items() if n > 1)
    private = private_names(trees)
    homes = set().union(*private.values()) if private else set()
    figures = {
        "lines of code": sum(map(lines_of_code, sources.values())),
        "modules": sum(file.name != "__init__.py" for file in files.values()),
        "loose modules at the top": len([*(root / "tui").glob("*.py")]),
        "longest import chain": f"{len(chain)}: {' > '.join(each.removeprefix('tui.') for each in chain)}",
        "modules that a tick enters": len(entered_by_a_tick(root)),
        "levels of ReadingScreen": levels(trees),
        "stubs of Host protocols": stubs(trees),
        "class names with two meanings": f"{len(twice)} {' '.join(twice)}",
        "private names of Textual": f"{len(private)} in {len(homes)} files: {' '.join(sorted(private))}",
    }
    for name, figure in figures.items():
        print(f"{name:32}{figure}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve())
