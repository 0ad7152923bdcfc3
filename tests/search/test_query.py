"""How the words of a query are taken: finished or begun, small or quoted, known, mended or lacking."""

from pathlib import Path

import pytest

from tests.search.test_searching import ids, index_of, indexed
from tests.small_book import book
from tui.handbook.loading import Pages
from tui.handbook.signs import load_signs
from tui.search.engine import Index, build_index
from tui.search.synonyms import NO_SYNONYMS, Synonyms


def test_a_finished_word_counts_in_any_form_and_begins_no_other(tmp_path: Path) -> None:
    """A word that the book has is not taken for the beginning of another, but has its endings."""
    pages = {"a": "# A\n\nA heron.", "b": "# B\n\nHeronsbill, a flower.", "c": "# C\n\nNothing."}
    index = index_of(tmp_path, pages)
    assert ids(index, "heron") == ids(index, "herons") == ["a"]


def test_a_word_that_is_begun_has_no_stem_yet(tmp_path: Path) -> None:
    """What begins like it is found, not what it would be another form of."""
    pages = {"a": "# A\n\nTake care.", "b": "# B\n\nOne caress.", "c": "# C\n\nNothing."}
    index = index_of(tmp_path, pages)
    assert ids(index, "cares", typing=True) == ["b"]
    assert ids(index, "cares") == ["a"]


def test_a_word_that_may_be_finished_counts_both_ways(tmp_path: Path) -> None:
    """A word of the book that is being typed finds its other forms, and what begins like it."""
    pages = {
        "a": "# A\n\nA heron.",
        "b": "# B\n\nTwo herons.",
        "c": "# C\n\nHeronsbill, a flower.",
        "d": "# D\n\nNothing.",
    }
    index = index_of(tmp_path, pages)
    assert sorted(ids(index, "herons", typing=True)) == ["a", "b", "c"]
    assert ids(index, "zithe", typing=True) == []
    assert index.search("zithe", typing=True).unknown == ("zithe",)


@pytest.mark.parametrize("words", ["pel", "peli", "pelicans", "traps", "the peli", "why"])
def test_what_is_being_typed_is_not_said_to_be_lacking(tmp_path: Path, words: str) -> None:
    """The beginning of a word, another form of it, a synonym and a small word are all known."""
    index = index_of(tmp_path, {"a": "# A\n\nA pelican.", "b": "# B\n\nA trapezius."})
    assert index.search(words, typing=True).unknown == ()


def test_a_beginning_of_three_letters_is_known(tmp_path: Path) -> None:
    """A finished word that begins one of the book finds it; two letters do not."""
    index = index_of(tmp_path, {"a": "# A\n\nLow breathing.", "b": "# B\n\nNothing."})
    assert (ids(index, "bre"), index.search("bre").unknown) == (["a"], ())
    assert (ids(index, "br"), index.search("br").unknown) == ([], ("br",))


def test_an_ordinary_word_begins_no_other(tmp_path: Path) -> None:
    """A plan is no planet; the words made from an ordinary one are found."""
    pages = {"a": "# A\n\nA planet.", "b": "# B\n\nStrengthen it.", "c": "# C\n\nNothing."}
    index = index_of(tmp_path, pages)
    assert (ids(index, "plan"), index.search("plan").unknown) == ([], ("plan",))
    assert (ids(index, "strength"), index.search("strength").unknown) == (["b"], ())


def test_a_small_word_is_never_lacking(tmp_path: Path) -> None:
    """Words of any question are not said to be unknown beside another."""
    index = index_of(tmp_path, {"a": "# A\n\nA heron.", "b": "# B\n\nNothing."})
    assert index.search("why don't we heron").unknown == ()


@pytest.mark.parametrize("words", ['"pelicn"', '"15km"', '"traps"', '"white pel"'])
def test_what_is_quoted_is_looked_for_as_it_stands(tmp_path: Path, words: str) -> None:
    """It is not mended, parted or ended, and no synonym stands for it."""
    pages = {"a": "# A\n\nA white pelican, a trapezius, 15 km.", "b": "# B\n\nNothing."}
    results = index_of(tmp_path, pages).search(words)
    assert (results.hits, results.corrected) == ((), None)


def test_an_exact_search_mends_nothing(tmp_path: Path) -> None:
    """A word with a slip is then one that the book does not speak of."""
    index = index_of(tmp_path, {"a": "# A\n\nA pelican.", "b": "# B\n\nNothing."})
    results = index.search("pelicn", exact=True)
    assert (results.corrected, results.unknown, results.hits) == (None, ("pelicn",), ())
    assert index.search("pelicn").corrected == "pelican"
    assert index.search("pelican pelicn", exact=True).unknown == ("pelicn",)


def test_a_word_that_people_ask_with_is_no_slip(tmp_path: Path) -> None:
    """However much it looks like a word of the book, while it is typed and after."""
    handbook = book(tmp_path, {"two.md": "# Two\n\nThe camelback ridge.\n"})
    asked = {"one": ("camelbak",)}
    index = indexed(handbook, asked=asked)
    assert ids(index, "camelbak") == ids(index, "camelbak", typing=True) == ["one"]
    assert index.search("camelbax").corrected == "camelback"


def test_three_letters_begin_what_people_ask_with(tmp_path: Path) -> None:
    """A finished word that begins no word of the book may still begin one of those."""
    handbook = book(tmp_path)
    asked = {"one": ("camelbak",)}
    index = indexed(handbook, asked=asked)
    assert ids(index, "cam") == ["one"]
    assert ids(index, "ca") == []


def test_a_synonym_that_is_begun(tmp_path: Path) -> None:
    """Four letters of it lead to what it stands for, unless they begin a word of the book."""
    pages = {"rate": "# Rate\n\nCount your step rate.", "b": "# B\n\nNothing."}
    assert ids(index_of(tmp_path, pages), "cade", typing=True) == ["rate"]
    assert ids(index_of(tmp_path, pages), "cad", typing=True) == []
    pages["b"] = "# B\n\nA cadet."
    assert ids(index_of(tmp_path, pages), "cade", typing=True) == ["b"]


def test_a_mended_word_has_synonyms(tmp_path: Path) -> None:
    """What was meant by a slip stands for the same as if it had been typed."""
    pages = {"rate": "# Rate\n\nCount your step rate.", "b": "# B\n\nNothing."}
    assert ids(index_of(tmp_path, pages), "cadenec") == ["rate"]


def test_an_apostrophe_in_a_synonym(tmp_path: Path) -> None:
    """A phrase with a shortened word stands for another, with its apostrophe or without."""
    pages = {"rest": "# Rest\n\nA day of rest.", "b": "# B\n\nNothing."}
    index = index_of(tmp_path, pages, Synonyms(groups=(("rest", "don't train"),)))
    assert ids(index, "don't train") == ids(index, "dont train") == ["rest"]


def test_sixteen_synonyms_are_looked_for(tmp_path: Path) -> None:
    """Of more, the first ones in the book's order."""
    names = [f"bird{letter}" for letter in "abcdefghijklmnopq"]
    pages = {"a": "# A\n\nA birdp.", "b": "# B\n\nA birdq.", "c": "# C\n\nNothing."}
    index = index_of(tmp_path, pages, Synonyms(groups=(("pelican", *names),)))
    assert ids(index, "pelican") == ["a"]


def test_small_words_of_a_phrase_are_not_looked_for(tmp_path: Path) -> None:
    """A phrase that something stands for is asked for by what it is about."""
    pages = {"a": "# A\n\nOut of it.", "b": "# B\n\nSome wheezing.", "c": "# C\n\nNothing."}
    index = index_of(tmp_path, pages, Synonyms(groups=(("wheezing", "out of breath"),)))
    assert ids(index, "out of breath") == ["b"]


def test_two_words_that_the_book_writes_as_one(tmp_path: Path) -> None:
    """They are found from six letters on, and count as one word of the query."""
    pages = {
        "b": "# B\n\nThe pelican of a heron.",
        "a": "# A\n\nThe warmup of a heron.",
        "c": "# C\n\nOnly today.",
    }
    index = index_of(tmp_path, pages)
    assert ids(index, "warm up") == ["a"]
    assert index.search("warm up").hits[0].score > 0
    assert ids(index, "warm up heron") == ["a", "b"]
    assert ids(index, "to day") == []


def test_the_parts_of_a_number_with_its_unit(tmp_path: Path) -> None:
    """Both count, the number as it stands; the unit is mended where it stands."""
    pages = {
        "a": "# A\n\nRun 16 km.",
        "b": "# B\n\nRun 15 km.",
        "c": "# C\n\nA pelican and 170 more.",
    }
    index = index_of(tmp_path, pages)
    assert ids(index, "15km") == ["b", "a"]
    assert "c" not in ids(index, "17km", typing=True)
    assert index.search("all 5pelicn here").corrected == "all 5pelican here"


def test_neighbors_in_any_form(tmp_path: Path) -> None:
    """Words stand together on a page in other forms too, and the last one may be only begun."""
    pages = {
        "far": "# Far\n\nHeron of the quite gray and old pelican.",
        "near": "# Near\n\nOf the quite gray and old heron pelican.",
        "other": "# Other\n\nA pel.",
    }
    index = index_of(tmp_path, pages)
    assert ids(index, "herons pelicans") == ["near", "far"]
    assert ids(index, "heron pel", typing=True).index("near") < ids(
        index, "heron pel", typing=True
    ).index("far")


def test_two_small_words_together_tell_nothing(tmp_path: Path) -> None:
    """Where a page has the words of the question side by side, it answers no better."""
    pages = {
        "a": "# A\n\nWhat of the gray and old bird, it is a heron.",
        "b": "# B\n\nOf the gray and old bird, what it is a heron.",
        "c": "# C\n\nNothing.",
    }
    assert ids(index_of(tmp_path, pages), "what it heron") == ["a", "b"]


_SIGNS = """
[places]
CHEST = ["chest"]

[[signs]]
id = "heart"
level = "NOW"
sign = "Pain in the chest"
do = "NOW: call."
say = ["CHEST pain"]
"""


@pytest.mark.parametrize(
    ("words", "corrected"),
    [
        ("stridor", "stride"),
        ("chest stridor", None),
        ("chest pain stridor", None),
        ("chest cadense", "chest cadence"),
        ("chest pelicn", None),
        ("chest cadenxe", None),
        ("chest cadnece", "chest cadence"),
        ("pelicn chset", "pelicn chest"),
    ],
)
def test_beside_a_word_of_the_body(tmp_path: Path, words: str, corrected: str | None) -> None:
    """An unknown word may name an illness: only a subject of the book that sounds the same is taken for it."""
    assert _index_with_signs(tmp_path).search(words).corrected == corrected


@pytest.mark.parametrize(
    ("words", "corrected"),
    [
        ("pelicx", "pelican"),
        ("chest pelicx", None),
        ("chest cadens", "chest cadence"),
        ("chest cadenx", None),
    ],
)
def test_what_is_typed_beside_a_word_of_the_body(
    tmp_path: Path, words: str, corrected: str | None
) -> None:
    """The beginning of an unknown word is mended no sooner than the whole word."""
    assert _index_with_signs(tmp_path).search(words, typing=True).corrected == corrected


def _index_with_signs(folder: Path) -> Index:
    files = {
        "SUMMARY.md": "- [Red flags](flags.md)\n- [Cadence](one.md)\n- [Two](two.md)\n",
        "flags.md": "# Red flags\n\n## NOW\n\n- **Pain in the chest.** Call.\n",
        "one.md": "# Cadence\n\nA long stride, a chest, a pelican.\n",
        "signs.toml": _SIGNS,
        "runtall.toml": '[roles]\nred_flags = "flags"\n',
    }
    handbook = book(folder, files)
    return build_index(handbook, Pages(handbook), NO_SYNONYMS, load_signs(handbook.folder))


def test_nearest_words_are_of_whole_words_that_stay_unknown(tmp_path: Path) -> None:
    """A word that is mended needs none; one with too many slips gets them, though it may begin another."""
    index = index_of(tmp_path, {"a": "# A\n\nA pigeon, a pelican.", "b": "# B\n\nNothing."})
    assert index.nearest_words("pelicn") == ()
    assert index.nearest_words("pigwo") == ("pigeon",)
