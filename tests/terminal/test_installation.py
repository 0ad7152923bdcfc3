"""Knowing that the program was replaced on disk."""

from pathlib import Path

from tui.terminal.installation import Installation


def test_changed(tmp_path: Path) -> None:
    """A file that was put in place of another, or removed, is a change; a new one beside it is not."""
    first, second = tmp_path / "first", tmp_path / "second"
    for file in (first, second):
        file.write_text("1")
    installation = Installation(first, second)
    (tmp_path / "third").write_text("1")
    seen = [installation.changed]
    (tmp_path / "third").replace(first)
    seen.append(installation.changed)
    installation = Installation(first, second)
    second.unlink()
    assert [*seen, installation.changed] == [False, True, True]
