"""What counts more among the pages that hold a query's words."""

from pathlib import Path

import pytest

from tests.search.test_searching import ids, index_of, indexed
from tests.small_book import book
from tui.search.synonyms import Synonyms


def test_words_that_stand_together_come_first(tmp_path: Path) -> None:
    """Neighbors in the query lead where they stand together, before the same words far apart."""
    pages = {
        "a": "# A\n\nRib of a small and gray old bird, the first.",
        "b": "# B\n\nThe first rib of a small and gray old bird.",
        "c": "# C\n\nNothing of the kind.",
    }
    assert ids(index_of(tmp_path, pages), "first rib") == ["b", "a"]


def test_three_words_may_stand_between_two_that_stand_together(tmp_path: Path) -> None:
    """With a fourth between them they are as far apart as on the other end of the page."""
    pages = {
        "a": "# A\n\nRib of the gray bird first, old.",
        "b": "# B\n\nOld rib of the gray first bird.",
        "c": "# C\n\nNothing of the kind.",
    }
    assert ids(index_of(tmp_path, pages), "rib first") == ["b", "a"]


_ASKED = {"one": ("camelbak rubs", "water on my back"), "two": ("water bottle in the hand",)}


def test_a_page_is_found_by_what_people_ask_for_it_with(tmp_path: Path) -> None:
    """Other words than its own lead to a page, in any form; that the book lacks them is still said."""
    handbook = book(tmp_path)
    index = indexed(handbook, asked=_ASKED)
    found = index.search("camelbaks")
    assert [hit.id for hit in found.hits] == ["one"]
    assert (found.corrected, found.hits[0].matches) == (None, 0)
    assert found.unknown_line == (
        "The handbook does not speak of “camelbaks”. Below is what comes nearest."
    )
    assert [hit.id for hit in index.search("camel", typing=True).hits] == ["one"]
    assert not indexed(handbook).search("camelbak").hits


def test_one_whole_phrase_leads_before_pieces_of_several(tmp_path: Path) -> None:
    """What is asked is compared with one phrase at a time."""
    handbook = book(tmp_path)
    asked = {"one": ("water cold", "hand warm", "water warm"), "two": ("water in the hand",)}
    index = indexed(handbook, asked=asked)
    assert ids(index, "hand water") == ["two", "one"]


def test_a_page_that_more_phrases_speak_for_leads(tmp_path: Path) -> None:
    """Of two pages that are asked for alike, the one that is asked for so in another way too is first."""
    handbook = book(tmp_path)
    asked = {"one": ("water in the hand",), "two": ("water in the hand", "hand held water")}
    index = indexed(handbook, asked=asked)
    assert ids(index, "hand water") == ["two", "one"]


def test_a_phrase_of_little_else_leads(tmp_path: Path) -> None:
    """A phrase that is nearly the query comes before one that says much more."""
    handbook = book(tmp_path)
    asked = {"one": ("water in a bottle that weighs down one hand",), "two": ("water hand",)}
    index = indexed(handbook, asked=asked)
    assert ids(index, "hand water") == ["two", "one"]


def test_the_best_of_several_synonyms_counts(tmp_path: Path) -> None:
    """A page that holds a rare synonym and a common one counts as much as one with the rare alone."""
    pages = {
        "a": "# A\n\nA stork and a heron.",
        "b": "# B\n\nA stork and a zebra.",
        "c": "# C\n\nOne heron.",
        "d": "# D\n\nOne heron.",
    }
    synonyms = Synonyms(groups=(("pelican", "stork", "heron"),))
    assert ids(index_of(tmp_path, pages, synonyms), "pelican")[:2] == ["a", "b"]


def test_a_word_and_its_synonym_are_no_two_words_of_the_query(tmp_path: Path) -> None:
    """A page with all that is asked for comes before one that names a part of it in two ways."""
    pages = {
        "twice": "# Twice\n\nThe traps, or trapezius.",
        "both": "# Both\n\nThe traps of a heron.",
        **{f"heron{n}": "# More\n\nA heron in the water." for n in range(2)},
        **{f"other{n}": "# Other\n\nNothing of the kind." for n in range(4)},
    }
    assert ids(index_of(tmp_path, pages), "traps heron")[:2] == ["both", "twice"]


def test_a_phrase_of_the_glossary_leads_to_its_term(tmp_path: Path) -> None:
    """A term can be asked for as a page can."""
    glossary = "# Glossary\n\n## scapula\n\nA bone.\n\n## cadence\n\nSteps.\n"
    summary = "- [Glossary](glossary.md)\n"
    handbook = book(tmp_path, {"SUMMARY.md": summary, "glossary.md": glossary})
    asked = {"glossary#cadence": ("turnover of the feet",)}
    index = indexed(handbook, asked=asked)
    assert ids(index, "foot turnover") == ["glossary#cadence"]


def test_a_small_word_is_no_short_name(tmp_path: Path) -> None:
    """A short name with the stem of a small word does not stand for that word."""
    pages = {
        "a": "# A\n\nThe brachial plexus.",
        "b": "# B\n\nWhat to do with a stiff neck, to begin with.",
        "c": "# C\n\nNothing of the kind.",
    }
    synonyms = Synonyms(groups=(("brachial plexus", "tos"), ("neck", "nape")))
    assert ids(index_of(tmp_path, pages, synonyms), "what to do for the nape") == ["b"]


def test_another_form_of_a_known_word_is_not_mended(tmp_path: Path) -> None:
    """A word that a phrase of synonyms.toml holds in another form is no slip."""
    pages = {"a": "# A\n\nThe loads are rising."}
    synonyms = Synonyms(groups=(("loads", "increased mileage"),))
    index = index_of(tmp_path, pages, synonyms)
    assert index.search("increase the load").corrected is None


def test_a_page_is_about_what_the_terms_that_lead_to_it_say(tmp_path: Path) -> None:
    """A page that a term of the glossary leads to is found by the words of the term."""
    files = {
        "SUMMARY.md": "- [Other](other.md)\n- [Too much](too-much.md)\n- [Glossary](glossary.md)\n",
        "too-much.md": "# Too much\n\nAdd a tenth to the pelican.\n",
        "other.md": "# Other\n\nAnother pelican.\n",
        "glossary.md": "# Glossary\n\n## load spike\n\nA jump. See [Too much](too-much.md).\n",
    }
    handbook = book(tmp_path, files)
    index = indexed(handbook)
    assert ids(index, "load spike pelican")[:2] == ["too-much", "glossary#load-spike"]


def test_only_other_pages_lead_to_a_page(tmp_path: Path) -> None:
    """A link to the page itself, to the web, or to a page that is not there counts nothing."""
    pages = {
        "a": "# A\n\nOne heron, see it on the web and gone.",
        "b": "# B\n\nOne heron, [see](b.md) it on the [web](https://example.org) and [gone](gone.md).",
        "c": "# C\n\nNothing of the kind.",
    }
    assert ids(index_of(tmp_path, pages), "heron") == ["a", "b"]


def test_common_words_lead_to_the_first_page(tmp_path: Path) -> None:
    """Where all words of a query are on most pages, the page that one begins with comes first."""
    pages = {f"p{n}": f"# Page {n}\n\nA heron and a pelican.\n" for n in range(6)}
    summary = "".join(f"- [Page](p{n}.md)\n" for n in range(6))
    files = {f"{name}.md": text for name, text in pages.items()}
    settings = '[roles]\nfirst_page = "p4"\n'
    handbook = book(tmp_path, {**files, "SUMMARY.md": summary, "runtall.toml": settings})
    index = indexed(handbook)
    assert ids(index, "heron pelican")[0] == "p4"
    assert ids(index, "heron zither")[0] == "p4"
    assert ids(index, "page 3")[0] == "p3"


def test_a_rare_word_leads_to_its_page(tmp_path: Path) -> None:
    """The page that one begins with does not come before another that has more of a rare word."""
    pages = {f"p{n}": f"# Page {n}\n\nA heron and a pelican.\n" for n in range(9)}
    pages |= {"p3": "# Page 3\n\nStork, stork.\n", "p4": "# Page 4\n\nA heron and a stork.\n"}
    summary = "".join(f"- [Page]({name}.md)\n" for name in pages)
    files = {f"{name}.md": text for name, text in pages.items()}
    settings = '[roles]\nfirst_page = "p4"\n'
    handbook = book(tmp_path, {**files, "SUMMARY.md": summary, "runtall.toml": settings})
    index = indexed(handbook)
    assert ids(index, "stork") == ["p3", "p4"]


@pytest.mark.parametrize("words", ["4 out of 10", "seven out of ten", "my 4/10"])
def test_a_synonym_takes_any_number(tmp_path: Path, words: str) -> None:
    """`#` in a synonym stands for a number, in digits or in words."""
    pages = {"scale": "# Scale\n\nThe pain scale.\n", "other": "# Other\n\nSeven herons, 4.\n"}
    files = {f"{name}.md": text for name, text in pages.items()}
    summary = "- [Scale](scale.md)\n- [Other](other.md)\n"
    handbook = book(tmp_path, {**files, "SUMMARY.md": summary})
    synonyms = Synonyms((("pain scale", "# out of #", "#/#"),))
    index = indexed(handbook, synonyms)
    assert ids(index, words)[0] == "scale"
    assert "scale" not in ids(index, "out")


def test_a_number_and_its_unit(tmp_path: Path) -> None:
    """Written as one word they are found as two, unless the book itself writes them as one."""
    files = {"a.md": "# A\n\nRun 15 km.\n", "b.md": "# B\n\nA 10k race.\n"}
    handbook = book(tmp_path, {**files, "SUMMARY.md": "- [A](a.md)\n- [B](b.md)\n"})
    index = indexed(handbook)
    assert ids(index, "15km") == ["a"]
    assert ids(index, "10k") == ["b"]


def test_a_term_leads_where_it_is_asked_for_by_its_name(tmp_path: Path) -> None:
    """A term of the glossary comes before the page that tells more only for its own name."""
    files = {
        "SUMMARY.md": "- [Too much](too-much.md)\n- [Other](o.md)\n- [Glossary](glossary.md)\n",
        "too-much.md": "# Too much\n\nA load spike is a sudden jump of the pelican.\n",
        "o.md": "# Other\n\nNothing of the kind.\n",
        "glossary.md": "# Glossary\n\n## load spike\n\nA jump. See [it](too-much.md).\n",
    }
    handbook = book(tmp_path, files)
    index = indexed(handbook)
    assert ids(index, "load spike")[0] == "glossary#load-spike"
    assert ids(index, "a sudden jump of the load")[0] == "too-much"


def test_sources_answer_nothing(tmp_path: Path) -> None:
    """The page of sources comes after any other, unless it is asked for by its name."""
    files = {
        "a.md": "# A\n\nOnce a heron.\n",
        "sources.md": "# Sources\n\nHeron, pelican. Herons and a pelican.\n",
        "SUMMARY.md": "- [A](a.md)\n- [Sources](sources.md)\n",
        "runtall.toml": '[roles]\nsources = "sources"\n',
    }
    handbook = book(tmp_path, files)
    index = indexed(handbook)
    assert ids(index, "heron pelican") == ["a", "sources"]
    assert ids(index, "sources on the heron") == ["sources", "a"]


def test_only_a_page_that_is_named_as_sources_comes_last(tmp_path: Path) -> None:
    """The last page of a book that names no page of sources is a page like any other."""
    files = {
        "a.md": "# A\n\nOnce a heron.\n",
        "birds.md": "# Birds\n\nHeron, pelican. Herons and a pelican.\n",
        "SUMMARY.md": "- [A](a.md)\n- [Birds](birds.md)\n",
    }
    handbook = book(tmp_path, files)
    index = indexed(handbook)
    assert ids(index, "heron pelican") == ["birds", "a"]
