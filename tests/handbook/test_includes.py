"""mdBook's tags become the text that they stand for, never from outside the book's folder."""

from pathlib import Path

import pytest

from tests.small_book import write_book
from tui.handbook.files import LARGEST_FILE
from tui.handbook.includes import expanded
from tui.handbook.loading import Pages, load_handbook

_CODE = """use std::io;

// ANCHOR: all
fn main() {
    // ANCHOR: part
    let x = 1;
    // ANCHOR_END: part
}
// ANCHOR_END: all
"""


def _expanded(folder: Path, text: str, **files: str) -> str:
    """A page in `src` with these files beside it, `_` for the dot; the code lies in `listings`."""
    written = {f"src/{name.replace('_', '.')}": words for name, words in files.items()}
    for name, words in {"listings/main.rs": _CODE, "src/one.md": text, **written}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(words)
    return expanded(text, folder / "src/one.md", folder).text


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        ("main.rs", _CODE.splitlines()),
        ("main.rs:1", ["use std::io;"]),
        ("main.rs:4:6", ["fn main() {", "    // ANCHOR: part", "    let x = 1;"]),
        ("main.rs::2", ["use std::io;", ""]),
        ("main.rs:8:", ["}", "// ANCHOR_END: all"]),
        ("main.rs:8:99", ["}", "// ANCHOR_END: all"]),
        ("main.rs:99", []),
        ("main.rs:part", ["    let x = 1;"]),
        ("main.rs:all", ["fn main() {", "    let x = 1;", "}"]),
        ("main.rs:none", []),
    ],
)
def test_include(tmp_path: Path, asked: str, lines: list[str]) -> None:
    """A file is included whole, by numbers of lines, or between the marks of an anchor."""
    text = f"a\n{{{{#include ../listings/{asked}}}}}\nb\n"
    assert _expanded(tmp_path, text) == "\n".join(("a", "\n".join(lines), "b", ""))


def test_rustdoc_include(tmp_path: Path) -> None:
    """What rustdoc needs beside the lines that are meant comes too, as hidden lines."""
    by_number = _expanded(tmp_path, "{{#rustdoc_include ../listings/main.rs:6}}")
    assert by_number.split("\n")[3:7] == [
        "# fn main() {",
        "#     // ANCHOR: part",
        "    let x = 1;",
        "#     // ANCHOR_END: part",
    ]
    by_anchor = _expanded(tmp_path, "{{#rustdoc_include ../listings/main.rs:part}}")
    assert by_anchor == "# use std::io;\n# \n# fn main() {\n    let x = 1;\n# }"


def test_other_tags(tmp_path: Path) -> None:
    """A playground is a block of code, a title is none of the page's text, and an escape shows."""
    text = "{{#title Other}}\n{{#playground a.rs editable, ignore}}\n\\{{#include a.rs}} {{#x y}} {{z}}"
    shown = "\n```rust,editable,ignore\nlet a;\n```\n{{#include a.rs}} {{#x y}} {{z}}"
    assert _expanded(tmp_path, text, a_rs="let a;") == shown


def test_includes_in_includes(tmp_path: Path) -> None:
    """A file that is included may include others, from its own folder; a circle ends."""
    assert _expanded(tmp_path, "{{#include a.md}}", a_md="1 {{#include b.md}}", b_md="2") == "1 2"
    round_and_round = _expanded(tmp_path, "{{#include a.md}}", a_md="x{{#include a.md}}")
    assert round_and_round.startswith("xxxxx")


def test_prefix_of_a_line(tmp_path: Path) -> None:
    """What stands before a tag in its line, as in a quote, stands before all that it brings in."""
    assert _expanded(tmp_path, "> {{#include a.md}}", a_md="a\nb\n") == "> a\n> b"


@pytest.mark.parametrize("path", ["../../secret", "/etc/passwd", "link", "none.md", "a\0b"])
def test_files_that_are_not_included(tmp_path: Path, path: str) -> None:
    """A file that is missing, or outside the book, is named where it would stand."""
    (tmp_path / "secret").write_text("Secret")
    book = tmp_path / "book"
    (book / "src").mkdir(parents=True)
    (book / "src/link").symlink_to("../../secret")
    text = _expanded(book, f"a {{{{#include {path}}}}} b")
    assert text.startswith(f"a [{path}: ")
    assert "Secret" not in text
    assert "root:" not in text


def test_included_files_fill_no_memory(tmp_path: Path) -> None:
    """Files that include each other many times over end where a page would."""
    page = "{{#include a.md}}" * 50
    text = _expanded(tmp_path, page, a_md="{{#include b.md}}" * 50, b_md="b" * 5000)
    assert len(text) < 3 * LARGEST_FILE
    assert "more than a page can hold" in text


def test_pages_and_their_index(tmp_path: Path) -> None:
    """A page is shown, and can be searched, with what it includes from beside `src`."""
    write_book(tmp_path / "src", {"one.md": "# One\n\n```\n{{#include ../code/a.rs}}\n```\n"})
    (tmp_path / "book.toml").write_text("")
    (tmp_path / "code").mkdir()
    (tmp_path / "code/a.rs").write_text("let sought;\n")
    handbook = load_handbook(tmp_path)
    pages = Pages(handbook)
    assert pages[handbook.by_id["one"]].blocks[1].text == "let sought;"
    assert "let sought;" in pages.markdown(handbook.by_id["one"])


def test_titles(tmp_path: Path) -> None:
    """A page that gives itself a title is shown with it, where it has no heading for one."""
    pages = {"one.md": "{{#title My *Own*}}\nWords.\n", "two.md": "# Two\n\n{{#title Other}}\n"}
    handbook = load_handbook(write_book(tmp_path, pages))
    one, two = (Pages(handbook)[each].blocks[0].text for each in handbook.sections)
    assert (one, two) == ("My *Own*", "Two")


def test_without_includes(tmp_path: Path) -> None:
    """In a book that does without mdBook's own preprocessors, its tags are text."""
    write_book(tmp_path / "src", {"one.md": "# One\n\n{{#include two.md}}\n"})
    for settings, expected in (
        ("[build]\nuse-default-preprocessors = false\n", "{{#include two.md}}"),
        (
            "[build]\nuse-default-preprocessors = false\n[preprocessor.links]\n",
            "Two",
        ),
        ('[preprocessor.links]\nrenderers = ["epub"]\n', "{{#include two.md}}"),
    ):
        (tmp_path / "book.toml").write_text(settings)
        handbook = load_handbook(tmp_path)
        page = Pages(handbook)[handbook.by_id["one"]]
        assert page.blocks[1].text == expected
        assert page.note == (
            "{{#include …}} is for a program that does not run here" if "#" in expected else ""
        )


def test_tags_of_other_programs(tmp_path: Path) -> None:
    """They are named, each once, but not those in code, which a page may be about."""
    text = "# One\n\n{{#toc}} a {{ #toc }} {{%segment x}} `{{#code}}` {{z}}\n\n    {{#more}}\n"
    handbook = load_handbook(write_book(tmp_path, {"one.md": text}))
    one, two = (Pages(handbook)[each].note for each in handbook.sections)
    assert one == "{{#toc …}}, {{%segment …}} are for a program that does not run here"
    assert two == ""
