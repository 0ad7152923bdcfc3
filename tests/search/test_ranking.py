"""What counts more among the pages that hold a query's words."""

from pathlib import Path

from tests.search.test_searching import ids, index_of
from tests.small_book import book
from tui.handbook.loading import Pages
from tui.handbook.signs import NO_SIGNS
from tui.search.engine import build_index
from tui.search.synonyms import Synonyms


def test_the_exact_phrase_comes_first(tmp_path: Path) -> None:
    """Words side by side as in the query come before the same words a little apart."""
    pages = {
        "a": "# A\n\nRib of the first bird, and other words.",
        "b": "# B\n\nThe first rib of a bird, other words.",
        "c": "# C\n\nNothing of the kind.",
    }
    assert ids(index_of(tmp_path, pages), "first rib") == ["b", "a"]


def test_the_books_own_word_comes_before_other_names_of_it(tmp_path: Path) -> None:
    """What stands for a word leads further than another name of the same thing."""
    pages = {
        "a": "# A\n\nA bag and other words.",
        "b": "# B\n\nA pack and other words.",
        "c": "# C\n\nNothing of the kind.",
    }
    synonyms = Synonyms(groups=(("pack", "rucksack", "bag"),))
    assert ids(index_of(tmp_path, pages, synonyms), "rucksack") == ["b", "a"]


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
    index = build_index(handbook, Pages(handbook), Synonyms(), NO_SIGNS)
    assert ids(index, "load spike pelican")[0] == "too-much"
