"""A hit says truly where on its page the matches are, and shows them in its snippet."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.own_index import own_index
from tests.small_book import book
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.handbook.model import Handbook
from tui.handbook.signs import NO_SIGNS
from tui.search.engine import Hit, Index, build_index
from tui.search.snippets import WIDTH, snippet_of
from tui.search.synonyms import Synonyms

HANDBOOK = load_handbook(OWN_BOOK)
PAGES = Pages(HANDBOOK)

SYNTAX = [
    '"',
    "*",
    "^",
    ":",
    "NEAR(",
    ")",
    "-",
    " OR ",
    " AND ",
    "NOT ",
    "{",
    "}",
    "+",
    "\0",
    "%",
    "'",
    ",",
]
WORDS = [
    "shoulder",
    "tight chest",
    "traps",
    "the",
    "why",
    "run tall",
    "childs pose",
    "pelicn",
    "é",
    "½",
]


@pytest.fixture(scope="module")
def index() -> Index:
    return own_index()


def found_texts(handbook: Handbook, hit: Hit) -> list[str]:
    """What stands on the page where the hit says the matches are."""
    blocks = Pages(handbook)[hit.section].blocks
    return [blocks[place.block].text[place.start : place.end] for place in hit.places]


def test_places_are_the_matches(tmp_path: Path) -> None:
    """Block and characters lead to the match: in titles, lists, quotes, tables, and code."""
    page = (
        "# A *pelican*\n\nNo bird.\n\n> Two **pelicans**.\n\n- [ ] one\n- [x] [Pelican's](two.md) <!-- id: x -->"
        "\n\n| a | pelican |\n|---|---|\n| b | c |\n\n```\n  pelican()\n```\n\nNaïve PELICAN &amp; pelican.\n"
    )
    handbook = book(tmp_path, {"one.md": page})
    hit = (
        build_index(handbook, Pages(handbook), Synonyms(), NO_SIGNS).search("pelican naive").hits[0]
    )
    assert found_texts(handbook, hit) == [
        "pelican", "pelicans", "Pelican", "pelican", "pelican", "Naïve", "PELICAN", "pelican",
    ]  # fmt: skip
    assert [place.block for place in hit.places] == sorted(place.block for place in hit.places)
    assert hit.matches == 8


@pytest.mark.parametrize("word", ["plank", "strap", "cadence", "rhomboids", "posture"])
def test_every_match_of_a_page_is_placed(index: Index, word: str) -> None:
    """The places are all occurrences of the word and its other forms, and nothing else."""
    form = re.compile(rf"\b{word.rstrip('se')}(?:s|es|e|ural|ures?)?\b", re.IGNORECASE)
    quoted = f'"{word}"'
    hits = index.search(quoted, limit=100).hits
    assert hits
    for hit in hits:
        texts = found_texts(HANDBOOK, hit)
        assert {text.lower() for text in texts} == {word}
        assert all(form.fullmatch(text) for text in texts)
        if hit.kind != "term" and hit.id != "glossary":
            page = "\n".join(block.text for block in PAGES[hit.section].blocks)
            assert len(texts) == len(
                re.findall(rf"(?<![^\W_]){word}(?![^\W_])", page, re.IGNORECASE)
            )


@pytest.mark.parametrize(
    "words", ["shoulder tension", "foam roller", "traps", '"run tall"', "breathi"]
)
def test_the_count_is_the_number_of_places(index: Index, words: str) -> None:
    """A hit counts as many matches as it has places, before its page is parsed."""
    hits = index.search(words).hits
    assert [hit.matches for hit in hits] == [len(hit.places) for hit in hits]


def test_snippets_show_the_matches(index: Index) -> None:
    """The spans of a snippet are the matches in it, in order, and it is short enough to show."""
    for hit in index.search("clenched jaw").hits:
        texts = [hit.snippet[start:end].lower() for start, end in hit.snippet_spans]
        assert set(texts) <= {text.lower() for text in found_texts(HANDBOOK, hit)}
        assert list(hit.snippet_spans) == sorted(hit.snippet_spans)
        assert len(hit.snippet) <= WIDTH + 4
        assert "\n" not in hit.snippet


def test_snippet_is_where_most_words_are() -> None:
    """The snippet begins near the line with the most different matches, at a word."""
    text = "One heron here.\n" + "word " * 40 + "a heron and a pelican " + "word " * 40
    spans = [match.span() for match in re.finditer("heron|pelican", text)]
    snippet, shown, line = snippet_of(text, spans)
    assert line == 1
    assert [snippet[start:end] for start, end in shown] == ["heron", "pelican"]
    assert snippet.startswith("… word")
    assert snippet.endswith("word …")


def test_snippet_without_matches_is_the_beginning() -> None:
    """Where only the title matches, the first line is shown."""
    assert snippet_of("First line.\nSecond line.", []) == ("First line.", (), 0)


def test_a_glossary_term_is_a_hit_of_its_own(index: Index) -> None:
    """A term is found by its name, as a term, with the places of its own lines only."""
    hits = [hit for hit in index.search("costovertebral joints").hits if hit.kind == "term"]
    assert hits[0].id == "glossary#costovertebral-joints"
    assert hits[0].title == "costovertebral joints"
    assert hits[0].section.id == "glossary"
    blocks = PAGES[hits[0].section].blocks
    begin = PAGES[hits[0].section].block_of("costovertebral-joints")
    assert {place.block for place in hits[0].places} <= {begin, begin + 1}
    assert blocks[hits[0].places[0].block].text == "costovertebral joints"


def first_hit(folder: Path, name: str, text: str, words: str) -> tuple[Handbook, Hit]:
    """The first hit in a book of two pages, and the book."""
    summary = f"- [Two](two.md)\n- [A]({name})\n"
    handbook = book(folder, {"SUMMARY.md": summary, name: text})
    index = build_index(handbook, Pages(handbook), Synonyms(), NO_SIGNS)
    return handbook, index.search(words).hits[0]


def test_the_places_of_a_term_end_where_the_next_term_begins(tmp_path: Path) -> None:
    """A smaller heading within a term is still the term's."""
    text = (
        "# Glossary\n\nA heron.\n\n## heron\n\nA heron, a bird.\n\n### Young\n\nA heron too.\n\n"
        "## stork\n\nNo heron.\n"
    )
    handbook, hit = first_hit(tmp_path, "glossary.md", text, "heron")
    assert hit.id == "glossary#heron"
    assert found_texts(handbook, hit) == ["heron", "heron", "heron"]
    assert [place.block for place in hit.places] == [2, 3, 5]
    assert hit.matches == 3


def test_a_heading_of_marks_alone_hides_nothing(tmp_path: Path) -> None:
    """What stands before it on a page is placed, too."""
    handbook, hit = first_hit(tmp_path, "a.md", "# A\n\nA heron.\n\n## !!\n\nA stork.\n", "heron")
    assert found_texts(handbook, hit) == ["heron"]


def test_a_hit_says_which_heading_it_stands_under(tmp_path: Path) -> None:
    """Of a text or of the match itself; not the page's own title, nor any for a list of links."""
    text = "# A\n\nA heron.\n\n## Birds\n\nA stork.\n\n## Gulls\n\n[Other](two.md)\n\n[Ostriches](two.md)\n"
    said = {}
    for words in ("heron", "stork", "gulls", "ostriches"):
        _, hit = first_hit(tmp_path, "a.md", text, words)
        said[words] = (hit.heading, hit.snippet)
    assert said == {
        "heron": ("", "A heron."),
        "stork": ("Birds", "A stork."),
        "gulls": ("", "A heron."),
        "ostriches": ("", "Ostriches"),
    }


def test_a_page_without_text_shows_its_heading(tmp_path: Path) -> None:
    """Where a page has headings alone, the one that matches is shown."""
    _, hit = first_hit(tmp_path, "a.md", "# A\n\n## Birds\n\n## Gulls\n", "gulls")
    assert (hit.heading, hit.snippet) == ("Gulls", "Gulls")


@pytest.mark.parametrize(
    ("words", "kind"),
    [("plank", "exercise"), ("before the run", "checklist"), ("cadence", "section"), ("glossary", "reference")],
)  # fmt: skip
def test_every_kind_of_page_is_found(index: Index, words: str, kind: str) -> None:
    """Sections, exercises, checklists and reference pages all come back with their kind."""
    hit = index.search(words).hits[0]
    assert hit.kind == kind
    assert hit.chapter == hit.section.chapter
    assert hit.section == HANDBOOK.by_id[hit.id]


def test_a_label_of_a_checklist_is_found(index: Index) -> None:
    """What an item of a checklist says leads to the checklist."""
    assert index.search("bail-out point chosen").hits[0].id == "before-the-run"


def test_limit_is_the_most_hits(index: Index) -> None:
    """No more hits come back than were asked for."""
    counts = [len(index.search("shoulder", limit=limit).hits) for limit in (0, 3, 20)]
    assert counts == [0, 3, 20]
    assert len(index.search("shoulder").hits) == 20


def check_anything(index: Index, words: str, typing: bool) -> None:
    results = index.search(words, limit=5, typing=typing)
    assert results.query == words
    scores = [hit.score for hit in results.hits]
    assert scores == sorted(scores, reverse=True)
    for hit in results.hits:
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.snippet_spans)
        assert all(found_texts(HANDBOOK, hit))
    index.nearest_words(words)


anything = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(SYNTAX + WORDS), max_size=8).map("".join),
    st.lists(st.sampled_from(SYNTAX + WORDS) | st.text(max_size=4), max_size=8).map(" ".join),
)
quickly = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(words=anything, typing=st.booleans())
@settings(quickly, max_examples=60)
def test_nothing_typed_raises(index: Index, words: str, typing: bool) -> None:
    """Any text is answered: best first, with true places, whatever characters it holds."""
    check_anything(index, words, typing)


@pytest.mark.long
@given(words=anything, typing=st.booleans())
@settings(quickly, max_examples=5000)
def test_nothing_typed_raises_long(index: Index, words: str, typing: bool) -> None:
    """Any text is answered, tried at length."""
    check_anything(index, words, typing)


@given(
    words=st.lists(st.sampled_from(["shoulder", "tension", "neck"]), min_size=1, max_size=3),
    marks=st.lists(
        st.sampled_from(["*", "^", ":", "(", ")", "-", "+", "{", "}", "\0", ";", ","]), max_size=4
    ),
)
@settings(quickly, max_examples=40)  # fmt: skip
def test_marks_change_nothing(index: Index, words: list[str], marks: list[str]) -> None:
    """The same words with other marks between them are the same query."""
    plain = index.search(" ".join(words))
    marked = index.search(("".join(marks) + " ").join(words))
    assert [hit.id for hit in marked.hits] == [hit.id for hit in plain.hits]
