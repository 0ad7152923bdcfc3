"""The thin driver: the same screen for fewer bytes."""

import re
from collections.abc import Callable
from threading import RLock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.terminal.frames import Size, cursor, looks, sessions, terminal, tidy_frames
from tui.terminal.ascii import fold
from tui.terminal.grid import NORMAL, UNKNOWN, Abilities, CellStyle, ColorDepth, change, restyle
from tui.terminal.thin_driver import HELD_AT_MOST, Screen, ThinDriver

FULL = Abilities()
_VT100 = re.compile(r"\x1b\[([\d;]*)m")
COLOR = re.compile(r"\x1b\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[\d;]*)?m")


def replay(
    steps: list[Size | str],
    abilities: Abilities,
    shown: Callable[[str], str] = str,
    sides_move: bool = False,
) -> str:
    """Play a session to two terminals, check that they agree, and return what was sent."""
    original, thin = terminal(1, 1), terminal(1, 1)
    screen, sent = Screen(abilities, 1, 1), ""
    screen.sides_move = sides_move
    for step in steps:
        if isinstance(step, Size):
            original.resize(step.lines, step.columns)
            thin.resize(step.lines, step.columns)
            screen.resize(step.columns, step.lines)
        else:
            original.feed(shown(step))
            sent += (new := screen.write(step) + screen.flush())
            thin.feed(new)
        assert looks(thin) == looks(original)
        assert cursor(thin) == cursor(original)
        assert thin.private_modes == original.private_modes
    assert UNKNOWN not in sent
    return sent


def drawn(text: str, abilities: Abilities = FULL, before: str = "") -> str:
    """What is sent for a text on a screen of 20 by 5 that shows something else."""
    screen = Screen(abilities, 20, 5)
    screen.write("\x1b[H" + "\n".join([" " * 20] * 5) + before + "\x1b[H")
    screen.flush()
    return screen.write(text) + screen.flush()


@settings(max_examples=200, deadline=None)
@given(sessions())
@example([Size(5, 1), "\x1b[1;2Haa字\x1b[1;5H\u0301\x1b[1;1H"])
def test_same_screen(steps: list[Size | str]) -> None:
    """Whatever is drawn, cells, attributes and cursor are as with Textual's own driver."""
    replay(steps, FULL)


@pytest.mark.long
@pytest.mark.timeout(3600)
@settings(max_examples=10_000, deadline=None)
@given(sessions(), st.booleans())
def test_same_screen_long(steps: list[Size | str], color_erase: bool) -> None:
    """Ten thousand sessions look as with Textual's own driver."""
    replay(steps, Abilities(color_erase=color_erase))


@settings(max_examples=50, deadline=None)
@given(sessions())
def test_color_erase(steps: list[Size | str]) -> None:
    """Where erasing takes the background in use, colored blanks are erased and look the same."""
    replay(steps, Abilities(color_erase=True))


@settings(max_examples=50, deadline=None)
@given(sessions())
def test_without_comparing(steps: list[Size | str]) -> None:
    """When every cell is sent that is drawn, the screen is the same."""
    replay(steps, Abilities(compare=False))
    assert drawn("\x1b[Habc\x1b[H", Abilities(compare=False), before="\x1b[Habc") == "abc\r"


@settings(max_examples=50, deadline=None)
@given(sessions())
def test_no_color(steps: list[Size | str]) -> None:
    """Without color not one color sequence is sent, and all else looks as it did."""
    sent = replay(steps, Abilities(color="none"), uncolored)
    assert COLOR.findall(sent) == []


def uncolored(text: str) -> str:
    """The text with SGR sequences that hold no color."""
    return re.sub(r"(?<=\x1b\[)([\d;]+)(?=m)", lambda found: _attributes(found[1]), text)


def _attributes(codes: str) -> str:
    codes = re.sub(r"[34]8;(5;\d+|2;\d+;\d+;\d+)", "", codes)
    return ";".join(code for code in codes.split(";") if code and int(code) < 30) or "39"


@settings(max_examples=50, deadline=None)
@given(sessions())
def test_few_attributes(steps: list[Size | str]) -> None:
    """A VT100 is sent only the codes that it knows, and shows all that it can."""
    vt100 = Abilities(color="none", few_attributes=True)
    sent = replay(steps, vt100, lambda text: _VT100.sub(_known, uncolored(text)))
    codes = (code for each in _VT100.findall(sent) for code in each.split(";") if code)
    assert {*codes} <= {"0", "1", "4", "5", "7"}


def _known(sequence: re.Match[str]) -> str:
    """A sequence without what a VT100 does not show; double underlines and fast blinks are plain ones."""
    off = {"0", "22", "24", "25", "27"}
    codes = [{"21": "4", "6": "5"}.get(code, code) for code in sequence[1].split(";")]
    kept = [code for code in codes if code in {"", "1", "4", "5", "7", *off}]
    return f"\x1b[{';'.join(kept)}m" if kept else ""


@settings(max_examples=50, deadline=None)
@given(sessions())
def test_fold(steps: list[Size | str]) -> None:
    """Where only ASCII can be shown only ASCII is sent, and it stands in the same cells."""
    sent = replay(steps, Abilities(fold=fold), fold)
    assert sent.isascii()


@given(tidy_frames(12))
def test_nothing_twice(frame: str) -> None:
    """A frame that is on the screen already costs nothing."""
    screen = Screen(FULL, 12, 5)
    screen.write(frame)
    screen.flush()
    assert screen.write(frame) + screen.flush() == ""


@given(tidy_frames(12))
def test_forget(frame: str) -> None:
    """After forgetting all that was drawn is sent again, whatever stands there now."""
    screen, spoiled, intact = Screen(FULL, 12, 5), terminal(12, 5), terminal(12, 5)
    whole = "\x1b[H" + "\n".join(["." * 12] * 5) + frame
    screen.write(whole)
    spoiled.feed(screen.flush() + "\x1b[H\x1b[31mnoise\x1b[3;4Hnoise")
    screen.forget()
    spoiled.feed(screen.flush())
    intact.feed(whole)
    assert (looks(spoiled), cursor(spoiled)) == (looks(intact), cursor(intact))


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("", "\x1b[2;3Hx\x1b[H", "\x1b[2;3Hx\x1b[H"),
        ("", "\x1b[1;1Hx\x1b[1;4Hy\x1b[H", "x  y\r"),
        ("", "\x1b[1;1Hx\x1b[1;9Hy\x1b[H", "x\x1b[7Cy\r"),
        ("", "\x1b[1;1Hx\x1b[2;2Hy\x1b[H", "x\x1b[By\x1b[H"),
        ("abcdefghij", "\x1b[H" + " " * 20 + "\x1b[H", "\x1b[K"),
        ("abc", "\x1b[H   \x1b[H", "   \r"),
        ("\x1b[41m" + "a" * 20, "\x1b[H\x1b[41m" + " " * 20 + "\x1b[m\x1b[H", f"{' ' * 20}\r"),
        ("abcdefghij", "\x1b[H\x1b[41mx\x1b[m" + " " * 19 + "\x1b[H", "\x1b[41mx\x1b[m\x1b[K\b"),
        ("漢", "\x1b[1;2Hx\x1b[H", " x\x1b[K\r"),
        ("\x1b[31ma", "\x1b[H\x1b[1;31mab\x1b[0m \x1b[H", "\x1b[1mab\r"),
    ],
)  # fmt: skip
def test_few_bytes(before: str, text: str, expected: str) -> None:
    """Moves are short, near cells are joined, plain blanks at the end of a line are erased."""
    assert drawn(text, before=f"\x1b[H{before}\x1b[m") == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("1;31", "", "\x1b[m"),
        ("1;31", "31", "\x1b[22m"),
        ("1;2;3;31", "2;3;31", "\x1b[22;2m"),
        ("38;2;10;20;30;48;2;1;1;1", "38;2;10;20;31;48;2;1;1;1", "\x1b[38;2;10;20;31m"),
        ("1;3;4;7;9", "1", "\x1b[0;1m"),
        ("4", "21", "\x1b[21m"),
        ("73;1", "1", "\x1b[0;1m"),
    ],
)
def test_smallest_change(old: str, new: str, expected: str) -> None:
    """One style follows another with the fewest codes."""
    before = restyle(NORMAL, old or "0", "truecolor")
    assert change(before, restyle(NORMAL, new or "0", "truecolor")) == expected


@pytest.mark.parametrize(
    ("color", "codes", "expected"),
    [
        ("truecolor", "1;38;2;255;0;0;48;5;20", CellStyle("1", foreground="38;2;255;0;0", background="48;5;20")),
        ("256", "38;2;255;0;0", CellStyle(foreground="38;5;196")),
        ("256", "38:2::95:135:175", CellStyle(foreground="38;5;67")),
        ("16", "38;2;255;0;0;48;5;21", CellStyle(foreground="31", background="44")),
        ("16", "33;104", CellStyle(foreground="33", background="104")),
        ("none", "1;7;38;2;255;0;0;48;5;21;33;104;58;5;1", CellStyle("1", reverse="7")),
    ],
)  # fmt: skip
def test_color_depth(color: ColorDepth, codes: str, expected: CellStyle) -> None:
    """Colors come down to what the terminal has, and attributes stay."""
    assert restyle(NORMAL, codes, color) == expected


def test_colors_stay_between_frames() -> None:
    """The colors that a frame ends in are not sent again with the next, and a reset still comes."""
    color = "\x1b[38;2;216;212;204;48;2;28;30;33m"
    screen = Screen(FULL, 20, 5)
    first = screen.write(f"\x1b[H{color}ab\x1b[m\x1b[H") + screen.flush()
    assert first == f"\x1b[H\x1b[0;{color[2:]}ab\r"
    assert screen.write(f"\x1b[H{color}xb\x1b[m\x1b[H") + screen.flush() == "x\b"
    assert screen.write("\x1b[2J") == "\x1b[m\x1b[2J"


def test_link() -> None:
    """A hyperlink is sent once with its text, and closed."""
    text = "\x1b]8;id=1;https://example.org\x1b\\here\x1b]8;;\x1b\\"
    assert drawn(f"\x1b[H{text}") == text


@pytest.mark.parametrize(
    "cluster", ["\u260e\ufe0f", "\U0001f469\u200d\U0001f680", "e\u0301", "\U0001f600"]
)
def test_uncertain_width(cluster: str) -> None:
    """After characters that terminals measure differently, the cursor is put in its place anew."""
    assert re.search(
        f"{cluster}\x1b\\[1;?\\d*[GH]x|{cluster}\x1b\\[\\dGx", drawn(f"\x1b[H{cluster}x\x1b[H")
    )


def test_wide_rows_whole() -> None:
    """A line with wide characters is sent whole when anything in it changes."""
    before = "\x1b[H漢字 and more"
    assert drawn("\x1b[1;14HE\x1b[H", before=before) == "漢字 and moreE\x1b[K\r"


def test_frame_marks() -> None:
    """A long frame is marked for synchronized output, a short one costs no marks, an equal one nothing."""
    screen = Screen(FULL, 300, 5)
    start, end = "\x1b[?2026h", "\x1b[?2026l"
    frame = f"{start}\x1b[H{'ab' * 150}\x1b[H{end}"
    assert screen.write(frame) + screen.flush() == f"\x1b[H{start}\x1b[m{'ab' * 150}\r{end}"
    assert screen.write(frame) + screen.flush() == ""
    assert screen.write(f"{start}\x1b[Hxy\x1b[H{end}") + screen.flush() == "xy\r"


def test_sequence_in_two_writes() -> None:
    """A sequence that comes in two parts is taken as one."""
    screen = Screen(FULL, 20, 5)
    sent = screen.write("\x1b[H\x1b[3") + screen.write("1ma\x1b[0m\x1b[H") + screen.flush()
    assert sent == "\x1b[H\x1b[0;31ma\b"


GREY, DARK = "\x1b[0;48;2;38;41;45m", "\x1b[0;48;2;28;30;33m"


def panes(*rows: tuple[str, str, str]) -> str:
    """A frame of two panes of 12 and 28 columns, and a mark at the end in a color of its own."""
    lines = (
        f"\x1b[{y}H{GREY}{left:12}{DARK}{right:27}\x1b[38;2;1;2;3m{mark:1}"
        for y, (left, right, mark) in enumerate(rows, 1)
    )
    return "".join([*lines, "\x1b[0m\x1b[H"])


BEFORE = panes(*[("", "what was here", "")] * 5)
AFTER = panes(*[(f"item {n}", f"words of line {n}", "│") for n in range(5)])


@pytest.mark.parametrize("color_erase", [True, False])
def test_colors_together(color_erase: bool) -> None:
    """What has one background is sent together, and marks without words at the end."""
    abilities = Abilities(color_erase=color_erase)
    size = Size(40, 5)
    sent = replay([size, BEFORE, AFTER], abilities).removeprefix(replay([size, BEFORE], abilities))
    assert sent.count("48;2;38;41;45") + sent.count("48;2;28;30;33") == 2
    assert sent.count("38;2;1;2;3") == 1
    assert re.sub(r"\x1b\[[\d;]*[A-Za-z]|\x08", "", sent).endswith("│" * 5)


def test_erased_first() -> None:
    """Where all is unknown it is erased to what most rows begin with, and blanks are not sent."""
    sent = replay([Size(40, 5), AFTER], Abilities(color_erase=True))
    assert sent.startswith("\x1b[H\x1b[0;48;2;38;41;45m\x1b[J")
    assert len(sent) < len(replay([Size(40, 5), AFTER], Abilities()))
    assert "\x1b[J" not in replay([Size(40, 5), AFTER], Abilities())


def test_erased_where_something_follows() -> None:
    """A long end of a line is erased, and the mark behind it drawn again."""
    long = panes(*[("", "a line that is rather long", "│")] * 3)
    short = panes(*[("", "a line", "│")] * 3)
    sent = replay([Size(40, 3), long, short], Abilities(color_erase=True))
    assert sent.count("│") == 6
    assert sent.endswith("\x1b[K\x1b[1;40H│\x1b[B│\x1b[B│\x1b[H")


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(
            st.tuples(
                st.sampled_from(["", "item", "• it", "漢字"]),
                st.sampled_from(["", "words", "more words at the very end", "│ in │", "•"]),
                st.sampled_from(["", "│", "x"]),
            ),
            min_size=4,
            max_size=4,
        ).map(lambda rows: panes(*rows)),
        max_size=5,
    ),
    st.booleans(),
)
def test_same_panes(frames: list[str], color_erase: bool) -> None:
    """However panes, words and marks change, the screen is as Textual draws it."""
    replay([Size(42, 4), *frames], Abilities(color_erase=color_erase))


def test_frames_of_keys_typed_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """While more is typed frames are held back, for a moment at most; the last one is sent whole."""
    driver, sent, present = object.__new__(ThinDriver), list[str](), [100.0]
    driver._drawing, driver._screen, driver._held_since = RLock(), Screen(FULL, 20, 5), 0.0
    monkeypatch.setattr(ThinDriver, "_send", lambda _, data: sent.append(data))
    monkeypatch.setattr("tui.terminal.thin_driver.time.monotonic", lambda: present[0])
    waiting = True
    driver.more_is_typed = lambda: waiting
    for letter in "abc":
        driver._screen.write(f"\x1b[H{letter}")
        driver.flush()
    assert sent == []
    present[0] += HELD_AT_MOST
    driver.flush()
    assert [each.count("c") for each in sent] == [1]
    assert not {"a", "b"} & {*"".join(sent)}
    driver._screen.write("\x1b[Hd")
    driver.flush()
    assert len(sent) == 1
    waiting = False
    driver.send_held()
    assert "d" in sent[-1]


def test_bell_at_once() -> None:
    """What is no drawing does not wait for the end of a frame."""
    assert Screen(FULL, 20, 5).write("\x07") == "\x07"
