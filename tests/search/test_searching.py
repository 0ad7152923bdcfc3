"""Search finds what is meant, says where it is, and takes whatever is typed."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.small_book import book
from tui.handbook.loading import Pages
from tui.handbook.model import Handbook
from tui.handbook.signs import NO_SIGNS
from tui.search.engine import Index, build_index
from tui.search.synonyms import NO_SYNONYMS, Synonyms

SYNONYMS = Synonyms(groups=(("trapezius", "traps"), ("cadence", "steps per minute", "step rate")))


def indexed(
    handbook: Handbook,
    synonyms: Synonyms = NO_SYNONYMS,
    asked: Mapping[str, Sequence[str]] | None = None,
) -> Index:
    """The index of a book without signs of danger."""
    return build_index(handbook, Pages(handbook), synonyms, NO_SIGNS, asked=asked)


def index_of(
    folder: Path, pages: Mapping[str, str], synonyms: Synonyms = SYNONYMS, summary: str = ""
) -> Index:
    """The index of a book of these pages: file stems and texts."""
    entries = "\n".join(f"- [{stem.title()}]({stem}.md)" for stem in pages)
    files = {f"{stem}.md": text for stem, text in pages.items()}
    return indexed(book(folder, {**files, "SUMMARY.md": f"{entries}\n{summary}"}), synonyms)


def ids(index: Index, words: str, *, typing: bool = False) -> list[str]:
    """The ids of the hits, best first."""
    return [hit.id for hit in index.search(words, typing=typing).hits]


def test_titles_come_before_headings_before_labels_before_text(tmp_path: Path) -> None:
    """A word counts most in the title, then in headings, then in labels, then in the text."""
    pages = {
        "d": "# D\n\nOther words and a pelican.",
        "c": "# C\n\n- **Pelican.** Other words.",
        "b": "# B\n\n## Pelican\n\nOther words.",
        "pelican": "# Pelican\n\nOther words.",
        "e": "# E\n\nOther words.",
    }
    found = ids(index_of(tmp_path, pages), "pelican")
    assert found[0] == "pelican"
    assert found[-1] == "d"
    assert sorted(found[1:3]) == ["b", "c"]


def test_all_words_come_before_some(tmp_path: Path) -> None:
    """A page with all the words comes before one that repeats some of them."""
    pages = {
        "a": "# A\n\nThe heron, the heron, the heron, and again the heron.",
        "b": "# B\n\nA heron stands here.\n\nFar away, there is a pelican.",
        "c": "# C\n\nNothing.",
        "d": "# D\n\nNothing either.",
    }
    assert ids(index_of(tmp_path, pages), "heron pelican") == ["b", "a"]


def test_a_small_word_beside_another_counts(tmp_path: Path) -> None:
    """A page that says “warm up” comes before one that says both words apart."""
    pages = {
        "far": "# Far\n\nWarm is one thing. Quite another, and far from it, is a look up.",
        "near": "# Near\n\nQuite another thing, and far from it, is a warm up. Look, one is.",
        "other": "# Other\n\nNothing.",
    }
    assert ids(index_of(tmp_path, pages), "warm up")[0] == "near"


def test_what_the_book_does_not_speak_of_is_named(tmp_path: Path) -> None:
    """With the words that it does speak of, where there are hits; nothing is said where it has all."""
    index = index_of(tmp_path, {"heron": "# Heron\n\nA heron.", "other": "# Other\n\nNothing."})
    said = {
        words: index.search(words).unknown_line for words in ("heron", "zither", "heron zither")
    }
    assert said == {
        "heron": "",
        "zither": "The handbook does not speak of “zither”.",
        "heron zither": "The handbook does not speak of “zither”. Below is what it says of “heron”.",
    }
    many = index.search("zither quokka xylophone").unknown_line
    assert many == "The handbook does not speak of “zither”, “quokka” or “xylophone”."


def test_a_word_of_a_phrase_is_known_where_the_phrase_is_answered(tmp_path: Path) -> None:
    """Alone it is named as one that the book does not speak of, unless the phrase may still be typed."""
    synonyms = Synonyms(groups=(("pain", "is killing me"),))
    index = index_of(tmp_path, {"a": "# A\n\nA pain."}, synonyms)
    assert index.search("it is killing me").unknown == ()
    assert index.search("killing").unknown == ("killing",)
    assert index.search("killing m", typing=True).unknown == ()


def test_words_that_stand_together_come_first(tmp_path: Path) -> None:
    """Of two pages with the same words, the one that has them side by side is first."""
    pages = {
        "far": "# Far\n\nA heron is one thing. Quite another, and far from it, is a pelican.",
        "near": "# Near\n\nQuite another thing, and far from it, is one heron pelican. Is a.",
        "other": "# Other\n\nNothing.",
    }
    assert ids(index_of(tmp_path, pages), "heron pelican")[0] == "near"


def test_where_only_some_are_wanted_the_words_rank_them(tmp_path: Path) -> None:
    """Those that hold the words come first, best first; then the others that are wanted."""
    pages = {
        "a": "# A heron\n\nA heron.",
        "b": "# B\n\nNothing.",
        "c": "# C\n\nFar from it, there is a heron.",
        "d": "# D heron\n\nA heron.",
    }
    hits = index_of(tmp_path, pages).search("heron", only={"b", "c", "d"}).hits
    assert [hit.id for hit in hits] == ["d", "c", "b"]


def test_small_words_do_not_outrank_the_real_ones(tmp_path: Path) -> None:
    """A question finds what it is about, not pages that ask in the same words."""
    pages = {
        "why": "# Why does my back do what it does after all\n\nWhy does my back do it?",
        "calf": "# Below\n\nA sore calf needs rest.",
        "other": "# Other\n\nNothing.",
    }
    assert ids(index_of(tmp_path, pages), "why does my calf do what it does after")[0] == "calf"


def test_small_words_alone_are_looked_for(tmp_path: Path) -> None:
    """No word is dropped: a query of small words finds the page that is called so."""
    pages = {"a": "# What to do\n\nThis.", "b": "# Other\n\nThat.", "c": "# More\n\nThose."}
    assert ids(index_of(tmp_path, pages), "what to do")[0] == "a"


def test_first_letters_are_not_looked_for(tmp_path: Path) -> None:
    """One or two letters may become any word: what is listed stays as it was until the third."""
    pages = {
        "a": "# Low\n\nBreathing, 60 s.",
        "b": "# Two\n\n背痛 and more.",
        "c": "# Three\n\nIt.",
    }
    index = index_of(tmp_path, pages)
    begun = index.search("br", typing=True)
    assert (begun.begun, begun.hits, begun.unknown) == (True, (), ())
    assert ids(index, "bre", typing=True) == ["a"]
    assert ids(index, "low br", typing=True) == ids(index, "low ", typing=True) == ["a"]
    assert ids(index, "60", typing=True) == ["a"]
    assert ids(index, "背", typing=True) == ["b"]
    assert not index.search("it").begun
    assert not index.search("", typing=True).begun


@pytest.mark.parametrize("words", ["breathi", "low breathi", "stretchi", "BREATHI"])
def test_half_a_word_finds_the_whole_one(tmp_path: Path, words: str) -> None:
    """While a word is typed, the words that begin like it are found, whatever their stem."""
    pages = {
        "a": "# One\n\nLow breathing and stretching.",
        "b": "# Two\n\nNothing.",
        "c": "# Three\n\nNothing either.",
    }
    index = index_of(tmp_path, pages)
    assert ids(index, words, typing=True) == ["a"]
    assert ids(index, words) == ["a"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("traps", "trapezius"),
        ("cadence", "rate"),
        ("my steps per minute", "rate"),
        ("step rates", "rate"),
    ],
)
def test_synonyms_work_both_ways(tmp_path: Path, words: str, expected: str) -> None:
    """What means the same is found: a word for a phrase, a phrase for a word."""
    pages = {
        "trapezius": "# Muscle\n\nThe trapezius is a muscle.",
        "rate": "# Pace\n\nCount your step rate.",
        "other": "# Other\n\nNothing.",
    }
    assert ids(index_of(tmp_path, pages), words) == [expected]


def test_the_word_itself_comes_before_its_synonym(tmp_path: Path) -> None:
    """A synonym counts less than the word that was typed."""
    pages = {
        "a": "# One\n\nThe trapezius is here.",
        "b": "# Two\n\nThe traps are here.",
        "c": "# Three\n\nNothing.",
    }
    index = index_of(tmp_path, pages)
    assert ids(index, "traps") == ["b", "a"]
    assert ids(index, "trapezius") == ["a", "b"]


@pytest.mark.parametrize(
    ("words", "corrected"),
    [
        ("pelicn", "pelican"),
        ("a pleican, please", "a pelican, please"),
        ("white pelikam", "white pelican"),
        ("trapzius", "trapezius"),
    ],
)
def test_a_word_that_nothing_matches_is_mended(tmp_path: Path, words: str, corrected: str) -> None:
    """A misspelled word is taken for the nearest one, and the query that is answered is said."""
    pages = {"a": "# A\n\nA white pelican, a trapezius.", "b": "# B\n\nNothing."}
    results = index_of(tmp_path, pages).search(words)
    assert results.corrected == corrected
    assert results.corrected_line == f"Searched for “{corrected}” instead of “{words}”."
    assert [hit.id for hit in results.hits] == ["a"]


@pytest.mark.parametrize("words", ["pelican", "pelicans", "traps", "xyzzyplugh", "PELI"])
def test_other_words_are_left_alone(tmp_path: Path, words: str) -> None:
    """What is known, begins a word, or resembles nothing is answered as it is typed."""
    index = index_of(tmp_path, {"a": "# A\n\nA pelican.", "b": "# B\n\nNothing."})
    results = index.search(words)
    assert (results.corrected, results.corrected_line) == (None, "")


def test_a_slip_is_mended_while_one_types(tmp_path: Path) -> None:
    """The word being typed is mended where nothing begins like it; what may become a word is not."""
    index = index_of(tmp_path, {"a": "# A\n\nA white pelican.", "b": "# B\n\nNothing."})
    assert index.search("pelicn", typing=True).corrected == "pelican"
    assert index.search("pwli", typing=True).corrected == "pelican"
    assert index.search("peli", typing=True).corrected is None
    assert index.search("penci", typing=True).corrected is None
    assert index.search("peliq", typing=True, exact=True).corrected is None
    assert index.search("pelicn ", typing=True).corrected == "pelican "
    assert index.search("pelicn whi", typing=True).corrected == "pelican whi"


def test_the_word_that_is_being_typed_stays_the_same(tmp_path: Path) -> None:
    """A slip in it is rather the beginning of a longer word than another word that is as long."""
    index = index_of(tmp_path, {"a": "# A\n\nA shoulder.", "b": "# B\n\nSolid."})
    typed = [index.search(words, typing=True).corrected for words in ("shold", "sholde", "sholder")]
    assert typed == ["shoulder", "shoulder", "shoulder"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("colour", "a"), ("pushup", "b"), ("over stride", "c"), ("10% rule", "d")],
)
def test_other_spellings_of_a_word_find_it(tmp_path: Path, words: str, expected: str) -> None:
    """British spelling, words joined or split_compound, and the sign for percent find the same."""
    pages = {
        "a": "# One\n\nThe color of the sky.",
        "b": "# Two\n\nDo a push-up.",
        "c": "# Three\n\nDo not overstride.",
        "d": "# Four\n\nThe rule of 10 percent.",
    }
    results = index_of(tmp_path, pages).search(words)
    assert results.hits[0].id == expected
    assert results.corrected is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('"white pelican"', ["a"]),
        ("\u201cwhite pelican\u201d", ["a"]),
        ('"white pelican', ["a"]),
        ('"white pelicans"', []),
        ('"pelican white"', []),
        ('"white pelican" bird', ["a"]),
    ],
)
def test_quotes_ask_for_a_phrase(tmp_path: Path, words: str, expected: list[str]) -> None:
    """Only pages with exactly these words side by side answer a quoted phrase."""
    pages = {
        "a": "# One\n\nA white pelican.",
        "b": "# Two\n\nA pelican is a bird, and often white.",
        "c": "# Three\n\nNothing.",
    }
    assert ids(index_of(tmp_path, pages), words) == expected


def test_a_phrase_may_be_unfinished(tmp_path: Path) -> None:
    """While a phrase is typed, its last word is only begun."""
    pages = {"a": "# One\n\nA white pelican.", "b": "# Two\n\nWhite paper.", "c": "# C\n\nNo."}
    assert ids(index_of(tmp_path, pages), '"white pel', typing=True) == ["a"]


@pytest.mark.parametrize(
    "words",
    ["heron* pelican", "heron AND (pelican)", "^heron: pelican", "heron + {pelican}", "heron\0pelican",
     "title:heron, pelican;", "NEAR(heron pelican, 5)", "heron OR pelican NOT", "'heron' pelican'"],
)  # fmt: skip
def test_a_query_is_data(tmp_path: Path, words: str) -> None:
    """Whatever would be syntax elsewhere changes nothing."""
    pages = {
        "a": "# One\n\nA heron and a pelican.",
        "b": "# Two\n\nA heron.",
        "c": "# Three\n\nA pelican.",
        "d": "# Four\n\nNothing.",
    }
    index = index_of(tmp_path, pages)
    assert sorted(ids(index, words)) == sorted(ids(index, "heron pelican"))
    assert ids(index, words)[0] == "a"


def test_a_pasted_page_is_a_query_too(tmp_path: Path) -> None:
    """Ten thousand characters are answered by their beginning, and one endless word by nothing."""
    index = index_of(tmp_path, {"a": "# One\n\nA pelican.", "b": "# Two\n\nNothing."})
    assert ids(index, "pelican " + "heron stork " * 1000) == ["a"]
    assert ids(index, "x" * 10_000) == []


def test_nothing_found_shows_the_nearest_words(tmp_path: Path) -> None:
    """When nothing matches, words of the book that look alike are offered."""
    index = index_of(tmp_path, {"a": "# One\n\nA pelican.", "b": "# Two\n\nNothing."})
    assert index.search("pelcxxan").hits == ()
    assert index.nearest_words("pelcxxan")[0] == "pelican"
    assert index.nearest_words("a pelican") == ()
    assert index.nearest_words("") == ()


def test_three_nearest_words_are_offered(tmp_path: Path) -> None:
    """However many look alike."""
    index = index_of(tmp_path, {"a": "# A\n\nPelicanas, pelicanes, pelicanos, pelicanus."})
    assert len(index.nearest_words("pelicxxxs")) == 3


def test_drafts_and_unreadable_pages_are_found_by_title(tmp_path: Path) -> None:
    """A section without a page, or with one that cannot be read, can be found all the same."""
    summary = "- [A pelican to come]()\n- [A broken pelican](broken.md)\n"
    (tmp_path / "broken.md").write_bytes(b"# caf\xe9")
    index = index_of(tmp_path, {"a": "# A\n\nNothing.", "b": "# B\n\nNo."}, summary=summary)
    assert sorted(ids(index, "pelican")) == ["a-pelican-to-come", "broken"]


def test_what_is_indexed_can_be_searched_before_the_rest(tmp_path: Path) -> None:
    """An index that is still being built answers from what it has, and says it is not complete."""
    texts = {f"p{n}.md": f"# Pelican {n}\n\nWords." for n in range(9)}
    summary = "\n".join(f"- [Pelican {n}](p{n}.md)" for n in range(9))
    handbook = book(tmp_path, {**texts, "SUMMARY.md": summary})
    index = Index(handbook, Pages(handbook), Synonyms())
    assert (index.complete, ids(index, "pelican")) == (False, [])
    assert index.add(4)
    assert (index.complete, index.indexed, len(ids(index, "pelican"))) == (False, 4, 4)
    assert index.add(4)
    assert not index.add(4)
    assert (index.complete, len(ids(index, "pelican"))) == (True, 9)
    assert not index.add(4)


def test_searching_between_the_steps(tmp_path: Path) -> None:
    """Searching during the building finds more and more, and every hit can be opened."""
    texts = {f"p{n}.md": f"# Pelican {n}\n\nWords [and](p0.md) more." for n in range(60)}
    summary = "\n".join(f"- [Pelican {n}](p{n}.md)" for n in range(60))
    handbook = book(tmp_path, {**texts, "SUMMARY.md": summary})
    index = Index(handbook, Pages(handbook), Synonyms())
    counts = [0]
    while index.add(1):
        hits = index.search("pelican", limit=100).hits
        counts.append(len(hits))
        assert all(hit.places for hit in hits[:1])
    assert counts == list(range(60))


def test_a_slip_is_mended_to_the_newest_word(tmp_path: Path) -> None:
    """Once the book is indexed every word of it is known, whatever was asked before."""
    texts = {f"p{n:02}.md": f"# Pelican {n}\n\nWords." for n in range(20)}
    summary = "".join(f"- [Pelican {n}](p{n:02}.md)\n" for n in range(20))
    texts["last.md"] = "# Flamingo\n\nWords."
    handbook = book(tmp_path, {**texts, "SUMMARY.md": f"{summary}- [Flamingo](last.md)\n"})
    index = Index(handbook, Pages(handbook), Synonyms())
    assert index.add(20)
    assert index.search("flamigno").corrected is None
    assert not index.add(1)
    assert index.search("flamigno").corrected == "flamingo"


def test_search_needs_no_terminal() -> None:
    """Searching imports neither Textual nor rich, nor the parser of Markdown."""
    script = (
        "import sys; from tui.handbook.loading import *; from tui.search.engine import *;"
        "from tui.search.synonyms import *; from tui.handbook.signs import *; h = load_handbook(OWN_BOOK);"
        "i = build_index(h, Pages(h), load_synonyms(h.folder), load_signs(h.folder)); assert i.search('traps').hits;"
        "print(*({'textual', 'rich', 'markdown_it'} & sys.modules.keys()))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


@pytest.mark.parametrize(
    ("query", "pages"),
    [("所有权", ["one"]), ("有权", ["one"]), ("所有", ["one", "two"]), ("ownership", ["one"])],
)
def test_text_without_spaces(tmp_path: Path, query: str, pages: list[str]) -> None:
    """Chinese is found within a run of characters, and shown and marked as it is written."""
    words = "# One\n\n这里所有权(ownership)是Rust的规则。\n"
    handbook = book(tmp_path, {"one.md": words, "two.md": "# Two\n\n所有程序\n"})
    hits = indexed(handbook).search(query).hits
    assert sorted(hit.id for hit in hits) == pages
    for hit in hits:
        assert hit.snippet in ("这里所有权(ownership)是Rust的规则。", "所有程序")
        assert {hit.snippet[start:end] for start, end in hit.snippet_spans} == {query}
        text = Pages(handbook)[hit.section].blocks[1].text
        assert {text[each.start : each.end] for each in hit.places} == {query}


def test_headings_without_spaces(tmp_path: Path) -> None:
    """The heading that a hit stands under is shown as it was written."""
    handbook = book(tmp_path, {"one.md": "# One\n\n甲\n\n## 所有权是什么\n\n这里规则。\n"})
    (hit,) = indexed(handbook).search("规则").hits
    assert hit.heading == "所有权是什么"


@pytest.mark.parametrize("words", ["heron -pelican", "heron -pelicans", '-"one pelican" heron'])
def test_a_minus_leaves_out(tmp_path: Path, words: str) -> None:
    """No answer holds what stands right behind a minus; a hyphen within words, or apart, is none."""
    pages = {"a": "# A\n\nA heron, one pelican.", "b": "# B\n\nA heron.", "c": "# C\n\nNothing."}
    index = index_of(tmp_path, pages)
    assert ids(index, words) == ["b"]
    assert ids(index, "heron - pelican")[0] == "a"
    assert ids(index, "heron-pelican")[0] == "a"
