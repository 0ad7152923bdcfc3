"""`search`: the sections that answer some words, for people and for programs."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.running import Run


def test_for_programs(run: Run) -> None:
    """The JSON has the fixed shape, best hit first."""
    answer = json.loads(run("search", "quicker steps", "--json", "--limit", "3").out)
    assert list(answer) == ["query", "corrected", "safety", "quiet", "unknown", "hits", "own"]
    assert (answer["query"], answer["corrected"], answer["safety"]) == ("quicker steps", None, None)
    assert len(answer["hits"]) == 3
    fields = ["id", "title", "chapter", "kind", "score", "snippet", "matches", "heading", "spans"]
    assert [list(hit) for hit in answer["hits"]] == [fields] * 3
    for hit in answer["hits"]:
        assert {hit["snippet"][a:b].lower() for a, b in hit["spans"]} <= {
            "quicker",
            "steps",
            "step",
            "cadence",
            "quick",
        }
    scores = [hit["score"] for hit in answer["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_a_term_of_the_glossary(run: Run) -> None:
    """A term is found as `glossary#scapula`, of its own kind."""
    hits = json.loads(run("search", "scapula", "--json", "--limit", "20").out)["hits"]
    assert {hit["id"]: hit["kind"] for hit in hits}["glossary#scapula"] == "term"


def test_safety_first(run: Run) -> None:
    """Words that may mean a danger put the red flags first, with the sign and what to do."""
    answer = json.loads(run("search", "chest pain", "--json").out)
    assert answer["safety"] == {
        "level": "NOW",
        "section": "red-flags",
        "sign": "heart-attack",
        "phrase": "chest pain",
    }
    assert answer["hits"][0]["id"] == "red-flags"
    lines = run("search", "chest pain", "--limit", "1").lines
    assert lines[0].startswith("NOW: call the emergency number. The sign: Pressure or ache in ")
    assert lines[2].startswith("red-flags  ")
    assert lines[3].strip().startswith("Pressure or ache in chest")


def test_a_quiet_line(run: Run) -> None:
    """A sign that is denied is no alarm, and not nothing."""
    answer = json.loads(run("search", "no chest pain", "--json").out)
    assert (answer["safety"], answer["quiet"]["sign"]) == (None, "heart-attack")
    assert run("search", "no chest pain").lines[0].startswith("If someone is unwell now")


def test_for_people(run: Run) -> None:
    """In a pipe a hit is two plain lines: its id, title and chapter, and where it matches."""
    answer = run("search", "cadence", "--limit", "1")
    assert (answer.code, len(answer.lines), "\x1b" in answer.out) == (0, 2, False)
    assert "cadence" in answer.lines[1].lower()


def test_marked_on_a_terminal(run: Run) -> None:
    """Where bold may be sent, the matches of the snippet are bold, and nothing else changes."""
    plain = run("search", "cadence", "--limit", "1").out
    marked = run("search", "cadence", "--limit", "1", "--color", "always").out
    assert "\x1b[1mcadence\x1b[0m" in marked.lower()
    assert marked.replace("\x1b[1m", "").replace("\x1b[0m", "") == plain


def test_the_index_is_kept(run: Run) -> None:
    """The second search answers as the first, from the kept index; with `--private` nothing is kept."""
    folder = Path(os.environ["XDG_CACHE_HOME"]) / "runtall"
    first = run("search", "cadence", "--private")
    assert not folder.exists()
    assert run("search", "cadence") == first
    (file,) = folder.iterdir()
    kept = file.stat()
    assert run("search", "cadence") == first
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (kept.st_ino, kept.st_mtime_ns)
    file.write_bytes(b"damaged")
    assert run("search", "cadence") == first
    assert file.stat().st_size == kept.st_size


def test_a_slip_is_mended_and_said(run: Run) -> None:
    """A word that nothing matches is answered as the nearest one, which is said."""
    answer = run("search", "cadense", "--limit", "1")
    assert answer.lines[0] == (
        "Searched for “cadence” instead of “cadense”. --exact takes the words as they are."
    )
    assert json.loads(run("search", "cadense", "--json").out)["corrected"] == "cadence"


def test_a_slip_is_left_alone_where_that_is_asked(run: Run) -> None:
    """`--exact` takes the words as they are, and says of which the book does not speak."""
    answer = run("search", "cadense", "--exact")
    assert answer.code == 1
    assert "The handbook does not speak of “cadense”." in answer.lines[0]


def test_what_the_book_does_not_speak_of(run: Run) -> None:
    """A word that the book lacks is named, and so are the words that it has."""
    answer = run("search", "cadence on a guitar", "--limit", "1")
    said = "The handbook does not speak of “guitar”. Below is what it says of “cadence”."
    assert answer.lines[0] == said
    assert json.loads(run("search", "cadence on a guitar", "--json").out)["unknown"] == ["guitar"]


def test_nothing_found(run: Run) -> None:
    """Nothing found is exit code 1, with what to try; for programs it is an empty list."""
    answer = run("search", "qqqqzzzz")
    assert answer.code == 1
    assert answer.lines[0].startswith("Nothing found.")
    assert "runtall toc" in answer.lines[0]
    programs = run("search", "qqqqzzzz", "--json")
    assert (programs.code, json.loads(programs.out)["hits"]) == (1, [])


@pytest.mark.parametrize(
    "words", ['"', "*", "^", "a:b", "NEAR(", "OR", '"unclosed', "x" * 10_000, "\x1b[31m", "(((", "'"]
)  # fmt: skip
def test_words_are_only_words(run: Run, words: str) -> None:
    """Whatever is searched for is data: it is found or not, and nothing breaks."""
    answer = run("search", words)
    assert answer.code in (0, 1)
    assert (answer.err, "\x1b" in answer.out) == ("", False)


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "many"])
def test_a_limit_that_is_none(run: Run, limit: str) -> None:
    """A limit out of bounds is bad usage, said in one line."""
    answer = run("search", "chest", f"--limit={limit}")
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)


def test_own_words(run: Run) -> None:
    """Notes and own items are found where that is asked, in a group of their own, and never in private."""
    run("finish", "--note", "A quokka by the river")
    run("item", "add", "Quokka fed")
    assert "quokka by" not in run("search", "quokka").out
    lines = run("search", "quokkas", "river", "--own").lines
    assert lines[-1] == "Nothing in your own words."
    answer = run("search", "the", "quokka", "--own")
    assert answer.code == 0
    assert answer.lines[-3] == "In your own words:"
    assert answer.lines[-2].endswith("  A quokka by the river")
    assert answer.lines[-1].endswith("  Quokka fed")
    own = json.loads(run("search", "quokka", "--own", "--json").out)["own"]
    assert [(each["kind"], each["text"], each["spans"]) for each in own] == [
        ("run", "A quokka by the river", [[2, 8]]),
        ("item", "Quokka fed", [[0, 6]]),
    ]
    assert json.loads(run("search", "quokka", "--own", "--json", "--private").out)["own"] == []
    assert json.loads(run("search", "quokka", "--json").out)["own"] is None
