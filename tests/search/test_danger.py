"""A sign of danger is seen in what people type, however they say it."""

from __future__ import annotations

import pytest

from tests.search.danger_table import Said, dangers, look_alikes, seen, unseen
from tests.search.own_index import own_index
from tui.handbook.loading import OWN_BOOK
from tui.handbook.signs import Level, Signs, load_signs
from tui.search.danger import DangerReader
from tui.search.engine import Index


@pytest.fixture(name="index", scope="module")
def _index() -> Index:
    return own_index()


@pytest.fixture(name="reader", scope="module")
def _reader() -> DangerReader:
    return DangerReader(load_signs(OWN_BOOK))


def level_of(index: Index, said: Said, *, typing: bool = False) -> str:
    """The level of the warning that a phrase gets; "" for none."""
    danger = index.danger_in(said.phrase, typing=typing)
    return danger.level if danger else ""


def share(part: int, whole: int) -> float:
    """How much of it, in hundredths."""
    return 100 * part / whole


@pytest.mark.parametrize("half", [seen, unseen])
def test_bounds(index: Index, half: object) -> None:
    """In both halves nearly all dangers are warned of at their level, and few look-alikes are."""
    assert callable(half)
    told = [(each, level_of(index, each)) for each in half(dangers())]
    warned = [(each, level) for each, level in told if level]
    right = [each for each, level in warned if level == each.level]
    alarmed = [each for each in half(look_alikes()) if level_of(index, each)]

    assert len(dangers()) >= 200
    assert len(look_alikes()) >= 120
    assert share(len(warned), len(told)) >= 90
    assert share(len(right), len(warned)) >= 95
    assert share(len(alarmed), len(half(look_alikes()))) <= 8


def test_nothing_known_before_is_softer(index: Index) -> None:
    """What the search warned of while it knew a list of phrases, it warns of as fast or faster."""
    softer = [
        (each, level)
        for each in dangers("dangers_before.toml")
        if not (level := level_of(index, each)) or Level(level).rank > Level(each.level).rank
    ]
    assert softer == []


def test_a_danger_is_seen_while_it_is_typed(index: Index) -> None:
    """The last word may still be unfinished: the warning is there with its last letter."""
    lost = [each for each in seen(dangers()) if not level_of(index, each, typing=True)]
    assert lost == []


@pytest.mark.parametrize("words", ["chset pain", "hart attack", "numb inner thighs"])
def test_a_warning_stays_while_one_types_on(index: Index, words: str) -> None:
    """Once a sign stands there, more letters do not take the warning away."""
    more = f"{words} when i run in the morning"
    typed = [more[:end] for end in range(len(words), len(more) + 1)]
    assert [each for each in typed if not index.danger_in(each, typing=True)] == []


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("heart stroke or heat stroke", "heat-stroke"),
        ("concussion", "head"),
        ("black stools", "bleeding"),
        ("numb inner thighs", "cord"),
        ("pain goes into my left arm", "heart-attack"),
        ("is it serious", "ask-book"),
        ("when to go to A&E", "ask-today"),
        ("running in arm the my into goes pain", "heart-attack"),
        ("“chest pain”", "heart-attack"),
        ("CHEST   PAIN!!", "heart-attack"),
    ],
)
def test_a_sign_is_named(index: Index, words: str, sign: str) -> None:
    """The sign is told from the words in any order, in quotes or not, in capitals or not."""
    danger = index.danger_in(words)
    assert danger is not None
    assert danger.sign.id == sign


@pytest.mark.parametrize(
    "words",
    ["no chest pain", "not breathless", "without chest pain", "never had chest pain", "no sign of fever"],
)  # fmt: skip
def test_a_denied_sign_is_quiet(reader: DangerReader, words: str) -> None:
    """A sign right after a negation gives a quiet line, not an alarm."""
    found = reader.see(words)
    assert found.danger is None
    assert found.quiet is not None


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("no feeling in my legs", "cord"),
        ("not breathing", "collapse"),
        ("no pulse", "collapse"),
        ("no chest pain but arm weak", "arm"),
        ("no fever, chest pain", "heart-attack"),
        ("no chest pain, then pain in my chest", "heart-attack"),
        ("not just chest pain", "heart-attack"),
        ("chest pain, no fever", "heart-attack"),
        ("cannot feel my legs", "cord"),
        ("no wee since the race", "turned"),
    ],
)
def test_a_negation_quiets_only_the_sign_right_after_it(
    reader: DangerReader, words: str, sign: str
) -> None:
    """Another sign stays loud, and so does a sign that is itself a lack."""
    danger = reader.see(words).danger
    assert danger is not None
    assert danger.sign.id == sign


@pytest.mark.parametrize(
    "words", ["collapse", "crushing", "fell", "rash", "weight loss", "the crash"]
)
def test_an_everyday_word_alone_gets_the_quiet_line(reader: DangerReader, words: str) -> None:
    """Alone it is no alarm, and not nothing either."""
    found = reader.see(words)
    assert found.danger is None
    assert found.quiet is not None


@pytest.mark.parametrize(
    "words",
    ["fell on my back", "rash on one side of my ribs", "runner collapsed", "crushing chest", "unexplained weight loss"],
)  # fmt: skip
def test_beside_a_body_or_a_feeling_it_warns(reader: DangerReader, words: str) -> None:
    """With a body or a feeling beside it, the same word is an alarm."""
    assert reader.see(words).danger is not None


@pytest.mark.parametrize(
    "words",
    ["ladder back to running", "muscle imbalance", "bra fitting for runners", "side plank shoulder hurts"],
)  # fmt: skip
def test_an_ordinary_word_is_no_slip_of_a_sign(index: Index, words: str) -> None:
    """An "imbalance" is no ambulance: a word of ordinary English is taken for another only where both sound the same."""
    assert index.danger_in(words) is None
    assert index.danger_in("hart attack") is not None


def test_words_far_apart_are_no_sign(reader: DangerReader) -> None:
    """Few other words may stand between those of a sign."""
    assert reader.see("chest opener before one two three four five six seven pain").danger is None
    assert reader.see("chest, and then much later on, pain").danger is not None


def test_the_most_urgent_sign_counts(reader: DangerReader) -> None:
    """Of two signs the more urgent is named, with the words that say it."""
    danger = reader.see("a rash on my back, and chest pain").danger
    assert danger is not None
    assert (danger.sign.id, danger.phrase) == ("heart-attack", "chest pain")


def test_a_word_of_the_book_is_no_slip(reader: DangerReader) -> None:
    """What the book calls by its own word is not read as another one misspelled."""
    assert reader.see("chst pain").danger is not None
    assert DangerReader(load_signs(OWN_BOOK), {"chst"}.__contains__).see("chst pain").danger is None


@pytest.mark.parametrize(
    "words", ["", "   ", '"', "a", "e", "ÄÖ ß", "x" * 10_000, "chest " * 5_000]
)
def test_anything_typed(reader: DangerReader, words: str) -> None:
    """Nothing that can be typed or pasted breaks it, and a book without signs has none."""
    reader.see(words, typing=True)
    assert DangerReader(Signs()).see(words).danger is None


@pytest.mark.parametrize(
    "words",
    [
        "pain when sneezing",
        "dizzy after run bumped head",
        "sickle cell pain",
        "chest pain stridor",
        "copd and back pain",
        "foramen neck pain",
        "goiter neck",
        "candida chest rash",
    ],
)
def test_a_symptom_is_not_respelled(index: Index, words: str) -> None:
    """Beside a word of the body no word is taken for one that only looks like it."""
    assert index.search(words).corrected is None
    assert index.search(words, typing=True).corrected is None


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("hart attack", None),
        ("sholder pain", "shoulder pain"),
        ("chest pian", "chest pain"),
        ("neck excersize", "neck exercise"),
        ("excercises for upper back", "exercises for upper back"),
        ("sternum fracutre", "sternum fracture"),
    ],
)
def test_a_slip_beside_a_symptom_is_mended(index: Index, words: str, meant: str | None) -> None:
    """A word of the body is, and a subject of the book that sounds the same or has the same letters."""
    assert index.search(words).corrected == meant
