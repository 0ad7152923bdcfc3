"""A text saved in a file: for its owner alone, and never over another unasked."""

import os
import stat
from pathlib import Path

import pytest

from tui.terminal.private_files import save_text


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    """The file holds the text as UTF-8 and has mode 0600, whatever the mask is."""
    before = os.umask(0)
    try:
        save_text(str(tmp_path / "a.txt"), "Läufer\n")
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").read_bytes() == "Läufer\n".encode()
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o600


def test_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path may begin with `~`."""
    monkeypatch.setenv("HOME", str(tmp_path))
    save_text("~/a.txt", "a")
    assert (tmp_path / "a.txt").read_text() == "a"


def test_never_over_a_file_unasked(tmp_path: Path) -> None:
    """A file that is there stays as it is, until it is said that it may be replaced."""
    path = tmp_path / "a.txt"
    path.write_text("something long")
    path.chmod(0o644)
    with pytest.raises(FileExistsError):
        save_text(str(path), "new")
    assert path.read_text() == "something long"
    save_text(str(path), "new", replace=True)
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_through_no_link_and_into_no_device(tmp_path: Path) -> None:
    """Nothing is written through a symbolic link, nor into what is no ordinary file."""
    (tmp_path / "target").write_text("kept")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", "."):
        for replace in (False, True):
            with pytest.raises(OSError, match=r"."):
                save_text(str(tmp_path / name), "new", replace=replace)
    assert (tmp_path / "target").read_text() == "kept"


@pytest.mark.parametrize(
    "name", [".profile", ".ssh/authorized_keys", "texts/../.config/a", "texts/link/a", ".."]
)
def test_where_a_name_begins_with_a_dot(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file of another program's is written, however one gets there: below `~`, `..` or a link."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for folder in (".ssh", ".config", "texts"):
        (tmp_path / folder).mkdir()
    (tmp_path / "texts/link").symlink_to("../.config")
    for path in (f"~/{name}", str(tmp_path / name)):
        with pytest.raises(OSError, match=r"dot|link"):
            save_text(path, "new", replace=True)
    assert not any(file.is_file() for file in tmp_path.rglob("*"))
    save_text("~/texts/../a.txt", "new")
    assert (tmp_path / "a.txt").read_text() == "new"


def test_through_nobody_elses_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is reached through one's own link, never through one that somebody else has put."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    save_text(str(tmp_path / "link/a.txt"), "new")
    assert (tmp_path / "folder/a.txt").read_text() == "new"
    # To the system whoever runs this owns the link; to the program they do not.
    owner = (tmp_path / "link").lstat().st_uid
    if owner == 0:
        os.lchown(tmp_path / "link", 12345, 12345)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    with pytest.raises(OSError, match="is a link that is not yours"):
        save_text(str(tmp_path / "link/b.txt"), "new")


def test_links_in_a_circle(tmp_path: Path) -> None:
    """Links that lead to each other are an error that can be shown."""
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError, match="link"):
        save_text(str(tmp_path / "a/x.txt"), "new")


@pytest.mark.parametrize("path", ["a\0b", "gone/a.txt"])
def test_no_path(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no path, or leads nowhere, is an error that can be shown."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises((OSError, ValueError)):
        save_text(path, "a")
