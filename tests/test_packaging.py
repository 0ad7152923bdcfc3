"""What the wheel holds is listed by hand in pyproject.toml: nothing may be missing there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LISTED = SETTINGS["tool"]["setuptools"]["packages"]
DATA = SETTINGS["tool"]["setuptools"]["package-data"]


def files(top: str) -> Iterator[Path]:
    """All that belongs to `tui` or `content`, without what Python and editors leave there."""
    for path in (ROOT / top).rglob("*"):
        file = path.relative_to(ROOT)
        if path.is_file() and not any(part.startswith(("__pycache__", ".")) for part in file.parts):
            yield file


def package_of(file: Path) -> str:
    """The package that a file is installed in."""
    return ".".join(("runtall", *file.parent.parts))


def test_every_folder_is_a_listed_package() -> None:
    """Each folder that holds a file is named once, and none that is not there."""
    there = {package_of(file) for top in ("tui", "content") for file in files(top)}
    assert sorted(there - set(LISTED)) == [], "name these under `packages` in pyproject.toml"
    assert sorted(set(LISTED) - there) == [], "these are no folders with files in them"
    assert len(LISTED) == len(set(LISTED))


def test_every_file_is_taken_along() -> None:
    """Each file that is no Python is named by a pattern for its package."""
    left_out = [
        str(file)
        for top in ("tui", "content")
        for file in files(top)
        if file.suffix != ".py"
        and not any(
            fnmatch(file.name, pattern)
            for package in ("*", package_of(file))
            for pattern in DATA.get(package, ())
        )
    ]
    assert left_out == [], "name these under package-data in pyproject.toml"


def test_every_python_package_says_so() -> None:
    """Each folder of code has its `__init__.py`."""
    bare = {file.parent for file in files("tui") if file.suffix == ".py"}
    assert [
        str(folder) for folder in sorted(bare) if not (ROOT / folder / "__init__.py").exists()
    ] == []
