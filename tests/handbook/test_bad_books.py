"""Whatever is wrong with a book is said in one line: the file, the line, what to do."""

import os
from pathlib import Path

import pytest

from tests.small_book import PAGES, blocks_of, book, page_of, write_book
from tui.handbook.errors import ContentError
from tui.handbook.files import LARGEST_FILE
from tui.handbook.loading import load_handbook


def _error(folder: Path) -> ContentError:
    with pytest.raises(ContentError) as raised:
        load_handbook(folder)
    assert len(str(raised.value).splitlines()) == 1
    return raised.value


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there is named."""
    expected = f"{tmp_path}/gone: no such folder; --book takes a folder with SUMMARY.md"
    assert str(_error(tmp_path / "gone")) == expected


def test_no_summary(tmp_path: Path) -> None:
    """A folder without contents is named."""
    assert (
        str(_error(tmp_path)) == f"{tmp_path}: no SUMMARY.md in it; a book needs one, as mdBook has"
    )


def test_page_that_is_missing(tmp_path: Path) -> None:
    """In a book written for us, a page that the contents name but that is not there is an error."""
    summary = "# Summary\n\n- [One](one.md)\n- [Gone](gone.md)\n"
    write_book(tmp_path, {"SUMMARY.md": summary, "runtall.toml": ""})
    expected = f"{tmp_path}/SUMMARY.md, line 4: there is no file gone.md; make it or mend the link"
    assert str(_error(tmp_path)) == expected


def test_pages_that_another_book_lacks(tmp_path: Path) -> None:
    """In any other book it is one that is not written yet, as mdBook has it, and is said once."""
    summary = "# Summary\n\n- [One](one)\n- [Gone](deep/gone.md)\n"
    handbook = book(tmp_path, {"SUMMARY.md": summary})
    assert [each.path for each in handbook.sections] == ["one.md", None]
    assert handbook.notes == ("Not written yet, though in the contents: deep/gone.md",)


def test_contents_that_list_nothing(tmp_path: Path) -> None:
    """They are an error in a book written for us; any other opens with all its pages."""
    handbook = book(tmp_path / "other", {"SUMMARY.md": "# Summary\n", "a/b.md": "# B\n"})
    assert [each.id for each in handbook.sections] == ["a/b", "one", "two"]
    assert handbook.notes == (
        "SUMMARY.md lists no page: all pages are shown, in the order of their names",
    )
    write_book(tmp_path / "ours", {"SUMMARY.md": "# Summary\n", "runtall.toml": ""})
    error = _error(tmp_path / "ours")
    assert error.what == "it lists no page; add a line such as - [Title](page.md)"


@pytest.mark.parametrize("name", ["book.toml", "src/SUMMARY.md", "src/..", "src", "src/."])
def test_book_named_by_a_file(tmp_path: Path, name: str) -> None:
    """A book opens by the name of one of the files that make it one, or of the folder of its pages."""
    write_book(tmp_path / "src")
    (tmp_path / "book.toml").write_text('[book]\ntitle = "Named"\n')
    assert load_handbook(tmp_path / name).title == "Named"


def test_pages_of_no_other_book(tmp_path: Path) -> None:
    """A folder of pages that the book around it does not name as its own is a book of its own."""
    write_book(tmp_path / "src")
    (tmp_path / "book.toml").write_text('[book]\ntitle = "Around"\nsrc = "other"\n')
    assert load_handbook(tmp_path / "src").title == "src"
    (tmp_path / "book.toml").write_text("no TOML")
    assert load_handbook(tmp_path / "src" / "SUMMARY.md").title == "src"


def test_front_matter(tmp_path: Path) -> None:
    """What other programs keep at the top of a page is not shown; a rule and words are."""
    handbook = book(tmp_path, {"one.md": "---\nminutes: 10\na-b: c\n---\n\n# One\n\nA.\n"})
    assert page_of(handbook, "one").text == "One\nA."
    handbook = book(tmp_path, {"one.md": "---\n\nWords: here\n"})
    assert page_of(handbook, "one").text == "One\nWords: here"


def test_two_pages_with_one_id(tmp_path: Path) -> None:
    """Two pages with one id are named with the line of the second."""
    summary = "- [One](one.md)\n- [Other](other/one.md)\n"
    write_book(tmp_path, {"SUMMARY.md": summary, "other/one.md": "", "runtall.toml": ""})
    expected = f"{tmp_path}/SUMMARY.md, line 2: the id “one” is taken by line 1; rename one page"
    assert str(_error(tmp_path)) == expected


@pytest.mark.parametrize(
    "address",
    [
        "../../etc/passwd",
        "../outside.md",
        "deep/../../outside.md",
        "/etc/passwd",
        "/outside.md",
        "%2e%2e/outside.md",
        "one.txt",
        "http://example.org/one.md",
        "a\x00b.md",
        "a%00.md",
        f"{'long' * 100}.md",
    ],
)
def test_addresses_that_are_refused(tmp_path: Path, address: str) -> None:
    """Contents that name anything but a page inside the book are refused, with the line."""
    (tmp_path / "outside.md").write_text("# Secret\n")
    write_book(tmp_path / "book", {"SUMMARY.md": f"- [One](one.md)\n- [Out]({address})\n"})
    error = _error(tmp_path / "book")
    assert (error.file.name, error.line) == ("SUMMARY.md", 2)


@pytest.mark.parametrize("name", ["link.md", "folder/outside.md", "gone.md", "circle.md"])
def test_symbolic_links_out_of_the_book(tmp_path: Path, name: str) -> None:
    """A page behind a symbolic link that leaves the book, or ends nowhere, is refused."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/outside.md").write_text("# Secret\n")
    folder = write_book(tmp_path / "book", {"SUMMARY.md": f"- [One](one.md)\n- [Out]({name})\n"})
    (folder / "link.md").symlink_to("../outside/outside.md")
    (folder / "folder").symlink_to("../outside")
    (folder / "gone.md").symlink_to("nothing.md")
    (folder / "circle.md").symlink_to("circle.md")
    error = _error(folder)
    assert (error.file.name, error.line) == ("SUMMARY.md", 2)


def test_symbolic_link_within_the_book(tmp_path: Path) -> None:
    """A symbolic link to another page of the book is followed."""
    folder = write_book(tmp_path, {"SUMMARY.md": "- [One](one.md)\n- [Same](same.md)\n"})
    (folder / "same.md").symlink_to("one.md")
    assert page_of(load_handbook(folder), "same").text == "One\nThe first page."


@pytest.mark.parametrize("name", ["SUMMARY.md", "runtall.toml", "book.toml"])
def test_symbolic_links_of_the_books_own_files(tmp_path: Path, name: str) -> None:
    """The files that make a folder a book may not lie outside it either."""
    (tmp_path / "outside").write_text("")
    folder = write_book(tmp_path / "book")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to("../outside")
    assert _error(folder).what == "a link out of the book's folder; put the file itself there"


def test_page_that_became_a_link(tmp_path: Path) -> None:
    """A page that was changed into a link out of the book since is not read."""
    (tmp_path / "secret.md").write_text("# Secret\n")
    handbook = book(tmp_path / "book")
    (tmp_path / "book/two.md").unlink()
    (tmp_path / "book/two.md").symlink_to("../secret.md")
    with pytest.raises(ContentError, match="two\\.md: a link out of the book's folder"):
        page_of(handbook, "two")


def test_source_out_of_the_book(tmp_path: Path) -> None:
    """A `src` that leaves the book's folder is refused."""
    write_book(tmp_path / "outside")
    write_book(tmp_path / "book", {"book.toml": '[book]\nsrc = "../outside"\n'})
    expected = (
        f"{tmp_path}/book/book.toml, line 2: src = “../outside” leads out of the book's folder"
    )
    assert str(_error(tmp_path / "book")) == expected


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("book.toml", "[book]\ntitle = \n", 2),
        ("book.toml", "[book]\ntitle = 3\n", 2),
        ("book.toml", "book = 3\n", 1),
        ("runtall.toml", "[roles]\n\nred_flags = one\n", 3),
        ("runtall.toml", '[roles]\n\nred_flags = "gone"\n', 3),
        ("runtall.toml", '[roles]\nflags = "one"\n', 2),
        ("runtall.toml", "[roles]\nred_flags = 1\n", 2),
        ("runtall.toml", 'roles = "one"\n', 1),
        ("runtall.toml", "[renamed]\na = []\n", 2),
        ("SUMMARY.md", b"- [One](one.md)\n- [\xff](two.md)\n", 2),
        ("SUMMARY.md", b"\xef\xbb\xbf- [One](one.md)\n\xff", 2),
        ("SUMMARY.md", "- [One](one.md)\n- Two\n", 2),
    ],
)
def test_files_with_a_mistake(tmp_path: Path, name: str, text: str | bytes, line: int) -> None:
    """A mistake in one of the files that make the book is said with the file and the line."""
    error = _error(write_book(tmp_path, {name: text}))
    assert (error.file.name, error.line) == (name, line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"# One\n\n\xff\xfe\n", "one.md, line 3: not UTF-8; save the file as UTF-8 text"),
        (b"\xef\xbb\xbfa\n\xff", "one.md, line 2: not UTF-8; save the file as UTF-8 text"),
        (b"caf\xe9", "one.md, line 1: not UTF-8; save the file as UTF-8 text"),
        (b"a " * 2_500_000, "one.md: larger than 1 MB; split it into several pages"),
    ],
)
def test_pages_that_cannot_be_shown(tmp_path: Path, text: bytes, expected: str) -> None:
    """A page that is no text, or too much of it, is refused with the line and what to do."""
    with pytest.raises(ContentError) as raised:
        blocks_of(tmp_path, text)
    assert str(raised.value) == f"{tmp_path}/{expected}"


def test_largest_page(tmp_path: Path) -> None:
    """A page of the largest size is read; the parser is not asked to."""
    handbook = book(tmp_path, {"two.md": b"```\n" + b"a" * (LARGEST_FILE - 4)})
    assert len(page_of(handbook, "two").text) == LARGEST_FILE - 4 + len("Two\n")


def test_page_that_is_a_folder(tmp_path: Path) -> None:
    """A folder is no page, whatever it is called."""
    folder = write_book(tmp_path, {"SUMMARY.md": "- [Odd](odd.md)\n"})
    (folder / "odd.md").mkdir()
    assert _error(folder).what == "there is no file odd.md; make it or mend the link"


@pytest.mark.parametrize("name", list(PAGES))
@pytest.mark.timeout(10)
def test_page_that_is_a_pipe(tmp_path: Path, name: str) -> None:
    """A page that is no file at all does not keep its reader waiting for ever."""
    folder = write_book(tmp_path)
    (folder / name).unlink()
    os.mkfifo(folder / name)
    with pytest.raises(ContentError, match=f"{name}: no ordinary file"):
        page_of(load_handbook(folder), name.removesuffix(".md"))


def test_folder_that_may_not_be_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system refuses is said, not reported as a bug of ours."""

    def refuse(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", refuse)
    assert str(_error(tmp_path)) == f"{tmp_path}: cannot be read: Permission denied"
