"""The body map, read from its page."""

from __future__ import annotations

from tui.handbook.blocks import Link
from tui.handbook.body_map import BodyMap, read_body_map
from tui.handbook.loading import OWN_BOOK, Pages, load_handbook
from tui.handbook.markdown import parse
from tui.handbook.model import Page, Section

DRAWN = """
```text
╭───╮   1 left, 2 right
│1 2│
╰───╯
```

## Zone 1: Left

Left words.

## Zone 2: Right

Right words.

## Not a zone

Others.
"""


def page_of(text: str) -> Page:
    """A page with this Markdown."""
    blocks = parse(text, Link).blocks
    return Page(Section("map", "Map", "", "reference/map.md"), blocks)


def small_map() -> BodyMap:
    """The map of `DRAWN`."""
    body_map = read_body_map(page_of(DRAWN))
    assert body_map is not None
    return body_map


def test_the_figure_ends_where_the_drawing_ends() -> None:
    """The legend beside the figure is no part of it: its digits would be zones."""
    assert small_map().figure == ("╭───╮", "│1 2│", "╰───╯")
    assert [zone.cells for zone in small_map().zones] == [{(1, 1)}, {(3, 1)}]


def test_each_zone_has_the_words_under_its_heading() -> None:
    """A zone's words are those under its own heading and no others."""
    first, second = small_map().zones

    assert (first.number, first.name) == (1, "Left")
    assert [block.text for block in second.blocks] == ["Zone 2: Right", "Right words."]


def test_the_nearest_zone_is_found() -> None:
    """A click beside a digit means the zone whose digit is nearest."""
    nearest = small_map().nearest(4, 2)

    assert nearest is not None
    assert nearest.number == 2


def test_the_figure_can_be_larger() -> None:
    """Twice as large, the lines still meet and each digit fills four cells of its zone."""
    large = small_map().twice_as_large()

    assert large.figure == (
        "╭───────╮ ",
        "│       │ ",
        "│ 11  22│ ",
        "│ 11  22│ ",
        "╰───────╯ ",
        "          ",
    )
    assert large.zones[0].cells == {(2, 2), (3, 2), (2, 3), (3, 3)}
    assert all(
        large.figure[row][column] == str(zone.number)
        for zone in large.zones
        for column, row in zone.cells
    )


def test_a_page_without_a_drawing_has_no_map() -> None:
    """Where there is nothing to point at, there is no map."""
    assert read_body_map(page_of("# Words\n\nOnly words.")) is None


def test_our_map_has_six_zones_that_can_be_pointed_at() -> None:
    """Our own page gives six zones, each drawn and each with something to start with."""
    handbook = load_handbook(OWN_BOOK)
    body_map = read_body_map(Pages(handbook)[handbook.by_id["body-map"]])

    assert body_map is not None
    assert [zone.number for zone in body_map.zones] == [1, 2, 3, 4, 5, 6]
    assert all(zone.cells and len(zone.blocks) > 2 for zone in body_map.zones)
    assert body_map.width <= 37
