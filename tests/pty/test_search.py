"""Search in a real terminal: typed by hand or in one go, over a book of any size."""

from __future__ import annotations

from pathlib import Path

from tests.past_runs import export_of
from tests.pty.handbook import Handbook
from tests.small_book import write_book
from tui.diary.diary import open_diary


def test_search_and_go_on(tmp_path: Path) -> None:
    """A hit opens at its first match; n goes on, Esc clears, and Backspace leads back."""
    with Handbook("--data", str(tmp_path / "data")) as handbook:
        handbook.wait_for("Why does my upper back")
        handbook.rest()
        handbook.press("/")
        handbook.send("cadence")
        handbook.wait_for("1 of")
        handbook.press("enter")
        handbook.wait_for("match 1/")
        handbook.press("n")
        handbook.wait_for("match 2/")
        handbook.press("escape")
        handbook.wait_for(lambda shown: "match" not in shown.text.splitlines()[-1])
        handbook.rest()
        handbook.press("backspace")
        handbook.wait_for("Why does my upper back ache")
        assert " 1/" in handbook.text


def test_typed_in_one_go(tmp_path: Path) -> None:
    """`/`, words and Enter in one go, as from a slow link, end at the page that they mean."""
    with Handbook("--data", str(tmp_path / "data")) as handbook:
        handbook.wait_for("Why does my upper back")
        handbook.rest()
        handbook.send("/child's pose\r")
        handbook.wait_for("match 1/")
        assert "Child's pose" in handbook.text


def test_a_paste(tmp_path: Path) -> None:
    """A paste of 10,000 characters, in brackets, is cut to a line, and the box goes on working."""
    with Handbook("--data", str(tmp_path / "data")) as handbook:
        handbook.wait_for("Why does my upper back")
        handbook.rest()
        handbook.press("/")
        handbook.wait_for("Search the handbook")
        handbook.send("\x1b[200~" + "cadence\n" * 1250 + "\x1b[201~")
        handbook.wait_for("cadence cadence")
        handbook.press("ctrl+u")
        handbook.send("stitch")
        handbook.wait_for(lambda shown: shown.text.count("stitch") > 2)


def test_a_large_book(tmp_path: Path) -> None:
    """The first page of 1,500 does not wait for the index, the box says that it is being made."""
    pages = {f"{number}.md": f"# Page {number}\n\nword{number}\n" for number in range(1500)}
    listed = "".join(f"- [Page {number}]({number}.md)\n" for number in range(1500))
    folder = write_book(tmp_path / "book", {**pages, "SUMMARY.md": f"# Summary\n\n{listed}"})
    with Handbook("--book", str(folder), "--data", str(tmp_path / "data")) as handbook:
        handbook.wait_for("word0")
        handbook.press("/")
        handbook.send("word1499")
        handbook.wait_for("still being read")
        handbook.wait_for("1 of 1", timeout=60)
        handbook.press("enter")
        handbook.wait_for("match 1/1")


def test_own_words(tmp_path: Path) -> None:
    """A note leads to its run; the search comes back after a restart, and nothing of both with --private."""
    data = tmp_path / "data"
    with open_diary(data) as diary:
        diary.import_text(export_of({"note": "A quokka by the river"}, {"note": "Nothing"}))
    with Handbook("--data", str(data)) as handbook:
        handbook.wait_for("Why does my upper back")
        handbook.rest()
        handbook.press("/")
        handbook.send("quokka")
        handbook.wait_for("Your own words")
        handbook.press("enter")
        handbook.wait_for("Sore after")
        assert "A quokka by the river" in handbook.text
    for words, kept in ((), True), (("--private",), False):
        with Handbook("--data", str(data), *words) as handbook:
            handbook.wait_for("Why does my upper back")
            handbook.rest()
            handbook.press("/")
            handbook.wait_for("Type a word")
            assert ("brings back an earlier search" in handbook.text) == kept
            handbook.press("up")
            handbook.rest()
            handbook.send("quokka" if not kept else "")
            handbook.wait_for("Your own words" if kept else "Nothing found")
            handbook.rest()
            assert ("by the river" in handbook.text) == kept


def test_what_a_hit_leads_to(tmp_path: Path) -> None:
    """In a wide window the passage of the chosen hit is shown beside the list, and the keys go on working."""
    with Handbook("--data", str(tmp_path / "data"), size=(140, 40)) as handbook:
        handbook.wait_for("Why does my upper back")
        handbook.rest()
        handbook.press("/")
        handbook.send("child's pose")
        handbook.wait_for("Kneel")
        handbook.press("enter")
        handbook.wait_for("match 1/")
