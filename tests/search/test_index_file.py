"""A kept index answers as the one it was kept from, and is made anew whenever it might not."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from tests.search.own_index import own_index
from tests.small_book import book
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.handbook.model import Handbook
from tui.handbook.signs import load_signs
from tui.search.engine import build_index
from tui.search.index_file import IndexFile
from tui.search.synonyms import NO_SYNONYMS, load_synonyms

PAGES = {
    "SUMMARY.md": "# Summary\n\n- [One](one.md)\n- [Two](two.md)\n- [Draft]()\n",
    "one.md": "# One\n\nA pelican. See [two](two.md).\n",
    "two.md": "# Two\n\nA heron.\n",
}


@pytest.fixture(name="small")
def _small(tmp_path: Path) -> Handbook:
    return book(tmp_path / "book", PAGES)


@pytest.fixture(name="cache")
def _cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "runtall"


def keep(handbook: Handbook, cache: Path) -> Path:
    """Keep the index of a book; the file that holds it."""
    index = build_index(handbook, Pages(handbook), NO_SYNONYMS, load_signs(handbook.folder))
    before = set(cache.iterdir()) if cache.exists() else set()
    IndexFile(cache, handbook).save(index)
    (file,) = set(cache.iterdir()) - before
    return file


def test_it_answers_as_the_one_it_was_kept_from(cache: Path) -> None:
    """The same hits, scores, snippets and warnings, without a page being read."""
    handbook = load_handbook(OWN_BOOK)
    words = load_synonyms(OWN_BOOK), load_signs(OWN_BOOK)
    built = own_index()
    IndexFile(cache, handbook).save(built)
    kept = IndexFile(cache, handbook).load()
    assert kept is not None
    again = build_index(handbook, Pages(handbook), *words, kept)

    for query in (
        "traps",
        "chest pain",
        "sholder tension",
        "before the run",
        "scapula",
        "quokka",
        "camelbak",
    ):
        assert again.search(query) == built.search(query)
    places = [[hit.places for hit in each.search("rhomboids").hits] for each in (built, again)]
    assert places[0] == places[1]


def test_only_its_owner_reads_it(small: Handbook, cache: Path) -> None:
    """Folder and file are the reader's own."""
    file = keep(small, cache)
    assert (file.stat().st_mode & 0o777, cache.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "two.md").write_text("# Two\n\nA longer heron.\n"),
        lambda folder: os.utime(folder / "two.md", (1, 1)),
        lambda folder: (folder / "SUMMARY.md").write_text("- [One](one.md)\n"),
        lambda folder: (folder / "runtall.toml").write_text('[roles]\nfirst_page = "one"\n'),
        lambda folder: (folder / "asked.toml").write_text('[pages]\none = ["stork"]\n'),
    ],
    ids=["another text", "another time", "other contents", "other roles", "asked otherwise"],
)
def test_a_stale_one_counts_as_missing(
    small: Handbook, cache: Path, change: Callable[[Path], object]
) -> None:
    """Whatever changes in the book, the index that was kept before is not used."""
    keep(small, cache)
    assert IndexFile(cache, small).load() is not None
    change(small.folder)
    assert IndexFile(cache, load_handbook(small.folder)).load() is None


def test_each_book_has_its_own(small: Handbook, cache: Path, tmp_path: Path) -> None:
    """A copy of a book elsewhere neither uses nor replaces the index of the first."""
    keep(small, cache)
    shutil.copytree(small.folder, tmp_path / "copy")
    copy = load_handbook(tmp_path / "copy")
    assert IndexFile(cache, copy).load() is None
    keep(copy, cache)
    assert IndexFile(cache, small).load() is not None


def test_the_one_before_goes(small: Handbook, cache: Path) -> None:
    """An index made anew takes the place of what was kept of the same book, also by earlier versions."""
    old = keep(small, cache)
    (cache / f"{old.name.rpartition('-')[0]}.index").write_bytes(b"as earlier versions kept it")
    (small.folder / "two.md").write_text("# Two\n\nA longer heron.\n")
    new = keep(load_handbook(small.folder), cache)
    assert [*cache.iterdir()] == [new]


def test_a_damaged_one_counts_as_missing(small: Handbook, cache: Path) -> None:
    """Cut short, or with any byte another one, the file is not used."""
    file = keep(small, cache)
    whole = file.read_bytes()
    for at in range(0, len(whole), len(whole) // 40):
        file.write_bytes(whole[:at])
        assert IndexFile(cache, small).load() is None
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert IndexFile(cache, small).load() is None


def test_where_nothing_can_be_written_nothing_is_kept(small: Handbook, tmp_path: Path) -> None:
    """A cache folder that cannot be is no error."""
    (tmp_path / "file").write_text("")
    file = IndexFile(tmp_path / "file" / "runtall", small)
    index = build_index(small, Pages(small), NO_SYNONYMS, load_signs(small.folder))
    file.save(index)
    assert file.load() is None


def test_an_included_file_that_changed(tmp_path: Path, cache: Path) -> None:
    """The index depends on what its pages include, too."""
    handbook = book(
        tmp_path / "book", {**PAGES, "one.md": "# One\n\n{{#include a.txt}}\n", "a.txt": "a"}
    )
    keep(handbook, cache)
    assert IndexFile(cache, handbook).load() is not None
    (tmp_path / "book/a.txt").write_text("changed")
    assert IndexFile(cache, handbook).load() is None


def test_an_index_may_be_let_go_on_any_thread(
    small: Handbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python lets garbage go on whichever thread asks for memory; the tables are closed there too."""
    refused: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda args: refused.append(args.exc_value))
    held = [build_index(small, Pages(small), NO_SYNONYMS, load_signs(small.folder))]

    def let_go() -> None:
        held.clear()
        gc.collect()

    thread = Thread(target=let_go)
    thread.start()
    thread.join()
    gc.collect()
    assert refused == []
