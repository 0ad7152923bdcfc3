"""Plant small bugs, one at a time, and see whether a test fails: `python -m tests.mutation [N] [SEED]`.

N bugs are drawn for each module, 12 if not given. What lives is printed; the exit code is 1 where fewer than 85 in 100
are caught. A bug is an operator turned around, a number one too high, or a condition that always or never holds.
"""

from __future__ import annotations

import ast
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS: Mapping[str, tuple[str, ...]] = {
    "tui/diary/store.py": ("tests/diary",),
    "tui/diary/lists.py": ("tests/diary", "tests/session"),
    "tui/diary/runs.py": ("tests/diary", "tests/session"),
    "tui/diary/exchange.py": ("tests/diary",),
    "tui/search/engine.py": ("tests/search", "tests/session/test_search_filters.py"),
    "tui/search/query.py": ("tests/search",),
    "tui/search/ranking.py": ("tests/search",),
    "tui/self_check/interview.py": ("tests/self_check", "tests/ui/test_self_check.py"),
    "tui/self_check/model.py": ("tests/self_check", "tests/ui/test_self_check.py"),
    "tui/session/checklists.py": (
        "tests/session",
        "tests/cli/test_checklist.py",
        "tests/cli/test_log.py",
    ),
    "tui/ui/controllers/checklist.py": (
        "tests/ui/test_checklist_controller.py",
        "tests/ui/test_checklist.py",
        "tests/ui/test_experiments.py",
    ),
    "tui/layout/wrapping.py": ("tests/layout",),
}
"""The modules that bugs are planted in, and the tests that must see them."""
PAIRS: tuple[tuple[type[ast.AST], type[ast.AST]], ...] = (
    *((ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.In, ast.NotIn)),
    *((ast.Is, ast.IsNot), (ast.And, ast.Or), (ast.Add, ast.Sub)),
)
OTHER = {one: other for pair in PAIRS for one, other in (pair, pair[::-1])}
"""Each operator and the one that a slip would put in its place."""


def bugs(tree: ast.Module) -> Iterator[tuple[ast.AST, str, object]]:
    """All the bugs that can be planted in a module: a node, one of its fields, and what to put there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in OTHER:
            yield node, "ops", [OTHER[type(node.ops[0])](), *node.ops[1:]]
        elif isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in OTHER:
            yield node, "op", OTHER[type(node.op)]()
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int):
            yield node, "value", node.value + 1 if type(node.value) is int else not node.value
        # What is imported for types alone no test could see.
        elif isinstance(node, ast.If | ast.IfExp) and ast.unparse(node.test) != "TYPE_CHECKING":
            yield node, "test", ast.Constant(value=True)
            yield node, "test", ast.Constant(value=False)


def passes(checkout: Path, module: str) -> bool:
    """Whether the tests of a module see nothing wrong."""
    suite = [sys.executable, "-m", "pytest", "-qx", "-n", "2", "-p", "no:cacheprovider"]
    ran = subprocess.run([*suite, *TESTS[module]], cwd=checkout, capture_output=True, check=False)
    return ran.returncode == 0


def lives(checkout: Path, module: str, number: int) -> str:
    """Plant the bug with this number, run the tests, and take it out; the changed line if it lives."""
    file, source = checkout / module, (checkout / module).read_text("utf-8")
    tree = ast.parse(source)
    before = ast.unparse(tree).splitlines()
    setattr(*list(bugs(tree))[number])
    after = ast.unparse(ast.fix_missing_locations(tree))
    file.write_text(after, "utf-8")
    lived = passes(checkout, module)
    file.write_text(source, "utf-8")
    pairs = zip(before, after.splitlines(), strict=True)
    old, new = next(pair for pair in pairs if pair[0] != pair[1])
    return f"{module}: {old.strip()} -> {new.strip()}" if lived else ""


def main(count: int = 12, seed: int = 1) -> int:
    """Plant the bugs in a copy of the checkout and say how many are caught."""
    chance, planted, alive = random.Random(seed), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder) / "checkout"
        shutil.copytree(ROOT, checkout, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        for module in TESTS:
            if not passes(checkout, module):
                sys.exit(f"{module}: its tests fail as it is; mend that first")
            possible = range(len(list(bugs(ast.parse((checkout / module).read_text("utf-8"))))))
            for number in sorted(chance.sample(possible, min(count, len(possible)))):
                said = lives(checkout, module, number)
                planted, alive = planted + 1, alive + bool(said)
                print(said or ".", end="\n" if said else "", flush=True)
    caught = 100 * (planted - alive) // planted
    print(f"\n{planted} bugs planted, {planted - alive} caught: {caught} %")
    return caught < 85


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
